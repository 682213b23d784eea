-- seed: numbers/integer-precision — 2^53 borders, rounding, large products and sums
local b = 2 ^ 53
print(b == b + 1, b + 2 == b, b - 1 == b, string.format("%.0f %.0f %.0f", b, b + 1, b + 2))
print(string.format("%.0f", 2 ^ 63), string.format("%.0f", 2 ^ 64 - 1), string.format("%.0f", 1e23), string.format("%.0f", 1e22))
print(string.format("%d", 2 ^ 31), string.format("%d", -2 ^ 31), string.format("%d", 2 ^ 53), string.format("%d", -2 ^ 53))
local f = 1
for i = 1, 25 do f = f * i if i > 15 then print(i, f, string.format("%.0f", f)) end end
local s = 0
for i = 1, 1000 do s = s + 0.1 end
print(s, s == 100, string.format("%.17g", s))
local a, c = 1, 1
for i = 1, 90 do a, c = c, a + c if i % 15 == 0 then print(i, a, string.format("%.0f", a)) end end
print(0.1 + 0.2 - 0.3, (0.1 + 0.2) + 0.3 == 0.1 + (0.2 + 0.3), 1e16 + 1 - 1e16, 1e16 + 2 - 1e16)
print(string.format("%.20f", 0.1), string.format("%.17g", 0.1), string.format("%.17g", 1 / 3), string.format("%.3f", 2.0005))
print(math.floor(2 ^ 53 + 0.5), math.floor(-0.5), math.ceil(-0.5), math.floor(1e300), 7 % 2 ^ 53, (2 ^ 53 + 1) % 2)
local x = 123456789012
print(x % 1000, (x - x % 1000) / 1000, x * x, x * x % 7)
