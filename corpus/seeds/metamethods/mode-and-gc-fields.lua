-- seed: metamethods/mode-and-gc-fields — tables with __mode and __gc keep working as ordinary tables
-- not for trace: tables with objects as keys are gone through in the order of addresses
local weak = setmetatable({}, {__mode = "k"}) local strongkey, s2 = {}, {}
weak[strongkey] = "value" weak.x = "string key" weak[1] = "number key"
collectgarbage() print(weak[strongkey], weak.x, weak[1])
local wv = setmetatable({}, {__mode = "v"}) wv.keep = strongkey wv[1] = s2
wv.str = "strings are values" wv.num = 5
collectgarbage() print(wv.keep == strongkey, wv[1] == s2, wv.str, wv.num)
local kv = setmetatable({}, {__mode = "kv"}) kv[strongkey] = s2 collectgarbage() print(kv[strongkey] == s2)
for i = 1, 10 do wv[#wv + 1] = strongkey end collectgarbage() print(#wv)
local dead = setmetatable({}, {__mode = "v"}) dead[1] = {} dead.x = {}
dead[2] = function() end collectgarbage() collectgarbage()
print(dead[1], dead.x, next(dead) == nil or "function kept")
local deadk = setmetatable({}, {__mode = "k"}) deadk[{}] = 1 deadk[{}] = 2 collectgarbage()
collectgarbage() print(next(deadk))
local t = setmetatable({}, {__gc = function() print("never for tables") end, __mode = "none of these"})
t = nil collectgarbage() print("after")
local bad = setmetatable({1}, {__mode = 5}) collectgarbage() print(bad[1])
local cache = setmetatable({}, {__mode = "v"})
local function get(k) local v = cache[k] if not v then v = {k} cache[k] = v end return v end
local a = get("a") print(get("a") == a, rawequal(get("a"), a))
local x = {} local eph = setmetatable({}, {__mode = "k"}) eph[x] = function() return x end
collectgarbage() print(eph[x]() == x)
local list = {} for i = 1, 100 do list[i] = {i} weak[list[i]] = i end collectgarbage()
local n = 0 for _ in pairs(weak) do n = n + 1 end print(n)
for i = 1, 50 do list[i] = nil end collectgarbage() n = 0 for _ in pairs(weak) do n = n + 1 end print(n)
