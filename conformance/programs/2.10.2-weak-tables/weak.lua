-- 2.10.2 Weak tables: weak keys, weak values, both; which values are never removed; changes of __mode.

local function count(t)
  local n = 0
  for _ in pairs(t) do n = n + 1 end
  return n
end
local function weak(mode, t) return setmetatable(t or {}, {__mode = mode}) end

-- Objects that are referenced by the table only go away.
for _, mode in ipairs{"k", "v", "kv", "vk", "", "x", "K", "key", "value", "weak"} do
  local t = weak(mode)
  local kept = {}
  t[{}] = 1 t[1] = {} t[{}] = {} t[kept] = "kept key" t.kept = kept t[2] = kept t[kept] = kept t[3] = "string" t.x = 5
  collectgarbage()
  print(("%q"):format(mode), count(t), t[1] ~= nil, t[2] == kept, t[kept] == kept, t[3], t.x)
end

-- Every type of value, as key and as value: only collectable objects other than strings are removed.
local makers = {
  number = function() return 12.5 end, boolean = function() return true end, string = function() return "str" .. 1 end, table = function() return {} end,
  closure = function() local u = {} return function() return u end end, thread = function() return coroutine.create(function() end) end, userdata = function() return newproxy() end,
  ["userdata with metatable"] = function() return newproxy(true) end, builtin = function() return print end,
}
local names = {}
for name in pairs(makers) do names[#names + 1] = name end
table.sort(names)
for _, name in ipairs(names) do
  local keys, values = weak"k", weak"v"
  keys[makers[name]()] = "value"
  values.field = makers[name]()
  collectgarbage()
  print(name, count(keys), count(values))
end

-- Strings are values: as long as the entry is there they are, even if nothing else refers to them.
local strings = weak"kv"
for i = 1, 50 do strings["key" .. i] = "value" .. i end
collectgarbage()
assert(count(strings) == 50)

-- Keys that are reachable from their own values stay (no ephemerons in 5.1).
local ephemeron = weak"k"
do local key = {} ephemeron[key] = {key} end
do local key = {} ephemeron[key] = function() return key end end
collectgarbage()
print("reachable through the value", count(ephemeron))
local valued = weak"v"
do local v = {} valued[v] = v end
do local v = {} valued[{v}] = v end
collectgarbage()
print("weak values, strong keys", count(valued))
local both = weak"kv"
do local v = {} both[v] = v end
do local v = {} both[{v}] = v end
collectgarbage()
print("both weak", count(both))

-- The array part: weak values leave holes.
local array = weak"v"
local keep = {}
for i = 1, 20 do array[i] = {i} if i % 5 == 0 then keep[#keep + 1] = array[i] end end
collectgarbage()
local left = {}
for i = 1, 20 do if array[i] then left[#left + 1] = i end end
print(table.concat(left, " "), count(array))
-- Weak keys do not touch the array part.
local strong = weak"k"
for i = 1, 20 do strong[i] = {i} end
collectgarbage()
assert(count(strong) == 20)

-- __mode is looked at when collecting: it may be set, changed, and removed.
local changing = {}
for i = 1, 10 do changing[i] = {} end
collectgarbage()
assert(count(changing) == 10)
local mt = {}
setmetatable(changing, mt)
collectgarbage()
assert(count(changing) == 10)
mt.__mode = "v"
collectgarbage()
assert(count(changing) == 0)
for i = 1, 10 do changing[i] = {} end
mt.__mode = nil
collectgarbage()
assert(count(changing) == 10)
mt.__mode = {}
collectgarbage()
mt.__mode = 5
collectgarbage()
mt.__mode = true
collectgarbage()
assert(count(changing) == 10)

-- A traversal survives collections in the middle.
local cache = weak"k"
for i = 1, 100 do cache[{}] = i end
local seen = 0
for k in pairs(cache) do seen = seen + 1 if seen % 10 == 0 then collectgarbage() end end
print(seen >= 1 and seen <= 100, count(cache) <= 1)

-- Finalised userdata: removed from weak values before their finalisers run, from weak keys after.
local wk, wv = weak"k", weak"v"
local report
do
  local u = newproxy(true)
  getmetatable(u).__gc = function(o) report = {key = wk[o], value = wv.u, entries = count(wk)} end
  wk[u] = "as key"
  wv.u = u
end
collectgarbage()
print("in the finaliser", report.key, report.value, report.entries)
collectgarbage()
print("later", count(wk), count(wv))

-- Memoising with weak tables.
local computed = 0
local memo = weak"k"
local function describe(t) local d = memo[t] if not d then computed = computed + 1 d = {size = #t} memo[t] = d end return d end
local t1, t2 = {1, 2}, {1, 2, 3}
for i = 1, 5 do assert(describe(t1).size == 2 and describe(t2).size == 3) collectgarbage() end
assert(computed == 2 and count(memo) == 2)
t1 = nil
collectgarbage()
assert(count(memo) == 1)

-- Coroutines, closures and upvalues hold what they use.
local held = weak"v"
local co = coroutine.wrap(function() local mine = {} held.co = mine coroutine.yield() assert(mine) coroutine.yield() end)
co() collectgarbage()
local function closure() local up = {} held.up = up return function() return up end end
local f = closure()
collectgarbage()
print(held.co ~= nil, held.up ~= nil)
f, co = nil, nil
collectgarbage()
print(held.co ~= nil, held.up ~= nil)
-- Values in the arguments of a running function, in "..." and in temporaries are held.
local function hold(...) held.arg = (...) collectgarbage() return held.arg ~= nil, select("#", ...) end
print(hold({}, 1))
held.temporary = {}
local function gone() return held.temporary end
print(({gone(), collectgarbage()})[1] ~= nil)
