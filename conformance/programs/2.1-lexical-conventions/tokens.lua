-- 2.1 Lexical conventions: the other tokens, spaces, and how a token is shown in a message.
-- Checks every byte where no token can be, every token as the unexpected one, and layout without meaning.

-- Every byte in the place of a statement.
for byte = 0, 255 do
  local chunk, message = loadstring(string.char(byte), "=x")
  message = chunk and "accepted" or message
  print(byte, (message:gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)))
end

-- Every byte after an expression.
local groups = {}
for byte = 0, 255 do
  local chunk, message = loadstring("return a" .. string.char(byte) .. "2", "=x")
  message = chunk and "accepted" or message
  local key = message:gsub("'.*'", "*")
  groups[key] = (groups[key] or "") .. " " .. byte
end
local keys = {}
for key in pairs(groups) do keys[#keys + 1] = key end
table.sort(keys)
for _, key in ipairs(keys) do print(key, groups[key]) end

-- Every token of the language as the unexpected one.
for token in ([=[+ - * / % ^ # == ~= <= >= < > = ( ) { } [ ] ; : , . .. ...
  and break do else elseif end false for function if in local nil not or repeat return then true until while
  name 12 1.50 0x1F 1e5 'str' "str" [[long]] [==[long]==] --comment ~ ! @ $ & | ? \ ` !=]=]):gmatch("%S+") do
  local _, statement = loadstring("x = 1 y " .. token, "=x")
  local _, value = loadstring("x = " .. token, "=x")
  local _, after = loadstring("x = 1 + " .. token, "=x")
  local _, inside = loadstring("f(a " .. token, "=x")
  print(token, statement, value)
  print("", after, inside)
end

-- Maximal munch of operators.
for _, source in ipairs{"return 1 == 1", "return 1 = = 1", "return 1 ~ = 1", "return 1 < = 1", "return 1<=1", "return 1>=1",
  "return 1=>1", "return 1=<1", "return 1!=1", "return 1~=1", "return 1<>1", "return 'a'..'b'", "return 'a'...'b'",
  "return 'a'. .'b'", "return ...", "return .. .", "return ....", "return a.b", "return a..b", "return a...b", "x==1",
  "x===1", "return 1===1", "return 1~==1", "return 2^3", "return 2**3", "return 5//2", "return 5%%2", "return #'abc'",
  "return ##'abc'", "return -#'abc'", "return #-'1'", "return not not 1", "return !1", "x += 1", "x++", "++x", "--x",
  "return a ? b : c", "return a && b", "return a || b", "return 1 & 2", "return ~1", "return 1 ~ 2", "x := 1",
  "return a->b", "return a::b", "::label::", "goto done", "return {1;2,3}", "return {;}", "return {,}", ";", "x = 1;;",
  "x = 1; ; y = 2", ";x = 1", "do ; end", "return;", "return;;"} do
  local chunk, message = loadstring(source, "=x")
  print(source, chunk and "accepted" or message)
end

-- Spaces, tabs, form feeds and line breaks only separate.
for _, space in ipairs{" ", "\t", "\v", "\f", "\r", "\n", "\r\n", " \t \n ", "--c\n", "--[[c]]", "--[==[\n]==]"} do
  local words = {"local", "x", ",", "y", "=", "1", ",", "2", ";", "return", "x", "+", "y", "*", "10"}
  assert(loadstring(space .. table.concat(words, space) .. space)() == 21)
end
for _, byte in ipairs{0, 1, 7, 8, 14, 27, 31, 127, 160, 255} do
  print(byte, (select(2, loadstring("x" .. string.char(byte) .. "=1", "=x")):gsub("[^ -~]", "?")))
end

-- The line of a token, after each kind of line break.
for _, newline in ipairs{"\n", "\r", "\r\n", "\n\r", "\n\n", "\r\r", "\n\r\n", "\r\n\r"} do
  print(select(2, loadstring("x = 1" .. newline .. "y = = 2", "=x")))
end

-- "#" at the start is special to files only.
print(loadstring("#!/usr/bin/lua\nreturn 1", "=x"))
-- So is no byte-order mark.
print((select(2, loadstring("\239\187\191return 1", "=x")):gsub("[^ -~]", "?")))
-- The end of the text.
for _, source in ipairs{"x", "x.", "x:", "x =", "x = (", "x = {", "x = 1 +", "x = not", "f(", "f(1,", "local", "local function",
  "function", "function f", "function f(", "function f(a,", "function f()", "if", "if x", "if x then", "for", "for i", "for i =",
  "for i = 1", "for i = 1,", "for i in", "for i = 1, 2", "for i = 1, 2 do", "while", "while x", "while x do", "repeat",
  "repeat until", "do", "return 1,", "x, y", "x[", "x[1", "x[1]", "x:y", "'", "[[", "--[["} do
  print(source, select(2, loadstring(source, "=x")))
end
