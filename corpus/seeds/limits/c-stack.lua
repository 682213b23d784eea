-- seed: limits/c-stack — C stack overflow through pcall, metamethods, gsub, sort, coroutines, tostring and load
-- (the collector stands still, since how often it has halved the room for calls by itself decides how deep "ls" goes)
collectgarbage("stop")
local function strip(...)
  local e = select("#", ...) > 0 and tostring((select(select("#", ...), ...))) or "nothing"
  return (e:gsub("^.*:%d+: ", ""))
end
local function viapcall(n) local ok, e = pcall(viapcall, n + 1) if not ok then error(e, 0) end return e end
print(strip(pcall(viapcall, 1)))
local depth, max = 0, 0
local function level(f)
  return function(...)
    depth = depth + 1 if depth > max then max = depth end local r = {pcall(f, ...)}
    depth = depth - 1 if not r[1] then error(r[2], 0) end return unpack(r, 2)
  end
end
local lv lv = level(function() return lv() end) print(strip(pcall(lv)), max > 50, max < 250)
local mt = {} mt.__index = function(t, k) return t[k + 1] end
print(strip(pcall(function() return setmetatable({}, mt)[1] end)))
mt.__newindex = function(t, k, v) t[k + 1] = v end
print(strip(pcall(function() setmetatable({}, mt)[1] = 1 end)))
mt.__add = function(a, b) return a + b end
print(strip(pcall(function() return setmetatable({}, mt) + 1 end)))
mt.__concat = function(a, b) return a .. b end
print(strip(pcall(function() return setmetatable({}, mt) .. "x" end)))
mt.__eq = function(a, b) return a == b end
print(strip(pcall(function() return setmetatable({}, mt) == setmetatable({}, mt) end)))
mt.__lt = function(a, b) return a < b end
print(strip(pcall(function() return setmetatable({}, mt) < setmetatable({}, mt) end)))
mt.__unm = function(a) return -a end
print(strip(pcall(function() return -setmetatable({}, mt) end)))
mt.__tostring = function(a) return tostring(a) end
print(strip(pcall(tostring, setmetatable({}, mt))))
mt.__call = function(self, ...) return 1 + self(...) end
print(strip(pcall(setmetatable({}, mt))))
local function g(s) return (s:gsub(".", g)) end print(strip(pcall(g, "x")))
local function srt(a, b) table.sort({2, 1}, srt) return false end
print(strip(pcall(table.sort, {2, 1}, srt))) local function fe() table.foreach({1}, fe) end
print(strip(pcall(fe))) local function fi() table.foreachi({1}, fi) end
print(strip(pcall(fi))) local function co() return coroutine.wrap(co)() end
print(strip(pcall(co))) local function ld() return assert(load(ld))() end
print(strip(pcall(ld)))
local function xp() return select(2, xpcall(xp, function(m) return m end)) end
print(strip(xp())) local function ls() return loadstring("return ...")(ls()) end
print(strip(pcall(ls)))
local function gm() for w in ("x"):gmatch(".") do return gm() + 1 end end
print(strip(pcall(gm))) local it it = function() for x in it do return x end end
print(strip(pcall(it))) local p = newproxy(true)
getmetatable(p).__len = function(u) return #u end
print(strip(pcall(function() return #p end)))
local function mixed(n)
  if n % 3 == 0 then return (("x"):gsub("x", function() return mixed(n + 1) end)) elseif n % 3 == 1 then return select(2, pcall(mixed, n + 1)) else return coroutine.wrap(mixed)(n + 1) end
end
print(strip(mixed(1))) print("still alive", pcall(function() return ("ok"):upper() end))
