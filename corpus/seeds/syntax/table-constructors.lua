-- seed: syntax/table-constructors — positional, named and computed fields, separators, nested tables
local t = {1, 2; 3, x = "ex", ["y z"] = "why", [10] = "ten", [1.5] = "float", [true] = "bool"}
print(t[1], t[2], t[3], t.x, t["y z"], t[10], t[1.5], t[true], #t)
local u = {[1] = "keyed", "positional"}
print(u[1])
local v = {"positional", [1] = "keyed"}
print(v[1])
local w = {x = 1, x = 2, ["x"] = 3}
print(w.x)
print(#{}, #{1}, #{1, 2, 3,}, #{1; 2; 3;}, #{nil}, #{n = 1})
local n = {{1, {2, {3}}}, {a = {b = {c = "deep"}}}}
print(n[1][2][2][1], n[2].a.b.c)
print(({10, 20, 30})[2], ({x = 5}).x, ("abc"):len(), #{("x"):rep(3)})
local k = "key"
local function f() return "computed" end
local c = {[k] = 1, [k .. "2"] = 2, [f()] = 3, [#k] = 4, f = f, [f] = "function key"}
print(c.key, c.key2, c.computed, c[3], c.f(), c[f])
local seq = {}
local function note(x) seq[#seq + 1] = tostring(x) return x end
local o = {note(1), [note("a")] = note(2), note(3), b = note(4), [note(7)] = note(5)}
print(table.concat(seq, " "), o[1], o.a, o[2], o.b, o[7])
print(pcall(function() return {[nil] = 1} end))
print(pcall(function() return {[0 / 0] = 1} end))
local nilval = {a = nil, nil, [3] = nil}
print(next(nilval))
for i, s in ipairs{"a", "b", nil, "d"} do print(i, s) end
