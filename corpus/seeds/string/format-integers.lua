-- seed: string/format-integers — %d %i %u %o %x %X %c with flags, widths and precisions
local nums = {0, 1, -1, 42, -42, 255, 65535, 2147483647, -2147483648, 4294967295, 2 ^ 40, -2 ^ 40, 1.5, -1.5, "10", "0x10"}
for _, f in ipairs{"%d", "%i", "%5d", "%-5d|", "%05d", "%+d", "% d", "%.3d", "%8.3d", "%-8.3d|", "%+05d",
  "%+.3d", "%x", "%X", "%#x", "%#X", "%8x", "%08X", "%-8x|", "%.4x", "%o", "%#o", "%5o", "%u", "%10u"} do
  local r = {}
  for _, n in ipairs(nums) do
    if f:find("[di]$") or tonumber(n) >= 0 then r[#r + 1] = string.format(f, n) end
  end
  print(f, table.concat(r, " "))
end
print(string.format("%c%c%c", 72, 105, 33), #string.format("%c", 0), string.format("%5c|", 65),
  string.format("%-5c|", 65), #string.format("a%cb", 0))
print(string.format("%d%%", 50), string.format("%%"), pcall(string.format, "%5%"))
print(string.format("%d", 3.99), string.format("%d", -3.99), string.format("%x", 255.5),
  string.format("%d", "7"), string.format("%5d|%-5d|%05d", 1, 2, 3))
print(string.format("%d %d %d", 1, 2, 3), string.format("%3d%3d", 1, 22), string.format("%1d", 12345),
  string.format("%.0d", 0) == "", string.format("%.0d", 5))
print(string.format("%+i % i %+i", 5, 5, -5), string.format("% 5d", 42), string.format("%+5d", 42),
  string.format("%0+5d", 42), string.format("%-+5d|", 42), string.format("%- 5d|", 42))
print(pcall(string.format, "%d", "x")) print(pcall(string.format, "%d"))
print(pcall(string.format, "%d", nil)) print(pcall(string.format, "%d", {}))
print(pcall(string.format, "%c", "x")) print(pcall(string.format, "%x", true))
print(string.format("%99d", 1):len(), string.format("%.99d", 1):len())
print(pcall(string.format, "%100d", 1)) print(pcall(string.format, "%.100d", 1))
print(pcall(string.format, "%123d", 1)) print(pcall(string.format, "%+-#0 d", 1))
print(pcall(string.format, "%+-#0 +d", 1))
print(string.format("%d", 2 ^ 53), string.format("%d", -2 ^ 53), string.format("%x", 2 ^ 52))
