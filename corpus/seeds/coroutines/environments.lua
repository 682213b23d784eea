-- seed: coroutines/environments — globals, setfenv and getfenv in coroutines
x = "global"
local env = setmetatable({x = "env"}, {__index = _G})
local function body()
  coroutine.yield(x) coroutine.yield(getfenv(1) == _G) x = "set inside" coroutine.yield(x)
  setfenv(1, env) coroutine.yield(x) x = "env set" return x
end
local co = coroutine.wrap(body) for i = 1, 5 do print(i, co()) end print(x, env.x)
local f = setfenv(function() coroutine.yield(x) y = "new" return y end, env)
local c2 = coroutine.wrap(f) print(c2(), c2(), y, env.y)
local c3 = coroutine.create(function() return getfenv(0) == _G, getfenv(1) == _G end)
print(coroutine.resume(c3))
print(pcall(function() return getfenv(50) end))
print(coroutine.resume(coroutine.create(function() return getfenv(50) end)))
print(coroutine.resume(coroutine.create(function() return pcall(getfenv, 3) end)))
local c4 = coroutine.create(function()
  setfenv(0, env) local f = loadstring("return x")
  return f(), getfenv(f) == env, x, getfenv(0) == env
end)
print(coroutine.resume(c4)) print(getfenv(0) == _G, loadstring("return x")())
local c5 = coroutine.create(function()
  local function inner() coroutine.yield(getfenv(2) == _G) end inner()
  setfenv(2 - 1, {coroutine = coroutine}) coroutine.yield(coroutine ~= nil and x)
end)
print(coroutine.resume(c5)) print(coroutine.resume(c5))
local gen = coroutine.wrap(loadstring("for i = 1, 2 do counter = (counter or 0) + i coroutine.yield(counter) end"))
print(gen(), gen(), counter)
print(coroutine.wrap(function() local ok, e = pcall(setfenv, 1, 5) return ok, e end)())
print(getfenv(coroutine.create) == _G, getfenv(coroutine.wrap(function() end)) == _G)
