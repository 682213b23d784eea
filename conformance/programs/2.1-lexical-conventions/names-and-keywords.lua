-- 2.1 Lexical conventions: what is a name, the reserved words, and that case matters.
-- Checks every byte at the start and inside of a name, every keyword in every place of a name, and the messages.

local keywords = {
  "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
  "nil", "not", "or", "repeat", "return", "then", "true", "until", "while",
}

-- Bytes that may start a name, and bytes that may be inside of one.
local starts, continues = {}, {}
for byte = 0, 127 do
  local char = string.char(byte)
  if loadstring("local " .. char .. " = 1") then starts[#starts + 1] = char end
  if loadstring("local a" .. char .. " = 1") then continues[#continues + 1] = char end
end
print("starts", #starts, table.concat(starts))
print("continues", #continues, (table.concat(continues):gsub("%c", function(c) return "\\" .. c:byte() end)))
assert(#starts == 53)

-- Each keyword, where a name is wanted.
local frames = {
  {"local", "local %s = 1"}, {"global", "%s = 1"}, {"field", "t = {} t.%s = 1"}, {"record", "t = {%s = 1}"},
  {"method", "t = {} t:%s()"}, {"parameter", "local function f(%s) end"}, {"function", "function %s() end"},
  {"function field", "function t.%s() end"}, {"function method", "function t:%s() end"},
  {"local function", "local function %s() end"}, {"numeric for", "for %s = 1, 2 do end"},
  {"generic for", "for k, %s in pairs{} do end"}, {"local list", "local a, %s"}, {"value", "return %s"},
}
for _, frame in ipairs(frames) do
  for _, word in ipairs(keywords) do
    local chunk, message = loadstring(frame[2]:format(word), "=x")
    print(frame[1], word, chunk and "accepted" or message)
  end
end

-- The same words in other letters are names.
for _, word in ipairs(keywords) do
  local upper = word:upper()
  local chunk = assert(loadstring("local " .. upper .. ", " .. upper .. "_, _" .. word .. " = 1, 2, 3 return "
    .. upper .. " + " .. upper .. "_ + _" .. word))
  assert(chunk() == 6)
end
for _, word in ipairs{"goto", "continue", "switch", "self", "arg", "global", "const", "then_", "ends", "_ENV", "nill"} do
  local chunk, message = loadstring("local " .. word .. " = 5 return " .. word, "=x")
  print(word, chunk and chunk() or message)
end

-- Keywords as string keys.
local t = {}
for i, word in ipairs(keywords) do t[word] = i end
print(t["and"], t["while"], t["end"])

-- Names are compared whole, however long they are.
for _, length in ipairs{1, 2, 31, 32, 33, 63, 64, 65, 255, 256, 257, 1000, 5000} do
  local a, b = ("n"):rep(length) .. "1", ("n"):rep(length) .. "2"
  local sum = assert(loadstring(("local %s, %s = 3, 4 return %s * 10 + %s"):format(a, b, a, b)))()
  assert(sum == 34)
end
print(loadstring(("x"):rep(500) .. " " .. ("y"):rep(500), "=x"))

-- Maximal munch: digits and letters after a name belong to it, and a number ends only where none follow.
print(loadstring("return a1b2c3", "=x") ~= nil, loadstring("return 1a", "=x"))
print(loadstring("x=1y=2", "=x"))
print(loadstring("x=1 y=2", "=x") ~= nil, loadstring("x=(1)y=(2)", "=x") ~= nil, loadstring("x=''y=''", "=x") ~= nil)
print(loadstring("ifx then end", "=x"))
print(loadstring("if x thenend", "=x"))
print(loadstring("return not1", "=x") ~= nil, loadstring("returnnot 1", "=x"))
print(loadstring("for i=1,2do local x=i end return 1", "=x"))
print(loadstring("if x then y=1else y=2 end", "=x"))
print(loadstring("if x then y=''else y=''end", "=x") ~= nil)
