-- 5.5 Table manipulation: concat: separators, ranges, numbers, what is not text, raw access, long results.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("%z", "<0>") end
  print(select("#", ...), unpack(out))
end

show(table.concat{}) show(table.concat{"a"}) show(table.concat{"a", "b", "c"}) show(table.concat({"a", "b", "c"}, ", ")) show(table.concat({"a", "b"}, "")) show(table.concat({}, "x")) show(table.concat({"a"}, "x")) show(table.concat({"", "", ""}, "-")) show(table.concat({"a\0", "\0b"}, "\0"))
show(table.concat{1, 2, 3}) show(table.concat({1, 2.5, -3, 1e100, 1 / 3}, " ")) show(table.concat({"a", 1, "b", 2}, 0)) show(table.concat({1, 2}, 1.5)) show(table.concat{0 * -1, 1 / 0, -1 / 0}) show(type(table.concat{12}))

-- Every range over five elements.
local t = {"a", "b", "c", "d", "e"}
for i = -1, 7 do
  for j = -1, 7 do
    local ok, r = pcall(table.concat, t, "-", i, j)
    print(i, j, ok, r)
  end
end
for _, i in ipairs{"2", 1.5, 2.99, "0x2", -0.5, 2 ^ 32 + 2} do show(tostring(i), pcall(table.concat, t, "", i)) show(tostring(i), pcall(table.concat, t, "", 1, i)) end
show(table.concat(t, ",", 2)) show(table.concat(t, ",", nil, 3)) show(table.concat(t, nil, 4)) show(table.concat(t, ",", 5, nil)) show(table.concat({}, ",", 1, 0)) show(pcall(table.concat, {}, ",", 1, 1)) show(table.concat({}, ",", 5, 4)) show(table.concat({[3] = "x", [4] = "y"}, ",", 3, 4)) show(table.concat({[-1] = "m", [0] = "z", "p"}, ",", -1, 1)) show(table.concat({}, ",", 2 ^ 31 - 1, -2 ^ 31 + 10))

-- Elements that are not text or numbers.
for _, v in ipairs{true, {}, print, newproxy(), coroutine.create(function() end), setmetatable({}, {__tostring = function() return "x" end}), setmetatable({}, {__concat = function() return "x" end})} do show(type(v), pcall(table.concat, {v})) show(pcall(table.concat, {"a", v})) show(pcall(table.concat, {"a", v, "b"}, "-", 2, 2)) show(table.concat({"a", v}, "-", 1, 1)) end
show(pcall(table.concat, {1, nil, 3}, "", 1, 3)) show(pcall(table.concat, {nil}, "", 1, 1)) show(pcall(table.concat, {"a", false}))
show(pcall(table.concat)) show(pcall(table.concat, "x")) show(pcall(table.concat, {}, {})) show(pcall(table.concat, {}, true)) show(pcall(table.concat, {}, "", "x")) show(pcall(table.concat, {}, "", {}, 1)) show(pcall(table.concat, {}, "", 1, {})) show(pcall(table.concat, 5)) show(pcall(table.concat, nil, ","))

-- Raw access, and the primitive length.
show(table.concat(setmetatable({"a"}, {__index = function() return "never" end, __len = function() return 3 end}))) show(pcall(table.concat, setmetatable({}, {__index = function() return "never" end}), "", 1, 2))
-- The table is left as it was.
local numbers = {1, 2, 3}
table.concat(numbers, ",")
show(type(numbers[1]), type(numbers[3]))

-- Long ones, and many pieces.
local many = {}
for i = 1, 5000 do many[i] = i end
local joined = table.concat(many, ",")
show(#joined, joined:sub(1, 20), joined:sub(-10)) show(#table.concat(many)) show(#table.concat({("x"):rep(100000), ("y"):rep(100000)}, ("z"):rep(1000)))
for _, n in ipairs{1, 10, 100, 511, 512, 513, 1000} do local pieces = {} for i = 1, n do pieces[i] = ("p"):rep(i % 17) end assert(#table.concat(pieces, "|") == select(2, table.concat(pieces, "|"):gsub(".", "")) and select(2, table.concat(pieces, "|"):gsub("|", "")) == n - 1) end
-- As a string builder, backwards and with sub-ranges.
local digits = {}
local value = 987654321
repeat table.insert(digits, 1, value % 10) value = math.floor(value / 10) until value == 0
show(table.concat(digits)) show(table.concat(digits, "", 1, 3) .. "." .. table.concat(digits, "", 4, 6))
local csv = {}
for row = 1, 3 do local cells = {} for column = 1, 4 do cells[column] = row * column end csv[row] = table.concat(cells, ";") end
show((table.concat(csv, "/")))
