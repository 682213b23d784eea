-- seed: operators/length — # on strings, arrays, arrays with holes at the border, and wrong types
print(#"", #"abc", #"a\0b", #[[

x]], #("x"):rep(300))
print(#{}, #{1}, #{1, 2, 3}, #{1, 2, nil}, #{1, nil, 3}, #{nil, nil, 3}, #{nil}, #{nil, 2}, #{n = 3})
local t = {}
for i = 1, 10 do t[i] = i end
print(#t) t[#t] = nil print(#t) t[#t + 1] = "x" print(#t) t[5] = nil print(#t) t[10] = nil print(#t)
local u = {}
u[1], u[2], u[4] = 1, 2, 4
print(#u) u[3] = 3 print(#u) u[8] = 8 print(#u)
local v = {10, 20, 30, nil, 50, nil, nil, 80}
print(#v) v[8] = nil print(#v) v[5] = nil print(#v)
local w = {[1] = 1, [2] = 2, [3] = 3, [5] = 5}
print(#w) w[4] = 4 print(#w)
local x = {}
for i = 1, 100 do x[i] = i end
for i = 100, 51, -1 do x[i] = nil end
print(#x) for i = 1, 50, 2 do x[i] = nil end print(#x)
local y = {}
for i = 1, 64 do y[2 ^ i] = true end
print(#y) y[1] = 1 print(#y) y[3] = 3 print(#y)
local z = {n = 1, 1, 2, 3, [0] = 0, [-1] = -1}
print(#z, #z.."", -#z, #z + #z)
print(pcall(function() return #nil end))
print(pcall(function() local n = 5 return #n end))
print(pcall(function() return #print end))
print(pcall(function() return #undefined end))
print(pcall(function() local t = {} return #t.x.y end))
print(#setmetatable({1, 2}, {__len = function() return 99 end}))
