-- seed: math/rounding — floor, ceil, fmod, mod, modf over signs, fractions and special numbers
local nums = {0, -0, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, 1e15 + 0.5, -1e15 - 0.5, 2 ^ 53, 1e300, 1 / 0, -1 / 0,
  1e-300, -1e-300, "3.7"}
for _, n in ipairs(nums) do
  local i, f = math.modf(n) print(n, math.floor(n), math.ceil(n), i, f, math.abs(n))
end
print(1 / math.floor(-0.0), 1 / math.ceil(-0.5), 1 / math.modf(-0.5), 1 / select(2, math.modf(-3)))
print(tostring(math.floor(0 / 0)):gsub("-", ""), (tostring(math.modf(0 / 0)):gsub("-", "")))
for _, p in ipairs{{5, 3}, {-5, 3}, {5, -3}, {-5, -3}, {5.5, 2}, {-5.5, 2}, {1e15, 7}, {0, 5}, {5, 1 / 0}, {-5,
  1 / 0}, {2 ^ 53, 3}, {"7", "4"}} do
  print(p[1], p[2], math.fmod(p[1], p[2]), math.mod(p[1], p[2]), p[1] % p[2])
end
print(math.mod == math.fmod, (tostring(math.fmod(1, 0)):gsub("-", "")), (tostring(math.fmod(1 / 0, 2)):gsub("-", "")))
for _, f in ipairs{"floor", "ceil", "modf", "abs", "fmod"} do
  print(f, pcall(math[f])) print(f, pcall(math[f], "x")) print(f, pcall(math[f], nil))
  print(f, pcall(math[f], {})) print(f, pcall(math[f], 5, "extra"))
end
print(pcall(math.fmod, 1)) print(pcall(math.fmod, 1, {}))
print(pcall(function() return math.floor(nil) end))
local function round(x) return math.floor(x + 0.5) end
for _, x in ipairs{0.4, 0.5, 1.5, -0.5, -1.5, 2.4999, 1e15} do print(x, round(x)) end
local function trunc(x, d) local m = 10 ^ d return math.floor(x * m) / m end
print(trunc(3.14159, 2), trunc(-3.14159, 3), trunc(100, -1))
print(math.floor(3.7) + math.ceil(3.2), math.floor(-3.7), math.ceil(-3.2), math.floor("10.9"), math.ceil(" 5.1 "))
