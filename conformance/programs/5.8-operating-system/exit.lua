-- 5.8 Operating system facilities: exit: the status of the program, what is written, and that nothing runs afterwards.
-- The status is 7: whoever runs this program has to see it.

print("before")
io.write("without a line break")
io.stderr:write("")
local name = os.tmpname()
local file = io.open(name, "w")
file:write("flushed at exit by the C library")
os.remove(name)
-- Finalisers of what is alive are not run by exit.
local u = newproxy(true)
getmetatable(u).__gc = function() print("never: finaliser") end
-- Wrong arguments are refused before it is too late.
print(pcall(os.exit, "x"))
print(pcall(os.exit, {}))
print(pcall(os.exit, true))
print(pcall(os.exit, print))
-- Neither pcall, nor a coroutine, nor a metamethod stops it.
local t = setmetatable({}, {__index = function() pcall(coroutine.wrap(function() xpcall(function() os.exit(7.9) end, print) print("never: after exit") end)) end})
pcall(function() return t.x end)
print("never")
