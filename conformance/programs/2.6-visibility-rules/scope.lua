-- 2.6 Visibility rules: lexical scope, upvalues shared and separate, closures in loops of every kind.

-- The example of the manual.
x = 10
local out = {}
do
  local x = x
  out[1] = x
  x = x + 1
  do
    local x = x + 1
    out[2] = x
  end
  out[3] = x
end
out[4] = x
print(unpack(out))
x = nil

-- Sharing: every closure over the same variable sees every change, from inside and outside.
local function shared()
  local v = 0
  local function get() return v end
  local function set(n) v = n end
  local function nest() return function() v = v + 1 return v end end
  v = 5
  return get, set, nest(), nest()
end
local get, set, nest1, nest2 = shared()
assert(get() == 5) nest1() nest2() assert(get() == 7) set(1) assert(nest1() == 2 and nest2() == 3 and get() == 3)

-- Loops: a fresh variable each round, of all loops.
local fs = {}
for i = 1, 3 do fs[#fs + 1] = function(d) i = i + (d or 0) return "n" .. i end end
for k, v in ipairs{"a", "b"} do fs[#fs + 1] = function() return k .. v end end
local w = 0
while w < 2 do w = w + 1 local mine = w fs[#fs + 1] = function() return "w" .. mine .. w end end
local r = 0
repeat r = r + 1 local mine = r fs[#fs + 1] = function() return "r" .. mine .. r end until mine >= 2
fs[1](10)
local results = {}
for i, f in ipairs(fs) do results[i] = f() end
print(table.concat(results, " "))

-- Closures made before and after an inner block, and variables of a block entered again.
local getters = {}
for round = 1, 2 do
  local outer = round
  getters[#getters + 1] = function() return outer end
  do
    local inner = outer * 10
    getters[#getters + 1] = function() return outer + inner end
    outer = outer + 100
    inner = inner + 1000
  end
  outer = outer + 100
end
print(getters[1](), getters[2](), getters[3](), getters[4]())

-- Left by break, return and error.
local kept = {}
local function leave(how)
  for i = 1, 3 do
    local v = how .. i
    kept[how] = function(n) v = n or v return v end
    if how == "break" then break end
    if how == "return" then return end
    if how == "error" then error("left") end
  end
end
for _, how in ipairs{"break", "return", "error", "end"} do pcall(leave, how) end
print(kept["break"](), kept["return"](), kept["error"](), kept["end"]())
kept["error"]("changed")
print(kept["error"](), kept["return"]())

-- Upvalues of a coroutine's function are the same variables.
local n = 0
local co = coroutine.wrap(function() while true do n = n + 1 coroutine.yield(function() n = n + 10 return n end) end end)
local f1 = co()
local f2 = co()
assert(n == 2) f1() f2() assert(n == 22 and f1() == 32)
local inside
local co2 = coroutine.wrap(function() local v = 1 inside = function() v = v + 1 return v end coroutine.yield(v) coroutine.yield(v) end)
assert(co2() == 1 and inside() == 2 and inside() == 3 and co2() == 3)

-- Parameters, loop variables and local functions as upvalues.
local function param(p, ...) local extra = ... return function(q) p = q or p return p, extra end end
local pf = param(1, 2)
print(pf()) print(pf(9)) print(param(1)())
local function fib(k) return k < 2 and k or fib(k - 1) + fib(k - 2) end
local fib2 = fib
fib = function() return "replaced" end
print(fib2(0), fib2(1), (select(2, pcall(fib2, 5)):gsub("^.-%.lua:%d+: ", "")))
local function even(k) if k == 0 then return true end return odd(k - 1) end
local function odd(k) if k == 0 then return false end return even(k - 1) end
print((select(2, pcall(even, 1)):gsub("^.-%.lua:%d+: ", "")), odd(0))

-- The same name at many levels.
local function levels()
  local v = 1
  local function a()
    local b = v
    local v = 2
    local function c()
      local d = v
      local v = 3
      return function() v = v + 1 return b, d, v end
    end
    v = v + 10
    return c
  end
  v = v + 100
  return a
end
print(levels()()()())

-- Upvalues of upvalues: changed at one level, seen at all.
local function deep()
  local v = "start"
  return function(x) return function(y) return function(z) v = z or v return v, x, y end end end, function() return v end
end
local make, see = deep()
local bottom = make("x")("y")
print(bottom()) print(bottom("changed")) print(see(), (make(1)(2)()))

-- Many closures over one variable, and many variables of one closure, across collections.
local function crowd()
  local total = 0
  local list = {}
  for i = 1, 200 do list[i] = function() total = total + i return total end end
  return list, function() return total end
end
local list, total = crowd()
for i = 1, 200 do list[i]() if i % 50 == 0 then collectgarbage() end end
assert(total() == 20100)

-- A variable declared twice in a block: the closures keep theirs.
local d = 1
local d1 = function() return d end
local d = 2
local d2 = function() return d end
local d = d + 1
print(d1(), d2(), d)
-- A global and a local of the same name.
y = "global"
local gy = function() return y end
local y = "local"
print(gy(), y, (function() return y end)())
_G.y = nil
print(gy())
