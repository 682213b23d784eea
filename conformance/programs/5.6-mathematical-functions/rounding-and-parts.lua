-- 5.6 Mathematical functions: abs, ceil, floor, fmod, modf, frexp, ldexp, max, min, huge, pi, on edge values.

local inf, nan = 1 / 0, 0 / 0
local function text(v) if type(v) ~= "number" then return tostring(v) end if v ~= v then return "nan" end if v == 0 and 1 / v < 0 then return "-0" end return ("%.17g"):format(v) end
local function show(label, ...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = text((select(i, ...))) end
  print(label, unpack(out))
end
local values = {0, 0 * -1, 1, -1, 0.5, -0.5, 1.5, -1.5, 2.5, -2.5, 0.1, -0.1, 0.9999999999999999, 1e15 + 0.5, -1e15 - 0.5, 2 ^ 31 - 0.5, 2 ^ 31, -2 ^ 31 - 0.5, 2 ^ 52 + 0.5, 2 ^ 53, -2 ^ 53, 2 ^ 63, 1e300, -1e300, 5e-324, -5e-324, 1.7976931348623157e308, inf, -inf, nan}

for _, v in ipairs(values) do
  show(text(v), math.abs(v), math.ceil(v), math.floor(v), math.modf(v))
  show("", "frexp", math.frexp(v))
  local m, e = math.frexp(v)
  if v == v and v ~= inf and v ~= -inf then
    assert(math.ldexp(m, e) == v and (v == 0 or math.abs(m) >= 0.5 and math.abs(m) < 1))
    local whole, fraction = math.modf(v)
    assert(whole + fraction == v and whole % 1 == 0 and math.abs(fraction) < 1)
    assert(math.floor(v) <= v and v <= math.ceil(v) and math.ceil(v) - math.floor(v) <= 1 or math.abs(v) >= 2 ^ 53)
  end
end

-- fmod: the remainder with the sign of the first, in contrast to "%".
for _, a in ipairs{0, 0 * -1, 5, -5, 5.5, -5.5, 0.1, 1e300, 2 ^ 53, 7, inf, -inf, nan} do
  local row = {}
  for _, b in ipairs{1, -1, 3, -3, 0.5, 2.5, 1e-10, 2 ^ 53, inf, -inf, 0, nan} do row[#row + 1] = text(math.fmod(a, b)) end
  print(text(a), table.concat(row, " "))
end
assert(math.mod == math.fmod and math.fmod(-5, 3) == -2 and -5 % 3 == 1 and math.fmod(5, -3) == 2 and 5 % -3 == -1)

-- ldexp: exponents of every kind.
for _, m in ipairs{0, 1, -1, 0.5, 1.5, 0.75, 5e-324, 1e308, inf, -inf, nan} do
  local row = {}
  for _, e in ipairs{0, 1, -1, 10, -10, 1023, 1024, 2000, -1022, -1074, -1075, -2000, 1.9, -1.9, "3"} do row[#row + 1] = text(math.ldexp(m, e)) end
  print(text(m), table.concat(row, " "))
end

-- max and min: any number of arguments; NaN where a comparison with it decides.
show("max", math.max(1), math.max(1, 2), math.max(2, 1), math.max(-1, -2), math.max(1, 2, 3, 2, 1), math.max(inf, 1), math.max(-inf, 1), math.max("10", 9), math.max(0, 0 * -1), math.max(0 * -1, 0), math.max(nan, 1), math.max(1, nan), math.max(1, nan, 2))
show("min", math.min(1), math.min(1, 2), math.min(2, 1), math.min(-1, -2), math.min(3, 2, 1, 2, 3), math.min(inf, 1), math.min(-inf, 1), math.min("10", 9), math.min(0, 0 * -1), math.min(0 * -1, 0), math.min(nan, 1), math.min(1, nan), math.min(1, nan, 0))
local many = {}
for i = 1, 5000 do many[i] = (i * 7919) % 5003 end
show("many", math.max(unpack(many)), math.min(unpack(many)))

-- Constants.
show("constants", math.pi, math.huge, -math.huge, math.huge == inf, math.huge > 1.7976931348623157e308, math.pi == 3.141592653589793)
show("fields are variables", rawget(math, "pi") == math.pi, next({}) == nil)
local saved = math.pi
math.pi = 3
show("changed", math.pi, math.deg(3.141592653589793))
math.pi = saved

-- Texts that are numbers.
show("texts", math.abs("-5"), math.floor("0x10"), math.ceil(" 1.5 "), math.max("1", "2"), math.fmod("7", "4"), math.ldexp("1", "4"), math.modf("-3.7"))
show("extra arguments", math.floor(1.5, 2.5), math.abs(-1, {}), select("#", math.modf(1)), select("#", math.frexp(1)), select("#", math.floor(1)))

-- Rounding by floor, in both directions.
local function round(x) return math.floor(x + 0.5) end
show("round", round(0.5), round(-0.5), round(1.5), round(2.5), round(-2.5), round(0.49999999999999994), round(2 ^ 52 + 1), round(1e300))
for i = -50, 50 do
  local x = i / 4
  assert(math.floor(x) == x - x % 1 and math.ceil(x) == -math.floor(-x) and math.abs(x) == math.max(x, -x))
end
