-- seed: debug/upvalues — names and values of upvalues, open and closed, and of functions that have none to show
local one, two = "one", "two"
local function f() return one, two end
local function g() one = one .. "!" return one end
for n = -1, 4 do print(n, debug.getupvalue(f, n)) end
print(debug.setupvalue(f, 1, "ONE"), one, g(), (f()))
print(debug.setupvalue(f, 2, "a", "b"), two)
print(select("#", debug.setupvalue(f, 3, 1)), select("#", debug.setupvalue(f, 0, 1)), select("#", debug.getupvalue(f, 3)))
print(select("#", debug.getupvalue(print, 1)), select("#", debug.setupvalue(print, 1, 1)))
print(select("#", debug.getupvalue(string.gmatch("a", "a"), 1)), select("#", debug.getupvalue(coroutine.wrap(f), 1)))
local stripped = loadstring(string.dump(f))
print(debug.getupvalue(stripped, 1), debug.setupvalue(stripped, 1, 2))
local make = coroutine.wrap(function()
  local v = 1
  local function h() return v end
  coroutine.yield(h) v = v + 1 coroutine.yield(v)
end)
local h = make()
print(debug.getupvalue(h, 1)) print(debug.setupvalue(h, 1, 41), h()) print(make(), h())
local function counter() local n = 0 return function() n = n + 1 return n end, function() return n end end
local up, get = counter() up() up()
print(debug.setupvalue(up, 1, 10), get(), up(), debug.getupvalue(get, 1))
local function show(f, ...) print(pcall(debug[f], ...)) end
show("getupvalue") show("getupvalue", 1, 1) show("getupvalue", f) show("getupvalue", f, "x") show("getupvalue", 1, "x")
show("setupvalue", f, 1) show("setupvalue", 1, 1, 1) show("setupvalue", f, "z", 1) show("getupvalue", f, 0 / 0) show("getupvalue", f, 1e99)
show("setupvalue", f, 1, nil) print(one)
