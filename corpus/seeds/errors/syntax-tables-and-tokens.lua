-- seed: errors/syntax-tables-and-tokens — messages for malformed constructors, strings, numbers, comments and stray characters
local function show(s) return (s:gsub("[%c\127-\255]", function(c) return "\\" .. c:byte() end)) end
local function try(code) local f, e = loadstring(code, "=s") print(show(code), f and "ok" or show(e)) end
for _, code in ipairs{
  "x = {", "x = {1", "x = {1,", "x = {,}", "x = {1,,2}", "x = {1;;2}", "x = {;}", "x = {1 2}", "x = {[1]}",
  "x = {[1] 2}", "x = {[] = 1}", "x = {[1 = 2}", "x = {[1] = }", "x = {a = }", "x = {a = 1 b = 2}",
  "x = {a: 1}", "x = {'a' = 1}", "x = {1 = 2}", "x = {a.b = 1}", "x = {a, b = }", "x = {function}", "x = {if}",
  "x = {end}", "x = {...}", "x = {a = b = c}", "x = {{}", "x = }", "x = {a = 1,}", "x = {[a] = 1;}",
  "x = {f()}", "x = {(f())}", "x = {-}", "x = {nil = 1}", "x = {a\n=\n1}", "x = {a == 1}", "x = {a, = 1}",
  "x = '", "x = \"", "x = 'abc", "x = \"abc", "x = 'abc\"", "x = 'abc\ndef'", "x = 'abc\\\ndef'", "x = 'abc\\",
  "x = '\\", "x = '\\300'", "x = '\\256", "x = '\\25", "x = [[", "x = [[abc", "x = [=[abc]]", "x = [=",
  "x = [=x", "x = [", "x = [==[a]=]", "x = [[a]", "x = [[a [[b]] c]]", "x = [=[a [[b]] c]=]", "x = ]]",
  "x = [[a]] ]]", "x = 'a\0b", "x = 'a\0b'", "--[[", "--[[ x", "--[==[ x ]]", "--[", "--[=", "-- x", "x = 1 --",
  "x = --[[ ]]", "--[[ [[ ]]", "--[[\n[[\n]]",
  "x = 3x", "x = 3.x", "x = 3..4", "x = 3...4", "x = .", "x = 3.4.5", "x = 0x", "x = 0xg", "x = 0x1g", "x = 1e",
  "x = 1e+", "x = 1ex", "x = 1e5.5", "x = 08", "x = 1f", "x = 1_000", "x = 0b1", "x = .5.", "x = 5.",
  "x = 1e309", "x = 12345678901234567890", "x = 1a.b", "x = 0xep1", "x = 1'a'", "x = 1{}",
  "@", "$", "x = @", "x = $y", "x = `y`", "x = \\", "x\\y = 1", "!", "?", "x = y?", "&", "|", "~", "~=", "=",
  "==", "x ~ 1", ":", "::", ".", "..", "...", ",", ";", "x;", ";;", "#", "#!x", "%", "^", "-", "+", "*", "/",
  "<", ">", "<=", "(", ")", "[", "]", "{", "}", "\1", "x = \127", "\128", "x\200y = 1", "x = '\200'", "\0",
  "x = 1\0", "x\0", "\239\187\191x = 1", "\27Lua", "\27", "'x'", "5", "nil", "{}", "...()", "true", "not x",
  "x y", "x y z", "and", "x and y", "in", "or = 1", "x = and", "goto = 1", "continue = 1", "self = 1", "_ = _",
  "function = 1", "nil.x = 1",
} do try(code) end
