-- seed: base/idioms — packing, currying arguments, default values, swapping, ternaries
local function pack(...) return {n = select("#", ...), ...} end
local function unpackn(t) return unpack(t, 1, t.n) end print(unpackn(pack(1, nil, 3, nil)))
print(select("#", unpackn(pack(nil, nil))))
local function map(t, f) local r = {} for i = 1, #t do r[i] = f(t[i], i) end return r end
print(unpack(map({1, 2, 3}, function(v, i) return v * i end)))
local function zip(...)
  local a, r = {...}, {}
  for i = 1, #a[1] do r[i] = {} for j = 1, #a do r[i][j] = a[j][i] end end return r
end
for _, z in ipairs(zip({1, 2}, {"a", "b"}, {true, false})) do print(unpack(z)) end
local function slice(t, i, j) return {unpack(t, i, j)} end
print(table.concat(slice({1, 2, 3, 4, 5}, 2, 4), " "), #slice({1, 2}, 3, 2))
local function concat(...)
  local r = {} for _, t in ipairs{...} do for _, v in ipairs(t) do r[#r + 1] = v end end
  return r
end
print(table.concat(concat({1}, {}, {2, 3}), " "))
local function reverse(...)
  local function rev(n, a, ...)
    if n == 0 then return end if n == 1 then return a end local t = {rev(n - 1, ...)}
    t[#t + 1] = a return unpack(t)
  end
  return rev(select("#", ...), ...)
end
print(reverse(1, 2, 3, 4))
local a, b, c = (function(...) return select(2, ...) end)(1, 2, 3, 4) print(a, b, c)
print((select("#", 1, 2, 3)), (select(2, "a", "b", "c")))
local function opt(t) t = t or {} return t.a or "A", t.b == nil and "B" or t.b, t.c ~= false end
print(opt()) print(opt{a = 1, b = false, c = false})
local function deepcopy(t)
  if type(t) ~= "table" then return t end local r = {}
  for k, v in pairs(t) do r[deepcopy(k)] = deepcopy(v) end
  return setmetatable(r, getmetatable(t))
end
local orig = {1, {2, {3}}, x = {y = "z"}} local cp = deepcopy(orig) cp[2][2][1] = "changed"
cp.x.y = "new" print(orig[2][2][1], orig.x.y, cp[2][2][1], cp.x.y)
local function equal(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for k, v in pairs(a) do if not equal(v, b[k]) then return false end end
  for k in pairs(b) do if a[k] == nil then return false end end return true
end
print(equal(orig, deepcopy(orig)), equal(orig, cp), equal({}, {1}), equal({1}, {}))
local function serialize(v, ind)
  ind = ind or ""
  if type(v) == "table" then
    local keys, out = {}, {} for k in pairs(v) do keys[#keys + 1] = k end
    table.sort(keys, function(a, b)
      if type(a) ~= type(b) then return type(a) == "number" end return a < b
    end)
    for _, k in ipairs(keys) do
      out[#out + 1] = ind .. "  " .. (type(k) == "string" and k or "[" .. k .. "]") .. " = " .. serialize(v[k], ind .. "  ")
    end
    return "{\n" .. table.concat(out, ",\n") .. "\n" .. ind .. "}"
  end
  return type(v) == "string" and string.format("%q", v) or tostring(v)
end
print(serialize{1, "two", {nested = true, list = {1, 2}}, key = "value", f = 1.5})
local set = {} for _, v in ipairs{"a", "b", "a", "c", "b"} do set[v] = (set[v] or 0) + 1 end
local ks = {} for k, v in pairs(set) do ks[#ks + 1] = k .. v end table.sort(ks)
print(unpack(ks)) local x, y = 1, 2 x, y = y, x print(x, y) local max = x > y and x or y
print(max, x < y and "lt" or x > y and "gt" or "eq")
print(#{(" a b c "):gsub("%s", "")}, (("a,b,,c"):gsub(",", ";")))
