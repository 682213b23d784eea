-- seed: limits/stack-growth — many arguments, results and varargs around the stack's growth steps
local function n(...) return select("#", ...) end
local function range(a, b) local t = {} for i = a, b do t[#t + 1] = i end return t end
for _, k in ipairs{0, 1, 10, 44, 45, 46, 100, 249, 250, 251, 500, 1000, 2000, 4000, 7000} do
  local t = range(1, k)
  print(k, n(unpack(t)), (select("#", (function(...) return ... end)(unpack(t)))), #{unpack(t)}, n(unpack(t), 1), n(1, unpack(t)))
end
for _, k in ipairs{7900, 7990, 7999, 8000, 8001, 10000, 100000} do
  local ok, e = pcall(function() return n(unpack({}, 1, k)) end)
  print(k, ok, ok and e == k or (type(e) == "string" and e:gsub("^.-:%d+: ", "") or e))
end
print(pcall(string.char, unpack(range(1, 250)))) print(#string.char(unpack(range(1, 250))))
print(math.max(unpack(range(1, 1000))))
print(#table.concat({string.byte(("x"):rep(1000), 1, -1)}))
print(select("#", ("x"):rep(3000):byte(1, -1)))
print(pcall(string.byte, ("x"):rep(20000), 1, -1))
local function deep(k, ...) if k == 0 then return n(...) end return deep(k - 1, ...) end
print(deep(100, unpack(range(1, 100))))
local function grow(k, ...) if k == 0 then return n(...) end return (grow(k - 1, k, ...)) end
print(grow(150))
local function wide(k)
  local t = {unpack(range(1, 200))} if k == 0 then return #t end return wide(k - 1) + #t
end
print(wide(20))
local co = coroutine.wrap(function(...)
  local c = n(...) while true do c = n(coroutine.yield(c, unpack(range(1, c)))) end
end)
print(n(co(unpack(range(1, 100))))) print(n(co(unpack(range(1, 1000))))) print(n(co()))
print((select(500, unpack(range(1, 500))))) print(n(select(2, unpack(range(1, 600)))))
print(pcall(n, unpack(range(1, 500)))) print(n(pcall(unpack, range(1, 500))))
local r = {xpcall(function() return unpack(range(1, 300)) end, print)} print(#r)
local m = setmetatable({}, {__call = n}) print(m(unpack(range(1, 300))))
print(n(string.find(("a"):rep(32), ("(a)"):rep(32))))
print(#string.format(("%d"):rep(200), unpack(range(1, 200))))
print(loadstring("return select('#', ...)")(unpack(range(1, 3000))))
