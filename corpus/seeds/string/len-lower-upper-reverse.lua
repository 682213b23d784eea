-- seed: string/len-lower-upper-reverse — the simple string functions over ASCII, high bytes and zeros
for _, s in ipairs{"", "abc", "ABC", "MiXeD 123!", "a\0B\0c", "\192\224\255", "tab\tnew\nline", ("Long"):rep(50)} do
  print(#s, s:len(), #s:upper(), s:lower():byte(1, 3))
  print((s:upper():gsub("%c", "?")), (s:lower():gsub("%c", "?")), (s:reverse():gsub("%c", "?")),
    s:reverse():reverse() == s, s:upper():lower() == s:lower())
end
print(string.len(123), string.lower(5), string.upper(1.5), string.reverse(120), string.len("x", "extra"), ("x"):len(1, 2))
print(pcall(string.len)) print(pcall(string.lower)) print(pcall(string.upper, nil))
print(pcall(string.reverse, {})) print(pcall(string.len, true))
print(pcall(string.lower, print)) print(pcall(function() return ("x").upper() end))
print(pcall(function() return string.reverse(setmetatable({}, {__tostring = function() return "x" end})) end))
local changed = {}
for i = 0, 255 do
  local c = string.char(i)
  if c:lower() ~= c then changed[#changed + 1] = i .. ">" .. c:lower():byte() end
end
print(#changed, table.concat(changed, " ")) changed = {}
for i = 0, 255 do
  local c = string.char(i)
  if c:upper() ~= c then changed[#changed + 1] = i .. ">" .. c:upper():byte() end
end
print(#changed, table.concat(changed, " "))
local function palindrome(s) s = s:lower():gsub("[^%a]", "") return s == s:reverse() end
print(palindrome("A man, a plan, a canal: Panama"), palindrome("hello"), palindrome(""))
local function title(s) return (s:gsub("(%a)([%w_']*)", function(a, b) return a:upper() .. b:lower() end)) end
print(title("hello wORLD it's a test"), title(""))
local function swapcase(s)
  return (s:gsub("%a", function(c) return c:lower() == c and c:upper() or c:lower() end))
end
print(swapcase("Hello World 123"))
print(("abc"):reverse():upper():lower():len(), ("x"):upper().len == string.len, #("ab"):reverse())
