-- 5.7 Input and output: every function with every kind of wrong argument in each position, and with too few.
-- The messages, by the function's own name, by that of a local variable, and without a name. So it is with the methods.
-- Nothing here reads the standard input or opens a file: the names are those of no files.

local function clean(v)
  return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address"):gsub("^%-nan$", "nan"):gsub("%c", function(c) return "<" .. c:byte() .. ">" end))
end

local kinds = {"nil", "boolean", "number", "string", "table", "function", "userdata", "thread"}
local samples = {
  boolean = true, number = 3.5, string = "text", table = {}, ["function"] = loadstring("return nil", "=sample"),
  userdata = newproxy(), thread = coroutine.create(function() end),
}

-- What one call does: the number of results and the first of them, or the message.
local function describe(ok, ...)
  if not ok then return clean((...)) end
  local n, first = select("#", ...), (...)
  if n == 0 then return "returns nothing" end
  if type(first) ~= "string" and type(first) ~= "number" or #tostring(first) > 100 then first = type(first) end
  return "returns " .. n .. " " .. clean(first)
end

-- Calls a function by its own name, by the name of a local, and through pcall, which leaves it without one. The three
-- differ in the name and the position that the message has; anything else is printed.
local function probe(name, label, values, count)
  local own = name:match("[^.:]+$")
  local function by(text) return assert(loadstring(text, "=call")) end
  local named = describe(pcall(by("local r = " .. name .. "(...) return r"), unpack(values, 1, count)))
  local aliased = describe(pcall(by("local alias = " .. name .. " local r = alias(...) return r"), unpack(values, 1, count)))
  local anonymous = describe(pcall(by("return " .. name)(), unpack(values, 1, count)))
  print(name, label, named)
  if aliased ~= named:gsub("'" .. own .. "'", "'alias'") then print("", "as local", aliased) end
  if anonymous ~= named:gsub("'" .. own .. "'", "'?'"):gsub("^call:1: ", "") and not named:find("^returns") then print("", "by pcall", anonymous) end
end

local function probe_all(functions, skip)
  for _, entry in ipairs(functions) do
    local name, arity = entry[1], entry.n or #entry - 1
    for count = 0, arity do probe(name, count .. " given", {unpack(entry, 2, count + 1)}, count) end
    for position = 1, arity do
      for _, kind in ipairs(kinds) do
        local values = {unpack(entry, 2, arity + 1)}
        values[position] = samples[kind]
        if not (skip and skip(name, position, kind)) then probe(name, position .. " " .. kind, values, arity) end
      end
    end
  end
end

local absent = "/no such directory/file"
samples.string = absent
probe_all({
  {"io.close", 1}, {"io.open", absent, "r"}, {"io.type", 1}, {"io.popen", "exit 0", "r"}, {"io.input", absent}, {"io.output", absent}, {"io.lines", absent},
}, function(name, _, kind) return kind == "number" or name == "io.popen" and kind == "string" or kind == "nil" and (name == "io.close" or name == "io.lines") end)
-- io.read and io.write check their formats and values before anything else happens. The default files are closed ones.
local temporary = os.tmpname()
io.output(temporary) io.input(temporary)
for _, kind in ipairs(kinds) do
  if kind ~= "string" and kind ~= "number" then
    probe("io.write", kind, {samples[kind]}, 1) probe("io.write", "2 " .. kind, {"", samples[kind]}, 2) probe("io.read", kind, {samples[kind]}, 1)
  end
end
for _, format in ipairs{"", "x", "*", "*x", "l", "a", "n", "**", "*L"} do probe("io.read", ("%q"):format(format), {format}, 1) end
local closed_output, closed_input = io.output(), io.input()
closed_output:close() closed_input:close()
for _, name in ipairs{"io.read", "io.write", "io.lines", "io.flush", "io.close"} do probe(name, "closed default", {}, 0) end
for _, kind in ipairs(kinds) do if kind ~= "nil" and kind ~= "string" and kind ~= "number" then probe("io.read", "closed, " .. kind, {samples[kind]}, 1) probe("io.write", "closed, " .. kind, {samples[kind]}, 1) end end
probe("io.close", "closed", {closed_output}, 1) probe("io.input", "closed", {closed_input}, 1) probe("io.output", "closed", {closed_output}, 1) probe("io.type", "closed", {closed_output}, 1)
io.output(io.stdout) io.input(io.stdin)

-- Methods by a table of them, with every kind of self, and with wrong arguments.
methods = {}
for _, name in ipairs{"close", "flush", "lines", "read", "seek", "setvbuf", "write"} do methods[name] = io.stdout[name] end
for _, name in ipairs{"close", "flush", "lines", "read", "seek", "setvbuf", "write"} do
  for _, kind in ipairs(kinds) do probe("methods." .. name, "self " .. kind, {samples[kind]}, 1) end
  probe("methods." .. name, "no self", {}, 0) probe("methods." .. name, "closed self", {closed_input}, 1)
end
local f = assert(io.open(temporary, "w+"))
for _, kind in ipairs(kinds) do
  if kind ~= "string" and kind ~= "number" then probe("methods.write", kind, {f, samples[kind]}, 2) probe("methods.read", kind, {f, samples[kind]}, 2) end
  probe("methods.seek", "1 " .. kind, {f, samples[kind]}, 2) probe("methods.seek", "2 " .. kind, {f, "set", samples[kind]}, 3) probe("methods.setvbuf", "1 " .. kind, {f, samples[kind]}, 2) probe("methods.setvbuf", "2 " .. kind, {f, "full", kind ~= "number" and samples[kind] or 64}, 3)
end
for _, name in ipairs{"__gc", "__tostring"} do
  methods[name] = getmetatable(f)[name]
  for _, kind in ipairs(kinds) do probe("methods." .. name, kind, {samples[kind]}, 1) end
  probe("methods." .. name, "none", {}, 0)
end
-- Called with a colon, arguments count without self.
local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() f:write({}) end)) print(message(function() f:write("", {}) end)) print(message(function() f:read({}) end)) print(message(function() f:read("x") end)) print(message(function() f:read(1, "*y") end)) print(message(function() f:seek("x") end)) print(message(function() f:seek("set", {}) end)) print(message(function() f:setvbuf() end)) print(message(function() f:setvbuf("x") end))
print(message(function() f.read() end)) print(message(function() f.write("x") end)) print(message(function() f.close({}) end)) print(message(function() local read = f.read read(5) end)) print(message(function() io.stdout.lines("x") end)) print(message(function() methods:read() end)) print(message(function() local t = setmetatable({}, {__index = getmetatable(f)}) t:write("x") end)) print(message(function() f:nothing() end)) print(message(function() io.nothing() end)) print(message(function() io:read() end)) print(message(function() io.open() end)) print(message(function() return io.open({}) end))
print(message(function() for _ in io.lines({}) do end end)) print(message(function() for _ in io.lines(absent) do end end)) print(message(function() for _ in f:lines() do f:close() end end)) f:close() print(message(function() f:read() end)) print(message(function() f:write("x") end)) print(message(function() f:close() end)) print(message(function() f:seek() end)) print(message(function() f:lines() end)) print(message(function() io.close(f) end))
methods = nil
os.remove(temporary)
