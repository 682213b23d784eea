-- 5.5 Table manipulation: insert and remove: positions of every kind, holes, results, metamethods that are not used.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end
-- A table's fields: the list from 1 to 12 and the others in order of their names.
local function dump(t)
  local list, others, last = {}, {}, 0
  for k in pairs(t) do if type(k) == "number" and k % 1 == 0 and k >= 1 and k <= 12 then last = math.max(last, k) else others[#others + 1] = tostring(k) .. "=" .. tostring(t[k]) end end
  for i = 1, last do list[i] = tostring(rawget(t, i)) end
  table.sort(others)
  return "{" .. table.concat(list, ",") .. (others[1] and "; " .. table.concat(others, ",") or "") .. "}"
end

-- insert at the end, and at every position.
local t = {}
for _, v in ipairs{"a", "b", "c"} do show(table.insert(t, v)) end
show(dump(t))
for position = -2, 7 do
  local u = {1, 2, 3, 4}
  show(position, pcall(table.insert, u, position, "new")) print(dump(u), #u)
end
for _, position in ipairs{1.5, 2.99, "2", "0x3", -0.5, 0.5, 1e10, 2 ^ 31 - 1} do
  local u = {1, 2, 3}
  show(tostring(position), pcall(table.insert, u, position, "new")) print(dump(u))
end
show(pcall(table.insert)) show(pcall(table.insert, {})) show(pcall(table.insert, {}, 1, 2, 3)) show(pcall(table.insert, 5, 1)) show(pcall(table.insert, {}, "x", 1)) show(pcall(table.insert, {}, {}, 1)) show(pcall(table.insert, {}, nil, 1)) show(pcall(table.insert, nil, 1, 2))
local u = {1, 2}
table.insert(u, nil) show(dump(u), #u) table.insert(u, 1, nil) show(dump(u)) table.insert(u, 2, nil) show(dump(u)) table.insert(u, false) show(dump(u))
u = {}
table.insert(u, 5, "five") show(dump(u), #u) table.insert(u, "end") show(dump(u)) table.insert(u, 0, "zero") show(dump(u)) table.insert(u, -1, "minus") show(dump(u))
u = {n = 10, 1, 2} table.insert(u, 3) show(dump(u))
-- A call's results count as arguments.
local function two() return 1, "x" end
u = {9} table.insert(u, two()) show(dump(u)) u = {9} table.insert(u, (two())) show(dump(u)) show(pcall(table.insert, {}, ("x"):gsub("x", "y"))) show(pcall(table.insert, {}, ("x"):gsub("x", "1")))

-- remove from the end, and from every position.
t = {"a", "b", "c"}
show(table.remove(t)) show(dump(t)) show(table.remove(t)) show(table.remove(t)) show(table.remove(t)) show(table.remove(t)) show(dump(t))
for position = -2, 7 do
  local u = {1, 2, 3, 4}
  show(position, pcall(table.remove, u, position)) print(dump(u), #u)
end
for _, position in ipairs{1.5, 2.99, "2", "0x3", 0.5, -0.5, 1e10, 2 ^ 31} do
  local u = {1, 2, 3}
  show(tostring(position), pcall(table.remove, u, position)) print(dump(u))
end
show(table.remove({}, 1)) show(table.remove({}, 0)) show(table.remove({}, -1)) show(table.remove({[0] = "zero"})) show(table.remove({[0] = "zero"}, 0)) show(table.remove({nil, 2})) show(table.remove({1, nil, 3}, 2)) show(table.remove({5}, nil))
show(pcall(table.remove)) show(pcall(table.remove, 5)) show(pcall(table.remove, {}, {})) show(pcall(table.remove, {}, "x")) show(pcall(table.remove, {1}, {})) show(table.remove({1, 2}, 1, "ignored"))
u = {1, 2, 3, n = 3} show(table.remove(u, 1)) show(dump(u)) u = {false, nil} show(table.remove(u)) show(dump(u)) u = {[1] = "a", [3] = "c"} show(table.remove(u)) show(dump(u)) u = {"a", "b", nil, "d"} show(table.remove(u, 2)) show(dump(u))

-- Raw: metamethods of elements are not asked.
local log = {}
local watched = setmetatable({}, {__index = function(_, k) log[#log + 1] = "get" .. tostring(k) end, __newindex = function(s, k, v) log[#log + 1] = "set" .. tostring(k) rawset(s, k, v) end, __len = function() log[#log + 1] = "len" return 10 end})
table.insert(watched, "a") table.insert(watched, 1, "b") table.insert(watched, 5, "c") show(table.remove(watched, 1)) show(table.remove(watched))
print(#log, table.concat(log, " "), dump(watched))

-- Queues and stacks, long ones.
local queue, sum = {}, 0
for i = 1, 500 do table.insert(queue, i) if i % 3 == 0 then sum = sum * 3 % 1000003 + table.remove(queue, 1) end end
while #queue > 0 do sum = sum * 3 % 1000003 + table.remove(queue) end
print(sum)
local front = {}
for i = 1, 300 do table.insert(front, 1, i) end
for i = 1, 300 do assert(front[i] == 301 - i) end
for i = 300, 1, -1 do table.insert(front, i % 7 + 1, table.remove(front, i)) end
print(front[1], front[2], front[150], front[300], #front)
local order = {}
for i = 1, 40 do table.insert(order, (i * 7) % (#order + 1) + 1, i) end
print(table.concat(order, " "))
