-- seed: debug/locals — getlocal and setlocal: parameters, scopes, loops, varargs, wrong places
local function list(title)
  local parts = {}
  for n = -1, 12 do
    local name, value = debug.getlocal(2, n)
    if name and name ~= "(*temporary)" then
      parts[#parts + 1] = n .. ":" .. name .. "=" .. (type(value) == "number" and value or type(value))
    end
  end
  print(title, table.concat(parts, " "))
end
local function f(a, b, ...)
  list "start" local x = 10
  list "x"
  do local inner = 5 list "inner" local x = "shadow" list "shadow" end
  list "after"
  for i = 1, 1 do list "numeric for" end
  for k, v in pairs{1} do list "generic for" local y = k list "body" end
  while x do local w = 1 list "while" break end
  repeat local r = 2 list "repeat" until r
  print(debug.setlocal(1, 1, "A"), debug.setlocal(1, 3, "X"), debug.setlocal(1, 0, 0), debug.setlocal(1, -1, 0))
  print(a, b, x)
  local function g() return a, x end
  print(debug.setlocal(1, 1, "through an upvalue"), g())
  return a
end
print(f(1, 2, 3, 4)) print(f())
local function old(a, ...) list "arg" return arg.n end
print(old(1, 2, 3))
local function recursive(n)
  local here = n * 10
  if n > 0 then recursive(n - 1) else
    for level = 1, 4 do print(level, debug.getlocal(level, 1), select(2, debug.getlocal(level, 2))) end
    for level = 1, 4 do debug.setlocal(level, 2, level) end
  end
  print(n, here)
end
recursive(3)
local function show(f, ...) print(pcall(debug[f], ...)) end
show("getlocal") show("getlocal", 1) show("getlocal", 100, 1) show("getlocal", "x", 1) show("getlocal", 1, "x")
show("getlocal", 1, 0 / 0) show("getlocal", 1, 1e300) show("getlocal", {}, 1) show("getlocal", 1, 2 ^ 31 - 1)
show("getlocal", 0, 1) show("getlocal", 0, 2) show("getlocal", 0, 3)
show("setlocal") show("setlocal", 1) show("setlocal", 1, 1) show("setlocal", 100, 1, 1) show("setlocal", "x", 1, 1)
show("setlocal", 1, "x", 1) show("setlocal", 1, 1) show("setlocal", 0, 3, "v") show("setlocal", 0, 4, 1) show("setlocal", 0, 3, "v", "w")
