-- seed: found/dead-keys-after-collection — a collection kills keys without values, so a new value for one goes to another node
local function dump(label, t)
  local o = {} for k, v in next, t do o[#o + 1] = tostring(k) .. "=" .. tostring(v) end
  print(label, table.concat(o, " "))
end
local t = {[false] = 9}
t["-7"] = 92 t[true] = 4 t.k3 = 94 t.k12 = nil t.k9 = 5 t.a = 11 t.h = nil
collectgarbage()
dump("before", t)
t.h = 61
dump("after", t)
for pass = 1, 4 do
  local u = {}
  for i = 1, 23 do u["key" .. i] = i end
  for i = pass, 23, pass + 1 do u["key" .. i] = nil end
  if pass > 1 then collectgarbage() end
  for i = 23, 1, -1 do u["key" .. i] = u["key" .. i] or -i end
  dump("pass " .. pass, u)
end
-- numbers and booleans are not objects: their places stay theirs
local n = {[0.5] = 1, [1.5] = 2, [-1] = 3, [true] = 4, [false] = 5}
for k in pairs(n) do n[k] = nil end
collectgarbage()
for i, k in ipairs{false, true, -1, 1.5, 0.5} do n[k] = i end
dump("numbers", n)
-- a traversal goes on from a key that died in the middle of it
local d, seen = {}, {}
for i = 1, 10 do d["k" .. i] = i end
for k in pairs(d) do d[k] = nil collectgarbage() seen[#seen + 1] = k end
print(#seen, next(d))
-- weak tables: values cleared by a collection, and tables of which both halves are weak
for _, mode in ipairs{"k", "v", "kv"} do
  local w = setmetatable({a = {}, b = 1, c = {}, d = 2, e = 3}, {__mode = mode})
  w.b, w.e = nil, nil
  collectgarbage()
  w.f = 4 w.b = 5 w.a = 6 w.e = 7
  local o = {} for k, v in pairs(w) do o[#o + 1] = k .. "=" .. type(v) end
  print(mode, table.concat(o, " "))
end
