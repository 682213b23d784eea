-- 2.5.9 Function definitions: the forms of definitions, parameters, varargs and "arg", upvalues, limits, messages.

-- The forms and what they stand for.
function global_function(a) return a end
local t = {a = {b = {c = {}}}}
function t.f(x) return "t.f", x end
function t.a.b.c.f(x) return "t.a.b.c.f", x end
function t.a.b.c:m(x) return self == t.a.b.c, x end
local function l(n) return n == 0 and "recursive" or l(n - 1) end
local anonymous = function(x) return x end
print(global_function(1), t.f(2)) print(t.a.b.c.f(3)) print(t.a.b.c:m(4)) print(l(3), anonymous(5))
assert(rawget(_G, "global_function") ~= nil)
global_function = nil
local later
function later() return later ~= nil end
assert(later())
do local s = {} function s.f() return s end assert(s.f() == s) end

-- Parameters are locals, adjusted to their number.
local function two(a, b) return a, b end
print(two()) print(two(1)) print(two(1, 2)) print(two(1, 2, 3))
local function assign(a, b) a, b = b, a return a, b end
print(assign(1, 2))
local function shadow(a, a) return a end
print(shadow(1, 2))

-- The table of the manual: f(a, b), g(a, b, ...), r().
local function g(a, b, ...) return tostring(a), tostring(b), select("#", ...), ... end
local function r() return 1, 2, 3 end
print(g(3)) print(g(3, 4)) print(g(3, 4, 5, 8)) print(g(5, r()))

-- "..." in every place.
local function varargs(...)
  local a, b = ...
  local packed, count = {...}, select("#", ...)
  local first = (...)
  local sum = 0
  for i = 1, count do sum = sum + (tonumber((select(i, ...))) or 0) end
  return a, b, #packed, count, first, sum, ...
end
print(varargs()) print(varargs(nil)) print(varargs(1, 2, 3)) print(varargs("4", "x", 6))
local function forward(...) return varargs(...) end
print(forward(7, 8))
local function keep(...) local a = {...} return function() return unpack(a) end end
print(keep(1, 2, 3)())
print((function(...) return ... end)(1, nil, 3))
print(select("#", (function(...) return ... end)(nil, nil, nil)))
print(loadstring("return function(a) return ... end", "=v")) print(loadstring("local x = function() local y = {...} end", "=v"))

-- The table "arg", which a vararg function has if it does not use "...".
local function old(...) return type(arg), arg and arg.n, arg and #arg, arg and arg[1] end
print(old()) print(old(5, 6)) print(old(nil)) print(old(nil, nil, 1))
local function new(...) return arg == _G.arg, ... end
print(new(1))
local function nested(...) return (function() return arg.n end)() end
print(nested(1, 2, 3))
local function assigned(...) arg = "other" return arg end
print(assigned(1))
local function parameter(arg, ...) return type(arg), type(arg) == "table" and arg.n end
print(parameter(5))
local function hides(...) local arg = 1 return arg end
print(hides(2))
local function both(...) local function inner() return arg end return inner() == _G.arg, ... end
print(both(1, 2))

-- Closures: new ones every time, sharing variables of enclosing functions while those are the same.
local function make() local n = 0 return function() n = n + 1 return n end, function() return n end end
local inc1, get1 = make()
local inc2, get2 = make()
inc1() inc1() inc2()
assert(get1() == 2 and get2() == 1 and inc1 ~= inc2)
-- The example of the manual.
local a, x = {}, 20
for i = 1, 10 do local y = 0 a[i] = function() y = y + 1 return x + y end end
print(a[1](), a[1](), a[2](), a[10](), a[1]())
x = 100
print(a[1]())

-- self.
local account = {balance = 0}
function account:deposit(v) self.balance = self.balance + v return self.balance end
function account.withdraw(self, v) self.balance = self.balance - v return self.balance end
print(account:deposit(100), account.deposit(account, 10), account:withdraw(30), account.withdraw({balance = 5}, 1))
function account:varargs(...) return self == account, select("#", ...), ... end
print(account:varargs(1, 2)) print(account.varargs(nil, 1))

-- Limits: 60 upvalues, 200 locals (see 2.3), constants and nested functions by the thousand.
local function with_upvalues(n)
  local lines = {}
  for i = 1, n do lines[i] = "local u" .. i .. " = " .. i end
  lines[#lines + 1] = "return function() return u1"
  for i = 2, n do lines[#lines + 1] = " + u" .. i end
  lines[#lines + 1] = " end"
  return loadstring(table.concat(lines, "\n"), "=u")
end
print(with_upvalues(10)()(), with_upvalues(60)()()) print(with_upvalues(61)) print(with_upvalues(100))
print(loadstring("local a\nlocal function f()\n" .. ("local x%d "):rep(0) .. "return a end", "=u") ~= nil)
local inner = {"local a0 = 0"}
for i = 1, 59 do inner[#inner + 1] = ("local a%d = %d"):format(i, i) end
inner[#inner + 1] = "return function() return function() return function() return a0 + a59 + a30 end end end"
print(loadstring(table.concat(inner, "\n"))()()()())
local defs = {}
for i = 1, 1000 do defs[i] = ("local function f() return %d end s = s + f()"):format(i) defs[i] = "do " .. defs[i] .. " end" end
s = 0
loadstring(table.concat(defs, "\n"))()
print(s)
s = nil
local constants = {}
for i = 1, 1000 do constants[i] = ("%d.25"):format(i) end
print(#loadstring("return {" .. table.concat(constants, ",") .. "}")(), loadstring("local x = " .. table.concat(constants, "+") .. " return x")())

for _, source in ipairs{"function", "function f", "function f()", "function f(a", "function f(a,", "function f(a,)", "function f(,a)", "function f(a b)", "function f(1)", "function f('a')", "function f(a.b)", "function f(nil)", "function f(...",
  "function f(..., a) end", "function f(a, ...) end", "function f(... a) end", "function f(a...) end", "function f((a)) end", "function f(a = 1) end", "function f() end end", "function f() return end", "function f() return 1 2 end",
  "function f.() end", "function f.1() end", "function f.'x'() end", "function f[1]() end", "function f.g.h() end", "function f:g() end", "function f:g:h() end", "function f:g.h() end", "function f.g:h() end", "function :f() end",
  "function .f() end", "function 1() end", "function (a) end", "function() end", "x = function f() end", "x = function end", "x = function(a) end", "x = function(a) return a end()", "x = (function() end)()", "x = function() end + 1",
  "f(function)", "return function", "function f() local function end", "function f() ... end", "function f(...) ... end", "function f(self) end", "function and() end", "function f.and() end", "function f() x = ... end", "function f g() end"} do
  local chunk, text = loadstring(source, "=d")
  print(source, chunk and "accepted" or text)
end
