-- seed: io/errors — every refusal of the library, as a message or as nil, message and number
local function fails(...) print(select(2, pcall(...))) end
print(io.open("/no/such/file"))
print(io.open("/no/such/file", "w"))
print(io.open("/", "w"))
print(io.open(""))
for _, mode in ipairs {"", "x", "R", "+r", " r", "b"} do print(mode, io.open("/no/such/file", mode)) end
for _, mode in ipairs {"", "x", "rw", "r+"} do print(mode, io.popen("true", mode)) end
print(io.open("/"):read())
print(io.open("/"):read("*a"))
fails(function() for line in io.lines("/") do print(line) end end)
fails(function() io.input("/no/such/file") end)
fails(function() io.output("/no/such/file") end)
fails(function() io.lines("/no/such/file") end)
fails(function() io.lines(nil) end)
fails(function() io.lines({}) end)
fails(function() io.open() end)
fails(function() io.open({}) end)
fails(function() io.open("x", {}) end)
fails(function() io.type() end)
fails(function() io.input({}) end)
fails(function() io.output(newproxy()) end)
fails(function() io.stdout.close() end)
fails(function() io.stdout.write() end)
fails(function() io.stdout.read(5) end)
fails(function() io.close(5) end)
print(io.type(5), io.type(nil), io.type({}), io.type(newproxy(true)), io.type(io.stderr))

-- The standard files, in the wrong direction.
print(io.stdin:write("x"))
print(io.stdin:write(""))
print(io.stdout:read())
print(io.stdout:read(1))
print(io.stdin:close())
print(io.close(io.stdout))

-- Formats and options.
local f = io.tmpfile()
f:write("some text")
f:seek("set")
for _, format in ipairs {"", "l", "*", "*x", "*L", "5", true, {}} do fails(function() f:read(format) end) end
fails(function() f:read(1, "*n", "x") end)
fails(function() f:read(1, 1, "x") end)
print(f:read("*a"))
fails(function() f:write("a", {}) end)
fails(function() f:write(nil) end)
fails(function() f:seek("middle") end)
fails(function() f:seek("set", "x") end)
fails(function() f:setvbuf() end)
fails(function() f:setvbuf("some") end)
fails(function() f:setvbuf("full", {}) end)
f:seek("set")
print(f:read("*a"), f:write(), f:read())

-- Closed files.
print(f:close())
for _, name in ipairs {"close", "flush", "lines", "read", "seek", "setvbuf", "write"} do
  fails(function() f[name](f) end)
end
print(io.type(f), tostring(f), pcall(getmetatable(f).__gc, f))
io.output(io.tmpfile())
print(io.close(), pcall(io.write, "x"))
fails(function() io.write("x") end)
fails(function() io.flush() end)
fails(function() io.close() end)
print(io.output(io.stdout) == io.stdout)
print(pcall(f.nothing), f.read == io.stdout.read, getmetatable(f) == getmetatable(f).__index, getmetatable(f).__name)
