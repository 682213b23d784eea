-- seed: closures/currying — partial application, composition, folds with closures
local function curry(f, n)
  n = n or 2
  if n < 2 then return f end
  return function(a) return curry(function(...) return f(a, ...) end, n - 1) end
end
local add3 = curry(function(a, b, c) return a + b + c end, 3)
print(add3(1)(2)(3), add3(10)(20)(30))
local function compose(f, g) return function(...) return f(g(...)) end end
local inc, dbl = function(x) return x + 1 end, function(x) return x * 2 end
print(compose(inc, dbl)(5), compose(dbl, inc)(5), compose(compose(inc, inc), dbl)(1))
local function map(f, t) local r = {} for i, v in ipairs(t) do r[i] = f(v) end return r end
local function filter(p, t)
  local r = {} for _, v in ipairs(t) do if p(v) then r[#r + 1] = v end end return r
end
local function fold(f, z, t) for _, v in ipairs(t) do z = f(z, v) end return z end
local t = {1, 2, 3, 4, 5, 6}
print(table.concat(map(dbl, t), " "), table.concat(filter(function(x) return x % 2 == 0 end, t), " "),
  fold(function(a, b) return a + b end, 0, t))
print(fold(compose, function(x) return x end, {inc, dbl, inc, dbl})(3))
local function partial(f, ...)
  local a = {...}
  return function(...)
    local b = {unpack(a)} for _, v in ipairs{...} do b[#b + 1] = v end return f(unpack(b))
  end
end
print(partial(string.format, "%s-%s-%s", 1)(2, 3), partial(math.max, 5, 1)(4))
local function Y(f)
  return (function(x) return x(x) end)(function(x) return f(function(...) return x(x)(...) end) end)
end
print(Y(function(self) return function(n) return n <= 1 and 1 or n * self(n - 1) end end)(10))
local function church(n)
  return function(f) return function(x) for i = 1, n do x = f(x) end return x end end
end
print(church(5)(inc)(0), church(3)(dbl)(1), church(2)(church(3))(inc)(0))
local flip = function(f) return function(a, b) return f(b, a) end end
print(flip(function(a, b) return a - b end)(1, 10), flip(flip(math.pow))(2, 3))
