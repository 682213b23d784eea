-- seed: errors/syntax-near-tokens — which token the message quotes: names, strings, numbers, operators, end of file
local function show(s) return (s:gsub("[%c\127-\255]", function(c) return "\\" .. c:byte() end)) end
local function try(code) local f, e = loadstring(code, "=s") print(f and "ok" or show(e)) end
for _, tok in ipairs{"name", "'short string'", "\"double\"", "[[long string]]", "[==[\nlong\nwith lines]==]",
  "12", "1.5e10", "0xff", "1e309", "...", "..", "==", "~=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "%",
  "^", "#", "(", ")", "{", "}", "[", "]", ";", ":", ",", ".", "and", "break", "do", "else", "elseif", "end",
  "false", "for", "function", "if", "in", "local", "nil", "not", "or", "repeat", "return", "then", "true",
  "until", "while", "goto", "@", "$", "!", "&", "`", "\\", "\1", "\127", "\200", "\0", "'a\\nb'", "'a\\0b'",
  "'\\200'"} do
  try("x = = " .. tok) try("x " .. tok) try("local " .. tok) try("f(1 " .. tok)
  try("x = {1 " .. tok) try("return 1 " .. tok)
end
try("x = '" .. ("long"):rep(40) .. "' y") try("x = 1 '" .. ("long"):rep(40) .. "'")
try(("name"):rep(50) .. " = = 1") try("x = 1 " .. ("name"):rep(50))
try("x = " .. ("9"):rep(200) .. "z") try("x = [[" .. ("l"):rep(200))
try("x = '" .. ("a"):rep(100)) try("-- comment\nx = = 1") try("x = \n\n= 1")
try("x = 'a\\\nb' = 1") try("x = [[a\nb\nc]] = 1") try("--[[a\nb]] = 1") try("x =\r\n= 1")
try("x =\r\r= 1") try("x =\n\r\n\r= 1")
