-- seed: errors/uncaught-in-coroutine — ends in an uncaught error that passes through a wrap
local gen = coroutine.wrap(function()
  for i = 1, 3 do coroutine.yield(i) end
  local t = nil
  t.field = 1
end)
print(gen())
print(gen())
print(gen())
gen()
print("never printed")
