-- 2.5.8 Function calls: forms of arguments, method calls, results, __call, and the messages with their names.

local function pack(...) return select("#", ...) .. ":" .. table.concat({...}, ",") end
local function message(f, ...) return (select(2, pcall(f, ...)):gsub("^.-%.lua:%d+: ", ""):gsub("0x%x+", "address")) end

-- Forms of arguments.
assert(pack() == "0:" and pack(1) == "1:1" and pack(1, 2) == "2:1,2" and pack"s" == "1:s" and pack's' == "1:s" and pack[[s]] == "1:s" and pack [==[s]==] == "1:s")
assert(type{} == "table" and #(function(t) return t end){1, 2} == 2 and (function(t) return t.x end){x = 5} == 5)
assert(pack(pack(1, 2), pack(3)) == "2:2:1,2,1:3" and pack((pack(1))) == "1:1:1")
assert(("x"):rep(3) == "xxx" and ("%d"):format(7) == "7" and ("a,b"):find"," == 2)
local curry = function(a) return function(b) return function(c) return pack(a, b, c) end end end
assert(curry(1)(2)(3) == "3:1,2,3" and curry"a"'b'[[c]] == "3:a,b,c")

-- All arguments are evaluated before the call, from left to right, after the function expression.
local log = {}
local function note(v) log[#log + 1] = tostring(v) return v end
local functions = {f = function(...) log[#log + 1] = "called" return ... end}
local function get(name) log[#log + 1] = name return functions end
get("table")[note("f")](note(1), note(2), get("inner").f(note(3)))
print(table.concat(log, " "))
-- The function is fetched before its arguments are evaluated.
local target = function() return "old" end
assert(target((function() target = function() return "new" end end)()) == "old" and target() == "new")
functions.swap = function() return "old" end
assert(functions.swap((function() functions.swap = nil end)()) == "old")

-- v:name(args) is v.name(v, args), with v evaluated once.
local object = {value = 42}
function object:method(...) return self == object, self.value, ... end
print(object:method(1, 2)) print(object.method(object, 1, 2)) print(object:method"s") print((object:method{}))
local evaluations = 0
local function the_object() evaluations = evaluations + 1 return object end
print((the_object():method()), evaluations)
local chain = {n = 0}
function chain:add(k) self.n = self.n + k return self end
assert(chain:add(1):add(2):add(3).n == 6)
assert(("abc"):upper():lower():len() == 3 and (5 .. ""):rep(2) == "55")

-- Results: adjusted to the place (see 2.5); tail calls do not grow the stack.
local function loop(n, ...) if n == 0 then return "done", ... end return loop(n - 1, ...) end
print(loop(100000, "a", "b"))
local function even(n) if n == 0 then return true end return (function(m) if m == 0 then return false end return even(m - 1) end)(n - 1) end
assert(even(50000) == true and even(50001) == false)
local methods = {count = 0}
function methods:down(n) self.count = self.count + 1 if n > 0 then return self:down(n - 1) end return self.count end
assert(methods:down(30000) == 30001)
-- These are no tail calls.
local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end
local function deep2(n) if n == 0 then return 0 end return (deep2(n - 1)) end
local function deep3(n) if n > 0 then deep3(n - 1) end end
local function deep4(n) return n == 0 or deep4(n - 1) end
for _, f in ipairs{deep, deep2, deep3, deep4} do
  local thread = coroutine.create(f)
  print(coroutine.resume(thread, 1000))
  local ok, text = coroutine.resume(coroutine.create(f), 1000000)
  print(ok, (text:gsub("^.-%.lua:%d+: ", "")))
end

-- Many arguments and results.
local numbers = {}
for i = 1, 240 do numbers[i] = i end
local direct = loadstring("return select('#', " .. table.concat(numbers, ",") .. ")")
assert(direct() == 240)
for _, n in ipairs{100, 245, 249, 250, 254, 260} do
  local chunk, text = loadstring("f(" .. ("1,"):rep(n - 1) .. "1)", "=c")
  print(n, chunk and "accepted" or text)
end
for _, n in ipairs{1, 250, 1000, 5000, 7000} do
  local many = {}
  for i = 1, n do many[i] = i end
  assert(select("#", unpack(many)) == n and (select(n, unpack(many))) == n)
  assert(select("#", pcall(unpack, many)) == n + 1)
end

-- __call: the object comes first; a chain of them is not followed beyond one step.
local callable = setmetatable({}, {__call = function(self, ...) return type(self), ... end})
print(callable()) print(callable(1, 2)) print(callable"s") print((callable{})) print(pcall(callable, 1))
local holder = {c = callable}
print(holder.c(1)) print(select("#", holder:c(1)), (select(3, holder:c(1)))) print(select("#", holder:c()))
local double = setmetatable({}, {__call = callable})
print(message(function() return double(1) end))
print(message(function() return setmetatable({}, {__call = 5})() end))
local u = newproxy(true)
getmetatable(u).__call = function(self, a) return self == u, a end
print(u(7))
local recursive = setmetatable({}, {__call = function(self, n) if n > 0 then return self(n - 1) end return "bottom" end})
print(recursive(20000))

-- Messages: the name of what was called, by kind of variable.
local up, upt = nil, {n = 5, s = "s", t = {}}
print(message(function() up() end), message(function() undefined() end), message(function() upt.field() end), message(function() upt.t.field() end))
print(message(function() local l l() end), message(function(p) p() end), message(function() upt:field() end), message(function() upt.s:field() end))
print(message(function() ("s"):field() end), message(function() string.field() end), message(function() upt[1]() end), message(function() upt[upt.n]() end))
print(message(function() (nil)() end), message(function() (5)() end), message(function() ({})() end), message(function() ("s")() end), message(function() (up)() end))
print(message(function() upt.n() end), message(function() upt() end), message(function() up.x() end), message(function() up:x() end), message(function() undefined.x.y() end))
print(message(function() return up() end), message(function() return upt.field() end), message(function() return upt:field() end), message(function() return undefined() end))
print(message(function() local x = up() end), message(function() print(upt.field()) end), message(function() return 1 + undefined() end), message(function() return {upt.x()} end))
print(message(function() for i = 1, 2 do i() end end), message(function() local t = {} t.a.b() end), message(function() (function() end)()() end), message(function(...) (...)() end))
print(message(true), message(nil), message({}), message("x"), message(newproxy()))
print(pcall(loadstring("\n\nlocal x\nx\n(\n1\n)", "=l") or print))
print(pcall(loadstring("local t = {}\nt.x\n:y(\n1,\n2)", "=l")))
print(pcall(loadstring("local t = {}\nreturn t.x(\n1,\n2)", "=l")))
print(pcall(loadstring("local t = {}\nlocal a = t.x {\n1,\n2\n}", "=l")))
