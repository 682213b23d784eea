-- seed: table/concat — separators, ranges, numbers, errors on other values, empty ranges
local t = {"a", "b", "c", 1, 2.5, "d"}
print(table.concat(t), table.concat(t, ","), table.concat(t, ", ", 2), table.concat(t, "-", 2, 4),
  table.concat(t, "", 3, 3), "[" .. table.concat(t, "x", 4, 3) .. "]", "[" .. table.concat({}) .. "]",
  table.concat({"only"}, "sep"))
print(table.concat(t, 0), table.concat(t, 1.5), table.concat({1, 2, 3}), table.concat({1, 2, 3}, " "),
  table.concat({-1, 0.5, 1e20, 2 ^ 53}, " "))
print(table.concat({[0] = "z", "a", "b"}, ",", 0), table.concat({[-1] = "m", [0] = "z", "a"}, ",", -1, 1),
  table.concat({"a", "b"}, ",", "1", "2"), table.concat({"a", "b", "c"}, ",", 1.9, 2.9), table.concat({"a",
  "b"}, nil, nil, nil))
print(#table.concat({"a\0b", "c"}, "\0"), table.concat({("x"):rep(5), ("y"):rep(5)}, ("-"):rep(3)), table.concat({"a", "b"}, ""))
print(pcall(table.concat)) print(pcall(table.concat, nil)) print(pcall(table.concat, "x"))
print(pcall(table.concat, {1, {}, 3})) print(pcall(table.concat, {1, nil, 3}, ",", 1, 3))
print(pcall(table.concat, {true})) print(pcall(table.concat, {print}))
print(pcall(table.concat, {"a"}, {})) print(pcall(table.concat, {"a"}, ",", "x"))
print(pcall(table.concat, {"a"}, ",", 1, {})) print(pcall(table.concat, {"a"}, ",", 1, 2))
print(pcall(table.concat, {"a"}, ",", 0)) print(pcall(table.concat, {}, ",", 1, 1))
print(pcall(table.concat, {}, ",", 5, 4))
print(pcall(function() return table.concat({{}}) end))
print(pcall(table.concat, {setmetatable({}, {__tostring = function() return "x" end})}))
print(pcall(table.concat, {setmetatable({}, {__concat = function() return "x" end})}))
print(pcall(table.concat, setmetatable({}, {__index = function() return "v" end}), ",", 1, 2))
print(pcall(table.concat, {"a", "b", nil, "d"}, ",", 3))
print(pcall(table.concat, {coroutine.create(function() end)}))
print(pcall(table.concat, {newproxy()})) print(pcall(table.concat, {"x"}, true))
local words = {} for i = 1, 200 do words[i] = "w" .. i end
local s = table.concat(words, " ") print(#s, s:sub(1, 20), s:sub(-10))
print(table.concat(words, ",", 198), table.concat(words, ",", 1, 3)) local m = {}
for y = 1, 3 do local row = {} for x = 1, 3 do row[x] = x * y end m[y] = table.concat(row, "\t") end
print(table.concat(m, "\n"))
local function keys(t)
  local r = {} for k in pairs(t) do r[#r + 1] = k end table.sort(r)
  return table.concat(r, ",")
end
print(keys{b = 1, a = 2, c = 3}, keys{})
print(table.concat({1, 2, 3, nil, 5}, ",", 1, 3), #table.concat({("a"):rep(1000), ("b"):rep(1000)}))
