-- 5.7 Input and output: io.input and io.output, the standard files, and the functions that use the default ones.
-- The standard input is not read: what it is depends on how this program is run.

-- The name of the file is not shown.
local name = os.tmpname()
local function clean(v)
  v = tostring(v)
  local from, to = v:find(name, 1, true)
  if from then v = v:sub(1, from - 1) .. "NAME" .. v:sub(to + 1) end
  return (v:gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address"))
end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end
local function fill(text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
local function content() local f = assert(io.open(name, "rb")) local text = f:read("*a") f:close() return text end

-- At first they are the standard files.
show(io.input() == io.stdin, io.output() == io.stdout, io.type(io.stdin), io.type(io.stdout), io.type(io.stderr), io.stdin ~= io.stdout) show(io.stdin, io.stdout, io.stderr) show(getmetatable(io.stdin) == getmetatable(io.stdout))

-- io.output with a name, with a file; io.write goes there, print does not.
show(io.type(io.output(name))) show(io.output() ~= io.stdout) show(io.write("written ", 1, "\n")) print("print goes to the standard output") show(io.output():write("by the method")) show(io.close()) show(content()) show(pcall(io.write, "x")) show(pcall(io.close)) show(pcall(io.flush)) show(tostring(io.output()))
local f = io.open(name, "w") show(io.output(f) == f, io.output() == f) io.write("through a handle") f:write(", and directly") show(io.flush()) show(content()) f:close() show(pcall(io.write, "closed"))
io.output(io.stdout)
show(io.output() == io.stdout)
-- io.input with a name, with a file.
fill("line 1\n2 3\nrest\n")
show(io.type(io.input(name))) show(io.read()) show(io.read("*n", "*n")) show(io.read("*l")) show(io.read("*a")) show(io.read()) show(io.read("*a")) show(io.input():seek("set")) show(io.read(4)) show(io.close(io.input())) show(pcall(io.read)) show(pcall(io.lines))
f = io.open(name) show(io.input(f) == f) show(io.read()) f:close() io.input(io.stdin)
show(io.input() == io.stdin)
-- Opening another leaves the one before open.
local first = io.input(name) local second = io.input(name) show(first ~= second, io.type(first), first:read(), second:read()) first:close() second:close() io.input(io.stdin)

-- Failures and wrong arguments.
show(pcall(io.input, "/no such directory/file")) show(pcall(io.output, "/no such directory/file")) show(pcall(io.input, {})) show(pcall(io.output, {})) show(pcall(io.input, true)) show(pcall(io.input, newproxy())) show(pcall(io.output, print)) show(io.input() == io.stdin, io.output() == io.stdout)
show(select("#", io.input()), select("#", io.output(nil)), io.input(nil) == io.stdin)
show(pcall(io.read, "*x")) show(pcall(io.write, {})) show(pcall(io.write, nil)) show(pcall(io.write, "", true)) show(io.write()) show(io.write(""))

-- The order of print and io.write on the standard output.
io.write("a ") print("b") io.stdout:write("c", " ", 4, "\n") io.write("d\n") print("e") io.stdout:flush() io.write("f") io.flush() print()
io.write(1, " ", 1.5, " ", -0.25, " ", 1e15, " ", 1e100, "\n") io.write("no line break") print(" after it")
show(io.stdout:write("") == true, io.write("") == true)
show(pcall(io.stdout.seek, io.stdout, "set", -1))

-- The standard files are not closed by io.close.
show(io.stdout:close()) show(io.close(io.stdout)) show(io.stderr:close()) show(io.stdin:close()) show(io.close()) show(io.type(io.stdout), io.type(io.stdin), io.type(io.stderr))
-- setvbuf on them.
show(io.stdout:setvbuf("full")) show(io.stderr:setvbuf("no")) show(io.stderr:write("")) show(io.stderr:flush())

-- The fields of io are variables; the defaults are kept elsewhere.
local saved = io.stdout
io.stdout = nil io.write("io.write still works\n") print("and print") io.stdout = saved
show(io.output() == io.stdout)
-- A default output that is collected, and replaced.
io.output(io.open(name, "w")) io.write("kept open by being the default") collectgarbage() collectgarbage() show(io.type(io.output())) io.output(io.stdout) collectgarbage() collectgarbage() show(content())
os.remove(name)
