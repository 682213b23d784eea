-- seed: numbers/loops-of-floats — accumulating steps and comparisons of computed floats
local n = 0
for x = 0, 1, 0.1 do n = n + 1 last = x end
print(n, last, last == 1)
n = 0
for x = 1, 0, -0.1 do n = n + 1 last = x end
print(n, last, string.format("%.17g", last))
for x = 0, 1, 1 / 3 do print(x) end
for x = 1e15, 1e15 + 2, 0.5 do print(string.format("%.1f", x)) end
local steps = 0
for x = 0, 1, 2 ^ -10 do steps = steps + 1 end
print(steps)
for x = -1, 1, 0.5 do print(x, x * x, x ^ 3, x == 0, -x) end
local acc, x = 0, 1
while x > 1e-10 do acc = acc + x x = x / 2 end
print(acc, x)
local eps = 1
while 1 + eps / 2 > 1 do eps = eps / 2 end
print(eps, eps == 2 ^ -52)
local big = 1
while big * 2 < 1 / 0 do big = big * 2 end
print(big, big * 2)
local small = 1
while small / 2 > 0 do small = small / 2 end
print(small, small / 2)
local r = 1
for i = 1, 30 do r = (r + 2 / r) / 2 end
print(string.format("%.15g", r), r == 2 ^ 0.5, r * r)
