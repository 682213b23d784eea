-- seed: base/next-and-pairs — traversal order of string, number and mixed keys; next called by hand
local function keys(t)
  local r = {} for k in pairs(t) do r[#r + 1] = tostring(k) end return table.concat(r, " ")
end
print(keys{}) print(keys{1, 2, 3}) print(keys{a = 1})
print(keys{a = 1, b = 2, c = 3, d = 4, e = 5}) print(keys{1, 2, x = "x", 3, y = "y"})
print(keys{[1] = 1, [2] = 2, [3] = 3}) print(keys{[3] = 3, [2] = 2, [1] = 1})
print(keys{[10] = 1, [20] = 2, [30] = 3, [5] = 4})
print(keys{[1.5] = 1, [-1] = 2, [0] = 3, [1e10] = 4})
print(keys{[true] = 1, [false] = 2, x = 3, 4}) print(keys{"a", nil, "c", nil, nil, "f"})
local t = {} for i = 1, 20 do t["key" .. i] = i end print(keys(t))
for i = 1, 20, 2 do t["key" .. i] = nil end print(keys(t)) t.new = 1 print(keys(t))
for i = 1, 5 do t[i] = i end print(keys(t))
local words = {}
for w in ("the quick brown fox jumps over the lazy dog and runs away from the bear"):gmatch("%a+") do words[w] = (words[w] or 0) + 1 end
for k, v in pairs(words) do print(k, v) end
print(next({})) print(next({}, nil)) print(next{5}) print(next({5}, 1)) print(next({a = 1}))
print(next({a = 1}, "a")) print(next({10, 20, x = 1}, 2)) print(pcall(next, {}, "nokey"))
print(pcall(next, {1}, 5)) print(pcall(next, {1}, 1.5)) print(pcall(next))
print(pcall(next, 5)) print(pcall(next, {}, {})) print(pcall(next, {a = 1}, 0 / 0))
local k, v = next{x = "only"} print(k, v) local m = {1, 2, a = 3} local k1 = next(m)
local k2 = next(m, k1) local k3 = next(m, k2) print(k1, k2, k3, next(m, k3))
t = {a = 1, b = 2, c = 3} for k in pairs(t) do t[k] = nil end print(next(t))
t = {a = 1, b = 2, c = 3} for k, v in pairs(t) do t[k] = v * 10 end print(t.a, t.b, t.c)
local f, s, c = pairs{} print(f == next, type(s), c) print(pcall(pairs))
print(pcall(pairs, nil)) print(pcall(pairs, "x"))
print(pcall(function() for k in pairs(nil) do end end)) local n = 0
for _ in pairs(string) do n = n + 1 end print(n > 10)
local sparse = {} for i = 1, 10 do sparse[i * i] = i end print(keys(sparse), #sparse)
for i = 1, 10 do sparse[i] = i end print(keys(sparse), #sparse)
