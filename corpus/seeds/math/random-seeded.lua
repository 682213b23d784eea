-- seed: math/random-seeded — sequences of random after randomseed (the C library's rand)
math.randomseed(42) local r = {}
for i = 1, 10 do r[i] = string.format("%.12f", math.random()) end
print(table.concat(r, " ")) math.randomseed(42) local again = {}
for i = 1, 10 do again[i] = string.format("%.12f", math.random()) end
print(table.concat(again, " ") == table.concat(r, " ")) math.randomseed(1) r = {}
for i = 1, 20 do r[i] = math.random(100) end print(table.concat(r, " "))
math.randomseed(12345) r = {} for i = 1, 20 do r[i] = math.random(-10, 10) end
print(table.concat(r, " ")) math.randomseed(0) r = {}
for i = 1, 10 do r[i] = math.random(1000000) end print(table.concat(r, " "))
math.randomseed(-1) r = {} for i = 1, 10 do r[i] = math.random(6) end
print(table.concat(r, " ")) math.randomseed(2 ^ 31) r = {}
for i = 1, 5 do r[i] = math.random(1000) end print(table.concat(r, " "))
math.randomseed(3.7) local a = math.random(1000) math.randomseed(3)
print(a == math.random(1000)) math.randomseed("7") a = math.random(1000) math.randomseed(7)
print(a == math.random(1000))
math.randomseed(99)
print(math.random(1), math.random(5, 5), math.random(0, 0), math.random(-5, -5), math.random("3") <= 3,
  math.random(1, 2 ^ 31 - 1) >= 1)
print(pcall(math.random, 0)) print(pcall(math.random, -1)) print(pcall(math.random, 2, 1))
print(pcall(math.random, 1, 2, 3)) print(pcall(math.random, "x"))
print(pcall(math.random, 1, "x")) print(pcall(math.random, {}))
print(pcall(math.random, nil)) print(pcall(math.randomseed))
print(pcall(math.randomseed, "x")) print(pcall(math.randomseed, {}))
print(select("#", math.randomseed(1)), pcall(function() math.random(0) end))
math.randomseed(2024) local counts = {0, 0, 0, 0, 0, 0}
for i = 1, 600 do local d = math.random(6) counts[d] = counts[d] + 1 end
print(unpack(counts)) local sum = 0
for i = 1, 1000 do local x = math.random() assert(x >= 0 and x < 1) sum = sum + x end
print(string.format("%.8f", sum)) local deck = {} for i = 1, 10 do deck[i] = i end
for i = #deck, 2, -1 do local j = math.random(i) deck[i], deck[j] = deck[j], deck[i] end
print(table.concat(deck, " ")) local function pick(t) return t[math.random(#t)] end
local words = {} for i = 1, 8 do words[i] = pick{"red", "green", "blue"} end
print(table.concat(words, " "))
print(math.random(1.9), math.random(2.9) <= 2, math.random(3.5, 4.5) >= 3)
