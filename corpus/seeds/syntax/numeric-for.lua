-- seed: syntax/numeric-for — limits, steps, floats, empty loops, the copy of the control variable
local function show(a, b, c)
  local t = {}
  if c then for i = a, b, c do t[#t + 1] = tostring(i) if #t > 12 then break end end
  else for i = a, b do t[#t + 1] = tostring(i) if #t > 12 then break end end end
  print(a, b, c, "->", table.concat(t, " "))
end
show(1, 3) show(3, 1) show(1, 1) show(0, -1) show(-2, 2)
show(3, 1, -1) show(1, 3, -1) show(1, 10, 3) show(10, 1, -4)
show(1, 2, 0.25) show(0.1, 0.5, 0.1) show(1.5, 3) show(1, 2.9) show(-1, -2.5, -0.5)
show(1, 0, 0) show(1, 3, 0)
show(1, 1 / 0, 1000) show(-1 / 0, 0) show(1 / 0, 1) show(1, -1 / 0, -1)
show(0 / 0, 1) show(1, 0 / 0) show(1, 3, 0 / 0)
show("1", "3") show("0x3", 5, " 1 ") show(1, "1e0")
show(2 ^ 53, 2 ^ 53 + 2) show(2 ^ 53 - 2, 2 ^ 53)
for i = 1, 3 do local old = i; i = i * 10; print(old, i) end
local n = 3
for i = 1, n do n = 10; if i == 3 then print("limit is fixed", i) end end
local function once(what, v) print("evaluated", what) return v end
for i = once("start", 1), once("limit", 2), once("step", 1) do print(i) end
for i = 1, 0 do print("never") end
for _ = 1, 2 do for _ = 1, 2 do print(_) end end
