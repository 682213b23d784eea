-- 5.1 Basic functions: assert, error, pcall, xpcall, as values and with all their results.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- assert gives all its arguments.
show(assert(true)) show(assert(1, 2, 3)) show(assert("v", nil, nil)) show(assert({}, "unused")) show((assert(1, 2)))
show(pcall(assert)) show(pcall(assert, nil)) show(pcall(assert, false, "message")) show(pcall(assert, nil, 12)) show(pcall(assert, false, nil)) show(pcall(assert, false, {})) show(pcall(assert, false, true))
show(pcall(assert, nil, "a\0b")) show(pcall(assert, nil, "%s %d")) show(pcall(assert, nil, "")) show(pcall(assert, 0)) show(pcall(assert, ""))
show(pcall(function() assert(false) end)) show(pcall(function() assert(false, "no position") end)) show(pcall(function() assert(nil, "m", "extra") end)) show(pcall(function() assert() end))
-- It is a function like others.
local checked = {assert(pcall(function(...) return ... end, 1, 2))}
print(#checked, (select("#", assert(loadstring("return 1")))))

-- error: any value, levels; numbers count as text.
local object = setmetatable({}, {__tostring = function() return "object" end})
for _, v in ipairs{"text", 5, true, object, print} do
  for level = 0, 2 do show(level, pcall(function() error(v, level) end)) end
end
show(pcall(error)) show(pcall(error, nil, 1)) show(pcall(error, "m", nil)) show(pcall(function() error("m", nil) end)) show(pcall(function() error() end))
show(pcall(error, "m", 1e10)) show(pcall(error, "m", -1)) show(pcall(error, "m", 0 / 0)) show(pcall(function() error("m", 1.99) end))
local function position(line, level) return select(2, pcall(loadstring(("\n"):rep(line - 1) .. "local level = ... error('at', level)", "=p"), level)) end
print(position(1, 1), position(2, 1), position(70000, 1), position(3, 0), position(3, 2))

-- pcall: true and the results, or false and the value.
show(pcall(print)) show(pcall(function(...) return select("#", ...), ... end)) show(pcall(function(...) return select("#", ...), ... end, nil, nil)) show(pcall(pcall)) show(pcall(pcall, pcall)) show(pcall(pcall, print))
show(pcall(nil)) show(pcall(5)) show(pcall({})) show(pcall("x")) show(pcall(true)) show(pcall(setmetatable({}, {__call = function(self, ...) return "called", ... end}), 1, 2))
show(pcall(math.max, 1, 5, 3)) show(pcall(math.max)) show(pcall(string.rep, "x", 3)) show(pcall(unpack, {1, nil, 3}, 1, 3)) show(pcall(select, "#", nil, nil)) show(pcall(type))
print(select("#", pcall(unpack, {}, 1, 5000)), (select(2, pcall(unpack, {}, 1, 1e7))))
-- The results are those of the call, also when there were others on the way.
local function changing(n) if n == 0 then return "end", 1, 2 end return select(2, pcall(changing, n - 1)) end
show(changing(50))
-- Side effects remain.
local effects = 0
show(pcall(function() effects = effects + 1 local t = {} t.x = effects effects = effects + t.x error(t) end))
print(effects)

-- xpcall: no arguments for the function, the handler at the place of the error.
show(xpcall(function() return 1, 2 end, print)) show(xpcall(function(...) return select("#", ...) end, print)) show(xpcall(function() error("m", 0) end, function(m) return m:upper(), 2 end))
show(xpcall(function() error({1, 2}) end, unpack)) show(xpcall(function() error("e", 0) end, error)) show(xpcall(function() error("e", 0) end, pcall)) show(xpcall(function() error("e", 0) end, string.upper)) show(xpcall(function() error("e", 0) end, type))
show(xpcall(print, nil)) show(pcall(xpcall, print)) show(pcall(xpcall)) show(xpcall(5, function(m) return "handled " .. m end)) show(xpcall(nil, type))
show(xpcall(setmetatable({}, {__call = function() return "callable" end}), print)) show(xpcall(function() error() end, function(...) return select("#", ...), ... end))
local trace = {}
local function handler(m) trace[#trace + 1] = m:gsub("^.-:%d+: ", "") return m end
local function level3() error("three") end
local function level2() local ok, m = xpcall(level3, handler) error("two") end
local function level1() local ok, m = xpcall(level2, handler) error("one") end
xpcall(level1, handler)
print(table.concat(trace, " "))
-- The handler sees the stack of the error.
local function inner() local secret = 42 error("x", 0) end
show(xpcall(inner, function(m)
  local depth = 0
  while debug.getinfo(depth + 1, "f") do depth = depth + 1 end
  local name, value = debug.getlocal(3, 1)
  return m .. " " .. tostring(name) .. "=" .. tostring(value) .. " " .. tostring(depth > 3)
end))
-- Errors in handlers.
show(xpcall(function() error("first", 0) end, function() error("second", 0) end)) show(xpcall(function() error("first", 0) end, function(m) local x = m.a.b end)) show(xpcall(error, nil)) show(xpcall(error, 1)) show(xpcall(error, {}))
-- A handler that calls pcall around a failing part is fine.
show(xpcall(function() error("first", 0) end, function(m) return m .. " " .. tostring(select(2, pcall(error, "inner"))) end))
