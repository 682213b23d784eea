-- workload: heapsort — sifting in one array of floats
local state = 42
local function random()
  state = (state * 16807) % 2147483647
  return state / 2147483647
end

local function sift(heap, root, last)
  local value = heap[root]
  while root * 2 <= last do
    local child = root * 2
    if child < last and heap[child] < heap[child + 1] then child = child + 1 end
    if value >= heap[child] then break end
    heap[root] = heap[child]
    root = child
  end
  heap[root] = value
end

local function heapsort(heap, n)
  for root = math.floor(n / 2), 1, -1 do sift(heap, root, n) end
  for last = n, 2, -1 do
    heap[1], heap[last] = heap[last], heap[1]
    sift(heap, 1, last - 1)
  end
end

local N = 400000
local heap = {}
for i = 1, N do heap[i] = random() end
heapsort(heap, N)
local ordered = true
for i = 2, N do
  if heap[i - 1] > heap[i] then ordered = false end
end
print("heapsort", ordered, string.format("%.9f %.9f %.9f", heap[1], heap[N / 2], heap[N]))
