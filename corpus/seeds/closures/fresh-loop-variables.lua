-- seed: closures/fresh-loop-variables — every iteration captures its own variables
local f = {}
for i = 1, 3 do f[#f + 1] = function() i = i + 10 return i end end
print(f[1](), f[1](), f[2](), f[3]())
f = {}
for k, v in pairs{10, 20, 30} do f[k] = function() v = v + 1 return k, v end end
print(f[1]()) print(f[1]()) print(f[2]())
f = {}
local i = 1
while i <= 3 do local j = i f[i] = function() j = j * 2 return j, i end i = i + 1 end
print(f[1]()) print(f[1]()) print(f[3]())
f = {}
i = 0
repeat local j = i f[#f + 1] = function() return j, i end i = i + 1 until j >= 2
print(f[1]()) print(f[3]())
f = {}
for i = 1, 5 do
  local a = {}
  if i % 2 == 0 then f[#f + 1] = function() a[#a + 1] = i return #a, a[1] end end
  if i == 4 then break end
end
print(#f, f[1]()) print(f[1]()) print(f[2]())
local g = {}
for i = 1, 2 do for j = 1, 2 do g[#g + 1] = function() return i, j end end end
for _, h in ipairs(g) do print(h()) end
do local x = 1 function getx() return x end function setx(v) x = v end end
setx(5) print(getx(), x)
local up = {}
for n = 1, 3 do up[n] = {get = function() return n end, set = function(v) n = v end} end
up[2].set("two") print(up[1].get(), up[2].get(), up[3].get())
