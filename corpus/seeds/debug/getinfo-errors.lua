-- seed: debug/getinfo-errors — levels out of range, wrong options, what is neither function nor level
local function f() end
local function show(...) print(select("#", pcall(debug.getinfo, ...)), pcall(debug.getinfo, ...)) end
local function kinds(...)
  local r = {pcall(debug.getinfo, ...)}
  print(r[1], type(r[2]) == "table" and r[2].what or r[2])
end
for _, options in ipairs{"x", ">", ">S", "S>", "Sx", "S\0x", "LfX", " S", "\255"} do
  kinds(f, options) kinds(-1, options:gsub("^>", "x")) kinds(print, options)
end
show() show(nil) show({}) show("x") show(1, {}) show(100) show(1e300) show(2 ^ 31 - 1) show(true) show(f, false)
kinds(0 / 0) kinds(2 ^ 31) kinds(-2 ^ 31) kinds("1") kinds(" 0x1 ") kinds(1, 12) kinds(0.9) kinds(-0.9)
local co = coroutine.create(function(a, b) local c = 1 coroutine.yield() end)
kinds(co) kinds(co, 0) kinds(co, 1) kinds(co, {}) kinds(co, f, "x") kinds(co, f, "Sl") kinds(co, -1)
coroutine.resume(co, 5, 6)
for level = -1, 3 do kinds(co, level) end
coroutine.resume(co)
for level = -1, 1 do kinds(co, level) end
