-- seed: io/temporary-files — writing, moving and reading in a file that has no name
local f = io.tmpfile()
print(io.type(f), f:seek(), f:write("hello ", 42, " ", 0.1, "\n", "world\n", ""))
print(f:seek(), f:seek("set"), f:read(), f:read("*l"), f:read("*l"))
print(f:seek("set", 6), f:read("*n"), f:read(1), f:read(0), f:read("*n", "*l", "*l", "*a", "*a"))
print(f:read(0), f:read(1), f:read("*n"), f:read("*a"), f:read(0, 0))

-- Writing goes on where reading stopped, and the other way round.
print(f:seek("set", 2), f:read(1), f:write("XY"), f:read(3), f:write("!"), f:seek("cur", -4), f:read("*a"))
f:seek("set")
for line in f:lines() do print("[" .. line .. "]") end
print(f:seek("end"), f:seek("end", -6), f:read("*a"), f:seek("set", 1000), f:read("*a"), f:seek("cur", -1000))
for _, wrong in ipairs {{"set", -1}, {"cur", -5}, {"end", -1e6}, {"set", 2^63}, {"cur", 0/0}} do
  print(wrong[1], f:seek(wrong[1], wrong[2]))
end
print(f:seek(), f:flush(), f:setvbuf("no"), f:setvbuf("line"), f:setvbuf("full", 10))
print(f:close(), io.type(f), tostring(f))

-- As default input and output.
local g = io.tmpfile()
print(io.output(g) == g, io.write("one\n2 3\n", 4, "\nlast"), io.output() == g, io.output(io.stdout) == io.stdout)
g:seek("set")
print(io.input(g) == g, io.read(), io.read("*n", "*n", "*n"))
print(io.read(1), io.read(100), io.read(1), io.read(0))
g:seek("set")
for line in io.lines() do print(line) end
print(io.close(g), pcall(io.read), pcall(io.lines), pcall(io.input, g))
print(io.input(io.stdin) == io.stdin)
