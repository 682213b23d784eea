-- seed: table/keys-of-all-types — booleans, functions, tables, threads, userdata and floats as keys
-- not for trace: tables with objects as keys are gone through in the order of addresses
local fn, tb, th, ud = function() end, {}, coroutine.create(function() end), newproxy()
local t = {[fn] = "function", [tb] = "table", [th] = "thread", [ud] = "userdata", [true] = "true",
  [false] = "false", [1.5] = "float", [-1] = "negative", [""] = "empty", ["\0"] = "zero", [1] = "one",
  ["1"] = "string one"}
print(t[fn], t[tb], t[th], t[ud], t[true], t[false], t[1.5], t[-1], t[""], t["\0"], t[1], t["1"])
print(t[function() end], t[{}], t[nil], t[0 / 0], t[2], t["\0\0"]) local n = 0
for k, v in pairs(t) do n = n + 1 end print(n) local types = {}
for k in pairs(t) do types[type(k)] = (types[type(k)] or 0) + 1 end
for _, k in ipairs{"boolean", "function", "number", "string", "table", "thread", "userdata"} do print(k, types[k]) end
t[fn] = nil t[tb] = nil t[true] = nil print(t[fn], t[tb], t[true], t[false]) t[t] = t
print(t[t] == t, t[t][t] == t) local a = {} a[1], a[1.0], a["1"], a["1.0"] = 1, 2, 3, 4
print(a[1], a["1"], a["1.0"]) print(rawget(a, 1), rawget(a, 1.0)) local deep = {}
for i = 1, 5 do deep[{}] = i end n = 0 for k, v in pairs(deep) do n = n + v end print(n)
local b = {[true] = {[false] = {[true] = "nested booleans"}}} print(b[true][false][true])
local c = {} for _, k in ipairs{1, "a", true, 2.5, print} do c[k] = type(k) end
print(c[1], c.a, c[true], c[2.5], c[print]) print(pcall(function() c[nil] = 1 end))
print(pcall(function() c[0 / 0] = 1 end)) print(c[nil], next({}, nil)) local big = {}
for i = 1, 100 do big[tostring(i)] = i big[i] = -i end
print(big["50"], big[50], big["100"] + big[100])
local e = {["and"] = 1, ["end"] = 2, ["a b"] = 3, ["\n"] = 4}
print(e["and"], e["end"], e["a b"], e["\n"]) local s1, s2 = ("k"):rep(40), ("kk"):rep(20)
local f = {[s1] = "same"} print(f[s2], s1 == s2) f[s2 .. ""] = nil print(next(f))
print(#{[1] = 1, [2] = 2, [4] = 4} >= 2, ({[2 ^ 53] = 1})[2 ^ 53 + 1])
