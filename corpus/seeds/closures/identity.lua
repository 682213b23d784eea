-- seed: closures/identity — when closures are the same value, and functions as keys and values
local function mk() return function() end end
print(mk() == mk(), mk == mk)
local fs = {}
for i = 1, 3 do fs[i] = function() end end
print(fs[1] == fs[2], fs[1] == fs[1])
local f = mk()
local t = {[f] = "f", [mk] = "mk", [print] = "print"}
print(t[f], t[mk], t[print], t[mk()])
local g = f
print(g == f, rawequal(g, f), t[g])
print(type(f), type(print), tostring(f):match("^function: ") ~= nil, tostring(print):match("^function: ") ~= nil)
local dispatch = {add = function(a, b) return a + b end, sub = function(a, b) return a - b end, neg = function(a) return -a end}
for _, op in ipairs{"add", "sub", "neg"} do print(op, dispatch[op](7, 3)) end
print(pcall(function() return dispatch.mul(1, 2) end))
local set = {}
for _, fn in ipairs{print, type, pcall, print} do set[fn] = (set[fn] or 0) + 1 end
print(set[print], set[type], set[pcall], set[error])
local s = string.format
print(s == string.format, s("%d", 3)) s = nil print(s, string.format ~= nil)
print(coroutine.wrap(mk) ~= coroutine.wrap(mk), loadstring("return 1") == loadstring("return 1"))
local function rec(n) return n == 0 and rec or rec(n - 1) end
print(rec(3) == rec)
