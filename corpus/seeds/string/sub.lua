-- seed: string/sub — every combination of start and end around the borders
local s = "abcdefgh"
for i = -10, 10, 2 do
  local r = {} for j = -10, 10, 2 do r[#r + 1] = "[" .. s:sub(i, j) .. "]" end
  print(i, table.concat(r))
end
print(s:sub(3), s:sub(-3), s:sub(0), s:sub(9), s:sub(8), s:sub(-8), s:sub(-9), s:sub(-100), s:sub(100))
print(s:sub(2, -2), s:sub(-3, -2), s:sub(4, 4), s:sub(5, 4), s:sub(1, 0), s:sub(0, 0), s:sub(-1, -1),
  s:sub(1, 100), s:sub(-100, 100))
print((""):sub(1, 1), (""):sub(0), (""):sub(-1, -1), ("x"):sub(1, 1), ("x"):sub(2, 2))
print(s:sub("2", "3"), s:sub(2.9, 3.9), s:sub(-2.5), s:sub(1e10), s:sub(-1e10), s:sub(1, 1e10), s:sub(2, nil))
print(s:sub(1 / 0) == "" or s:sub(1 / 0), #s:sub(2 ^ 31), #s:sub(1, 2 ^ 31), #s:sub(-2 ^ 31))
print(("a\0b\0c"):sub(2, 4) == "\0b\0", #("a\0b"):sub(2))
print(string.sub(12345, 2, 3), (12345 .. ""):sub(-2)) print(pcall(string.sub))
print(pcall(string.sub, "x")) print(pcall(string.sub, "x", "y"))
print(pcall(string.sub, "x", {})) print(pcall(string.sub, {}, 1))
print(pcall(string.sub, "x", 1, {})) print(pcall(string.sub, nil, 1))
print(pcall(function() return s:sub() end))
print(pcall(function() return s.sub(nil, 1) end))
local function each(t)
  local r = {} for i = 1, #t do r[#r + 1] = t:sub(i, i) end return table.concat(r, "-")
end
print(each("hello"), each(""), each("x"))
local function starts(t, p) return t:sub(1, #p) == p end
local function ends(t, p) return p == "" or t:sub(-#p) == p end
print(starts("hello", "he"), starts("he", "hello"), ends("hello", "lo"), ends("hello", ""), starts("x", ""))
local function trim(t)
  local i = 1 while t:sub(i, i) == " " do i = i + 1 end local j = #t
  while j >= i and t:sub(j, j) == " " do j = j - 1 end return t:sub(i, j)
end
print("[" .. trim("  a b  ") .. "]", "[" .. trim("   ") .. "]", "[" .. trim("") .. "]")
local function insert(t, p, x) return t:sub(1, p - 1) .. x .. t:sub(p) end
print(insert("held", 4, "lo wor"), insert("", 1, "x"), insert("ab", 3, "c"))
