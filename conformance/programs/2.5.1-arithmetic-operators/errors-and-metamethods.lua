-- 2.5.1 Arithmetic operators: operands that are no numbers. Which one a message blames and how it names it,
-- and what metamethods get.

local operators = {"+", "-", "*", "/", "%", "^"}
local operands = {"nil", "true", "1", "'2'", "'x'", "''", "{}", "print", "l", "u", "g", "t.f", "t[1]", "t[k]", "t.f.f", "s", "(s)", "f()", "...", "t:m()", "-{}"}
local function clean(text) return (text:gsub("0x%x+", "address")) end

-- Every operand against every operand, for one operator.
local prelude = "local u = nil local function run(...) local l, t, k, s, f = nil, {m = function() return 'str' end}, 'dyn', 'str', function() return false end u = u return "
for _, a in ipairs(operands) do
  for _, b in ipairs(operands) do
    local chunk = assert(loadstring(prelude .. a .. " + " .. b .. " end return pcall(run, {})", "=a"))
    local ok, result = chunk()
    print(a .. " + " .. b, ok and tostring(result) or clean(result))
  end
end

-- The same message for every operator; upvalues and constants on both sides.
for _, operator in ipairs(operators) do
  local function try(a, b)
    local chunk = assert(loadstring(("local up, upt = nil, {} return pcall(function() return %s %s %s end)"):format(a, operator, b), "=b"))
    print(a .. " " .. operator .. " " .. b, select(2, chunk()))
  end
  try("up", "1") try("1", "up") try("upt.x", "2") try("2", "upt.x") try("up", "up") try("upt", "upt.x") try("global_name", "1") try("'a'", "1") try("1", "'a'")
  try("nil", "1") try("1", "nil") try("{}", "{}") try("'10'", "{}") try("upt.x.y", "1") try("upt", "300")
end
print(pcall(loadstring("local up = {} return -up", "=n"))) print(pcall(loadstring("return -undefined", "=n"))) print(pcall(loadstring("local t = {} return -t.x", "=n")))
print(pcall(loadstring("return -'abc'", "=n"))) print(pcall(loadstring("return -nil", "=n"))) print(pcall(loadstring("return -(function() end)()", "=n")))

-- Metamethods: the first operand's comes first, then the second's; the operands arrive as they are.
local events = {"add", "sub", "mul", "div", "mod", "pow", "unm"}
local function class(name)
  local mt = {}
  for _, event in ipairs(events) do
    mt["__" .. event] = function(...)
      local out = {name, event, select("#", ...)}
      for i = 1, select("#", ...) do
        local v = select(i, ...)
        out[#out + 1] = type(v) == "table" and rawget(v, "id") or type(v) == "userdata" and "userdata" or tostring(v)
      end
      return table.concat(out, " "), "second result is dropped"
    end
  end
  return mt
end
local A, B = setmetatable({id = "a"}, class("A")), setmetatable({id = "b"}, class("B"))
local only_sub = setmetatable({id = "sub"}, {__sub = function() return "sub of only_sub" end})
local userdata = newproxy(true)
for k, v in pairs(class("U")) do getmetatable(userdata)[k] = v end
local function all(x, y)
  for _, operator in ipairs{{function() return x + y end, "+"}, {function() return x - y end, "-"}, {function() return x * y end, "*"},
    {function() return x / y end, "/"}, {function() return x % y end, "%"}, {function() return x ^ y end, "^"}} do
    local ok, result = pcall(operator[1])
    print(operator[2], ok, (clean(tostring(result)):gsub("^.-%.lua:%d+: ", "")))
  end
end
all(A, B) all(A, 1) all(1, A) all("10", B) all(B, "x") all(nil, A) all(A, nil) all({}, A) all(only_sub, A) all(A, only_sub) all(only_sub, 1) all(userdata, 2) all(2, userdata)
all(A, userdata) all(true, B) all(print, B)
print(-A, -B, -userdata, pcall(function() return -only_sub end) == false)

-- A metamethod that is no function, one that raises, one that gives nothing.
local function meta(event, value) return setmetatable({}, {[event] = value}) end
print((select(2, pcall(function() return meta("__add", 5) + 1 end)):gsub("^.-%.lua:%d+: ", "")))
print((select(2, pcall(function() return meta("__add", {}) + 1 end)):gsub("^.-%.lua:%d+: ", "")))
print((select(2, pcall(function() return meta("__add", "x") + 1 end)):gsub("^.-%.lua:%d+: ", "")))
print((select(2, pcall(function() return meta("__add", false) + 1 end)):gsub("^.-%.lua:%d+: ", "")))
print(pcall(function() return meta("__add", function() error("raised", 0) end) + 1 end))
print(pcall(function() return (meta("__add", function() end) + 1) end))
print((meta("__add", setmetatable({}, {__call = function(self, a, b) return "called with " .. type(a) .. " " .. tostring(b) end})) + 7))

-- Strings share a metatable: arithmetic events in it are used where the coercion fails.
local smeta = getmetatable("")
smeta.__add = function(a, b) return "string add " .. tostring(a) .. " " .. tostring(b) end
print("10" + "20", "x" + 1, 1 + "x", "x" + "y")
smeta.__add = nil
print((select(2, pcall(function() return "x" + 1 end)):gsub("^.-%.lua:%d+: ", "")))

-- In comparison with an inherited metatable the event must be in the metatable itself (raw).
local inherited = setmetatable({}, setmetatable({}, {__index = {__add = function() return 1 end}}))
print(pcall(function() return inherited + 1 end) == false)
