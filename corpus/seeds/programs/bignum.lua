-- seed: programs/bignum — big integers in base 1e7 with metamethods: factorials, Fibonacci, powers, division, square roots
local Big = {} Big.__index = Big
local BASE, WIDTH = 1e7, 7
local function trim(t) while #t > 1 and t[#t] == 0 do t[#t] = nil end if #t == 1 and t[1] == 0 then t.sign = 1 end return t end
local function new(x)
  if getmetatable(x) == Big then return x end
  local s = type(x) == "number" and ("%.0f"):format(x) or tostring(x)
  local sign, digits = s:match("^([+-]?)(%d+)$")
  if not digits then error("not an integer: " .. s, 2) end
  local t = setmetatable({sign = sign == "-" and -1 or 1}, Big)
  for i = #digits, 1, -WIDTH do t[#t + 1] = tonumber(digits:sub(math.max(1, i - WIDTH + 1), i)) end
  return trim(t)
end
local function compare(a, b)
  if #a ~= #b then return #a < #b and -1 or 1 end
  for i = #a, 1, -1 do if a[i] ~= b[i] then return a[i] < b[i] and -1 or 1 end end
  return 0
end
local function add(a, b, sign)
  local r, carry = setmetatable({sign = sign}, Big), 0
  for i = 1, math.max(#a, #b) do
    local s = (a[i] or 0) + (b[i] or 0) + carry
    carry = s >= BASE and 1 or 0
    r[i] = s - carry * BASE
  end
  if carry > 0 then r[#r + 1] = carry end
  return r
end
local function sub(a, b, sign)
  local r, borrow = setmetatable({sign = sign}, Big), 0
  for i = 1, #a do
    local d = a[i] - (b[i] or 0) - borrow
    borrow = d < 0 and 1 or 0
    r[i] = d + borrow * BASE
  end
  return trim(r)
end
function Big.__add(a, b)
  a, b = new(a), new(b)
  if a.sign == b.sign then return add(a, b, a.sign) end
  local c = compare(a, b)
  if c == 0 then return new(0) elseif c > 0 then return sub(a, b, a.sign) else return sub(b, a, b.sign) end
end
function Big.__unm(a) local r = setmetatable({sign = -a.sign, unpack(a)}, Big) return trim(r) end
function Big.__sub(a, b) return new(a) + -new(b) end
function Big.__mul(a, b)
  a, b = new(a), new(b)
  local r = setmetatable({sign = a.sign * b.sign}, Big)
  for i = 1, #a + #b do r[i] = 0 end
  for i = 1, #a do
    local carry = 0
    for j = 1, #b do
      local v = r[i + j - 1] + a[i] * b[j] + carry
      carry = math.floor(v / BASE)
      r[i + j - 1] = v % BASE
    end
    r[i + #b] = r[i + #b] + carry
  end
  return trim(r)
end
local function divmod(a, b)
  a, b = new(a), new(b)
  if #b == 1 and b[1] == 0 then error("division by zero", 3) end
  local q, r = setmetatable({sign = a.sign * b.sign}, Big), new(0)
  local divisor = b.sign == 1 and b or -b
  for i = #a, 1, -1 do
    table.insert(r, 1, a[i]) trim(r)
    local low, high = 0, BASE - 1
    while low < high do
      local middle = math.ceil((low + high) / 2)
      if compare(divisor * middle, r) <= 0 then low = middle else high = middle - 1 end
    end
    q[i] = low
    r = r - divisor * low
  end
  if a.sign < 0 then r = -r end
  return trim(q), r
end
function Big.__div(a, b) return (divmod(a, b)) end
function Big.__mod(a, b) return (select(2, divmod(a, b))) end
function Big.__pow(a, n)
  local r, base = new(1), new(a)
  while n > 0 do
    if n % 2 == 1 then r = r * base end
    base, n = base * base, math.floor(n / 2)
  end
  return r
end
function Big.__eq(a, b) return a.sign == b.sign and compare(a, b) == 0 end
function Big.__lt(a, b)
  a, b = new(a), new(b)
  if a.sign ~= b.sign then return a.sign < b.sign end
  return compare(a, b) * a.sign < 0
end
function Big.__le(a, b) return not (new(b) < new(a)) end
function Big.__tostring(a)
  local t = {a.sign < 0 and "-" or "", ("%d"):format(a[#a])}
  for i = #a - 1, 1, -1 do t[#t + 1] = ("%07d"):format(a[i]) end
  return table.concat(t)
end
function Big.__concat(a, b) return tostring(a) .. tostring(b) end
local f = new(1)
for i = 2, 40 do f = f * i if i % 10 == 0 then print(i .. "! = " .. f) end end
local a, b = new(0), new(1)
for _ = 1, 150 do a, b = b, a + b end
print("fib 150", a)
print(new(2) ^ 200, new(-3) ^ 33, new("123456789012345678901234567890") * "-987654321")
print(new("1000000000000000000000") / 7, new("1000000000000000000000") % 7, new(-100) / 7, new(-100) % 7)
print(new(5) - 12, 12 - new(5), -new(0), new("-0"), new("0007"))
print(new(5) < new(7), new(-5) < new(3), new(5) <= new(5), new(10) == new("10"), new(10) == 10, new("99999999999999999999") > new(1))
print(pcall(function() return new(1) / 0 end))
print(pcall(new, "12x"))
print(pcall(new, 1.5e300))
print(pcall(function() return new(-5) < 3 end))
local function isqrt(n)
  n = new(n)
  local x = n
  while true do
    local y = (x + n / x) / 2
    if x <= y then return x end
    x = y
  end
end
print(isqrt("1000000000000000000000000"), isqrt(2 ^ 50), isqrt("152415787532388367501905199875019052100"))
