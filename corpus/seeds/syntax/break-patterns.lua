-- seed: syntax/break-patterns — break out of nested loops by functions, flags and one-shot loops
local function find(matrix, x)
  for i, row in ipairs(matrix) do
    for j, v in ipairs(row) do if v == x then return i, j end end
  end
  return nil, "not found"
end
local m = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}
print(find(m, 6)) print(find(m, 10))
for i = 1, 4 do
  repeat
    if i == 2 then break end
    print("continue pattern", i)
  until true
end
local found
for i = 1, 3 do
  for j = 1, 3 do if i * j == 6 then found = {i, j} break end end
  if found then break end
end
print(found[1], found[2])
while true do
  local x = 0
  for i = 1, 10 do x = x + i if x > 20 then break end end
  print(x)
  if x > 20 then break else print("no") end
end
local fs = {}
for i = 1, 5 do
  local j = i
  fs[i] = function() j = j + 1 return i, j end
  if i == 3 then break end
end
print(#fs, fs[3]()) print(fs[3]()) print(fs[1]())
do local n = 0 while true do n = n + 1 do do if n == 4 then break end end end end print(n) end
for i = 1, 3 do if i == 2 then do break end end print("before", i) end
print(loadstring("break", "=t"))
print(loadstring("do break end", "=t"))
print(loadstring("while 1 do local f = function() break end end", "=t"))
print(loadstring("while 1 do break print(1) end", "=t"))
print(loadstring("repeat if x then break end until y", "=t") ~= nil)
