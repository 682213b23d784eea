-- 2.3 Variables: globals, fields and what an access to them means.

local function message(f, ...)
  local ok, text = pcall(f, ...)
  return ok and "fine" or (tostring(text):gsub("^.-%.lua:%d+: ", ""))
end

-- Before the first assignment a variable is nil.
assert(never_assigned == nil)
local unset
assert(unset == nil)
do local a, b, c = 1 assert(b == nil and c == nil) end

-- An access to a global variable x is one to the field x of the environment.
x_global = 10
assert(_G.x_global == 10 and _G["x_global"] == 10 and getfenv(1).x_global == 10)
_G.x_global = 11
assert(x_global == 11)
_G["with space"] = 12
assert(getfenv()["with space"] == 12)
x_global = nil
assert(rawget(_G, "x_global") == nil)

-- gettable_event(_env, "x"), settable_event(_env, "x", val).
local log = {}
local environment = setmetatable({}, {
  __index = function(t, k) log[#log + 1] = "get " .. tostring(k) return k .. "!" end,
  __newindex = function(t, k, v) log[#log + 1] = "set " .. tostring(k) .. " " .. tostring(v) rawset(t, k, v) end,
})
local chunk = loadstring("a = b; c = a; local l = d; e, f = l; function g() end; a = nil; a = 2")
setfenv(chunk, environment)
chunk()
print((table.concat(log, "; "):gsub("0x%x+", "address")))

-- Fields: t.name is t["name"], any expression may be before and inside of the brackets.
local t = {x = {y = {z = 1}}, [1] = {[2] = {[3] = "deep"}}}
assert(t.x.y.z == 1 and t["x"]["y"]["z"] == 1 and t.x["y"].z == 1 and t[1][2][3] == "deep")
assert(({10, 20, 30})[2] == 20 and ({a = {b = 5}}).a.b == 5 and ("x").rep("ab", 2) == "abab")
local function make() return t, "second" end
assert(make().x.y.z == 1 and (make()).x == t.x and make()[1][2][3] == "deep")
local i = 1
assert(t[i][i + 1][i + 2] == "deep" and t["x" .. ""] == t.x and t[({1})[1]] == t[1])

-- gettable_event(t, i) also for what is no table.
assert(("abc").len == string.len and ("abc")["upper"] == string.upper and ("abc").nothing == nil)
assert((5 .. "").rep == string.rep)

-- Errors of accesses name the variable.
local up, upt = nil, {}
print(message(function() return undefined.x end), message(function() undefined.x = 1 end))
print(message(function() return up.x end), message(function() up.x = 1 end))
print(message(function() local l return l.x end), message(function() local l l.x = 1 end))
print(message(function() return upt.a.b end), message(function() upt.a.b = 1 end))
print(message(function() return upt.a.b.c end), message(function() upt["a"]["b"] = 1 end))
print(message(function() return upt[1][2] end), message(function() upt[1][2] = 1 end))
print(message(function() return upt[up][2] end), message(function() local k = "k" return upt[k][2] end))
print(message(function() return (nil)[1] end), message(function() return (1)[1] end), message(function() return (true).x end))
print(message(function() return print.x end), message(function() print.x = 1 end), message(function() print.x.y = 1 end))
print(message(function() return newproxy().x end), message(function() return coroutine.create(function() end).x end))
print(message(function() local s = "str" s.x = 1 end), message(function() return ("str").x.y end))
print(message(function(p) return p.x end), message(function(...) return (...).x end), message(function() return undefined[undefined] end))
print(message(function() _G.undefined.x = 1 end), message(function() return _G._G._G.undefined.x end))
print(message(function() for k in pairs{1} do return k.x end end), message(function() for k = 1, 2 do k.x = 1 end end))

-- A parameter and a local of a loop are local variables.
local function f(parameter)
  parameter = parameter + 1
  for loop = 1, 2 do parameter = parameter + loop end
  return parameter, loop
end
print(f(1))

-- Many globals.
for n = 1, 300 do _G["many" .. n] = n end
local sum = 0
for n = 1, 300 do sum = sum + loadstring("return many" .. n)() end
for n = 1, 300 do _G["many" .. n] = nil end
assert(sum == 45150)
