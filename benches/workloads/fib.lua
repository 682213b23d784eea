-- workload: fib — recursive calls with one argument and small integer arithmetic
local function fib(n)
  if n < 2 then return n end
  return fib(n - 1) + fib(n - 2)
end

local N = 35
print("fib", N, fib(N))
