-- seed: metamethods/added-later — handlers set, replaced and removed after the metatable is in use
local mt = {} local t = setmetatable({}, mt)
for _, e in ipairs{"__index", "__newindex", "__call", "__add", "__unm", "__concat", "__lt", "__le", "__eq", "__tostring"} do
  print(e, pcall(function() return t.absent end), pcall(function() return t + 1 end))
  mt[e] = function(...) return e, select("#", ...) end
  print(e, t.absent, pcall(function() t.k = 1 return rawget(t, "k") end))
end
print(t(1, 2))
print(t + 1, -t, t .. "x", t < setmetatable({}, mt), t <= setmetatable({}, mt), t == setmetatable({}, mt), tostring(t))
t.k = nil t.k = 5 print(rawget(t, "k")) mt.__newindex = nil t.k = 6 print(rawget(t, "k"))
mt.__index = nil print(t.absent) mt.__index = {absent = "now"} print(t.absent)
rawset(mt, "__index", nil) print(t.absent)
rawset(mt, "__index", function() return "raw" end) print(t.absent)
mt.__call = nil print(pcall(t)) mt.__eq = nil print(t == setmetatable({}, mt))
mt.__add = nil print(pcall(function() return t + 1 end)) mt.__le = nil
print(t <= setmetatable({}, mt)) mt.__lt = nil
print(pcall(function() return t <= setmetatable({}, mt) end))
local mt2 = setmetatable({}, {__index = function(_, k)
  if k == "__add" then return function() return "indirect add" end end
end})
print(pcall(function() return setmetatable({}, mt2) + 1 end))
local x = setmetatable({}, {__index = function(s, k) setmetatable(s, nil) return "last" end})
print(x.a, x.a, getmetatable(x))
local y = setmetatable({}, {__newindex = function(s, k, v) getmetatable(s).__newindex = nil s[k] = v * 2 end})
y.a = 1 y.b = 1 print(y.a, y.b)
local z = {} print(pcall(function() return z() end))
setmetatable(z, {__call = function() return "callable now" end}) print(z())
local swap = setmetatable({}, {__index = {v = 1}})
for i = 1, 3 do local v = swap.v or 0 getmetatable(swap).__index = {v = v * 10} end
print(swap.v)
for i = 1, 3 do mt["__f" .. i] = i end local n = 0 for k in pairs(mt) do n = n + 1 end print(n)
