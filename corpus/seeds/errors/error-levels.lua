-- seed: errors/error-levels — error with levels 0 to 5, from nested functions, tail calls and the main chunk
local function lvl(n) error("L" .. tostring(n), n) end
local function l2(n) lvl(n) end
local function l3(n) l2(n) end
for _, n in ipairs{0, 1, 2, 3, 4, 5, 10, 100, -1, 1.5, 2.9, "1", "2"} do print(n, select(2, pcall(l3, n))) end
local function tail(n) return lvl(n) end
for n = 0, 4 do print(n, select(2, pcall(tail, n))) print(n, select(2, pcall(function() tail(n) end))) end
for n = 0, 3 do print(select(2, pcall(error, "direct", n))) end
print(select(2, pcall(error, "direct"))) print(pcall(error)) print(pcall(error, nil))
print(pcall(error, nil, 2))
print(pcall(error, "msg", {})) print(pcall(error, "msg", "x"))
print(pcall(error, "msg", nil)) print(pcall(function() error("msg", {}) end))
print(pcall(function() error() end)) print(pcall(function() error(nil) end))
for _, v in ipairs{42, 1.5, true, false} do
  print(pcall(error, v)) print(pcall(error, v, 2)) print(pcall(function() error(v) end))
  print(type(select(2, pcall(function() error(v, 1) end))))
end
local t = {}
print(select(2, pcall(error, t)) == t, select(2, pcall(error, t, 2)) == t, select(2, pcall(error, print)) == print)
local f = loadstring("error('in chunk')", "=chunk") print(pcall(f))
print(pcall(loadstring("error('in chunk', 2)", "=chunk")))
print(pcall(loadstring("local function f() error('two', 2) end f()", "=chunk")))
print(pcall(loadstring("\n\n\nlocal function f()\n error('lines', 2) end\n\nf()", "=chunk")))
print(pcall(loadstring("error('x', 1)", "@file.lua")))
print(pcall(loadstring("error('x', 1)", "source text")))
print(pcall(function() assert(false, "assert has no position") end))
print(pcall(function() assert(nil) end)) print(pcall(function() error("with\nnewline") end))
print(pcall(function() error("") end))
print(#select(2, pcall(function() error("a\0b", 0) end)))
local function check(x)
  if type(x) ~= "number" then error("number expected, got " .. type(x), 3) end return x
end
local function api(x) return (check(x)) end print(pcall(function() api("x") end))
print(pcall(function() local a = api({}) end)) print(pcall(api, nil))
local co = coroutine.create(function() lvl(2) end) print(coroutine.resume(co))
print(coroutine.resume(coroutine.create(lvl), 2))
print(coroutine.resume(coroutine.create(lvl), 1))
print(coroutine.resume(coroutine.create(l2), 3))
print(pcall(coroutine.wrap(function() error("w", 2) end)))
print(pcall(string.gsub, "x", "x", function() error("in callback", 2) end))
print(pcall(table.sort, {1, 2}, function() error("in cmp", 2) end))
print(pcall(function() string.gsub("x", "x", function() error("cb", 3) end) end))
print(select(2, pcall(pcall, error, "e")))
