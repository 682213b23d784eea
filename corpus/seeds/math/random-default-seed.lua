-- seed: math/random-default-seed — the sequence without randomseed is that of rand() after srand(1)
local r = {} for i = 1, 8 do r[i] = math.random(1000) end
print(table.concat(r, " "))
math.randomseed(1)
local s = {} for i = 1, 8 do s[i] = math.random(1000) end
print(table.concat(s, " "))
print(table.concat(r, " ") == table.concat(s, " "))
math.randomseed(1)
local t = {} for i = 1, 400 do t[i] = math.random(0, 255) end
local h = 0
for i = 1, #t do h = (h * 31 + t[i]) % 4294967296 end
print(h, t[1], t[31], t[32], t[344], t[400])
math.randomseed(1) for i = 1, 40 do math.random() end print(math.random(10000), math.random(10000))
