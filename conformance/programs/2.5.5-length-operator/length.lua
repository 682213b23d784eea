-- 2.5.5 The length operator: strings, tables, borders of tables with holes, metamethods, messages.

-- Bytes of a string.
assert(#"" == 0 and #"abc" == 3 and #"\0" == 1 and #"a\0b" == 3 and #("x"):rep(100000) == 100000 and #[[
x]] == 1 and #"\n\065" == 2)

-- A regular array from 1 to n has the length n.
for n = 0, 300 do
  local t = {}
  for i = 1, n do t[i] = i end
  assert(#t == n)
  for i = n, n - 5, -1 do t[i] = nil assert(#t == math.max(i - 1, 0)) if i <= 1 then break end end
end
assert(#{} == 0 and #{1} == 1 and #{1, 2, 3} == 3 and #{nil} == 0 and #{[0] = 1} == 0 and #{[-1] = 1, x = 2} == 0 and #{1, 2, x = 3} == 2)
assert(#{[1] = 1} == 1 and #{[1] = 1, [2] = 2} == 2 and #{[2] = 2} == 0)
assert(#{(function() return 1, 2, 3 end)()} == 3)

-- It counts false as a value.
assert(#{false, false} == 2)

-- With holes any border may be the answer; which one is a matter of how the table came to be.
print(#{1, nil, 3}, #{1, nil, 3, nil}, #{nil, 2}, #{nil, nil, 3}, #{1, nil, nil, 4}, #{nil, nil, nil}, #{1, 2, nil, 4, nil, 6, nil}, #{1, 2, 3, nil, 5, nil, nil, 8})
local function border(build)
  local t = {}
  build(t)
  local n = #t
  assert(n == 0 and t[1] == nil or t[n] ~= nil and t[n + 1] == nil)
  return n
end
print(border(function(t) t[1] = 1 t[3] = 3 end), border(function(t) t[3] = 3 t[1] = 1 end), border(function(t) t[1] = 1 t[2] = 2 t[4] = 4 end),
  border(function(t) t[4] = 4 t[2] = 2 t[1] = 1 end), border(function(t) for i = 1, 16 do t[i] = i end t[8] = nil end),
  border(function(t) for i = 1, 16 do t[i] = i end t[16] = nil t[8] = nil end), border(function(t) for i = 16, 1, -1 do t[i] = i end t[5] = nil end),
  border(function(t) for i = 2, 20 do t[i] = i end end), border(function(t) for i = 0, 30, 2 do t[i] = i end end),
  border(function(t) for i = 1, 100 do t[i] = i end for i = 1, 100, 3 do t[i] = nil end end), border(function(t) for i = 1, 10 do t[2 ^ i] = i end end),
  border(function(t) for i = 0, 10 do t[2 ^ i] = i end end), border(function(t) for i = 1, 10 do t[i] = i end for i = 1, 9 do t[i] = nil end end),
  border(function(t) t[1] = 1 t[2 ^ 31] = 2 end), border(function(t) t[1] = 1 t[2] = 2 t[2 ^ 53] = 3 end), border(function(t) t[1.5] = 1 t[-1] = 1 end))
-- Every set of the first six fields, built upwards, downwards and by a constructor.
for bits = 0, 63 do
  local up, down, parts = {}, {}, {}
  for i = 1, 6 do
    local set = math.floor(bits / 2 ^ (i - 1)) % 2 == 1
    if set then up[i] = i end
    parts[i] = set and i or "nil"
  end
  for i = 6, 1, -1 do if parts[i] ~= "nil" then down[i] = i end end
  local constructed = loadstring("return {" .. table.concat(parts, ",") .. "}")()
  print(table.concat(parts, " "), #up, #down, #constructed)
end
-- Removal from the middle and the end, step by step.
local t = {}
for i = 1, 12 do t[i] = i end
local lengths = {}
for _, i in ipairs{6, 12, 11, 3, 10, 1, 2, 9, 8, 7, 5, 4} do t[i] = nil lengths[#lengths + 1] = #t end
print(table.concat(lengths, " "))

-- The length of tables with a metatable is still the primitive one; of userdata it is the metamethod's.
local with = setmetatable({1, 2}, {__len = function() return 99 end})
assert(#with == 2)
local u = newproxy(true)
getmetatable(u).__len = function(...) return select("#", ...), "dropped" end
print(#u)
getmetatable(u).__len = function() return "any value" end
print(#u)
getmetatable(u).__len = function() end
print(#u)
getmetatable("").__len = function() return 1 end
assert(#"abc" == 3)
getmetatable("").__len = nil

-- Messages.
local function message(f) return (select(2, pcall(f)):gsub("^.-%.lua:%d+: ", "")) end
local up, upt = nil, {}
print(message(function() return #nil end), message(function() return #5 end), message(function() return #true end), message(function() return #print end))
print(message(function() return #newproxy() end), message(function() return #coroutine.create(function() end) end), message(function() return #-1 end))
print(message(function() return #up end), message(function() return #undefined end), message(function() return #upt.x end), message(function() local l return #l end))
print(message(function() return #upt.x.y end), message(function() return #upt[1] end), message(function(p) return #p end), message(function() return #(1) end))
getmetatable(u).__len = 5
print(message(function() return #u end))

-- As an operator: precedence and forms.
assert(#"abc" + 1 == 4 and -#"abc" == -3 and not #"" == false and #"ab" * 2 == 4 and 2 ^ #"abc" == 8 and #"abc" == #"xyz")
assert(#{} == 0 and #{#{}} == 1 and #"a" .. #"bc" == "12" and (#"abc") == 3 and #("a" .. "b") == 2 and #"a" < #"bc")
