-- 2.4.3 Assignment: multiple assignment, adjustment of lists, evaluation before assignment.

-- All expressions are evaluated before the assignment is performed.
local i, a = 3, {}
i, a[i] = i + 1, 20
assert(i == 4 and a[3] == 20 and a[4] == nil)
local x, y, z = 1, 2, 3
x, y, z = y, z, x
assert(x == 2 and y == 3 and z == 1)
x, y = y, x
assert(x == 3 and y == 2)
local t = {1, 2, 3}
t[1], t[2], t[3] = t[3], t[1], t[2]
assert(t[1] == 3 and t[2] == 1 and t[3] == 2)
local p, q = 1, {}
p, q[p], q[p + 1] = q, p, "two"
assert(p == q and q[1] == 1 and q[2] == "two")
local r = {name = "r"}
r.next, r = {name = "s"}, nil
assert(r == nil)
local s = {}
s.a, s.b, s = 1, 2, s
assert(s.a == 1 and s.b == 2)

-- Adjustment: missing values are nil, extra ones are dropped but evaluated.
local calls = {}
local function note(v) calls[#calls + 1] = tostring(v) return v end
local function three() return 1, 2, 3 end
local function none() end
local a1, a2, a3, a4
a1, a2, a3, a4 = 9
print(a1, a2, a3, a4)
a1, a2 = note(1), note(2), note(3), note(4)
print(a1, a2, table.concat(calls, " "))
a1, a2, a3, a4 = three()
print(a1, a2, a3, a4)
a1, a2, a3, a4 = 0, three()
print(a1, a2, a3, a4)
a1, a2, a3, a4 = three(), 10
print(a1, a2, a3, a4)
a1, a2, a3, a4 = (three())
print(a1, a2, a3, a4)
a1, a2, a3, a4 = three(), three()
print(a1, a2, a3, a4)
a1, a2 = 1, three(), 5
print(a1, a2)
a1, a2 = none()
print(a1, a2)
a1, a2 = none(), 7
print(a1, a2)
a1 = three()
print(a1)
local function varargs(...)
  local b1, b2, b3 = ...
  b3, b2, b1 = 0, ...
  return b1, b2, b3
end
print(varargs()) print(varargs(1)) print(varargs(1, 2, 3))

-- Assigned from the last to the first in the reference: the first of two to the same place wins.
local same
same, same = 1, 2
local field = {}
field.x, field.x, field.x = 1, 2, 3
print(same, field.x)
local order = {}
local watched = setmetatable({}, {__newindex = function(_, k, v) order[#order + 1] = k .. "=" .. tostring(v) end})
watched.a, watched.b, watched.c = 1, 2
watched.d, same, watched.e = three()
g1, watched.f, g1 = 1, 2, 3
print(table.concat(order, " "), g1)
g1 = nil

-- The order in which tables, keys and values are evaluated.
calls = {}
local holder = {}
local function get(name) calls[#calls + 1] = name return holder end
local function key(name) calls[#calls + 1] = name return name end
get("t1")[key("k1")], get("t2")[key("k2")] = note("v1"), note("v2")
print(table.concat(calls, " "))

-- Metamethods of assignment: settable_event for fields, the environment's for globals.
local environment = setmetatable({}, {__newindex = function(e, k, v) rawset(e, k, v == nil and "none" or v * 2) end})
local chunk = setfenv(loadstring("u, v, w = 1, 2 u = 5 return u, v, w"), environment)
print(chunk())

-- To what can be assigned, and to what not.
for _, source in ipairs{"a = 1", "a.b = 1", "a[1] = 1", "a.b.c[d].e = 1", "f().x = 1", "f()[1] = 1", "a:m().x = 1", "(a).b = 1", "(f()).x = 1",
  "('s').x = 1", "f{}.x = 1", "f's'.x = 1", "f() = 1", "(a) = 1", "(a.b) = 1", "1 = 1", "'s' = 1", "{} = 1", "{}.x = 1", "nil = 1",
  "a + b = 1", "-a = 1", "not a = 1", "... = 1", "a:m() = 1", "a:m = 1", "a, f() = 1", "f(), a = 1", "a, (b) = 1", "a, b.c = 1",
  "a, b() .c = 1", "a b = 1", "a, = 1", ", a = 1", "a, 1 = 1", "a = ", "a = 1,", "a = ,1", "a = b = 1", "a == 1", "a =! 1", "local a.b = 1",
  "local a[1] = 1", "local 1 = 1", "local (a) = 1", "a.1 = 1", "a.'b' = 1", "a. b = 1", "a .b = 1", "a[] = 1", "a[1, 2] = 1", "function() end = 1"} do
  local loaded, message = loadstring(source, "=a")
  print(source, loaded and "accepted" or message)
end

-- Very long lists on both sides. In a coroutine, whose count of levels starts anew.
coroutine.wrap(function()
  for _, n in ipairs{10, 100, 150, 190, 198, 205, 300} do
    local names, values = {}, {}
    for v = 1, n do names[v], values[v] = "x" .. v, tostring(v) end
    local loaded, message = loadstring(table.concat(names, ",") .. "=" .. table.concat(values, ","), "=a")
    print(n, loaded and "accepted" or message)
  end
end)()
for _, n in ipairs{100, 200, 240, 248, 255, 300} do
  local loaded, message = loadstring("a = " .. ("1, "):rep(n) .. "2", "=a")
  print(n, loaded and "accepted" or message)
end

-- Errors while assigning leave what came before.
local target = {}
local ok, message = pcall(function() target.ok, none.bad, target.also = 1, 2, 3 end)
print(ok, (message:gsub("^.-%.lua:%d+: ", "")), target.ok, target.also)
