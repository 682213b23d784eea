-- 2.1 Lexical conventions: numerical constants.
-- Checks every form of numeral, hexadecimal ones, what is malformed, and what the value is.

local function try(text)
  local chunk, message = loadstring("return " .. text, "=x")
  if not chunk then print(text, message) return end
  local values = {pcall(chunk)}
  table.remove(values, 1)
  for i = 1, #values do
    values[i] = type(values[i]) == "number" and ("%.17g"):format(values[i]) or tostring(values[i])
  end
  print(text, unpack(values))
end

-- The examples of the manual.
for _, text in ipairs{"3", "3.0", "3.1416", "314.16e-2", "0.31416E1", "0xff", "0x56"} do try(text) end
assert(3 == 3.0 and 314.16e-2 == 3.1416 and 0.31416E1 == 3.1416 and 0xff == 255 and 0x56 == 86)

-- Forms of decimal numerals.
for _, text in ipairs{"0", "00", "007", "1.", ".5", "0.", ".0", "1e1", "1E1", "1e+1", "1e-1", "1.e1", ".5e1", ".5E-1", "1e01",
  "1e007", "1e0", "0e0", "0e999", "1e308", "1.7976931348623157e308", "1.7976931348623159e308", "1e309", "1e400", "1e99999",
  "1e-307", "2.2250738585072014e-308", "2.2250738585072011e-308", "4.9e-324", "5e-324", "2.5e-324", "2.4e-324", "1e-400",
  "1e-99999", "0.1", "0.2", "0.30000000000000004", "123456789012345678", "9007199254740991", "9007199254740992",
  "9007199254740993", "9007199254740995", "18446744073709551615", "18446744073709551616", "99999999999999999999",
  "0.000001", "1000000", "1e15", "1e16", "100000000000000", "3.14159265358979323846264338327950288"} do try(text) end
try(("1"):rep(300)) try(("1"):rep(310)) try("0." .. ("0"):rep(320) .. "1") try("0." .. ("0"):rep(400) .. "1e400")
try(("0"):rep(100) .. "1") try("1" .. ("0"):rep(100) .. "e-100") try("." .. ("3"):rep(60))

-- Hexadecimal numerals.
for _, text in ipairs{"0x0", "0x1", "0xa", "0xA", "0XA", "0xaBcDeF", "0x7fffffff", "0x80000000", "0xffffffff", "0x100000000",
  "0x7fffffffffffffff", "0x8000000000000000", "0xffffffffffffffff", "0x10000000000000000", "0xfffffffffffffffff",
  "0x00000000000000000000ff", "0x1fffffffffffff", "0x20000000000001", "0x", "0X", "0xg", "0x1g", "0x.", "0x.8", "0x1.8",
  "0xa.8p1", "0x1p4", "0x1P-4", "0x1p", "0xep1", "0xe+1", "0xe-1", "0xE+1", "0xf-0xe", "0x-1", "0x+1", "0x 1"} do try(text) end

-- Malformed ones, with what the message names.
for _, text in ipairs{"1e", "1e+", "1e-", "1E", "1.e", ".e1", "1..2", "1...2", "1.2.3", "1e1.5", "1e1e1", "1ee1", "1e+-1", "1e++1",
  "1a", "1_", "1_000", "1x", "0b1", "0o7", "3do", "12else", "1e5x", "1f", "1L", "1u", "1i", "08", "09.5", "1e1_", "0x1_",
  "1.5abc", ".5abc", "1..", "1.", "1 .. 2", "1. .. 2", "1 ..2", "1.. 2", "..1", ". 5", "5 .", "1e 5", "1 e5", "0 x5",
  "1.2..3", "1.2 ..3", "1e5..x", "inf", "nan", "0x1.p", "1,5", "1'", "1e5e5", "3..2", "0..1", "0xep..1"} do try(text) end
try("1" .. ("0"):rep(100) .. "z") try("0x" .. ("f"):rep(100) .. "z") try("1\0") try("1\0002")

-- A sign is an operator.
try("-1") try("- 1") try("-0x10") try("- -1") try("-2^2") try("2^-1") try("1-1") try("1 -1") try("1e1-1") try("1e-1-1")
try("3-2") try("3-.5") try("3--2\n") try("1+1") try("1e+1+1") try("5e-1e-1")

-- A numeral takes its end from what follows.
print(loadstring("return 1or 2", "=x"))
print(loadstring("return 1 or 2", "=x") ~= nil, loadstring("return (1)or 2", "=x") ~= nil)
print(loadstring("return 0xor 2", "=x"))
print(loadstring("return 1;", "=x") ~= nil, loadstring("return{1,2}", "=x") ~= nil, loadstring("return 1}", "=x"))
print(loadstring("local t = {1.5.x}", "=x"))
print(loadstring("return 1:x()", "=x"))
print(loadstring("return 1.x", "=x"))
print(loadstring("return (1).x", "=x") ~= nil)

-- The constants of a program are the values that tonumber gives.
for _, text in ipairs{"1", "1.5", "1e10", "0x1F", ".25", "5.", "1e-5", "123456789.123456789"} do
  assert(loadstring("return " .. text)() == tonumber(text))
end
