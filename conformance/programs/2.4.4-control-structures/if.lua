-- 2.4.4 Control structures: if, elseif and else.

-- Which branch is taken, for every kind of value.
local values = {0, 1, "", "false", {}, print, true, newproxy(), coroutine.create(function() end), 0 / 0}
for i = 1, #values do
  local branch
  if values[i] then branch = "then" else branch = "else" end
  assert(branch == "then")
  if not values[i] then branch = "not" end
  assert(branch == "then")
end
local none, no = nil, false
if none then error() elseif no then error() elseif nil then error() elseif false then error() else none = "else" end
assert(none == "else")

local function grade(n)
  if n == nil then return "none"
  elseif type(n) ~= "number" then return "type"
  elseif n < 0 then return "negative"
  elseif n == 0 then return "zero"
  elseif n < 10 then return "digit"
  elseif n < 100 and n % 2 == 0 then return "even"
  elseif n < 100 then return "odd"
  else return "big" end
end
print(grade(), grade("x"), grade(-1), grade(0), grade(5), grade(10), grade(11), grade(100), grade(1 / 0), grade(0 / 0))

-- Conditions are evaluated in order, and no more of them than needed.
local asked = {}
local function ask(name, value) asked[#asked + 1] = name return value end
if ask("a", false) then elseif ask("b") then elseif ask("c", 1) then asked[#asked + 1] = "C" elseif ask("d", 1) then else end
if ask("e", true) then asked[#asked + 1] = "E" elseif ask("f", true) then end
if ask("g", 1) and ask("h", nil) or ask("i", 2) then asked[#asked + 1] = "I" end
if not (ask("j", 1) or ask("k", 1)) then elseif ask("l", false) == false then asked[#asked + 1] = "L" end
print(table.concat(asked, " "))

-- Constant conditions.
local log = {}
if true then log[#log + 1] = 1 end
if false then log[#log + 1] = 2 end
if nil then log[#log + 1] = 3 else log[#log + 1] = 4 end
if 0 then log[#log + 1] = 5 else log[#log + 1] = 6 end
if "x" and nil then log[#log + 1] = 7 elseif 1 or nil then log[#log + 1] = 8 end
if not nil then log[#log + 1] = 9 end
if not 0 then log[#log + 1] = 10 else log[#log + 1] = 11 end
if 1 == 1 then log[#log + 1] = 12 end
if 1 ~= 1 then log[#log + 1] = 13 elseif "a" < "b" then log[#log + 1] = 14 end
if (true) and (not false) then log[#log + 1] = 15 end
if {} then log[#log + 1] = 16 end
if function() end then log[#log + 1] = 17 end
print(table.concat(log, " "))

-- Comparisons as conditions, in all forms and negations.
local function compare(a, b)
  local r = ""
  if a == b then r = r .. "==" end if a ~= b then r = r .. " ~=" end
  if not (a == b) then r = r .. " n==" end if not (a ~= b) then r = r .. " n~=" end
  if a < b then r = r .. " <" end if a <= b then r = r .. " <=" end if a > b then r = r .. " >" end if a >= b then r = r .. " >=" end
  if not (a < b) then r = r .. " n<" end if not (a <= b) then r = r .. " n<=" end
  if not (a > b) then r = r .. " n>" end if not (a >= b) then r = r .. " n>=" end
  return r
end
print(compare(1, 2)) print(compare(2, 1)) print(compare(1, 1)) print(compare(0 / 0, 1)) print(compare(0 / 0, 0 / 0))
print(compare("a", "b")) print(compare("", "")) print(compare(-1 / 0, 1 / 0))

-- All combinations of and, or, not in conditions of three values.
local results = {}
for bits = 0, 7 do
  local a, b, c = bits % 2 == 1, math.floor(bits / 2) % 2 == 1, bits >= 4
  local row = {}
  local function add(v) row[#row + 1] = v end
  if a and b and c then add(1) else add(0) end
  if a or b or c then add(1) else add(0) end
  if a and b or c then add(1) else add(0) end
  if a and (b or c) then add(1) else add(0) end
  if (a or b) and c then add(1) else add(0) end
  if a or b and c then add(1) else add(0) end
  if not a and b or not c then add(1) else add(0) end
  if not (a and b) or c then add(1) else add(0) end
  if not (a or b) and not c then add(1) else add(0) end
  if (a and not b or not a and b) and c then add(1) else add(0) end
  if not (not a or not (b and not c)) then add(1) else add(0) end
  if (a == b) == c then add(1) else add(0) end
  if (a and b) == (b or c) then add(1) else add(0) end
  results[#results + 1] = table.concat(row)
end
print(table.concat(results, " "))

-- Many branches.
local parts = {"local v = ... if v == 0 then return 'first'"}
for i = 1, 400 do parts[#parts + 1] = ("elseif v == %d then return 'b%d'"):format(i, i) end
parts[#parts + 1] = "else return 'last' end"
local many = assert(loadstring(table.concat(parts, "\n")))
print(many(0), many(1), many(200), many(400), many(401))

-- Empty branches, nested ones, and locals in each.
if true then else end if true then elseif true then else end
local x = 1
if x then local x = 2 if x == 2 then local x = 3 assert(x == 3) end assert(x == 2) end
assert(x == 1)

-- Messages.
for _, source in ipairs{"if", "if x", "if x then", "if x then end", "if x then else", "if x then elseif", "if x then elseif y", "if x then elseif y then",
  "if x then else else end", "if x then else elseif y then end", "if x then elseif y else end", "if x do end", "if then end", "if x, y then end",
  "if x = 1 then end", "if (x then end", "if x) then end", "if x then end end", "else end", "elseif x then end", "then", "if x then y = 1 else if z then end",
  "if not then end", "if x == then end", "if x then return else return 1 end", "if x then return y = 1 end", "if x else end", "if local x then end"} do
  local loaded, message = loadstring(source, "=c")
  print(source, loaded and "accepted" or message)
end
