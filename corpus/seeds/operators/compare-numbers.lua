-- seed: operators/compare-numbers — relational operators over numbers, in every operand form
local n = {-1 / 0, -1e300, -2, -1, -0.5, 0, 0.5, 1, 2, 1e300, 1 / 0}
for i, a in ipairs(n) do
  local row = {}
  for j, b in ipairs(n) do
    assert((a < b) == (i < j) and (a <= b) == (i <= j) and (a > b) == (i > j) and (a >= b) == (i >= j))
    row[#row + 1] = (a < b and "<" or "") .. (a > b and ">" or "") .. (a == b and "=" or "")
  end
  print(table.concat(row, " "))
end
local a, b = 1, 2
print(a < b, a < 2, 1 < b, 1 < 2, a > b, a > 2, 1 > b, 1 > 2)
print(a <= b, a <= 2, 1 <= b, 1 <= 2, a >= b, a >= 2, 1 >= b, 1 >= 2)
print(a == b, a == 1, 1 == a, 1 == 1, a ~= b, a ~= 1, 1 ~= a, 1 ~= 1)
local r = a < b
local s = not (a < b)
local t = a < b and "yes" or "no"
local u = (a < b) == (b > a)
print(r, s, t, u, not (a < b) == not (b > a))
if not (a > b) then print("not gt") end
if not (a < b) then print("no") else print("lt") end
while a < b do a = a + 0.25 end
print(a)
print(2 ^ 53 == 2 ^ 53 + 1, 2 ^ 53 + 2 > 2 ^ 53, 0.1 + 0.2 == 0.3, 0.1 + 0.2 > 0.3, 1e15 + 0.3 == 1e15 + 0.25)
