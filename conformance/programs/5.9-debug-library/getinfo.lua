-- 5.9 The debug library: getinfo: every option for Lua, main, C and tail-called functions, by function, level and thread.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua", "FILE"):gsub("0x%x+", "address"):gsub("\n", "/")) end
-- The fields in order of their names; functions by identity.
local function fields(t, f)
  if type(t) ~= "table" then return clean(t) end
  local names, out = {}, {}
  for k in pairs(t) do names[#names + 1] = k end
  table.sort(names)
  for i, k in ipairs(names) do
    local v = t[k]
    if k == "func" then v = (f == nil or v == f) and "same" or "other" end
    if type(v) == "table" then
      local lines = {}
      for line, value in pairs(v) do lines[#lines + 1] = line assert(value == true) end
      table.sort(lines)
      v = "{" .. table.concat(lines, ",") .. "}"
    end
    out[i] = k .. "=" .. clean(v)
  end
  return table.concat(out, " ")
end

local up1, up2 = 1, 2
local function f(a, b, ...)
  local x = a
  -- a comment
  if x then
    x = up1
  end

  return up2, x
end
local chunk = loadstring("local a = 1\n\nfunction named() return a end\nreturn function()\nend", "=chunk")
local inner = chunk()
local none = loadstring("", "@empty")

-- By function.
for _, option in ipairs{"S", "l", "u", "n", "f", "L", "Slnuf", "SL", "fL", "", "SS", ">"} do
  print(option, fields(select(2, pcall(debug.getinfo, f, option)), f))
  print("", fields(select(2, pcall(debug.getinfo, print, option)), print))
  print("", fields(select(2, pcall(debug.getinfo, chunk, option)), chunk))
end
print(fields(debug.getinfo(f), f)) print(fields(debug.getinfo(print), print)) print(fields(debug.getinfo(inner), inner)) print(fields(debug.getinfo(none, "SL"), none)) print(fields(debug.getinfo(named, "Su"), named)) print(fields(debug.getinfo(string.rep, "S")))
print(fields(debug.getinfo(loadstring("return ...", "a chunk of text\nwith lines"), "S"))) print(fields(debug.getinfo(loadstring(("x"):rep(100) .. " = 1"), "S"))) print(fields(debug.getinfo(loadstring(string.dump(f)), "SuL")))
print(fields(debug.getinfo(coroutine.wrap(function() end), "Su"))) print(fields(debug.getinfo(setfenv(loadstring("x = 1", "@e"), {}), "Su")))
named = nil
for letter in ("abcdeghijkmopqrstvwxyzABCDEFGHIJKMNOPQRTUVWXYZ0 "):gmatch(".") do assert(pcall(debug.getinfo, f, letter) == false, letter) end
print(pcall(debug.getinfo, f, "x")) print(pcall(debug.getinfo, f, "Sx")) print(pcall(debug.getinfo, f, {})) print(pcall(debug.getinfo, f, 5))

-- By level, in a coroutine, whose stack is known.
local function at(level, what) return (fields(debug.getinfo(level, what or "nSlu"))) end
local function show_levels()
  for level = 0, 6 do print(level, at(level)) end
end
local t = {field = show_levels}
function t:method() show_levels() return 1 end
local upvalue = show_levels
function global_function() show_levels() return 1 end
coroutine.wrap(function() show_levels() end)()
coroutine.wrap(function() t.field() end)()
coroutine.wrap(function() t:method() end)()
coroutine.wrap(function() upvalue() end)()
coroutine.wrap(function() global_function() end)()
coroutine.wrap(function() local l = show_levels l() end)()
coroutine.wrap(function() local k = "field" t[k]() end)()
coroutine.wrap(function() (show_levels)() end)()
coroutine.wrap(function() return show_levels() end)()
coroutine.wrap(function() local function tail() return show_levels() end tail() end)()
coroutine.wrap(function() local function tail() return t:method() end return tail() end)()
coroutine.wrap(function() pcall(show_levels) end)()
coroutine.wrap(function() for _ in show_levels do end end)()
coroutine.wrap(function() return setmetatable({}, {__index = show_levels}).x end)()
coroutine.wrap(function() return setmetatable({}, {__add = show_levels}) + 1 end)()
coroutine.wrap(function() return (("x"):gsub("x", show_levels)) end)()
coroutine.wrap(function() table.sort({1, 2}, function(a, b) show_levels() return a < b end) end)()
global_function = nil
local function line() return debug.getinfo(2, "l").currentline end
print(line(), (line()),
  line())

-- Levels that are not there, arguments that are wrong.
coroutine.wrap(function() print(debug.getinfo(3), debug.getinfo(100), fields(debug.getinfo(-1))) print(select("#", debug.getinfo(100)), fields(debug.getinfo(2 ^ 31))) end)()
print(pcall(debug.getinfo)) print(pcall(debug.getinfo, nil)) print(pcall(debug.getinfo, "x")) print(pcall(debug.getinfo, {})) print(pcall(debug.getinfo, true)) print(type(debug.getinfo("1")), type(debug.getinfo(1.9)), debug.getinfo("1", "l").currentline)

-- Of other threads.
local co = coroutine.create(function(p) local function in_it() coroutine.yield() return 1 end in_it() return p end)
print(fields(debug.getinfo(co, 0))) coroutine.resume(co) for level = 0, 3 do print(level, fields(debug.getinfo(co, level, "nSl"))) end coroutine.resume(co) print(debug.getinfo(co, 0), debug.getinfo(co, 1))
local failed = coroutine.create(function() local function fails() error("x") end fails() end)
coroutine.resume(failed) for level = 0, 3 do print(level, fields(debug.getinfo(failed, level, "nSl"))) end
print(fields(debug.getinfo(co, f, "S"))) print(pcall(debug.getinfo, co)) print(pcall(debug.getinfo, co, "x")) print(pcall(debug.getinfo, co, 0, "x"))

-- activelines: every line with code.
local many = loadstring("local a = 1\n\n-- nothing\nlocal b = function()\n  return a\nend\nif a then\n  b()\nelse\n  b(\n1,\n2)\nend\nlocal c = {\n1,\nx = 2,\n}\nreturn", "=lines")
print(fields(debug.getinfo(many, "L")))
