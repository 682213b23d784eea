-- 2.2.1 Coercion: strings become numbers in arithmetic, and which strings do.

local function show(v) return type(v) == "number" and ("%.14g"):format(v):gsub("-nan", "nan") or tostring(v) end
local function try(text)
  local ok, value = pcall(function() return text + 0 end)
  local shown = text:gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)
  if ok then
    assert(type(value) == "number" and (value == tonumber(text) or value ~= value))
    print("[" .. shown .. "]", show(value), show(-text), show(text * 2))
  else
    assert(tonumber(text) == nil)
    print("[" .. shown .. "]", (value:gsub("^.-%.lua:%d+: ", "")))
  end
end

for _, text in ipairs{"10", " 10", "10 ", "  10  ", "\t10\n", "\v10\f", "\r10\r\n", "10\0", "10\0abc", "\00010", "+10", "-10", "- 10", "--10",
  "+-10", "1 0", "10a", "a10", "", " ", "\n", "0", "-0", "+0", "00", "007", "-007", "1.5", ".5", "5.", ".", "-.5", "+.5", "-.", "1.5.5",
  "1e2", "1E2", "1e+2", "1e-2", "1e", "1e+", "e2", ".e2", "1.e2", "1e2.5", "1e400", "-1e400", "1e-400", "1 e2", "1e 2", "0x10", "0X10",
  "0xA", "0xg", "0x", "-0x10", "+0x10", " 0x10 ", "0x10 ", "0x1.8", "0x.8", "0x1p4", "0x1P-4", "0x1p", "0xffffffff", "0x100000000",
  "0xffffffffffffffff", "0x10000000000000000", "-0xffffffffffffffff", "0x 10", "x10", "0b11", "1_000", "1,000", "1f", "1L", "1d", "1u",
  "inf", "-inf", "INF", "infinity", "Infinity", "-Infinity", "infinit", "inf ", "infx", "nan", "NaN", "nan(1)", "nan()", "nan(", "nanx",
  "-nan(0x7)", "true", "nil", "1;", "1--", "1 -- c", "'1'", "0x0x1", "1e0x1", "123456789012345678901234567890", "0.1e1", "\1601"} do
  try(text)
end
try(("0"):rep(300) .. "1") try("1" .. ("0"):rep(308)) try("1" .. ("0"):rep(309)) try("." .. ("0"):rep(300) .. "1")
try((" "):rep(500) .. "7" .. (" "):rep(500))

-- Every arithmetic operator, on strings on either side and on both.
local operators = {
  {"+", function(a, b) return a + b end}, {"-", function(a, b) return a - b end}, {"*", function(a, b) return a * b end},
  {"/", function(a, b) return a / b end}, {"%", function(a, b) return a % b end}, {"^", function(a, b) return a ^ b end},
  {"unary", function(a) return -a end},
}
for _, operator in ipairs(operators) do
  for _, pair in ipairs{{"7", 2}, {7, "2"}, {"7", "2"}, {" 0x7 ", "2e0"}, {"-7.5", "2"}} do
    local value = operator[2](pair[1], pair[2])
    assert(type(value) == "number")
    print(operator[1], pair[1], pair[2], show(value))
  end
end
assert("10" + 1 == 11 and "0x10" * "2" == 32 and -"2" == -2 and "2" ^ "3" == 8 and 10 .. "" == "10")
-- Constants are coerced like variables.
assert("2" + "3" == 5 and "10" / "4" == 2.5 and -"0x10" == -16 and "7" % "4" == 3)

-- What does not coerce: comparison, equality, keys, lengths.
assert("10" ~= 10 and not rawequal("1", 1) and #"10" == 2)
local function message(f)
  return (select(2, pcall(f)):gsub("^.-%.lua:%d+: ", ""))
end
print(message(function() return "10" < 5 end), message(function() return 5 <= "10" end))
local t = {}
t["1"], t[1] = "string", "number"
assert(t["1"] == "string" and t[1] == "number")
assert("10" < "9" and not ("10" == 10) and "a" .. 1 == "a1")

-- The numeric for converts its strings, to numbers.
for i = "1", "3" do assert(type(i) == "number") io = io end
local steps = {}
for i = "10", "1", "-3" do steps[#steps + 1] = i end
print(table.concat(steps, " "))
print(message(function() for i = "a", 2 do end end))
print(message(function() for i = 1, "b" do end end))
print(message(function() for i = 1, 2, "c" do end end))

-- Library functions convert in both directions.
assert(("x"):rep("3") == "xxx" and math.max("10", 9) == 10 and ("abc"):sub("2", "0x2") == "b")
assert(string.len(1234) == 4 and string.upper(1e3) == "1000" and string.rep(12, 2) == "1212")
assert(table.concat{1, 2.5, "x"} == "12.5x" and math.floor("3.7") == 3 and ("%d"):format("12") == "12")
