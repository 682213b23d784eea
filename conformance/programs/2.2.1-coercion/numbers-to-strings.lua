-- 2.2.1 Coercion: numbers become strings in a "reasonable format", "%.14g" in the reference.

local function both(n)
  local text = n .. ""
  assert(text == tostring(n) and text == "" .. n and text == ("%.14g"):format(n))
  return text
end

-- Whole numbers look like integers as far as 14 digits go.
for _, n in ipairs{0, 1, -1, 10, 100, 12345, 1e5, 1e10, 1e13, 1e14, 1e15, 1e16, 99999999999999, 99999999999994, 100000000000000,
  123456789012345, 999999999999999, 2 ^ 31, 2 ^ 32, 2 ^ 53, 2 ^ 63, 2 ^ 64, -2 ^ 31, 1e20, 1e100, 1e308, -1e308} do
  print(both(n))
end

-- Fractions.
for _, n in ipairs{0.5, 0.25, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, -1 / 3, 1e-1, 1e-4, 1e-5, 1e-6, 123.456, 3.14159265358979, 100.5, 1e14 + 0.5,
  12345678901234.5, 1234567890123.45, 0.00001234, 1e-10, 1e-100, 1e-300, 2 ^ -1074, 2 ^ -1022, 1.5e300, 0.99999999999999,
  0.999999999999999, 9.9999999999999e22, 1 + 2 ^ -52, 5e-324, 1.7976931348623157e308, 0.000123456789012345} do
  print(both(n))
end
print(both(1 / 0), both(-1 / 0), both(0 * -1))

-- A value that survives: integers up to 1e14 and short fractions do, others need "%.17g".
for n = -1000, 1000, 7 do assert(tonumber(n .. "") == n) end
for e = 0, 14 do assert(tonumber(10 ^ e .. "") == 10 ^ e) end
assert(tonumber(1 / 3 .. "") ~= 1 / 3 and tonumber(("%.17g"):format(1 / 3)) == 1 / 3)
assert(tonumber(2 ^ 53 .. "") ~= 2 ^ 53 + 2)

-- Where strings are expected.
assert(1 .. 2 == "12" and -1 .. -2 == "-1-2" and 1.0 .. "" == "1" and 2 ^ 10 .. "k" == "1024k")
assert(10 .. 20 == "1020" and type(10 .. 20) == "string" and (10 .. 20) + 1 == 1021)
assert(("x").rep(7, 3) == "777" and string.reverse(123) == "321" and string.byte(5) == 53 and string.find(12345, 34) == 3)
assert(string.gsub(1000, 0, 1) == "1111" and string.len(0.1) == 3 and string.format("%s", 5) == "5")
assert(string.sub(1e15, 1, 3) == "1e+" and string.upper(0x10) == "16" and table.concat({1, 2, 3}, 0) == "10203")
print(string.format("%q", 12), string.format("%s %s", 1e15, 0.1), #tostring(12345.678))

-- The value itself stays a number.
local n = 12
local s = n .. ""
assert(type(n) == "number" and type(s) == "string" and n ~= s)
local t = {10, 20}
local _ = table.concat(t, ",")
assert(type(t[1]) == "number")
local x = 5
string.len(x)
string.rep(x, 2)
assert(type(x) == "number" and x == 5)

-- Concatenations of many numbers convert each.
assert(1 .. 2 .. 3 .. 4.5 .. -6 == "1234.5-6")
local a, b, c = 1, "two", 3.25
assert(a .. b .. c .. a == "1two3.251")
local function message(f) return (select(2, pcall(f)):gsub("^.-%.lua:%d+: ", "")) end
print(message(function() return 1 .. {} end), message(function() return 1 .. nil end), message(function() return 1 .. true end))

-- No coercion of other types.
print(message(function() return "x" .. print end), message(function() return "x" .. newproxy() end))
print(pcall(string.rep, true, 2))
print(pcall(string.len, nil))
print(pcall(string.upper, {}))
