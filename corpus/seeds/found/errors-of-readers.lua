-- seed: found/errors-of-readers — the message handler in force sees what load's reader raises, and what load says about it
local function handled(m) return "handled " .. tostring(type(m) == "string" and m or type(m)) end
local function try(reader) print(xpcall(function() local f, m = load(reader) return f, m end, handled)) end
try(function() error("raised", 0) end) try(function() error({}) end) try(function() return {} end) try(function() return true end)
try(function() return 1 .. nil end) try(function() return "x = = 1" end)
print(xpcall(function() local f, m = load(function() return {} end) return f, m end, function(m) return m.a.b end))
print(coroutine.wrap(function() local f, m = load(function() return {} end) return f, m end)())
print(coroutine.wrap(function() local f, m = load(function() error("x", 0) end) return f, m end)())
