-- seed: operators/operand-forms — registers, constants, upvalues, globals and fields as operands on either side
local l1, l2 = 10, 3
g1, g2 = 10, 3
local t = {a = 10, b = 3, [1] = 10, [2] = 3}
local k1, k2 = "a", "b"
print(l1 + l2, l1 + 3, 10 + l2, g1 + g2, g1 + 3, 10 + g2, t.a + t.b, t.a + 3, 10 + t.b, t[1] + t[2], t[k1] + t[k2])
print(l1 - l2, l1 - 3, 10 - l2, g1 - g2, g1 - 3, 10 - g2, t.a - t.b, t.a - 3, 10 - t.b, t[1] - t[2], t[k1] - t[k2])
print(l1 / l2, l1 / 3, 10 / l2, l1 % l2, l1 % 3, 10 % l2, l1 ^ l2, l1 ^ 3, 10 ^ l2)
print(l1 .. l2, l1 .. 3, 10 .. l2, g1 .. t.b, t[k1] .. "x")
local function up() return l1 + l2, l1 * 3, 10 - l2, t.a + g1, t[k1] + l1 end
print(up())
print(l1 < l2, l1 < 3, 10 < l2, g1 < g2, t.a < t.b, l1 == 10, 10 == l1, "a" == k1, k1 ~= "b", t.a == l1)
t.a = 1 t["b"] = l1 t[k1] = t.b t[3] = 3 t[l2] = l1 t[t.b] = "x" t[g2] = t[l2]
print(t.a, t.b, t[3], t[10])
l1 = l1 + 1 l1 = 1 + l1 l1 = l1 + l1 g1 = g1 + l1 t.a = t.a + 1 t[k1] = t[k1] * 2
print(l1, g1, t.a)
local x, y, z = -l1, not l1, #k1
print(x, y, z, -t.a, not t.zz, #t, -g1)
local function param(a, b, ...) local c = ... return a + b, a + c, b .. c, -a, not b, a == c end
print(param(1, 2, 3))
local n, tr = nil, true
t.n, t[n or 1], t.tr = n, tr, true
print(t.n, t[1], t.tr, n == nil, tr == true)
for i = l2, l2 + 1 do local j = i * l1 print(i + j, i .. j, i < j, t[i] == l1) end
