-- seed: coroutines/many-values — long lists through resume and yield, varargs, deep stacks in coroutines
local function echo(...)
  while true do if select("#", ...) == 0 then return "done" end return echo(coroutine.yield(...)) end
end
local co = coroutine.create(echo) print(coroutine.resume(co, 1, 2, 3))
print(coroutine.resume(co, nil)) print(coroutine.resume(co, "a", nil, "c", nil))
print(coroutine.resume(co))
local big = {} for i = 1, 200 do big[i] = i end
local c2 = coroutine.create(function(...)
  local n = select("#", ...) local m = select("#", coroutine.yield(n, ...))
  return m, (select(m, ...))
end)
print(select("#", coroutine.resume(c2, unpack(big))))
print(coroutine.resume(c2, unpack(big, 1, 150)))
local rec = coroutine.wrap(function()
  local function down(n) if n == 0 then coroutine.yield("bottom") return 0 end return 1 + down(n - 1) end
  return down(5000)
end)
print(rec()) print(rec())
local walk = coroutine.wrap(function()
  local function go(n) if n > 0 then go(n - 1) coroutine.yield(n) go(n - 1) end end go(6)
end)
local s, k = 0, 0 for v in walk do s, k = s + v, k + 1 end print(s, k)
print(coroutine.resume(coroutine.create(function(...) return unpack({...}, 1, select("#", ...)) end), nil, 2, nil))
print(select("#", coroutine.resume(coroutine.create(function() return unpack({}, 1, 250) end))))
local cs = {}
for i = 1, 300 do
  cs[i] = coroutine.create(function(a) local b = coroutine.yield(a + i) return a + b + i end)
end
local t1, t2 = 0, 0 for i = 1, 300 do t1 = t1 + select(2, coroutine.resume(cs[i], 1)) end
for i = 300, 1, -1 do t2 = t2 + select(2, coroutine.resume(cs[i], 2)) end print(t1, t2)
print(pcall(function() return coroutine.wrap(function() return unpack({}, 1, 1e7) end)() end))
local e = coroutine.create(function() return unpack({}, 1, 7900) end)
print(select("#", coroutine.resume(e)))
local x = coroutine.wrap(function(...)
  local a, b = ... repeat a, b = coroutine.yield(b, a) until a == nil return "end", b
end)
print(x(1, 2)) print(x(3, 4)) print(x(nil, 5))
