-- seed: base/collectgarbage — options with results that do not depend on memory
-- not for trace: how much memory is held is the engine's own
print(collectgarbage()) print(collectgarbage("collect"))
print(type(collectgarbage("count")), collectgarbage("count") > 0)
print(type(collectgarbage("step")), type(collectgarbage("step", 100)))
print(collectgarbage("stop")) print(collectgarbage("restart")) print(collectgarbage(nil))
print(collectgarbage("setpause", 200) ~= nil) print(collectgarbage("setpause", 200))
print(collectgarbage("setstepmul", 200) ~= nil) print(collectgarbage("setstepmul", 300))
print(collectgarbage("setstepmul", 200))
print(pcall(collectgarbage, "bogus")) print(pcall(collectgarbage, {}))
print(pcall(collectgarbage, 5)) print(pcall(collectgarbage, "collect", "x"))
print(pcall(collectgarbage, "step", {}))
print(pcall(function() collectgarbage("generational") end))
print(pcall(collectgarbage, "isrunning")) print(pcall(collectgarbage, true))
print(pcall(collectgarbage, ""))
local before = collectgarbage("count") local t = {} for i = 1, 1000 do t[i] = {i} end
print(collectgarbage("count") > before) t = nil collectgarbage() collectgarbage()
print(collectgarbage("count") < before + 50) local gone = setmetatable({}, {__mode = "v"})
gone[1] = {} gone[2] = "string stays" collectgarbage() print(gone[1], gone[2])
collectgarbage("stop") for i = 1, 100 do local x = {i} end collectgarbage("restart")
local order = {}
local function mk(n)
  local p = newproxy(true) getmetatable(p).__gc = function() order[#order + 1] = n end
  return p
end
do local a, b, c = mk(1), mk(2), mk(3) end collectgarbage() collectgarbage()
print(table.concat(order, " ")) local keep = mk("kept") collectgarbage()
print(#order, type(keep)) local r = 0
repeat r = r + 1 until collectgarbage("step", 1000) or r > 1000 print(r <= 1000)
for i = 1, 5 do collectgarbage("step", i) end print("done")
