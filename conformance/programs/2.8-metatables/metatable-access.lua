-- 2.8 Metatables: setmetatable and getmetatable, shared and per type, __metatable, __tostring and __call.

local function clean(v) return (tostring(v):gsub("^.-%.lua:%d+: ", ""):gsub("0x%x+", "address")) end
local function message(f, ...) local ok, m = pcall(f, ...) return ok and "fine" or clean(m) end

-- Tables and userdata have metatables of their own; strings share one; other types have none.
for _, v in ipairs{1, true, print, coroutine.create(function() end), newproxy(), {}} do assert(getmetatable(v) == nil) end
assert(getmetatable(nil) == nil and getmetatable("") == getmetatable("other") and getmetatable("").__index == string)
local t, mt = {}, {}
assert(setmetatable(t, mt) == t and getmetatable(t) == mt and setmetatable(t, nil) == t and getmetatable(t) == nil)
local other = setmetatable({}, mt)
assert(getmetatable(other) == mt and setmetatable(mt, mt) == mt and getmetatable(mt) == mt)
local proxy = newproxy(true)
assert(type(getmetatable(proxy)) == "table" and getmetatable(newproxy(proxy)) == getmetatable(proxy) and getmetatable(newproxy(true)) ~= getmetatable(proxy))

-- __metatable hides and protects.
mt.__metatable = "locked"
setmetatable(t, {__metatable = false})
print(getmetatable(other), getmetatable(t), message(setmetatable, other, {}), message(setmetatable, other, nil), message(setmetatable, t, {}))
mt.__metatable = nil
setmetatable(other, nil)
getmetatable("").__metatable = "strings"
print(getmetatable("x"), getmetatable(("y"):rep(3)))
debug.getmetatable("").__metatable = nil
print(getmetatable("x").__index == string)
getmetatable(proxy).__metatable = 42
print(getmetatable(proxy))

-- Wrong arguments.
for _, bad in ipairs{1, "s", true, print} do print(message(setmetatable, bad, {}), message(setmetatable, {}, bad)) end
print(message(setmetatable), message(setmetatable, {}), message(setmetatable, nil, nil), message(setmetatable, {}, nil), message(getmetatable), message(setmetatable, proxy, {}))

-- __tostring.
local s = setmetatable({}, {__tostring = function(...) return "shown " .. select("#", ...) end})
print(s, tostring(s), ("%s"):format("x"), message(string.format, "%s", s))
for _, r in ipairs{1, true, {}, print} do print(type(tostring(setmetatable({}, {__tostring = function() return r end}))), message(print, setmetatable({}, {__tostring = function() return r end}))) end
print(message(tostring, setmetatable({}, {__tostring = 5})), message(tostring, setmetatable({}, {__tostring = "x"})), select("#", tostring(setmetatable({}, {__tostring = function() end}))))
print(message(print, setmetatable({}, {__tostring = function() end})), message(tostring, setmetatable({}, {__tostring = function() error("inside", 0) end})))
local u = newproxy(true)
getmetatable(u).__tostring = function(v) return v == u and "the userdata" end
print(u, tostring(u))
getmetatable("").__tostring = function(v) return "string <" .. v .. ">" end
print(tostring("x"), "x")
getmetatable("").__tostring = nil
print(clean(setmetatable({}, {})), clean({}), clean(print), clean(newproxy()), clean(coroutine.create(function() end)))

-- __call with arguments and results, as an iterator, a handler, a comparison, a replacement.
local callable = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end})
print(callable(), callable(1, nil), (callable(1, 2)))
print(pcall(callable, "a")) print(select(2, xpcall(callable, print))) print(coroutine.wrap(function(...) return callable(...) end)(7))
print(message(coroutine.create, callable), message(table.sort, {2, 1}, callable), message(string.gsub, "x", "x", callable))
local counter = setmetatable({n = 0}, {__call = function(self) self.n = self.n + 1 return self.n < 4 and self.n or nil end})
local seen = {}
for v in counter do seen[#seen + 1] = v end
print(table.concat(seen, " "))
print(message(function() setmetatable({}, {__call = {}})() end), message(function() setmetatable({}, {__call = false})() end), message(function() local named = setmetatable({}, {}) named() end))

-- Fields without the underscores, or with other values, mean nothing.
local plain = setmetatable({}, {index = {x = 1}, __INDEX = {x = 2}, [1] = "__index", __unknown = error})
print(plain.x, plain[1])

-- The names of all events on one object; each gets its operands in order.
local events = {}
local all = {}
for _, event in ipairs{"add", "sub", "mul", "div", "mod", "pow", "unm", "concat", "len", "eq", "lt", "le", "index", "newindex", "call", "gc", "mode", "tostring", "metatable"} do
  if event ~= "mode" and event ~= "metatable" and event ~= "tostring" then all["__" .. event] = function(...) events[#events + 1] = event .. select("#", ...) return 1 end end
end
local a, b = setmetatable({}, all), setmetatable({}, all)
local _ = a + b, a - 1, 2 * a, a / b, a % b, a ^ b, -a, a .. b, #a, a == b, a < b, a <= b, a > b, a >= b, a ~= b, a.x, a(), a(1, 2)
a.y = 1
print(table.concat(events, " "))
-- setmetatable in the middle of an operation on the same object.
local shifting = setmetatable({}, {__index = function(self, k) setmetatable(self, {__index = function() return "second" end}) return "first" end})
print(shifting.x, shifting.x)
local adding = setmetatable({}, {__add = function(x) setmetatable(x, nil) return "sum" end})
print(adding + 1, message(function() return adding + 1 end))
