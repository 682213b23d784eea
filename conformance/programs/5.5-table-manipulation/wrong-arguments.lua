-- 5.5 Table manipulation: every function with every kind of wrong argument in each position, and with too few.
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

probe_all{
  {"table.concat", {"a", "b"}, ",", 1, 2}, {"table.insert", {}, 1, "v"}, {"table.maxn", {}}, {"table.remove", {1, 2}, 1}, {"table.sort", {1}, function() end}, {"table.getn", {}},
  {"table.foreach", {1}, function() end}, {"table.foreachi", {1}, function() end}, {"table.setn", {}, 1},
}
-- The number of arguments of insert.
probe("table.insert", "table and value", {{}, 1}, 2) probe("table.insert", "four", {{}, 1, 2, 3}, 4) probe("table.insert", "five", {{}, 1, 2, 3, 4}, 5) probe("table.insert", "nil value", {{}, nil}, 2)
for _, kind in ipairs(kinds) do probe("table.insert", "value " .. kind, {{}, samples[kind]}, 2) probe("table.insert", "position " .. kind, {{}, samples[kind], 1}, 3) end

-- Values inside of the tables: what concat and sort cannot take.
for _, kind in ipairs(kinds) do
  probe("table.concat", "holding " .. kind, {{samples[kind]}}, 1) probe("table.concat", "holding at 2 " .. kind, {{"a", samples[kind], "c"}, "-", 1, 3}, 4) probe("table.sort", "holding " .. kind, {{1, samples[kind], 2}}, 1)
  probe("table.sort", "only " .. kind, {{samples[kind], samples[kind]}}, 1) probe("table.sort", "with string " .. kind, {{"a", samples[kind]}}, 1)
end
probe("table.concat", "gap", {{1, nil, 3}, "", 1, 3}, 4) probe("table.concat", "beyond", {{1}, "", 1, 2}, 4) probe("table.concat", "before", {{1}, "", 0, 1}, 4) probe("table.concat", "empty range", {{}, {}, 2, 1}, 4) probe("table.concat", "huge", {{1}, "", 2 ^ 31 - 1}, 3)
probe("table.sort", "invalid order", {{3, 1, 2, 5, 4}, function() return true end}, 2) probe("table.sort", "raising", {{1, 2}, function() error("raised", 0) end}, 2) probe("table.sort", "builtin", {{1, 2}, string.rep}, 2) probe("table.sort", "mixed", {{1, "x", 2, "y"}}, 1)
probe("table.foreach", "raising", {{1}, function() error("raised") end}, 2) probe("table.foreach", "builtin", {{1}, setmetatable}, 2) probe("table.foreachi", "builtin", {{1}, setmetatable}, 2)

local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() table.insert(nil, 1) end)) print(message(function() table:insert() end)) print(message(function() table.insert({}, {}, 1) end)) print(message(function() local t = {} t:insert(1) end)) print(message(function() table.nothing() end)) print(message(function() local insert = table.insert insert() end))
print(message(function() table.sort({1, {}, 2}) end)) print(message(function() table.concat({{}}) end)) print(message(function() return table.concat({1, {}, 2}, 5) end)) print(message(function() table.unpack({}) end)) print(message(function() table.remove() end)) print(message(function() table["remove"](5) end))
print(message(function() setmetatable({}, {__index = table}):insert() end)) print(message(function() setmetatable({}, {__index = table}):insert({}, 1) end)) print(message(function() setmetatable({}, {__index = table}):concat(print) end)) print(message(function() setmetatable({}, {__index = table}):sort(5) end))
print(message(function() table.sort({3, 2, 1}, function(a, b) return a.x < b.x end) end)) print(message(function() table.sort({{}, {}}, function(a, b) return a < b end) end)) print(message(function() table.sort(setmetatable({}, {__index = function() return 1 end}), 1) end))
