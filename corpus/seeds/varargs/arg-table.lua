-- seed: varargs/arg-table — the arg table of 5.0 style vararg functions, present only when ... is not used
local function old(...) return arg.n, arg[1], arg[2], arg[3], #arg end
print(old()) print(old(1)) print(old("a", "b", "c")) print(old(nil, nil)) print(old(nil, 2, nil))
local function named(a, b, ...) return a, b, arg.n, arg[1], arg[2] end
print(named(1)) print(named(1, 2)) print(named(1, 2, 3, 4))
local function new(...)
  local n = select("#", ...)
  return n, type(arg) == "table" and arg ~= nil and rawget(_G, "arg") == arg or arg == nil
end
print(new(1, 2))
local function inner(...) local function g() return arg.n end return g() end print(pcall(inner, 1, 2, 3))
local function nested(...) local f = function(...) return arg.n, arg[1] end return arg.n, f("x", "y") end
print(nested("p"))
local function modify(...) arg[1] = "changed" arg.n = 99 arg.extra = true return arg[1], arg.n, arg.extra end
print(modify("orig"))
local function shadow(...) local arg = "local arg" return arg end print(shadow(1, 2))
local function upv(...) return function() return arg and arg.n end end print(upv(1, 2, 3)())
local function iter(...) local s = "" for i = 1, arg.n do s = s .. tostring(arg[i]) .. "," end return s end
print(iter(1, nil, "x", false))
local function un(...) return unpack(arg, 1, arg.n) end print(un(1, nil, 3)) print(select("#", un(nil, nil)))
local obj = {} function obj:m(...) return self == obj, arg.n, arg[1] end print(obj:m("v")) print(obj.m(obj))
local function param(arg, ...) return arg end print(type(param("named arg", 1, 2)))
print(pcall(loadstring("local function f(...) return arg.n end return f(1, 2), f()")))
print(pcall(loadstring("local n = ... return n, arg == nil or type(arg)", "=t"), "first"))
local function both(...) local t = {...} return pcall(function() return arg.n == #t end) end
print((both(1, 2)))
