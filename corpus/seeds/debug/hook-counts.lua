-- seed: debug/hook-counts — how many instructions the reference counts
local function work()
  local t = {}
  for i = 1, 20 do t[i] = i * 2 if i % 3 == 0 then t[i] = nil end end
  local s = 0
  for k, v in pairs(t) do s = s + v end
  for i, v in ipairs(t) do s = s + i end
  local f = function() return s, t end
  local a = {1, 2, 3, f()}
  while s > 0 do s = s - 50 if s == 7 or not s then s = 8 end end
  local b = s == 3 and "x" or s ~= 4 and "y"
  return tostring(s) .. "x" .. #t .. tostring(b)
end
local c = 0
debug.sethook(function() c = c + 1 end, "", 1)
work()
debug.sethook()
print(c)
local events = {}
debug.sethook(function(event, line) events[#events + 1] = event:sub(1, 1) .. tostring(line or "") .. ":" .. debug.getinfo(2, "l").currentline end, "l", 1)
work()
debug.sethook()
print(table.concat(events, " "))
c = 0
debug.sethook(function() c = c + 1 end, "", 1)
local big = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52}
local f = function() return c, big, f end
debug.sethook()
print(c)
