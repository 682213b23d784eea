-- 2.5.7 Table constructors: fields of the three forms, separators, multiple results, order and sizes.

local function f(x) return x * 10, "second", "third" end
local g = "the key"
-- The example of the manual.
local a = {[f(1)] = g, "x", "y", x = 1, f(2), [30] = 23, 45}
assert(a[10] == g and a[1] == "x" and a[2] == "y" and a.x == 1 and a[3] == 20 and a[30] == 23 and a[4] == 45)

-- List fields count from 1 and are not affected by others.
local t = {1, x = 2, 3, [10] = 4, 5, ["y"] = 6; 7}
assert(t[1] == 1 and t[2] == 3 and t[3] == 5 and t[4] == 7 and t[10] == 4 and t.y == 6 and #t == 4)

-- A call or "..." at the end gives all its values, elsewhere one.
local function three() return 1, 2, 3 end
local function none() end
local function dots(...) return {...}, {..., "end"}, {(...)}, {"start", ...}, {x = ...} end
print(#{three()}, #{three(), 10}, #{10, three()}, #{three(), three()}, #{(three())}, #{three(), x = 1}, #{x = three()}, #{[1] = three()}, #{three(), nil}, #{none()}, #{none(), 1}, #{1, none()}, #{(none())})
for _, r in ipairs{dots(4, 5, 6)} do print(#r, r[1], r[2], r[3], r[4], r.x) end
for _, r in ipairs{dots()} do print(#r, r[1], r[2], r.x) end
print(#{three(), three(), }, #{three();})

-- The last value of equal keys: positional fields are stored in batches in the reference, keyed ones at once.
print(({[1] = "key", "list"})[1], ({"list", [1] = "key"})[1], ({x = 1, x = 2}).x, ({[1] = "a", [1] = "b"})[1], ({"l", [1] = nil})[1], ({[2] = "key", 1, 2})[2])
local sixty = {}
for i = 1, 60 do sixty[i] = "'l" .. i .. "'" end
for _, at in ipairs{1, 49, 50, 51, 52, 60} do
  local fields = {unpack(sixty)}
  table.insert(fields, at, "[1] = 'early', [50] = 'fifty', [51] = 'fifty-one', [60] = 'sixty'")
  local r = loadstring("return {" .. table.concat(fields, ", ") .. "}")()
  print(at, r[1], r[50], r[51], r[60])
end

-- The order of evaluation is that of the text.
local log = {}
local function note(v) log[#log + 1] = tostring(v) return v end
local _ = {note(1), [note("k")] = note("v"), x = note(2), note(3), [note("l")] = note("w"); note(4)}
print(table.concat(log, " "))

-- Nil and NaN keys are errors, nil values are not.
local function message(h) return (select(2, pcall(h)):gsub("^.-%.lua:%d+: ", "")) end
print(message(function() return {[nil] = 1} end), message(function() return {[0 / 0] = 1} end), message(function() return {1, 2, [undefined] = 3} end), next{x = nil}, next{nil, nil}, #{n = nil, 1})

-- Sizes: lists longer than a batch of fifty, thousands, tens of thousands.
for _, n in ipairs{0, 1, 49, 50, 51, 99, 100, 101, 149, 150, 511, 512, 513, 5000, 25600, 25650, 60000} do
  local r = loadstring("return {" .. ("7,"):rep(n) .. "}")()
  assert(#r == n)
  local s = loadstring("return {" .. ("7,"):rep(n) .. "...}")(8, 9)
  assert(#s == n + 2 and s[n + 2] == 9)
end
local big = {}
for i = 1, 2000 do big[i] = ("k%d = %d, [%d] = 'v%d'"):format(i, i, -i, i) end
local r = loadstring("return {" .. table.concat(big, ";") .. "}")()
for i = 1, 2000 do assert(r["k" .. i] == i and r[-i] == "v" .. i) end
local function values(n) local v = {} for i = 1, n do v[i] = i end return unpack(v) end
for _, n in ipairs{0, 1, 50, 51, 300, 5000} do assert(#{values(n)} == n and #{"x", values(n)} == n + 1) end

-- Nesting, functions, every kind of value, and each constructor is a new table.
local nested = {{1, {2, {3}}}, x = {y = {z = "deep"}}, function() return "called" end, {[{}] = 1}, -1, not nil, "s" .. 1, #"abc", [[long]], nil, 1 < 2}
print(nested[1][2][2][1], nested.x.y.z, nested[2](), type(next(nested[3])), nested[4], nested[5], nested[6], nested[7], nested[8], nested[9], nested[10])
local made = {}
for i = 1, 3 do made[i] = {i} end
assert(made[1] ~= made[2] and made[3][1] == 3 and {} ~= {})
local self = {} self[self] = {self} assert(self[self][1] == self)

-- Names, keywords and separators.
print(#{1, 2, 3, }, #{1; 2; 3; }, #{1, 2; 3}, ({["and"] = 1})["and"], ({a = 1, }).a, ({a = 1; b = 2}).b, ({_ = 1})._, ({self = 1}).self)
local x = "variable"
print(({x}).x, ({x})[1], ({x = x}).x, ({[x] = 1}).variable, ({x == x})[1], ({x == 1})[1], ({(x)})[1], ({x, x = 2}).x)
for _, source in ipairs{"{,}", "{;}", "{1,,2}", "{1;;2}", "{1,;2}", "{,1}", "{1", "{1,", "{1 2}", "{x y}", "{x = }", "{= 1}", "{x = 1 = 2}", "{1 = 2}", "{'a' = 1}", "{[1]}", "{[1] 2}", "{[] = 1}", "{[1, 2] = 3}",
  "{[1] = }", "{[1 = 2}", "{1] = 2}", "{a.b = 1}", "{a:b = 1}", "{a[1] = 1}", "{and = 1}", "{end}", "{...}", "{..., ...}", "{(...)}", "{local x = 1}", "{return 1}", "{function f() end}", "{function() end}",
  "{function() end, 1}", "{nil = 1}", "{true = 1}", "{x = y = z}", "{x == y}", "{{}", "{}}", "{[[x]]}", "{[ [[x]] ] = 1}", "{[=[x]=]}", "{[x]}", "{-x = 1}", "{x + 1 = 2}", "{1 .. 2}", "{1..2}"} do
  local chunk, text = loadstring("return " .. source, "=t")
  print(source, chunk and "accepted" or text)
end
