-- seed: debug/environments — getfenv and setfenv of functions, threads and userdata; the registry
local function show(f, ...) local r = {pcall(debug[f], ...)} print(r[1], type(r[2]) == "string" and r[2] or type(r[2])) end
show("getfenv") show("getfenv", 1) show("getfenv", nil) show("getfenv", "x") show("getfenv", {}) show("getfenv", true)
show("setfenv") show("setfenv", print) show("setfenv", 1, {}) show("setfenv", nil, {}) show("setfenv", "x", {}) show("setfenv", {}, {})
local co = coroutine.create(function() return getfenv(0).name, name end)
print(debug.getfenv(print) == _G, debug.getfenv(co) == _G, debug.getfenv(newproxy()) == _G, debug.getfenv(show) == _G)
local e = {name = "e", getfenv = getfenv}
local p = newproxy() print(debug.setfenv(p, e) == p, debug.getfenv(p) == e)
print(debug.setfenv(co, e) == co, debug.getfenv(co) == e, coroutine.resume(co))
local f = function() return name end print(debug.setfenv(f, e) == f, f())
local w = coroutine.wrap(function() end) print(debug.setfenv(w, e) == w, debug.getfenv(w) == e)
local native = string.gmatch("a", "a") print(debug.setfenv(native, e) == native, debug.getfenv(native) == e, native())
local registry = debug.getregistry()
print(type(registry), registry == debug.getregistry(), registry._LOADED == package.loaded, registry._LOADED.string == string)
