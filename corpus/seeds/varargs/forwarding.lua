-- seed: varargs/forwarding — passing varargs through layers, tail calls, pcall, coroutines and methods
local function id(...) return ... end
local function twice(...) return id(...), id(...) end print(twice(1, 2, 3))
local function through(f, ...) return f(...) end print(through(id, 1, nil, 3))
print(select("#", through(id, nil, nil)))
local function deep(n, ...) if n == 0 then return ... end return deep(n - 1, n, ...) end
print(deep(5)) print(select("#", deep(100)))
local function drop(n, _, ...) if n == 0 then return _, ... end return drop(n - 1, ...) end
print(drop(2, "a", "b", "c", "d"))
local function map(f, ...)
  local function go(n, x, ...) if n == 0 then return end return f(x), go(n - 1, ...) end
  return go(select("#", ...), ...)
end
print(map(function(x) return x * 2 end, 1, 2, 3, 4)) print(map(tostring, nil, true, 5))
print(pcall(id, 1, 2, 3)) print(pcall(pcall, pcall, id, 1))
print(xpcall(function(...) return select("#", ...) end, print, 1, 2))
local co = coroutine.wrap(function(...)
  local a = {...} while true do a = {coroutine.yield(#a, unpack(a))} end
end)
print(co(1, 2)) print(co()) print(co(nil, "x")) print(co(id(7, 8, 9)))
local obj = {add = function(self, ...)
  local s = 0 for _, v in ipairs{...} do s = s + v end return s, ...
end, fwd = function(self, ...) return self:add(...) end}
print(obj:fwd(1, 2, 3))
local function acc(...) local r = 0 for i = 1, select("#", ...) do r = r + select(i, ...) end return r end
print(acc(1, 2, 3), acc())
local function bind(f, ...)
  local a, n = {...}, select("#", ...)
  return function(...)
    local b, m = {unpack(a, 1, n)}, select("#", ...)
    for i = 1, m do b[n + i] = (select(i, ...)) end return f(unpack(b, 1, n + m))
  end
end
print(bind(id, 1, nil)(3, nil)) print(select("#", bind(id, nil)(nil, nil)))
local function max(a, ...)
  if select("#", ...) == 0 then return a end local b = max(...) return a > b and a or b
end
print(max(3, 9, 2, 7))
local function concat(...) return table.concat({...}, ",") end
print(concat(1, "b", 3.5), concat(id(concat("x", "y"))))
print((id(1, 2)), id((id(1, 2))), id(id(1, 2), id(3, 4)))
local function count(...) return select("#", ...) end
for _, k in ipairs{0, 1, 2, 49, 50, 51, 100, 200, 250} do
  local t = {} for i = 1, k do t[i] = i end
  print(k, count(unpack(t)), (select(k > 0 and k or 1, unpack(t))))
end
