-- seed: limits/big-tables — thousands of entries, wide constructors, long strings as keys, deep nesting
local t = {} for i = 1, 20000 do t[i] = i end print(#t, t[20000])
for i = 20000, 10001, -1 do t[i] = nil end print(#t) local h = {}
for i = 1, 5000 do h["key" .. i] = i end local n, s = 0, 0
for k, v in pairs(h) do n = n + 1 s = s + v end print(n, s)
for i = 1, 5000, 2 do h["key" .. i] = nil end n = 0 for k in pairs(h) do n = n + 1 end
print(n, h.key2, h.key1) local m = {}
for i = 1, 3000 do m[i] = i m["s" .. i] = i m[-i] = i end n = 0
for k, v in pairs(m) do n = n + 1 end print(n, #m) local d = {} local cur = d
for i = 1, 3000 do cur.next = {depth = i} cur = cur.next end n = 0 cur = d
while cur.next do cur = cur.next n = n + 1 end print(n, cur.depth) local g = {}
for y = 1, 60 do g[y] = {} for x = 1, 60 do g[y][x] = (x * y) % 7 end end s = 0
for y = 1, 60 do for x = 1, 60 do s = s + g[y][x] end end print(s)
local f = loadstring("return {" .. ("1,"):rep(5000) .. "}") print(#f())
f = loadstring("return {" .. ("{}, "):rep(1000) .. "}") print(#f()) local parts = {}
for i = 1, 1000 do parts[i] = "f" .. i .. "=" .. i end
f = loadstring("return {" .. table.concat(parts, ";") .. "}") local r = f()
print(r.f1, r.f1000) local long = {} for i = 1, 20 do long[("x"):rep(i * 100)] = i end
print(long[("x"):rep(1500)], long[("x"):rep(1501)]) local q, head, tail = {}, 1, 0
for i = 1, 10000 do tail = tail + 1 q[tail] = i if i % 3 == 0 then q[head] = nil head = head + 1 end end
print(tail - head + 1, q[head], q[tail]) local floats = {}
for i = 1, 2000 do floats[i / 8] = i end n = 0 for k, v in pairs(floats) do n = n + v end
print(n, #floats) local reuse = {}
for round = 1, 5 do
  for i = 1, 1000 do reuse["r" .. round .. "_" .. i] = i end
  for i = 1, 1000 do reuse["r" .. round .. "_" .. i] = nil end
end
print(next(reuse)) local rev = {} for i = 2000, 1, -1 do rev[i] = i end print(#rev)
local sp = {} for i = 1, 20 do sp[2 ^ i] = i end n = 0
for k, v in pairs(sp) do n = n + v end print(n)
print(#table.concat(t, ","), select("#", unpack(t, 1, 5000)))
table.sort(t, function(a, b) return a > b end) print(t[1], t[10000]) local cnt = 0
for i, v in ipairs(t) do cnt = cnt + 1 end print(cnt)
