-- seed: string/format-floats — %f %e %E %g %G with flags, widths and precisions, and special values
local nums = {0, 1, -1, 0.5, 3.14159265358979, 1e10, 1e-10, 123456789.123, 1e100, 2 ^ 53, 1 / 3, 99.995, 0.0001, 0.00001, "2.5"}
for _, f in ipairs{"%f", "%.0f", "%.2f", "%10.3f", "%-10.1f|", "%+.1f", "% .1f", "%010.2f", "%#.0f", "%e",
  "%.0e", "%.3E", "%12.2e", "%g", "%.3g", "%.10g", "%G", "%#g", "%10g|", "%-10g|", "%+g", "%.14g", "%.17g",
  "%.0g", "%5.1f"} do
  local r = {} for _, n in ipairs(nums) do r[#r + 1] = string.format(f, n) end print(f, table.concat(r, " "))
end
local inf, z = 1 / 0, 0
for _, f in ipairs{"%f", "%e", "%g", "%10.2f", "%-10f|", "%010f", "%+f", "%E", "%G", "%5.1e"} do
  print(f, string.format(f, inf), string.format(f, -inf), string.format(f, -z), (string.format(f, 0 / 0):gsub("%-", " ")))
end
print(string.format("%.3f", 2.0005), string.format("%.2f", 1.005), string.format("%.0f", 0.5),
  string.format("%.0f", 1.5), string.format("%.0f", 2.5), string.format("%.1f", 0.25),
  string.format("%.1f", 0.35))
print(string.format("%.99f", 1 / 3):len(), string.format("%.20f", 0.1), string.format("%.15e", math.pi),
  string.format("%5.3s|%-8s|%8s", "abcdef", "ab", "cd"))
print(#string.format("%f", 1e308), #string.format("%.99f", 1e308), #string.format("%99.99f", -1e308))
print(pcall(string.format, "%f", "x")) print(pcall(string.format, "%f"))
print(pcall(string.format, "%g", {})) print(pcall(string.format, "%.100f", 1))
print(pcall(string.format, "%100f", 1))
print(pcall(string.format, "%a", 1) == false, pcall(string.format, "%F", 1))
for _, p in ipairs{0, 1, 5, 10, 15, 17, 20} do
  print(p, string.format("%." .. p .. "f %." .. p .. "e %." .. p .. "g", math.pi, math.pi, math.pi))
end
for e = -6, 22, 4 do print(e, string.format("%g %f %e", 10 ^ e, 10 ^ e, 10 ^ e)) end
