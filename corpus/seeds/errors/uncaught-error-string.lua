-- seed: errors/uncaught-error-string — ends in an uncaught error("message") raised two calls deep
local function validate(x)
  if type(x) ~= "number" then error("number expected, got " .. type(x), 2) end
  return x
end
local function use(x)
  local v = validate(x)
  return v * 2
end
print(use(21))
for i = 1, 3 do print(i, use(i)) end
use("text")
print("never printed")
