-- 5.1 Basic functions: load, loadstring, loadfile and dofile: names of chunks, reader functions, files, results.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- loadstring.
show(loadstring("")) show(loadstring("x =")) show(loadstring("x =", "=name")) show(loadstring("x =", "@name")) show(loadstring("x =", "name")) show(loadstring("x =", "name\nsecond line")) show(loadstring("x =", "")) show(loadstring("x =", "=")) show(loadstring("x =", "@")) show(loadstring("x =\n\n=", "=n"))
for _, length in ipairs{20, 40, 43, 44, 45, 50, 58, 59, 60, 61, 80} do
  local text = ("abcdefghij"):rep(10):sub(1, length)
  print(select(2, loadstring("=", "=" .. text))) print(select(2, loadstring("=", "@" .. text))) print(select(2, loadstring("=", text))) print(select(2, loadstring("=" .. text)))
end
show(pcall(loadstring)) show(pcall(loadstring, {})) show(pcall(loadstring, "x", {})) show(loadstring(5)) show(loadstring("return 1", nil)) show(loadstring("return 1")()) show(loadstring(" return ... ")(1, nil, 3))
show(pcall(loadstring("error('x')"))) show(pcall(loadstring("error('x')", "=chunk"))) show(pcall(loadstring("error('x')", "@chunk"))) show(pcall(loadstring("local a = {} ; a.b.c = 1")))
print(debug.getinfo(loadstring("x = 1"), "S").source, debug.getinfo(loadstring("x = 1", "=c"), "S").source, debug.getinfo(loadstring("x = 1", "=c"), "S").short_src, debug.getinfo(loadstring("x = 1"), "S").what)

-- load: pieces until nil, an empty string, or nothing.
-- Errors of the reader are seen by the message handler in force: in a coroutine there is none.
local function alone(...)
  return coroutine.wrap(function(...) local f, message = load(...) return f, message end)(...)
end
local function pieces(...)
  local list, i = {...}, 0
  return function(...) i = i + 1 assert(select("#", ...) == 0) return list[i] end
end
show(alone(pieces("return ", "1", " + 2"))()) show(alone(pieces("return 1", "", " + 2"))()) show(alone(pieces())) show(alone(pieces("x ="))) show(alone(pieces("x ="), "=name")) show(alone(pieces("x ="), "@name")) show(alone(pieces("x ="), nil)) show(alone(pieces("x ="), "a name"))
show(alone(pieces("re", "tu", "rn", " '", "a", "b'"))()) show(alone(pieces(1, 2, 3))) show(alone(pieces("return ", 4, 5))()) show(alone(pieces("return 1", {}))) show(alone(pieces("return 1", true))) show(alone(pieces({}))) show(alone(pieces("return 1", function() end))) show(alone(pieces("return 1", nil, " + 1"))())
show(alone(pieces("return 1 ", false))) show(alone(function() error("in the reader") end)) show(alone(function() error({}) end)) show(alone(function() return nil + 1 end)) show(alone(function() end)) show(alone(coroutine.wrap(function() coroutine.yield("return ") coroutine.yield("7") end))())
show(pcall(load)) show(pcall(load, "return 1")) show(pcall(load, {})) show(pcall(load, print, {})) show(pcall(load, setmetatable({}, {__call = function() end})))
local calls = 0
show(alone(function() calls = calls + 1 if calls < 50 then return "x = " .. calls .. " " end end) ~= nil, calls)
calls = 0
show(alone(function() calls = calls + 1 return ("x = = "):sub(calls, calls) end), calls)
-- A syntax error stops the reading soon.
calls = 0
show(alone(function() calls = calls + 1 return "= " end), calls)
-- Pieces of compiled chunks.
local dumped = string.dump(function(...) return select("#", ...), "dumped" end)
for _, size in ipairs{1, 2, 3, 7, 64, 1000} do
  local position = 1 - size
  show(alone(function() position = position + size local piece = dumped:sub(position, position + size - 1) return piece ~= "" and piece or nil end)(1, 2))
end
show(alone(pieces(dumped:sub(1, 20)), "=cut")) show(alone(pieces("\27"), "=cut")) show(alone(pieces("\27Lua"), "=cut")) show(loadstring(dumped:sub(1, -2), "=cut"))
show(alone(pieces(" ", dumped))) show(alone(pieces(dumped, "x = = 1"))(1))
-- With a handler.
for _, reader in ipairs{function() error("raised", 0) end, function() error({}) end, function() return {} end, function() return 1 .. nil end, pieces("x = = 1")} do
  show(xpcall(function() local f, message = load(reader) return f, message end, function(m) return "handled " .. type(m) end))
end
show(xpcall(function() local f, message = load(function() return {} end) return f, message end, function(m) return m.x.y end))

-- loadfile and dofile, with a file of our own.
local name = os.tmpname()
local function file(text) local f = assert(io.open(name, "wb")) f:write(text) f:close() end
local function named(...) local out = {...} for i = 1, select("#", ...) do if type(out[i]) == "string" then local a, b = out[i]:find(name, 1, true) if a then out[i] = out[i]:sub(1, a - 1) .. "FILE" .. out[i]:sub(b + 1) end end end return unpack(out, 1, select("#", ...)) end
for _, text in ipairs{"return 1, ...", "", "# first line\nreturn 2", "#!/usr/bin/lua\nreturn 3", "#", "# only\n", "#\n#\nreturn 4", "\n# second\nreturn 5", "error('in the file')", "# c\nerror('second line')", "x = = 1", "#c\nx = = 1", "return nil, 'two'", "local a = ... return a, select('#', ...)", "\239\187\191return 6", "#\239\187\191\nreturn 7", "return '\r\n'", "\r\n\r\nerror('lines')"} do
  file(text)
  local chunk, message = loadfile(name)
  if chunk then show(named(pcall(chunk, "argument"))) show(named(pcall(dofile, name))) else show(named(chunk, message)) show(named(pcall(dofile, name))) end
end
file(dumped) show(loadfile(name)(1, 2, 3)) show(dofile(name))
file("# comment\n" .. dumped) show(pcall(loadfile(name) or error, 1))
file(dumped:sub(1, 30)) show(named(loadfile(name)))
file("global_from_file = 'set' return function() return global_from_file end")
local environment = {}
show(dofile(name)(), global_from_file) global_from_file = nil
show(setfenv(loadfile(name), environment)()(), environment.global_from_file, global_from_file)
os.remove(name)
show(named(loadfile(name))) show(named(pcall(dofile, name))) show(pcall(loadfile, {})) show(pcall(dofile, true))
