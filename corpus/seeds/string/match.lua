-- seed: string/match — match with init, anchors, whole matches, numbers, and as a validator
print(("hello 123"):match("%d+"), ("hello 123"):match("%a+"), ("hello"):match("%d+"), ("hello"):match("^h"),
  ("hello"):match("^e"), ("hello"):match("o$"))
print(("hello"):match("l", 4), ("hello"):match("l", 5), ("hello"):match("l", -2), ("hello"):match("", 10),
  ("hello"):match("", 6), ("hello"):match("^l", 3), ("hello"):match(".", -1))
print(("k=v"):match("(.)=(.)")) print((""):match(""), (""):match("^$"), ("x"):match(""))
print(("  x "):match("^%s*(.-)%s*$") .. "|", ("a/b/c"):match("[^/]+$"), ("a/b/c"):match("^[^/]+"),
  ("v1.2.3"):match("^v(%d+)%.(%d+)%.(%d+)$"))
for _, s in ipairs{"user@example.com", "bad@", "@bad", "a.b@c.d.e", "no at sign"} do
  print(s, s:match("^[%w._]+@[%w.]+%.%a+$") ~= nil)
end
for _, s in ipairs{"192.168.1.1", "1.2.3", "300.1.1.1", "a.b.c.d"} do
  local a, b, c, d = s:match("^(%d+)%.(%d+)%.(%d+)%.(%d+)$") print(s, a, b, c, d)
end
for _, s in ipairs{"12", "-12", "+12", "1.5", ".5", "5.", "1e5", "0x1f", "", "-", "1 2"} do
  print(s, s:match("^[+-]?%d+$") ~= nil, s:match("^[+-]?%d*%.?%d*$") ~= nil, tonumber(s) ~= nil)
end
print(pcall(string.match)) print(pcall(string.match, "x"))
print(pcall(string.match, "x", nil)) print(pcall(string.match, "x", "x", "y"))
print(pcall(string.match, {}, "x")) print(string.match(12345, "3."))
print(("abc"):match("b", nil)) print(("abc"):match("b", "2"), ("abc"):match("b", 2.9))
print(("abc"):match("((b))"), ("abc"):match("b()"))
print(("x = 5 -- comment"):match("^(.-)%s*%-%-%s*(.*)$"))
print(("function foo(a, b)"):match("function%s+([%w_.:]+)%s*%(([^)]*)%)"))
print(("<tag attr='v'>"):match("<(%w+)%s+(%w+)='([^']*)'>"))
print(("https://host:8080/path?q=1#frag"):match("^(%a+)://([^:/]+):?(%d*)(/[^?#]*)%??([^#]*)#?(.*)$"))
print(("10:20:30"):match("^(%d%d):(%d%d):(%d%d)$"))
print(("a\0b"):match("a%zb") == "a\0b", ("a\0b"):match("[^%z]+"), #("a\0b"):match(".+"))
print(("\195\169"):match("[\128-\255]+") == "\195\169", #("\255"):match("."))
local function csv(l)
  local r = {} for f in (l .. ","):gmatch("([^,]*),") do r[#r + 1] = f end
  return #r, table.concat(r, "|")
end
print(csv("a,b,c")) print(csv("")) print(csv(",")) print(csv("a,,c,"))
print(("CamelCase"):match("^(%u%l+)(%u%l+)$")) print(("%5"):match("%%(%d)"))
print(("a-b"):match("a%-b"), ("a.b"):match("a%.b"), ("axb"):match("a%.b"), ("[x]"):match("%[(.)%]"), ("(x)"):match("%((.)%)"))
