-- 5.6 Mathematical functions: sqrt, exp, log, log10, pow, and the trigonometric and hyperbolic ones.
-- Digits beyond what C libraries agree on are not shown.

local inf, nan = 1 / 0, 0 / 0
local function text(v) if v ~= v then return "nan" end if v == 0 then return 1 / v < 0 and "-0" or "0" end return ("%.13g"):format(v) end
local function row(f, values) local out = {} for i, v in ipairs(values) do out[i] = text(f(v)) end return table.concat(out, " ") end

local values = {0, 0 * -1, 1, -1, 0.5, -0.5, 2, -2, 10, 100, -100, 1e-10, 1e10, 1e300, 5e-324, inf, -inf, nan}
for _, name in ipairs{"sqrt", "exp", "log", "log10", "sinh", "cosh", "tanh", "asin", "acos", "atan", "deg", "rad"} do print(name, row(math[name], values)) end
for _, name in ipairs{"sin", "cos", "tan"} do print(name, row(math[name], {0, 0 * -1, 1, -1, 0.5, 2, 3, 10, -10, 100, 1000, 1e-10, inf, -inf, nan})) end

-- Exact cases.
for i = 0, 1000 do assert(math.sqrt(i * i) == i) end
assert(math.sqrt(2) * math.sqrt(2) ~= 2 and math.sqrt(0.25) == 0.5 and math.sqrt(2 ^ 52) == 2 ^ 26)
assert(math.exp(0) == 1 and math.log(1) == 0 and math.log10(1) == 0 and math.sin(0) == 0 and math.cos(0) == 1 and math.atan(0) == 0 and math.acos(1) == 0 and math.asin(0) == 0 and math.tan(0) == 0)
for i = 0, 15 do assert(math.log10(10 ^ i) == i) end
for i = -1000, 1000, 37 do assert(math.pow(2, i) == 2 ^ i and math.ldexp(1, i) == 2 ^ i) end

-- pow and the operator are one function.
for _, x in ipairs{0, 0 * -1, 1, -1, 2, -2, 0.5, 10, inf, -inf, nan} do
  local out = {}
  for _, y in ipairs{0, 1, -1, 2, -2, 0.5, -0.5, 3, 1 / 3, 1000, -1000, inf, -inf, nan} do
    out[#out + 1] = text(math.pow(x, y))
    assert(text(x ^ y) == text(math.pow(x, y)))
  end
  print("pow", text(x), table.concat(out, " "))
end

-- atan2 in all quadrants and on the axes.
for _, y in ipairs{0, 0 * -1, 1, -1, 0.5, inf, -inf, nan} do
  local out = {}
  for _, x in ipairs{0, 0 * -1, 1, -1, 0.5, inf, -inf, nan} do out[#out + 1] = text(math.atan2(y, x)) end
  print("atan2", text(y), table.concat(out, " "))
end

-- Identities, to a few digits.
local function near(a, b) return math.abs(a - b) <= 1e-9 * math.max(1, math.abs(a), math.abs(b)) end
for i = -40, 40 do
  local x = i / 8
  assert(near(math.sin(x) ^ 2 + math.cos(x) ^ 2, 1) and near(math.tan(x), math.sin(x) / math.cos(x)) and near(math.cosh(x) ^ 2 - math.sinh(x) ^ 2, 1) and near(math.tanh(x), math.sinh(x) / math.cosh(x)))
  assert(near(math.sinh(x), (math.exp(x) - math.exp(-x)) / 2) and near(math.atan(math.tan(x / 5)), x / 5) and near(math.rad(math.deg(x)), x) and near(math.log(math.exp(x)), x))
  if math.abs(x) <= 1 then assert(near(math.sin(math.asin(x)), x) and near(math.cos(math.acos(x)), x) and near(math.asin(x) + math.acos(x), math.pi / 2)) end
  assert(near(math.atan2(math.sin(x / 2), math.cos(x / 2)), x / 2))
end
for i = 1, 100 do assert(near(math.exp(math.log(i)), i) and near(10 ^ math.log10(i), i) and near(math.log(i) / math.log(10), math.log10(i)) and near(math.sqrt(i), i ^ 0.5)) end
print("degrees", math.deg(math.pi), math.rad(180) == math.pi, math.deg(1), math.rad(1), math.deg(inf), math.rad(-inf))
print("second arguments", math.log(8, 2) == math.log(8), math.exp(1, 2) == math.exp(1), text(math.atan(1, 2)), text(math.sqrt("16")), text(math.pow("2", "0x3")), text(math.atan2("1", "1")))
print("cosh of large", text(math.cosh(710)), text(math.cosh(711)), text(math.sinh(-711)), text(math.exp(709)), text(math.exp(710)), text(math.exp(-745)), text(math.exp(-746)))
