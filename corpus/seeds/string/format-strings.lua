-- seed: string/format-strings — %s and %q with flags, widths, precisions, zeros, long strings; bad conversions
print(string.format("%s %s %s", "a", 1, 1.5),
  string.format("[%10s][%-10s][%.2s][%5.1s][%-5.1s]", "abc", "abc", "abc", "abc", "abc"))
print(string.format("%s", ("x"):rep(200)):len(), string.format("%5s", ("x"):rep(200)):len(),
  string.format("%.5s", ("x"):rep(200)), string.format("%s%s", ("y"):rep(150), ("z"):rep(150)):len())
print(#string.format("%s", "a\0b"), #string.format("%5s", "a\0b"), #string.format("%.3s", "a\0bc"),
  #string.format("%s", ("\0"):rep(150)), (string.format("%s|", "a\0b"):gsub("%z", "0")))
for _, s in ipairs{"", "plain", "with \"quotes\"", "back\\slash", "new\nline", "car\rriage", "zero\0byte",
  "zero\0001digit", "tab\t", "\1\127\200\255", "'single'", "a\\\nb"} do
  print(string.format("%q", s))
  print(loadstring("return " .. string.format("%q", s))() == s)
end
print(pcall(string.format, "%s")) print(pcall(string.format, "%s", nil))
print(pcall(string.format, "%s", {})) print(pcall(string.format, "%s", true))
print(pcall(string.format, "%q")) print(pcall(string.format, "%q", nil))
print(pcall(string.format, "%q", 5)) print(pcall(string.format, "%q", {}))
print(pcall(string.format, "%10q", "x")) print(pcall(string.format, "%y", 1))
print(pcall(string.format, "%", 1)) print(pcall(string.format, "abc%"))
print(pcall(string.format, "%-", 1)) print(pcall(string.format, "%1$d", 1))
print(pcall(string.format, "%*d", 5, 1)) print(pcall(string.format, "%ld", 1))
print(pcall(string.format, "%hd", 1)) print(pcall(string.format, "%n", 1))
print(pcall(string.format, "%p", {})) print(pcall(string.format, "%z", 1))
print(pcall(string.format, "% %", 1)) print(pcall(string.format, "%\0", 1))
print(pcall(string.format, "%\200", 1)) print(pcall(string.format, "%12345s", "x"))
print(pcall(string.format, "%.12345s", "x")) print(pcall(string.format, "%#+- 0#s", "x"))
print(pcall(string.format, "%.s|", "abc"))
print(pcall(string.format, "%0s|%+s|%#s", "a", "b", "c"))
print(string.format("no conversions"), string.format(""), string.format("%s", "extra", "args", "ignored"),
  string.format("100%%"), string.format(5), string.format("%s", 12), pcall(string.format))
print(pcall(string.format, nil)) print(pcall(string.format, {}))
print(("%s=%d"):format("k", 5), ("%5s|%-5s|"):rep(2):format("a", "b", "c", "d"), ("x%sx"):format("%s"))
print(pcall(function() return ("%d"):format("x") end))
print(pcall(function() return ("%s %s"):format("only one") end))
print(string.format("%s %s", unpack{"a", "b"}), string.format("%s", tostring(nil)),
  string.format("%s", tostring({})):find("^table") ~= nil)
print(string.format("%3d|%-3d|%03d|%s|%q|%5.2f|%x|%c|%%", 1, 2, 3, "s", "q", 1.239, 255, 65))
print(#string.format(("%s"):rep(50), unpack((function()
  local t = {} for i = 1, 50 do t[i] = "item" .. i end return t
end)())))
