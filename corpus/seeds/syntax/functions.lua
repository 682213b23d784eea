-- seed: syntax/functions — function statements, methods, anonymous and local functions, arity adjustment
local t = {a = {b = {}}}
function t.f(x) return "f", x end
function t.a.g(x) return "g", x end
function t.a.b.h(x) return "h", x end
function t.a.b:m(x) return self == t.a.b, x end
function t:n(...) return self == t, select("#", ...) end
print(t.f(1)) print(t.a.g(2)) print(t.a.b.h(3)) print(t.a.b:m(4)) print(t:n()) print(t:n(nil, nil))
print(t.a.b.m(t, 1)) print(t["f"](7))
function global(a, b, c) return a, b, c end
print(global()) print(global(1)) print(global(1, 2, 3, 4)) print((global(1, 2)))
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
print(fact(10), fact(20))
local f = function() return f end
print(f() == nil)
local g; g = function(n) if n == 0 then return "done" end return g(n - 1) end
print(g(5))
print((function(...) return ... end)(1, 2, 3))
print((function() end)() == nil, (function() return end)(), select("#", (function() end)()),
  select("#", (function() return nil end)()))
print(type(function() end), (function(a) return a end)((function() return "nested" end)()))
local function noret() end
local x, y = noret(), 5
print(x, y)
print(noret(), noret(), 1)
print(#{noret()}, #{noret(), noret()}, #{(noret())})
local function swap(a, b) return b, a end
local function swap(a, b) return b, a end
print(swap(swap(1, 2))) print((swap(1, 2))) print(swap(1, 2), swap(3, 4))
local q = {swap(1, 2), swap(3, 4), (swap(5, 6))}
print(q[1], q[2], q[3], q[4], q[5])
