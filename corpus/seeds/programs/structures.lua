-- seed: programs/structures — priority queue, AVL tree, trie, linked list, ring buffer, LRU cache, sets, union-find, graphs
local Heap = {} Heap.__index = Heap
function Heap.new(less) return setmetatable({less = less or function(a, b) return a < b end, n = 0}, Heap) end
function Heap:push(v)
  self.n = self.n + 1
  local i = self.n
  self[i] = v
  while i > 1 do
    local p = math.floor(i / 2)
    if not self.less(self[i], self[p]) then break end
    self[i], self[p], i = self[p], self[i], p
  end
end
function Heap:pop()
  if self.n == 0 then return nil, "empty" end
  local top = self[1]
  self[1], self[self.n], self.n = self[self.n], nil, self.n - 1
  local i = 1
  while true do
    local l, r, m = 2 * i, 2 * i + 1, i
    if l <= self.n and self.less(self[l], self[m]) then m = l end
    if r <= self.n and self.less(self[r], self[m]) then m = r end
    if m == i then return top end
    self[i], self[m], i = self[m], self[i], m
  end
end
local h, seed, out = Heap.new(), 7, {}
for i = 1, 40 do seed = (seed * 1103 + 12345) % 1000 h:push(seed) end
for v in Heap.pop, h do out[#out + 1] = v end
print(table.concat(out, " "), h:pop())

local AVL = {}
local function height(n) return n and n.h or 0 end
local function fix(n) n.h = math.max(height(n.l), height(n.r)) + 1 return n end
local function rotate(n, a, b) local m = n[a] n[a], m[b] = m[b], n fix(n) return fix(m) end
local function balance(n)
  fix(n)
  local d = height(n.l) - height(n.r)
  if d > 1 then if height(n.l.l) < height(n.l.r) then n.l = rotate(n.l, "r", "l") end return rotate(n, "l", "r") end
  if d < -1 then if height(n.r.r) < height(n.r.l) then n.r = rotate(n.r, "l", "r") end return rotate(n, "r", "l") end
  return n
end
function AVL.insert(n, k, v)
  if not n then return {k = k, v = v, h = 1} end
  if k == n.k then n.v = v return n end
  local side = k < n.k and "l" or "r"
  n[side] = AVL.insert(n[side], k, v)
  return balance(n)
end
function AVL.remove(n, k)
  if not n then return nil end
  if k < n.k then n.l = AVL.remove(n.l, k) elseif k > n.k then n.r = AVL.remove(n.r, k)
  elseif not (n.l and n.r) then return n.l or n.r
  else
    local m = n.r
    while m.l do m = m.l end
    n.k, n.v, n.r = m.k, m.v, AVL.remove(n.r, m.k)
  end
  return balance(n)
end
function AVL.walk(n) return coroutine.wrap(function() local function go(m) if m then go(m.l) coroutine.yield(m.k, m.v) go(m.r) end end go(n) end) end
local root
for i = 1, 200 do root = AVL.insert(root, i * 37 % 211, "v" .. i) end
for i = 1, 200, 3 do root = AVL.remove(root, i * 37 % 211) end
local keys = {} for k, v in AVL.walk(root) do keys[#keys + 1] = k end
print(root.h, #keys, root.k, root.v, table.concat(keys, ",", 1, 20))
local words = nil
for w in ("the quick brown fox jumps over the lazy dog and the end"):gmatch("%a+") do words = AVL.insert(words, w, #w) end
for k, v in AVL.walk(words) do out[#out + 1] = k .. v end print(table.concat(out, " ", 41))
print(pcall(AVL.insert, words, 5, 1))

local Trie = {}
function Trie.add(t, w) for c in w:gmatch(".") do t[c] = t[c] or {} t = t[c] end t[0] = w end
function Trie.find(t, prefix)
  for c in prefix:gmatch(".") do t = t[c] if not t then return {} end end
  local found = {}
  local function collect(n) if n[0] then found[#found + 1] = n[0] end for k, m in pairs(n) do if k ~= 0 then collect(m) end end end
  collect(t) table.sort(found)
  return found
end
local trie = {} for w in ("car card care cart cat dog do done door"):gmatch("%S+") do Trie.add(trie, w) end
for _, p in ipairs{"car", "do", "", "x", "cat"} do print(p, table.concat(Trie.find(trie, p), " ")) end

local List = {__index = {}}
function List.__index.push(l, v) l.tail = {v = v, prev = l.tail} if l.tail.prev then l.tail.prev.next = l.tail else l.head = l.tail end l.n = (l.n or 0) + 1 return l end
function List.__index.iter(l) local n = {next = l.head} return function() n = n.next return n and n.v end end
function List.__index.reverse(l) local n = l.head l.head, l.tail = l.tail, l.head while n do n.next, n.prev, n = n.prev, n.next, n.next end return l end
function List.__eq(a, b) local x, y = a:iter(), b:iter() local u, v repeat u, v = x(), y() until u == nil or u ~= v return u == v end
function List.__concat(a, b) local r = setmetatable({}, List) for v in a:iter() do r:push(v) end for v in b:iter() do r:push(v) end return r end
function List.__tostring(l) local t = {} for v in l:iter() do t[#t + 1] = tostring(v) end return "[" .. table.concat(t, " ") .. "]" end
local l1, l2 = setmetatable({}, List):push(1):push(2):push(3), setmetatable({}, List):push(3):push(2):push(1)
print(tostring(l1), tostring(l2), l1 == l2, l1 == l2:reverse(), tostring(l1 .. l2 .. l1))

local function LRU(size)
  local map, order, clock = {}, {}, 0
  return function(key, make)
    clock = clock + 1
    if map[key] == nil then
      local n, oldest = 0, nil
      for k, at in pairs(order) do n = n + 1 if not oldest or at < order[oldest] then oldest = k end end
      if n >= size then map[oldest], order[oldest] = nil, nil end
      map[key] = make(key)
    end
    order[key] = clock
    return map[key]
  end
end
local made, cache = 0, LRU(3)
for _, k in ipairs{1, 2, 3, 1, 4, 2, 1, 5, 3, 1} do cache(k, function(x) made = made + 1 return x * x end) end
print("made", made)

local Set = {} Set.__index = Set
local function set(t) local s = setmetatable({}, Set) for _, v in ipairs(t) do s[v] = true end return s end
function Set.__add(a, b) local r = set{} for k in pairs(a) do r[k] = true end for k in pairs(b) do r[k] = true end return r end
function Set.__mul(a, b) local r = set{} for k in pairs(a) do r[k] = b[k] end return r end
function Set.__sub(a, b) local r = set{} for k in pairs(a) do if not b[k] then r[k] = true end end return r end
function Set.__le(a, b) for k in pairs(a) do if not rawget(b, k) then return false end end return true end
function Set.__lt(a, b) return a <= b and not (b <= a) end
function Set.__eq(a, b) return a <= b and b <= a end
function Set.__tostring(s) local t = {} for k in pairs(s) do t[#t + 1] = tostring(k) end table.sort(t) return "{" .. table.concat(t, ", ") .. "}" end
local a, b = set{1, 2, 3, "x"}, set{2, 3, 4}
print(tostring(a + b), tostring(a * b), tostring(a - b), a <= b, a * b < b, a == set{"x", 3, 2, 1}, a ~= b)

local graph = {A = {B = 7, C = 9, F = 14}, B = {A = 7, C = 10, D = 15}, C = {A = 9, B = 10, D = 11, F = 2}, D = {B = 15, C = 11, E = 6}, E = {D = 6, F = 9}, F = {A = 14, C = 2, E = 9}, G = {}}
local function dijkstra(from)
  local distance, previous, queue = {[from] = 0}, {}, Heap.new(function(x, y) return x[1] < y[1] end)
  queue:push{0, from}
  for item in Heap.pop, queue do
    local d, node = unpack(item)
    if d == distance[node] then
      for to, w in pairs(graph[node]) do
        if d + w < (distance[to] or math.huge) then distance[to], previous[to] = d + w, node queue:push{d + w, to} end
      end
    end
  end
  return distance, previous
end
local distance, previous = dijkstra("A")
for _, n in ipairs{"A", "B", "C", "D", "E", "F", "G"} do
  local path, at = n, previous[n]
  while at do path, at = at .. ">" .. path, previous[at] end
  print(n, distance[n], path)
end
local parent = {}
local function find(x) parent[x] = parent[x] or x if parent[x] ~= x then parent[x] = find(parent[x]) end return parent[x] end
local edges, total = {}, 0
for u, list in pairs(graph) do for v, w in pairs(list) do if u < v then edges[#edges + 1] = {w, u, v} end end end
table.sort(edges, function(x, y) if x[1] ~= y[1] then return x[1] < y[1] end return x[2] .. x[3] < y[2] .. y[3] end)
for _, e in ipairs(edges) do if find(e[2]) ~= find(e[3]) then parent[find(e[2])] = find(e[3]) total = total + e[1] end end
print("spanning tree", total, #edges)
local deps, done, sorted = {shirt = {}, tie = {"shirt"}, jacket = {"tie", "belt"}, belt = {"trousers"}, trousers = {}, shoes = {"trousers", "socks"}, socks = {}}, {}, {}
local function visit(n, path) if path[n] then error("cycle at " .. n, 0) end if done[n] then return end path[n] = true for _, d in ipairs(deps[n]) do visit(d, path) end path[n] = nil done[n] = true sorted[#sorted + 1] = n end
for _, n in ipairs{"jacket", "shoes"} do visit(n, {}) end
print(table.concat(sorted, " ")) deps.shirt[1] = "jacket" done = {} print(pcall(visit, "jacket", {}))
