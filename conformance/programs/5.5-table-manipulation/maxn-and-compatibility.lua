-- 5.5 Table manipulation: maxn, and what is there for programs of version 5.0: getn, setn, foreach, foreachi.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- maxn: the largest positive numeric key.
show(table.maxn{}) show(table.maxn{1, 2, 3}) show(table.maxn{1, nil, 3}) show(table.maxn{[10] = 1}) show(table.maxn{[1.5] = 1}) show(table.maxn{[-5] = 1}) show(table.maxn{[0] = 1}) show(table.maxn{[2 ^ 53] = 1}) show(table.maxn{[1e300] = 1, [5] = 2}) show(table.maxn{[1 / 0] = 1}) show(table.maxn{[-1 / 0] = 1}) show(table.maxn{["10"] = 1, x = 2, [true] = 3})
show(table.maxn{[0.5] = 1}) show(table.maxn{n = 100}) show(table.maxn{nil, nil, nil}) show(table.maxn{1, 2, nil, nil, 5, nil}) show(table.maxn({1, 2}, "ignored")) show(table.maxn(setmetatable({1}, {__index = {1, 2, 3}, __len = function() return 9 end})))
show(pcall(table.maxn)) show(pcall(table.maxn, nil)) show(pcall(table.maxn, "x")) show(pcall(table.maxn, newproxy()))
local t = {}
for i = 1, 100 do t[i * 3] = i end
show(table.maxn(t)) t[300] = nil show(table.maxn(t)) for i = 50, 100 do t[i * 3] = nil end show(table.maxn(t))

-- getn is the length operator, setn is obsolete and says so.
show(table.getn{}) show(table.getn{1, 2, 3}) show(table.getn{n = 5}) show(table.getn{1, nil, 3}) show(table.getn({1, 2}, 3)) show(table.getn(setmetatable({1}, {__len = function() return 9 end}))) show(pcall(table.getn)) show(pcall(table.getn, "abc")) show(pcall(table.getn, nil))
show(pcall(table.setn, {}, 5)) show(pcall(table.setn, {})) show(pcall(table.setn)) show(pcall(table.setn, 5, 5)) show(pcall(table.setn, {}, {}))

-- foreachi: from 1 to the length, until the function gives something other than nil.
local log = {}
local function note(...) log[#log + 1] = select("#", ...) .. ":" .. tostring((...)) .. "=" .. tostring((select(2, ...))) end
show(table.foreachi({"a", "b", "c"}, note)) show(table.foreachi({}, note)) show(table.foreachi({1, nil, 3}, note)) show(table.foreachi({"x", k = "y"}, note))
show(unpack(log)) log = {}
show(table.foreachi({5, 6, 7}, function(i, v) note(i, v) if i == 2 then return v end end)) show(table.foreachi({5, 6}, function() return false end)) show(table.foreachi({5, 6}, function() return 1, 2, 3 end)) show(table.foreachi({5, 6}, math.max)) show(unpack(log)) log = {}
show(table.foreachi(setmetatable({1, 2}, {__index = function() return "never" end}), note)) show(unpack(log)) log = {}
show(pcall(table.foreachi)) show(pcall(table.foreachi, {})) show(pcall(table.foreachi, {}, 5)) show(pcall(table.foreachi, 5, print)) show(pcall(table.foreachi, {1}, setmetatable({}, {__call = print}))) show(pcall(table.foreachi, {1}, function() error("raised") end)) show(pcall(table.foreachi, {1}, function() error({}) end))
-- The length is taken before.
local growing = {1, 2, 3}
show(table.foreachi(growing, function(i) growing[#growing + 1] = i end)) show(#growing)

-- foreach: every field, in the order of next.
show(table.foreach({}, note)) show(table.foreach({10, 20}, note)) show(table.foreach({x = 1}, note)) show(unpack(log)) log = {}
show(table.foreach({a = 1, b = 2, c = 3, 4, 5}, note)) show(unpack(log)) log = {}
local order = {}
local many = {}
for i = 1, 20 do many["k" .. i] = i many[i] = -i end
table.foreach(many, function(k) order[#order + 1] = tostring(k) end)
local by_pairs = {}
for k in pairs(many) do by_pairs[#by_pairs + 1] = tostring(k) end
assert(table.concat(order, " ") == table.concat(by_pairs, " "))
show(table.foreach({x = 1}, function(k, v) return k .. v end)) show(table.foreach({1, 2, 3}, function(k, v) if v == 2 then return "two", "dropped" end end)) show(table.foreach({1}, function() return false end)) show(table.foreach({1}, function() return nil, 1 end))
show(pcall(table.foreach)) show(pcall(table.foreach, {})) show(pcall(table.foreach, {}, {})) show(pcall(table.foreach, nil, print)) show(pcall(table.foreach, {1}, function() error("raised") end)) show(pcall(table.foreach, {1}, rawset))
-- Fields may be cleared and changed on the way; a new one confuses it.
local cleared = {a = 1, b = 2, c = 3, 1, 2, 3}
table.foreach(cleared, function(k) cleared[k] = nil end)
show(next(cleared))
-- No yield, since a C function is between.
show(coroutine.resume(coroutine.create(function() table.foreach({1}, coroutine.yield) end))) show(coroutine.resume(coroutine.create(function() table.foreachi({1}, coroutine.yield) end)))
show(table.foreachi({3, 2, 1}, function(i, v) return table.foreach({v}, function(_, w) if w == 1 then return i end end) end))
