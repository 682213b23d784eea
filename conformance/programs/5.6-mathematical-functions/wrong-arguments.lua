-- 5.6 Mathematical functions: every function with every kind of wrong argument in each position, and with too few.
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

local functions = {}
for _, name in ipairs{"abs", "acos", "asin", "atan", "ceil", "cos", "cosh", "deg", "exp", "floor", "frexp", "log", "log10", "modf", "rad", "sin", "sinh", "sqrt", "tan", "tanh"} do functions[#functions + 1] = {"math." .. name, 0.5} end
for _, name in ipairs{"atan2", "fmod", "mod", "ldexp", "pow"} do functions[#functions + 1] = {"math." .. name, 0.5, 2} end
functions[#functions + 1] = {"math.max", 1, 2, 3}
functions[#functions + 1] = {"math.min", 1, 2, 3}
functions[#functions + 1] = {"math.randomseed", 1}
-- Results of transcendental functions in their last digits are the C library's.
local exact = describe
function describe(ok, first, ...)
  if ok and type(first) == "number" then first = ("%.10g"):format(first) end
  return exact(ok, first, ...)
end
probe_all(functions)

-- random: none, one or two arguments; the interval must not be empty. Values are not shown.
describe = function(ok, ...) return ok and "returns " .. select("#", ...) or clean((...)) end
probe_all{{"math.random", 1, 2}}
for _, arguments in ipairs{{}, {0}, {1}, {-1}, {0.5}, {1.5}, {2, 1}, {1, 1}, {1, 0}, {0, 0}, {-1, -2}, {-2, -1}, {1, 2, 3}, {1, 2, 3, 4}, {1, 2, nil, 4}, {2 ^ 31}, {0, 2 ^ 31}, {-2 ^ 31, 2 ^ 31}, {0 / 0}, {1 / 0}, {1, 1 / 0}, {"3"}, {"1", "2"}, {"x"}, {1, "x"}} do
  local shown = {}
  for i = 1, table.maxn(arguments) do shown[i] = tostring(arguments[i]):gsub("-nan", "nan") end
  if arguments[1] ~= 2 ^ 31 and arguments[1] == arguments[1] and arguments[1] ~= 1 / 0 and arguments[2] ~= 1 / 0 and math.abs(tonumber(arguments[2]) or 0) < 2 ^ 31 then probe("math.random", table.concat(shown, " "), arguments, table.maxn(arguments)) end
end

local function message(f, ...) return clean(select(2, pcall(f, ...))) end
print(message(function() math.floor() end)) print(message(function() math.floor(nil) end)) print(message(function() math.floor("x") end)) print(message(function() math.floor({}) end)) print(message(function() math:floor() end)) print(message(function() math.nothing(1) end))
print(message(function() local floor = math.floor floor("") end)) print(message(function() return math.max() end)) print(message(function() return math.max(1, nil) end)) print(message(function() return math.min(1, 2, {}) end)) print(message(function() return math.max(nil) end)) print(message(function() return math["abs"]("0x") end))
print(message(function() math.pi() end)) print(message(function() math.huge.x = 1 end)) print(message(function() return setmetatable({}, {__index = math}):floor() end)) print(message(function() return setmetatable({}, {__index = math}):max(1) end))
