-- seed: coroutines/wrap-details — results and errors of wrap, calls after the end, wraps as methods and callbacks
local w = coroutine.wrap(function(...)
  print("args", ...) local r = coroutine.yield("first", "second") print("resumed", r)
end)
print(w(1, 2, 3)) print(w("again")) print(pcall(w)) print(pcall(w, 1))
print(type(w), tostring(w):match("^function: ") ~= nil, (pcall(getfenv, w)))
local obj = {next = coroutine.wrap(function(self, x)
  while true do self, x = coroutine.yield(self.name .. tostring(x)) end
end), name = "obj"}
print(obj:next(1), obj:next(2), obj.next({name = "other"}, 3))
local t = {3, 1, 2}
table.sort(t, function(a, b) return coroutine.wrap(function() return a < b end)() end)
print(table.concat(t, " "))
print(string.gsub("hello", "l", coroutine.wrap(function(c)
  local n = 0 while true do n = n + 1 c = coroutine.yield(c:upper() .. n) end
end)))
for a, b in coroutine.wrap(function()
  coroutine.yield(1, "x") coroutine.yield(2) coroutine.yield(false, "continues on false")
end) do print(a, b) end
local mt = setmetatable({}, {__index = coroutine.wrap(function(_, k)
  while true do _, k = coroutine.yield("w" .. k) end
end), __call = coroutine.wrap(function(self, a)
  while true do self, a = coroutine.yield(a and a * 2) end
end)})
print(mt.a, mt.b, mt(21), mt(4))
local gen = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end)
local s = "" repeat local v = gen() s = s .. tostring(v) .. " " until not v print(s)
print(pcall(gen))
local function try(f) local g = coroutine.wrap(f) print(pcall(g)) print(pcall(g)) end
try(function() error("boom") end) try(function() error("boom", 0) end)
try(function() error("boom", 2) end) try(function() local t t.x = 1 end)
try(function() return "fine" end)
print(pcall(coroutine.wrap(function() local ok, e = pcall(error, {1}) coroutine.yield(ok, type(e)) end)))
print(select("#", coroutine.wrap(function() return nil, nil end)()), select("#", coroutine.wrap(function() end)()))
print((coroutine.wrap(function() return 1, 2 end)()), pcall(coroutine.wrap, coroutine.wrap))
