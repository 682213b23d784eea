-- 2.2 Values and types: the eight types, what makes two values the same, and what is false.

local thread = coroutine.create(function() end)
local userdata = newproxy()
local values = {
  {"nil", nil}, {"boolean", true}, {"boolean", false}, {"number", 0}, {"number", -1.5}, {"number", 1 / 0}, {"string", ""},
  {"string", "a\0b"}, {"table", {}}, {"function", print}, {"function", function() end}, {"userdata", userdata},
  {"thread", thread},
}
for i, pair in ipairs(values) do
  print(i, type(pair[2]), type(type(pair[2])), (tostring(pair[2]):gsub("0x%x+", "address"):gsub("%z", "<0>")))
  assert(type(pair[2]) == pair[1])
end

-- Only nil and false make a condition false.
for i = 1, #values do
  local value = values[i][2]
  local branch = "else"
  if value then branch = "then" end
  print(values[i][1], branch, not value, not not value, value and "and" or "or")
  assert((branch == "then") == (value ~= nil and value ~= false))
end

-- Equality of every pair: the same type and the same value.
for i = 1, #values do
  local row = {}
  for j = 1, #values do
    local same = values[i][2] == values[j][2]
    assert(same == not (values[i][2] ~= values[j][2]) and same == (i == j) and same == rawequal(values[i][2], values[j][2]))
    row[j] = same and "=" or "."
  end
  print(table.concat(row))
end

-- Tables, functions, threads and userdata are references; strings and numbers are values.
local t = {}
local u = t
u.x = 1
assert(t.x == 1 and t == u and {} ~= {})
assert(function() end ~= function() end and newproxy() ~= newproxy())
assert(coroutine.create(function() end) ~= coroutine.create(function() end))
assert("ab" .. "cd" == "abcd" and ("x"):rep(1000) == ("x"):rep(500) .. ("x"):rep(500) and 2 + 2 == 4)
local function maker() return function() end end
print("closures of one function", maker() == maker())
local function change(p) p.changed = true p = nil end
change(t)
assert(t.changed)

-- Strings hold any bytes, and their length is not bounded by a zero.
local all = {}
for byte = 0, 255 do all[#all + 1] = string.char(byte) end
all = table.concat(all)
assert(#all == 256 and all:sub(1, 1) == "\0" and all:byte(256) == 255)
assert("\0" ~= "" and "a\0" ~= "a" and #"\0\0" == 2)

-- Numbers are doubles.
assert(2 ^ 53 == 2 ^ 53 + 1 and 2 ^ 53 - 1 ~= 2 ^ 53 and 0.1 + 0.2 ~= 0.3)
assert(1 / 0 > 2 ^ 1023 and -1 / 0 < -2 ^ 1023)
local nan = 0 / 0
assert(nan ~= nan and not (nan == nan) and not rawequal(nan, nan))
assert(0 == -0 and 1 / 0 ~= 1 / -0 * 1 or 1 / -0 == 1 / 0)
print("minus zero", 1 / (0 * -1), 1 / -(0))

-- Functions are values like others.
local functions = {print, type, maker, [print] = "print", [maker] = "maker"}
assert(functions[functions[1]] == "print" and functions[functions[3]] == "maker" and functions[type] == nil)
local function twice(f, x) return f(f(x)) end
assert(twice(function(x) return x * x end, 3) == 81)

-- A table may hold every value but nil; storing nil removes.
local holder = {}
for i = 1, #values do holder[i] = values[i][2] end
for i = 2, #values do assert(holder[i] == values[i][2]) end
holder[2] = nil
assert(holder[2] == nil and rawget(holder, 2) == nil)

-- Operations that need another type, on each.
local operations = {
  {"index", function(v) return v.x end}, {"store", function(v) v.x = 1 end}, {"call", function(v) return v() end},
  {"length", function(v) return #v end}, {"negate", function(v) return -v end}, {"add", function(v) return v + 1 end},
  {"concat", function(v) return v .. "x" end}, {"less", function(v) return v < v end}, {"method", function(v) return v:m() end},
  {"number for", function(v) for i = v, 1 do break end end}, {"generic for", function(v) for i in v do break end end},
}
for _, operation in ipairs(operations) do
  for i = 1, #values do
    local ok, result = pcall(operation[2], values[i][2])
    if type(result) ~= "string" then result = type(result) end
    print(operation[1], values[i][1], ok, (result:gsub("^.-%.lua:%d+: ", ""):gsub("%z", "<0>")))
  end
end
