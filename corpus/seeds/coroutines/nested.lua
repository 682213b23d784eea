-- seed: coroutines/nested — coroutines inside coroutines, yields to the right resumer
local function level(n)
  return coroutine.wrap(function()
    if n > 0 then local inner = level(n - 1) for v in inner do coroutine.yield(n .. v) end end
    coroutine.yield("." .. n)
  end)
end
local out = {} for v in level(3) do out[#out + 1] = v end print(table.concat(out, " "))
local trace = {}
local inner = coroutine.create(function(x)
  trace[#trace + 1] = "i" .. x local y = coroutine.yield("from inner")
  trace[#trace + 1] = "i" .. y return "inner done"
end)
local outer = coroutine.create(function(a)
  trace[#trace + 1] = "o" .. a local _, v = coroutine.resume(inner, a + 1)
  local b = coroutine.yield(v) trace[#trace + 1] = "o" .. b
  return select(2, coroutine.resume(inner, b + 1))
end)
print(coroutine.resume(outer, 1)) print(coroutine.status(inner), coroutine.status(outer))
print(coroutine.resume(outer, 10))
print(coroutine.status(inner), coroutine.status(outer), table.concat(trace, " "))
local a
a = coroutine.create(function()
  local b
  b = coroutine.create(function() return coroutine.status(a), coroutine.status(b), coroutine.resume(a) end)
  return coroutine.resume(b)
end)
print(coroutine.resume(a))
local function depth(n)
  local co = coroutine.create(function(m)
    if m == 0 then return "bottom" end return select(2, depth(m - 1))
  end)
  return coroutine.resume(co, n)
end
print(depth(50))
local ch = {}
for i = 1, 5 do
  ch[i] = coroutine.wrap(function() for k = 1, i do coroutine.yield(i * 10 + k) end return "end " .. i end)
end
for round = 1, 4 do
  local r = {} for i = round > 1 and round or 1, 5 do r[#r + 1] = tostring(ch[i]()) end
  print(round, table.concat(r, " "))
end
local co = coroutine.create(function()
  local me = coroutine.running()
  local c2 = coroutine.wrap(function() return coroutine.running() ~= me, coroutine.status(me) end)
  print(c2()) return coroutine.running() == me
end)
print(coroutine.resume(co))
local pass = coroutine.create(function(c) return coroutine.resume(c, "handed over") end)
print(coroutine.resume(pass, coroutine.create(function(x) return x:upper() end)))
