-- seed: varargs/unpack — ranges, defaults, negative indexes, strings as bounds, too many results
local t = {"a", "b", "c", nil, "e"}
print(unpack(t)) print(unpack(t, 2)) print(unpack(t, 2, 3)) print(unpack(t, 1, 5))
print(unpack(t, 4, 4)) print(unpack(t, 5, 1)) print(unpack({}))
print(unpack({[-1] = "m", [0] = "z", "one"}, -1, 1)) print(unpack(t, 0, 1))
print(unpack(t, -2, 0)) print(select("#", unpack(t, 1, 10)), select("#", unpack(t, 6, 10)))
print(unpack(t, "2", "3")) print(unpack(t, 1.9, 2.9)) print(unpack(t, nil, 2)) print(unpack(t, 2, nil))
print((unpack(t)), #{unpack{1, 2, 3}}, #{unpack({}, 1, 3)})
print(pcall(unpack)) print(pcall(unpack, 1)) print(pcall(unpack, "abc"))
print(pcall(unpack, {}, "x")) print(pcall(unpack, {}, 1, {}))
print(pcall(unpack, nil, 1, 2))
print(pcall(unpack, {}, 1, 1e6)) print(pcall(unpack, {}, 1, 1e8))
print(pcall(unpack, {}, -1e6, 1e6)) print(pcall(function() return unpack({}, 1, 8000) end))
print(select("#", unpack({}, 1, 7000)))
print(pcall(unpack, {}, 2 ^ 31, 2 ^ 31 + 1))
print(math.max(unpack{3, 9, 2})) print(string.char(unpack{72, 105}))
print(string.format("%s-%s", unpack{"x", "y"})) print(select(2, unpack{1, 2, 3}))
local big = {} for i = 1, 200 do big[i] = i end
print(select("#", unpack(big)), (select(200, unpack(big)))) local s = 0
for _, v in ipairs{unpack(big)} do s = s + v end print(s)
print(unpack(setmetatable({}, {__index = function(_, i) return i * 10 end}), 1, 3))
print(unpack{unpack{unpack{1, 2, 3}}})
local q = {n = 3, 1, nil, 3} print(unpack(q, 1, q.n)) print(table.getn(q), #q == 3 or #q == 1)
