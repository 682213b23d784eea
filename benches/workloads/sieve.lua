-- workload: sieve — filling and crossing out a large boolean array
local function sieve(limit)
  local composite = {}
  for i = 1, limit do composite[i] = false end
  local count, last = 0, 0
  for i = 2, limit do
    if not composite[i] then
      count, last = count + 1, i
      for j = i * i, limit, i do composite[j] = true end
    end
  end
  return count, last
end

local total = 0
for round = 1, 64 do
  local count, last = sieve(200000 + round)
  total = total + count + last
end
print("sieve", sieve(1000), total)
