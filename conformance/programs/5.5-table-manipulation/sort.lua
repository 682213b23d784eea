-- 5.5 Table manipulation: sort: order, the sequence of comparisons, comparators that fail or contradict themselves.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end
-- Numbers without math.random.
local seed = 42
local function random(n) seed = (seed * 16807) % 2147483647 return seed % n + 1 end

show(table.sort({})) show(table.sort({1})) show(table.sort({2, 1}))
local function sorted(t, f) table.sort(t, f) local out = {} for i = 1, #t do out[i] = tostring(t[i]) end return table.concat(out, " ") end
print(sorted{3, 1, 2}) print(sorted{"b", "a", "c", "B", "", "10", "9"}) print(sorted({3, 1, 2}, function(a, b) return a > b end)) print(sorted({"ccc", "a", "bb"}, function(a, b) return #a < #b end)) print(sorted{2, 2, 1, 1, 3, 3}) print(sorted{-1, 0, -0.5, 1e100, -1e100, 1 / 0, -1 / 0}) print(sorted({3, 1, 2}, nil))

-- Every permutation of up to six elements ends sorted, always with the same comparisons.
local function permutations(n, f)
  local t = {}
  for i = 1, n do t[i] = i end
  local function go(k) if k == 1 then f(t) else for i = 1, k do t[i], t[k] = t[k], t[i] go(k - 1) t[i], t[k] = t[k], t[i] end end end
  go(n)
end
for n = 1, 6 do
  local comparisons, digest = 0, 0
  permutations(n, function(t)
    local copy = {unpack(t)}
    table.sort(copy, function(a, b) comparisons = comparisons + 1 digest = (digest * 31 + a * 7 + b) % 1000000007 return a < b end)
    for i = 1, n do assert(copy[i] == i) end
  end)
  print(n, comparisons, digest)
end
-- The sequence for one list.
local trace = {}
table.sort({5, 2, 8, 1, 9, 3, 7, 4, 6}, function(a, b) trace[#trace + 1] = a .. "<" .. b return a < b end)
print(table.concat(trace, " "))

-- Larger lists, of several shapes: sorted, reversed, equal, random, with equal keys, organ pipe.
local shapes = {
  up = function(i) return i end, down = function(i, n) return n - i end, equal = function() return 5 end, random = function(i, n) return random(n) end, few = function() return random(4) end, pipe = function(i, n) return math.min(i, n - i) end,
  text = function(i, n) return ("%05d"):format(random(n)) end, saw = function(i) return i % 10 end,
}
local names = {}
for name in pairs(shapes) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  local row = {}
  for _, n in ipairs{7, 50, 100, 1000} do
    local t = {}
    for i = 1, n do t[i] = shapes[name](i, n) end
    local comparisons = 0
    table.sort(t, function(a, b) comparisons = comparisons + 1 return a < b end)
    for i = 2, n do assert(not (t[i] < t[i - 1])) end
    row[#row + 1] = comparisons
  end
  print(name, table.concat(row, " "))
end
-- Not stable: where equal elements end.
local people = {}
for i, v in ipairs{3, 1, 2, 3, 1, 2, 3, 1, 2, 1} do people[i] = {key = v, id = i} end
table.sort(people, function(a, b) return a.key < b.key end)
local ids = {}
for i, p in ipairs(people) do ids[i] = p.key .. ":" .. p.id end
print(table.concat(ids, " "))

-- Contradictory comparators: an error, or any order, but no other harm.
local function try(n, f)
  local t = {}
  for i = 1, n do t[i] = (i * 7919) % 101 end
  local calls = 0
  local ok, m = pcall(table.sort, t, function(a, b) calls = calls + 1 if calls > 100000 then error("endless", 0) end return f(a, b, calls) end)
  local count = 0
  for _ in pairs(t) do count = count + 1 end
  show(n, ok, m, calls, count, table.concat(t, ",", 1, math.min(n, 10)))
end
for _, n in ipairs{2, 3, 4, 5, 10, 100} do
  try(n, function() return true end) try(n, function() return false end) try(n, function() return nil end) try(n, function(a, b) return a <= b end) try(n, function(a, b) return a ~= b end) try(n, function(_, _, c) return c % 2 == 0 end) try(n, function(_, _, c) return c % 3 == 0 end) try(n, function(a, b) return a % 10 < b % 7 end) try(n, function() return 0 end)
end
show(pcall(table.sort, {1, 2, 3, 0 / 0, 5, 4}) == true) show(pcall(table.sort, {3, 3, 3, 3}, function() return true end)) show(pcall(table.sort, {1, 2, 3}, function(a, b) return true end))

-- Comparators and elements that fail.
show(pcall(table.sort, {1, "x"})) show(pcall(table.sort, {1, 2, "x", 3})) show(pcall(table.sort, {{}, {}})) show(pcall(table.sort, {true, false})) show(pcall(table.sort, {print, type})) show(pcall(table.sort, {"10", 9})) show(pcall(table.sort, {1, nil, 3})) show(pcall(table.sort, {nil, 1}))
show(pcall(table.sort, {3, 2, 1}, function() error("raised") end)) show(pcall(table.sort, {3, 2, 1}, function() error({}) end)) show(pcall(table.sort, {3, 2, 1}, function(a) return a.x end)) show(pcall(table.sort, {3, 2, 1}, print)) show(pcall(table.sort, {3, 2, 1}, 5)) show(pcall(table.sort, {3, 2, 1}, {})) show(pcall(table.sort, {3, 2, 1}, "x")) show(pcall(table.sort)) show(pcall(table.sort, "x"))
show(pcall(table.sort, {3, 2, 1}, setmetatable({}, {__call = function(_, a, b) return a < b end}))) show(pcall(table.sort, {2, 1}, math.max)) show(pcall(table.sort, {"b", "a"}, rawequal)) show(pcall(table.sort, {}, 5)) show(pcall(table.sort, {1}, nil))

-- __lt of elements; raw access to the list; the number of results of a comparator.
local mt = {__lt = function(a, b) return a.v < b.v end}
local objects = {}
for i = 1, 20 do objects[i] = setmetatable({v = (i * 7) % 20}, mt) end
table.sort(objects)
for i = 1, 20 do assert(objects[i].v == i - 1) end
table.sort(objects, function(a, b) return b < a, "ignored" end)
assert(objects[1].v == 19)
show(pcall(table.sort, setmetatable({}, {__index = function() error("never") end, __len = function() return 5 end}))) show(pcall(table.sort, {setmetatable({}, {__lt = function() return true end}), setmetatable({}, {__lt = function() return true end})}))
-- Changing the list in the comparator.
local changing = {5, 4, 3, 2, 1}
show(pcall(table.sort, changing, function(a, b) changing[6] = 0 return a < b end)) print(table.concat(changing, " "))
local shrinking = {5, 4, 3, 2, 1}
show((pcall(table.sort, shrinking, function(a, b) shrinking[5] = nil return (a or 0) < (b or 0) end)))
-- Sorting inside of a sort, in a coroutine, by several keys.
local nested = {{3, 1}, {2, 9}, {1, 5}}
table.sort(nested, function(a, b) table.sort(a) table.sort(b) return a[1] < b[1] end)
print(nested[1][1], nested[2][1], nested[3][1]) print(coroutine.wrap(function() return sorted{3, 2, 1} end)()) 
print(sorted({"b2", "a2", "b1", "a1"}, function(a, b) local x, y = a:sub(1, 1), b:sub(1, 1) if x ~= y then return x > y end return a < b end))
