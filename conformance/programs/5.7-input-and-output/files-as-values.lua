-- 5.7 Input and output: files as values: io.type, tostring, metatable, methods, closing, collection, tmpfile, popen.

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
-- io.type.
local f = assert(io.open(name, "w"))
show(io.type(f), io.type(io.stdout), io.type(io.stdin)) f:close() show(io.type(f))
for _, v in ipairs{1, "file", true, {}, print, newproxy(), newproxy(true), setmetatable({}, getmetatable(io.stdout))} do show(type(v), io.type(v)) end show(io.type(nil)) show(pcall(io.type)) show(io.type(io.stdout, 1))
-- tostring, type, equality, as keys.
show(tostring(io.stdout):find("^file %(0x%x+%)$") ~= nil, tostring(f), type(f), f == f, f ~= io.stdout, ({[f] = "key"})[f])
show(pcall(tostring, setmetatable({}, getmetatable(f)))) show(#getmetatable(f).__tostring(io.stdout) > 6) show(pcall(getmetatable(f).__tostring)) show(pcall(getmetatable(f).__tostring, {}))
-- The metatable and the methods.
local names = {}
for k, v in pairs(getmetatable(f)) do names[#names + 1] = k .. ":" .. type(v) end
table.sort(names) show(unpack(names)) show(getmetatable(f).__index == getmetatable(f), f.read == io.stdout.read, f.nothing, pcall(function() f.x = 1 end)) show(f.write ~= io.write)
show(pcall(function() return #f end)) show(pcall(function() return f + 1 end)) show(pcall(function() return f .. "x" end)) show(pcall(function() return f() end)) show(pcall(function() return f < f end)) show(pcall(function() return f:nothing() end))
-- A method of our own.
getmetatable(f).first = function(file) file:seek("set") return file:read() end
local w = io.open(name, "w+") w:write("first line\nsecond\n") show(w:first()) w:close() getmetatable(f).first = nil

-- close: results, twice, through io.close.
f = io.open(name, "w") show(f:close()) show(pcall(f.close, f)) show(pcall(io.close, f)) f = io.open(name, "w") show(io.close(f)) show(pcall(f.close, f)) show(pcall(io.close, 5)) show(pcall(io.close, {})) show(pcall(io.close, nil) == nil, pcall(f.close)) show(pcall(f.close, 5))
-- Methods on what is no file.
for _, method in ipairs{"read", "write", "lines", "seek", "flush", "setvbuf", "close"} do show(method, pcall(f[method])) show(pcall(f[method], 5)) show(pcall(f[method], {})) show(pcall(f[method], newproxy())) end
show(pcall(function() io.stdout.write() end)) show(pcall(function() io.stdout.write("x") end)) show(pcall(function() local s = io.stdout s.read("x") end)) show(pcall(function() io.stdout.seek(io.stdout, "x") end)) show(pcall(function() io.stdout:seek("x") end)) show(pcall(function() io.stdout:setvbuf("x") end))

-- Collected files are closed, and what they hold is written.
do local lost = io.open(name, "w") lost:write("from a file without a name") end
collectgarbage() collectgarbage()
show(io.open(name):read("*a"))
for i = 1, 200 do io.open(name, "r") if i % 50 == 0 then collectgarbage() end end
show(pcall(getmetatable(io.stdout).__gc, {})) show(pcall(getmetatable(io.stdout).__gc)) f = io.open(name) show(getmetatable(f).__gc(f), io.type(f)) show(getmetatable(f).__gc(f), pcall(f.read, f))

-- tmpfile: open for update, without a name.
local t = io.tmpfile()
show(io.type(t), t:write("temporary ", 1, "\n", "second"), t:seek("set"), t:read("*l"), t:read("*a")) show(t:seek("end", -3), t:read(3), t:read(1)) show(t:close()) show(select("#", io.tmpfile()))
local several = {} for i = 1, 20 do several[i] = io.tmpfile() several[i]:write(i) end for i = 1, 20 do several[i]:seek("set") assert(several[i]:read("*n") == i) end

-- popen: reading what a command says, writing to one. sh and cat are enough.
local p = io.popen("echo one; echo two", "r")
show(io.type(p), p:read("*l"), p:read("*a"), p:read("*l")) show(tostring(p):find("^file %(") ~= nil, p:close()) show(io.type(p), pcall(p.read, p))
p = io.popen("cat > '" .. name .. "'", "w") show(p:write("to ", "cat", 5)) show(p:close()) show(io.open(name):read("*a"))
show(io.popen("exit 3"):close()) show(io.popen("exit 0"):close()) show(io.popen("echo default mode"):read()) show(io.popen("printf 'a\\nb\\nc'"):read("*l", "*l", "*l", "*l")) local out = {} for line in io.popen("echo x; echo y; echo z"):lines() do out[#out + 1] = line end show(unpack(out)) show(io.popen("echo 12 0x10 1e2"):read("*n", "*n", "*n"))
show(pcall(io.popen)) show(pcall(io.popen, {})) show(pcall(io.popen, "true", {})) show(io.popen("true", "x")) show(io.popen("true", "")) show(io.popen("true", "rw?")) p = io.popen("true") show(p:seek("set", 0)) p:close()
show(pcall(io.popen("cat > /dev/null", "w").read, io.stdout) == nil, io.popen("true"):write("x"))
os.remove(name)
