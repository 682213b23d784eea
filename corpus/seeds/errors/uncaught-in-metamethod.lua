-- seed: errors/uncaught-in-metamethod — ends in an uncaught error raised in an __index handler called from a library function
local strict = setmetatable({}, {__index = function(_, k)
  error("undeclared variable '" .. tostring(k) .. "'", 2)
end})
local env = setmetatable({print = print, pcall = pcall, string = string}, getmetatable(strict))
local function chunk()
  print("in the strict environment")
  print(pcall(function() return missing_one end))
  local s = string.rep("x", 3)
  print(s)
  return missing_two
end
setfenv(chunk, env)
chunk()
print("never printed")
