-- 2.5.8 Function calls: proper tail calls: no stack is used, the caller's information is lost, and what is no tail call.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
-- Runs in a coroutine, whose stack starts empty.
local function run(f, ...) print(clean(select(2, coroutine.resume(coroutine.create(f), ...)))) end

-- Depths that no stack would hold.
local function count(n, acc) if n == 0 then return acc end return count(n - 1, acc + 1) end
assert(count(200000, 0) == 200000)
local a, b, c
function a(n) if n <= 0 then return "a" end return b(n - 1) end
function b(n) if n <= 0 then return "b" end return c(n - 1) end
function c(n) if n <= 0 then return "c" end return a(n - 1) end
print(a(100000), a(100001), a(100002))
local t = {}
function t:m(n) if n == 0 then return self == t end return self:m(n - 1) end
function t.f(n, ...) if n == 0 then return select("#", ...), ... end return t.f(n - 1, ...) end
print(t:m(50000), t.f(50000, 1, nil, 3))
local callable = setmetatable({}, {__call = function(self, n) if n == 0 then return "callable" end return self(n - 1) end})
print(callable(10000))
local function changing(n, ...) if n == 0 then return ... end if n % 2 == 0 then return changing(n - 1, n, ...) end return changing(n - 1) end
print(changing(1001))
local function growing(n, ...) if n == 0 then return select("#", ...) end return growing(n - 1, n, ...) end
print(growing(200))
print(coroutine.wrap(function() return count(100000, 0) end)(), pcall(count, 100000, 0))
-- Conditional ends: "and", "or" and parentheses make ordinary calls.
local function ordinary(n) return n == 0 or ordinary(n - 1) end
local function adjusted(n) if n == 0 then return 1, 2 end return (adjusted(n - 1)) end
local function listed(n) if n == 0 then return 1 end return listed(n - 1), 1 end
local function computed(n) if n == 0 then return 0 end return computed(n - 1) + 0 end
local function stored(n) if n == 0 then return 0 end local r = stored(n - 1) return r end
local function constructed(n) if n == 0 then return {} end return {constructed(n - 1)} end
for _, f in ipairs{ordinary, adjusted, listed, computed, stored, constructed} do
  print(select("#", f(100)), (coroutine.resume(coroutine.create(f), 100)), (select(2, coroutine.resume(coroutine.create(f), 100000)):gsub("^.-:%d+: ", "")))
end

-- The caller's place is taken: tracebacks, levels and environments know of it.
local function trace() return (debug.traceback("trace")) end
local function once() return trace() end
local function twice() return once() end
run(function() local r = once() return r end) run(function() local r = twice() return r end) run(function() return twice() end) run(function() return trace() end)
run(function() local r = count and (function() return (function() return trace() end)() end)() return r end)
run(function() local function loop(n) if n == 0 then return trace() end return loop(n - 1) end local r = loop(5) return r end)
run(function() local function loop(n) if n == 0 then return trace() end return loop(n - 1) end local r = loop(500) return #r > 200 end)
local function where(level) error("at " .. level, level) end
local function by_tail(level) return where(level) end
for level = 1, 4 do run(function() local r = by_tail(level) return r end) end
run(function() local function f() return error("C function in a tail call") end local r = f() return r end)
run(function() local function f() return tostring() end local r = f() return r end)
run(function() local function f() return string.rep() end local r = f() return r end)
run(function() local function f() return nil + 1 end local function g() return f() end local r = g() return r end)
run(function() local function f(x) return x() end local r = f(nil) return r end)
run(function() local function f(x) return x.y() end local r = f({}) return r end)
run(function() local function f(x) return x:y() end local r = f({}) return r end)
run(function() local function f() return undefined_function(1) end local r = f() return r end)
run(function() local function f() return getfenv(2) end local function g() return f() end local r = g() return r end)
run(function() local function f() return debug.getinfo(2, "S").what .. debug.getinfo(3, "S").what end local function g() return f() end local r = g() return r end)

-- Closures over the variables of a function that left by a tail call.
local saved
local function leaver(v) saved = function(n) v = n or v return v end return (function() return "left" end)() end
print(leaver("kept"), saved(), saved("changed"), saved())
local function loops(n) local fs = {} for i = 1, n do fs[i] = function() return i end end return (function(...) return fs[1](), fs[n](), select("#", ...) end)(unpack(fs)) end
print(loops(5))
-- Arguments are moved down, more and fewer than before.
local function few(x) return x end
local function many(...) return ... end
local function mover(p, q, r) return few(r, q, p) end
local function spread(p) return many(p, p, p, p, p, p, p, p) end
print(mover(1, 2, 3), spread(7)) print(select("#", many()), (function(...) return many(...) end)(1, 2))
