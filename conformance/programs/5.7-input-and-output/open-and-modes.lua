-- 5.7 Input and output: io.open with every mode, what can be done then, and how failures are reported.

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
local function content() local f = assert(io.open(name, "rb")) local text = f:read("*a") f:close() return text end
local function fill(text) local f = assert(io.open(name, "wb")) assert(f:write(text)) f:close() end

-- What each mode does to a file that is there, and what it allows.
for _, mode in ipairs{"r", "w", "a", "r+", "w+", "a+", "rb", "wb", "ab", "r+b", "w+b", "a+b", "rb+", "wb+", "ab+"} do
  fill("old text")
  local f, message, code = io.open(name, mode)
  show(mode, io.type(f), message, code)
  if f then
    show("position", f:seek())
    show("read", f:read(3))
    f:seek("cur", 0)
    show("write", f:write("NEW"))
    show("end", f:seek("end"))
    show("read all from the start", f:seek("set", 0), f:read("*a"))
    show("close", f:close())
  end
  show("content", content())
end
-- And to one that is not there.
for _, mode in ipairs{"r", "r+", "rb", "w", "a", "w+", "a+"} do
  os.remove(name)
  local f, message, code = io.open(name, mode)
  show(mode, io.type(f), message, code)
  if f then f:write("x") f:close() show(content()) end
end
-- The mode is "r" without one.
fill("default")
local f = io.open(name)
show(f:read("*a"), f:write("x")) f:close()
f = io.open(name, nil) show(f:read("*a")) f:close()
-- Modes that fopen refuses.
for _, mode in ipairs{"", "x", "R", "rr?", "+", "+r", "b", "br", " r", "z", "\0r", "rw"} do
  local f, message, code = io.open(name, mode)
  if mode ~= "rr?" and mode ~= "rw" then show(mode, io.type(f), message, code) end
  if io.type(f) == "file" then f:close() end
end

-- Failures: nil, a message, a number.
show(io.open("/no such directory/file")) show(io.open("/no such directory/file", "w")) show(io.open("")) show(io.open("", "w")) show(io.open("/", "w")) show(io.open(name .. "/below", "r"))
local directory = io.open("/", "r")
show(io.type(directory)) show(directory:read("*a")) show(directory:read(1)) show(directory:read("*l")) show(directory:read("*n")) show(directory:read(0)) show(directory:close())
show(io.open(("x"):rep(300))) 
-- A zero ends a name.
fill("through a zero")
local zero = io.open(name .. "\0ignored")
show(zero:read("*a")) zero:close()
show(io.open("absent\0" .. name))

-- Wrong directions: reading a file for writing, writing one for reading.
f = io.open(name, "w")
show(f:read("*a")) show(f:read("*l")) show(f:read("*n")) show(f:read(1)) show(f:read(0)) show(f:read()) show(pcall(function() for _ in f:lines() do end end))
f:close()
fill("text")
f = io.open(name, "r")
show(f:write("x")) show(f:write("")) show(f:write()) show(f:write("a", "b")) show(f:flush()) show(f:read("*a"))
f:close()

-- The same file open several times.
fill("0123456789")
local a, b = io.open(name, "r"), io.open(name, "r+")
show(a:read(2), b:read(3), a:read(2)) b:seek("set", 5) b:write("XXXXX") b:close() show(a:seek("set", 4), a:read("*a")) a:close()
local w1, w2 = io.open(name, "a"), io.open(name, "a")
w1:write("one ") w1:flush() w2:write("two ") w2:flush() w1:write("three ") w1:close() w2:close()
show(content())
-- Many open at once.
local many = {}
for i = 1, 50 do many[i] = assert(io.open(name)) end
for i = 1, 50 do many[i]:read(i % 5 + 1) end
show(many[1]:read(1), many[2]:read(1), many[50]:read(3))
for i = 1, 50 do assert(many[i]:close()) end
-- Names that are numbers; arguments of wrong types.
show(pcall(io.open)) show(pcall(io.open, nil)) show(pcall(io.open, {})) show(pcall(io.open, true)) show(pcall(io.open, name, {})) show(pcall(io.open, name, true)) show(pcall(io.open, name, print))
show(select("#", io.open(name, "r", "ignored")))
os.remove(name)
show(io.open(name))
