-- seed: string/pattern-classes — every character class and its complement over all 256 bytes
local function count(class)
  local n, sum = 0, 0
  for i = 0, 255 do if string.char(i):find("^" .. class .. "$") then n = n + 1 sum = sum + i end end
  return n, sum
end
for _, c in ipairs{"a", "c", "d", "l", "p", "s", "u", "w", "x", "z", "A", "C", "D", "L", "P", "S", "U", "W",
  "X", "Z", "g", "G"} do print("%" .. c, count("%" .. c)) end
for _, c in ipairs{".", "[abc]", "[^abc]", "[a-z]", "[^a-z]", "[a-zA-Z0-9]", "[%a]", "[^%a]", "[%a%d_]",
  "[^%s%p]", "[%-]", "[-a]", "[a-]", "[a%-z]", "[]]", "[^]]", "[]a]", "[%]]", "[%%]", "[.]", "[*+?]", "[^^]",
  "[a^]", "[z-a]", "[a-a]", "[%w-]", "[%a-z]", "[+--]", "[!-/]", "[\1-\31]", "[\128-\255]", "[^%z]", "[%z]",
  "[[]", "[[-]]", "[%[%]]", "[0-9a-fA-F]", "[%d.]", "[%S]", "[%W_]", "[^%W]", "[%d%D]",
  "[^%d%D]"} do print(c, count(c)) end
for _, s in ipairs{"a", "5", "_", " ", "-", "]", "^", "%", "\0", "\n", "\200"} do
  local r = {}
  for _, c in ipairs{"%a", "%d", "%w", "%s", "%p", "%c", "%x", "%u", "%l", "%z", "[%a_]",
    "[^%a_]"} do r[#r + 1] = s:match(c) and "1" or "0" end
  print((s:gsub("%c", "?")), table.concat(r))
end
print(("hello world"):gsub("%a", "x")) print(("a1b2c3"):gsub("%d", ""))
print(("a1b2c3"):gsub("%D", "")) print((" a b "):gsub("%s", "_"))
print(("Hello"):gsub("%u", "?"), ("Hello"):gsub("%l", "?"))
print(("x=1;y=2"):gsub("%p", " "))
print(("0x1F"):match("%x+$"), ("deadbeef"):match("^%x+$"), ("xyz"):match("%x"))
print(("a\0b"):gsub("%z", "0")) print(("%%"):gsub("%%", "p"))
print(("a.b*c"):gsub("[%.%*]", "")) print(("tab\there"):find("%c"))
print(("^x"):match("[%^]x"), ("a^"):match("a^"), ("$x"):match("$x"), ("x$"):match("x%$"), ("x$y"):match("x$y"))
