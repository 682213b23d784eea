-- workload: coroutines — generators, a filter chain, ping-pong and many short lives
local function numbers(n)
  return coroutine.wrap(function()
    for i = 1, n do coroutine.yield(i) end
  end)
end

local function filter(keep, source)
  return coroutine.wrap(function()
    for v in source do
      if keep(v) then coroutine.yield(v) end
    end
  end)
end

local sum = 0
for v in numbers(1800000) do sum = sum + v % 10 end

local chain = numbers(300000)
for _, prime in ipairs{2, 3, 5, 7} do
  chain = filter(function(v) return v % prime ~= 0 end, chain)
end
local kept = 0
for v in chain do kept = kept + v % 1000 end

local ping = coroutine.create(function(n)
  while true do n = coroutine.yield(n + 1) end
end)
local pong = coroutine.create(function(n)
  while true do n = coroutine.yield(n * 2 % 1000003) end
end)
local ball, _ = 1, nil
for _ = 1, 1000000 do
  _, ball = coroutine.resume(ping, ball)
  _, ball = coroutine.resume(pong, ball)
end

local lives = 0
for i = 1, 200000 do
  local co = coroutine.wrap(function(a, b)
    local c = coroutine.yield(a + b)
    return c * 2
  end)
  lives = lives + co(i, 1) + co(i % 3)
end

local function permutations(list, n)
  if n == 0 then
    coroutine.yield(list)
  else
    for i = 1, n do
      list[n], list[i] = list[i], list[n]
      permutations(list, n - 1)
      list[n], list[i] = list[i], list[n]
    end
  end
end
local count, weight = 0, 0
for p in coroutine.wrap(function() permutations({1, 2, 3, 4, 5, 6, 7, 8}, 8) end) do
  count = count + 1
  weight = (weight + p[1] * p[8] * count) % 1000003
end
print("coroutines", sum, kept, ball, lives, count, weight)
