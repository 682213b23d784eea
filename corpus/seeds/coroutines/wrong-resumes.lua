-- seed: coroutines/wrong-resumes — resuming the wrong thing: self, parent, dead, non-suspended, from callbacks
local self_co self_co = coroutine.create(function() return coroutine.resume(self_co) end)
print(coroutine.resume(self_co))
local parent
parent = coroutine.create(function()
  local child = coroutine.create(function() return coroutine.resume(parent, "x") end)
  return coroutine.resume(child)
end)
print(coroutine.resume(parent))
local dead = coroutine.create(function() end) coroutine.resume(dead)
for i = 1, 3 do print(coroutine.resume(dead, i)) end
local w w = coroutine.wrap(function() return pcall(w) end) print(w())
local co
co = coroutine.create(function()
  return string.gsub("ab", ".", function(c)
    local ok, e = coroutine.resume(co) return c .. tostring(ok) .. e
  end)
end)
print(coroutine.resume(co))
local wrapped = coroutine.wrap(function() coroutine.yield(1) end) wrapped() wrapped()
print(pcall(wrapped)) print(pcall(function() wrapped() end))
print(pcall(function() local x = wrapped() end))
print(pcall(function() return wrapped() end))
local t = setmetatable({}, {__index = function(_, k) return coroutine.yield(k) end})
local m = coroutine.create(function() return t.key end) print(coroutine.resume(m))
print(coroutine.status(m)) print(coroutine.resume(m))
local c = coroutine.create(function()
  local ok, e = pcall(coroutine.yield, "inside pcall") return "continued", ok, e
end)
print(coroutine.resume(c)) print(coroutine.resume(c)) print(coroutine.status(c))
local s = coroutine.create(function()
  for i = 1, 3 do coroutine.yield(coroutine.status(coroutine.running())) end
end)
for i = 1, 5 do print(coroutine.status(s), coroutine.resume(s)) end
local order = {} local A, B
A = coroutine.wrap(function() order[#order + 1] = "A1" B() order[#order + 1] = "A2" end)
B = coroutine.wrap(function() order[#order + 1] = "B1" print(pcall(A)) order[#order + 1] = "B2" end)
A() print(table.concat(order, " ")) print(pcall(A)) print(pcall(B))
