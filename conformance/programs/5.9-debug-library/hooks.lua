-- 5.9 The debug library: sethook and gethook: traces of calls, returns, lines and counts; hooks of coroutines; errors in hooks.

local first_line = debug.getinfo(1, "l").currentline
local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local events = {}
local function trace(mask, f, count)
  events = {}
  local function hook(event, line)
    local info = debug.getinfo(2, "nS")
    events[#events + 1] = event .. (line and ":" .. line or "") .. (event ~= "line" and event ~= "count" and ":" .. tostring(info.name) .. ":" .. info.what or "")
  end
  local co = coroutine.create(f)
  debug.sethook(co, hook, mask, count)
  local results = {coroutine.resume(co)}
  local text = table.concat(events, " ")
  return (clean(text)), select("#", unpack(results)), clean(results[1]), clean(results[2])
end
local function load_lines(text) return assert(loadstring(text, "=t")) end

-- Lines.
print(trace("l", load_lines("local a = 1\nlocal b = 2\n\nreturn a + b")))
print(trace("l", load_lines("for i = 1, 3 do\n  local x = i\nend\nreturn 1")))
print(trace("l", load_lines("local i = 0\nwhile i < 3 do\n  i = i + 1\nend")))
print(trace("l", load_lines("local i = 0\nrepeat\n  i = i + 1\nuntil i == 2")))
print(trace("l", load_lines("for i = 1, 3 do local x = i end\nfor k, v in pairs{1, 2} do local y = k end")))
print(trace("l", load_lines("while true do break end\nif nil then\n  x = 1\nelseif false then\n  x = 2\nelse\n  local z = 3\nend")))
print(trace("l", load_lines("local function f()\n  return 1\nend\nf()\nlocal x = f() +\n  f()\nreturn x")))
print(trace("l", load_lines("local t = {\n  1,\n  2,\n  x = 3,\n}\nreturn t.x")))
print(trace("l", load_lines("local a = true\nlocal b = a and\n  1 or\n  2\nreturn b")))
print(trace("l", load_lines("do local a = 1 end do local b = 2 end\n\n\nreturn")))
print(trace("l", load_lines("local function rec(n)\n  if n > 0 then rec(n - 1) end\nend\nrec(2)")))
print(trace("l", load_lines("local ok = pcall(function()\n  error('x')\nend)\nreturn ok")))
print(trace("l", load_lines("goto_ = 1; x_ = 2\ngoto_, x_ = nil")))
print(trace("l", load_lines("return setmetatable({}, {__index = function(t, k)\n  return k\nend}).x")))
print(trace("l", load_lines("local s = 0 for i = 1, 3 do s = s + i end return s")))

-- Calls and returns.
print(trace("c", load_lines("local function f() end\nf()\nprint_ = f\nprint_()\nlocal t = {m = f}\nt.m() t:m()")))
print(trace("r", load_lines("local function f() end\nf()\nlocal t = {m = f}\nt.m() t:m()")))
print(trace("cr", load_lines("local function f(n) if n > 0 then return f(n - 1) end end\nf(2)")))
print(trace("cr", load_lines("math.abs(1) string.rep('x', 2)\nreturn tostring(5)")))
print(trace("cr", load_lines("pcall(error, 'x')\npcall(function() error('y') end)")))
print(trace("cr", load_lines("table.sort({2, 1}, function(a, b) return a < b end)")))
print(trace("cr", load_lines("return (('ab'):gsub('.', function(c) return c end))")))
print(trace("cr", load_lines("for k in pairs{1} do end\nfor v in string.gmatch('ab', '.') do end")))
print(trace("cr", load_lines("local t = setmetatable({}, {__add = function() return 1 end, __call = function() end})\nlocal x = t + 1\nt()")))
print(trace("cr", load_lines("coroutine.yield()")))
print(trace("crl", load_lines("local function f()\n  return 1\nend\nlocal x = f()\nreturn x")))
print_ = nil

-- Counts.
for _, count in ipairs{1, 2, 3, 5, 100} do
  local n = 0
  local co = coroutine.create(load_lines("local x = 0 for i = 1, 20 do x = x + i end return x"))
  debug.sethook(co, function(event, line) assert(event == "count" and line == nil) n = n + 1 end, "", count)
  coroutine.resume(co)
  print("count", count, n)
end
print(trace("l", load_lines("local a = 1\nlocal b = 2"), 2)) print(trace("", load_lines("local a = 1"), 0)) print(trace("", load_lines("local a = 1"), 1)) print(trace("xyz", load_lines("local a = 1"), 0))

-- gethook: the hook, its mask and count, for the running thread or another.
local function hook() end
local co = coroutine.create(function() coroutine.yield(debug.gethook()) end)
for _, mask in ipairs{"c", "r", "l", "cr", "lrc", "", "x", "clx"} do
  debug.sethook(co, hook, mask, 5) local h, m, c = debug.gethook(co) print(mask, h == hook, m, c)
  debug.sethook(co, hook, mask) h, m, c = debug.gethook(co) print("", h == hook or h, m, c)
end
debug.sethook(co, hook, "l", -1) print(select(2, debug.gethook(co))) debug.sethook(co) print(debug.gethook(co)) print(debug.gethook()) print(select("#", debug.gethook()))
debug.sethook(co, hook, "crl", 7) print(select(2, coroutine.resume(co)) == hook) print(select("#", debug.sethook()))
-- The hook of one thread is none of another's.
local seen = {}
local parent = coroutine.create(function()
  local child = coroutine.create(function() return 1 end)
  coroutine.resume(child)
  return coroutine.status(child)
end)
debug.sethook(parent, function(event) seen[#seen + 1] = event end, "l")
print(coroutine.resume(parent)) print(#seen > 0, debug.gethook())

-- Set and removed from inside; errors in hooks; what a hook may see and change.
local steps = {}
local function lines_until(limit) return coroutine.resume(coroutine.create(function()
  debug.sethook(function(_, line) steps[#steps + 1] = line - first_line if #steps == limit then debug.sethook() end end, "l")
  local a = 1
  local b = 2
  local c = 3
  debug.sethook()
  return a + b + c
end)) end
print(lines_until(2)) print(#steps, steps[2] - steps[1]) steps = {} print(lines_until(100)) print(#steps)
local failing = coroutine.create(load_lines("local a = 1\nlocal b = 2\nreturn 3"))
debug.sethook(failing, function(_, line) if line == 2 then error("from the hook") end end, "l") print(clean(select(2, coroutine.resume(failing)))) print(coroutine.status(failing))
local interrupted = coroutine.create(function() while true do end end)
local budget = 0
debug.sethook(interrupted, function() budget = budget + 1 if budget > 10 then error("budget", 0) end end, "", 1000) print(coroutine.resume(interrupted))
local changed = coroutine.create(load_lines("local a = 1\nlocal b = 2\nreturn a, b"))
debug.sethook(changed, function(_, line) if line == 3 then print(debug.getlocal(2, 1)) print(debug.getlocal(2, 2)) debug.setlocal(2, 1, "changed") end end, "l") print(coroutine.resume(changed))
local yielding = coroutine.create(load_lines("local a = 1\nreturn a"))
debug.sethook(yielding, function() coroutine.yield() end, "l") print(coroutine.resume(yielding))
-- Hooks do not run in hooks.
local nested = 0
local deep = coroutine.create(load_lines("local a = 1"))
debug.sethook(deep, function() nested = nested + 1 local x = 1 local y = tostring(x) end, "crl") coroutine.resume(deep) print(nested)
-- Arguments.
print(pcall(debug.sethook, 5, "l")) print(pcall(debug.sethook, print)) print(pcall(debug.sethook, print, {})) print(pcall(debug.sethook, print, "l", "x")) print(pcall(debug.sethook, co, 5, "l")) print(pcall(debug.sethook, nil)) print(pcall(debug.sethook, {}, "l")) print(pcall(debug.gethook, 5) == true) debug.sethook()
