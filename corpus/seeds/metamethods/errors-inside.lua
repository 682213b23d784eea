-- seed: metamethods/errors-inside — errors raised in handlers, their levels and positions
local function mk(event, f) return setmetatable({}, {[event] = f}) end
local function lvl(n) return function() error("level " .. n, n) end end
for n = 0, 3 do
  print(n, pcall(function() return mk("__index", lvl(n)).x end))
  print(n, pcall(function() mk("__newindex", lvl(n)).x = 1 end))
  print(n, pcall(function() return mk("__add", lvl(n)) + 1 end))
  print(n, pcall(function() local a = mk("__call", lvl(n)) a() end))
  print(n, pcall(function() return (mk("__concat", lvl(n)) .. "x") end))
  print(n, pcall(function() return tostring(mk("__tostring", lvl(n))) end))
  print(n, pcall(function() local e = {__eq = lvl(n)} return setmetatable({}, e) == setmetatable({}, e) end))
  print(n, pcall(function() local e = {__lt = lvl(n)} return setmetatable({}, e) < setmetatable({}, e) end))
end
print(pcall(function() return mk("__index", function(t, k) return t.y.z end).x end))
print(pcall(function() return mk("__index", function(t, k) local n = nil return n.z end).x end))
print(pcall(function()
  return mk("__unm", function() return 1 + nil end) and -mk("__unm", function() return 1 + nil end)
end))
print(pcall(function() local t = mk("__index", function(_, k) return nil end) t.x.y = 1 end))
print(pcall(function() local t = mk("__add", function() return nil end) return (t + 1).x end))
print(select(2, pcall(function() return mk("__index", function() error({code = 7}) end).x end)).code)
print(pcall(pcall, function() return mk("__index", function() error("nested") end).x end))
