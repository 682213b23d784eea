-- seed: metamethods/chain-limits — how deep __index and __newindex chains may go before "loop in gettable/settable"
local function chain(n, leaf)
  local t = leaf for i = 1, n do t = setmetatable({}, {__index = t, __newindex = t}) end
  return t
end
for _, n in ipairs{1, 50, 97, 98, 99, 100, 101, 102, 200} do
  local leaf = {x = "leaf"} local t = chain(n, leaf)
  print(n, pcall(function() return t.x end)) print(n, pcall(function() t.y = 1 return leaf.y end))
end
local a, b = {}, {} setmetatable(a, {__index = b}) setmetatable(b, {__index = a})
print(pcall(function() return a.k end)) print(pcall(function() local x = a[1] end))
print(pcall(rawget, a, "k"))
local f = setmetatable({}, {__index = function(t, k) return "f" .. k end})
for n = 98, 101 do print(n, pcall(function() return chain(n, f).z end)) end
local w = {} local g = setmetatable({}, {__newindex = function(t, k, v) w[k] = v end})
for n = 98, 101 do print(n, pcall(function() chain(n, g)[n] = n end)) print(w[n]) end
local callchain = function(x) return x end
for i = 1, 10 do callchain = setmetatable({}, {__call = callchain}) end print(pcall(callchain, 1))
local s = setmetatable({}, {__index = "str"})
for n = 96, 100 do print(n, pcall(function() return chain(n, s).len == string.len end)) end
