-- seed: debug/hook-natives — functions of the host as hooks, and under them
debug.sethook(print, "l")
local a = 1
a = 2
debug.sethook()
local log = {}
debug.sethook(function(e) local i = debug.getinfo(2, "nS") if i.what == "C" then log[#log + 1] = e .. " " .. tostring(i.name) end end, "cr")
local o = setmetatable({}, {__tostring = function() return "text" end, __index = rawequal})
tostring(1) print("one", 2, nil, o) assert(true) local n = #{next({})} n = o.x
pcall(pcall, error) pcall(string.rep) select("#", unpack({1, 2, 3})) table.concat({1, 2}) o = ("x"):upper()
for k, v in pairs({1}) do end for i, v in ipairs({1}) do end for w in ("a"):gmatch(".") do end
table.foreach({1}, function() end) coroutine.wrap(function() coroutine.yield() end)() xpcall(error, tostring) loadstring("return 1")()
debug.sethook()
print(table.concat(log, "\n"))
local indexed = setmetatable({}, {__index = rawget, __newindex = rawset, __call = rawequal, __eq = rawequal, __lt = rawequal})
log = {}
debug.sethook(function(e) log[#log + 1] = e .. " " .. debug.getinfo(2, "S").what end, "cr")
indexed.a = 1 local b = indexed.b b = indexed(1) b = indexed < setmetatable({}, getmetatable(indexed))
debug.sethook()
print(table.concat(log, " "))
