-- seed: table/maxn-getn-setn — the length functions of 5.0 and maxn
for _, t in ipairs{{}, {1, 2, 3}, {1, nil, 3}, {n = 5}, {[10] = 1}, {[1.5] = 1}, {[-1] = 1, [0] = 1}, {1, 2,
  x = 1, [100] = 1}, {[1e10] = 1}, {[2 ^ 53] = true}, {[1 / 0] = 1}, {[-1 / 0] = 1}, {"a", "b",
  [3.7] = 1}} do print(table.maxn(t), table.getn(t)) end
local t = {1, 2, 3} t[5] = 5 print(table.maxn(t)) t[5] = nil print(table.maxn(t)) t["7"] = 1
print(table.maxn(t)) print(pcall(table.setn, {}, 5)) print(pcall(table.setn))
print(pcall(table.setn, 5)) print(pcall(function() table.setn({1}, 2) end))
print(pcall(table.getn)) print(pcall(table.getn, nil)) print(pcall(table.getn, "abc"))
print(pcall(table.maxn)) print(pcall(table.maxn, 5)) print(pcall(table.maxn, "x"))
print(pcall(function() table.getn() end))
local s = setmetatable({1, 2}, {__len = function() return 10 end, __index = function() return 1 end})
print(table.getn(s), table.maxn(s), #s) local big = {} for i = 1, 100 do big[i * 3] = i end
print(table.maxn(big), #big) local b = {} for i = 100, 1, -1 do b[i] = i end
print(table.maxn(b), table.getn(b), #b) for i = 100, 51, -1 do b[i] = nil end
print(table.maxn(b), #b) print(table.unpack, table.pack, table.move, table.create)
for k, f in pairs{insert = 1, remove = 1, concat = 1, sort = 1, maxn = 1, getn = 1, setn = 1, foreach = 1, foreachi = 1} do
  if type(table[k]) ~= "function" then print("missing", k) end
end
print(#{n = 3, 1}, table.getn{n = 3, 1})
print(table.maxn{[0.5] = 1, [0.25] = 1}, table.maxn{[true] = 1, x = 1})
