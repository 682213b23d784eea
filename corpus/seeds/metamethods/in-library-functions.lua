-- seed: metamethods/in-library-functions — which library functions respect metamethods and which are raw
local mt = {__index = function(_, k)
  return type(k) == "number" and k <= 3 and "v" .. k or nil
end, __newindex = function(_, k, v) rawset(_, k, "set" .. tostring(v)) end, __len = function() return 10 end}
local t = setmetatable({}, mt)
print(#t, rawget(t, 1), t[1], t[4]) for i, v in ipairs(t) do print("ipairs", i, v) end
for k, v in pairs(t) do print("pairs", k, v) end print(next(t))
print(unpack(t)) print(unpack(t, 1, 3)) print(pcall(table.concat, t, ",", 1, 3))
print(table.maxn(t), table.getn(t)) print(table.insert(t, "x"), t[1], rawget(t, 1))
print(table.remove(t), rawget(t, 1)) t.k = 1 print(t.k)
print(select("#", unpack(t, 1, 5)), pcall(table.sort, setmetatable({3, 1, 2}, {__index = function() error("idx") end})))
local s = setmetatable({3, 1, 2}, {__lt = function() error("not used for numbers") end})
table.sort(s) print(s[1], s[2], s[3])
print(string.gsub("a b c", "%a", setmetatable({a = "A"}, {__index = function(_, k) return "<" .. k .. ">" end})))
print(pcall(string.rep, setmetatable({}, {__tostring = function() return "x" end}), 3))
print(pcall(math.max, setmetatable({}, {__lt = function() return true end}), 1))
print(pcall(tonumber, setmetatable({}, {__tostring = function() return "10" end})))
print(rawequal(setmetatable({}, {__eq = function() return true end}), {}))
print(pcall(ipairs, setmetatable({}, {__call = function() end})) and "ipairs ok")
table.foreach(t, function(k, v) print("foreach", k, v) end)
table.foreachi(setmetatable({1}, {__len = function() return 5 end}), function(i, v) print("foreachi", i, v) end)
print(getfenv(setfenv(function() end, setmetatable({}, {__fenv = "x"}))) ~= nil,
  pcall(getfenv, setmetatable({}, {__call = print})))
local e = setmetatable({}, {
  __index = function(_, k) return k == "print" and print or "global " .. tostring(k) end,
  __newindex = function(_, k, v) print("assign", k, v) end,
})
setfenv(function() print(foo) bar = 1 baz, qux = 2, 3 end, e)()
print(type(setmetatable({}, {__type = "x"})), pcall(setmetatable({}, {__pairs = 1, __call = function() return "called" end})))
print(pcall(xpcall, setmetatable({}, {__call = function() return 1 end}), print))
print(pcall(error, setmetatable({}, {__tostring = function() return "err" end})) ,
  pcall(load, setmetatable({}, {__call = function() end})))
print(pcall(string.gsub, "x", "x", setmetatable({}, {__call = function() return "c" end})))
