-- seed: metamethods/newindex — __newindex as table and function, chains, existing keys, rawset
local log, store = {}, {}
local t = setmetatable({old = 1}, {__newindex = function(s, k, v)
  log[#log + 1] = tostring(k) .. "=" .. tostring(v) rawset(store, k, v)
end})
t.old = 2 t.new = 3 t.new = 4 t[1] = "one" t[true] = nil
print(table.concat(log, " "), t.old, t.new, store.new, rawget(t, "new"))
t.old = nil t.old = 5 print(table.concat(log, " "), t.old)
rawset(t, "raw", 1) print(t.raw, #log)
local target = {}
local u = setmetatable({}, {__newindex = target}) u.a, u.b = 1, 2
print(u.a, target.a, target.b, rawget(u, "b"))
local chain = setmetatable({}, {__newindex = setmetatable({}, {__newindex = target})})
chain.c = 3 print(target.c, rawget(chain, "c"))
local both = setmetatable({}, {__index = target, __newindex = target}) both.d = 4
both.d = both.d + 1 print(both.d, target.d, next(both))
local ro = setmetatable({}, {__index = {x = 1}, __newindex = function(_, k) error("read-only field " .. k, 2) end})
print(ro.x, pcall(function() ro.x = 2 end)) print(ro.x, pcall(rawset, ro, "x", 3) , rawget(ro, "x"))
local self = {} setmetatable(self, {__newindex = self}) print(pcall(function() self.x = 1 end))
print(pcall(function() setmetatable({}, {__newindex = 5}).x = 1 end))
print(pcall(function() setmetatable({}, {__newindex = "str"}).x = 1 end))
print(pcall(function()
  local p = setmetatable({}, {__newindex = function() return 1, 2 end}) p.x, p.y = 1, 2
  return p.x
end))
local keys = setmetatable({}, {__newindex = function(s, k, v) rawset(s, k, v) rawset(s, #s + 1, k) end})
keys.z, keys.a, keys.m = 1, 2, 3 print(#keys, keys[1], keys[2], keys[3]) keys.z = nil
print(keys.z, #keys) keys.z = 9 print(#keys)
print(pcall(function() setmetatable({}, {__newindex = function(s, k, v) s[k] = v end}).x = 1 end))
local nilkey = setmetatable({}, {__newindex = function(_, k, v) print("nil key", k, v) end})
print(pcall(function() nilkey[nil] = 1 end))
print(pcall(function() nilkey[0 / 0] = nil end))
table.insert(t, "ins") print(rawget(t, 1), store[1], #log)
local s2 = setmetatable({}, {__newindex = function(s, k, v) rawset(s, k, v * 2) end})
for i = 1, 3 do s2[i] = i end s2[1] = 100 print(s2[1], s2[2], s2[3])
