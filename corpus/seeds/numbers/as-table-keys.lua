-- seed: numbers/as-table-keys — integral, fractional, negative, huge and zero keys
local t = {}
t[1] = "one" t[1.0] = "still one" t[0] = "zero" t[-0] = "minus zero" t[-1] = "minus one" t[1.5] = "float"
t[2 ^ 31] = "2^31" t[-2 ^ 31] = "-2^31" t[2 ^ 53] = "2^53" t[1e100] = "1e100"
t[1 / 0] = "inf" t[-1 / 0] = "-inf" t[1e-300] = "tiny"
print(t[1], t[0], t[-0], t[-1], t[1.5], t[3 / 2], t[2147483648], t[-2147483648], t[9007199254740993])
print(t[1e100], t[1 / 0], t[-1 / 0], t[1e-300], t[2], t["1"])
print(pcall(function() t[0 / 0] = 1 end)) print(t[0 / 0], rawget(t, 0 / 0))
print(pcall(rawset, t, 0 / 0, 1)) print(pcall(rawset, t, nil, 1))
print(pcall(function() t[nil] = 1 end)) print(t[nil])
local u = {}
for i = -3, 3 do u[i] = i * i end
print(#u) for i = -3, 3 do joined = (joined or "") .. u[i] .. " " end print(joined)
local n = 0
for k, v in pairs(u) do n = n + v end
print(n)
local w = {}
for i = 1, 10 do w[i / 10] = i end
print(w[0.1], w[0.3], w[0.1 + 0.2], w[0.5], w[1])
local c = 0
for k in pairs(w) do c = c + k end
print(string.format("%.10f", c))
local seen = {}
for k in pairs{[0.5] = 1, [1] = 1, [2] = 1, [3.25] = 1, [-4] = 1, [1e15] = 1} do seen[#seen + 1] = k end
table.sort(seen) print(table.concat(seen, " "))
for k, v in pairs{[3] = "c", [1] = "a", [2] = "b", [10] = "j", [100] = "x", [0.5] = "h", [-1] = "m"} do print(k, v) end
