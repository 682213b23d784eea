-- seed: limits/deep-recursion — Lua-to-Lua recursion up to the call limit, mutual recursion, overflow and recovery
local function sum(n) if n == 0 then return 0 end return n + sum(n - 1) end
for _, n in ipairs{10, 100, 1000, 10000, 15000} do print(n, sum(n)) end
local function overflow(n) return 1 + overflow(n + 1) end
for i = 1, 3 do local ok, e = pcall(overflow, 1) print(ok, (e:gsub("^.-:%d+: ", ""))) end
print(sum(1000))
local depth = 0 local function count() depth = depth + 1 count() depth = depth - 1 end
print(pcall(count) == false, depth > 10000, depth < 200000) local even, odd
function even(n) if n == 0 then return true end return (odd(n - 1)) end
function odd(n) if n == 0 then return false end return (even(n - 1)) end
print(even(10000), odd(9999), pcall(even, 1e6) == false)
local function ack(m, n)
  if m == 0 then return n + 1 elseif n == 0 then return ack(m - 1, 1) end
  return ack(m - 1, ack(m, n - 1))
end
print(ack(2, 5), ack(2, 50), ack(1, 1000)) local t = {} for i = 1, 5000 do t = {t} end
local function nest(x, d) if x[1] then return nest(x[1], d + 1) end return d end
print(nest(t, 0))
local function depthof(x) if x[1] then return 1 + depthof(x[1]) end return 0 end
print(depthof(t))
local function va(n, ...) if n == 0 then return select("#", ...) end return (va(n - 1, n, ...)) end
print(va(100))
local function wide(n)
  local a, b, c, d, e, f, g, h = n, n, n, n, n, n, n, n if n == 0 then return 0 end
  return a - b + wide(n - 1) + c - d + e - f + g - h
end
print(wide(10000))
local function many(n, a1, a2, a3, a4, a5, a6, a7, a8, a9)
  if n == 0 then return a9 end return (many(n - 1, a1, a2, a3, a4, a5, a6, a7, a8, a9))
end
print(many(5000, 1, 2, 3, 4, 5, 6, 7, 8, 9)) local obj = {}
function obj:down(n) if n == 0 then return self == obj end return (self:down(n - 1)) end
print(obj:down(10000))
local ok, e = pcall(function() local function f() local x = {} return {f()} end return f() end)
print(ok, (e:gsub("^.-:%d+: ", "")))
ok, e = pcall(loadstring("local function f() return 1 + f() end return f()", "=t"))
print(ok, e)
ok, e = pcall(function()
  local s = setmetatable({}, {}) local m = getmetatable(s)
  m.__index = function(t, k) return t[k .. "x"] end return s.a
end)
print(ok, (tostring(e):gsub("^.-:%d+: ", "")))
print(xpcall(function() return overflow(1) end, function(m) return (m:gsub("^.-:%d+: ", "")) end))
