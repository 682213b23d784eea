-- seed: errors/uncaught-call-nil — ends in an uncaught call of a nil method
local obj = {name = "obj"}
function obj:hello() return "hello from " .. self.name end
print(obj:hello())
local list = {obj, obj}
for i, o in ipairs(list) do print(i, o:hello()) end
print(pcall(function() obj:missing() end))
local function run(o)
  o:missing(1, 2, 3)
end
run(obj)
print("never printed")
