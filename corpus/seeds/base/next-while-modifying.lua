-- seed: base/next-while-modifying — assigning to existing fields and removing during traversal
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local t = {} for i = 1, 50 do t["k" .. i] = i end
for k, v in pairs(t) do if v % 2 == 0 then t[k] = nil end end print(count(t))
for k, v in pairs(t) do t[k] = v + 1 end local s = 0 for _, v in pairs(t) do s = s + v end
print(s)
for k in pairs(t) do t[k] = nil end print(count(t), next(t)) local a = {}
for i = 1, 20 do a[i] = i end for i, v in pairs(a) do a[i] = v % 3 == 0 and v or nil end
local r = {} for i, v in pairs(a) do r[#r + 1] = i .. "=" .. v end
print(table.concat(r, " "))
local seen = {} t = {x = 1, y = 2, z = 3, 10, 20}
for k, v in pairs(t) do seen[#seen + 1] = tostring(k) t[k] = nil collectgarbage() end
print(table.concat(seen, " "), next(t)) t = {1, 2, 3, nil, 5} t[2] = nil
for k, v in pairs(t) do print(k, v) end
t = {a = 1, b = 2} local k = next(t) t[k] = nil print(next(t, k) ~= nil, count(t))
t = {p = 1, q = 2, r = 3, s = 4} local first = next(t) local second = next(t, first)
t[first] = nil t[second] = nil local rest = {} local cur = second
while true do cur = next(t, cur) if cur == nil then break end rest[#rest + 1] = cur end
print(#rest, count(t))
local function clear(t) while true do local k = next(t) if k == nil then return t end t[k] = nil end end
t = {} for i = 1, 30 do t[i] = i t["x" .. i] = i end print(next(clear(t)), #t) t.again = 1
print(next(t)) local nested = {a = {1, 2}, b = {3}}
for k, v in pairs(nested) do for i in pairs(v) do v[i] = nil end end
print(count(nested.a), count(nested.b))
local old = {} for i = 1, 10 do old[i] = i end local copy = {}
for k, v in pairs(old) do copy[k] = v old[k] = nil end print(#copy, #old, count(old))
local q = {} for i = 1, 16 do q[i] = i end
for i = 1, 16 do if i % 2 == 1 then q[i] = nil end end local left = {}
for k in pairs(q) do left[#left + 1] = k end print(table.concat(left, " "), #q)
t = {one = 1} for k, v in pairs(t) do t.one = nil t.one = "again" end print(t.one)
for round = 1, 3 do
  local u = {} for i = 1, 10 * round do u["r" .. i] = i end local n = 0
  for k, v in pairs(u) do n = n + v u[k] = nil end print(round, n, next(u))
end
