-- seed: operators/compare-strings — string order: prefixes, case, high bytes, embedded zeros
local s = {"", "\0", "\0\0", "\0a", " ", "0", "00", "01", "1", "10", "2", "A", "AB", "B", "Z", "_", "a", "a\0",
  "a\0a", "a\0b", "aa", "ab", "b", "z", "\127", "\128", "\255"}
local function show(x)
  return (string.gsub(x, "[%c\128-\255]", function(c) return "\\" .. string.byte(c) end))
end
for i = 1, #s - 1 do
  local a, b = s[i], s[i + 1]
  print(show(a), show(b), a < b, a <= b, a > b, a >= b, a == b)
end
local bad = 0
for i = 1, #s do for j = 1, #s do
  if (s[i] < s[j]) ~= (i < j) then bad = bad + 1 print("order", show(s[i]), show(s[j])) end
  if (s[i] <= s[j]) ~= not (s[j] < s[i]) then bad = bad + 1 end
end end
print(bad)
print("10" < "9", "10" == 10, "abc" < "abd", "Z" < "a", "" < "a", "a" < "", "a" <= "a")
print("a\0z" > "a\0b", "a\0" > "a", "a\0" .. "b" == "a\0b", ("x"):rep(100) < ("x"):rep(101))
local t = {"pear", "Apple", "fig", "apple", "10", "9", "fig2", ""}
table.sort(t)
print(table.concat(t, ","))
print(pcall(function() return "1" < 2 end))
print(pcall(function() return 1 <= "2" end))
print(pcall(function() return "a" < nil end))
print(pcall(function() return {} < "a" end))
