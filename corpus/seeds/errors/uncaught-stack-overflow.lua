-- seed: errors/uncaught-stack-overflow — ends in an uncaught stack overflow
local depth = 0
local function recurse(n)
  depth = depth + 1
  return 1 + recurse(n + 1)
end
print((select(2, pcall(recurse, 1)):gsub("^.-:%d+: ", "")))
print(depth > 10000)
print("before")
recurse(1)
print("never printed")
print("nor this")
