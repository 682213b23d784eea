-- 2.4.2 Blocks: explicit blocks bound the scope of locals, and allow a return or break in the middle.

-- A return in the middle.
local log = {}
local function early(flag)
  log[#log + 1] = "before"
  do if flag then return "early" end end
  log[#log + 1] = "after"
  do return "late" end
  log[#log + 1] = "never"
end
assert(early(true) == "early" and early(false) == "late")
print(table.concat(log, " "))

-- A break in the middle.
local count = 0
while true do
  count = count + 1
  do if count == 3 then do break end end end
  count = count + 0
end
assert(count == 3)

-- Each block has its own variables, and inner ones hide outer ones.
local x = 1
do
  local x = 2
  do local x = 3 assert(x == 3) end
  assert(x == 2)
  x = 20
  assert(x == 20)
end
assert(x == 1)
do x = 10 end
assert(x == 10)

-- The value of a variable whose scope was left stays with the closures that use it.
local getters = {}
do local shared = 0 getters.inc = function() shared = shared + 1 return shared end getters.get = function() return shared end end
do local other = 99 getters.other = function() return other end end
getters.inc() getters.inc()
assert(getters.get() == 2 and getters.other() == 99)

-- Blocks left by break and return close their variables.
local kept = {}
for i = 1, 5 do
  local v = i * 10
  kept[i] = function(n) if n then v = n end return v end
  if i == 3 then break end
end
kept[1](1)
print(kept[1](), kept[2](), kept[3](), kept[4])
local function leave()
  do local a = 1
    do local b = 2
      while true do local c = 3
        do local d = 4 return function() a, b, c, d = d, a, b, c return a, b, c, d end end
      end
    end
  end
end
local rotate = leave()
print(rotate()) print(rotate())
print(leave()())

-- repeat: the condition sees the locals of the block, and closures keep each round's.
local rounds = {}
local i = 0
repeat
  i = i + 1
  local mine = i
  rounds[i] = function() return mine end
until mine >= 3
print(rounds[1](), rounds[2](), rounds[3]())
local k = 0
repeat local done = k == 2 k = k + 1 local hold = function() return done end until hold()
assert(k == 3)
repeat local z = 1 if z then break end until z
local n = 0
repeat local stop = true n = n + 1 do local stop = false assert(not stop) end until stop
assert(n == 1)

-- Deep nesting, up to the compiler's bound. In a coroutine, whose count of levels starts anew.
local function depth(opening, closing, levels)
  local f, message = loadstring(opening:rep(levels) .. closing:rep(levels), "=d")
  return f and "fine" or message
end
local probe = coroutine.wrap(function()
  for _, pair in ipairs{{"do ", "end "}, {"while x do ", "end "}, {"repeat ", "until x "}, {"if x then ", "end "},
    {"for i = 1, 0 do ", "end "}, {"function f() ", "end "}, {"if x then else ", "end "}, {"for k in x do ", "end "}} do
    for _, levels in ipairs{10, 150, 190, 250, 1000} do print(pair[1], levels, depth(pair[1], pair[2], levels)) end
  end
end)
probe()

-- Many blocks one after the other cost nothing.
local text = {}
for b = 1, 2000 do text[b] = "do local a, b, c = " .. b .. " s = s + a end" end
s = 0
loadstring(table.concat(text, "\n"))()
assert(s == 2001000)
s = nil
