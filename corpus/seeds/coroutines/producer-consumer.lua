-- seed: coroutines/producer-consumer — ping-pong, pipelines with filters, a scheduler
local function producer()
  return coroutine.create(function() for _, l in ipairs{"one", "two", "three"} do coroutine.yield(l) end end)
end
local function receive(p) local _, v = coroutine.resume(p) return v end
local function filter(p)
  return coroutine.create(function()
    local n = 1
    while true do
      local x = receive(p) if not x then return end
      coroutine.yield(string.format("%5d %s", n, x)) n = n + 1
    end
  end)
end
local p = filter(producer()) while true do local x = receive(p) if not x then break end print(x) end
local ping, pong
ping = coroutine.create(function(n) while true do print("ping", n) n = coroutine.yield(n + 1) end end)
pong = coroutine.create(function(n) while true do print("pong", n) n = coroutine.yield(n * 2) end end)
local n, _ = 1 for i = 1, 3 do _, n = coroutine.resume(ping, n) _, n = coroutine.resume(pong, n) end print(n)
local tasks, log = {}, {}
local function spawn(name, steps)
  tasks[#tasks + 1] = {name = name, co = coroutine.create(function()
    for i = 1, steps do log[#log + 1] = name .. i coroutine.yield() end
    return name .. " finished"
  end)}
end
spawn("a", 2) spawn("b", 3) spawn("c", 1)
while #tasks > 0 do
  for i = #tasks, 1, -1 do
    local ok, r = coroutine.resume(tasks[i].co)
    if coroutine.status(tasks[i].co) == "dead" then print(r) table.remove(tasks, i) end
  end
end
print(table.concat(log, " "))
local sum = coroutine.wrap(function()
  local total, count = 0, 0
  while true do
    local v = coroutine.yield(count > 0 and total / count or nil)
    if v == "stop" then return total end total, count = total + v, count + 1
  end
end)
sum() print(sum(10), sum(20), sum(60), sum("stop"))
local q, waiting = {}, {}
local function send(v)
  if #waiting > 0 then coroutine.resume(table.remove(waiting, 1), v) else q[#q + 1] = v end
end
local function recv()
  if #q > 0 then return table.remove(q, 1) end waiting[#waiting + 1] = coroutine.running()
  return coroutine.yield()
end
local cons = coroutine.create(function() for i = 1, 4 do print("received", recv()) end end)
send("early") coroutine.resume(cons) send("x") send("y") send("z") send("left")
print(#q, coroutine.status(cons))
