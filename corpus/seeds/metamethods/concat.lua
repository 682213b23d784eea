-- seed: metamethods/concat — __concat in chains, on either side, with numbers and results of any type
local log = {}
local function text(v) return type(v) == "table" and (v.name or "T") or tostring(v) end
local mt = {}
mt.__concat = function(a, b)
  log[#log + 1] = text(a) .. "&" .. text(b)
  return setmetatable({name = "<" .. text(a) .. text(b) .. ">"}, mt)
end
local function T(n) return setmetatable({name = n}, mt) end
local function flush(r) print(text(r), table.concat(log, " ")) log = {} end
flush(T"a" .. T"b") flush("s" .. T"a") flush(T"a" .. "s") flush(1 .. T"a") flush(T"a" .. 2)
flush(T"a" .. T"b" .. T"c") flush("x" .. "y" .. T"a") flush(T"a" .. "x" .. "y")
flush("x" .. T"a" .. "y") flush("p" .. "q" .. T"a" .. "r" .. "s")
flush((T"a" .. "x") .. "y") flush(1 .. 2 .. T"a" .. 3 .. 4)
local num = setmetatable({}, {__concat = function(a, b) return 42 end})
print(num .. "x", "x" .. num, num .. num, "a" .. num .. "b", num .. "a" .. "b", 1 .. num)
local nilr = setmetatable({}, {__concat = function() end})
print(nilr .. "x", pcall(function() return "a" .. (nilr .. "x") end))
print(pcall(function() return "a" .. "b" .. nilr .. "c" end))
print(pcall(function() return "a" .. nilr .. nil end))
print(T"a" .. nil ~= nil, text(select(2, pcall(function() return {} .. T"a" end)))) log = {}
print(pcall(function() return {} .. "x" end)) print(pcall(function() return "x" .. {} end))
print(pcall(function() return nil .. true end))
print(pcall(function() local l = {} return 1 .. l end))
print(pcall(function() return setmetatable({}, {__concat = "notfunction"}) .. "x" end))
print(pcall(function()
  return setmetatable({}, {__concat = function(a, b) error("cc " .. type(a) .. type(b), 0) end}) .. "x"
end))
print(pcall(table.concat, {"a", T"b"}))
print(pcall(table.concat, {"a", setmetatable({}, {__tostring = function() return "ts" end})}))
local left, right = setmetatable({}, {__concat = function() return "left" end}), setmetatable({}, {__concat = function() return "right" end})
print(left .. right, right .. left, "s" .. right, left .. {}, {} .. right)
local acc = T"0" for i = 1, 4 do acc = acc .. i end flush(acc)
