-- 5.1 Basic functions: what is in _G, _VERSION, print and tostring, newproxy and gcinfo.

-- The names of the basic library and of the libraries, sorted.
local names = {}
for name, value in pairs(_G) do names[#names + 1] = tostring(name) .. ":" .. type(value) end
local basic = {"_G:table", "_VERSION:string", "assert:function", "collectgarbage:function", "coroutine:table", "debug:table", "dofile:function", "error:function", "gcinfo:function", "getfenv:function",
  "getmetatable:function", "io:table", "ipairs:function", "load:function", "loadfile:function", "loadstring:function", "math:table", "module:function", "newproxy:function", "next:function", "os:table",
  "package:table", "pairs:function", "pcall:function", "print:function", "rawequal:function", "rawget:function", "rawset:function", "require:function", "select:function", "setfenv:function",
  "setmetatable:function", "string:table", "table:table", "tonumber:function", "tostring:function", "type:function", "unpack:function", "xpcall:function"}
local have = {}
for _, name in ipairs(names) do have[name] = true end
for _, name in ipairs(basic) do assert(have[name], name) have[name] = nil end
have["arg:table"] = nil
print("others", next(have))
assert(_G._G == _G and _VERSION == "Lua 5.1" and getmetatable(_G) == nil)
-- And none of later or earlier versions.
for _, name in ipairs{"rawlen", "warn", "utf8", "bit32", "bit", "jit", "table.unpack", "table.pack", "table.move", "string.pack", "string.split", "math.type", "math.tointeger", "debug.upvalueid", "debug.getuservalue",
  "coroutine.isyieldable", "coroutine.close", "package.searchers", "package.searchpath", "os.setenv", "foreach", "foreachi", "getn", "tinsert", "sort", "gsub", "strlen", "require_", "setglobal", "rawgetglobal", "call"} do
  local value = _G
  for part in name:gmatch("[^.]+") do value = type(value) == "table" and value[part] or nil end
  assert(value == nil, name)
end
-- The fields of each library, sorted.
for _, library in ipairs{"coroutine", "debug", "io", "math", "os", "package", "string", "table"} do
  local fields = {}
  for name, value in pairs(_G[library]) do fields[#fields + 1] = name .. ":" .. type(value) end
  table.sort(fields)
  print(library, #fields, table.concat(fields, " "))
end
-- Functions that have two names.
assert(string.gfind == string.gmatch and math.mod == math.fmod and table.foreach ~= table.foreachi)

-- print: tostring of each argument, tabs between, a line break after.
print()
print(nil)
print(1, 1.5, -0, "text", true, nil, false)
print("a\tb", "c\nd", "")
print(("x"):rep(300))
print(print() == nil, select("#", print("inside")))
print(unpack({1, nil, 3}, 1, 3))
print(setmetatable({}, {__tostring = function() return "with __tostring" end}), "and", "more")
-- It calls the global tostring.
local original = tostring
tostring = function(v) return "<" .. original(v) .. ">" end
print(1, "two", nil)
tostring = function() return 5 end
print(pcall(print, "number is fine"))
for _, result in ipairs{true, {}, print} do
  tostring = function() return result end
  local outcome = {pcall(print, "x")}
  tostring = original
  print(outcome[1], outcome[2])
end
tostring = function() end
local ok, message = pcall(print, "x")
tostring = original
print(ok, message)
tostring = nil
ok, message = pcall(print, "x")
tostring = original
print(ok, message)
tostring = function() error("raised in tostring", 0) end
ok, message = pcall(print, "x")
tostring = original
print(ok, message)
-- What was printed before the failure stays.
tostring = function(v) if v == "bad" then return {} end return original(v) end
ok, message = pcall(print, "good", "bad", "never")
print()
tostring = original
print(ok, message)
print("zero\0byte" == "zero\0byte", #"zero\0byte")

-- newproxy.
local plain, with = newproxy(), newproxy(true)
print(type(plain), getmetatable(plain), type(getmetatable(with)), next(getmetatable(with)), getmetatable(newproxy(with)) == getmetatable(with), getmetatable(newproxy(false)), plain == newproxy())
for _, bad in ipairs{1, "x", {}, print, plain, coroutine.create(function() end)} do print(type(bad), pcall(newproxy, bad)) end
print(pcall(newproxy, io.stdout)) print(type(newproxy(nil)))
setmetatable(getmetatable(with), {})
print(pcall(newproxy, newproxy(with)) == true)

-- gcinfo: the size in use, in whole kilobytes.
print(type(gcinfo()), gcinfo() % 1, gcinfo() > 0, select("#", gcinfo()))
