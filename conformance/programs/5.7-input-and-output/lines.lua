-- 5.7 Input and output: io.lines and file:lines: what they give, when the file is closed, errors.

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
local function collect(iterate) local out = {} for line in iterate do out[#out + 1] = "<" .. line .. ">" end return table.concat(out) end

for _, text in ipairs{"", "\n", "\n\n", "one", "one\n", "one\ntwo", "one\ntwo\n", "\none", "a\n\nb\n\n", "a\r\nb\r\n", "\0", "a\0b\nc", "  spaces  \n\ttabs\t\n"} do
  fill(text)
  show(text, collect(io.lines(name)))
  local f = io.open(name)
  show(collect(f:lines()), f:read("*a"), io.type(f))
  f:close()
end
fill("1\n2\n3\n4\n")
-- io.lines closes its file at the end, file:lines does not.
local iterate = io.lines(name)
show(type(iterate), iterate()) show(iterate("ignored"), iterate(), iterate()) show(iterate()) show(pcall(iterate)) show(pcall(iterate))
local f = io.open(name)
local of_file = f:lines()
show(of_file(), f:read(), of_file(), of_file(), of_file()) show(of_file()) show(f:seek("set"), of_file()) f:close() show(pcall(of_file))
-- Two iterators over one file share its position.
f = io.open(name) local l1, l2 = f:lines(), f:lines() show(l1(), l2(), l1(), l2(), l1()) f:close()
-- break, and then on.
f = io.open(name) for line in f:lines() do if line == "2" then break end end show(f:read("*a")) f:close()
-- Closed while iterating.
f = io.open(name) show(pcall(function() for line in f:lines() do f:close() end end))
-- The file lives as long as its iterator.
local function lines_of() return assert(io.open(name)):lines() end
local held = lines_of() collectgarbage() collectgarbage() show(held(), held()) 
-- The arguments that "for" gives are ignored; results are one.
for a, b in io.lines(name) do show(a, b) break end
show(select("#", io.lines(name))) show(select("#", io.open(name):lines()))
-- Nested, over the same file.
local products = {}
for a in io.lines(name) do for b in io.lines(name) do products[#products + 1] = a * b end end
show(table.concat(products, " "))
-- Without a name: the default input, which stays open.
io.input(name)
show(collect(io.lines())) show(io.type(io.input())) show(io.read("*a")) show(io.read()) show(pcall(io.lines)) io.input():seek("set") show(io.lines()(), io.read(), io.lines()()) io.input():close()
show(pcall(io.lines)) show(pcall(io.read))
io.input(io.stdin)
-- Errors.
show(pcall(io.lines, "/no such directory/file")) show(pcall(io.lines, "")) show(pcall(io.lines, {})) show(pcall(io.lines, true)) show(pcall(io.lines, name .. "/x"))
show(pcall(f.lines)) show(pcall(f.lines, "x")) show(pcall(f.lines, nil)) show(pcall(function() for _ in io.lines("/no such directory/file") do end end)) show(pcall(function() return f:lines() end))
local directory = io.lines("/")
show(pcall(directory))
-- Very long lines, very many.
fill(("x"):rep(70000) .. "\n" .. ("y"):rep(3))
for line in io.lines(name) do show(#line) end
local text = {} for i = 1, 5000 do text[i] = tostring(i) end fill(table.concat(text, "\n") .. "\n")
local sum, count = 0, 0 for line in io.lines(name) do sum, count = sum + line, count + 1 end show(sum, count)
os.remove(name)
