-- seed: coroutines/generators — wrap as iterators: ranges, permutations, trees, infinite streams
local function range(a, b, s)
  return coroutine.wrap(function() for i = a, b, s or 1 do coroutine.yield(i) end end)
end
for i in range(1, 3) do print(i) end
local t = {} for i in range(10, 1, -3) do t[#t + 1] = i end print(table.concat(t, " "))
local function permute(a, n)
  n = n or #a
  if n <= 1 then coroutine.yield(a) else for i = 1, n do
    a[n], a[i] = a[i], a[n] permute(a, n - 1) a[n], a[i] = a[i], a[n]
  end end
end
for p in coroutine.wrap(function() permute{"a", "b", "c"} end) do print(table.concat(p)) end
local tree = {{nil, 1, nil}, 2, {{nil, 3, nil}, 4, nil}}
local function walk(n) if n then walk(n[1]) coroutine.yield(n[2]) walk(n[3]) end end
local out = {} for v in coroutine.wrap(function() walk(tree) end) do out[#out + 1] = v end
print(table.concat(out, ","))
local function naturals()
  return coroutine.wrap(function() local n = 1 while true do coroutine.yield(n) n = n + 1 end end)
end
local function filter(p, g)
  return coroutine.wrap(function() for v in g do if p(v) then coroutine.yield(v) end end end)
end
local function take(n, g) return coroutine.wrap(function() for i = 1, n do coroutine.yield(g()) end end) end
local function sieve(g)
  return coroutine.wrap(function()
    while true do local p = g() coroutine.yield(p) g = filter(function(v) return v % p ~= 0 end, g) end
  end)
end
local ns = naturals() ns() local primes = {}
for p in take(15, sieve(ns)) do primes[#primes + 1] = p end print(table.concat(primes, " "))
local function pairsgen(t)
  return coroutine.wrap(function() for k, v in pairs(t) do coroutine.yield(k, v) end end)
end
for k, v in pairsgen{10, 20, x = 1} do print(k, v) end
local fibs = coroutine.wrap(function()
  local a, b = 0, 1 while true do coroutine.yield(a) a, b = b, a + b end
end)
out = {} for i = 1, 15 do out[i] = fibs() end print(table.concat(out, " "))
local ended = range(1, 1) print(ended(), ended(), pcall(ended))
