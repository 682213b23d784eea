-- seed: varargs/main-chunk — ... of the main chunk and of loaded chunks
print(select("#", ...), ...)
local a, b = ...
print(a, b)
local f = loadstring("return select('#', ...), ...") print(f()) print(f(1))
print(f(nil, nil)) print(f("x", {} ~= nil))
local g = loadstring("local a, b = ... local t = {...} return a, b, #t") print(g(1, 2, 3))
print(loadstring("return (...)")(5, 6)) print(loadstring("return ... == nil")())
print(pcall(loadstring("local x = ... return x.y"), {y = "field"}))
print(pcall(loadstring("local x = ... return x.y", "=t")))
local h = loadstring("local function inner(...) return ... end return inner(...)") print(h(1, 2))
local k = loadstring("return function(...) return ... end") print(k("ignored")("used"))
local co = coroutine.wrap(loadstring("local a = ... local b = coroutine.yield(a) return a, b"))
print(co("A")) print(co("B"))
print(loadstring("x = ... return x")("global set"), x)
for i = 1, 3 do print(loadstring("return ...")(i, i * i)) end
print(setfenv(loadstring("return v, ..."), {v = "env"})("arg"))
print(select("#", loadstring("return")()), select("#", loadstring("")(1, 2)))
