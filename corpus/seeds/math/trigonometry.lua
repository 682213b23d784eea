-- seed: math/trigonometry — sin to atan2, hyperbolics, degrees and radians, rounded to ten digits
local function f(...)
  local r = {}
  for i = 1, select("#", ...) do r[i] = (string.format("%.10f", (select(i, ...))):gsub("^%-0%.0+$", "0")) end
  return table.concat(r, " ")
end
for d = 0, 360, 30 do
  local x = math.rad(d)
  print(d, f(math.sin(x), math.cos(x), d % 180 ~= 90 and math.tan(x) or 0))
end
for x = -1, 1, 0.25 do
  print(x, f(math.asin(x), math.acos(x), math.atan(x), math.sinh(x), math.cosh(x), math.tanh(x)))
end
for _, p in ipairs{{1, 1}, {1, -1}, {-1, 1}, {-1, -1}, {0, 1}, {0, -1}, {1, 0}, {-1, 0}, {0, 0}, {1 / 0, 1}, {3,
  4}} do print(p[1], p[2], f(math.atan2(p[1], p[2]))) end
print(math.pi, math.deg(math.pi), math.rad(180) == math.pi, math.deg(1), math.rad(1), math.deg(0), math.rad(-360))
print(math.sin(0), math.cos(0), math.tan(0), math.asin(0), math.acos(1), math.atan(0), math.sinh(0),
  math.cosh(0), math.tanh(0), math.atan2(0, 1))
print((tostring(math.sin(1 / 0)):gsub("-", "")), (tostring(math.asin(2)):gsub("-", "")),
  (tostring(math.acos(-2)):gsub("-", "")), f(math.atan(1 / 0)), math.tanh(1 / 0), math.cosh(1 / 0),
  math.sinh(-1 / 0))
for _, n in ipairs{"sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "deg", "rad", "atan2"} do
  print(n, pcall(math[n])) print(n, pcall(math[n], "x")) print(n, pcall(math[n], {}))
end
print(pcall(math.atan2, 1)) print(pcall(math.atan2, 1, "y"))
print(f(math.sin("1"), math.cos("0.5"))) local s = 0
for i = 1, 100 do s = s + math.sin(i) * math.cos(i) end print(string.format("%.8f", s))
print(f(math.sin(1e6), math.cos(1e6), math.tan(1e6), math.sin(1e15)))
