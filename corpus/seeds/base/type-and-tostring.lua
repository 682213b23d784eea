-- seed: base/type-and-tostring — type and tostring over every kind of value
local values = {nil, true, false, 0, -1, 1.5, "", "s", {}, print, function() end, coroutine.create(function() end), newproxy()}
for i = 1, 13 do local v = values[i] print(i, type(v), (tostring(v):gsub("0x%x+", "ADDR"))) end
print(type(nil), type(type), type(type(nil)), type({}) == "table", #type(1))
print(pcall(type)) print(pcall(tostring)) print(type(nil, 1), type(1, nil))
print(pcall(function() return type() end)) print(pcall(function() return tostring() end))
print(tostring(1e15), tostring(1e14), tostring(-0), tostring(2 ^ 63), tostring(0.1), tostring(1 / 3),
  tostring("x"), tostring(nil), tostring(true))
print(type(tostring(tostring)) == "string", tostring(print) == tostring(print), tostring({}) == tostring({}))
local t = {}
print(tostring(t) == tostring(t), tostring(t):find("^table: 0x%x+$") ~= nil,
  tostring(function() end):find("^function: 0x%x+$") ~= nil)
print(tostring(string.len):find("^function: ") ~= nil,
  tostring(coroutine.create(print == nil and 1 or function() end)):find("^thread: 0x%x+$") ~= nil,
  tostring(newproxy()):find("^userdata: 0x%x+$") ~= nil)
print(#tostring(12345), tostring(12345):rep(2), tostring(5) .. tostring(6), tostring(tostring(7)))
local s = "abc" print(tostring(s) == s, rawequal(tostring(s), s))
for _, v in ipairs{1, "1", true, "true"} do print(type(v), tostring(v), tonumber(v)) end
