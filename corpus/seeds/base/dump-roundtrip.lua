-- seed: base/dump-roundtrip — functions through string.dump and loadstring: constants, nested functions, upvalues reset
local function rt(f) return assert(loadstring(string.dump(f))) end
print(rt(function() return 1, "two", true, nil, 1.5 end)())
print(rt(function(a, b) return a + b end)(3, 4))
print(rt(function(...) return select("#", ...), ... end)(1, nil))
print(rt(loadstring("return ...", "=x"))(5))
print(rt(function() local t = {1, 2, x = {y = "z"}} return #t, t.x.y end)())
print(rt(function()
  local function fib(n) if n < 2 then return n end return fib(n - 1) + fib(n - 2) end
  return fib(15)
end)())
print(rt(function()
  local s = 0 for i = 1, 100 do s = s + i end for k, v in pairs{1, 2, 3} do s = s + v end
  while s > 5000 do s = s - 1 end repeat s = s - 1 until s % 7 == 0 return s
end)())
print(rt(function() return "a\0b\255\n" end)() == "a\0b\255\n", rt(function() return 1e308, -1e-308, 1 / 3, 2 ^ 53 end)())
print(rt(function() return (function() return (function() return "deep" end)() end)() end)())
print(rt(function(self, ...) return self:m(...) end)({m = function(s, a) return a end}, "method"))
local up = 5 local f = rt(function() return up end) print(pcall(f))
local g = rt(function() local c = 0 return function() c = c + 1 return c end end)
local c1, c2 = g(), g() print(c1(), c1(), c2())
print(pcall(rt(function() error("position kept") end)))
print(pcall(rt(loadstring("local x = nil\nreturn x.y", "=chunk"))))
print(pcall(rt(loadstring("return undefined_thing.z", "@file.lua"))))
print(getfenv(rt(function() end)) == _G, setfenv(rt(function() return v end), {v = "env"})())
print(pcall(string.dump, print)) print(pcall(string.dump)) print(pcall(string.dump, 5))
print(pcall(string.dump, coroutine.wrap(function() end))) print(pcall(string.dump, "x"))
local d = string.dump(function() end)
print(type(d), d:sub(1, 4) == "\27Lua", d:byte(5), d:byte(6), d:byte(7))
print(loadstring(d:sub(1, 3))) print(loadstring(d:sub(1, 11), "=cut"))
print(loadstring(d:sub(1, -2), "=cut")) print(loadstring("\27Lua\82", "=cut"))
print(loadstring("\27Lua" .. ("\0"):rep(20), "=bad")) print(loadstring("\27Foo", "=bad"))
print(string.dump(loadstring("return 1", "=a")) == string.dump(loadstring("return 1", "=a")),
  string.dump(loadstring("return 1", "=a")) == string.dump(loadstring("return 2", "=a")),
  #string.dump(loadstring("return 1", "=a")) == #string.dump(loadstring("return 1", "=b")))
local twice = rt(rt(function(x) return x * 2 end)) print(twice(21))
print(string.dump(twice) == string.dump(rt(twice)))
