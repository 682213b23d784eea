-- seed: errors/arithmetic-names — arithmetic on wrong types, naming locals, upvalues, globals, fields, methods and constants
local up, upt = nil, {}
local function try(f, ...) print(select(2, pcall(f, ...))) end
local ops = {
  function(x) return x + 1 end, function(x) return 1 - x end, function(x) return x * 2 end, function(x) return x / 2 end,
  function(x) return x % 2 end, function(x) return 2 ^ x end, function(x) return -x end,
}
for _, f in ipairs(ops) do
  for _, v in ipairs{"str", true, "1x"} do try(f, v) end try(f, nil) try(f, {})
  try(f, print) try(f, newproxy()) try(f, coroutine.create(function() end))
end
try(function() return up + 1 end) try(function() return 1 + up end)
try(function() return up + up end) try(function() return upt.x + 1 end)
try(function() return upt.x.y + 1 end)
try(function() return glob + 1 end) try(function() return 1 * glob end)
try(function() return glob - glob2 end) try(function() return string - 1 end)
try(function() local t = {} return t.field + 1 end)
try(function() local t = {} return t["key with space"] + 1 end)
try(function() local t = {} return t[1] + 1 end)
try(function() local t, k = {}, "dyn" return t[k] + 1 end)
try(function() local t = {{}} return t[1].x + 1 end)
try(function() local a, b = 1, nil return a + b end)
try(function() local a, b = nil, 1 return a + b end)
try(function() local a, b = {}, "x" return a + b end)
try(function() local a, b = "x", {} return a + b end)
try(function() local a, b = nil, nil return a + b end)
try(function() return nil + 1 end) try(function() return 1 + nil end)
try(function() return true + 1 end) try(function() return "a" + 1 end)
try(function() return 1 + "a" end) try(function() return {} + {} end)
try(function() return (function() end) + 1 end)
try(function() return -{} end) try(function() return -nil end)
try(function() return -"abc" end) try(function() local s = "abc" return -s end)
try(function() return -upt end) try(function() return -upt.y end)
try(function(...) return ... + 1 end) try(function(...) local a = ... return a * a end, "z")
try(function(a, b, c) return a + b * c end, 1, 2) try(function(a) return (a) + 1 end)
try(function(a) return (a or nil) + 1 end)
try(function() return math.pi + math.nothing end)
try(function() return ("x"):len() + ("x"):upper() end)
try(function() local t = setmetatable({}, {__index = function() end}) return t.virtual + 1 end)
try(function() for i = 1, 3 do local x = i > 2 and {} or i; x = x + 1 end end)
try(function() local a = 1 a = a + nil end)
