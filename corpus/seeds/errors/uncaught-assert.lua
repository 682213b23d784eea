-- seed: errors/uncaught-assert — ends in an uncaught failed assert with a message and extra values
print(assert(1, "unused"))
print(select("#", assert(1, 2, 3)))
print(pcall(assert, false, "caught"))
print(pcall(assert, nil))
local function open(name)
  if name == "good" then return {name = name} end
  return nil, name .. ": not found", 2
end
print(assert(open("good")).name)
assert(open("bad"))
print("never printed")
