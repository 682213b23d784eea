-- 5.4.1 Patterns: character classes and sets: which of the 256 bytes each one matches.

-- The bytes that match, as ranges.
local function members(pattern)
  local ranges, first, last = {}, nil, nil
  for byte = 0, 256 do
    local hit = byte < 256 and string.find(string.char(byte), "^" .. pattern .. "$") ~= nil
    if hit then first, last = first or byte, byte elseif first then ranges[#ranges + 1] = first == last and first or first .. "-" .. last first = nil end
  end
  return table.concat(ranges, " ")
end

-- Every letter after "%", in both cases: classes, and letters that are none.
for letter in ("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"):gmatch(".") do
  local ok, m = pcall(members, "%" .. letter)
  print("%" .. letter, (tostring(m):gsub("^.-%.lua:%d+: ", "")))
end
-- Every other byte after "%": itself.
for byte = 0, 255 do
  local c = string.char(byte)
  if not c:find("%w") and byte ~= 0 then assert(members("%" .. c) == tostring(byte), byte) end
end
print(pcall(string.find, "a", "%\0")) print(pcall(string.find, "\0", "%\0"))
-- Upper case is the complement.
for letter in ("acdlpsuwxz"):gmatch(".") do
  local both = 0
  for byte = 0, 255 do
    local c = string.char(byte)
    assert((c:find("%" .. letter) ~= nil) == (c:find("%" .. letter:upper()) == nil))
    assert((c:find("[%" .. letter .. "]") ~= nil) == (c:find("%" .. letter) ~= nil) and (c:find("[^%" .. letter .. "]") == nil) == (c:find("%" .. letter) ~= nil))
    if c:find("%" .. letter) then both = both + 1 end
  end
  print(letter, both)
end
-- The dot is every byte, zero among them.
print(members("."))
-- Every byte alone, as far as it is not magic.
local magic = {}
for byte = 0, 255 do
  local c = string.char(byte)
  local ok, m = pcall(members, c)
  if not ok or m ~= tostring(byte) then magic[#magic + 1] = (c:find("%c") and "<" .. byte .. ">" or c) .. "=" .. (ok and m or (m:gsub("^.-%.lua:%d+: ", ""))) end
end
print(table.concat(magic, "; "))

-- Sets.
for _, set in ipairs{"[abc]", "[a-c]", "[^abc]", "[^a-c]", "[a-]", "[-a]", "[a-c-e]", "[--a]", "[a-%z]", "[%a-z]", "[a-%a]", "[%w_]", "[^%w_]", "[%s%p]", "[^%s%p]", "[]]", "[^]]", "[]abc]", "[^]abc]", "[]-a]", "[^]-a]", "[%]]", "[^%]]", "[%^a]", "[a^]", "[^^]", "[^^a]", "[%-a]", "[a%-z]", "[+-.]", "[.]", "[^.]", "[%.]", "[*+?-]", "[$]", "[()]",
  "[%%]", "[%a%d]", "[%A%D]", "[%W]", "[^%W]", "[0-9a-fA-F]", "[z-a]", "[a-a]", "[a-z-]", "[a-z-9]", "[!-~]", "[\1-\31]", "[\128-\255]", "[^\128-\255]", "[\200-\100]", "[[]", "[[a]", "[[:alpha:]]", "[%z]", "[^%z]", "[%z\1]", "[%g]", "[%q]", "[ ]", "[\t-\r]", "[\\]", "[a\\-z]", "['\"]"} do
  local ok, m = pcall(members, set)
  print((set:gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)), (tostring(m):gsub("^.-%.lua:%d+: ", "")))
end
-- Malformed ones.
for _, set in ipairs{"[", "[^", "[]", "[^]", "[a", "[a-", "[a-]x", "[%", "[%]", "[%a", "[^%", "[]a", "[^]a", "[a]]", "[a-z", "[[", "[[]", "[a\0b]", "[\0]", "[\0-\31]", "%", "a%", "%b", "%bx", "%f", "%fa", "%f[", "%f[a", "(", ")", "(()", "())", "(a", "a)", "%1", "(%1)", "()%1", "(a)%1", "(a)%2", "%0", "(a%1)", "((a)%1)", "((a)%2)", "%9", "%b()%b", "*", "+", "?", "-", "**", "a**", "a+*", "^*", "^+a", "$*", "(*)", "(+a)", "[a]*+", "^^", "$$", "a^", "^", "$"} do
  print((set:gsub("%z", "<0>")), pcall(string.find, "abc+*?-()[]^$%1", set))
end
