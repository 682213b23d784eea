-- seed: table/array-and-hash-parts — values moving between parts, negative and sparse keys, shrinking and regrowing
local function dump(t)
  local r = {} for k, v in pairs(t) do r[#r + 1] = tostring(k) .. "=" .. tostring(v) end
  return "{" .. table.concat(r, " ") .. "} #" .. #t
end
local t = {} for i = 1, 8 do t[i] = i print(dump(t)) end for i = 8, 1, -1 do t[i] = nil end
print(dump(t)) t[3] = 3 t[2] = 2 t[1] = 1 print(dump(t)) t[4] = 4 t[5] = 5 print(dump(t))
local h = {[4] = 4, [3] = 3, [2] = 2, [1] = 1} print(dump(h)) h[5] = 5 print(dump(h))
h[6] = 6 h[7] = 7 h[8] = 8 h[9] = 9 print(dump(h)) local m = {1, 2, 3, a = "A", b = "B"}
m[4] = 4 m.c = "C" print(dump(m)) m.a = nil m[2] = nil m[5] = 5 print(dump(m)) m[100] = 100
m[-1] = -1 m[0] = 0 print(dump(m)) local s = {} for i = 2, 20, 2 do s[i] = i end
print(dump(s)) for i = 1, 19, 2 do s[i] = i end print(dump(s)) local e = {}
for i = 1, 5 do e["x" .. i] = i end for i = 1, 5 do e["x" .. i] = nil end
for i = 1, 5 do e[i] = i end print(dump(e)) local d = {1, 2, 3, 4}
for i = 1, 4 do d[i] = nil end d.x = 1 d[1] = 1 print(dump(d)) local n = {nil, nil, 3}
print(dump(n)) n[1] = 1 print(dump(n)) local neg = {}
for i = 1, 4 do neg[-i] = i neg[i] = -i end print(dump(neg)) local f = {}
for i = 1, 4 do f[i + 0.5] = i f[i] = i end print(dump(f)) local c = {10, 20, 30, nil}
c[#c + 1] = 40 c[#c + 1] = 50 print(dump(c)) local pre = {nil, nil, nil, nil, nil}
pre[5] = 5 print(dump(pre)) pre[1] = 1 print(dump(pre)) local self = {} self[1] = self
self.self = self print(#self, self[1] == self.self) local k = {}
for i = 1, 3 do k[i * 1000000] = i end print(dump(k)) local w = {} w[2 ^ 31] = 1
w[2 ^ 32] = 2 w[2 ^ 53] = 3 w[-2 ^ 31] = 4 print(dump(w)) for i = 1, 40 do w[i] = i % 5 end
print(dump(w):sub(-60)) local r = {} for i = 1, 33 do r[i] = i end
for i = 1, 33 do if i % 3 ~= 0 then r[i] = nil end end print(dump(r)) r[34] = 34 r.z = 1
print(dump(r))
