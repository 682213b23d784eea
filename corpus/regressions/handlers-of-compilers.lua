-- regression: handlers-of-compilers
-- shows: what a compiler raises whose arrays cannot grow goes through the message handler in force, and other messages do not
-- oracle: execute
-- fingerprint: loadstring(string): gives another string
-- since: 2026-11-21
local locals = ("do local a end "):rep(32768)
local function handler(message) print("handler", message) return "H:" .. tostring(message) end
print(xpcall(function() return loadstring(locals) end, handler))
print(pcall(loadstring, locals))
print(loadstring(locals))
print(xpcall(function() return loadstring("x = = 1") end, handler))
local given
print(xpcall(function()
  given = nil
  return load(function() if not given then given = true return locals end end)
end, handler))
print(xpcall(function() return loadstring(locals) end, function() error("in the handler") end))
print(xpcall(function() return loadstring(locals) end, 5))
print(coroutine.wrap(function() return loadstring(locals) end)())
print(xpcall(function() return pcall(loadstring, locals) end, handler))
print(xpcall(function() return loadstring(locals) end, nil))
print(xpcall(function() return load(function() error("of the reader") end) end, nil))
print(xpcall(function() return load(function() error("of the reader") end) end, {}))
print(xpcall(function() return load(function() return {} end) end, {}))
local calls = 0
print(xpcall(function() return loadstring(locals) end, function(message) calls = calls + 1 error(message) end))
print(calls)
