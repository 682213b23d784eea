-- 5.8 Operating system facilities: every function with every kind of wrong argument in each position, and with too few.
-- The messages, by the function's own name, by that of a local variable, and without a name.
-- os.execute and os.exit get no valid argument here; os.remove and os.rename get names of no files.

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
probe_all({{"os.difftime", 5, 3}, {"os.getenv", "A_VARIABLE_THAT_NOBODY_HAS"}, {"os.remove", absent}, {"os.rename", absent, absent}, {"os.setlocale", "C", "all"}},
  function(name, position, kind) return name == "os.setlocale" and kind == "number" or name:find("^os.re") and kind == "number" end)
for _, kind in ipairs(kinds) do
  if kind ~= "nil" then probe("os.date", "1 " .. kind, {samples[kind], 0}, 2) probe("os.date", "2 " .. kind, {"!%Y", samples[kind]}, 2) end
end
for _, kind in ipairs(kinds) do
  if kind ~= "string" and kind ~= "number" and kind ~= "nil" then probe("os.execute", kind, {samples[kind]}, 1) end
  if kind ~= "number" and kind ~= "nil" then probe("os.exit", kind, {samples[kind]}, 1) end
  if kind ~= "nil" then probe("os.time", kind, {samples[kind]}, 1) end
  for _, field in ipairs{"year", "month", "day", "hour", "min", "sec", "isdst"} do
    local t = {year = 2001, month = 1, day = 10, hour = 12}
    t[field] = samples[kind]
    local ok, result = pcall(os.time, t)
    print("os.time", field, kind, ok and type(result) or clean(result))
  end
  probe("os.setlocale", "category " .. kind, {nil, samples[kind]}, 2)
end
for _, category in ipairs{"", "al", "ALL", "all ", "messages", "numeric\0x"} do probe("os.setlocale", ("%q"):format(category), {nil, category}, 2) end

local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() os.time({}) end)) print(message(function() os.time({year = 2001, month = 1}) end)) print(message(function() return os.time({year = 2001, day = 1}) end)) print(message(function() os.date({}) end)) print(message(function() os.date("!%Y", {}) end)) print(message(function() os.remove() end)) print(message(function() os.rename("x") end)) print(message(function() os:remove() end)) print(message(function() os.exit({}) end)) print(message(function() local d = os.difftime d() end)) print(message(function() os.nothing() end)) print(message(function() os.getenv() end)) print(message(function() os["getenv"]({}) end)) print(message(function() os.tmpname.x() end)) print(message(function() os.setlocale("C", "x") end))
