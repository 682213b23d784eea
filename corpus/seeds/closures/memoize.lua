-- seed: closures/memoize — caches in upvalues, with and without recursion through the cache
local calls = 0
local function memo(f)
  local cache = {}
  return function(n) local v = cache[n] if v == nil then v = f(n) cache[n] = v end return v end
end
local fib
fib = memo(function(n) calls = calls + 1 if n < 2 then return n end return fib(n - 1) + fib(n - 2) end)
print(fib(30), calls) print(fib(80), calls) print(fib(80), calls)
local slow = memo(function(s) calls = calls + 1 return s:upper():reverse() end)
calls = 0 print(slow("abc"), slow("abc"), slow("xyz"), calls)
local nilcache = memo(function(k) calls = calls + 1 return nil end)
calls = 0 print(nilcache(1), nilcache(1), calls)
local function memo2(f)
  local c = {}
  return function(a, b)
    local r = c[a] if not r then r = {} c[a] = r end if r[b] == nil then r[b] = f(a, b) end
    return r[b]
  end
end
calls = 0
local binom
binom = memo2(function(n, k)
  calls = calls + 1 if k == 0 or k == n then return 1 end
  return binom(n - 1, k - 1) + binom(n - 1, k)
end)
print(binom(20, 10), calls) print(binom(30, 15), calls)
local auto = setmetatable({}, {__index = function(t, k)
  local v = k * k rawset(t, k, v) calls = calls + 1 return v
end})
calls = 0 print(auto[5], auto[5], auto[6], calls, rawget(auto, 7))
local function lazy(f)
  local done, v return function() if not done then done, v = true, f() end return v end
end
local l = lazy(function() calls = calls + 1 return "value" .. calls end)
calls = 0 print(l(), l(), calls)
