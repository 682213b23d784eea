-- seed: debug/hook-coroutines — each thread has its own hook
local log = {}
local function note(event, line) log[#log + 1] = event .. ":" .. tostring(line) end
local function dump(title) print(title, table.concat(log, " ")) log = {} end
local function body(a)
  local b = coroutine.yield(a)
  local c = coroutine.yield(b)
  return c
end
local co = coroutine.create(body)
debug.sethook(co, note, "crl")
print(debug.gethook(co) == note, select(2, debug.gethook(co))) print(debug.gethook())
print(coroutine.resume(co, 1)) dump "first"
print(coroutine.resume(co, 2)) dump "second"
debug.sethook(co) print(debug.gethook(co))
print(coroutine.resume(co, 3)) dump "third"
-- A hook is inherited, but not its function.
debug.sethook(function() end, "l")
local heir = coroutine.create(function() print(debug.gethook()) local x = 1 return x end)
debug.sethook()
print(debug.gethook(heir)) print(coroutine.resume(heir)) print(debug.gethook(heir))
-- Set from elsewhere: by a coroutine for the one that resumed it, by a coroutine for itself.
local outer = coroutine.create(function()
  local me = coroutine.running()
  local inner = coroutine.create(function() debug.sethook(me, note, "crl") local quiet = 1 return quiet end)
  coroutine.resume(inner)
  local a = 1
  a = 2
  return a
end)
print(coroutine.resume(outer)) dump "outer"
local own = coroutine.wrap(function() debug.sethook(note, "crl")
  coroutine.yield(1)
  debug.sethook()
  coroutine.yield(2) end)
print(own()) print(own()) dump "own"
-- In a hook, other threads run with theirs.
local other = coroutine.create(function() for i = 1, 3 do
  coroutine.yield(i) end end)
debug.sethook(other, function(e, l) log[#log + 1] = "o" .. tostring(l) end, "l")
debug.sethook(function(e, l) log[#log + 1] = "m" .. l .. "=" .. tostring(select(2, coroutine.resume(other))) end, "l")
local x = 1
x = 2
debug.sethook() dump "both"
print(coroutine.status(other))
