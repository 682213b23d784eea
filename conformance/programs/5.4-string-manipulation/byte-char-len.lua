-- 5.4 String manipulation: byte, char, len, lower, upper, rep, reverse, sub: indices of every kind, embedded zeros.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end) end
  print(select("#", ...), unpack(out))
end
local inf = 1 / 0

-- sub and byte over all pairs of indices, and their definition.
local s = "abcde"
for i = -8, 8 do
  local row = {}
  for j = -8, 8 do
    local sub = s:sub(i, j)
    row[#row + 1] = sub == "" and "." or sub
    local from, to = i, j
    if from < 0 then from = math.max(#s + from + 1, 1) elseif from == 0 then from = 1 end
    if to < 0 then to = #s + to + 1 elseif to > #s then to = #s end
    local expected = ""
    for k = from, to do expected = expected .. string.char(s:byte(k)) end
    assert(sub == expected)
    assert(select("#", s:byte(i, j)) == (i == 0 and j >= 1 and #sub or #sub))
    assert(#sub == 0 or string.char(s:byte(i, j)) == sub)
  end
  print(i, table.concat(row, " "), s:sub(i), s:byte(i))
end
for _, i in ipairs{1.5, 1.99, -1.5, 0.5, -0.5, "2", "-2", "0x2", " 3 ", inf, -inf, 2 ^ 31 - 1, 2 ^ 31, -2 ^ 31, 2 ^ 53, -2 ^ 53} do
  local ok, r = pcall(string.sub, s, i)
  show(i, ok, r, (select(2, pcall(string.sub, s, 1, i))), (select(2, pcall(string.byte, s, i))))
end
show(("").sub("", 1, 1), (""):sub(0), (""):byte(), select("#", (""):byte()), select("#", (""):byte(1, -1)), select("#", s:byte(10)), select("#", s:byte(3, 2)), s:byte(-1), s:byte(1, -1))
show(s:sub(2, nil), s:sub("2", "3"), s:byte(nil), s:byte(1, nil), s:byte(2, 3)) show(string.sub(12345, 2, 3), string.byte(7), string.sub(1.5, 1)) show(("a\0b\0c"):sub(2, 4), ("a\0b"):byte(1, -1)) show(("\255\128\0"):byte(1, 3))
show(pcall(string.sub)) show(pcall(string.sub, "x")) show(pcall(string.sub, "x", {})) show(pcall(string.sub, "x", 1, {})) show(pcall(string.byte)) show(pcall(string.byte, "x", "y")) show(pcall(string.byte, ("x"):rep(1e6), 1, -1)) show(select("#", ("x"):rep(7000):byte(1, -1)))

-- char.
show(string.char(), string.char(0), string.char(72, 101, 108), string.char("65"), string.char(66.9), string.char(255, 254, 1))
for _, bad in ipairs{-1, 256, 1e9, -1e9, 0.5, 255.5, "x", {}, true} do show(type(bad), pcall(string.char, bad)) show(pcall(string.char, 65, bad)) end
for i = 0, 255 do assert(string.char(i):byte() == i and #string.char(i) == 1 and string.char(i, i) == string.char(i):rep(2)) end
local codes = {}
for i = 1, 5000 do codes[i] = i % 256 end
assert(#string.char(unpack(codes)) == 5000)

-- len, lower, upper, reverse.
show((""):len(), ("a\0b"):len(), string.len(123), #"", ("x"):rep(100):len()) show(pcall(string.len)) show(pcall(string.len, {})) show(pcall(string.len, true))
local all = {}
for i = 0, 255 do all[#all + 1] = string.char(i) end
all = table.concat(all)
show(all:lower()) show(all:upper()) show(all:reverse()) show((""):lower(), (""):upper(), (""):reverse(), ("aB1-é"):upper(), ("AbÉ"):lower(), ("ab\0cd"):reverse(), ("ab\0cd"):upper(), string.upper(1e20), string.reverse(-12))
assert(all:reverse():reverse() == all and all:lower():lower() == all:lower())

-- rep.
for _, n in ipairs{0, 1, 2, 3, -1, -100, 1.9, 2.999, 0.9, "2", "0x3", -0.5, -inf} do local ok, r = pcall(string.rep, "ab", n) show(n, ok, r) end
show((""):rep(5), #(""):rep(1e6), ("a\0"):rep(3), string.rep(12, 2), #("x"):rep(1e6), #("abc"):rep(1000)) show(pcall(string.rep)) show(pcall(string.rep, "x")) show(pcall(string.rep, "x", "y")) show(pcall(string.rep, {}, 1)) show(pcall(string.rep, "x", {}))

-- As methods, and with a number in the place of a string.
show(("x"):rep(3):upper():lower():len(), (5 .. ""):rep(2), ("%d"):rep(2):format(1, 2), ("abc"):sub(2):byte(), #("abc"):reverse(), ("x").rep("y", 2), ("x").char(65))
