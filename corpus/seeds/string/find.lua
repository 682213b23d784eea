-- seed: string/find — plain and pattern searches, init positions, captures, anchors, empty patterns
local s = "hello world hello"
print(s:find("hello")) print(s:find("hello", 2)) print(s:find("hello", -5))
print(s:find("xyz")) print(s:find("o w")) print(s:find("")) print(s:find("", 5))
print(s:find("", 17)) print(s:find("", 18)) print(s:find("", 19)) print(s:find("", 100))
print(s:find("hello", 100)) print(s:find("hello", -100)) print(s:find("h", 0))
print((""):find("")) print((""):find("x")) print((""):find("", 1)) print((""):find("", 2))
print(s:find("l+")) print(s:find("(l+)(o)")) print(s:find("%s(%a+)%s"))
print(s:find("^hello")) print(s:find("^hello", 2)) print(s:find("^hello", 13))
print(s:find("hello$")) print(s:find("()w()")) print(s:find("w(.-)d"))
print(s:find("(h)(e)(l)(l)(o)")) print(s:find("o", 6)) print(s:find("."))
print(s:find(".", -1)) print(s:find("[aeiou]", 3))
print(("a.b.c"):find(".", 1, true)) print(("a.b.c"):find(".", 3, true))
print(("a+b"):find("+", 1, true)) print(("a%b"):find("%", 1, true))
print(("x(y"):find("(", 1, true)) print(("abc"):find("b", 1, false))
print(("a.b"):find(".", nil, true)) print(("abc"):find("", 1, true))
print(("abc"):find("", 10, true)) print(("a\0b\0c"):find("\0"))
print(("a\0b\0c"):find("\0", 3)) print(("a\0b\0c"):find("\0c", 1, true))
print(("a\0b"):find("b")) print(("a\0b"):find("a%zb"))
print(("abc\0def"):find("def", 1, true)) print(("\255\254"):find("\254"))
print(pcall(string.find)) print(pcall(string.find, "x")) print(pcall(string.find, "x", nil))
print(pcall(string.find, nil, "x")) print(pcall(string.find, {}, "x"))
print(pcall(string.find, "x", {})) print(pcall(string.find, "x", "x", "y"))
print(pcall(string.find, "x", "x", {})) print(pcall(string.find, "x", "["))
print(pcall(string.find, "x", "%")) print(pcall(string.find, "x", "("))
print(pcall(string.find, "x", ")")) print(pcall(function() return s:find() end))
print(string.find(12345, 34)) print(("x"):find("x", "1")) print(("xyz"):find("z", 2.9))
print(s:find("hello", 1 / 0) == nil) local pos, n = 1, 0
while true do local i, j = s:find("l", pos, true) if not i then break end n = n + 1 pos = j + 1 end
print(n)
local function split(t, sep)
  local r, p = {}, 1
  while true do
    local i, j = t:find(sep, p, true) r[#r + 1] = t:sub(p, i and i - 1)
    if not i then return table.concat(r, "|"), #r end p = j + 1
  end
end
print(split("a,b,,c,", ",")) print(split("", ",")) print(split("no", ","))
print(split("a--b--c", "--"))
