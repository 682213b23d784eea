-- seed: debug/hook-events — calls, returns and lines of every construct, with what getinfo says of them
local log = {}
local function where(level)
  local i = debug.getinfo(level, "nSl")
  if not i then return "nil" end
  return table.concat({tostring(i.name), i.namewhat, i.what, i.currentline}, "|")
end
local function hook(event, line) log[#log + 1] = event .. " " .. tostring(line) .. " " .. where(3) .. " < " .. where(4) .. " hook " .. where(2) end
local function dump(title) debug.sethook() print("== " .. title) print(table.concat(log, "\n")) log = {} end
local function fact(n) if n <= 1 then return 1 end return n * fact(n - 1) end
local function tail(n) if n == 0 then return "end" end return tail(n - 1) end
local function va(...) local a, b = ... return select('#', ...), a, b end
local mt = {__add = function() return 42 end, __index = function(t, k) return k end, __lt = function() return true end, __le = function() return false end,
  __eq = function() return true end, __call = function(self, ...) return ... end, __concat = function() return "cat" end, __len = function() return 3 end, __newindex = function() end}
local o, o2 = setmetatable({}, mt), setmetatable({}, mt)
local function meta()
  local x = o + 1
  x = o.foo
  o.bar = 1
  x = o < o2 x = o <= o2
  if o == o2 then x = 1 end
  x = "a" .. o .. "b" .. "c"
  while o < o2 do
    break
  end
  repeat local z = 1 until o == o2
  return o(5)
end
local function loops()
  for i = 1, 2 do
    local x = i
  end
  for k, v in pairs({1, 2}) do
    local x = k
  end
  for w in string.gmatch("a b", "%a") do
    local y = w
  end
  local i = 0
  while i < 2 do
    i = i + 1
  end
  repeat
    i = i - 1
  until i == 0
  local t = {1, 2,
    3, va(1, 2,
    3)}
  return #t
end
local function failing() error("x") end
for _, mask in ipairs{"c", "r", "l", "crl"} do
  debug.sethook(hook, mask) fact(2) dump("fact " .. mask)
  debug.sethook(hook, mask) tail(3) dump("tail " .. mask)
  debug.sethook(hook, mask) local a, b, c = va(1, 2, 3) dump("varargs " .. mask)
  debug.sethook(hook, mask) meta() dump("metamethods " .. mask)
  debug.sethook(hook, mask) loops() dump("loops " .. mask)
  debug.sethook(hook, mask) pcall(failing) dump("error " .. mask)
  debug.sethook(hook, mask) xpcall(failing, function(m) return m end) dump("handler " .. mask)
  debug.sethook(hook, mask) table.sort({2, 1}, function(x, y) return x < y end) dump("sort " .. mask)
  debug.sethook(hook, mask) string.gsub("a", "%w", function(s) return s end) dump("gsub " .. mask)
  debug.sethook(hook, mask) loadstring("local a = 1\nreturn a + 1")() dump("chunk " .. mask)
end
