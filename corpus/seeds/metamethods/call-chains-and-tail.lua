-- seed: metamethods/call-chains-and-tail — __call through tail calls, pcall, coroutines, iterators and method syntax
local depth = 0
local t
t = setmetatable({}, {__call = function(self, n)
  depth = depth + 1 if n == 0 then return "done", depth end return self(n - 1)
end})
print(t(100)) depth = 0 print(t(10000))
local co = coroutine.wrap(function(...) return t(...) end) depth = 0 print(co(5))
local y = setmetatable({}, {__call = function(self, a)
  local b = coroutine.yield(a .. "y") return b .. "r"
end})
local c = coroutine.create(function(x) return "result", y(x) end)
print(coroutine.resume(c, "1")) print(coroutine.resume(c, "2")) print(coroutine.status(c))
local g = setmetatable({}, {__call = function(_, s, i) i = i + 1 if i <= s then return i, i * i end end})
local sum = 0 for i, q in g, 10, 0 do sum = sum + q end print(sum)
local obj = {cb = setmetatable({}, {__call = function(self, owner, x) return type(owner), owner.id, x end}), id = "owner"}
print(obj:cb(5))
print(pcall(setmetatable({}, {__call = function(...) return ... end}), 1, 2) == true,
  select("#", pcall(setmetatable({}, {__call = function(...) return ... end}), 1, 2)))
print(xpcall(setmetatable({}, {__call = function() error("e", 0) end}), function(m) return "handled " .. m end))
print(xpcall(function() error("e2", 0) end, setmetatable({}, {__call = function(_, m) return "callable handler " .. tostring(m) end})))
local function va(...) return select("#", ...) end local w = setmetatable({}, {__call = va})
print(w(), w(nil), w(1, 2, nil), w(unpack({}, 1, 50)))
local vararg = setmetatable({}, {__call = function(self, ...) local a = {...} return #a, ... end})
print(vararg(), vararg(1), (vararg(1, 2)))
local m = {} m.__index = m m.__call = function(self, x) return self:method(x) end
function m:method(x) return self.k * x end print(setmetatable({k = 3}, m)(4))
print(pcall(function() local notcallable = setmetatable({}, {__call = nil}) return notcallable() end))
print(pcall(function() return (setmetatable({}, {__call = function() return nil end})()).x end))
