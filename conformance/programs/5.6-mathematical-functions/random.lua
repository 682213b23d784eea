-- 5.6 Mathematical functions: random and randomseed: ranges, repetition by seed, arguments. The sequence itself is the C library's.

local function message(...) return (tostring(select(2, pcall(...))):gsub("^.-%.lua:%d+: ", "")) end

-- Without arguments: [0, 1).
math.randomseed(42)
local sum, smallest, largest = 0, 2, -1
for i = 1, 10000 do
  local r = math.random()
  assert(r >= 0 and r < 1)
  sum, smallest, largest = sum + r, math.min(smallest, r), math.max(largest, r)
end
assert(sum > 4500 and sum < 5500 and smallest < 0.01 and largest > 0.99)

-- With one: 1 to m; with two: m to n; every value is reached, none beyond.
local function seen(rounds, ...)
  local counts, n = {}, 0
  for i = 1, rounds do
    local r = math.random(...)
    assert(r % 1 == 0)
    if not counts[r] then counts[r] = 0 n = n + 1 end
    counts[r] = counts[r] + 1
  end
  local keys = {}
  for k in pairs(counts) do keys[#keys + 1] = k end
  table.sort(keys)
  return table.concat(keys, " ")
end
print(seen(500, 1), seen(500, 2), seen(2000, 6), seen(1000, 0 + 3, 5), seen(1000, -2, 2), seen(10, 7, 7), seen(10, 0, 0), seen(10, -5, -5), seen(1000, "1", "3"), seen(1000, 1.9), seen(1000, 1.5, 3.9))
for i = 1, 100 do
  local r = math.random(2 ^ 31 - 1)
  assert(r >= 1 and r <= 2 ^ 31 - 1 and r % 1 == 0)
  r = math.random(-1000000, 1000000)
  assert(r >= -1000000 and r <= 1000000)
end

-- The same seed, the same numbers.
local function sequence(seed, n, ...)
  math.randomseed(seed)
  local out = {}
  for i = 1, n do out[i] = math.random(...) end
  return table.concat(out, " ")
end
for _, seed in ipairs{0, 1, 2, 42, 123456789, 2 ^ 31 - 1, -1, 3.7, "5"} do assert(sequence(seed, 20) == sequence(seed, 20) and sequence(seed, 20, 100) == sequence(seed, 20, 100)) end
assert(sequence(1, 20, 1000) ~= sequence(2, 20, 1000) and sequence(3.2, 5) == sequence(3.9, 5))
assert(select("#", math.randomseed(1)) == 0)
-- The kinds of arguments draw one number each.
math.randomseed(7)
local a1, a2, a3 = math.random(), math.random(), math.random()
math.randomseed(7)
local b1, b2, b3 = math.random(1000), math.random(1, 1000), math.random()
assert(b1 == math.floor(a1 * 1000) + 1 and b2 == math.floor(a2 * 1000) + 1 and b3 == a3)

-- Messages.
print(message(math.random, 0)) print(message(math.random, -1)) print(message(math.random, 0.9)) print(message(math.random, 2, 1)) print(message(math.random, 0, -1)) print(message(math.random, 1, 2, 3)) print(message(math.random, 1, 2, 3, 4)) print(message(math.random, nil)) print(message(math.random, "x")) print(message(math.random, {})) print(message(math.random, 1, nil)) print(message(math.random, 1, "x")) print(message(math.random, 1, {}))
print(message(math.randomseed)) print(message(math.randomseed, nil)) print(message(math.randomseed, "x")) print(message(math.randomseed, {})) print(message(math.random, 2, 1.9)) print(pcall(math.random, 1, 1.9)) print(message(math.random, -3, -4))

-- Shuffles and choices by hand are permutations.
math.randomseed(99)
local deck = {}
for i = 1, 52 do deck[i] = i end
for i = 52, 2, -1 do local j = math.random(i) deck[i], deck[j] = deck[j], deck[i] end
local present = {}
for _, card in ipairs(deck) do assert(not present[card]) present[card] = true end
print(#deck)
