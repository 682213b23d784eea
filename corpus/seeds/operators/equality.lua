-- seed: operators/equality — raw equality across types, identity of tables and functions
local t, u, f = {}, {}, function() end
print(t == t, t == u, f == f, f == function() end, nil == nil, nil == false, true == true, true == 1)
print(1 == 1.0, "1" == 1, 0 == -0, "" == "", "a" .. "b" == "ab", "abc" == "abd", t ~= u, t ~= t)
print(0 / 0 == 0 / 0, 0 / 0 ~= 0 / 0, rawequal(t, t), rawequal(t, u), rawequal("a", "a"), rawequal(1, 1))
local a, b = "x", "x"
print(a == b, a == "x", "x" == a, a == nil, nil == a, a ~= nil, a == true)
local n, tr, fa = nil, true, false
print(n == nil, tr == true, fa == false, tr == fa, n == fa, nil ~= n, false ~= n, true ~= tr)
if n == nil then print("n is nil") end
if tr ~= false then print("tr is not false") end
if fa == nil then print("no") else print("fa is not nil") end
print(print == print, string.len == string.len, string.len == string.sub, ("x").len == string.len)
local g = {}
g[1], g[1.0], g["1"] = "number", "same key", "string"
print(g[1], g["1"], g[0 + 1], g[10 / 10], g[2 - 1])
g[2 ^ 53] = "big"
print(g[2 ^ 53 + 1], g[9007199254740992])
local long1, long2 = ("ab"):rep(50), ("abab"):rep(25)
print(long1 == long2, #long1, ({[long1] = 1})[long2])
local c1 = coroutine.create(f)
print(c1 == c1, c1 == coroutine.create(f), pcall(rawequal, 1))
