-- seed: varargs/positions — ... in the middle and at the end of lists, constructors, calls, operators, assignments
local function f(...)
  print(...) print(..., "end") print("start", ...) print((...), "paren")
  print(#{...}, #{..., 1}, #{1, ...}, #{(...)})
  local a, b = ... local c, d = ..., "d" local e, g, h = "e", ...
  print(a, b, c, d, e, g, h)
  local t = {..., ..., n = ...} print(#t, t.n, t[1], t[2])
  print(pcall(function(...) return ... + 1 end, ...)) print(... == a, not ..., ... and 1, ... or 2)
  if ... then print("true") else print("false") end
  for i = ..., 3 do print("for", i) end
  t.x, t.y = ... print(t.x, t.y)
  local s = type(...) .. tostring(...) print(s)
  return ...
end
print(f(1, 2, 3)) print(f(2))
local function g(...) for i, v in ipairs{...} do print(i, v) end for k, v in pairs{...} do print(k, v) end end
g("a", "b")
local function h(...) while ... do return "loop", ... end return "none" end print(h()) print(h(5, 6))
local function k(a, ...) local b, c = ... a, b, c = c, a, b return a, b, c, ... end print(k(1, 2, 3, 4))
local function m(...) return #..., -(#...), ... .. "x" end print(m("abc"))
local function idx(...) return (...).x, (...)[1], (...):m() end
print(idx({x = "X", "one", m = function() return "method" end}))
local function call(...) return (...)(select(2, ...)) end print(call(math.max, 3, 9, 2))
local function lt(...) return ... < 5, 5 > ..., ... ~= 3 end print(lt(3, 100))
print(loadstring("function f() return ... end", "=t"))
print(loadstring("return function() return ... end", "=t"))
print(type(loadstring("return ...", "=t")))
print(loadstring("function f(..., a) end", "=t"))
print(loadstring("function f(a ...) end", "=t")) print(loadstring("local ... = 1", "=t"))
