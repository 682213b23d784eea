-- seed: gc/weak-tables — what weak tables let go of, and what they do not
-- not for trace: tables with objects as keys are gone through in the order of addresses
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function keys(t)
  local names = {}
  for k, v in pairs(t) do names[#names + 1] = type(k) .. "=" .. type(v) end
  table.sort(names)
  return table.concat(names, " ")
end
local function fill(t)
  local alive = {}
  for i = 1, 3 do t[i] = {} t[{}] = i t["s" .. i] = "v" .. i t[i + 0.5] = function() return alive end end
  for i = 1, 3 do local k, v = {}, {} alive[#alive + 1] = k alive[#alive + 1] = v t[k] = {} t[{}] = v t[v] = k end
  t[print] = print
  t[true], t.yes = true, false
  return alive
end
for _, mode in ipairs {"k", "v", "kv", "vk", "", "x", "weak", "K", "k\0v", "\0k"} do
  local t = setmetatable({}, {__mode = mode})
  local alive = fill(t)
  collectgarbage()
  print(("%q"):format(mode), count(t), keys(t))
  alive = nil
  -- A strong key goes with its value; what only it referred to goes with the collection after that.
  collectgarbage()
  collectgarbage()
  print(("%q"):format(mode), count(t), keys(t))
end

-- Anything but a string is no mode.
for _, mode in ipairs {1, true, {}, print} do
  local t = setmetatable({}, {__mode = mode})
  t[1] = {}
  collectgarbage()
  print(type(mode), count(t))
end
local byindex = setmetatable({{}}, setmetatable({}, {__index = {__mode = "v"}}))
collectgarbage()
print("inherited mode", count(byindex))

-- The mode counts that is there when a collection happens.
local meta = {}
local t = setmetatable({{}, [{}] = 1, x = {}}, meta)
collectgarbage()
print("none", count(t))
meta.__mode = "v"
collectgarbage()
print("v", count(t))
meta.__mode = "k"
collectgarbage()
print("k", count(t))
meta.__mode = nil
t[1], t[{}] = {}, {}
collectgarbage()
print("none again", count(t))
setmetatable(t, {__mode = "kv"})
collectgarbage()
print("another metatable", count(t), next(t))

-- A value that refers to its own key keeps it: no ephemerons.
local ephemerons = setmetatable({}, {__mode = "k"})
for i = 1, 4 do local k = {} ephemerons[k] = {k} end
for i = 1, 4 do local k = {} ephemerons[k] = i end
for i = 1, 2 do local a, b = {}, {} ephemerons[a] = b ephemerons[b] = a end
collectgarbage()
print("ephemerons", count(ephemerons))

-- Threads, functions, tables, strings made at run time; numbers stay.
local v = setmetatable({}, {__mode = "v"})
v.thread = coroutine.create(function() end)
v.closure = function() return v end
v.proxy = newproxy()
v.text = ("made "):rep(3)
v.number = 1.5
v.library = string.rep
collectgarbage()
print(v.thread, v.closure, v.proxy, v.text, v.number, v.library == string.rep)

-- Entries that go during a traversal do not end it.
local walked = setmetatable({}, {__mode = "v"})
local strong = {}
for i = 1, 50 do
  local v = {i}
  walked["key" .. i] = v
  if i % 2 == 0 then strong[i] = v end
end
local seen, odd = 0, 0
for k, v in pairs(walked) do
  if v[1] % 2 == 0 then seen = seen + 1 else odd = odd + 1 end
  v = nil
  collectgarbage()
end
print("walked", seen, odd <= 1)
local erased, visits = {}, 0
for i = 1, 40 do erased["key" .. i] = {i} end
for k, n in pairs(erased) do
  visits = visits + 1
  erased[k] = nil
  collectgarbage()
end
print("erased", visits, next(erased))

-- Holes in the array part.
local array = setmetatable({}, {__mode = "v"})
local keep = {}
for i = 1, 16 do array[i] = {i} if i % 3 == 0 then keep[i] = array[i] end end
collectgarbage()
local left = {}
for i = 1, 16 do if array[i] then left[#left + 1] = i end end
print("array", table.concat(left, " "))
