-- 5.9 The debug library: every function with every kind of wrong argument in each position, and with too few.
-- The messages, by the function's own name, by that of a local variable, and without a name.
-- debug.debug is not called: it reads the standard input. Levels are those inside of coroutines, whose stacks are known.

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

local function f() return samples end
local thread = coroutine.create(function(a) coroutine.yield() return a end)
coroutine.resume(thread, 1)
samples.string = "S"
local function everything()
  probe_all({
    {"debug.getfenv", f}, {"debug.gethook"}, {"debug.getinfo", f, "S"}, {"debug.getlocal", 1, 100}, {"debug.getmetatable", {}}, {"debug.getregistry"}, {"debug.getupvalue", f, 1}, {"debug.setfenv", loadstring("return 1", "=e"), {}}, {"debug.sethook"},
    {"debug.setlocal", 1, 100, 1}, {"debug.setmetatable", {}, {}}, {"debug.setupvalue", loadstring("return 1", "=u"), 1, 1},
    {"debug.getinfo", thread, 0, "S"}, {"debug.getlocal", thread, 1, 1}, {"debug.setlocal", thread, 1, 100, 1}, {"debug.gethook", thread}, {"debug.sethook", thread, f, "l", 0},
  }, function(name, position, kind)
    -- Metatables and environments of this program's own values, hooks of this thread, and its own traceback are left alone.
    return name == "debug.setmetatable" and position == 1 or name == "debug.setfenv" and position == 1 and (kind == "thread" or kind == "function") or name == "debug.sethook" and (position == 1 or position == 2) and kind ~= "boolean" and kind ~= "string" and kind ~= "table"
      or name == "debug.sethook" and kind == "nil"
  end)
  debug.sethook(thread)
end
coroutine.wrap(everything)()
for _, kind in ipairs(kinds) do
  if kind ~= "nil" and kind ~= "table" then probe("debug.setmetatable", "2 " .. kind, {{}, samples[kind]}, 2) end
  if kind ~= "thread" and kind ~= "function" and kind ~= "userdata" then probe("debug.setfenv", "1 " .. kind, {samples[kind], {}}, 2) end
  if kind ~= "string" and kind ~= "number" and kind ~= "nil" and kind ~= "thread" then probe("debug.traceback", kind, {samples[kind]}, 1) end
  if kind ~= "number" and kind ~= "nil" then probe("debug.traceback", "level " .. kind, {"m", samples[kind]}, 2) probe("debug.traceback", "thread, level " .. kind, {thread, "m", samples[kind]}, 3) end
end
for _, option in ipairs{"x", "Sx", " ", "s", "N", "lnx", "F", "?", ">", ">S", "S>"} do probe("debug.getinfo", ("%q"):format(option), {f, option}, 2) end
for _, level in ipairs{50, 1000, 2 ^ 31 - 1} do
  print(level, debug.getinfo(level), (pcall(debug.getlocal, level, 1))) probe("debug.getlocal", "level " .. level, {level, 1}, 2) probe("debug.setlocal", "level " .. level, {level, 1, 1}, 3) probe("debug.getinfo", "thread, level " .. level, {thread, level}, 2) probe("debug.getlocal", "thread, level " .. level, {thread, level, 1}, 3)
end

local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() debug.getinfo() end)) print(message(function() debug.getinfo({}) end)) print(message(function() debug.getinfo(f, "x") end)) print(message(function() debug.getlocal() end)) print(message(function() debug.getlocal(1) end)) print(message(function() debug.getlocal(100, 1) end)) print(message(function() debug.getupvalue(1, 1) end)) print(message(function() debug.getupvalue(f) end)) print(message(function() debug.setupvalue(f, 1) end)) print(message(function() debug.sethook(1, "x") end)) print(message(function() debug.setmetatable({}) end)) print(message(function() debug.setfenv({}, {}) end)) print(message(function() debug.setfenv(f) end))
print(message(function() debug:getinfo() end)) print(message(function() debug:traceback() end) ~= nil) print(message(function() debug.nothing() end)) print(message(function() local g = debug.getinfo g(nil) end)) print(message(function() return debug.getinfo(nil) end)) print(message(function() debug.getlocal(thread) end)) print(message(function() debug.getlocal(thread, {}) end)) print(message(function() debug.getinfo(thread, {}) end)) print(message(function() debug.getinfo(thread, 0, {}) end))
