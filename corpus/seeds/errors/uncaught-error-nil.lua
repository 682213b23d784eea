-- seed: errors/uncaught-error-nil — ends in an uncaught error(nil)
print("start")
print(pcall(error))
print(select("#", pcall(error, nil)))
local n = 0
for i = 1, 10 do n = n + i end
print(n)
local function f() error(nil) end
f()
print("never printed")
