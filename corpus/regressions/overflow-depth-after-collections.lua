-- regression: overflow-depth-after-collections
-- shows: a collection halves the room for calls that a stack overflow has left behind, so that the next overflow comes at another depth
-- oracle: execute
-- fingerprint: CALL(function): ends against goes on
-- since: 2026-11-21
local function depth()
  local n = 0
  local function f() n = n + 1 return 1 + f() end
  pcall(f)
  return n
end
local function collect(times)
  for _ = 1, times do collectgarbage() collectgarbage("stop") end
end
collect(1)
print(depth(), depth())
for _, collections in ipairs {1, 3, 4, 5, 6, 12} do
  collect(collections)
  print(collections, depth())
end
local co = coroutine.wrap(function()
  while true do coroutine.yield(depth()) end
end)
print(co(), co())
for collections = 1, 7, 3 do
  collect(collections)
  print(collections, co(), depth())
end
local function deep(n) if n == 0 then collect(2) return depth() end return (deep(n - 1)) end
for _, n in ipairs {100, 3000, 4990, 5010, 9000, 10100, 15000} do print(n, deep(n)) end
