-- seed: limits/tail-calls — a hundred thousand tail calls in every form keep the stack flat
local function loop(n) if n == 0 then return "done" end return loop(n - 1) end
print(loop(100000)) local even, odd
function even(n) if n == 0 then return "even" end return odd(n - 1) end
function odd(n) if n == 0 then return "odd" end return even(n - 1) end print(even(100001))
local function va(n, ...) if n == 0 then return select("#", ...), ... end return va(n - 1, ...) end
print(va(20000, 1, nil, 3)) local obj = {}
function obj:m(n, acc) if n == 0 then return acc end return self:m(n - 1, acc + n) end
print(obj:m(20000, 0))
local t = {f = function(t, n) if n == 0 then return "field" end return t.f(t, n - 1) end}
print(t.f(t, 20000))
local c = setmetatable({}, {__call = function(self, n)
  if n == 0 then return "callable" end return self(n - 1)
end})
print(c(20000))
local function cps(n, k) if n == 0 then return k(0) end return cps(n - 1, function(v) return k(v + 1) end) end
print(cps(5000, function(v) return v end)) local states = {}
function states.a(n) if n <= 0 then return "end in a" end return states.b(n - 1) end
function states.b(n) if n <= 0 then return "end in b" end return states.c(n - 1) end
function states.c(n) if n <= 0 then return "end in c" end return states.a(n - 1) end
print(states.a(30000), states.a(30001), states.a(30002))
local function tramp(f, ...) local r = f(...) while type(r) == "function" do r = r() end return r end
local function bounce(n) if n == 0 then return "bounced" end return function() return bounce(n - 1) end end
print(tramp(bounce, 20000)) print(pcall(loop, 20000)) print(coroutine.wrap(loop)(30000))
print(select(2, coroutine.resume(coroutine.create(even), 20000)))
local function err(n) if n == 0 then error("at the bottom") end return err(n - 1) end
print(pcall(err, 10000))
print(pcall(loadstring("local function f(n) if n == 0 then error('x', 2) end return f(n - 1) end return f(10)", "=t")))
print(pcall(loadstring("local function f(n) if n == 0 then return nil + 1 end return f(n - 1) end return f(10)", "=t")))
local function args(n, a, b, c, d, e)
  if n == 0 then return a, b, c, d, e end return args(n - 1, b, c, d, e, a)
end
print(args(10003, 1, 2, 3, 4, 5))
local function closure(n)
  local x = n local f = function() return x end if n == 0 then return f() end
  return closure(n - 1)
end
print(closure(20000))
local function notail(n) if n == 0 then return 0 end return (notail(n - 1)) end
print(pcall(notail, 50000) == false, notail(1000))
local function cond(n) return n == 0 and "and" or cond(n - 1) end print(pcall(cond, 1000))
local function tostr(n) if n == 0 then return tostring(n) end return tostr(n - 1) end
print(tostr(1000))
local function sel(n) if n == 0 then return select(2, 1, 2, 3) end return sel(n - 1) end
print(sel(1000)) local gcd
function gcd(a, b) if b == 0 then return a end return gcd(b, a % b) end
print(gcd(2 ^ 40, 6 ^ 15), gcd(832040, 514229))
local function collatz(n, c)
  if n == 1 then return c end if n % 2 == 0 then return collatz(n / 2, c + 1) end
  return collatz(3 * n + 1, c + 1)
end
print(collatz(837799, 0))
