-- seed: table/stack-queue-list — stacks, queues, linked lists, sets and heaps made of tables
local Stack = {} Stack.__index = Stack
function Stack.new() return setmetatable({n = 0}, Stack) end
function Stack:push(...)
  for i = 1, select("#", ...) do self.n = self.n + 1 self[self.n] = (select(i, ...)) end
  return self
end
function Stack:pop()
  if self.n == 0 then return nil, "empty" end local v = self[self.n] self[self.n] = nil
  self.n = self.n - 1 return v
end
local s = Stack.new():push(1, 2, 3)
print(s:pop(), s:pop(), s:push("x"):pop(), s:pop(), s:pop())
local Queue = {} Queue.__index = Queue
function Queue.new() return setmetatable({first = 1, last = 0}, Queue) end
function Queue:push(v) self.last = self.last + 1 self[self.last] = v end
function Queue:pop()
  if self.first > self.last then return nil end local v = self[self.first]
  self[self.first] = nil self.first = self.first + 1 return v
end
local q = Queue.new() for i = 1, 5 do q:push(i * i) end print(q:pop(), q:pop())
q:push("end") local out = {}
while true do local v = q:pop() if not v then break end out[#out + 1] = v end
print(table.concat(out, " "))
local list = nil for i = 1, 5 do list = {value = i, next = list} end
local function each(l) return function(_, n) if n == nil then return l end return n.next end, nil, nil end
out = {} for n in each(list) do out[#out + 1] = n.value end print(table.concat(out, " "))
local function reverse(l) local r while l do l, r, l.next = l.next, l, r end return r end
list = reverse(list) out = {} local l = list
while l do out[#out + 1] = l.value l = l.next end print(table.concat(out, " "))
local heap = {}
local function push(v)
  local i = #heap + 1 heap[i] = v
  while i > 1 do
    local p = math.floor(i / 2) if heap[p] <= heap[i] then break end
    heap[p], heap[i] = heap[i], heap[p] i = p
  end
end
local function pop()
  local top = heap[1] heap[1] = heap[#heap] heap[#heap] = nil local i = 1
  while true do
    local c = i * 2 if c > #heap then break end
    if c < #heap and heap[c + 1] < heap[c] then c = c + 1 end
    if heap[i] <= heap[c] then break end heap[i], heap[c] = heap[c], heap[i] i = c
  end
  return top
end
for _, v in ipairs{9, 4, 7, 1, 8, 2, 6, 3, 5} do push(v) end out = {}
while #heap > 0 do out[#out + 1] = pop() end print(table.concat(out, " "))
local function set(...) local r = {} for _, v in ipairs{...} do r[v] = true end return r end
local function union(a, b)
  local r = {} for k in pairs(a) do r[k] = true end for k in pairs(b) do r[k] = true end
  return r
end
local function inter(a, b) local r = {} for k in pairs(a) do if b[k] then r[k] = true end end return r end
local function str(s)
  local r = {} for k in pairs(s) do r[#r + 1] = tostring(k) end table.sort(r)
  return table.concat(r, ",")
end
print(str(union(set(1, 2), set(2, 3))), str(inter(set(1, 2, "x"), set("x", 2))), str(set()))
local tree
local function ins(t, v)
  if not t then return {v = v} end
  if v < t.v then t.l = ins(t.l, v) else t.r = ins(t.r, v) end return t
end
for _, v in ipairs{5, 2, 8, 1, 9, 3} do tree = ins(tree, v) end
local function walk(t, f) if t then walk(t.l, f) f(t.v) walk(t.r, f) end end out = {}
walk(tree, function(v) out[#out + 1] = v end) print(table.concat(out, " "))
local matrix = {}
for i = 1, 3 do matrix[i] = {} for j = 1, 3 do matrix[i][j] = i == j and 1 or 0 end end
local function mul(a, b)
  local r = {}
  for i = 1, #a do
    r[i] = {}
    for j = 1, #b[1] do local s = 0 for k = 1, #b do s = s + a[i][k] * b[k][j] end r[i][j] = s end
  end
  return r
end
local m = {{1, 2, 3}, {4, 5, 6}, {7, 8, 10}} local p = mul(m, mul(matrix, m))
for i = 1, 3 do print(table.concat(p[i], " ")) end
local function lcs(a, b)
  local t = {}
  for i = 0, #a do
    t[i] = {}
    for j = 0, #b do
      if i == 0 or j == 0 then t[i][j] = ""
      elseif a:sub(i, i) == b:sub(j, j) then t[i][j] = t[i - 1][j - 1] .. a:sub(i, i)
      else t[i][j] = #t[i - 1][j] >= #t[i][j - 1] and t[i - 1][j] or t[i][j - 1] end
    end
  end
  return t[#a][#b]
end
 print(lcs("AGGTABQ", "GXTXAYBQ"))
