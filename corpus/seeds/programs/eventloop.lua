-- seed: programs/eventloop — coroutines under a scheduler: sleeping, channels, joining, cancelling, errors and timeouts
local scheduler = {time = 0, ready = {}, sleeping = {}, serial = 0, log = {}}
local function log(...) print(("[%3d]"):format(scheduler.time), ...) end
local Task = {} Task.__index = Task
local function spawn(name, f, ...)
  scheduler.serial = scheduler.serial + 1
  local task = setmetatable({name = name, id = scheduler.serial, co = coroutine.create(f), waiters = {}}, Task)
  table.insert(scheduler.ready, {task, ...})
  return task
end
local current
local function wake(task, ...) table.insert(scheduler.ready, {task, ...}) end
function Task:finish(ok, ...)
  self.done, self.ok, self.results = true, ok, {n = select("#", ...), ...}
  for _, w in ipairs(self.waiters) do wake(w, ok, ...) end
  if not ok then log(self.name .. " failed:", (tostring((...)):gsub("^.-:(%d+):", "line %1:"))) end
end
local function step(task, ...)
  if task.done then return end
  current = task
  local results = {coroutine.resume(task.co, ...)}
  current = nil
  if coroutine.status(task.co) == "dead" then task:finish(unpack(results)) end
end
local function sleep(n)
  local entry = {at = scheduler.time + n, task = current, order = #scheduler.sleeping}
  table.insert(scheduler.sleeping, entry)
  return coroutine.yield()
end
local function join(task)
  if task.done then return task.ok, unpack(task.results, 1, task.results.n) end
  table.insert(task.waiters, current)
  return coroutine.yield()
end
local function cancel(task) if not task.done then task:finish(false, "cancelled") end end
local function run()
  while true do
    while #scheduler.ready > 0 do
      local entry = table.remove(scheduler.ready, 1)
      step(unpack(entry))
    end
    if #scheduler.sleeping == 0 then return end
    table.sort(scheduler.sleeping, function(a, b)
      if a.at ~= b.at then return a.at < b.at end
      return a.task.id < b.task.id
    end)
    local nearest = table.remove(scheduler.sleeping, 1)
    scheduler.time = math.max(scheduler.time, nearest.at)
    wake(nearest.task)
  end
end
local Channel = {} Channel.__index = Channel
function Channel.new(size) return setmetatable({size = size, items = {}, getters = {}, putters = {}}, Channel) end
function Channel:put(v)
  while #self.items >= self.size do table.insert(self.putters, current) coroutine.yield() end
  table.insert(self.items, v)
  local g = table.remove(self.getters, 1) if g then wake(g) end
end
function Channel:get()
  while #self.items == 0 do table.insert(self.getters, current) coroutine.yield() end
  local v = table.remove(self.items, 1)
  local p = table.remove(self.putters, 1) if p then wake(p) end
  return v
end

local channel = Channel.new(2)
spawn("producer", function(n)
  for i = 1, n do log("put", i) channel:put(i) if i % 3 == 0 then sleep(5) end end
  channel:put("end")
  return "produced", n
end, 7)
local consumer = spawn("consumer", function()
  local sum = 0
  for v in function() return channel:get() end do
    if v == "end" then break end
    sum = sum + v
    log("got", v, sum)
    sleep(2)
  end
  return sum
end)
local broken = spawn("broken", function() sleep(3) local t = nil return t.field end)
spawn("watcher", function()
  log("consumer gave", join(consumer))
  log("broken gave", select("#", join(broken)), (join(broken)))
  log("again", join(consumer))
end)
local sleeper = spawn("sleeper", function() sleep(1000) log("never") end)
spawn("canceller", function() sleep(20) cancel(sleeper) log(join(sleeper)) end)
spawn("nested", function()
  local inner = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end error({code = 7}) end)
  for i = 1, 3 do log("inner", inner()) sleep(1) end
  local ok, e = pcall(inner)
  log(ok, type(e), e.code, pcall(inner))
end)
spawn("protected", function() log(pcall(sleep, 1)) end)
spawn("sorter", function() table.sort({3, 1, 2}, function(a, b) sleep(1) return a < b end) end)
run()
print(scheduler.time, #scheduler.ready, #scheduler.sleeping)
