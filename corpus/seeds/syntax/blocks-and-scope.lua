-- seed: syntax/blocks-and-scope — do blocks, shadowing, visibility of a local in its own initialiser
local x = 1
do
  print(x)
  local x = x + 1
  print(x)
  do local x = x * 10; print(x) end
  print(x)
end
print(x)
local x = x .. "!"
print(x)
local function x() return x end
print(type(x()))
y = "global"
local y = y
y = "local"
print(y, _G.y)
local a, a, a = 1, 2, 3
print(a)
do local i = 0; for i = 1, 2 do local i = i * 2; print(i) end print(i) end
local function f(p) local p = p or "default"; do local p = 5 end return p end
print(f(), f(1), f(false))
do end do do end end
do local z = 3 end
print(z)
if true then local q = 1 end print(q)
repeat local inner = 7 until inner == 7
print(inner)
while true do local w = 1; break end print(w)
