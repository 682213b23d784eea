-- 2.4.4 Control structures: while and repeat, and what break leaves.

-- Conditions: false and nil are false, everything else is true.
local function rounds(make)
  local n = 0
  while make(n) do n = n + 1 if n > 4 then break end end
  return n
end
print(rounds(function() end), rounds(function() return nil end), rounds(function() return false end), rounds(function() return 0 end),
  rounds(function() return "" end), rounds(function() return {} end), rounds(function(n) return n < 2 end))
local function repeated(make)
  local n = 0
  repeat n = n + 1 if n > 4 then break end until make(n)
  return n
end
print(repeated(function() end), repeated(function() return false end), repeated(function() return 0 end), repeated(function() return "" end),
  repeated(function(n) return n == 3 end))

-- Constant conditions.
local log = {}
while false do log[#log + 1] = "never" end
while nil do log[#log + 1] = "never" end
while not true do log[#log + 1] = "never" end
while 1 do log[#log + 1] = "one" break end
while "" do log[#log + 1] = "empty" break end
while true do log[#log + 1] = "true" break end
repeat log[#log + 1] = "until true" until true
repeat log[#log + 1] = "until 0" until 0
repeat log[#log + 1] = "break" break until false
print(table.concat(log, ", "))

-- Conditions of every kind of expression.
local a, b, n = 5, nil, 0
while a > 0 and not b do a = a - 1 b = a == 2 or nil n = n + 1 end
print(a, b, n)
n = 0
while (n < 3) == true do n = n + 1 end
while n ~= 6 or nil do n = n + 1 end
repeat n = n - 1 until not (n > 2) or n == 100
print(n)
local list = {next = {next = {next = nil}}}
local length = 0
while list do list, length = list.next, length + 1 end
print(length)
local function multi() return false, true end
local times = 0
while multi() do times = times + 1 end
while (multi()) do times = times + 1 end
repeat times = times + 1 until (select(2, multi()))
print(times)

-- break leaves the innermost loop only.
local out = {}
for i = 1, 3 do
  local j = 0
  while true do
    j = j + 1
    repeat
      if j % 2 == 0 then break end
      out[#out + 1] = i .. "." .. j
    until true
    if j == 5 then break end
  end
  for _ in pairs{1, 2, 3} do break end
  out[#out + 1] = "|"
end
print(table.concat(out, " "))

-- Nested loops with breaks at each level.
local function search(limit)
  local steps = 0
  local x = 0
  while x < 10 do
    x = x + 1
    local y = 0
    repeat
      y = y + 1
      steps = steps + 1
      if x * y == limit then break end
    until y >= 10
    if x * y == limit then break end
  end
  return x, y, steps
end
print(search(12)) print(search(49)) print(search(1000)) print(search(1))

-- Loops whose body changes the condition's variables, and closures in them.
local functions = {}
local i = 0
while i < 5 do
  i = i + 1
  local captured = i
  functions[i] = function() captured = captured + 1 return captured, i end
end
print(functions[1]()) print(functions[1]()) print(functions[5]())

-- Empty bodies.
local left = 3
local function countdown() left = left - 1 return left > 0 end
while countdown() do end
assert(left == 0)
left = 3
repeat until not countdown()
assert(left == 0)

-- return inside of loops.
local function find(t, v)
  local k = 1
  while t[k] do
    repeat if t[k] == v then return k end until true
    k = k + 1
  end
end
print(find({5, 6, 7}, 6), find({5, 6, 7}, 8), select("#", find({}, 1)))

-- What is no loop.
for _, source in ipairs{"break", "if x then break end", "do break end", "function f() break end", "while x do function f() break end end",
  "while x do local f = function() break end end", "while x do end break", "repeat until break", "while break do end", "while x do break end",
  "while x do break; end", "while x do break x = 1 end", "while x do break break end", "while x do if y then break else break end end",
  "repeat break until x", "repeat local z break until z", "while x do return end", "while x do return break end", "while do end", "while x end",
  "while x then end", "while x do", "while x, y do end", "repeat x until", "repeat until x, y", "repeat x = 1 until x end", "while x = 1 do end"} do
  local loaded, message = loadstring(source, "=c")
  print(source, loaded and "accepted" or message)
end
