-- 5.7 Input and output: read with every format, at the end of a file, several at once, numbers in all shapes, zeros, long lines.

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
local function with(text, f) local file = assert(io.open(name, "wb")) file:write(text) file:close() file = assert(io.open(name, "rb")) f(file) file:close() end
local function read(text, ...) local arguments = {...} with(text, function(file) show(text, unpack(arguments)) show(file:read(unpack(arguments))) show("rest", file:read("*a")) end) end

-- Lines.
read("one\ntwo\n") read("one\ntwo\n", "*l") read("one\ntwo", "*l", "*l", "*l") read("", "*l") read("\n", "*l") read("\n\n", "*l", "*l", "*l") read("no end", "*l", "*l") read("a\r\nb\n", "*l") read("\0zero\nb", "*l") read("a\0b\nc\n", "*l", "*l") read("a\0\n\0b", "*l", "*l")
-- All.
read("everything\nhere", "*a") read("", "*a") read("", "*a", "*a") read("x", "*a", "*a", "*l") read("a\0b\n\0", "*a")
-- Numbers of bytes.
read("abcdef", 1) read("abcdef", 3, 2, 1) read("abcdef", 100) read("abcdef", 6, 1) read("abcdef", 0) read("", 0) read("", 1) read("x", 0, 1, 0) read("abcdef", 2, 0, 2, 0, 2, 0) read("a\0b\0", 4) read("abc", 1.9) read("\n\n", 1, 1, 1)
-- Formats are known by their second letter.
read("line one\nline two", "*line", "*all") read("line one\nline two", "*lxyz") read("12 abc", "*number", "*a") read("text", "*anything")
for _, format in ipairs{"l", "a", "n", "*", "*x", "*L", "*A", "", "**", "* l", "x", "12", "0x2", "*\0l"} do with("1 text\nmore", function(file) show(format, pcall(file.read, file, format)) end) end
for _, format in ipairs{true, {}, print} do with("text", function(file) show(type(format), pcall(file.read, file, format)) show(pcall(file.read, file, 1, format)) show(file:read("*a")) end) end
with("text", function(file) show(pcall(file.read, file, nil)) show(pcall(file.read, file, 1, nil)) end)

-- Numbers: what is taken, what is left.
for _, text in ipairs{"12", "12 ", " 12", "\n\t 12\n34", "-12", "+12", "- 12", "--12", "1.5", ".5", "5.", ".", "-.5", "1e3", "1E3", "1e+3", "1e-3", "1e", "1e+", "1ex", "1.5.5", "12abc", "abc", "", " ", "\n", "0x10", "0X1f", "0x", "0xg", "0x1.8", "0x1p4", "0x1p", "00012", "inf", "INF", "infinity", "-inf", "in", "infx", "nan", "NAN", "nan(1)", "na",
  "1 2 3", "1,2", "1;2", "99999999999999999999", "1e400", "-1e400", "1e-400", "0.1e1", "1..2", "1-2", "1+2", "1\0002", "\0001", "12\n", "12\r\n", "e5", "+", "-", "+e1", ("1"):rep(50), "0." .. ("3"):rep(60)} do
  with(text, function(file) local n = file:read("*n") show(text, n == n and n or "nan", file:read("*a")) end)
end
read("1 2 3 4", "*n", "*n", "*n", "*n", "*n") read("1 x 2", "*n", "*n", "*n") read("5 lines\nrest", "*n", "*l", "*l") read("5\nnext", "*n", "*l", "*l") read("12 34abc\nx", "*n", "*n", "*l", "*l", "*l") read("1\n2\n3\n", "*n", "*n", "*n", "*n")

-- Nothing more after the first failure.
read("abc", "*n", "*l") read("", "*l", "*a") read("", 1, "*a") read("", "*a", 1, "*a") read("ab", 1, "*n", "*a") read("line", "*l", "*l", "*a")
with("x", function(file) show(file:read("*a")) show(file:read("*a")) show(file:read("*l")) show(file:read("*n")) show(file:read(0)) show(file:read(1)) show(file:read()) end)

-- Long lines and large files.
for _, length in ipairs{1, 10, 510, 511, 512, 513, 1023, 1024, 1025, 5000, 100000} do
  with(("x"):rep(length) .. "\n" .. ("y"):rep(length), function(file)
    local x, y, none = file:read("*l", "*l", "*l")
    assert(x == ("x"):rep(length) and y == ("y"):rep(length) and none == nil)
    file:seek("set")
    assert(#file:read("*a") == 2 * length + 1)
    file:seek("set")
    assert(#file:read(length) == length and file:read(1) == "\n" and #file:read(length + 10) == length and file:read(1) == nil)
  end)
end
local lines = {}
for i = 1, 2000 do lines[i] = ("line %d "):format(i) .. ("z"):rep(i % 50) end
with(table.concat(lines, "\n"), function(file) for i = 1, 2000 do assert(file:read() == lines[i]) end show(file:read()) end)
with(("1.25 "):rep(1000), function(file) local sum = 0 while true do local n = file:read("*n") if not n then break end sum = sum + n end show(sum) end)
-- A count that is larger than any file.
with("short", function(file) show(file:read(1e6)) show(file:read(2 ^ 20)) end)
-- Reading goes on after more was written.
local writer = io.open(name, "w")
local reader = io.open(name, "r")
show(reader:read("*l")) writer:write("later\n") writer:flush() show(reader:read("*l")) writer:write("part") writer:flush() show(reader:read("*l")) writer:write("ial\n") writer:close() show(reader:read("*l"), reader:read("*l")) reader:close()
os.remove(name)
