-- 5.2 Coroutine manipulation: every function with every kind of wrong argument in each position, and with too few.
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

local function finished() end

probe_all{
  {"coroutine.create", finished}, {"coroutine.resume", coroutine.create(finished), 1}, {"coroutine.running"},
  {"coroutine.status", coroutine.create(finished)}, {"coroutine.wrap", finished}, {"coroutine.yield", 1},
}
-- A C function has no place in a coroutine of its own.
for _, f in ipairs{print, string.rep, coroutine.wrap(finished)} do probe("coroutine.create", "C function", {f}, 1) probe("coroutine.wrap", "C function", {f}, 1) end

-- Inside of a coroutine.
coroutine.wrap(function()
  probe_all{{"coroutine.create", finished}, {"coroutine.resume", coroutine.create(finished), 1}, {"coroutine.status", coroutine.running()}, {"coroutine.running"}}
end)()

-- What wrap gives is called like any function; a message of the body gets the caller's position before it.
local function message(f, ...) return clean(select(2, pcall(f, ...))) end
local wrapped = coroutine.wrap(function() error("in the body") end)
print(message(function() wrapped() end))
print(message(function() wrapped() end))
print(message(function() coroutine.wrap(function() error("two", 2) end)() end))
print(message(function() coroutine.wrap(function() error({}) end)() end))
print(message(function() coroutine.wrap(function() error() end)() end))
print(message(function() local w = coroutine.wrap(function() return w end) w() w() end))
print(message(function() coroutine.status() end)) print(message(function() coroutine.status(nil) end)) print(message(function() coroutine.resume({}) end)) print(message(function() coroutine:status() end))
print(message(function() local co = coroutine co.wrap(5) end)) print(message(function() coroutine["create"]() end)) print(message(function() return coroutine.create() end)) print(message(function() coroutine.nothing() end))
