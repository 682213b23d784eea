-- seed: errors/uncaught-error-number — ends in an uncaught error with a number, which gets no position
print(pcall(error, 5))
print(pcall(function() error(5.5) end))
local function f(n)
  if n == 0 then error(404) end
  return f(n - 1)
end
print(pcall(f, 3))
print("before")
f(10)
print("never printed")
