-- seed: operators/logic-values — and, or, not as expressions, conditions, arguments and jumps
local function T(x) calls = (calls or 0) + 1 return x end
local vals = {false, true, 0, "", "x"}
for i = 0, 5 do
  for j = 0, 5 do
    local a, b = vals[i], vals[j]
    calls = 0
    local x, y = T(a) and T(b), T(a) or T(b)
    print(a, b, x, y, not a, not b, a and b, a or b, not (a and b), not (a or b), calls)
  end
end
local a, b, c = 1, nil, false
print(a and b or c, (a or b) and c, a and (b or 3), not a and b, a and not b, b or c or a, c or b, b and c)
local x = a and b; local y = a or b; local z = b or a; local w = c and a
print(x, y, z, w)
x = x or "default"; y = y and y + 1; z = z or x; w = not w
print(x, y, z, w)
print((a and 1 or 2) + (b and 1 or 2), #(c or "abc"), -(b or 5), (a and "t" or "f") .. (b and "t" or "f"))
local t = {a and 1, b or 2, not c, a or b and c, x = a and "X"}
print(t[1], t[2], t[3], t[4], t.x)
local function f(...) return ... and 1, (...) or 2 end
print(f()) print(f(5)) print(f(nil, 5))
if a and not b and (c or not c) then print("complex true") end
if (a and b) or (not c and a) then print("complex true 2") end
if not (a or b) or not (not b and not c) then print("no") else print("complex false") end
local r = a and b and c or b or c or a and "last"
print(r, a == 1 and b == nil and c == false, (a == 2 or b == nil) and "yes")
print(1 and 2 and 3, nil or false or nil, 1 and nil and 3, false or 2 or 3, nil and nil or 0)
