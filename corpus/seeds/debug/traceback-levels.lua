-- seed: debug/traceback-levels — gaps, lost calls, names of all kinds
local function deep(n) if n == 0 then return debug.traceback("deep") end local x = deep(n - 1) return x end
for _, n in ipairs{5, 9, 10, 11, 12, 18, 19, 20, 21, 22, 23, 24, 100} do print(n, deep(n)) end
local function tail(n) if n == 0 then local x = debug.traceback("tail") return x end return tail(n - 1) end
for _, n in ipairs{1, 5, 9, 10, 11, 12, 18, 19, 20, 21, 22, 1000} do print(n, (tail(n))) end
local function mixed(n) if n == 0 then local x = debug.traceback("mixed") return x end if n % 3 == 0 then return mixed(n - 1) end local x = mixed(n - 1) return x end
for n = 0, 40, 3 do print(n, (mixed(n))) end
for level = -2, 6 do local function g() local x = debug.traceback("from", level) return x end print(level, (g())) end
local t = setmetatable({}, {__index = function(t, k) return debug.traceback("index") end, __call = function() return (debug.traceback("call")) end, __add = function() return (debug.traceback("add")) end})
print(t.foo) print((t())) print(t + 1)
table.sort({1, 2}, function(a, b) print((debug.traceback("sort"))) return a < b end)
for w in (function() print((debug.traceback("iterator"))) end) do end
print((string.gsub("x", "x", function() return debug.traceback("gsub") end)))
local a = {b = {c = function() print((debug.traceback("field"))) end}} a.b.c() a["b"]["c"]()
local m = {m = function(self) print((debug.traceback("method"))) end} m:m() local q = m.m q()
function glob() print((debug.traceback("global"))) end glob()
local up = function() print((debug.traceback("upvalue"))) end local function callup() up() end callup()
loadstring("print((debug.traceback('chunk')))", "=chunk")() loadstring("print((debug.traceback('file')))", "@file.lua")() loadstring("\n\nprint((debug.traceback('text')))")()
xpcall(function() local x = nil + 1 end, function(m) print((debug.traceback(m))) end)
xpcall(function() error("e") end, function(m) print((debug.traceback(m))) end)
xpcall(string.rep, function(m) print((debug.traceback(m))) end)
print(pcall(coroutine.wrap(function() error(debug.traceback("in a coroutine"), 0) end)))
