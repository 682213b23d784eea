-- seed: syntax/multiple-assignment — adjustment, swaps, and evaluation before assignment
local a, b, c = 1
print(a, b, c)
a, b, c = 1, 2, 3, 4
print(a, b, c)
a, b = b, a
print(a, b)
a, b, c = c, a, b
print(a, b, c)
local function f() return 10, 20, 30 end
a, b, c = f()
print(a, b, c)
a, b, c = f(), 1
print(a, b, c)
a, b, c = 0, f()
print(a, b, c)
a, b, c = (f())
print(a, b, c)
local t = {1, 2, 3}
local i = 1
i, t[i] = i + 1, 20
print(i, t[1], t[2])
t[1], t[2], t[3] = t[3], t[1], t[2]
print(t[1], t[2], t[3])
x, y = 1, 2
x, y = y, x
print(x, y)
do local p = {x = 1} local q = p p.x, p = p, {x = 9} print(q.x == q, p.x) end
do local a = {} local b = a a, a.k = 5, 6 print(a, b.k) end
do local u, v = {}, {} u.n, v.n, u, v = v, u, 1, 2 print(u, v) end
local up = 1
local function g() local l = 5; up, l = l, up return up, l end
print(g())
print(up)
t.a, t.b = "only"
print(t.a, t.b)
local n1, n2 = nil, f()
print(n1, n2)
print(loadstring("a, b", "=t"))
print(loadstring("a, f() = 1, 2", "=t"))
print(loadstring("a + 1 = 2", "=t"))
print(loadstring("(a) = 1", "=t"))
