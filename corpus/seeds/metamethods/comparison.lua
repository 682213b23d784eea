-- seed: metamethods/comparison — __eq, __lt and __le: which handlers are used, results turned into booleans
local mt = {__eq = function(a, b) return a.v == b.v end, __lt = function(a, b) return a.v < b.v end,
  __le = function(a, b) return a.v <= b.v end}
local function N(v) return setmetatable({v = v}, mt) end
local a, b, c = N(1), N(2), N(1)
print(a == b, a == c, a ~= b, a ~= c, a < b, a > b, a <= c, a >= b, a >= c, rawequal(a, c))
local log = {}
local mt2 = {__eq = function(x, y) log[#log + 1] = "eq" return nil end,
  __lt = function(x, y) log[#log + 1] = "lt" return "truthy" end}
local p, q = setmetatable({}, mt2), setmetatable({}, mt2)
print(p == p, p == q, p ~= q, p < q, p > q, p <= q, p >= q, table.concat(log, " "))
log = {} print(p == 1, p == nil, p == {}, 1 == p, #log)
local other = setmetatable({v = 1}, {__eq = mt.__eq, __lt = mt.__lt})
print(other == a, a == other, a < other, other < a, pcall(function() return a <= other end))
local diff = setmetatable({v = 1}, {__eq = function() return true end, __lt = function() return true end})
print(diff == a, a == diff, pcall(function() return a < diff end))
print(pcall(function() return diff <= a end))
print(pcall(function() return a < 1 end)) print(pcall(function() return 1 < a end))
print(pcall(function() return a < {} end)) print(pcall(function() return "x" <= a end))
print(pcall(function() return {} < {} end)) print(pcall(function() return {} <= {} end))
print(pcall(function() return print < print end))
print(pcall(function() return nil < nil end))
print(pcall(function() return true >= false end))
local leonly = {__le = function(x, y) return x.v <= y.v end}
local l1, l2 = setmetatable({v = 1}, leonly), setmetatable({v = 2}, leonly)
print(l1 <= l2, l1 >= l2, pcall(function() return l1 < l2 end))
local ltonly = {__lt = function(x, y) return x.v < y.v end}
local m1, m2 = setmetatable({v = 1}, ltonly), setmetatable({v = 2}, ltonly)
print(m1 <= m2, m2 <= m1, m1 <= m1, m1 >= m2, m1 < m2)
print(pcall(function() return setmetatable({}, {__lt = function() error("in lt") end}) < 1 end))
local e = {__lt = function() error("in lt") end}
print(pcall(function() return setmetatable({}, e) < setmetatable({}, e) end))
print(pcall(function() return setmetatable({}, e) <= setmetatable({}, e) end))
local list = {} for i, v in ipairs{5, 2, 8, 1, 9, 3} do list[i] = N(v) end table.sort(list)
local out = {} for i, n in ipairs(list) do out[i] = n.v end print(table.concat(out, " "))
table.sort(list, function(x, y) return x > y end) print(list[1].v, list[6].v)
if a == c and not (a == b) and a ~= b then print("conditions") end print((a == c) == true, not (a < b))
