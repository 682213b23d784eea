-- seed: string/format-negative-unsigned — negative numbers in the unsigned conversions (two's complement of 64 bits on common machines)
local nums = {-1, -2, -255, -256, -65536, -2147483648, -2 ^ 40, -2 ^ 53, -1.5, -0.5, "-1", "-0x10"}
for _, f in ipairs{"%x", "%X", "%#x", "%o", "%#o", "%u", "%20u|", "%-24x|", "%030o", "%.20x"} do
  local r = {}
  for _, n in ipairs(nums) do r[#r + 1] = string.format(f, n) end
  print(f, table.concat(r, " "))
end
print(#string.format("%x", -1), #string.format("%o", -1), #string.format("%u", -1))
print(string.format("%x", -2 ^ 62), string.format("%x", 2 ^ 62), string.format("%d", -2 ^ 62), string.format("%d", 2 ^ 62))
print(string.format("%d", -2 ^ 63), string.format("%x", 2 ^ 53 + 2), string.format("%u", 2 ^ 53))
