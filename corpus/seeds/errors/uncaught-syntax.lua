-- seed: errors/uncaught-syntax — the chunk itself does not compile
local a = 1
local b = 2
print("never printed: the whole chunk is rejected")
local function f(x)
  if x then
    return x +
  end
  return b
end
print(f(a))
