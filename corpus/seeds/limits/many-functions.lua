-- seed: limits/many-functions — hundreds of nested and sibling functions, closures and methods
local parts = {}
for i = 1, 500 do parts[i] = "fs[" .. i .. "] = function(x) return x + " .. i .. " end" end
local fs = loadstring("local fs = {} " .. table.concat(parts, "\n") .. " return fs")()
local s = 0 for i = 1, 500 do s = s + fs[i](i) end print(s) parts = {}
for i = 1, 150 do parts[i] = "function(a" .. i .. ") return " end
local f = loadstring("return " .. table.concat(parts) .. "a1 + a150 " .. ("end "):rep(150), "=t")
print(type(f)) parts = {} for i = 1, 55 do parts[i] = "function(a" .. i .. ") return " end
f = loadstring("return " .. table.concat(parts) .. "a1 + a55 " .. ("end "):rep(55))()
for i = 1, 55 do f = f(i) end print(f) local list = {}
for i = 1, 5000 do list[i] = function() return i end end s = 0
for i = 1, 5000 do s = s + list[i]() end print(s) local chain = function(x) return x end
for i = 1, 150 do local prev = chain chain = function(x) return prev(x) + 1 end end
print(chain(0)) local obj = {}
for i = 1, 300 do obj["m" .. i] = function(self, x) return i * x end end s = 0
for i = 1, 300 do s = s + obj["m" .. i](obj, 2) end print(s)
local comp = function(x) return x end
for i = 1, 1000 do
  local p = comp
  comp = i % 2 == 0 and function(x) return p(x + 1) end or function(x) return p(x * 1) end
end
print(comp(0))
local function curry(n)
  if n == 0 then return function(acc) return acc end end local rest = curry(n - 1)
  return function(acc) return function(x) return rest(acc + x) end end
end
local c = curry(50)(0) for i = 1, 49 do c = c(i) if type(c) ~= "function" then break end end
print(type(c)) local shared = 0 local incs = {}
for i = 1, 1000 do incs[i] = function() shared = shared + i end end
for i = 1, 1000 do incs[i]() end print(shared) local code = {}
for i = 1, 200 do
  code[i] = "local function f" .. i .. "(x) return x " .. (i > 1 and "+ f" .. i - 1 .. "(x)" or "") .. " end"
end
print(loadstring(table.concat(code, "\n") .. " return f200(1)", "=t")())
print(loadstring(table.concat(code, "\n", 1, 199) .. " return f199(1)")()) local gens = {}
for i = 1, 200 do gens[i] = coroutine.wrap(function() for k = 1, 3 do coroutine.yield(i * k) end end) end
s = 0 for k = 1, 3 do for i = 1, 200 do s = s + gens[i]() end end print(s)
