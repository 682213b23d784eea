-- 2.5.4 Concatenation: strings and numbers, order of evaluation, metamethods, messages.

assert("a" .. "b" == "ab" and "a" .. 1 == "a1" and 1 .. 2 == "12" and "" .. "" == "" and "a" .. "" == "a")
assert("a\0b" .. "\0c" == "a\0b\0c" and #("\0" .. "\0" .. "\0") == 3)
assert(1.5 .. "|" .. -2 .. "|" .. 1e100 .. "|" .. 2 ^ 53 == "1.5|-2|1e+100|9.007199254741e+15")
print(1 / 0 .. "", -1 / 0 .. "", 0 * -1 .. "", 0.1 .. "")

-- Right associative, lower than arithmetic, higher than comparison.
assert("a" .. 1 + 2 .. "b" == "a3b" and 2 * 3 .. 4 == "64" and "a" .. "b" == "a" .. "b" and "a" .. "b" < "ac" and -1 .. 2 == "-12" and 2 ^ 2 .. 1 == "41")
assert(#"ab" .. "c" == "2c" and -("1" .. "2") == -12 and not ("a" .. "b" == "a"))

-- Evaluation goes from left to right; the joining from the right.
local log = {}
local function value(v) log[#log + 1] = tostring(v) return v end
assert(value("a") .. value(1) .. value("b") .. value(2) == "a1b2")
print(table.concat(log, " "))
local mt = {}
mt.__concat = function(a, b)
  local function id(v) return type(v) == "table" and v.id or tostring(v) end
  log[#log + 1] = id(a) .. "." .. id(b)
  return setmetatable({id = "(" .. id(a) .. id(b) .. ")"}, mt)
end
local function object(id) return setmetatable({id = id}, mt) end
log = {}
print((object("x") .. "a" .. "b" .. "c").id, table.concat(log, " ")) log = {}
print(("a" .. object("x") .. "b" .. "c").id, table.concat(log, " ")) log = {}
print(("a" .. "b" .. object("x") .. "c").id, table.concat(log, " ")) log = {}
print(("a" .. "b" .. "c" .. object("x")).id, table.concat(log, " ")) log = {}
print((object("x") .. object("y")).id, (object("x") .. object("y") .. object("z")).id, table.concat(log, " ")) log = {}
print((1 .. 2 .. object("x") .. 3 .. 4).id, table.concat(log, " ")) log = {}
print((object("x") .. nil).id, (nil .. object("x")).id, (true .. object("x")).id, table.concat(log, " ")) log = {}
print(((object("x") .. "a") .. "b").id, ("a" .. (object("x") .. "b")).id, table.concat(log, " ")) log = {}

-- A metamethod's result takes part in what follows.
local stringy = setmetatable({}, {__concat = function(a, b) return "S" end})
print("a" .. stringy, stringy .. "a", "a" .. stringy .. "b", "a" .. "b" .. stringy .. "c" .. "d", stringy .. stringy .. stringy)
local numeric = setmetatable({}, {__concat = function(a, b) return 5 end})
print("a" .. numeric, "a" .. numeric .. "b", 1 .. numeric)
local nothing = setmetatable({}, {__concat = function() end})
print(nothing .. "a", (select(2, pcall(function() return "b" .. (nothing .. "a") end)):gsub("^.-%.lua:%d+: ", "")))
print((select(2, pcall(function() return "b" .. nothing .. "a" end)):gsub("^.-%.lua:%d+: ", "")))
local first = setmetatable({}, {__concat = function() return "first" end})
local second = setmetatable({}, {__concat = function() return "second" end})
print(first .. second, second .. first, {} == nil or first .. {}, pcall(function() return {} .. second end))
local u = newproxy(true)
getmetatable(u).__concat = function(a, b) return type(a) .. type(b) end
print(u .. 1, 1 .. u, u .. u, u .. {}, print .. u)

-- Messages name what they can.
local up, upt = nil, {}
local function message(f, ...) return (select(2, pcall(f, ...)):gsub("^.-%.lua:%d+: ", "")) end
local samples = {{"nil", nil}, {"boolean", true}, {"table", {}}, {"function", print}, {"userdata", newproxy()}, {"thread", coroutine.create(function() end)}}
for i = 1, #samples do
  local v = samples[i][2]
  print(samples[i][1], message(function() return v .. "x" end), message(function() return "x" .. v end), message(function() return 1 .. v end), message(function() return v .. v end))
end
print(message(function() return up .. "x" end), message(function() return "x" .. upt.field end), message(function() return undefined .. "x" end))
print(message(function() local l return "a" .. "b" .. l .. "c" end), message(function() local a, b, c = "x", nil, {} return a .. b .. c end))
print(message(function() local a, b, c = {}, "x", nil return a .. b .. c end), message(function() return upt.a.b .. "x" end), message(function(p) return p .. 1 end))
print(message(function() return setmetatable({}, {__concat = 1}) .. "x" end), message(function() return "x" .. setmetatable({}, {__concat = {}}) end))

-- Long chains, growing strings, big results.
local chain = assert(loadstring("return " .. ("'x' .. "):rep(190) .. "'y'"))
assert(chain() == ("x"):rep(190) .. "y")
coroutine.wrap(function()
  for _, n in ipairs{150, 190, 196, 200, 250, 500} do
    local chunk, text = loadstring("return " .. ("'x' .. "):rep(n) .. "'y'", "=c")
    print(n, chunk and #chunk() or text)
  end
  for _, n in ipairs{240, 245, 250} do
    local chunk, text = loadstring("local a = 'x' return " .. ("(a) .. "):rep(n) .. "a", "=c")
    print(n, chunk and #chunk() or text)
  end
end)()
local s = ""
for i = 1, 500 do s = s .. i .. "," end
assert(#s == 1892 and s:sub(-5) == ",500,")
local doubled = "x"
for i = 1, 18 do doubled = doubled .. doubled end
assert(#doubled == 2 ^ 18)
assert(#(doubled .. doubled .. 1 .. doubled) == 3 * 2 ^ 18 + 1)
