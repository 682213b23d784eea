-- workload: k-nucleotide — counting substrings of a generated sequence in hash tables
local state = 42
local function random()
  state = (state * 16807) % 2147483647
  return state / 2147483647
end

local function sequence(n)
  local letters = {}
  for i = 1, n do
    local r = random()
    letters[i] = r < 0.3029 and "A" or r < 0.5009 and "C" or r < 0.6985 and "G" or "T"
  end
  return table.concat(letters)
end

local function frequencies(text, length)
  local counts = {}
  for i = 1, #text - length + 1 do
    local key = text:sub(i, i + length - 1)
    counts[key] = (counts[key] or 0) + 1
  end
  return counts
end

local text = sequence(500000)
local out = {}
for length = 1, 2 do
  local counts, keys = frequencies(text, length), {}
  for key in pairs(counts) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b)
    return counts[a] > counts[b] or counts[a] == counts[b] and a < b
  end)
  for i = 1, math.min(3, #keys) do out[#out + 1] = keys[i] .. counts[keys[i]] end
end
for _, key in ipairs{"GGT", "GGTA", "GGTATT", "GGTATTTTAATT"} do
  out[#out + 1] = key .. (frequencies(text, #key)[key] or 0)
end
print("k-nucleotide", table.concat(out, " "))
