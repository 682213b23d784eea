-- 2.7 Error handling: stacks that overflow, of Lua calls and of C calls. Everything runs in fresh coroutines, whose
-- stacks start empty, so that the depths do not depend on how this file is run.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1")) end
local function inside(f, ...)
  local results = {coroutine.resume(coroutine.create(f), ...)}
  for i = 1, #results do results[i] = clean(results[i]):gsub("\n.*", "<more>") end
  print(unpack(results))
end

-- Without end: an error that can be caught, in the middle of any caller.
local function forever(n) return 1 + forever(n + 1) end
inside(function() return pcall(forever, 1) end)
inside(forever, 1)
inside(function() local n = 0 local function f() n = n + 1 f() end local ok, m = pcall(f) return n > 15000 and n < 25000, m end)
inside(function() local n = 0 local function f() n = n + 1 f() end for i = 1, 3 do pcall(f) end return n end)

-- How deep exactly: 20000 calls, but the slots of the stack run out first for larger frames.
for _, locals in ipairs{0, 1, 5, 20, 50, 100, 200} do
  local names = {}
  for i = 1, locals do names[i] = "v" .. i end
  local declaration = locals > 0 and "local " .. table.concat(names, ",") .. " " or ""
  local f = loadstring("local n = 0 local function f() " .. declaration .. "n = n + 1 f() end local ok, m = pcall(f) return n, m", "=deep")
  inside(f)
end

-- Arguments and results in large numbers.
local function many(n)
  local t = {}
  for i = 1, n do t[i] = i end
  return t
end
for _, n in ipairs{5000, 7000, 7900, 7990, 8000, 9000, 20000} do
  inside(function() local t = many(n) return pcall(function() return select("#", unpack(t)) end) end)
  inside(function() local t = many(n) return pcall(function() return #{unpack(t)} end) end)
end
inside(function() return pcall(unpack, {}, 1, 1e6) end)
inside(function() return pcall(unpack, {}, 1, 1e8) end)
inside(function() return pcall(string.byte, ("x"):rep(1e5), 1, -1) end)
inside(function() local function f(...) return select("#", ...) end return pcall(f, unpack(many(6000))) end)

-- C calls: about 200 levels of pcall, metamethods, callbacks, and coroutines in each other.
inside(function()
  local n = 0
  local function f() n = n + 1 return pcall(f) end
  local ok, m = f()
  return n, ok, m
end)
inside(function()
  local n, last = 0, nil
  local function f() n = n + 1 local ok, m = pcall(f) if not ok then last = last or m end return true end
  f()
  return n, last
end)
inside(function()
  local n = 0
  local function f() n = n + 1 return (("x"):gsub(".", f)) end
  local ok, m = pcall(f)
  return n, ok, m
end)
inside(function()
  local n = 0
  local function f() n = n + 1 table.sort({1, 2}, f) return n end
  local ok, m = pcall(f)
  return n, ok, m
end)
inside(function()
  local n = 0
  local t = setmetatable({}, {})
  getmetatable(t).__index = function(s, k) n = n + 1 return s[k] end
  local ok, m = pcall(function() return t.x end)
  return n, ok, m
end)
inside(function()
  local n = 0
  local mt = {}
  mt.__add = function(a, b) n = n + 1 return a + b end
  local t = setmetatable({}, mt)
  local ok, m = pcall(function() return t + t end)
  return n, ok, m
end)
inside(function()
  local n = 0
  local mt = {}
  for _, event in ipairs{"__eq", "__lt", "__le", "__concat", "__unm", "__newindex", "__call"} do
    n = 0
    mt[event] = ({
      __eq = function(a, b) n = n + 1 return a == b end, __lt = function(a, b) n = n + 1 return a < b end, __le = function(a, b) n = n + 1 return a <= b end,
      __concat = function(a, b) n = n + 1 return a .. b end, __unm = function(a) n = n + 1 return -a end, __newindex = function(t, k, v) n = n + 1 t[k] = v end,
      __call = function(a) n = n + 1 return (a()) end,
    })[event]
    local a, b = setmetatable({}, mt), setmetatable({}, mt)
    local ok, m = pcall(({
      __eq = function() return a == b end, __lt = function() return a < b end, __le = function() return a <= b end, __concat = function() return a .. b end,
      __unm = function() return -a end, __newindex = function() a.x = 1 end, __call = function() return (a()) end,
    })[event])
    print(event, n, ok, clean(m))
  end
end)
inside(function()
  local n = 0
  local function f() n = n + 1 return coroutine.wrap(f)() end
  local ok, m = pcall(f)
  return n, ok, (clean(m):gsub("here:%d+: ", ""))
end)
inside(function()
  local n = 0
  local function f() n = n + 1 return coroutine.resume(coroutine.create(f)) end
  local results = {f()}
  return n, #results, tostring(results[#results])
end)
inside(function()
  local n = 0
  local function f() n = n + 1 return loadstring("return ...")(f()) end
  local ok, m = pcall(f)
  return n > 1000, ok, m
end)
inside(function()
  local n = 0
  local function f() n = n + 1 return tostring(setmetatable({}, {__tostring = f})) end
  local ok, m = pcall(f)
  return n, ok, m
end)

-- Chains of __index tables: at most 100 steps.
for _, length in ipairs{10, 98, 99, 100, 101, 150} do
  local t = {x = "found"}
  for i = 1, length do t = setmetatable({}, {__index = t}) end
  print(length, pcall(function() return (t.x) end) and t.x or (select(2, pcall(function() return t.x end)):gsub("^.-%.lua:%d+: ", "")))
end
for _, length in ipairs{10, 98, 99, 100, 101} do
  local bottom = {}
  local t = bottom
  for i = 1, length do t = setmetatable({}, {__newindex = t}) end
  local ok, m = pcall(function() t.x = "set" end)
  print(length, ok, bottom.x, ok or clean(m):gsub("here:%d+: ", ""))
end
local loop = {}
setmetatable(loop, {__index = loop, __newindex = loop})
print(clean(select(2, pcall(function() return loop.x end))), clean(select(2, pcall(function() loop.x = 1 end))))

-- Handlers at the brink: what is left for a message handler is little.
inside(function() return xpcall(function() local function f() return 1 + f() end return f() end, function(m) return "handled " .. m end) end)
inside(function()
  return xpcall(function() local function f() return 1 + f() end return f() end, function(m)
    local function g(n) return n == 0 and 0 or 1 + g(n - 1) end
    return "depth in the handler " .. g(50)
  end)
end)
inside(function() return xpcall(function() local function f() return 1 + f() end return f() end, function(m) local function g() return 1 + g() end return g() end) end)
