-- seed: string/gmatch — iterating matches: words, pairs, positions, empty matches, anchors, gfind
for w in ("one two  three"):gmatch("%a+") do print(w) end
for k, v in ("a=1;b=2;c"):gmatch("(%w+)=(%w+)") do print(k, v) end
for p in ("abc"):gmatch("()") do print(p) end
for w in ("abc"):gmatch("") do print("[" .. w .. "]") end
for w in ("a,b,,c"):gmatch("([^,]*)") do print("[" .. w .. "]") end
for w in ("a,b,,c,"):gmatch("([^,]*),") do print("[" .. w .. "]") end
for a, b, c in ("123456"):gmatch("(.)(.)(.)") do print(a, b, c) end
for w in ("hello"):gmatch("l*") do print("[" .. w .. "]") end
for w in ("^a^a"):gmatch("^a") do print("anchored", w) end
for w in ("xyz"):gmatch("nomatch") do print("never") end
for w in (""):gmatch(".") do print("never") end
for w in (""):gmatch(".*") do print("empty [" .. w .. "]") end
local n = 0 for _ in ("aaaa"):gmatch("aa") do n = n + 1 end print(n)
local it = ("a b c"):gmatch("%a") print(type(it), it(), it(), it(), it(), it())
print(pcall(string.gmatch)) print(pcall(string.gmatch, "x"))
print(pcall(string.gmatch, nil, "x")) print(pcall(string.gmatch, "x", {}))
print(pcall(function() for w in ("x"):gmatch("[") do end end))
print(pcall(function() for w in ("x"):gmatch("(") do end end))
print(pcall(("x"):gmatch("%"))) print(string.gfind == string.gmatch, type(string.gfind))
for w in string.gfind("old name", "%a+") do print(w) end
print(pcall(function() return string.gmatch() end))
local t = {}
for w, e in ("The Quick brown Fox"):gmatch("()%u%l+()") do t[#t + 1] = w .. "-" .. e end
print(table.concat(t, " ")) local counts = {}
for c in ("mississippi"):gmatch(".") do counts[c] = (counts[c] or 0) + 1 end
for _, c in ipairs{"m", "i", "s", "p"} do print(c, counts[c]) end
for line in ("l1\nl2\n\nl4"):gmatch("([^\n]*)\n?") do print("<" .. line .. ">") end
for a in ("a\0b\0c"):gmatch("%Z") do print(a) end
for num in ("1 -2 3.5 1e5"):gmatch("%-?%d+%.?%d*e?%d*") do print(num + 0) end
local i1, i2 = ("abc"):gmatch("."), ("xyz"):gmatch(".")
print(i1(), i2(), i1(), i2(), i1(), i2(), i1(), i2()) local s = 0
for d in ("12345"):gmatch("%d") do s = s + d end print(s)
for k, v in ("&lt;a&gt;&amp;"):gmatch("&(%a+)(;)") do print(k, v) end
for w in ("nested (a (b)) (c)"):gmatch("%b()") do print(w) end
