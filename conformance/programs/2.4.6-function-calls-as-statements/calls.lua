-- 2.4.6 Function calls as statements: all results are thrown away; only calls may be statements.

local log = {}
local function f(...)
  log[#log + 1] = select("#", ...)
  return ...
end
local t = {f = f, deeper = {f = f}}
function t:m(...) log[#log + 1] = "m" .. select("#", ...) return self, ... end

f()
f(1, 2, 3)
f(f(1, 2), f(3, 4))
f((f(1, 2)))
f{} f"" f'x' f[[long]] f{f}
t.f(1) t["f"](1, 2) t.deeper.f() t.deeper["f"](nil)
t:m() t:m(1):m(2, 3):m{} t:m"x" t:m[[y]] t:m{1}:m()
;(f)(1)
do (f)(1, 2) end
(function(...) f(...) end)(1, 2, 3);
(function() end)()
string.format("%d", 1);
("x"):rep(2)
print(table.concat(log, " "))

-- Results are dropped, and do not disturb what is around.
local a, b, c = 1, 2, 3
f(9, 8, 7)
assert(a == 1 and b == 2 and c == 3)
f(f(a, b, c))
assert(a == 1 and b == 2 and c == 3)
for i = 1, 3 do local x = i f(i, i, i) assert(x == i) end
local function many() return unpack({}, 1, 200) end
many() many() t:m(many())
assert(a == 1 and b == 2 and c == 3)

-- A call statement is the last of a function without a return: no results.
local function silent() f(1, 2, 3) end
assert(select("#", silent()) == 0)

-- Anything else is not a statement.
for _, source in ipairs{"f", "f.x", "f[1]", "f:m", "(f)", "(f())", "(f)()", "((f))()", "f()()", "f().x", "f().x()", "f():m()", "1", "1()", "'s'", "'s'()", "('s')()",
  "'s':rep()", "('s'):rep()", "{}", "{}()", "({})()", "nil", "nil()", "true", "...", "...()", "(...)()", "a + b", "a + b()", "-f()", "not f()", "#f()", "f() + 1",
  "f() .. g()", "f() == g()", "f() and g()", "f(), g()", "function() end", "function() end()", "(function() end)()", "f(", "f)", "f(1", "f(1,)", "f(,)", "f(1 2)",
  "f{", "f}", "f{1,,2}", "f:m(1", "f:1()", "f:'m'()", "f:m", "f:m.x()", "f:m:n()", "f.m:n()", "f..g()", "f.1()", "f.'x'()", "f:end()", "f.end()", "f 1", "f nil",
  "f x", "f true", "f function() end", "f 'a' .. 'b'", "f (1)(2)", "f 'a' 'b'", "f {} {}", "f; g", "f();;", "f()g()", "f()\ng()", "f\n'x'", "f\n{}", "f\n[[x]]", "f\n(1)"} do
  local loaded, message = loadstring(source, "=c")
  print((source:gsub("\n", "/")), loaded and "accepted" or message)
end
