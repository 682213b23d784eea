-- 5.7 Input and output: write, seek, flush, setvbuf: results, numbers, positions of every kind, switching between reading and writing.

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

-- write: true; texts and numbers.
local f = assert(io.open(name, "wb"))
show(f:write()) show(f:write("")) show(f:write("text", 1, 2.5, -3, 1e100, 1 / 3, " ", 0 * -1, 1 / 0, 2 ^ 53, "\0", "\n")) show(f:close()) show(content())
f = assert(io.open(name, "wb"))
for _, bad in ipairs{true, {}, print, newproxy(), setmetatable({}, {__tostring = function() return "x" end})} do show(type(bad), pcall(f.write, f, bad)) show(pcall(f.write, f, "before ", bad, " after")) end
show(pcall(f.write, f, nil)) show(pcall(f.write)) show(pcall(f.write, "x")) f:close() show(content())
f = assert(io.open(name, "wb"))
for i = 1, 3000 do f:write(i, " ") end
f:write(("x"):rep(100000)) f:close() show(#content())
f = assert(io.open(name, "wb")) local many = {} for i = 1, 200 do many[i] = i end show(f:write(unpack(many))) f:close() show(#content())

-- seek: "set", "cur", "end" with offsets; the position from the start is the result.
f = assert(io.open(name, "w+b")) f:write("0123456789")
show(f:seek()) show(f:seek("cur")) show(f:seek("set")) show(f:seek("end")) show(f:seek("set", 3)) show(f:read(2)) show(f:seek("cur", 0)) show(f:seek("cur", -1)) show(f:read(1)) show(f:seek("cur", 2)) show(f:read(1)) show(f:seek("end", -2)) show(f:read("*a")) show(f:seek("end", 5)) show(f:read(1)) show(f:seek("set", 100)) show(f:read("*a")) show(f:read("*l"))
show(f:seek("set", -1)) show(f:seek("cur", -1000)) show(f:seek("end", -100)) show(f:seek()) show(f:seek("set", "4")) show(f:read(1)) show(f:seek("set", 1.9)) show(f:read(1)) show(f:seek(nil, 2)) show(f:seek("set", nil))
for _, bad in ipairs{"", "begin", "SET", "s", 0, true, {}} do show(pcall(f.seek, f, bad)) end show(pcall(f.seek, f, "set", "x")) show(pcall(f.seek, f, "set", {})) show(pcall(f.seek))
-- Beyond the end: the gap is zeros when something is written there.
f:seek("end", 3) f:write("after") f:seek("set") show(f:read("*a")) f:close() show(content())

-- Switching with a seek between.
f = assert(io.open(name, "w+")) f:write("abcdefgh") f:seek("set", 2) show(f:read(2)) f:seek("cur", 0) f:write("XY") f:seek("cur", 0) show(f:read("*a")) f:seek("set") show(f:read("*a")) f:close()
f = assert(io.open(name, "r+")) f:write("1") f:seek("set", 7) f:write("8") f:close() show(content())
f = assert(io.open(name, "a+")) show(f:read("*a")) f:seek("set") f:write("appended") f:seek("set") show(f:read("*a")) show(f:seek()) f:close()
-- Lines that are changed in place.
f = assert(io.open(name, "w+")) for i = 1, 5 do f:write("record ", i, "\n") end
for i = 1, 5 do f:seek("set", (i - 1) * 9) local line = f:read() f:seek("set", (i - 1) * 9) f:write((line:upper())) end f:seek("set") show(f:read("*a")) f:close()

-- flush: what was written is there for others; buffering modes.
f = assert(io.open(name, "w")) f:write("buffered") local before = #content() show(f:flush()) show(before, content()) f:write(" more") show(f:flush()) show(content()) f:close()
f = assert(io.open(name, "w")) show(f:setvbuf("no")) f:write("at once") show(content()) f:close()
f = assert(io.open(name, "w")) show(f:setvbuf("full", 1024)) f:write("held") show(content()) f:write(("x"):rep(2000)) show(#content() > 0) f:close() show(#content())
f = assert(io.open(name, "w")) show(f:setvbuf("line")) f:write("a line\n") show(content()) f:write("part") show(content()) f:write(" of one\n") show(content()) f:close()
f = assert(io.open(name, "w")) show(f:setvbuf("full")) show(f:setvbuf("full", 16)) f:write("0123456789abcdefXYZ") f:close() show(content())
f = assert(io.open(name, "w")) for _, bad in ipairs{"", "none", "FULL", 5, true, {}} do show(pcall(f.setvbuf, f, bad)) end show(pcall(f.setvbuf, f)) show(pcall(f.setvbuf)) show(pcall(f.setvbuf, f, "no", "x")) f:close()

-- Closed files refuse everything.
for _, method in ipairs{"read", "write", "seek", "flush", "setvbuf", "close", "lines"} do show(method, pcall(f[method], f)) end
show(pcall(function() f:read() end)) show(pcall(function() f:write("x") end)) show(pcall(function() local file = f file:seek("set") end)) show(pcall(function() for l in f:lines() do end end)) show(tostring(f), io.type(f))

-- /dev/full and /dev/null: errors when the bytes go out, and nothing.
local full = io.open("/dev/full", "w")
if full then full:setvbuf("full", 4096) local written = {full:write("x")} local flushed = {full:flush()} local closed = {pcall(full.close, full)} assert(written[1] == true and flushed[1] == nil and type(flushed[2]) == "string") end
local null = assert(io.open("/dev/null", "r+")) show(null:write(("x"):rep(10000))) show(null:read("*a")) show(null:read("*l")) show(null:close())
os.remove(name)
