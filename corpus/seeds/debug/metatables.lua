-- seed: debug/metatables — metatables of every type, around __metatable
local function show(f, ...) print(pcall(debug[f], ...)) end
show("getmetatable") show("setmetatable") show("setmetatable", 1) show("setmetatable", 1, 2) show("setmetatable", nil, nil)
print(debug.getmetatable("").__index == string, debug.getmetatable(1), debug.getmetatable(nil))
print(debug.setmetatable(10, {__index = function(n, k) return n .. k end, __call = function(n, x) return n + x end, __len = function(n) return n * 2 end}))
print((5).foo, (5)(6), #7, pcall(function() return 1 < "2" end)) debug.setmetatable(1, nil)
debug.setmetatable(nil, {__index = function(_, k) return "nil." .. k end, __add = function() return "added" end, __concat = function() return "joined" end,
  __call = function(...) return "called", ... end, __lt = function() return true end, __newindex = function(t, k, v) print("set", t, k, v) end,
  __unm = function() return "negated" end, __eq = function() print "equal" return true end, __tostring = function() return "NIL" end})
print(x.y, x + 1, 1 + nil, x .. "a", x(1, 2), -x, nil < nil, nil == nil, tostring(nil)) x.z = 5
for v in nil do print(v) break end
debug.setmetatable(nil, nil) print(pcall(function() return x.y end))
debug.setmetatable(print, {__index = {a = 1}, __add = function() return "sum" end, __lt = function() return "lt" end, __le = function() return nil end})
print(print.a, pcall + 1, print < type, print <= type, print ~= type) debug.setmetatable(type, nil)
debug.setmetatable(true, {__index = function(b, k) return not b end, __tostring = function(b) return "B" end, __concat = function() return "bc" end})
print((true).x, (false).y, true .. "x", 1 .. false, true) debug.setmetatable(true, nil)
local co = coroutine.create(function() end)
debug.setmetatable(co, {__index = coroutine}) print(co:status(), pcall(co.foo)) debug.setmetatable(co, nil)
local t = setmetatable({}, {__metatable = "locked"})
print(getmetatable(t), type(debug.getmetatable(t)), debug.setmetatable(t, nil), getmetatable(t))
local p = newproxy(true) local mt = {__index = {v = 1}}
print(debug.setmetatable(p, mt), p.v, debug.getmetatable(p) == mt)
local strings = debug.getmetatable("")
strings.__add = function() return "text" end strings.__call = function(s, ...) return s:rep(...) end
print("a" + 1, ("ab")(2)) strings.__add = nil strings.__call = nil
debug.setmetatable("", nil) print(pcall(function() return ("x"):rep(2) end)) debug.setmetatable("", strings) print(("x"):rep(2))
