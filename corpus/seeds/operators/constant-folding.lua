-- seed: operators/constant-folding — constant expressions at compile time, and those that must not be folded
print(1 + 2 * 3, 2 ^ 10, 7 % 3, 10 / 4, -5, -(-5), -2 ^ 2, not nil, not 0, not "x", #"abc")
print(1 / 0, -1 / 0, 0 / 0 ~= 0 / 0, 5 % 0 ~= 5 % 0, -0, 1 / -0, 1 / (-0), 0 * -1, 1 / (0 * -1))
print((1 + 2) .. "", 1 + 2 .. "", 2 * 3 == 6, 1 < 2, "a" .. "b", 3 - -3, - - -3)
local a = 3 + 4
local b = a + 3 * 4
local c = 3 * 4 + a
local d = -a + -3
local e = 2 ^ 3 ^ 2 / 2 - 1
print(a, b, c, d, e)
print(-"2", "10" + 1, "3" * "4", -"-2", 10 .. "")
print(not not nil, not not 1, not (not nil), not true == false, not (1 == 2), nil == not 1)
local t = {[1 + 1] = "two", [2 ^ 2] = "four", [-1] = "minus", [1 / 2] = "half"}
print(t[2], t[4], t[-1], t[0.5], t[1 + 1], t[-(1)])
if 1 + 1 == 2 then print("folded condition") end
while 1 > 2 do print("never") end
print(1e308 * 10, -1e308 * 10, 2 ^ 1024, 2 ^ -1080, 1e-320 / 10)
print(100000 * 100000, 1e15 + 1, 123456789 * 987654321, 0.1 + 0.2, 1 / 3)
local z, nz = 0, -0
print(1 / z, 1 / nz, 0 == -0, 1 / (-z))
print(({[0] = "zero"})[-0], ({[-0] = "zero"})[0])
