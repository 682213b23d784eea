-- seed: string/methods-on-strings — strings as objects: method calls on literals, numbers, results, and failures
print(("x"):rep(3), ("abc"):upper():lower():reverse():len(), ("%d"):format(5), ("a,b"):find(",", 1, true), ("abc"):sub(2):byte())
local s = "str"
print(s:len(), s.len == string.len, s["upper"](s), s:gsub("s", "S"), #s:rep(2))
print(("x").y, ("x")[1], ("x")["len"] ~= nil, s.nothing, s[nil], s[s], s[1.5])
print(pcall(function() return s:nothing() end)) print(pcall(function() return s.a.b end))
print(pcall(function() s.x = 1 end)) print(pcall(function() s[1] = "x" end))
print(pcall(function() return (5):len() end))
print(pcall(function() return (5 .. ""):len() end))
print(pcall(function() return (nil):len() end)) print(pcall(function() return ("x")() end))
print(pcall(function() return #s.x end)) print(pcall(function() return ("x").rep() end))
print(pcall(function() return ("x"):rep({}) end))
print(pcall(function() return ("x"):format(1, 2) end))
print(pcall(function() return ("%d"):format("q") end))
function string.trim(t) return (t:gsub("^%s+", ""):gsub("%s+$", "")) end
function string:words() local r = {} for w in self:gmatch("%S+") do r[#r + 1] = w end return r end
string.count = function(t, p) return select(2, t:gsub(p, "")) end
print(("  pad "):trim() .. "|", #("a b c"):words(), ("banana"):count("a"), ("x y"):words()[2])
string.trim, string.words, string.count = nil
print(pcall(function() return ("x"):trim() end)) local mt = getmetatable("")
print(mt.__index == string, type(mt), getmetatable("a") == getmetatable("b"), mt.__add, mt.__call)
local chars = setmetatable({}, {__index = string})
print(pcall(function() return chars:len() end)) print(chars.len("abc"))
local old = mt.__index
mt.__index = function(str, k) if type(k) == "number" then return old.sub(str, k, k) end return old[k] end
print(("hello")[1], ("hello")[-1], ("hello"):upper(), ("hello")[10] == "") mt.__index = old
print(("hello")[1])
for _, m in ipairs{"byte", "char", "dump", "find", "format", "gfind", "gmatch", "gsub", "len", "lower", "match",
  "rep", "reverse", "sub", "upper", "split", "pack", "trim"} do print(m, type(("")[m])) end
print((("x"):rep(3)):gsub("x", {x = "y"}))
print(("a"):byte() + ("b"):byte(), -("5"):rep(2), ("1"):rep(2) + 1, ("10"):len() * "2",
  ("a"):rep(2) .. ("b"):rep(2), ("a"):upper() < ("a"))
local obj = {name = "n", upper = string.upper} print(pcall(obj.upper, obj))
print(obj.upper("q"), pcall(function() return obj:upper() end))
