-- 5.1 Basic functions: tonumber with and without a base, and tostring of numbers.

local function show(v) return v == nil and "nil" or type(v) == "number" and (v ~= v and "nan" or ("%.17g"):format(v)) or type(v) end
local function shown(s) return (tostring(s):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)) end

-- Without a base: numbers stay, strings are read as the lexer reads them (and a little more), other types give nil.
for _, v in ipairs{0, 1.5, -3, 1 / 0, "0", "10", " 10 ", "\n10\t", "10a", "1e1", "1e", "0x10", "0x", "-0x10", "", " ", ".", ".5", "5.", "-", "+5", "--5", "1 2", "1_000", "inf", "nan", "-inf", "infinity", "0x1p4", "0x.8", "1e500", "-1e500", "1e-500",
  "10\0", "\00010", "10\0 ", "1\0001", "0b1", "0o7", "1f", "1L", "١", "1,5", "1.5.5", "e5", "0e", "00012", "1e+5", "1e+", "1e 5", "0x 1", "0xg", "0X1F", "0xffffffffffffffffff", ("9"):rep(400), "." .. ("0"):rep(400) .. "1"} do
  print(shown(v), show(tonumber(v)))
end
for _, v in ipairs{true, false, {}, print, newproxy(), coroutine.create(function() end), setmetatable({}, {__tostring = function() return "5" end})} do print(type(v), tonumber(v)) end
print(tonumber(nil), pcall(tonumber)) print(select("#", tonumber("x")), select("#", tonumber("1", 10)))

-- All bases: digits, letters of either case, signs, spaces.
for base = 2, 36 do
  local digits = ("0123456789abcdefghijklmnopqrstuvwxyz"):sub(1, base)
  local row = {}
  for _, text in ipairs{"0", "1", "10", "11", "z", "Z", digits:sub(-1), digits:sub(-2), digits:sub(-1):upper() .. "0", "7fff", "-1", "-10", "1 ", " 1", "100000000", "9", "a"} do row[#row + 1] = text .. ":" .. show(tonumber(text, base)) end
  print(base, table.concat(row, " "))
end
-- With a base other than ten: unsigned whole numbers, as strtoul reads them.
for _, case in ipairs{{"ff", 16}, {"FF", 16}, {"0xff", 16}, {"0XfF", 16}, {"0x", 16}, {"x", 16}, {"ffffffff", 16}, {"100000000", 16}, {"ffffffffffffffff", 16}, {"10000000000000000", 16}, {"fffffffffffffffffff", 16}, {"-1", 16}, {"-ff", 16}, {"-0", 16}, {"+7", 16}, {"- 7", 16}, {"--7", 16}, {"+-7", 16},
  {" ff ", 16}, {"ff g", 16}, {"f f", 16}, {"", 16}, {" ", 16}, {"-", 16}, {"1.5", 16}, {"1e1", 16}, {"1e1", 15}, {"1e1", 14}, {"077", 8}, {"08", 8}, {"0x10", 8}, {"0x10", 34}, {"0b11", 2}, {"101", 2}, {"102", 2}, {"zz", 36}, {"ZZ", 36}, {"inf", 36}, {"nan", 36}, {"infinity", 36},
  {"1111111111111111111111111111111111111111111111111111111111111111", 2}, {"11111111111111111111111111111111111111111111111111111111111111111", 2}, {"zzzzzzzzzzzz", 36}, {"zzzzzzzzzzzzz", 36}, {"zzzzzzzzzzzzzz", 36}, {"-zzzzzzzzzzzzzz", 36}, {"18446744073709551615", 16},
  {"10\0", 16}, {"\00010", 16}, {"1\0000", 16}, {"\t10\n", 3}, {"10\v", 3}, {"10x", 3}, {"12", 3}, {"13", 3}, {"1e1", 10}, {"0x10", 10}, {"1.5", 10}, {"  7  ", 10}, {"-7", 10}, {10, 16}, {255, 8}, {1.5, 16}, {-1, 16}, {1e15, 16}, {1e20, 16}, {1 / 0, 36}} do
  print(shown(case[1]), case[2], show(tonumber(case[1], case[2])))
end
-- The base itself.
for _, base in ipairs{1, 0, -1, 37, 100, 1.5, 2.9, 36.9, 37.1, "16", "0x10", "x", {}, true, 1 / 0, -2 ^ 31, 2 ^ 31, 2 ^ 32 + 16} do
  local ok, r = pcall(tonumber, "11", base)
  print(shown(base):gsub("0x%x+", "address"), ok, ok and show(r) or r)
end
print(pcall(tonumber, "1", 0 / 0) == false, tonumber("10", nil), tonumber(10, nil), tonumber(10, 10), pcall(tonumber, true, 10)) print(pcall(tonumber, {}, 16)) print(pcall(tonumber, nil, 16)) print(pcall(tonumber, print, 16)) print(tonumber(nil, 10))
print(tonumber("1e1", 10), tonumber(" 0x1F ", 10), tonumber({}, 10), tonumber(true, 10))

-- tostring of numbers, and the way back for whole numbers.
for _, n in ipairs{0, -0.0, 1, -1, 1e14, 1e15, 1e16, 123456789012345, 0.1, 1 / 3, 1e100, 2 ^ 63, -2 ^ 63, 1 / 0, -1 / 0, 5e-324, 1.7976931348623157e308, 100, 1e5, 123.0, 1e-5} do print(tostring(n), #tostring(n)) end
for i = 0, 60 do assert(tonumber(tostring(2 ^ i)) == 2 ^ i or i > 46) end
for i = -20, 20 do assert(tonumber(i .. "") == i and tonumber(tostring(i), 10) == i) end
for base = 2, 36 do
  local n, text = 123456, ""
  repeat local d = n % base text = ("0123456789abcdefghijklmnopqrstuvwxyz"):sub(d + 1, d + 1) .. text n = (n - d) / base until n == 0
  assert(tonumber(text, base) == 123456 and tonumber(text:upper(), base) == 123456)
end
print(tostring(nil), tostring(true), tostring(false), tostring("x\0y") == "x\0y", tostring(tostring("s")), select("#", tostring(1, 2))) print(pcall(tostring))
