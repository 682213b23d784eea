-- seed: closures/closing — upvalues closed by break, return, error, goto-like exits and coroutine ends
local keep
for i = 1, 5 do local x = i * 100 keep = function() x = x + 1 return x end if i == 3 then break end end
print(keep(), keep())
local function early()
  for i = 1, 5 do
    local y = i keep = function() y = y + 1 return y end
    if i == 2 then return "returned " .. i end
  end
end
print(early(), keep(), keep())
print(pcall(function() local z = "z" keep = function() z = z .. "!" return z end error("stop") end))
print(keep(), keep())
local co = coroutine.wrap(function()
  local w = 0 keep = function() w = w + 1 return w end coroutine.yield(keep()) w = w + 100
  coroutine.yield()
end)
print(co(), keep(), keep()) co() print(keep())
co = nil print(keep())
local dead = coroutine.create(function()
  local v = "v" keep = function() v = v .. "v" return v end error("oops", 0)
end)
print(coroutine.resume(dead)) print(keep(), keep())
do
  local a, b, c = 1, 2, 3
  keep = function() a, b, c = b, c, a return a, b, c end
end
do local x, y, z = "overwrite", "these", "slots" end
print(keep()) print(keep())
local function tail(n)
  local t = n keep = function() t = t + 1 return t end
  return (function() return n * 2 end)()
end
print(tail(5), keep(), keep())
local function va(...) local a, b = ... keep = function() a, b = b, a return a, b end return ... end
print(va(1, 2)) print(keep()) print(keep())
local gs = {}
while true do local n = #gs gs[#gs + 1] = function() n = n + 1 return n end if n == 2 then break end end
print(gs[1](), gs[2](), gs[3](), gs[1]())
