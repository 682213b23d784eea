-- seed: base/print — print with many values, nil, numbers, embedded zeros, and a replaced tostring
print() print(nil) print(nil, nil) print(1, "two", true, false, nil) print("a\tb", "c\nd")
print("") print("", "") print(" ") print("a\0b") print(#"a\0b")
print(1e100, -1e-100, 1 / 0, -1 / 0, 2 ^ 53, 0.1, 100, 1e15, 123456789012345)
print("long", ("x"):rep(300)) print(unpack({1, 2, 3})) print((unpack({1, 2, 3})))
print(select("#", print()))
print(print("inner")) local p = print p("alias") print("\255\128\1") print("caf\195\169")
print("%d %s") print("back\\slash")
local old = tostring local calls = 0
tostring = function(v) calls = calls + 1 return "<" .. old(v) .. ">" end print(1, nil, "s")
tostring = old print(calls)
local env = {tostring = function() return "env" end} print(1)
setfenv(1, setmetatable(env, {__index = _G}))
print("uses the global tostring of print's own environment") setfenv(1, getfenv(print))
tostring = nil local ok, e = pcall(print, 1) tostring = 5 local okn, en = pcall(print, 1)
tostring = old print(ok, e, okn, en) tostring = function() return 1 end
ok, e = pcall(print, "x") tostring = function() return nil end
local ok2, e2 = pcall(print, "x") tostring = function() error("in tostring", 0) end
local ok3, e3 = pcall(print, "x") tostring = old print(ok, e, ok2, e2, ok3, e3)
print(setmetatable({}, {__tostring = function() return "meta" end}))
print(pcall(print, setmetatable({}, {__tostring = function() return 5 end})))
print(1, setmetatable({}, {__tostring = function() return "a\0b" end}), 2)
for i = 1, 3 do print(i, i * i, i % 2 == 0) end print(("x"):rep(3, ",")) print(#arg >= 0)
