-- seed: varargs/fixed-and-extra — fixed parameters before ..., fewer and more arguments than parameters
local function f(a, b, ...) return a, b, select("#", ...), ... end
print(f()) print(f(1)) print(f(1, 2)) print(f(1, 2, 3)) print(f(1, 2, 3, 4)) print(f(nil, nil, nil))
local function g(a, b, c, d, e) return a, b, c, d, e end
print(g()) print(g(1, 2)) print(g(1, 2, 3, 4, 5, 6, 7)) print(g(f(1, 2, 3)))
local function none() return "none" end print(none(1, 2, 3), none())
local function reassign(a, ...) a = a or "default" local n = select("#", ...) a = a .. n return a, ... end
print(reassign(nil, 1)) print(reassign("x"))
local function captured(a, ...) local b = ... return function() a, b = b, a return a, b end, ... end
local c, d = captured(1, 2, 3) print(c()) print(c()) print(d)
local function rec(n, ...) if n > 3 then return n, ... end return rec(n + 1, n, ...) end print(rec(0))
local function many(a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, ...) return a10, ..., a1 end
print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
local function swap(a, b, ...) return b, a, ... end print(swap(swap(1, 2, 3, 4))) print(swap(1))
local t = {f = f} function t:m(x, ...) return self == t, x, ... end print(t:m())
print(t:m(1, 2)) print(t.m(t, 1)) print(t.m())
local function locals(...)
  local a, b, c = 1, ... local d = a .. tostring(b) .. tostring(c)
  do local a = ... d = d .. tostring(a) end return d
end
print(locals("x", "y")) print(locals())
local function loopy(...)
  local s = 0
  for i = 1, select("#", ...) do local v = select(i, ...) for j = 1, v do s = s + j end end
  return s, ...
end
print(loopy(1, 2, 3))
print(pcall(f)) print(pcall(f, nil)) print(pcall(g, unpack({1, 2, 3, 4, 5, 6})))
print(string.format("%d %d", (g(1, 2)), select(2, g(1, 2))))
