-- 5.4 String manipulation: format with %s, %q, %%, the checks of the format itself, and long results.

local function shown(v) return (tostring(v):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = shown((select(i, ...))) end
  print(unpack(out))
end

-- %s with widths and precisions.
for _, f in ipairs{"%s", "%5s", "%-5s|", "%.0s", "%.2s", "%5.2s", "%-5.2s|", "%10s", "%05s", "%+s", "% s", "%#s", "%.s", "%5.s", "%99s", "%.99s", "%-99.3s|", "%1s", "%.10s"} do
  show(f, f:format(""), f:format("a"), f:format("abc"), f:format("abcdefghijkl"), f:format(12), f:format(1.5))
end
-- Zeros end a text where C formats it: with a width or precision, not without and for long texts.
for _, text in ipairs{"a\0b", "\0", "ab\0", "\0\0\0", ("x"):rep(99) .. "\0y", ("x"):rep(100) .. "\0y", ("x"):rep(50) .. "\0" .. ("y"):rep(60)} do
  show(#("%s"):format(text), #("%10s"):format(text), #("%-10s"):format(text), #("%.5s"):format(text), #("%.60s"):format(text), #("[%s]"):format(text))
end
for _, length in ipairs{0, 1, 98, 99, 100, 101, 200, 511, 512, 513, 5000} do
  local text = ("z"):rep(length)
  show(length, #("%s"):format(text), #("%99s"):format(text), #("%.99s"):format(text), #("%.50s"):format(text), #("<%s>"):format(text), #("%s%s"):format(text, text), #("%q"):format(text))
end
-- Other types are not converted in 5.1.
for _, v in ipairs{true, {}, print, newproxy(), setmetatable({}, {__tostring = function() return "object" end})} do show(type(v), pcall(string.format, "%s", v)) end
show(pcall(string.format, "%s")) show(pcall(string.format, "%s", nil)) show(pcall(string.format, "%s %s", "a")) show(string.format("%s", 1e100), string.format("%s", -0.5), string.format("%10s|", 1 / 3), string.format("%.3s|", 12345))

-- %q: text that the lexer reads back.
for _, text in ipairs{"", "plain", 'with "quotes"', "back\\slash", "new\nline", "return\rcarriage", "tab\tbell\a", "zero\0zero", "zero\0001", "\\n", "\\\n", '"', "\127\128\255", "'single'", "\0", "\n", "\r\n", "%d %s"} do
  local quoted = ("%q"):format(text)
  show(#text, quoted)
  assert(loadstring("return " .. quoted)() == text)
end
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
show(("%q"):format(all))
assert(loadstring("return " .. ("%q"):format(all))() == all)
show(("%q"):format(12), ("%q"):format(1e100), pcall(string.format, "%q")) show(pcall(string.format, "%q", true)) show(pcall(string.format, "%q", {})) show(("%5q|"):format("x"), ("%-5q|"):format("x"), ("%.1q|"):format("xyz"), ("%05.3q"):format("\n"))

-- %% and plain text.
show(("%%"):format(), ("100%%"):format(), ("%%%%"):format(), ("%%d"):format(), ("%%%d"):format(5), ("a%%b%%c"):format()) show((""):format(), ("plain"):format(), ("plain"):format(1, 2), ("zero\0inside %s"):format("x"), ("\0"):format())
show(string.format(5), string.format(1.5, "unused"), pcall(string.format)) show(pcall(string.format, nil)) show(pcall(string.format, {}))

-- Wrong formats.
for _, f in ipairs{"%", "x%", "%d%", "%5", "%-", "%.", "%.5", "% ", "%y", "%b", "%n", "%p", "%a", "%l", "%ld", "%hd", "%k", "%z", "%Q", "%S", "%C", "%D", "%I", "%U", "%O", "%F", "%!", "%\n", "%\0", "%\200", "%*d", "%$", "%1$d", "%'d", "%123d", "%-123d", "%012d", "%0012d", "%.123f", "%.012f", "%12.123f",
  "%1234.5d", "%--d", "%---d", "%----d", "%-----d", "%------d", "%+-+-+d", "%+-+-+-d", "%00000d", "%000000d", "%     d", "%      d", "%#####x", "%######x", "%-+ #0d", "%-+ #05d", "%5-d", "%.-5d", "%.5.5d", "%..5d", "%5 d", "%d%y", "%s%"} do
  show(f, pcall(string.format, f, 42, 43))
end

-- Several at once, arguments in excess, numbers as formats.
show(("%s=%d (%x) %5.2f %q %c%%"):format("k", 10, 255, 1.005, "q", 33)) show(("%d"):rep(50):format(unpack({1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50})))
local many = {}
for i = 1, 200 do many[i] = i end
show(#("%d,"):rep(200):format(unpack(many)), #("%s"):rep(200):format(unpack(many)), ("%5d"):rep(3):format(1, 22, 333))
show(#("x"):rep(1e5):format(), #(("x"):rep(5000) .. "%s" .. ("y"):rep(5000)):format(("z"):rep(5000)))
