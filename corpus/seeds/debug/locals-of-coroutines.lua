-- seed: debug/locals-of-coroutines — the variables of another thread, from outside
local co = coroutine.create(function(a, b)
  local c = a + b
  local function inner(n) local m = n * 2 coroutine.yield(m) return m end
  local d = inner(c)
  coroutine.yield(a, b, c, d)
  error("end")
end)
local function list(title)
  print(title, coroutine.status(co))
  for level = coroutine.status(co) == "dead" and 1 or 0, 3 do
    for n = 0, 6 do
      local ok, name, value = pcall(debug.getlocal, co, level, n)
      if not ok then print(level, name) break end
      if name and name ~= "(*temporary)" then print(level, n, name, type(value) == "function" and "function" or value) end
    end
  end
end
list "new"
print(coroutine.resume(co, 1, 2)) list "first"
print(debug.setlocal(co, 1, 2, 100), debug.setlocal(co, 2, 1, "one"), debug.setlocal(co, 2, 99, 0))
print(coroutine.resume(co)) list "second"
print(pcall(debug.setlocal, co, 0, 1, "new")) print(pcall(debug.setlocal, co, 9, 1, 1)) print(pcall(debug.setlocal, co, 1, 1))
print(coroutine.resume(co)) list "dead"
local resumer
local inner = coroutine.create(function() local x = "before" print(debug.getlocal(resumer, 1, 1)) print(debug.setlocal(resumer, 1, 1, "changed")) end)
local outer = coroutine.create(function() local mine = "mine" resumer = coroutine.running() coroutine.resume(inner) return mine end)
print(coroutine.resume(outer))
local main = coroutine.running()
print(main)
