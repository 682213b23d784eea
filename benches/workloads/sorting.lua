-- workload: sorting — quicksort written in Lua, and table.sort with and without a comparator
local state = 7
local function random()
  state = (state * 16807) % 2147483647
  return state
end

local function numbers(n)
  local t = {}
  for i = 1, n do t[i] = random() % 100000 end
  return t
end

local function quicksort(t, low, high)
  while low < high do
    local pivot = t[math.floor((low + high) / 2)]
    local i, j = low, high
    while i <= j do
      while t[i] < pivot do i = i + 1 end
      while t[j] > pivot do j = j - 1 end
      if i <= j then
        t[i], t[j] = t[j], t[i]
        i, j = i + 1, j - 1
      end
    end
    if j - low < high - i then
      quicksort(t, low, j)
      low = i
    else
      quicksort(t, i, high)
      high = j
    end
  end
end

local function digest(t, value)
  local h = 0
  for i = 1, #t do h = (h * 31 + value(t[i])) % 1000003 end
  return h
end

local function itself(x) return x end

local a = numbers(300000)
quicksort(a, 1, #a)
local b = numbers(200000)
table.sort(b)
local c = numbers(100000)
table.sort(c, function(x, y) return x > y end)
local records = {}
for i = 1, 40000 do records[i] = {key = random() % 500, id = i} end
table.sort(records, function(x, y)
  if x.key ~= y.key then return x.key < y.key end
  return x.id < y.id
end)
local names = {}
for i = 1, 50000 do names[i] = "name" .. random() % 10000 end
table.sort(names)
print("sorting", digest(a, itself), digest(b, itself), digest(c, itself), digest(records, function(r) return r.id end),
  names[1], names[6000], names[50000])
