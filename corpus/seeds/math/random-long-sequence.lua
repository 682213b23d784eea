-- seed: math/random-long-sequence — positions deep in the generator's sequence, and many seeds
math.randomseed(1)
local t = {}
for i = 1, 400 do t[i] = math.random(0, 255) end
local h = 0
for i = 1, #t do h = (h * 31 + t[i]) % 4294967296 end
print(h, t[1], t[31], t[32], t[344], t[400])
math.randomseed(1)
for i = 1, 40 do math.random() end
print(math.random(10000), math.random(10000))
for _, seed in ipairs{0, 1, 2, 10, 1000, 2 ^ 16, 2 ^ 31 - 1, 2 ^ 31, 2 ^ 32 - 1, 0.5, -3} do
  math.randomseed(seed)
  print(seed, math.random(1, 2 ^ 30), math.random(1, 2 ^ 30), string.format("%.15f", math.random()))
end
math.randomseed(77)
local hist = {}
for i = 1, 2000 do local b = math.floor(math.random() * 10) hist[b] = (hist[b] or 0) + 1 end
for b = 0, 9 do print(b, hist[b]) end
