-- 2.2 Values and types: the order in which a table gives its fields.
-- The manual leaves it open; programs come to depend on it all the same. Keys here have no addresses in their order.

local function order(t)
  local out = {}
  for k, v in pairs(t) do out[#out + 1] = tostring(k) .. "=" .. tostring(v) end
  return table.concat(out, " ")
end

print(order{})
print(order{1, 2, 3})
print(order{a = 1})
print(order{a = 1, b = 2, c = 3, d = 4})
print(order{1, 2, x = "x", 3, y = "y", 4})
print(order{[1] = "a", [2] = "b", [3] = "c"})
print(order{[3] = "c", [2] = "b", [1] = "a"})
print(order{[0] = 0, [1] = 1, [-1] = -1, [0.5] = 0.5, [1e10] = "e", [true] = "t", [false] = "f"})
print(order{nil, 2, nil, 4})
print(order{nil, nil, nil})
print(order{(function() return 1, nil, 3, nil end)()})

-- Growth key by key.
local grown = {}
for i, word in ipairs{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} do
  grown[word] = i
  print(i, order(grown))
end
-- Removal leaves the others where they are.
for _, word in ipairs{"three", "seven", "one", "twelve"} do
  grown[word] = nil
  print(word, order(grown))
end
-- New keys after removal.
for _, word in ipairs{"dog", "cat", "cow", "pig", "hen"} do
  grown[word] = #word
  print(word, order(grown))
end

-- Integer keys inserted from above, from below, with gaps, in steps.
local down, up, gaps, odd = {}, {}, {}, {}
for i = 10, 1, -1 do down[i] = i end
for i = 1, 10 do up[i] = i end
for i = 1, 100, 7 do gaps[i] = i end
for i = 1, 40, 2 do odd[i] = i end
print(order(down))
print(order(up))
print(order(gaps))
print(order(odd))
local powers = {}
for i = 0, 40 do powers[2 ^ i] = i end
print(order(powers))
local negative = {}
for i = -10, 10 do negative[i] = i end
print(order(negative))
local fractions = {}
for i = 1, 20 do fractions[i / 4] = i end
print(order(fractions))

-- Constructors with sizes that do not fit.
print(order{1, 2, 3, [4] = 4, [5] = 5, [6] = 6})
print(order{[1] = 1, 2, 3})
print(order{[2] = "hash", "array", "array2"})
local constructed = {a = 1, b = 2, c = 3}
constructed.d = 4
print(order(constructed))
local emptied = {1, 2, 3, 4, 5, 6, 7, 8}
for i = 1, 8 do emptied[i] = nil end
emptied.x = 1
print(order(emptied))
emptied[1] = "again"
print(order(emptied))

-- Mixed growth over the border between the two parts of a table.
local mixed = {}
for i = 1, 20 do
  mixed[i] = i
  if i % 3 == 0 then mixed["k" .. i] = i end
  if i % 5 == 0 then mixed[i - 2] = nil end
end
print(order(mixed), #mixed)

-- Fields that are assigned or cleared during the traversal.
local cleared = {}
for i = 1, 30 do cleared["f" .. i] = i end
local seen = 0
for k, v in pairs(cleared) do
  seen = seen + 1
  cleared[k] = (v % 2 == 0) and v * 10 or nil
end
assert(seen == 30)
print(order(cleared))
local consumed = {}
for i = 1, 16 do consumed[i] = i consumed["s" .. i] = -i end
local visited = {}
for k in pairs(consumed) do
  visited[#visited + 1] = tostring(k)
  consumed[k] = nil
end
print(table.concat(visited, " "), next(consumed))

-- Long and short strings, and strings that look like numbers.
local texts = {}
for i = 1, 12 do texts[("ab"):rep(i * 3)] = i end
local lengths = {}
for k in pairs(texts) do lengths[#lengths + 1] = #k end
print(table.concat(lengths, " "))
print(order{["1"] = "s", [1] = "n", ["01"] = "z", ["1.0"] = "f", ["-1"] = "m", [-1] = "nm"})

-- The names in the libraries come in their order, too.
for _, library in ipairs{"string", "table", "math", "coroutine"} do
  local names = {}
  for name in pairs(_G[library]) do names[#names + 1] = name end
  print(library, table.concat(names, " "))
end
