-- seed: operators/modulo — the sign rule of %, fractions, infinities and zero
local function m(a, b) local r = a % b; return r ~= r and "NaN" or tostring(r) end
for _, p in ipairs{{5, 3}, {-5, 3}, {5, -3}, {-5, -3}, {6, 3}, {-6, 3}, {6, -3}, {0, 5}, {0, -5}, {5.5, 2}, {-5.5, 2}, {5.5, -2},
                   {5, 1.5}, {-5, 1.5}, {0.1, 0.1}, {1, 0.1}, {1e15, 7}, {-1e15, 7}, {2 ^ 53, 3}, {1e100, 7},
                   {5, 0}, {-5, 0}, {0, 0}, {1 / 0, 5}, {5, 1 / 0}, {-5, 1 / 0}, {5, -1 / 0}, {-1 / 0, 5}, {1e-300, 1e300}} do
  print(p[1], p[2], m(p[1], p[2]), math.fmod(p[1], p[2]) == math.fmod(p[1], p[2]) and math.fmod(p[1], p[2]) or "NaN")
end
print(1 / (0 % 5), 1 / (-0 % 5), 1 / (0 % -5), 1 / (-5 % 5), 1 / (5 % -5))
local z = 0
print(1 / (z % 5), 1 / (-z % 5))
for i = -7, 7 do line = (line or "") .. i % 4 .. "," .. i % -4 .. " " end
print(line)
print("10" % 3, 10 % "3", "0x10" % "7", -7 % 2 == 1, 7.5 % 1, -7.5 % 1, 2 ^ 31 % 2 ^ 16)
