-- 2.11 Coroutines: creation, values in both directions, status through a life, wrap, errors, and what may not be resumed.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(unpack(out))
end

-- The example of the manual.
local function foo(a) print("foo", a) return coroutine.yield(2 * a) end
local co = coroutine.create(function(a, b)
  print("co-body", a, b)
  local r = foo(a + 1)
  print("co-body", r)
  local r, s = coroutine.yield(a + b, a - b)
  print("co-body", r, s)
  return b, "end"
end)
print("main", coroutine.resume(co, 1, 10))
print("main", coroutine.resume(co, "r"))
print("main", coroutine.resume(co, "x", "y"))
print("main", coroutine.resume(co, "x", "y"))

-- Numbers of values, none and many, nil among them.
local echo = coroutine.create(function(...) local n, r = select("#", ...), {...} while true do r = {coroutine.yield(n, unpack(r, 1, n))} n = #r end end)
show(coroutine.resume(echo)) show(coroutine.resume(echo, 1)) show(coroutine.resume(echo, 1, 2, 3)) show(coroutine.resume(echo))
local counter = coroutine.wrap(function(...) while true do coroutine.yield(select("#", ...), select("#", coroutine.yield())) end end)
show(counter(nil, nil)) show(counter()) show(counter(nil, nil, nil))
local big = {}
for i = 1, 3000 do big[i] = i end
local through = coroutine.wrap(function(...) local t = {...} while true do t = {coroutine.yield(unpack(t))} end end)
print(select("#", through(unpack(big))), select("#", through(unpack(big, 1, 10))), select("#", through()))

-- Status: suspended, running, normal, dead.
local outer, inner
outer = coroutine.create(function()
  inner = coroutine.create(function() print("inside inner", coroutine.status(outer), coroutine.status(inner), coroutine.running() == inner) coroutine.yield() end)
  print("before", coroutine.status(outer), coroutine.status(inner))
  coroutine.resume(inner)
  print("after", coroutine.status(outer), coroutine.status(inner))
  coroutine.resume(inner)
  print("finished", coroutine.status(inner))
end)
print(coroutine.status(outer), coroutine.running())
coroutine.resume(outer)
print(coroutine.status(outer))
local failed = coroutine.create(function() error("x", 0) end)
show(coroutine.resume(failed)) show(coroutine.status(failed)) show(coroutine.resume(failed))

-- What cannot be resumed.
show(coroutine.resume(co)) show(coroutine.resume(outer)) show(pcall(coroutine.wrap(function() return coroutine.resume(coroutine.running()) end)))
local self = coroutine.wrap(function() return 1 end)
self()
show(pcall(self))
local recursive
recursive = coroutine.wrap(function() return recursive() end)
show(pcall(recursive))
local one, two
one = coroutine.create(function() return coroutine.resume(two) end)
two = coroutine.create(function() return coroutine.resume(one) end)
show(coroutine.resume(one))

-- yield: not outside of a coroutine, and not across a C call.
show(pcall(coroutine.yield)) show(pcall(coroutine.yield, 1, 2))
local function across(f) local c = coroutine.create(f) show(coroutine.resume(c)) return c end
across(function() return pcall(coroutine.yield, 1) end) across(function() return pcall(function() coroutine.yield() end) end) across(function() return xpcall(coroutine.yield, print) end)
across(function() return (("x"):gsub("x", coroutine.yield)) end) across(function() table.sort({1, 2, 3}, coroutine.yield) end) across(function() return loadstring("coroutine.yield('in a chunk')")() end)
across(function() local t = setmetatable({}, {__index = function() return coroutine.yield() end}) return t.x end) across(function() local t = setmetatable({}, {__add = function() coroutine.yield() end}) return t + 1 end)
across(function() return setmetatable({}, {__call = function(_, v) return coroutine.yield(v) end})("through __call") end) across(function() for v in coroutine.yield do end end) across(function() for v in function() return coroutine.yield("iterator") end do end end)
across(function() return tostring(setmetatable({}, {__tostring = function() coroutine.yield() end})) end) across(function() table.foreach({1}, function() coroutine.yield() end) end)
across(function() return load(coroutine.yield) end) across(function() return select(2, xpcall(error, coroutine.yield)) end) across(function() return unpack({coroutine.yield("constructor")}) end) across(function() return coroutine.yield("tail") end)

-- Errors inside: the resume gives them, the coroutine is dead, others go on.
local function failing(f) local c = coroutine.create(f) show(coroutine.resume(c)) show(coroutine.status(c)) end
failing(function() error("message") end) failing(function() error({}) end) failing(function() error() end) failing(function() local x = nil + 1 end) failing(function() coroutine.wrap(function() error("nested", 0) end)() end)
failing(function() local ok, m = pcall(error, "caught") coroutine.yield(m) end)
show(pcall(coroutine.wrap(function() error("through wrap") end))) show(pcall(coroutine.wrap(function() error({}) end))) show(pcall(coroutine.wrap(function() error("level 2", 2) end)))
local generator = coroutine.wrap(function() coroutine.yield(1) error("later") end)
show(generator()) show(pcall(generator)) show(pcall(generator))

-- Iterators, permutations, producers: typical uses.
local function permutations(t, n)
  n = n or #t
  if n <= 1 then coroutine.yield(table.concat(t)) else
    for i = 1, n do t[n], t[i] = t[i], t[n] permutations(t, n - 1) t[n], t[i] = t[i], t[n] end
  end
end
local all = {}
for p in coroutine.wrap(function() permutations{"a", "b", "c"} end) do all[#all + 1] = p end
print(table.concat(all, " "))
local function range(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i) end end) end
local function filter(f, g) return coroutine.wrap(function() for v in g do if f(v) then coroutine.yield(v) end end end) end
local function take(n, g) local out = {} for v in g do out[#out + 1] = v if #out == n then break end end return table.concat(out, " ") end
local function sieve(g) return coroutine.wrap(function() while true do local p = g() if not p then return end coroutine.yield(p) g = filter(function(v) return v % p ~= 0 end, g) end end) end
local numbers = range(100)
numbers()
print(take(15, sieve(numbers)))

-- Deep stacks inside, many coroutines alive at once, and one that is never finished.
local deep = coroutine.wrap(function() local function down(n) if n == 0 then coroutine.yield("bottom") return 0 end return 1 + down(n - 1) end return down(5000) end)
print(deep(), deep())
local alive = {}
for i = 1, 1000 do alive[i] = coroutine.wrap(function(a) local sum = a while true do sum = sum + coroutine.yield(sum) end end) alive[i](i) end
local total = 0
for round = 1, 3 do for i = 1, 1000 do total = total + alive[i](round) end end
print(total)
