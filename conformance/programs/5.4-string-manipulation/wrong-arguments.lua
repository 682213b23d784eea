-- 5.4 String manipulation: every function with every kind of wrong argument in each position, and with too few.
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
  {"string.byte", "text", 1, 2}, {"string.char", 65, 66, 67}, {"string.dump", loadstring("return 1", "=d")}, {"string.find", "text", "x", 1, true}, {"string.find", "text", "(x)", 1},
  {"string.format", "%s", 1}, {"string.gmatch", "text", "x"}, {"string.gfind", "text", "x"}, {"string.gsub", "text", "t", "x", 1}, {"string.len", "text"}, {"string.lower", "Text"}, {"string.match", "text", "x", 1},
  {"string.rep", "text", 2}, {"string.reverse", "text"}, {"string.sub", "text", 1, 2}, {"string.upper", "text"},
}
-- Each conversion of format, without its argument and with each kind.
for conversion in ("d i u c x X o e E f g G q s"):gmatch("%a") do
  probe("string.format", "%" .. conversion .. " none", {"%" .. conversion}, 1)
  for _, kind in ipairs(kinds) do
    if kind ~= "number" and not (conversion == "c" and kind == "string") then probe("string.format", "%" .. conversion .. " " .. kind, {"%" .. conversion, samples[kind]}, 2) end
  end
end
for _, format in ipairs{"%", "% ", "%y", "%n", "%a", "%A", "%p", "%h", "%l", "%5", "%-", "%.", "%.5", "%123d", "%1234d", "%.123d", "%.1234d", "%-+ #0d", "%-+ #00d", "%------d", "%++++++d", "%-5.5y", "%ld", "%5.5.5d", "%*d", "%1$d", "%\0", "%%%", "%10000s", "%d%", "%99.99d", "%100.5d", "%5.100d"} do
  probe("string.format", ("%q"):format(format), {format, 1}, 2)
end
-- Replacements of gsub: the kinds of the third argument, and what a function or table gives.
for _, kind in ipairs(kinds) do
  probe("string.gsub", "function giving " .. kind, {"text", "x", function() return samples[kind] end}, 3)
  probe("string.gsub", "table giving " .. kind, {"text", "x", {x = samples[kind]}}, 3)
end
for _, replacement in ipairs{"%", "%1", "%2", "%9", "%x", "%%", "x%", "%0%1%2"} do probe("string.gsub", replacement, {"text", "x", replacement}, 3) probe("string.gsub", "(x) " .. replacement, {"text", "(x)", replacement}, 3) end
for _, code in ipairs{-1, 256, 1e10, -1e10, 1 / 0, 65.9, 255.9, -0.9} do probe("string.char", tostring(code), {code}, 1) probe("string.char", "65 " .. tostring(code), {65, code}, 2) end

-- As methods: "self" is not counted, and has a message of its own.
local function message(f, ...) return clean(select(2, pcall(f, ...))) end
for _, method in ipairs{"byte", "char", "dump", "find", "format", "gmatch", "gsub", "len", "lower", "match", "rep", "reverse", "sub", "upper"} do
  for _, arguments in ipairs{"", "{}", "true", "1, {}", "'x', {}", "'x', 'y', {}", "print, print"} do
    local chunk = assert(loadstring("local s = 'text' local r = s:" .. method .. "(" .. arguments .. ") return r", "=method"))
    print("s:" .. method .. "(" .. arguments .. ")", describe(pcall(chunk)))
  end
  print("string:" .. method, describe(pcall(assert(loadstring("local r = string:" .. method .. "('x') return r", "=method")))))
end
print(message(function() ("x").rep() end)) print(message(function() ("x").bad() end)) print(message(function() ("x"):bad() end)) print(message(function() local s = 5 s:rep(2) end)) print(message(function() string.rep.x() end))
print(message(function() local t = setmetatable({}, {__index = string}) t:rep(2) end)) print(message(function() local t = setmetatable({}, {__index = string}) t:upper() end)) print(message(function() string.bad("x") end))
