-- seed: metamethods/metatable-field — getmetatable and setmetatable, __metatable protection, wrong arguments
local mt = {} local t = setmetatable({}, mt)
print(getmetatable(t) == mt, getmetatable({}), getmetatable(1), getmetatable(nil), getmetatable(print), getmetatable(true))
print(getmetatable("").__index == string, getmetatable("") == getmetatable("other"), type(getmetatable("")))
print(setmetatable(t, nil) == t, getmetatable(t)) print(setmetatable(t, mt) == t)
mt.__metatable = "locked" print(getmetatable(t), pcall(setmetatable, t, {}))
print(pcall(setmetatable, t, nil)) print(pcall(setmetatable, t, mt))
mt.__metatable = false print(getmetatable(t), pcall(setmetatable, t, {}))
mt.__metatable = nil print(getmetatable(t) == mt, pcall(setmetatable, t, nil) and getmetatable(t))
print(pcall(setmetatable)) print(pcall(setmetatable, 1)) print(pcall(setmetatable, {}))
print(pcall(setmetatable, {}, 1)) print(pcall(setmetatable, "x", {}))
print(pcall(setmetatable, nil, {})) print(pcall(getmetatable))
print((pcall(setmetatable, {}, nil, 1)))
print(pcall(function() setmetatable({}) end))
print(pcall(function() setmetatable({}, "mt") end))
print(pcall(function() setmetatable() end))
local shared = {__index = {kind = "shared"}}
local a, b = setmetatable({}, shared), setmetatable({}, shared) print(a.kind, b.kind)
shared.__index = {kind = "new"} print(a.kind, b.kind) shared.__index = nil print(a.kind)
local self = {} self.__index = self setmetatable(self, {__index = {root = 1}})
local o = setmetatable({}, self) print(o.root, o.__index == self)
local mm = setmetatable({}, {__index = function(_, k)
  return k == "__index" and {via = "inherited metamethod"} or nil
end})
print(setmetatable({}, mm).via)
local s = getmetatable("") local old = s.__index
s.__index = function(str, k) if type(k) == "number" then return str:sub(k, k) end return old[k] end
local w = "hello" print(w[1], w[5], w[9], w:upper(), ("x").y) s.__index = old
print(("abc").x, pcall(function() return ("abc").x.y end))
s.__add = function(x, y) return "add:" .. tostring(x) .. tostring(y) end
print("a" + "b", "1" + "2", "a" + 1, 1 + "a") s.__add = nil
s.__call = function(str, ...) return str .. select("#", ...) end
print(("f")(1, 2), pcall("g", 1)) s.__call = nil print(pcall("g", 1))
s.__unm = function(x) return x:reverse() end print(-"abc", -"12") s.__unm = nil
s.__lt = function() return true end print("b" < "a") s.__lt = nil
s.__concat = function() return "never" end print("a" .. "b") s.__concat = nil
s.__metatable = "no" print(getmetatable("x")) s.__metatable = nil print(getmetatable("x") == s)
