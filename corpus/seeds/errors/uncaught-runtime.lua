-- seed: errors/uncaught-runtime — ends in an uncaught arithmetic error
local t = {value = 1}
local function add(a, b) return a.value + b.value end
print(add(t, t))
print(pcall(add, t, {}))
local function outer(x)
  local y = x
  return (add(t, y))
end
print(outer(t))
print("before the error")
outer({})
print("never printed")
