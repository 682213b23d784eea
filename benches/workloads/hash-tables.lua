-- workload: hash-tables — string keys: counting words, looking up, removing, growing and traversing
local state = 42
local function random(n)
  state = (state * 16807) % 2147483647
  return state % n + 1
end

local syllables = {"ka", "lo", "mi", "nu", "re", "so", "ta", "vi", "we", "zo", "chi", "dra", "fel", "gor"}
local function word()
  local w = syllables[random(#syllables)]
  for _ = 1, random(3) do w = w .. syllables[random(#syllables)] end
  return w
end

local counts, order = {}, {}
for _ = 1, 800000 do
  local w = word()
  local seen = counts[w]
  if seen then
    counts[w] = seen + 1
  else
    counts[w] = 1
    order[#order + 1] = w
  end
end

local hits, misses = 0, 0
for i = 1, #order do
  if counts[order[i]] then hits = hits + 1 end
  if not counts[order[i] .. "x"] then misses = misses + 1 end
end

local best, most, total = "", 0, 0
for w, n in pairs(counts) do
  total = total + n
  if n > most or n == most and w < best then best, most = w, n end
end

for i = 1, #order, 2 do counts[order[i]] = nil end
local left = 0
for _ in pairs(counts) do left = left + 1 end

local points = {}
for i = 1, 700000 do
  local p = {x = i, y = i * 2, name = "p"}
  p.z = p.x + p.y
  points[i % 500] = p
end
local sum = 0
for _, p in pairs(points) do sum = sum + p.z end
print("hash-tables", #order, hits, misses, best, most, total, left, sum)
