-- seed: coroutines/overflow — runaway recursion in a coroutine, nested resumes up to the C limit
local function run(f, ...)
  local co = coroutine.create(f) local ok, e = coroutine.resume(co, ...)
  print(ok, (tostring(e):gsub("^.-:%d+: ", "")), coroutine.status(co))
end
local function inf(n) return 1 + inf(n + 1) end run(inf, 1)
run(function()
  local t = setmetatable({}, {})
  getmetatable(t).__index = function(s, k) return s[k + 1] end return t[1]
end)
local function nest(n) return coroutine.wrap(function() return nest(n + 1) end)() end
local ok, e = pcall(nest, 1) print(ok, (tostring(e):gsub("^.*:%d+: ", "")))
local depth = 0
local function nest2()
  depth = depth + 1 local co = coroutine.create(nest2) local ok, e = coroutine.resume(co)
  if not ok then error(e, 0) end return e
end
ok, e = pcall(nest2) print(ok, (tostring(e):gsub("^.*:%d+: ", "")), depth > 150, depth < 210)
run(function() return pcall(inf, 1) end)
run(function() local ok, e = pcall(inf, 1) return (e:gsub("^.-:%d+: ", "")) end)
local function deep(n) if n == 0 then return 0 end return 1 + deep(n - 1) end
run(deep, 10000) print(coroutine.wrap(deep)(15000))
run(function() return deep(15000) + deep(15000) end)
local co = coroutine.wrap(function()
  for i = 1, 3 do coroutine.yield((tostring(select(2, pcall(inf, 1))):gsub("^.-:%d+: ", ""))) end
end)
print(co()) print(co()) print(co())
run(function() local function f() return pcall(f) end return f() end)
run(function()
  return string.gsub("x", "x", function()
    local function g() return (string.gsub("y", "y", g)) end return g()
  end)
end)
