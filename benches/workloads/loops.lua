-- workload: loops — numeric for and while loops over integer and float arithmetic, no calls
local function nested(n)
  local count = 0
  for i = 1, n do
    for j = i, n do
      if (i + j) % 3 == 0 then count = count + 1 end
    end
  end
  return count
end

local function collatz(limit)
  local longest, start = 0, 0
  for first = 1, limit do
    local n, steps = first, 0
    while n ~= 1 do
      if n % 2 == 0 then n = n / 2 else n = 3 * n + 1 end
      steps = steps + 1
    end
    if steps > longest then longest, start = steps, first end
  end
  return longest, start
end

local function series(n)
  local sum, sign = 0, 1
  for i = 1, n do
    sum = sum + sign / (2 * i - 1)
    sign = -sign
  end
  return sum * 4
end

local function descending(n)
  local x = 0
  repeat
    x = x + n % 7 - n % 5
    n = n - 1
  until n == 0
  return x
end

print("loops", nested(4000), collatz(85000), string.format("%.10f", series(6000000)), descending(5000000))
