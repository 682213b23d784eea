-- 5.4 String manipulation: format's conversions of numbers: every conversion with flags, widths and precisions on edge values.

local inf, nan = 1 / 0, 0 / 0
-- The sign of a NaN is the machine's.
local function format(f, v)
  local ok, text = pcall(string.format, f, v)
  if v ~= v then text = text:gsub("%-nan", "nan"):gsub("%-NAN", "NAN") end
  return ok and "[" .. text .. "]" or text
end

local flags = {"", "-", "+", " ", "#", "0", "-+", "-0", "+ ", "#0", "+#", "-+ #0"}
local sizes = {"", "1", "8", "20", ".0", ".1", ".3", ".15", "8.3", "20.10", "5.", "08.2"}

-- Floating point, all flags with all sizes, a few values.
for _, conversion in ipairs{"e", "f", "g", "E", "G"} do
  for _, flag in ipairs(flags) do
    for _, size in ipairs(sizes) do
      local f = "%" .. flag .. size .. conversion
      if conversion == conversion:lower() or size == "8.3" then print(f, format(f, 3.14159), format(f, -0.00012345), format(f, 0)) end
    end
  end
end
-- Many values, few forms.
local values = {0, 0 * -1, 1, -1, 0.5, 1.5, 2.5, -2.5, 0.1, 0.05, 0.15, 0.25, 9.995, 99.995, 1 / 3, 2 / 3, 123456789, 1234567.891, 1e15, 1e16, 1e17, 1e20, 1e21, 1e22, 1e23, 1e100, 1e-5, 1e-4, 9.9999e-5, 999999.5, 999999.4, 1e-10, 1e-100, 1e-300, 5e-324, 2.2250738585072014e-308,
  1.7976931348623157e308, 2 ^ 53, 2 ^ 63, 2 ^ 64, 4.35, 4.45, 0.000123456789, inf, -inf, nan}
for _, v in ipairs(values) do
  local row = {}
  for _, f in ipairs{"%e", "%f", "%g", "%.0f", "%.0e", "%.0g", "%.1f", "%.2f", "%.3g", "%.14g", "%.16g", "%.17g", "%#g", "%G", "%E", "%10.2f", "%-10.2e", "%+.3f", "%010.3f", "% g", "%#.0f", "%#.0e", "%.20f", "%.30g"} do row[#row + 1] = format(f, v) end
  print(table.concat(row, " "))
end
print(format("%.99f", 1 / 3), format("%.99e", 1 / 3), format("%.99g", 0.1), format("%99.50f", 2 ^ 0.5), format("%-99.1f", 1), format("%.99f", 1e15), format("%.50f", 5e-324), format("%99d", 1), format("%.99d", 12))
print(#string.format("%.99f", 1.7976931348623157e308), #string.format("%99.99f", -1e308), string.format("%.3f", 1e50))

-- Integers.
for _, conversion in ipairs{"d", "i", "u", "o", "x", "X"} do
  for _, flag in ipairs(flags) do
    for _, size in ipairs(sizes) do
      local f = "%" .. flag .. size .. conversion
      if conversion ~= "i" or size == "8" then print(f, format(f, 42), format(f, 0), conversion == "d" and format(f, -42) or format(f, 123456789012)) end
    end
  end
end
for _, v in ipairs{0, 0 * -1, 1, -1, 0.5, -0.5, 1.9, -1.9, 127, 255, 256, 65535, 2 ^ 31 - 1, 2 ^ 31, -2 ^ 31, 2 ^ 32, 2 ^ 53, -2 ^ 53, 1e15, -1e15, 2 ^ 62, -2 ^ 62} do
  print(format("%d", v), format("%i", v), format("%5d", v), format("%-5d|", v), format("%+d", v), format("%.3d", v), v >= 0 and format("%u", v), v >= 0 and format("%x", v), v >= 0 and format("%#o", v), v >= 0 and format("%#X", v))
end
print(format("%d", -2 ^ 63), format("%x", 2 ^ 63), format("%u", 2 ^ 63), format("%X", 2 ^ 63 + 2 ^ 62), format("%u", 2 ^ 64 - 2048), format("%o", 2 ^ 63))

-- %c: any byte, zero among them.
for _, v in ipairs{0, 65, 97, 10, 127, 128, 255, 65.9, "66"} do
  local text = string.format("%c", v)
  print(#text, text:byte())
end
print(#string.format("a%cb%cc", 0, 1), string.format("%5c|%-5c|", 65, 66), #string.format("%5c", 0), string.format("%c%c%c", 76, 117, 97), string.format("%c", 256 + 65), string.format("%c", 65 - 256))

-- Texts that are numbers are taken, others refused; numbers in texts of "%s".
print(string.format("%d", "10"), string.format("%d", " 0x10 "), string.format("%.2f", "1.5"), string.format("%x", "255"), string.format("%g", "1e3"), string.format("%c", "65"), string.format("%5.1f", "2"))
for _, bad in ipairs{"x", "", "1x", true, {}, print} do print(type(bad), format("%d", bad), format("%f", bad), format("%c", bad), format("%x", bad)) end
print(pcall(string.format, "%d")) print(pcall(string.format, "%d", nil)) print(pcall(string.format, "%d %d", 1)) print(pcall(string.format, "%d %f %s", 1, 2)) print(string.format("%d", 1, 2, 3))
