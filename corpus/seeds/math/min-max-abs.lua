-- seed: math/min-max-abs — min, max and abs with many arguments, strings, NaN and errors
print(math.max(1), math.max(1, 2, 3), math.max(3, 2, 1), math.max(-1, -2), math.max(1, 1.5, 1.25),
  math.max("10", 9), math.max("2", "10"), math.max(1 / 0, 1e308), math.max(-1 / 0, -1e308))
print(math.min(1), math.min(1, 2, 3), math.min(3, 2, 1), math.min(-1, -2), math.min("10", 9),
  math.min(1 / 0, 5), math.min(-1 / 0, 5), math.min(0, -0), 1 / math.min(0, -0), 1 / math.max(-0, 0),
  1 / math.max(0, -0))
local nan = 0 / 0
print(math.max(nan, 1) ~= math.max(nan, 1), math.max(1, nan), math.min(nan, 1) ~= math.min(nan, 1),
  math.min(1, nan), math.max(1, nan, 2), math.min(3, nan, 2))
print(math.abs(-5), math.abs(5), math.abs(-0), 1 / math.abs(-0), math.abs(-1 / 0), math.abs("-3"),
  math.abs(-2 ^ 53), math.abs(nan) ~= math.abs(nan))
for _, f in ipairs{"min", "max", "abs"} do
  print(f, pcall(math[f])) print(f, pcall(math[f], nil)) print(f, pcall(math[f], {}))
  print(f, pcall(math[f], "x")) print(f, pcall(math[f], 1, "x"))
  print(f, pcall(math[f], 1, 2, nil)) print(f, pcall(math[f], true, 1))
end
local t = {} for i = 1, 100 do t[i] = (i * 37) % 101 end
print(math.max(unpack(t)), math.min(unpack(t)))
print(select("#", math.max(1, 2)), (math.max(3, 4)), math.max(math.min(5, 3), 4), -math.max(-5, -3))
print(math.huge, -math.huge, math.huge == 1 / 0, math.huge > 1e308, math.pi, math.pi * 2)
print(pcall(function() return math.max() end))
print(pcall(function() return math.min({}, 1) end))
local function clamp(x, lo, hi) return math.max(lo, math.min(hi, x)) end
print(clamp(5, 1, 3), clamp(-1, 0, 10), clamp(2, 1, 3)) local best, at = -math.huge
for i, v in ipairs{3, 9, 2, 9} do if v > best then best, at = v, i end end print(best, at)
