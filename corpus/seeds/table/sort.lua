-- seed: table/sort — default order, comparators, strings, duplicates, sorted, reversed and large inputs
local function show(t) local r = {} for i = 1, #t do r[i] = tostring(t[i]) end return table.concat(r, " ") end
for _, t in ipairs{{}, {1}, {2, 1}, {1, 2}, {3, 1, 2}, {5, 4, 3, 2, 1}, {1, 2, 3, 4, 5}, {2, 2, 2}, {1, 2, 1, 2,
  1, 2}, {-1, 0.5, 1e10, -1e10, 0}, {10, 9, 100, 1}} do table.sort(t) print(show(t)) end
local s = {"banana", "apple", "Cherry", "apple2", "", "10", "9", "_x"} table.sort(s)
print(table.concat(s, "|")) table.sort(s, function(a, b) return a > b end)
print(table.concat(s, "|"))
table.sort(s, function(a, b) return #a < #b or #a == #b and a < b end)
print(table.concat(s, "|")) print(select("#", table.sort({2, 1})))
local recs = {}
for i, n in ipairs{"dave", "ann", "bob", "carl", "eve"} do recs[i] = {name = n, age = (i * 37) % 50} end
table.sort(recs, function(a, b) return a.age < b.age end)
for _, r in ipairs(recs) do print(r.name, r.age) end
table.sort(recs, function(a, b) return a.name < b.name end)
print(recs[1].name, recs[5].name)
local seed = 42 local function rnd() seed = (seed * 16807) % 2147483647 return seed end
local big = {} for i = 1, 500 do big[i] = rnd() % 1000 end local sum = 0
for _, v in ipairs(big) do sum = sum + v end table.sort(big) local ok, sum2 = true, 0
for i = 1, 500 do sum2 = sum2 + big[i] if i > 1 and big[i - 1] > big[i] then ok = false end end
print(ok, sum == sum2, big[1], big[250], big[500])
table.sort(big, function(a, b) return a > b end) print(big[1], big[500]) local calls = 0
local c = {} for i = 1, 100 do c[i] = rnd() % 100 end
table.sort(c, function(a, b) calls = calls + 1 return a < b end)
print(calls, show(c):sub(1, 40)) calls = 0
table.sort(c, function(a, b) calls = calls + 1 return a < b end) print(calls)
local seq = {}
table.sort({5, 3, 8, 1, 9, 2}, function(a, b) seq[#seq + 1] = a .. "<" .. b return a < b end)
print(table.concat(seq, " ")) local same = {} for i = 1, 20 do same[i] = 7 end calls = 0
table.sort(same, function(a, b) calls = calls + 1 return a < b end) print(calls)
print(pcall(table.sort)) print(pcall(table.sort, nil)) print(pcall(table.sort, "x"))
print(pcall(table.sort, {2, 1}, 5)) print(pcall(table.sort, {2, 1}, {}))
print(pcall(table.sort, {1, "x"})) print(pcall(table.sort, {{}, {}}))
print(pcall(table.sort, {true, false})) print(pcall(table.sort, {1, nil, 3}))
print(pcall(table.sort, {1}, nil))
print(pcall(table.sort, {1, 2, 3}, function() error("cmp", 0) end))
print(pcall(table.sort, {print, type})) print(pcall(function() table.sort({1, {}, 2}) end))
local mt = {__lt = function(a, b) return a.k < b.k end} local objs = {}
for i, k in ipairs{3, 1, 2} do objs[i] = setmetatable({k = k}, mt) end table.sort(objs)
print(objs[1].k, objs[2].k, objs[3].k)
local perm = {} for i = 1, 64 do perm[i] = (i * 27) % 64 end table.sort(perm)
print(perm[1], perm[32], perm[64]) local organ = {}
for i = 1, 50 do organ[i] = i <= 25 and i or 51 - i end table.sort(organ)
print(show(organ):sub(1, 30)) local keyed = {}
for w in ("the quick brown fox jumps over the lazy dog"):gmatch("%a+") do keyed[#keyed + 1] = w end
table.sort(keyed, function(a, b) return a:reverse() < b:reverse() end) print(show(keyed))
local t2 = {3, 1, 2, n = "kept", [10] = "far"} table.sort(t2)
print(t2[1], t2[3], t2.n, t2[10])
