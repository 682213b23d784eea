-- seed: math/number-theory — gcd, primes, powers modulo, perfect numbers, collatz, bases with floats
local function gcd(a, b) while b ~= 0 do a, b = b, a % b end return a end
print(gcd(48, 18), gcd(17, 5), gcd(0, 5), gcd(1071, 462), gcd(2 ^ 40, 2 ^ 35))
local function isprime(n)
  if n < 2 then return false end
  for i = 2, math.sqrt(n) do if n % i == 0 then return false end end return true
end
local p = {} for i = 1, 60 do if isprime(i) then p[#p + 1] = i end end
print(table.concat(p, " "))
local function powmod(b, e, m)
  local r = 1 b = b % m
  while e > 0 do if e % 2 == 1 then r = r * b % m end b = b * b % m e = math.floor(e / 2) end
  return r
end
print(powmod(2, 10, 1000), powmod(3, 200, 13), powmod(7, 560, 561), powmod(2, 1e6, 1000003))
local function factor(n)
  local f = {} local d = 2
  while n > 1 do
    while n % d == 0 do f[#f + 1] = d n = n / d end d = d + 1
    if d * d > n and n > 1 then f[#f + 1] = n break end
  end
  return table.concat(f, "*")
end
for _, n in ipairs{2, 12, 97, 360, 1001, 65535, 123456, 999999} do print(n, factor(n)) end
for n = 1, 500 do
  local s = 0 for d = 1, n - 1 do if n % d == 0 then s = s + d end end
  if s == n then print("perfect", n) end
end
local function collatz(n)
  local c = 0 while n ~= 1 do n = n % 2 == 0 and n / 2 or 3 * n + 1 c = c + 1 end return c
end
print(collatz(27), collatz(97), collatz(871), collatz(1))
local function digits(n, b) local s = 0 while n > 0 do s = s + n % b n = math.floor(n / b) end return s end
print(digits(12345, 10), digits(255, 2), digits(2 ^ 50, 10), digits(0, 10))
local function fib(n) local a, b = 0, 1 for i = 1, n do a, b = b, a + b end return a end
print(fib(10), fib(50), string.format("%.0f", fib(78)), fib(100)) local pi = 0
for i = 0, 2000 do pi = pi + (i % 2 == 0 and 1 or -1) / (2 * i + 1) end
print(string.format("%.12f", pi * 4)) local e, f = 1, 1
for i = 1, 20 do f = f * i e = e + 1 / f end print(string.format("%.15f", e))
local function sqrt(n) local x = n for i = 1, 60 do x = (x + n / x) / 2 end return x end
print(sqrt(2), sqrt(144), sqrt(1e10), sqrt(2) == math.sqrt(2))
local function binom(n, k) local r = 1 for i = 1, k do r = r * (n - i + 1) / i end return r end
for n = 0, 8 do
  local row = {} for k = 0, n do row[#row + 1] = binom(n, k) end
  print(table.concat(row, " "))
end
local function bits(n) local s = "" repeat s = n % 2 .. s n = math.floor(n / 2) until n == 0 return s end
print(bits(10), bits(255), bits(1024), bits(0))
local function bxor(a, b)
  local r, p = 0, 1
  while a > 0 or b > 0 do
    if a % 2 ~= b % 2 then r = r + p end
    a, b, p = math.floor(a / 2), math.floor(b / 2), p * 2
  end
  return r
end
print(bxor(12, 10), bxor(255, 170), bxor(2 ^ 31, 2 ^ 31 - 1))
