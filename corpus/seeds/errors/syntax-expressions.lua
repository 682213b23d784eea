-- seed: errors/syntax-expressions — messages for malformed expressions, calls and assignments
local function try(code)
  local f, e = loadstring(code, "=s") print((code:gsub("\n", "\\n")), f and "ok" or e)
end
for _, code in ipairs{
  "x", "x.", "x.y", "x[", "x[]", "x[1]", "x[1", "x:", "x:y", "x:y.z()", "x:1()", "x.1 = 2", "x..y = 1", "x.y.z",
  "x.'y' = 1", "x.end = 1", "x.[1] = 1", "x = ", "x = 1,", "= 1", "x, = 1", "x, y", "x, y =", "x, 1 = 2",
  "1 = x", "1, x = 2", "'s' = 1", "nil = 1", "true = 1", "x + 1", "x + 1 = 2", "x = 1 = 2", "x == 1", "x() = 1",
  "x(), y = 1, 2", "y, x() = 1, 2", "(x) = 1", "(x).y = 1", "(x)", "(x", "(x))", "()", "((x)", "x = (1",
  "x = 1)", "x = ()", "x = (1, 2)", "x += 1", "x++", "--x", "x = y++", "x ? y : z", "x != 1", "x = !y",
  "x = y != z", "x = y & z", "x = y | z", "x = ~y", "x = y // 2", "x = y << 2", "x ~ y", "x = a ~= b",
  "x = a <> b", "x = a =< b", "x = a => b", "x = a = b",
  "x = +1", "x = 1 +", "x = * 2", "x = 1 * * 2", "x = 1 - - 2", "x = - -", "x = not", "x = #", "x = ..",
  "x = 1 ..", "x = .. 1", "x = 1..2", "x = 1 .. 2", "x = and 1", "x = 1 and", "x = 1 or or 2", "x = not not",
  "x = a b", "x = 1 2", "x = 'a' 'b'", "x = {} {}", "x = a 'b' {}", "x = 1 (2)", "x = 1.x", "x = 1:x()",
  "x = 'a'.x", "x = 'a':x()", "x = {}.x", "x = {}:x()", "x = function() end()", "x = nil.x", "x = true()",
  "x = ...", "function f() x = ... end", "x = ....", "x = ..x", "x = ... .. ...",
  "f(", "f()", "f(1", "f(1,", "f(1,)", "f(,1)", "f(1 2)", "f 1", "f x", "f{", "f{}", "f''", "f'", "f{}()",
  "f().x", "f().x = 1", "f()()", "f() f()", "f()f()", "f() = 1", "f\n()", "f\n(1)", "f\n'x'", "f\n{}",
  "a.b\n(c)", "x = y\n(z)", "f(\n)", "(f)()", "(f)\n()", "('x'):f()", "'x':f()", "{}.x = 1", "{}:f()",
  "f(function)", "f(function() end", "f(if x then)", "f(return 1)", "f(local x)", "f(x = 1)", "f(x: y)",
  "x = f(...)",
  "x = function", "x = function(", "x = function()", "x = function() return", "x = function(a,) end",
  "x = function f() end", "x = function(...) return ... end", "x = function() return ... end",
  "x = if y then 1 else 2", "x = do 1 end", "x = end", "x = while", "x = local y", "x = return",
} do try(code) end
