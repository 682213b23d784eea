-- seed: closures/setfenv-closures — environments of closures made in changed environments
local env1 = setmetatable({name = "env1"}, {__index = _G})
local env2 = setmetatable({name = "env2"}, {__index = _G})
name = "global"
local function get() return name end
local function mk() return function() return name end end
print(get()) setfenv(get, env1) print(get())
local before = mk() setfenv(mk, env2) local after = mk()
print(before(), after(), mk == mk)
setfenv(before, env1)
print(before(), after(), getfenv(before) == env1, getfenv(after) == env2, getfenv(mk) == env2)
local function assign() name = "assigned" newvar = 1 end
setfenv(assign, env2) assign()
print(name, env2.name, env2.newvar, newvar, after())
local co = coroutine.wrap(setfenv(function() while true do coroutine.yield(name) end end, env1))
print(co(), co()) env1.name = "changed" print(co())
local f = loadstring("x = (x or 0) + 1 return x")
local e = {} setfenv(f, e) print(f(), f(), e.x, x)
print(pcall(setfenv(function() return undefined_function() end, {})))
print(pcall(setfenv(function() return print end, {})))
local function outer()
  local function inner() return getfenv(1), getfenv(2) end local a, b = inner()
  return a == _G, b == env1
end
setfenv(outer, env1) print(outer())
local function deep() setfenv(2, {marker = true, getfenv = getfenv}) end
local function victim() deep() return marker, getfenv(1).marker end
print(victim()) print(getfenv(victim).marker, getfenv(deep) == _G)
