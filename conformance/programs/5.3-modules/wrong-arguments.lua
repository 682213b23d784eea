-- 5.3 Modules: every function with every kind of wrong argument in each position, and with too few.
-- The messages, by the function's own name, by that of a local variable, and without a name.
-- package.loadlib is left out beyond its argument checks: what it says depends on whether a build has dynamic libraries.

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

package.path, package.cpath = "", ""
-- module with a function as an option would call it; a name makes a module of this program's chunks only.
probe_all({{"require", "string"}, {"package.seeall", {}}}, nil)
for _, kind in ipairs(kinds) do
  if kind ~= "string" and kind ~= "number" then
    probe("module", "1 " .. kind, {samples[kind]}, 1)
    probe("package.loadlib", "1 " .. kind, {samples[kind], "f"}, 2)
    probe("package.loadlib", "2 " .. kind, {"library", samples[kind]}, 2)
  end
  probe("module", "option " .. kind, {"made_by_option_" .. kind, samples[kind]}, 2)
end
probe("module", "none", {}, 0) probe("package.loadlib", "none", {}, 0) probe("package.loadlib", "1 given", {"library"}, 1)
for i = 1, 2 do
  package.tested = package.loaders[i]
  for _, kind in ipairs(kinds) do if kind ~= "string" and kind ~= "number" then probe("package.tested", i .. " " .. kind, {samples[kind]}, 1) end end
  probe("package.tested", i .. " none", {}, 0) probe("package.tested", i .. " name", {"absent"}, 1)
end
package.tested = nil

local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() require() end)) print(message(function() require(nil) end)) print(message(function() require({}) end)) print(message(function() require "absent" end)) print(message(function() return require "absent" end)) print(message(function() local r = require r "absent.sub" end)) print(message(function() package.seeall() end)) print(message(function() package:seeall() end) ~= nil) print(message(function() package.nothing() end)) print(message(function() require:x() end))

print(message(function() module() end)) print(message(function() module("string.x.y") end)) print(message(function() module("print") end)) print(message(function() return module("math.pi") end))
