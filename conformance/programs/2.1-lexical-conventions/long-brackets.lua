-- 2.1 Lexical conventions: long strings and long comments at every level.
-- Checks the first line break, line breaks inside, brackets of other levels, unfinished and odd delimiters.

local function shown(s)
  return (s:gsub("[%c\\]", function(c) return "\\" .. c:byte() end))
end

local function try(source)
  local chunk, message = loadstring("return " .. source, "=x")
  local ok, value = pcall(chunk or error, message)
  print(shown(source), chunk ~= nil, ok, shown(tostring(value)))
end

-- The manual's five ways to write the same string.
local a = 'alo\n123"'
local b = "alo\n123\""
local c = '\97lo\10\04923"'
local d = [[alo
123"]]
local e = [==[
alo
123"]==]
assert(a == b and b == c and c == d and d == e)

for level = 0, 12 do
  local eq = ("="):rep(level)
  assert(loadstring("return [" .. eq .. "[]" .. eq .. "]")() == "")
  assert(loadstring("return [" .. eq .. "[a[" .. eq .. "=[b]" .. eq .. "]")() == "a[" .. eq .. "=[b")
end
assert(#loadstring("return [" .. ("="):rep(500) .. "[abc]" .. ("="):rep(500) .. "]")() == 3)

-- The first line break is skipped, the second is not, and all kinds become "\n".
for _, newline in ipairs{"\n", "\r", "\r\n", "\n\r"} do
  try("[[" .. newline .. "]]")
  try("[[" .. newline .. newline .. "]]")
  try("[[" .. newline .. "a" .. newline .. "b" .. newline .. "]]")
  try("[[ " .. newline .. "a]]")
end
try("[[\n\r\r\n\n\na]]") try("[[a\r\r\rb]]") try("[[a\n\n\nb]]") try("[==[\n]]]==]")

-- Nothing is an escape inside.
try([=[[[\n\t\065\]]]=]) try("[[a\\\nb]]") try("[[\\]]") try("[['\"]]") try("[[--no comment]]") try("[[a\0b]]")

-- Closing brackets of other levels.
try("[[]=]]]") try("[=[]]]=]") try("[=[ ]==] ]=]") try("[==[ ]=] ]] ]===] ]==]") try("[[]]") try("[[]]]") try("[=[]=]")
try("[=[]]=]") try("[[a]b]]") try("[[a]]]]") try("[[ ]=] ]]") try("[[x]] .. [[y]]") try("[=[[[nested]]]=]")

-- Opening brackets of the old level inside of a string of level 0 are refused.
try("[[ [[ ]]") try("[[ [[ ]] ]]") try("[[a[[b]]") try("[=[ [[ ]=]") try("[=[ [=[ ]=]") try("[[ [=[ ]]")

-- No end, or no start.
try("[[") try("[[a") try("[[a]") try("[[a]=]") try("[=[a]]") try("[=[a]==]") try("[==[\n\na]=]") try("[[\n\n\n")
try("[=") try("[=x") try("[==") try("[==a[") try("[= =[") try("[===") try("t[=[") try("[[" .. ("z"):rep(200))
try("[==[" .. ("z"):rep(60) .. "\n")

-- Comments.
for _, source in ipairs{"--[[ ]] 1", "--[[\n]] 2", "--[==[ ]] ]=] ]==] 3", "--[=[ a\nb\n]=] 4", "--[ [ \n5", "--[= [\n6",
  "-- [[\n7", "--[[a]]--[[b]] 8", "--[[]]9", "--[=\n10", "--[==\n11", "---[[\n12", "--\n13", "--[[ [[ ]]\n14", "--]]\n15",
  "--[=[ [[ ]=] 16", "--[[ -- ]] 17", "--[[ ' ]] 18", "--[[", "--[[x]", "--[=[x]]", "--[==[\n\n\nx", "--[[ [[",
  "--no newline", "--", "-", "--[[]] --[[]] 19 --[[]] --", "--[[\r\n\r\n]] 20"} do
  try(source)
end

-- Long brackets and lines: every kind of line break counts once.
local function line_after(text)
  return (select(2, loadstring(text .. " =", "=x")))
end
print(line_after("x = [[\n\n\n]]"), line_after("x = [[\r\n\r\n]]"), line_after("x = [[\n\r\n\r]]"))
print(line_after("--[[\n\n\n]]"), line_after("--[[\r\r\r]]"), line_after("--a\r--b\n\r--c\r\n--d\n"))
print(line_after("\n\n--[==[\n]==]\n"), line_after(("\n"):rep(1000)))

-- An index with a long string needs space between the brackets.
local t = {["k"] = 1, [" k"] = 2}
try("({k = 1})[ [[k]] ]") try("({k = 1})[[[k]]]") try("({k = 1})[[=[k]=]]") try("({[ [[k]] ] = 1}).k") try("{[[k]]}[1]")
try("#[[four]]") try("([[x]]):rep(3)") try("type [[x]]") try("type[[x]]") try("type[=[x]=]") try("#{[[a]], [[b]]}")
assert(t[ [[k]] ] == 1 and t[ [[ k]] ] == 2)

-- Buffers of every size.
for _, length in ipairs{0, 1, 31, 32, 33, 63, 64, 100, 5000, 100000} do
  assert(#loadstring("return [[" .. ("y"):rep(length) .. "]]")() == length)
  assert(loadstring("--[[" .. ("y"):rep(length) .. "]] return 7")() == 7)
end
