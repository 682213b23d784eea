-- seed: string/rep — repetition counts, zero, negative, strings as counts, moderate sizes
for n = -2, 5 do print(n, "[" .. ("ab"):rep(n) .. "]", #("x"):rep(n), #(""):rep(n)) end
print(("x"):rep("3"), ("x"):rep(2.9), ("x"):rep(0), ("x"):rep(-1e10), ("abc"):rep(1), (""):rep(1e6) == "",
  #("a\0"):rep(3), string.rep(12, 3))
print(#("x"):rep(1e5), #("hello"):rep(1000), ("ab"):rep(1000):sub(-3), ("x"):rep(100) == ("xx"):rep(50))
print(pcall(string.rep)) print(pcall(string.rep, "x")) print(pcall(string.rep, "x", "y"))
print(pcall(string.rep, "x", nil)) print(pcall(string.rep, {}, 1))
print(pcall(string.rep, "x", {})) print(pcall(string.rep, nil, 1))
print(pcall(function() return ("x"):rep() end))
print(pcall(function() return string.rep() end))
print(("x"):rep(3, ","), ("x"):rep(0 / 0) == "" or #("x"):rep(0 / 0))
local function bar(n) return ("#"):rep(n) .. ("."):rep(10 - n) end
for i = 0, 10, 5 do print(bar(i)) end local s = ""
for i = 1, 10 do s = s .. ("%d"):format(i):rep(i % 4) end print(s) local parts = {}
for i = 1, 5 do parts[i] = (" "):rep(5 - i) .. ("*"):rep(2 * i - 1) end
print(table.concat(parts, "\n")) local big = ("0123456789"):rep(500)
print(#big, big:sub(4996, 5005), big:byte(-1), select(2, big:gsub("5", "")))
local pow = "x" for i = 1, 12 do pow = pow:rep(2) end print(#pow, pow == ("x"):rep(4096))
print(("-"):rep(20)) print((("a"):rep(3) .. ("b"):rep(3)):rep(2))
print(#("\255"):rep(10), ("\255"):rep(2):byte(1, -1))
for _, n in ipairs{0, 1, 2, 10, 255, 256, 1000, 65536} do
  local r = ("ab"):rep(n) print(n, #r, r:sub(1, 1), r:sub(-1))
end
