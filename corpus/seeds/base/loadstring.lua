-- seed: base/loadstring — compile, run, arguments, results, errors and environments of loaded strings
print(loadstring("return 1 + 1")()) print(loadstring("return ...")(1, 2, 3))
print(loadstring("")()) print(loadstring("x = 5")(), x)
print(loadstring("local a = 1; a = a + 1; return a")()) print(type(loadstring("return")))
print(loadstring("x +")) print(loadstring("return 1", "=name") ~= nil)
print(loadstring("x +", "=name")) print(loadstring("x +", "@name"))
print(loadstring("x +", "some code"))
print(pcall(loadstring)) print(pcall(loadstring, nil)) print(pcall(loadstring, {}))
print(pcall(loadstring, print)) print((loadstring(5)))
print(pcall(loadstring, "return 1", {})) print(loadstring("return 'a\0b'")() == "a\0b")
print(loadstring("\27Lua broken")) print(loadstring("\27"))
print(pcall(loadstring("return 1\0, 2")))
local f = loadstring("counter = (counter or 0) + 1 return counter") print(f(), f(), f())
local up = "upvalue not seen" print(loadstring("return up")()) local fs = {}
for i = 1, 3 do fs[i] = loadstring("return " .. i .. " * ...") end
print(fs[1](10), fs[2](10), fs[3](10))
print(loadstring("return function(a) return a * 2 end")()(21))
print(loadstring("local function f(n) if n == 0 then return 'end' end return f(n - 1) end return f(...)")(100))
print(setfenv(loadstring("return a, b"), {a = 1, b = 2})()) local env = {}
setfenv(loadstring("a, b = 1, 2"), env)() print(env.a, env.b, a, b)
print(getfenv(loadstring("")) == _G)
local function caller() return loadstring("return getfenv(1)")() end
setfenv(caller, setmetatable({}, {__index = _G})) print(caller() == _G)
print(pcall(loadstring("error('x')"))) print(pcall(loadstring("error('x', 0)")))
print(pcall(loadstring("local t = nil; return t.x", "=t")))
print(pcall(loadstring("return undefined()", "=t")))
local code = {"local t = {}"}
for i = 1, 100 do code[#code + 1] = "t[" .. i .. "] = " .. i * i end
code[#code + 1] = "return #t, t[50]" print(loadstring(table.concat(code, "\n"))())
print(loadstring("--comment")(), loadstring("#comment"), loadstring(" \n\t ")())
print(assert(loadstring("return [[" .. ("x"):rep(1000) .. "]]"))():len())
local e = select(2, loadstring("x = }", "=n")) print(e, type(e))
for _, s in ipairs{"1", "return 1", "f()", "f() g()", "a.b.c = 1", "local x <const> = 1", "return;", ";",
  "x = 1;", "::l::", "goto l"} do print(s, (loadstring(s)) ~= nil) end
print(loadstring("return (...) + 1")(1), pcall(loadstring("return (...) + 1", "=t")))
local nested = "return 1"
for i = 1, 10 do nested = string.format("return loadstring(%q)()", nested) end
print(loadstring(nested)()) print(select("#", loadstring("return nil, nil")()))
