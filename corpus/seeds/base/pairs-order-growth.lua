-- seed: base/pairs-order-growth — traversal order while tables grow through many sizes and rehashes
local function order(t)
  local r = {} for k in pairs(t) do r[#r + 1] = tostring(k) end return table.concat(r, " ")
end
local t = {} for i = 1, 40 do t["k" .. i] = i if i % 8 == 0 or i < 6 then print(i, order(t)) end end
local u = {} for i = 40, 1, -1 do u["k" .. i] = i end print(order(u)) local n = {}
for i = 1, 33 do n[i * 3 % 37] = i end print(order(n), #n) local r = {}
for i = 20, 1, -1 do r[i] = i end print(order(r), #r)
local names = {"print", "pairs", "ipairs", "next", "type", "tostring", "tonumber", "error", "pcall", "select",
  "unpack", "rawget", "rawset", "string", "table", "math", "coroutine"}
local g = {} for _, k in ipairs(names) do g[k] = true end print(order(g))
for i, k in ipairs(names) do if i % 2 == 0 then g[k] = nil end end print(order(g))
for i = 1, 10 do g[i] = i end print(order(g)) for _, k in ipairs(names) do g[k] = true end
print(order(g))
local c = {a = 1, b = 2, c = 3, d = 4, e = 5, f = 6, g = 7, h = 8, i = 9} print(order(c))
c.j = 10 print(order(c)) c.a = nil c.zz = 1 print(order(c)) local neg = {}
for i = -5, 5 do neg[i] = i end print(order(neg)) local fl = {}
for i = 1, 8 do fl[i / 2] = i end print(order(fl))
local mixed = {} for i = 1, 8 do mixed[i] = i mixed["s" .. i] = i mixed[i + 0.5] = i end
print(order(mixed)) for i = 1, 8 do mixed[i] = nil end print(order(mixed)) mixed[100] = 1
mixed.x = 1 mixed.y = 2 print(order(mixed))
local long = {} for i = 1, 12 do long[("x"):rep(i * 7) .. i] = i end local lens = {}
for k, v in pairs(long) do lens[#lens + 1] = v end print(table.concat(lens, " "))
local similar = {}
for i = 1, 10 do similar[("prefix"):rep(10) .. i .. ("suffix"):rep(10)] = i end lens = {}
for k, v in pairs(similar) do lens[#lens + 1] = v end print(table.concat(lens, " "))
local big = {} for i = 1, 300 do big["n" .. i * 7919 % 1009] = i end local sum, at = 0, 0
for k, v in pairs(big) do at = at + 1 sum = (sum * 31 + v * at) % 1000003 end print(at, sum)
local pow = {} for i = 0, 20 do pow[2 ^ i] = i end print(order(pow))
local bools = {[true] = 1, [false] = 2, [0] = 3, [""] = 4} print(order(bools))
