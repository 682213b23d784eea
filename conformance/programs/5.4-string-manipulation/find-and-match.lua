-- 5.4 String manipulation: find, match, gmatch: positions, plain search, captures, start indices, empty matches.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end) end
  print(select("#", ...), unpack(out))
end

-- find: positions and captures; nil if there is none.
show(("hello world"):find("wor")) show(("hello"):find("l")) show(("hello"):find("xyz")) show(("hello"):find("")) show((""):find("")) show((""):find("x")) show(("hello"):find("", 3)) show(("hello"):find("", 6)) show(("hello"):find("", 7)) show(("hello"):find("", 10)) show(("hello"):find("", -1)) show(("hello"):find("", -10))
show(("hello"):find("l+")) show(("hello"):find("(l)(l)")) show(("hello"):find("()ll()")) show(("hello"):find("(h)(.)%2")) show(("hello"):find("^h")) show(("hello"):find("^e")) show(("hello"):find("^e", 2)) show(("hello"):find("o$")) show(("hello"):find("l$")) show(("hello"):find("^$")) show((""):find("^$")) show(("hello"):find("$"))
for init = -8, 8 do show(init, ("hello"):find("l", init)) show(init, ("hello"):find("l", init, true)) show(init, ("hello"):match("()l", init)) end
for _, init in ipairs{1.5, 3.9, "3", "0x3", -1.5, 2 ^ 31, -2 ^ 31, 1e15, -1e15, 1 / 0, -1 / 0} do show(init, pcall(string.find, "hello", "l", init)) end
-- Plain.
show(("a.b"):find(".", 1, true)) show(("a.b"):find(".")) show(("a%b"):find("%", 1, true)) show(("a+b"):find("+b", 1, true)) show(("abc"):find("", 2, true)) show(("abc"):find("", 4, true)) show(("abc"):find("", 5, true)) show(("aaab"):find("aab", 1, true)) show(("a\0b"):find("\0", 1, true)) show(("a\0bc"):find("\0b")) show(("ab"):find("abc", 1, true))
for _, plain in ipairs{true, false, 0, "", {}} do show(type(plain), ("a.b"):find(".", 1, plain)) end
show(("a.b"):find(".", 1, nil)) show(("[x"):find("[", 1, true)) show(pcall(string.find, "[x", "[")) show(("a\0b\0c"):find("\0c", 1, true)) show(("abcabc"):find("abc", 2, true)) show(("\0\0\1"):find("\0\1", 1, true)) show((("a"):rep(1000) .. "b"):find("aab", 1, true)) show((("a"):rep(1000) .. "b"):find("a+b"))
-- A pattern without special characters is searched plainly, zeros included.
show(("x\0y"):find("\0y")) show(("x\0y"):find("x\0")) show(("x\0y\0z"):find("\0z")) show(string.find(12345, 34)) show(string.find(12345, "3(.)")) show(string.find("a1b", 1)) show(string.match(2024, "%d%d$"))

-- match: captures, or the whole match.
show(("key = value"):match("(%w+)%s*=%s*(%w+)")) show(("hello"):match("l+")) show(("hello"):match("x")) show(("hello"):match("")) show(("hello"):match("()")) show(("hello"):match("(h)(e)(l)(l)(o)")) show(("hello"):match("((h)((e)(l)))")) show(("2024-05-06"):match("(%d+)-(%d+)-(%d+)")) show((""):match(".-")) show((""):match(".")) show(("abc"):match("^(.-)c"))
show(("  trim me  "):match("^%s*(.-)%s*$")) show(("x"):match("(y?)(x)")) show(("f(a(b)c)d"):match("%b()")) show(("[[x]]"):match("^%[%[(.*)%]%]$")) show(("a\0b"):match("a%zb")) show(("a\0b"):match("(.)b")) show(("abc"):match("b()", 2)) show(("abc"):match("^b", 2)) show(("abc"):match("a", 2)) show(("abc"):match(".", -1)) show(("abc"):match(".", 10))
show(("hello world from lua"):match("(%a+) (%a+)$")) show(("THE (quick) fox"):find("%((%a+)%)")) show(("a,b,,c"):match("^([^,]*),([^,]*),([^,]*),([^,]*)$")) show(("0x1F"):match("^0[xX](%x+)$")) show(("-12.5e+3"):match("^([+-]?%d+%.?%d*[eE]?[+-]?%d*)$"))

-- 32 captures are the limit.
show(("x"):rep(32):match(("(.)"):rep(32))) show(pcall(string.match, ("x"):rep(33), ("(.)"):rep(33))) show(pcall(string.match, "", ("()"):rep(32))) show(pcall(string.match, "", ("()"):rep(33))) show(pcall(string.find, ("x"):rep(40), ("(x"):rep(33) .. (")"):rep(33)))

-- gmatch.
local function all(s, p) local out = {} for a, b, c in s:gmatch(p) do out[#out + 1] = "<" .. tostring(a) .. (b and "," .. tostring(b) or "") .. (c and "," .. tostring(c) or "") .. ">" end return #out, table.concat(out) end
for _, case in ipairs{{"one two three", "%a+"}, {"k1=v1, k2=v2", "(%w+)=(%w+)"}, {"abc", ""}, {"abc", "."}, {"abc", "()"}, {"abc", ".-"}, {"abc", "x*"}, {"abc", "b*"}, {"", ""}, {"", "x"}, {"", "x*"}, {"aXbXc", "[^X]*"}, {"aXbXc", "[^X]+"}, {"hello", "l"}, {"hello", "^h"}, {"^h^h", "^h"}, {"hello", "o$"}, {"abab", "(a)(b)"}, {"a1b22c333", "%a(%d+)"},
  {"x = 1, y = 2", "(%a) = (%d)"}, {"a\0b\0c", "%z"}, {"a\0b\0c", "[^%z]"}, {"  a  b  ", "%s*(%S+)%s*"}, {"f(x)(y(z))", "%b()"}, {"THE QUICK", "%f[%a]%a+"}, {"aaa", "a-"}, {"aaa", "a-a"}, {"1,2;3", "([^,;]+)()"}, {"äöü", "[\128-\255]+"}, {"ab", "(a?)(b?)"}, {"ab", "%w-()"}} do show(case[1], case[2], all(case[1], case[2])) end
local iterate = ("ab"):gmatch(".")
show(type(iterate), iterate()) show(iterate("ignored")) show(iterate()) show(iterate()) show(("x"):gmatch("x") ~= ("x"):gmatch("x"), string.gfind == string.gmatch)
show(pcall(string.gmatch)) show(pcall(string.gmatch, "x")) show(pcall(string.gmatch, {}, "x")) show(pcall(("x"):gmatch("("))) show(pcall(("x"):gmatch("%"))) show(pcall(("x"):gmatch("[")))
show(all("12321", "[12]")) show(string.gmatch(12321, "[12]")())
-- Nested, interleaved, left and taken up again.
local words = {}
for line in ("a b\nc d\n"):gmatch("([^\n]*)\n") do for word in line:gmatch("%S+") do words[#words + 1] = word end end
local g = ("1 2 3 4"):gmatch("%d")
for d in g do if d == "2" then break end end
show(table.concat(words), g(), g(), g())
