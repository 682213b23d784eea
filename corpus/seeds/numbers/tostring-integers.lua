-- seed: numbers/tostring-integers — how whole numbers print, up to and past 14 digits
for e = 0, 22 do print(10 ^ e, 10 ^ e - 1, -(10 ^ e), 10 ^ e + 1) end
for _, e in ipairs{10, 15, 16, 24, 31, 32, 33, 52, 53, 54, 62, 63, 64, 100, 1023} do print(e, 2 ^ e, -2 ^ e, 2 ^ e - 1) end
print(99999999999999, 100000000000000, 999999999999999, 1234567890123456)
print(0, -0, 1, -1, 42, 1e0, 1e1, 1e14, 1e15, 1e16, 1e100)
print(0x7fffffff, 0x80000000, 0xffffffff, -0x80000000, 0x7fffffffffffffff)
local sum, product, power = 0, 1, 1
for i = 1, 30 do
  sum, product, power = sum + i * 1e13, product * i, power * 7
  print(i, sum, product, power)
end
