-- seed: syntax/parentheses-truncate — parentheses cut a list of values to one
local function mr() return 1, 2, 3 end
local function none() end
local function va(...)
  print((...)) print(...)
  local a, b = (...)
  print(a, b)
  return (...)
end
print(va(1, 2, 3)) print(va())
print((mr())) print((mr()), mr()) print(((mr())))
print(select("#", (none()))) print(select("#", none()))
print(#{(mr())}, #{mr()})
local function r() return (mr()) end
print(r())
local function rr() return ((mr())), (mr()) end
print(rr())
local t = {(mr()), (none()), mr()}
print(t[1], t[2], t[3], t[5])
print((("x"):rep(3)):upper(), ("x"):rep((mr())))
print((1 + 2) * 3, -(2) ^ 2, (-2) ^ 2, (not nil) == true)
local x, y, z = (mr()), (mr())
print(x, y, z)
print((function() return 1, 2 end)())
print(((function() return 1, 2 end)()))
print(string.format("%s %s", mr())) print((string.gsub("aaa", "a", "b")))
print(math.max(mr()), math.max((mr()), 0))
print(pcall(function() local a = (nil).x end))
