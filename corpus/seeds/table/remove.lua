-- seed: table/remove — remove from the end and from positions, empty tables, positions out of range
local function show(t)
  local r = {} for i = 1, table.maxn(t) do r[i] = tostring(t[i]) end
  return table.concat(r, " ")
end
local t = {"a", "b", "c", "d", "e"} print(table.remove(t), show(t))
print(table.remove(t, 1), show(t)) print(table.remove(t, 2), show(t))
print(table.remove(t, #t), show(t)) print(table.remove(t), show(t), #t)
print(table.remove(t), #t)
print(table.remove({}), select("#", table.remove({})), select("#", table.remove({}, 1)))
t = {1, 2, 3} print(table.remove(t, 5), #t) print(table.remove(t, 0), #t)
print(table.remove(t, -1), #t) print(table.remove(t, 4), #t) t[0] = "zero"
print(table.remove(t, 0), t[0], show(t)) t = {[0] = "z"} print(table.remove(t), t[0], #t)
print(table.remove(t, 0), t[0]) t = {1, 2, 3} print(table.remove(t, "2"), show(t))
print(table.remove(t, 1.9), show(t)) print(table.remove(t, nil), show(t))
print(pcall(table.remove)) print(pcall(table.remove, nil)) print(pcall(table.remove, 5))
print(pcall(table.remove, {}, "x")) print(pcall(table.remove, {}, {}))
print(pcall(table.remove, "str")) print(pcall(function() table.remove() end))
print(pcall(table.remove, {1, 2}, 1, 2)) local h = {1, nil, 3}
print(table.remove(h), h[1], h[2], h[3]) local s = {} for i = 1, 5 do s[#s + 1] = i end
local out = {} while #s > 0 do out[#out + 1] = table.remove(s) end print(show(out))
local q = {1, 2, 3, 4, 5} out = {} while #q > 0 do out[#out + 1] = table.remove(q, 1) end
print(show(out), #q) local e = {1, 2, 3, 4, 5, 6}
for i = #e, 1, -1 do if e[i] % 2 == 0 then table.remove(e, i) end end print(show(e))
local m = setmetatable({1, 2}, {__index = function() return "virtual" end})
print(table.remove(m), table.remove(m), table.remove(m), #m) local big = {}
for i = 1, 500 do big[i] = i end for i = 1, 250 do table.remove(big, i) end
print(#big, big[1], big[125], big[250]) print(table.remove({false}), table.remove({nil, 2}))
local x = {n = 5, "only"} print(table.remove(x), x.n, #x) local j = {}
for i = 1, 7 do j[i] = i end local idx, order = 1, {}
while #j > 0 do idx = (idx + 1) % #j + 1 order[#order + 1] = table.remove(j, idx) end
print(show(order))
