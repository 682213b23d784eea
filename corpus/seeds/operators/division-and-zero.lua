-- seed: operators/division-and-zero — signed zeros, infinities and NaN as results
local z = 0
local nz = -z
print(1 / z, -1 / z, 1 / nz, z == nz, z < nz, tostring(z), tostring(nz), nz .. "", -0 .. "", 0 .. "")
print(z / z ~= z / z, 0 * (1 / 0) ~= 0 * (1 / 0), 1 / 0 - 1 / 0 == 0, (1 / 0) / (1 / 0) == 1)
print(1 / (z * -1), 1 / (-1 * z), 1 / (z + nz), 1 / (nz + nz), 1 / (nz - z), 1 / (z - z), 1 / (5 - 5))
print(2 ^ 1023 * 2, -2 ^ 1023 * 2, 2 ^ -1074, 2 ^ -1075, 2 ^ -1074 / 2, 1e308 * 10, 1e308 + 1e308)
local inf, nan = 1 / 0, 0 / 0
print(inf, -inf, inf == inf, inf > 1e308, -inf < -1e308, inf + 1 == inf, inf * -1 == -inf)
print(nan == nan, nan ~= nan, nan < nan, nan <= nan, nan > nan, nan >= nan, nan < 1, nan > 1, not (nan < 1))
print(0 ^ 0, inf ^ 0, 0 ^ inf, 1 ^ inf, 1 ^ nan, nan ^ 0, (-8) ^ (1 / 3) == (-8) ^ (1 / 3), (-2) ^ 3, (-2) ^ -3)
print(tostring(0 / 0):gsub("-", ""), tostring(-(0 / 0)):gsub("-", ""))
print(tostring(0 / 0), tostring(-(0 / 0)), tostring(z / z), tostring(-(z / z)))
print(math.max(nan, 1) == math.max(nan, 1), math.min(1, nan), math.max(1, nan), math.floor(inf), math.ceil(-inf))
print(3 / 2, -3 / 2, 1 / 3, 2 / 3, 10 / 2, 0 / 5, -0 / 5, 1e300 / 1e-300)
