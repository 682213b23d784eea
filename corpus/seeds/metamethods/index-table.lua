-- seed: metamethods/index-table — __index as a table, chains of tables, raw access, present false and absent nil
local base = {a = 1, b = 2, f = false}
local mid = setmetatable({b = 20}, {__index = base})
local top = setmetatable({c = 300}, {__index = mid})
print(top.a, top.b, top.c, top.f, top.missing)
print(rawget(top, "a"), rawget(top, "c"), rawget(mid, "b"))
base.a = "changed" print(top.a)
top.a = "own" print(top.a, mid.a, base.a)
top.a = nil print(top.a)
mid.b = nil print(top.b)
mid.f = true print(top.f) mid.f = nil print(top.f)
print(#top, next(top))
for k, v in pairs(top) do print(k, v) end
local arr = setmetatable({1, 2}, {__index = {10, 20, 30, 40}})
print(arr[1], arr[2], arr[3], arr[4], arr[5], #arr)
for i, v in ipairs(arr) do print(i, v) end
local self = {} setmetatable(self, {__index = self}) print(pcall(function() return self.x end))
local cyc1, cyc2 = {}, {} setmetatable(cyc1, {__index = cyc2}) setmetatable(cyc2, {__index = cyc1})
print(pcall(function() return cyc1.x end))
cyc2.x = "found" print(cyc1.x)
local str = setmetatable({}, {__index = "a string"}) print(str.len == string.len, str.missing, str.upper("x"))
print(pcall(function() return setmetatable({}, {__index = 5}).x end))
print(pcall(function() return setmetatable({}, {__index = true}).x end))
local k = {}
local obj = setmetatable({}, {__index = {[k] = "table key", [1.5] = "float key", [true] = "boolean key"}})
print(obj[k], obj[1.5], obj[true], obj[false])
