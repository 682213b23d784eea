-- seed: metamethods/call — __call with arguments, results, methods, chains and errors
local obj = setmetatable({n = 0}, {__call = function(self, ...)
  self.n = self.n + 1 return self.n, select("#", ...), ...
end})
print(obj()) print(obj(1)) print(obj(nil, nil)) print((obj("x"))) print(obj"lit") print(select("#", obj{}))
local holder = {m = obj, f = function(...) return ... end}
print(select("#", holder:m(1)), select("#", holder.m(1)))
local function tail(...) return obj(...) end print(tail("t"))
print(pcall(obj, "via pcall")) print(select(2, pcall(pcall, obj)))
local adder = setmetatable({}, {__call = function(_, a)
  return setmetatable({}, {__call = function(_, b) return a + b end})
end})
print(adder(3)(4))
local level1 = setmetatable({}, {__call = obj}) print(pcall(level1, "callable of callable"))
print(pcall(function() return setmetatable({}, {__call = 5})() end))
print(pcall(function() local x = setmetatable({}, {__call = {}}) return x() end))
print(pcall(function() local t = setmetatable({}, {}) t() end)) print(pcall(function() undefinedglobal() end))
print(pcall(function() local t = {x = {}} t.x.y() end)) print(pcall(function() local t = {} t:nomethod() end))
local it = setmetatable({}, {__call = function(_, max, c) if c < max then return c + 1 end end})
for i in it, 3, 0 do print("iter", i) end
print(table.concat({(string.gsub("abc", "%w", setmetatable({b = "B"}, {__call = function() return "call" end})))}))
local cmp = setmetatable({}, {__call = function(_, a, b) return a > b end})
print(pcall(table.sort, {3, 1, 2}, cmp))
local wrapped = pcall(coroutine.wrap, obj) print(wrapped)
local va = setmetatable({}, {__call = function(...) return select("#", ...), (select("#", ...)) end})
print(va(1, 2, 3))
local cls = setmetatable({}, {__call = function(c, ...)
  local o = setmetatable({}, c) o:init(...) return o
end})
cls.__index = cls
function cls:init(x) self.x = x end function cls:get() return self.x end print(cls(5):get(), cls("s"):get())
print(pcall(setmetatable({}, {__call = function(_, lvl) error("from call", lvl) end}), 1))
print(type(select(2, pcall(setmetatable({}, {__call = error}), 0))))
