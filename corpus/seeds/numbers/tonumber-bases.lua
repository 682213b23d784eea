-- seed: numbers/tonumber-bases — tonumber with and without a base
for _, s in ipairs{"10", "ff", "FF", "zz", "7", "8", "-10", " 11 ", "1 1", "", " ", "0x10", "1.5", "-ff", "+5", "08", "1e1"} do
  local row = {}
  for _, b in ipairs{2, 8, 10, 16, 36} do row[#row + 1] = tostring(tonumber(s, b)) end
  print(string.format("%q", s), tostring(tonumber(s)), table.concat(row, " "))
end
print(tonumber("7fffffff", 16), tonumber("ffffffff", 16), tonumber("100000000", 16),
  tonumber("ffffffffffffffff", 16), tonumber("10000000000000000", 16))
print(tonumber("-1", 2), tonumber("-ff", 16), tonumber("-zz", 36),
  tonumber("11111111111111111111111111111111111111111111111111111111111111111", 2))
print(tonumber(10), tonumber(1.5), tonumber(nil), tonumber(true), tonumber({}), tonumber("abc"), tonumber(print))
print(tonumber(10, 10), tonumber(10, 16), tonumber(1.5, 10), tonumber("z", 36), tonumber("z", 35))
print(pcall(tonumber)) print(pcall(tonumber, "1", 1)) print(pcall(tonumber, "1", 37))
print(pcall(tonumber, "1", 0))
print(pcall(tonumber, "1", "x")) print(pcall(tonumber, {}, 10))
print(pcall(tonumber, nil, 10)) print(pcall(tonumber, "1", 2.9))
print(pcall(function() return tonumber("10", 99) end))
print(tonumber("1", nil), tonumber("0x", 16), tonumber("0x1f", 16), tonumber("0X1F", 16), tonumber("1\0", 10), tonumber("1\0"))
for _, s in ipairs{"0x10", "0X10", "0xAb", "0x", "-0x10", "0x 10", "0x1p4", "0x.8",
  "1e5", "1E5", "1e", "e5", ".", "-", "+", "1.", ".1", "1.e1", "--1", "1-", "inf", "nan", "1e400", "1f", "1l", "1u"} do
  local n = tonumber(s)
  print(s, n ~= n and "NaN" or tostring(n))
end
