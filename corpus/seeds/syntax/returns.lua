-- seed: syntax/returns — return with no, one, many values, calls, varargs; tail positions
local function r0() return end
local function r1() return 1 end
local function r3() return 1, nil, 3 end
local function rc() return r3() end
local function rcp() return (r3()) end
local function rm() return r3(), r3() end
local function rv(...) return ... end
local function rve(...) return 0, ... end
local function rvm(...) return ..., 9 end
for name, f in pairs{} do end
for _, f in ipairs{r0, r1, r3, rc, rcp, rm} do print(select("#", f()), f()) end
print(select("#", rv()), select("#", rv(nil)), select("#", rv(nil, nil)), rve(1, 2), rvm(1, 2))
local function ifret(x) if x then return "yes" end end
print(ifret(true), ifret(false), select("#", ifret(false)))
local function looped() for i = 1, 3 do do return i end end end
print(looped())
local function closure() local x = 1 return function() x = x + 1 return x end, function() return x end end
local inc, get = closure()
print(inc(), inc(), get())
local function sides() local t = {} return t, #t, t == t end
print(select(2, sides()))
local function boolret(a, b) return a < b, a == b, not a, a and b, a or b end
print(boolret(1, 2))
local function cond(x) return x and "t" or "f" end
print(cond(1), cond(nil))
print(loadstring("return return", "=t"))
print(loadstring("return 1 print(2)", "=t"))
print(loadstring("do return end print(2)", "=t") ~= nil)
return r3()
