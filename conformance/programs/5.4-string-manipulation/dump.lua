-- 5.4 String manipulation: dump: the header, what survives the way through a binary chunk, and what is refused.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- The header: signature, version, format, endianness, sizes.
local simple = string.dump(loadstring("return 1", "=s"))
assert(simple:sub(1, 4) == "\27Lua" and simple:byte(5) == 0x51 and simple:byte(6) == 0)
show(simple:byte(7, 12)) show(#simple, type(simple))

-- A chunk's bytes depend on its text and name alone.
assert(string.dump(loadstring("return 1", "=s")) == simple and string.dump(loadstring(simple, "=other")) == simple)
assert(string.dump(loadstring("return 1", "=t")) ~= simple and #string.dump(loadstring("return 1", "=longer name")) > #simple)

-- Round trips of everything that code can hold.
local sources = {"return", "return 1, -1, 0, 0.1, 1/0, 1e300, 2^53, 5e-324", "return 'text', '', 'zero\\0byte', [[long\nline]]", "return nil, true, false", "local a, b = ... return b, a, ...", "return function(x) return function(y) return x, y end end",
  "local t = {1, 2, 3, x = 4, [5] = 6, {7}} return t[1], t.x, t[4][1], #t", "local s = 0 for i = 1, 10 do s = s + i end for k, v in pairs{1, 2} do s = s + v end while s > 50 do s = s - 1 end repeat s = s - 2 until s < 40 return s",
  "local a, b, c = 1 return a and b or c, not a, a == b, a ~= b, 1 < 2, 'a' .. 'b' .. 1", "return (select('#', ...)), ...", "return arg ~= nil, #arg", "local x = 5 local function f() x = x + 1 return x end f() return f(), x", "return ('x'):rep(3), #'abc', -5 % 3, 2 ^ 10",
  "local mt = setmetatable({}, {__index = function(_, k) return k end}) return mt.a, mt[1]", "local function fact(n) if n == 0 then return 1 end return n * fact(n - 1) end return fact(10)"}
for _, source in ipairs(sources) do
  local original = assert(loadstring(source, "=source"))
  local binary = string.dump(original)
  local copy = assert(loadstring(binary, "=ignored"))
  assert(string.dump(copy) == binary)
  local function results(...) local out = {} for i = 1, select("#", ...) do local v = select(i, ...) out[i] = type(v) == "function" and "function" or tostring(v) end return table.concat(out, ",") end
  local a, b = results(original("p", "q")), results(copy("p", "q"))
  assert(a == b)
  print(source, #binary, (a:gsub("%z", "<0>")))
end

-- Upvalues are not dumped: the copy's are fresh, and nil.
local up = "up"
local function with() return up end
local copy = loadstring(string.dump(with))
show(with(), copy()) 
show(debug.getupvalue(copy, 1)) show(debug.setupvalue(copy, 1, "set")) show(copy(), up) show(debug.getinfo(copy, "u").nups, debug.getinfo(copy, "S").what, debug.getinfo(with, "S").what)
-- A function of a chunk is a main chunk of its own afterwards.
local method = loadstring(string.dump(function(self, ...) return self, select("#", ...) end))
show(method("me", 1, 2))
-- Environment: that of whoever loads it, which is the global one.
local dumped = string.dump(setfenv(function() return marker end, {marker = "own"}))
show(loadstring(dumped)()) marker = "global" show(loadstring(dumped)()) marker = nil

-- Lines, names and source stay.
local failing = loadstring("local t = {}\nlocal x = t.field\nreturn x.y", "@original.lua")
show(pcall(failing)) show(pcall(loadstring(string.dump(failing), "=renamed"))) show(pcall(loadstring(string.dump(loadstring("return undefined.x", "=(name)")))))
local info = debug.getinfo(loadstring(string.dump(loadstring("\n\nlocal function f()\nend\nreturn f", "@lines")))(), "SL")
local lines = {}
for line in pairs(info.activelines) do lines[#lines + 1] = line end
show(info.source, info.short_src, info.linedefined, info.lastlinedefined, info.what, unpack(lines))

-- What cannot be dumped.
show(pcall(string.dump)) show(pcall(string.dump, print)) show(pcall(string.dump, string.dump)) show(pcall(string.dump, coroutine.wrap(function() end))) show(pcall(string.dump, {})) show(pcall(string.dump, "x")) show(pcall(string.dump, nil)) show(pcall(string.dump, setmetatable({}, {__call = with})))

-- Chunks that are cut anywhere are refused, or (at the very end) not.
local refused = 0
for cut = 1, #simple - 1 do
  local f, message = loadstring(simple:sub(1, cut), "=cut")
  assert(f == nil)
  if cut < 6 or cut == 12 or cut == #simple - 1 then print(cut, message) end
  refused = refused + 1
end
show(refused == #simple - 1)
show(loadstring(simple .. "trailing bytes", "=t") ~= nil)
-- A changed header is refused.
for position = 1, 12 do
  local changed = simple:sub(1, position - 1) .. string.char((simple:byte(position) + 1) % 256) .. simple:sub(position + 1)
  print(position, (tostring(select(2, loadstring(changed, "=changed"))):gsub("[^ -~]", "?")))
end
-- load of a binary chunk by pieces of one byte.
local at = 0
show(load(function() at = at + 1 return at <= #simple and simple:sub(at, at) or nil end)())
-- Large functions.
local large = loadstring("return {" .. ("1, 'a', {}, "):rep(3000) .. "}")
show(#loadstring(string.dump(large))(), string.dump(loadstring(string.dump(large))) == string.dump(large))
