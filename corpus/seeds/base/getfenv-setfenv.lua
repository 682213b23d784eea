-- seed: base/getfenv-setfenv — function and level environments, wrong arguments, C functions, level 0
print(getfenv() == _G, getfenv(1) == _G, getfenv(0) == _G, getfenv(print) == _G, getfenv(function() end) == _G)
local env = {print = print, getfenv = getfenv, setfenv = setfenv}
local f = function() return x, getfenv(1) == env end
print(setfenv(f, env) == f, f()) env.x = 5 print(f()) print(getfenv(f) == env)
local function lvl() return getfenv(1) == _G, getfenv(2) == _G end print(lvl())
local function caller() local a, b = lvl() return a, b end
setfenv(caller, setmetatable({}, {__index = _G})) print(caller())
local function change() setfenv(2, {getfenv = getfenv, marker = "changed", tostring = tostring}) end
local function victim() change() return marker, x end print(victim())
local function self() setfenv(1, {y = "self"}) return y end print(self())
print(pcall(setfenv, 1)) print(pcall(setfenv, 1, nil)) print(pcall(setfenv, "x", {}))
print(pcall(setfenv, {}, {})) print(pcall(setfenv, print, {})) print(pcall(setfenv, -1, {}))
print(pcall(setfenv, 500, {})) print(pcall(setfenv)) print(pcall(getfenv, -1))
print(pcall(getfenv, 500)) print(pcall(getfenv, "x")) print(pcall(getfenv, {}))
print((pcall(getfenv, nil))) print(pcall(getfenv, true))
print(pcall(function() getfenv(-1) end)) print(pcall(function() setfenv(100, {}) end))
print(pcall(function() setfenv(print, {}) end)) print(pcall(function() setfenv(1, 5) end))
print((pcall(getfenv, 1.9))) print((pcall(getfenv, "1")))
local e1, e2 = {v = 1}, {v = 2} local function mk() return function() return v end end
local g = mk() setfenv(g, e1) local h = mk() setfenv(h, e2) print(g(), h(), v) e1.v = "one"
print(g()) setfenv(g, e2) print(g()) local chunk = loadstring("w = 10 return w, w2")
setfenv(chunk, {w2 = "seen"}) print(chunk()) print(w)
local inherit = setmetatable({}, {__index = _G})
setfenv(function() newvar = 1 function newfunc() return newvar end end, inherit)()
print(newvar, inherit.newvar, inherit.newfunc())
local box = setmetatable({}, {__metatable = false, __fenv = "ignored"})
print(getfenv(setfenv(function() end, box)) == box)
local fe = setfenv(function() end, setmetatable({}, {__index = {__fenv = "x"}}))
print(type(getfenv(fe)))
local prot = setmetatable({}, {__fenv = "protected"})
local pf = setfenv(function() end, prot)
print(getfenv(pf) == prot, (pcall(setfenv, pf, {})))
do
  local function inner() return getfenv(1).tag end
  setfenv(inner, {tag = "inner", getfenv = getfenv})
  local function outer() return inner() end print(outer())
end
local set, same = pcall(setfenv, 0, env), getfenv(0) == env
local printed, why = pcall(print, "print finds tostring in the thread's environment")
setfenv(0, _G) print(set, same, printed, why, getfenv(0) == _G, _G.x)
