-- seed: table/insert — insert at the end and at positions, shifting, positions out of range, wrong counts
local function show(t)
  local r = {} for i = 1, table.maxn(t) do r[i] = tostring(t[i]) end
  return table.concat(r, " ")
end
local t = {} table.insert(t, "a") table.insert(t, "b") table.insert(t, 1, "first")
table.insert(t, 2, "second") table.insert(t, #t + 1, "last") print(show(t), #t)
table.insert(t, #t, "before last") print(show(t)) table.insert(t, "2", "string position")
print(show(t)) table.insert(t, 3.9, "float position") print(show(t))
print(select("#", table.insert(t, "none")))
local u = {1, 2, 3} table.insert(u, 10, "far") print(#u, u[10], show(u)) u = {1, 2, 3}
table.insert(u, 0, "zero") print(u[0], show(u)) u = {1, 2, 3} table.insert(u, -1, "neg")
print(u[-1], u[0], show(u)) u = {} table.insert(u, 5, "five") print(u[5], #u) u = {1, 2, 3}
table.insert(u, nil) print(#u) table.insert(u, 2, nil) print(show(u)) u = {n = 3}
table.insert(u, "x") print(u[1], u.n)
print(pcall(table.insert)) print(pcall(table.insert, {})) print(pcall(table.insert, nil, 1))
print(pcall(table.insert, 5, 1)) print(pcall(table.insert, {}, 1, 2, 3))
print(pcall(table.insert, {}, "x", 1)) print(pcall(table.insert, {}, {}, 1))
print(pcall(table.insert, {}, nil, 1))
print(pcall(function() table.insert({}, 1, 2, 3, 4) end))
print(pcall(function() ("x"):insert(1) end)) print(pcall(table.insert, "str", 1))
local q = {} for i = 1, 10 do table.insert(q, 1, i) end print(show(q))
for i = 1, 5 do table.insert(q, i * 2, -i) end print(show(q)) local order = {}
for _, v in ipairs{5, 2, 8, 1, 9, 3} do
  local p = 1 while order[p] and order[p] < v do p = p + 1 end table.insert(order, p, v)
end
print(show(order)) local hole = {1, nil, 3} table.insert(hole, "x")
print(hole[1], hole[2], hole[3], hole[4])
local mt = setmetatable({}, {__newindex = function(t, k, v) rawset(t, k, "via newindex " .. tostring(v)) end,
  __index = function() return nil end})
table.insert(mt, "raw") print(mt[1]) local many = {}
for i = 1, 1000 do table.insert(many, i) end print(#many, many[500])
table.insert(many, 1, 0) print(#many, many[1], many[2], many[1001])
