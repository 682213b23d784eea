-- seed: io/names — the order of the library's fields and of the methods of files, and the files that are collected
for name, value in pairs(io) do print(name, type(value)) end
for name, value in pairs(getmetatable(io.stdout)) do print(name, type(value)) end
print(getmetatable(io.stdout) == getmetatable(io.stdin), io.stdout == io.output(), rawequal(io.stdin, io.input()))
print(getfenv(io.read) == _G, io.stdout.read ~= io.read, io.stdout.close ~= io.close)
local weak = setmetatable({}, {__mode = "v"})
for i = 1, 5 do
  weak[i] = io.tmpfile()
  weak[i]:write(i)
end
collectgarbage()
collectgarbage()
print(next(weak))
local kept = io.tmpfile()
getmetatable(kept).extra = function(self, n) return io.type(self), n end
print(kept:extra(5))
getmetatable(kept).extra = nil
kept:write("x")
-- kept is open when the state is closed.
