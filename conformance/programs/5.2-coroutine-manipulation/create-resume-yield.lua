-- 5.2 Coroutine manipulation: create, resume, yield, status, running: results, states, limits of what may yield.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- create: a Lua function only, a new thread each time.
local f = function(...) return ... end
local co = coroutine.create(f)
show(type(co), co == co, coroutine.create(f) == coroutine.create(f), coroutine.status(co), select("#", coroutine.create(f)))
for _, bad in ipairs{print, string.rep, 1, "f", {}, true, setmetatable({}, {__call = f}), co} do show(type(bad), pcall(coroutine.create, bad)) end
show(pcall(coroutine.create)) show(pcall(coroutine.create, nil))

-- resume: true and the values, or false and the error.
show(coroutine.resume(co, 1, nil, 3)) show(coroutine.status(co)) show(coroutine.resume(co))
show(coroutine.resume(coroutine.create(f))) show(coroutine.resume(coroutine.create(f), nil)) show(coroutine.resume(coroutine.create(function() end), 1, 2))
show(pcall(coroutine.resume)) show(pcall(coroutine.resume, f)) show(pcall(coroutine.resume, 1)) show(pcall(coroutine.resume, nil))
-- The first resume starts the body, later ones are the results of yield.
co = coroutine.create(function(a, b)
  show("start", a, b)
  show("first", coroutine.yield(a, b))
  show("second", coroutine.yield())
  show("third", (coroutine.yield(nil)))
  return "end", nil
end)
show(coroutine.resume(co, 1, 2, 3)) show(coroutine.resume(co)) show(coroutine.resume(co, nil, nil)) show(coroutine.resume(co, "x", "y")) show(coroutine.resume(co, 1)) show(coroutine.status(co))

-- Yields in every kind of expression and statement.
local function y(...) return coroutine.yield(...) end
local function run(body, ...)
  local c = coroutine.create(body)
  local log, n = {}, 0
  while coroutine.status(c) ~= "dead" and n < 20 do
    n = n + 1
    local results = {coroutine.resume(c, n, ...)}
    for i = 2, #results do log[#log + 1] = tostring(results[i]):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1") end
    log[#log + 1] = "|"
  end
  print(table.concat(log, " "))
end
run(function() return y(10) + y(20) * y(30) end) run(function() local t = {y(1), y(2), x = y(3)} return t[1], t[2], t.x end)
run(function() if y("cond") then return y("then") else return "else" end end) run(function() while y("w") < 5 do y("body") end end) run(function() for i = y("from"), y("to"), y("step") do y("i" .. i) end end) run(function() for k, v in pairs{a = 1} do y(k, v) end end)
run(function() for v in function(_, c) return (c or 0) < 9 and y("iterator") or nil end do y("body" .. v) end end) run(function() repeat local v = y("r") until v > 3 end) run(function() return y(y(y(1))) end) run(function() local a, b = y(1), y(2) a, b = b, a return a, b end) run(function() return (y(1, 2, 3)) end)
run(function() return y(1) and y(2) or y(3) end) run(function() return not y(1), -y(2), "s" .. y(3) .. y(4) end) run(function() local t = {} t[y("k")] = y("v") return next(t) end) run(function() return select("#", y(), y(1), y()) end) run(function(...) local function tail(n) return y(n) end return tail(7) end)
run(function() local s = 0 local function rec(n) if n > 0 then s = s + y(n) rec(n - 1) end end rec(4) return s end) run(function() return (function() return y("closure") end)() end) run(function() local t = setmetatable({}, {__call = function(_, v) return y(v) end}) return t("call") end) run(function(first, ...) y(...) return ... end)
run(function() error(y("before error")) end) run(function() local ok, m = pcall(error, y("argument")) return ok, m end) run(function() y(pcall(y, "inside pcall")) return "after" end)

-- status and running.
show(pcall(coroutine.status)) show(pcall(coroutine.status, {})) show(pcall(coroutine.status, nil)) show(coroutine.running()) show(select("#", coroutine.running()))
local main_view
local outer = coroutine.create(function(me)
  local inner = coroutine.create(function() main_view = coroutine.status(me) return coroutine.running() end)
  local ok, r = coroutine.resume(inner)
  return coroutine.running() == me, r == inner, coroutine.status(me), coroutine.status(inner), select("#", coroutine.running())
end)
show(coroutine.resume(outer, outer)) show(main_view)
-- Dead by error, dead by return; the values stay dead.
local by_error = coroutine.create(function() error("x", 0) end)
show(coroutine.resume(by_error)) show(coroutine.resume(by_error)) show(coroutine.status(by_error)) show(coroutine.resume(by_error, 1, 2))
-- Itself, its resumer, and one another.
local itself = coroutine.create(function() return coroutine.resume(coroutine.running()) end)
show(coroutine.resume(itself))
local parent
parent = coroutine.create(function() return coroutine.resume(coroutine.create(function() return coroutine.resume(parent) end)) end)
show(coroutine.resume(parent))

-- yield outside, and inside of calls that C makes.
show(pcall(coroutine.yield)) show(pcall(coroutine.yield, 1))
for _, body in ipairs{
  function() return pcall(y, 1) end, function() return xpcall(y, f) end, function() return (("x"):gsub("x", y)) end, function() return table.sort({2, 1}, y) end, function() return table.foreach({1}, y) end, function() return table.foreachi({1}, y) end,
  function() return load(y) end, function() return tostring(setmetatable({}, {__tostring = y})) end, function() return setmetatable({}, {__index = y}).x end, function() setmetatable({}, {__newindex = y}).x = 1 end, function() return setmetatable({}, {__add = y}) + 1 end,
  function() return setmetatable({}, {__concat = y}) .. "x" end, function() return -setmetatable({}, {__unm = y}) end, function() local mt = {__eq = y} return setmetatable({}, mt) == setmetatable({}, mt) end, function() local mt = {__lt = y} return setmetatable({}, mt) < setmetatable({}, mt) end,
  function() local mt = {__le = y} return setmetatable({}, mt) <= setmetatable({}, mt) end, function() return setmetatable({}, {__call = y})() end, function() return coroutine.wrap(y)(1) end, function() for a in y, 1, 2 do return a end end, function() return y(1) end,
  function() return dofile and loadstring("return coroutine.yield('chunk')")() end, function() return setfenv(y, _G)("setfenv") end, function() return select(2, coroutine.yield(1)) end, function() return unpack({y("u")}) end} do
  local c = coroutine.create(body)
  local ok, first = coroutine.resume(c)
  show(ok, first, coroutine.status(c))
end
