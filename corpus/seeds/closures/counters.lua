-- seed: closures/counters — independent counters, shared and separate upvalues
local function counter(start, step)
  local n = start or 0
  step = step or 1
  return function() n = n + step return n end, function() return n end, function(v) n = v end
end
local a, geta, seta = counter()
local b, getb = counter(100, -10)
print(a(), a(), a(), b(), b(), geta(), getb())
seta(50) print(a(), geta(), getb())
local fs = {}
for i = 1, 3 do fs[i] = {counter(i * 10)} end
for i = 1, 3 do fs[i][1]() end
print(fs[1][2](), fs[2][2](), fs[3][2]())
local shared = 0
local function inc() shared = shared + 1 end
local function dec() shared = shared - 1 end
inc() inc() dec() print(shared)
shared = 10 inc() print(shared)
local function pair() local x, y = 1, 2 return function() x, y = y, x return x, y end end
local p = pair() print(p()) print(p())
local function nest() local n = 0 return function() return function() n = n + 1 return n end end end
local m = nest() local m1, m2 = m(), m()
print(m1(), m2(), m1(), m2())
