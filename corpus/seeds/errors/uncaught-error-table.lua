-- seed: errors/uncaught-error-table — ends in an uncaught error whose value is a table
local E = setmetatable({code = 42}, {__tostring = function(e) return "E" .. e.code end})
local ok, e = pcall(error, E)
print(ok, tostring(e), e == E)
local function fail() error(E) end
print(pcall(fail) == false)
print("before")
local function wrapper() fail() end
wrapper()
print("never printed")
print("nor this")
