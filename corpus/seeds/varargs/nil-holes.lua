-- seed: varargs/nil-holes — nil arguments in every position, counted and copied
local function show(...)
  local t, out = {...}, {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))) end
  return select("#", ...), table.concat(out, " ")
end
print(show()) print(show(nil)) print(show(1, nil)) print(show(nil, 1))
print(show(nil, nil, nil)) print(show(1, nil, 3, nil)) print(show(false, nil, true))
local function pack(...) return {n = select("#", ...), ...} end
local p = pack(nil, 2, nil, 4, nil) print(p.n, p[1], p[2], p[3], p[4], p[5])
print(unpack(p, 1, p.n)) print(select("#", unpack(p, 1, p.n)))
print(#pack(1, 2, 3), #pack(1, 2, nil), #pack(nil), #pack(nil, 2), #pack(1, nil, 3))
local function fwd(...) return show(...) end print(fwd(nil, nil)) print(fwd((nil))) print(fwd((show())))
local function first(a, ...) return a, select("#", ...) end print(first()) print(first(nil))
print(first(nil, nil))
local function default(a, b, c) a = a == nil and "A" or a b = b == nil and "B" or b return a, b, c end
print(default(nil, false)) print(default(1, nil, 3)) print(default())
print((function(...) local a, b, c = ... return c, b, a end)(1, nil, 3))
print((function(...) return (...), ... end)(nil, 5))
print(pcall(function(...) return ... end, nil, nil))
print(select("#", pcall(function(...) return ... end, nil, nil)))
print(select("#", coroutine.resume(coroutine.create(function(...) return ... end), nil, nil)))
print(string.format("%s %s", tostring(nil), tostring((nil))))
print(tostring(nil), type(nil), pcall(tostring), pcall(type))
