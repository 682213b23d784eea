-- 5.1 Basic functions: every function with every kind of wrong argument in each position, and with too few.
-- The messages, by the function's own name, by that of a local variable, and without a name.

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

-- Not called: print (which writes), dofile and loadfile without a name (which read), setfenv of a level (which would
-- change this program).
probe_all({
  {"assert", true, "message", 3}, {"collectgarbage", "restart", 0}, {"error", "message", 1}, {"getfenv", print},
  {"getmetatable", {}}, {"ipairs", {}}, {"load", function() end, "=chunk"}, {"loadstring", "return", "=chunk"},
  {"next", {}, nil, n = 2}, {"pairs", {}}, {"pcall", type, 1}, {"rawequal", 1, 1}, {"rawget", {}, 1}, {"rawset", {}, 1, 1},
  {"select", 1, "a", "b"}, {"setmetatable", {}, {}}, {"tonumber", "10", 10}, {"tostring", 1}, {"type", 1},
  {"unpack", {1, 2}, 1, 2}, {"xpcall", type, type}, {"newproxy", false}, {"setfenv", function() end, {}},
}, function(name, position, kind)
  return name == "setfenv" and position == 1 and kind == "number" or name == "getfenv" and kind == "number"
end)

-- Files: names of wrong types, names of files that are not there.
for _, name in ipairs{"dofile", "loadfile"} do
  for _, kind in ipairs(kinds) do
    if kind ~= "nil" and kind ~= "string" and kind ~= "number" then probe(name, kind, {samples[kind]}, 1) end
  end
end
print(pcall(loadfile, "no such folder/no such file.lua")) print(pcall(dofile, "no such folder/no such file.lua")) print(pcall(loadfile, "")) print(pcall(loadfile, 12345678))

-- Through fields, methods, upvalues and tables: which name a message has.
local upvalue, holder = rawset, {f = rawset, [1] = rawset}
function holder.nested() return rawset(1) end
local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() upvalue(1) end)) print(message(function() holder.f(1) end)) print(message(function() holder:f(1) end)) print(message(function() holder[1](1) end)) print(message(holder.nested))
print(message(function() _G.rawset(1) end)) print(message(function() _G["rawset"](1) end)) print(message(function() local key = "rawset" _G[key](1) end)) print(message(function() (rawset)(1) end)) print(message(function() (rawset or 1)(1) end))
print(message(function() return rawset(1) end)) print(message(function() for _ in rawset do end end)) print(message(function() for _ in next, 5 do end end)) print(message(function() for _ in ipairs do end end)) print(message(function() return ({rawset})[1](1) end))
print(message(function() return setmetatable({}, {__index = rawset}).x end)) print(message(function() return setmetatable({}, {__add = setmetatable}) + 1 end)) print(message(function() return setmetatable({}, {__call = rawset})() end)) print(message(function() return -setmetatable({}, {__unm = next}) end))
print(message(function() table.sort({1, 2}, rawset) end)) print(message(function() return (("x"):gsub(".", setmetatable)) end)) print(message(coroutine.wrap(function() rawset(1) end))) print(message(coroutine.wrap(function() return pcall(rawset, 1) end)))
print(message(pcall, rawset, 1)) print(select(3, pcall(pcall, rawset, 1))) print(message(xpcall, rawset)) print(select(2, xpcall(rawset, clean)))
