-- seed: metamethods/arithmetic — all arithmetic events, operand order, which operand's handler is chosen
local function handler(name)
  return function(a, b)
    return name .. "(" .. (type(a) == "table" and a.n or tostring(a)) .. "," .. (type(b) == "table" and b.n or tostring(b)) .. ")"
  end
end
local mt = {}
for _, e in ipairs{"add", "sub", "mul", "div", "mod", "pow", "unm", "concat"} do mt["__" .. e] = handler(e) end
local mt2 = {__add = handler("add2"), __unm = handler("unm2")}
local x, y, z = setmetatable({n = "x"}, mt), setmetatable({n = "y"}, mt), setmetatable({n = "z"}, mt2)
print(x + y, x - y, x * y, x / y, x % y, x ^ y, -x, x .. y)
print(x + 1, x - 1, x * 2, x / 2, x % 2, x ^ 2, x .. "s")
print(1 + x, 1 - x, 2 * x, 2 / x, 2 % x, 2 ^ x, "s" .. x)
print(x + "str", "str" + x, "10" * x, x - nil, nil / x, x ^ true, (setmetatable({n = "plain"}, {})) % x)
print(x + z, z + x, x - z, z - x, -z, z + 1, 1 + z)
print((x + y) .. "!", x .. "!" .. y, 1 .. x .. 2)
print(pcall(function() return z * 1 end)) print(pcall(function() return {} + 1 end))
print(pcall(function() return z - {} end))
print(pcall(function() return setmetatable({}, {__add = 5}) + 1 end))
print(pcall(function() return setmetatable({}, {__add = function() error("in add") end}) + 1 end))
local multi = setmetatable({}, {__add = function() return 1, 2, 3 end,
  __unm = function(...) return select("#", ...) end, __sub = function() end})
print(multi + 1, (multi + 1) + 1, -multi, multi - 1, select("#", multi + 1))
local V = {} V.__index = V
V.__add = function(a, b) return setmetatable({a[1] + b[1], a[2] + b[2]}, V) end
V.__sub = function(a, b) return a + -b end V.__unm = function(a) return setmetatable({-a[1], -a[2]}, V) end
V.__mul = function(a, b)
  if type(a) == "number" then a, b = b, a end
  if type(b) == "number" then return setmetatable({a[1] * b, a[2] * b}, V) end
  return a[1] * b[1] + a[2] * b[2]
end
V.__tostring = function(v) return "(" .. v[1] .. "," .. v[2] .. ")" end
local a, b = setmetatable({1, 2}, V), setmetatable({3, 4}, V)
print(tostring(a + b), tostring(a - b), tostring(-a), a * b, tostring(2 * a), tostring(a * 3), tostring(a + b + a - b * 2))
local r = a for i = 1, 10 do r = r + b end print(tostring(r), rawequal(r, a))
