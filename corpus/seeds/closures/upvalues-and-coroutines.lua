-- seed: closures/upvalues-and-coroutines — upvalues of suspended coroutines seen from outside and from other coroutines
local log = {}
local function maker()
  local x = 0
  local co = coroutine.wrap(function() while true do x = x + 1 log[#log + 1] = x coroutine.yield(x) end end)
  return co, function() return x end, function(v) x = v end
end
local co, get, set = maker()
print(co(), get()) set(10) print(co(), get()) print(co(), table.concat(log, " "))
local outer = "o"
local c1 = coroutine.wrap(function() for i = 1, 3 do outer = outer .. i coroutine.yield(outer) end end)
print(c1(), outer) outer = "reset" print(c1(), outer) print(c1())
local gets = {}
local c2 = coroutine.create(function(...)
  local a, b = ...
  gets[1] = function() return a, b end
  a = coroutine.yield() b = coroutine.yield()
  return a, b
end)
print(coroutine.resume(c2, 1, 2)) print(gets[1]()) coroutine.resume(c2, "A")
print(gets[1]()) print(coroutine.resume(c2, "B")) print(gets[1]())
local function share()
  local n = 0
  local function body(name, by)
    return coroutine.wrap(function() while true do n = n + by coroutine.yield(name .. n) end end)
  end
  return body("a", 1), body("b", 10)
end
local a, b = share()
print(a(), b(), a(), b(), a())
local inner
local c3 = coroutine.wrap(function()
  local v = 1
  inner = coroutine.wrap(function() while true do v = v * 2 coroutine.yield(v) end end)
  coroutine.yield(inner())
  v = v + 0.5
  coroutine.yield(inner())
end)
print(c3(), inner(), c3(), inner())
