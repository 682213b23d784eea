-- 2.5.2 Relational operators: equality and order of all kinds of values, their messages and metamethods.

local inf, nan = 1 / 0, 0 / 0
local numbers = {-inf, -1e308, -2, -1, -0.5, -5e-324, 0, 5e-324, 0.5, 1, 1 + 2 ^ -52, 2, 2 ^ 53, 1e308, inf}
for i, a in ipairs(numbers) do
  for j, b in ipairs(numbers) do
    assert((a < b) == (i < j) and (a <= b) == (i <= j) and (a > b) == (i > j) and (a >= b) == (i >= j) and (a == b) == (i == j) and (a ~= b) == (i ~= j))
  end
  assert(not (a < nan) and not (a <= nan) and not (a > nan) and not (a >= nan) and not (nan < a) and not (nan >= a) and a ~= nan)
end
assert(nan ~= nan and not (nan == nan) and not (nan < nan) and not (nan <= nan) and not (nan > nan) and not (nan >= nan))
assert(0 == 0 * -1 and 0 <= 0 * -1 and not (0 * -1 < 0))

-- Strings compare by their bytes (in the C locale), zeros included.
local strings = {"", "\0", "\0\0", "\0a", "\1", " ", "-1", "0", "00", "1", "10", "2", "A", "Z", "a", "a\0", "a\0a", "a\0b", "a ", "aa", "ab", "b", "z", "~", "\127"}
for i, a in ipairs(strings) do
  for j, b in ipairs(strings) do
    assert((a < b) == (i < j), i .. " " .. j)
    assert((a <= b) == (i <= j) and (a > b) == (i > j) and (a >= b) == (i >= j) and (a == b) == (i == j))
  end
end
local long = ("x"):rep(10000)
assert(long .. "a" < long .. "b" and long < long .. "\0" and not (long < long) and long .. "\0b" > long .. "\0a")

-- Equality never coerces and never fails: different types differ.
local samples = {nil, true, 1, "1", {}, print, newproxy(), coroutine.create(function() end)}
for i = 1, 8 do for j = 1, 8 do assert((samples[i] == samples[j]) == (i == j)) end end
assert("0" ~= 0 and false ~= nil and not (0 == false) and {} ~= {} and "1" .. "" == "1")

-- Order of other types: two words for the two kinds of mismatch.
local function message(f) return (tostring(select(2, pcall(f))):gsub("^.-%.lua:%d+: ", "")) end
local names = {"nil", "boolean", "number", "string", "table", "function", "userdata", "thread"}
for i = 1, 8 do
  for j = 1, 8 do
    local a, b = samples[i], samples[j]
    local lt, le = message(function() return a < b end), message(function() return a <= b end)
    local gt, ge = message(function() return b > a end), message(function() return b >= a end)
    assert(lt == gt and le == ge)
    print(names[i], names[j], lt, le)
  end
end
print(message(function() return {} < {} end), message(function() return {} < 1 end), message(function() return 1 < "2" end), message(function() return false > true end))

-- __eq: only for two tables or two userdata, only if both have the same metamethod, only if not the same object.
local calls = 0
local function eq(a, b) calls = calls + 1 return a.v == b.v end
local mt1, mt2, mt3 = {__eq = eq}, {__eq = eq}, {__eq = function() return true end}
local function new(v, mt) return setmetatable({v = v}, mt) end
print(new(1, mt1) == new(1, mt1), new(1, mt1) == new(2, mt1), new(1, mt1) == new(1, mt2), new(1, mt1) == new(1, mt3), new(1, mt3) == new(2, mt3), calls)
local same = new(1, mt1)
calls = 0
print(same == same, same ~= same, same == {v = 1}, {v = 1} == same, same == 1, same == "x", calls)
print(new(1, mt1) ~= new(2, mt1), not (new(1, mt1) == new(2, mt1)), rawequal(new(1, mt1), new(1, mt1)))
local results = {}
for _, r in ipairs{true, false, 0, "", {}} do results[#results + 1] = tostring(new(1, {__eq = function() return r end}) == new(1, nil)) end
for _, r in ipairs{true, false, 0, ""} do local mt = {__eq = function() return r end} results[#results + 1] = tostring(new(1, mt) == new(1, mt)) end
local mt = {__eq = function() return nil end}
print(table.concat(results, " "), new(1, mt) == new(1, mt))
local u1, u2 = newproxy(true), nil
u2 = newproxy(u1)
getmetatable(u1).__eq = function() calls = calls + 1 return true end
calls = 0
print(u1 == u2, u1 ~= u2, u1 == new(1, getmetatable(u1)), calls)

-- __lt and __le: both operands must share the metamethod; __le falls back to not (b < a).
local log = {}
local function lt(a, b) log[#log + 1] = tostring(a.v) .. "<" .. tostring(b.v) return a.v < b.v end
local ordered = {__lt = lt}
print(new(1, ordered) < new(2, ordered), new(1, ordered) > new(2, ordered), new(1, ordered) <= new(2, ordered), new(1, ordered) >= new(2, ordered), new(1, ordered) <= new(1, ordered))
print(table.concat(log, " "))
log = {}
local full = {__lt = lt, __le = function(a, b) log[#log + 1] = a.v .. "<=" .. b.v return "yes" end}
print(new(1, full) <= new(2, full), new(3, full) <= new(2, full), new(1, full) >= new(2, full), table.concat(log, " "))
print(message(function() return new(1, ordered) < new(1, {__lt = function() return true end}) end))
print(message(function() return new(1, ordered) < 1 end), message(function() return 1 < new(1, ordered) end), message(function() return new(1, ordered) < {} end))
print(new(1, ordered) < new(2, {__lt = lt}), new(1, {__le = full.__le}) <= new(2, {__le = full.__le}))
print(message(function() return new(1, {__lt = 1}) < new(1, {__lt = 1}) end), message(function() return new(1, {__eq = 1}) == new(1, {__eq = 1}) end))
print(message(function() return new(1, {__le = error}) <= new(1, {__le = error}) end) ~= nil)
local strange = {__lt = function() return nil, true end, __le = function() return 0 end}
print(new(1, strange) < new(1, strange), new(1, strange) <= new(1, strange), new(1, strange) > new(1, strange))

-- a ~= b is not (a == b), a > b is b < a, a >= b is b <= a: the order of evaluation stays.
log = {}
local function value(name, v) log[#log + 1] = name return v end
local _ = value("a", 1) > value("b", 2), value("c", 1) >= value("d", 2), value("e", 1) < value("f", 2), value("g", 1) ~= value("h", 2)
print(table.concat(log, " "))
-- Results as values, chains.
print((1 < 2) == true, 1 < 2 == true, "a" == "a" ~= false, not (1 > 2) == true, (1 == 1) == (2 == 2))
print(message(function() return 1 < 2 < 3 end), message(function() return (1 < 2) < true end))
-- With constants on either side, of both kinds.
local x, s = 5, "m"
print(x == 5, 5 == x, x ~= 5, 5 < x, x < 6, 6 > x, x >= 5, s == "m", "m" == s, s < "n", "l" <= s, nil == x, x ~= nil, true == x, 1 == 1, 1 < 0, "a" >= "b")
