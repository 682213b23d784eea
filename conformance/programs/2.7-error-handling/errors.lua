-- 2.7 Error handling: error, pcall and xpcall; positions, levels, values, and nesting.

-- Names of this file in messages depend on how it is run.
local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(unpack(out))
end

-- Results of pcall.
show(pcall(function() end)) show(pcall(function() return nil end)) show(pcall(function(...) return ... end, 1, nil, 3, nil)) show(pcall(error)) show(pcall(error, nil)) show(pcall(error, "m"))
show(pcall(error, "m", 0)) show(pcall(error, "m", 1)) show(pcall(error, "m", 2)) show(select("#", pcall(error)))

-- Any value can be an error, and arrives as it is; numbers become strings where a position would be added.
local t = {}
for _, value in ipairs{true, false, "s", t, print, "", "a\0b"} do
  local ok, got = pcall(error, value)
  assert(not ok and rawequal(got, value))
  ok, got = pcall(function() error(value, 0) end)
  assert(not ok and rawequal(got, value))
end
local ok, got = pcall(function() error(12) end)
show(ok, got, type(got))
ok, got = pcall(function() error("12") end)
show(ok, got, type(got))

-- Levels.
local function level(n) error("level " .. n, n) end
local function middle(n) level(n) return 1 end
local function outer(n) middle(n) return 1 end
coroutine.wrap(function() for n = -1, 8 do show(n, pcall(outer, n)) end end)()
show(pcall(function() error("default") end))
show(pcall(function() error("string level", "2") end))
show(pcall(function() error("fraction", 1.9) end))
show(pcall(function() error("no number", {}) end))
show(pcall(function() error({}, 2) end))
local function tail(n) return error("tail " .. n, n) end
local function tail2(n) return tail(n) end
for n = 0, 4 do show(n, (select(2, coroutine.resume(coroutine.create(function() local r = tail2(n) return r end))))) end
show(pcall(loadstring("error('in a chunk')", "=chunk"))) show(pcall(loadstring("error('in a chunk')", "@file"))) show(pcall(loadstring("error('in a chunk')")))
show(pcall(loadstring("\n\nlocal function f()\nerror('two', 2)\nend\n\nf()", "=lines")))
show(pcall(setmetatable({}, {__call = function() error("from __call") end})))
show(pcall(string.rep)) show(pcall(string.gsub, "x", "x", function() error("from a callback") end)) show(pcall(table.sort, {3, 2, 1}, function() error("from sort") end))

-- Errors of the language itself carry the position of the running line.
show(pcall(function() local x = nil; x.y = 1 end)) show(pcall(function() return 1 + {} end)) show(pcall(function() return #5 end)) show(pcall(function() undefined_function() end))
show(pcall(function() return {} < {} end)) show(pcall(function() return "a" .. {} end)) show(pcall(function() for i = 1, "x" do end end)) show(pcall(function() local t = {} t[nil] = 1 end))

-- Nesting: each pcall catches what is raised inside of it.
show(pcall(pcall)) show(pcall(pcall, error)) show(pcall(pcall, error, "x")) show(pcall(pcall, pcall, error, "y")) show(pcall(function() local a, b = pcall(error, "in") error(b .. " out", 0) end))
local function nest(n) if n == 0 then error("bottom", 0) end local ok, m = pcall(nest, n - 1) error(m .. n, 0) end
show(pcall(nest, 20))
local order = {}
pcall(function()
  pcall(function() order[#order + 1] = 1 error() order[#order + 1] = "never" end)
  order[#order + 1] = 2
  pcall(function() order[#order + 1] = 3 end)
  error()
end)
print(table.concat(order, " "))

-- State after an error: locals keep what was done to them, loops and coroutines go on.
local n = 0
for i = 1, 5 do pcall(function() n = n + i if i % 2 == 0 then error() end n = n + 100 end) end
assert(n == 315)
local co = coroutine.wrap(function() for i = 1, 3 do local ok, m = pcall(error, i) coroutine.yield(m) end end)
print(co(), co(), co())

-- xpcall: the handler runs before the stack unwinds, gets the value, and its result replaces it.
show(xpcall(function() error("m", 0) end, function(m) return "<" .. m .. ">" end))
show(xpcall(function() error("m", 0) end, function(m) return 1, 2, 3 end))
show(xpcall(function() error("m", 0) end, function() end))
show(xpcall(function() return 1, nil, 3 end, error)) show(xpcall(function(...) return select("#", ...) end, print, 1, 2))
show(xpcall(error, function(m) return type(m) end)) show(xpcall(function() error({code = 7}) end, function(e) return e.code end))
show(xpcall(function() local x = nil + 1 end, function(m) return "handled: " .. m end))
show(xpcall(nil, function(m) return "handled: " .. m end)) show(xpcall(undefined_function, function(m) return "handled: " .. m end))
local depth_seen
show(xpcall(function() local marker = "visible" error("x", 0) end, function(m) depth_seen = debug.getinfo(2, "n") ~= nil return m end), depth_seen)

-- A handler that fails: an error in error handling.
show(xpcall(function() error("first", 0) end, function(m) error("second", 0) end))
show(xpcall(function() error("first", 0) end, function(m) return nil + 1 end))
show(xpcall(function() error("first", 0) end, 5)) show(xpcall(function() error("first", 0) end, "text")) show(xpcall(function() error("first", 0) end, {}))
show(xpcall(function() error("first", 0) end, nil)) show(xpcall(function() return "no error" end, nil)) show(pcall(xpcall)) show(pcall(xpcall, print))
show(xpcall(function() error("first", 0) end, setmetatable({}, {__call = function(_, m) return "called " .. m end})))
show(xpcall(function() local ok, m = xpcall(function() error("in", 0) end, function(m) return m .. " h1" end) error(m, 0) end, function(m) return m .. " h2" end))
show(xpcall(function() pcall(error, "inner") return "no handler call" end, function(m) error("never") end))

-- assert raises with its message, which must be a string.
show(pcall(assert, false)) show(pcall(assert, nil, "message")) show(pcall(assert, false, nil)) show(pcall(assert, 1, "m", 3))
show(pcall(assert, false, t))
