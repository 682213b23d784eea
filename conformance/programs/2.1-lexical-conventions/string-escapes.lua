-- 2.1 Lexical conventions: quoted strings and their escape sequences.
-- Checks every byte after a backslash, decimal escapes of all lengths, line breaks in strings, and the messages.

local function bytes(s)
  local out = {}
  for i = 1, #s do out[i] = s:byte(i) end
  return "[" .. table.concat(out, " ") .. "]"
end

local function try(source)
  local chunk, message = loadstring("return " .. source, "=x")
  print((source:gsub("[%c\127]", function(c) return "<" .. c:byte() .. ">" end)), chunk and bytes(chunk()) or message)
end

-- The escapes of the manual, in both kinds of quotes.
assert("\a\b\f\n\r\t\v\\\"\'" == string.char(7, 8, 12, 10, 13, 9, 11, 92, 34, 39))
assert('alo\n123"' == "alo\n123\"" and '\97lo\10\04923"' == 'alo\n123"')
assert('alo\
123"' == "alo\n123\"")

-- A backslash before any other byte stands for that byte.
local same, different = 0, {}
for byte = 1, 255 do
  local c = string.char(byte)
  local chunk, message = loadstring("return '\\" .. c .. "'", "=x")
  local value = chunk and chunk()
  if value == c then same = same + 1 else different[#different + 1] = byte .. "=" .. (value and bytes(value) or message) end
end
print("stand for themselves", same)
for _, line in ipairs(different) do print(line) end

-- A backslash before a zero byte.
print(bytes(loadstring("return '\\\0'")()), bytes(loadstring("return '\0a\0'")()))

-- Decimal escapes: up to three digits, and at most 255.
for _, digits in ipairs{"0", "1", "9", "00", "01", "09", "10", "99", "000", "001", "010", "100", "127", "128", "254", "255",
  "0000", "0010", "1000", "2555", "1a", "12b", "123c", "1 ", "00 1", "65\\66\\067"} do
  try("'\\" .. digits .. "'")
end
for value = 250, 262 do try("'\\" .. value .. "'") end
try("'\\300'") try("'\\999'") try("'\\2560'") try("'ab\\777cd'") try("'\\x41'") try("'\\u{41}'") try("'\\z  a'")

-- All values by decimal escapes, with and without leading zeros.
for byte = 0, 255 do
  assert(loadstring(("return '\\%03d'"):format(byte))() == string.char(byte))
  assert(loadstring(("return '\\%d'"):format(byte))() == string.char(byte))
end

-- Line breaks: only after a backslash, and each kind counts as one "\n".
for _, newline in ipairs{"\n", "\r", "\r\n", "\n\r"} do
  try("'a\\" .. newline .. "b'")
  try("'a\\" .. newline .. newline .. "b'")
  try("'a" .. newline .. "b'")
  print(select(2, loadstring("return '\\" .. newline .. "' .. '\\" .. newline .. "' = 1", "=x")))
end
try("'a\\\n\\\n\\\nb'") try("'a\\\r\\\nb'") try("'a\\\n\nb'")

-- The other quote needs no escape.
try([["it's"]]) try([['say "x"']]) try([["a\"b"]]) try([['a\'b']]) try([[""]]) try([['']])

-- Strings without an end.
try("'") try('"') try("'abc") try('"abc') try("'abc\\") try("'abc\\'") try("'abc\\1") try("'abc\\\n")
try("'abc\"") try("\"abc'") try("'" .. ("x"):rep(100)) try("'abc\0def") try("'a' 'b") try("'\\300")
print(loadstring("'", "=x"))
print(loadstring("x = 'one\ny = 2", "=x"))
print(loadstring("x = \n\n'one\\\ntwo\ny = 2", "=x"))

-- Long strings, over the borders of growing buffers.
for _, length in ipairs{30, 31, 32, 33, 62, 63, 64, 65, 1000, 40000} do
  local text = ("\\065"):rep(length)
  assert(loadstring("return '" .. text .. "'")() == ("A"):rep(length))
end
assert(#"\0\0\0" == 3 and "a\0b" ~= "a\0c" and "\000a" == "\0a")
