-- 2.3 Variables: local variables, their scope, and access to them from inner functions.

-- Scope starts after the declaration and lasts to the end of the block.
local x = "outer"
do
  local x = x .. " copied"
  assert(x == "outer copied")
  local x = x .. " twice"
  assert(x == "outer copied twice")
end
assert(x == "outer")

-- The initial values are found before the names are in scope.
local a, b = 1, 2
local a, b = b, a
assert(a == 2 and b == 1)
local f = function() return f end
assert(f() == nil)
local function g() return g end
assert(g() == g)
local h
h = function() return h end
assert(h() == h)

-- Blocks of every kind.
local seen = {}
if true then local y = "then" seen[#seen + 1] = y else local y = "else" seen[#seen + 1] = y end
seen[#seen + 1] = tostring(y)
while true do local y = "while" seen[#seen + 1] = y break end
seen[#seen + 1] = tostring(y)
repeat local y = "repeat" seen[#seen + 1] = y until y == "repeat"
seen[#seen + 1] = tostring(y)
for y = 1, 1 do local y = "for " .. y seen[#seen + 1] = y end
seen[#seen + 1] = tostring(y)
for y in pairs{key = 1} do local y = "in " .. y seen[#seen + 1] = y end
seen[#seen + 1] = tostring(y);
(function(y) local y = "function " .. y seen[#seen + 1] = y end)("p")
seen[#seen + 1] = tostring(y)
print(table.concat(seen, ", "))

-- A local hides a global and an outer local, for inner functions as well.
value = "global"
local read_global = function() return value end
local value = "local"
local read_local = function() return value end
assert(read_global() == "global" and read_local() == "local" and _G.value == "global")
value = "changed"
assert(read_local() == "changed" and read_global() == "global")
_G.value = nil
assert(read_global() == nil)

-- Inner functions read and write locals of enclosing functions.
local function counter(step)
  local count = 0
  return function() count = count + step return count end, function() return count end, function(v) count = v end
end
local up, get, set = counter(2)
local other, other_get = counter(10)
up() up() other()
assert(get() == 4 and other_get() == 10)
set(100)
assert(up() == 102 and other_get() == 10)

-- Through many levels.
local function level1(p1)
  local l1 = p1 .. "1"
  return function(p2)
    local l2 = p2 .. "2"
    return function(p3)
      local l3 = p3 .. "3"
      return function(v)
        l1 = v or l1
        return x, p1, l1, p2, l2, p3, l3
      end
    end
  end
end
local level4 = level1("a")("b")("c")
print(level4())
print(level4("new"))
print(level4())

-- Locals in the same registers one after the other are different variables.
local closures = {}
do local first = 1 closures[1] = function(v) first = v or first return first end end
do local second = 2 closures[2] = function(v) second = v or second return second end end
closures[1](10)
assert(closures[1]() == 10 and closures[2]() == 2)
do local third assert(third == nil) end
for i = 1, 3 do local fresh assert(fresh == nil) fresh = i end
local function again() local first if first then return "dirty" end first = true return "clean" end
assert(again() == "clean" and again() == "clean")

-- Many locals: 200 are the limit of a function.
local function with_locals(n)
  local names = {}
  for i = 1, n do names[i] = "v" .. i end
  return loadstring("local " .. table.concat(names, ", ") .. " = 1, 2, 3 v" .. n .. " = v1 return v" .. n, "=many")
end
for _, n in ipairs{1, 100, 199, 200} do assert(with_locals(n)() == 1) end
print(with_locals(201))
print(loadstring(("local a "):rep(200), "=many") ~= nil)
print(loadstring(("local a "):rep(201), "=many"))
print(loadstring(("do local a end "):rep(500), "=many") ~= nil)
print(loadstring("do " .. ("local a "):rep(200) .. " end local b", "=many") ~= nil)
print(loadstring("do " .. ("local a "):rep(200) .. " local b end", "=many"))
print(loadstring("\n\nfunction f() " .. ("local a "):rep(201) .. " end", "=many"))
print(loadstring("function f(" .. ("a, "):rep(199) .. "a) end", "=many") ~= nil)
print(loadstring("function f(" .. ("a, "):rep(200) .. "a) end", "=many"))
print(loadstring("function f(" .. ("a, "):rep(200) .. "...) end", "=many"))
print(loadstring("for " .. ("a, "):rep(196) .. "a in x do end", "=many") ~= nil)
print(loadstring("for " .. ("a, "):rep(197) .. "a in x do end", "=many"))
print(loadstring(("local a "):rep(197) .. " for i = 1, 2 do end", "=many"))
print(loadstring(("local a "):rep(196) .. " for i = 1, 2 do end", "=many") ~= nil)
print(loadstring(("local a "):rep(200) .. " local function f() end", "=many"))
print(loadstring(("local a "):rep(199) .. " local function f() end", "=many") ~= nil)
