-- 2.4.7 Local declarations: adjustment as in assignments, nil by default, and their scope.

local function three() return 1, 2, 3 end
local function none() end

do local a assert(a == nil) end
do local a, b, c assert(a == nil and b == nil and c == nil) end
do local a, b, c = 1 print(a, b, c) end
do local a, b, c = 1, 2, 3, 4 print(a, b, c) end
do local a, b, c = three() print(a, b, c) end
do local a, b, c, d, e = 0, three() print(a, b, c, d, e) end
do local a, b, c, d = three(), three() print(a, b, c, d) end
do local a, b, c = (three()) print(a, b, c) end
do local a, b, c = three(), nil print(a, b, c) end
do local a, b = none() print(a, b) end
do local a, b = none(), 1 print(a, b) end
do local a, b = (none()) print(a, b) end
do local a = three() print(a) end
do local a, b, c = ... print(a == nil, b == nil, c == nil) end
do local function v(...) local a, b = ... local c, d, e = 0, ... return a, b, c, d, e end print(v()) print(v(1)) print(v(1, 2, 3)) end
do local a, a, b = 1, 2, 3 print(a, b) end

-- nil after nil in the same block, after registers were used.
local function registers()
  local dirty = {three(), three(), "x"}
  do local x, y, z = 7, 8, 9 end
  local p, q, r
  return p, q, r
end
print(registers())
local function loop()
  local out = {}
  for i = 1, 3 do
    local fresh
    out[i] = tostring(fresh)
    fresh = i
  end
  return table.concat(out, " ")
end
print(loop())
local function repeated()
  local n = 0
  repeat local v n = n + 1 local old = v v = n until n == 3 or old
  return n
end
print(repeated())

-- The declaration is in scope after itself only.
local x = 1
do local x = x + 1 local y = x assert(y == 2) end
do local x, y = x, x assert(x == 1 and y == 1) end
local x = function() return x end
assert(x() == 1)
local recursive
recursive = function(n) return n == 0 and "end" or recursive(n - 1) end
assert(recursive(5) == "end")
local function fact(n) return n < 2 and 1 or n * fact(n - 1) end
assert(fact(10) == 3628800)
local broken = function(n) return n == 0 and "end" or broken(n - 1) end
print(pcall(broken, 0), (select(2, pcall(broken, 1)):gsub("^.-%.lua:%d+: ", "")))

-- Declarations with every kind of value.
local v1, v2, v3, v4, v5, v6, v7 = nil, true, 1.5, "s", {1}, print, function() return "f" end
print(v1, v2, v3, v4, v5[1], v6 == print, v7())
local e1, e2, e3, e4, e5 = 1 + 2, not nil, #"abc", "a" .. 1 .. "b", 1 < 2 and 3 or 4
print(e1, e2, e3, e4, e5)
local c1, c2 = 1 == 1, (2 > 3)
print(c1, c2)
local t1, t2 = {1, 2, three()}, {three(), n = 1}
print(#t1, #t2)

-- More than 255 constants, and long chains of locals.
local lines = {}
for i = 1, 600 do lines[i] = ("do local c%d, d%d = %d.5, 'k%d' s = s + c%d n = n + #d%d end"):format(i, i, i, i, i, i) end
s, n = 0, 0
loadstring(table.concat(lines, "\n"))()
print(s, n)
s, n = nil, nil

for _, source in ipairs{"local", "local a", "local a,", "local a, b", "local a b", "local a =", "local a = 1,", "local a = ,", "local = 1", "local a == 1", "local 1", "local 'a'",
  "local a.b", "local a[1]", "local a:b", "local (a)", "local ...", "local a, ... = 1", "local nil", "local end", "local a = 1 2", "local a = 1; local b", "local a;", "local a;;",
  "local function", "local function f", "local function f(", "local function f()", "local function f() end", "local function f.g() end", "local function f:g() end",
  "local function (a) end", "local function f(a,) end", "local function f(a b) end", "local function f(...) end", "local function f(..., a) end", "local function f(1) end",
  "local function f(a, a) end", "local function f f() end", "local local a", "local a local b", "local a = local b", "local a, b = 1, 2, 3", "local a <const> = 1"} do
  local loaded, message = loadstring(source, "=c")
  print(source, loaded and "accepted" or message)
end
