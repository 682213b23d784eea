-- seed: base/ipairs — ipairs: where it stops, explicit iterator calls, changes while iterating
for i, v in ipairs{"a", "b", nil, "d"} do print(i, v) end
for i in ipairs{} do print("never") end
for i, v in ipairs{[0] = 0, [2] = 2} do print("never") end
for i, v in ipairs{false, false} do print(i, v) end
local f, s, c = ipairs{10, 20} print(type(f), type(s), c) print(f(s, 0)) print(f(s, 1))
print(f(s, 2)) print(f(s, -1), f(s, 100)) print(f({"x"}, 0)) print(select("#", f(s, 2)))
local t = {1, 2, 3}
for i, v in ipairs(t) do if i == 1 then t[4] = 4 t[2] = nil end print(i, v) end
t = {1, 2, 3} for i, v in ipairs(t) do t[i] = v * 10 if i < 6 then t[#t + 1] = i end end
print(#t, t[1], t[3], t[4], t[8])
t = {1, 2, 3} for i, v in ipairs(t) do table.remove(t, 1) print(i, v, #t) end
print(pcall(ipairs)) print(pcall(ipairs, nil)) print(pcall(ipairs, "str"))
print(pcall(ipairs, 5)) print(pcall(function() for i in ipairs(nil) do end end))
print(pcall(function() ipairs() end)) print(pcall(f)) print(pcall(f, {}))
print(pcall(f, {}, "x")) print(pcall(f, 5, 0)) print(pcall(f, {1}, "0")) print(f({5}, 0.5))
local raw = setmetatable({}, {__index = function(_, i) if i <= 2 then return "virtual" .. i end end})
for i, v in ipairs(raw) do print("never in 5.1", i, v) end
local n = 0 for i, v in ipairs(t) do n = n + 1 end print(n)
for i, v in ipairs{n = 5, "only positional"} do print(i, v) end local big = {}
for i = 1, 1000 do big[i] = i end local sum = 0 for _, v in ipairs(big) do sum = sum + v end
print(sum)
for i, row in ipairs{{1, 2}, {3, 4}} do for j, v in ipairs(row) do print(i, j, v) end end
