-- 2.4 Statements: closing words that are missing or belong to something else.
-- A message names the opening word and its line if that is another line than the present one.

local function try(source)
  print((source:gsub("\n", "/")), select(2, loadstring(source, "=s")))
end

for _, opening in ipairs{"do", "while x do", "if x then", "for i = 1, 2 do", "for k in p do", "function f()", "local function f()",
  "f = function()", "repeat", "if x then y = 1 else", "if x then elseif y then", "function a.b:c(...)"} do
  for _, rest in ipairs{"", " ", "\n", "\n\n", "\nx = 1\n", " end end", "\nend\nend", " until x", "\nuntil x\nuntil y", " else", "\nelse",
    "\nelseif", " )", "\n)", " }", "\n]", " 1", "\nlocal", "\nreturn", "\nreturn 1\nx = 2", "\nbreak\nx = 2", "\nreturn return"} do
    try(opening .. rest)
  end
end

-- Parentheses, brackets and braces.
for _, opening in ipairs{"x = (", "x = {", "x = t[", "f(", "f{", "t:m(", "x = {[", "function f(", "x = ((", "x = {{", "x = {("} do
  for _, rest in ipairs{"", "\n", "1", "\n1", "\n1\n", "1)", "\n1\n)", "\n1}", "1]", "1\n;", "a,", "a,\nb", "a\nb", "...", "\n...\n", "end",
    "\nend"} do
    try(opening .. rest)
  end
end

-- Deep ones name the innermost that is open.
try("do\nwhile x do\nif y then\nrepeat\nfor i = 1, 2 do\n")
try("do\nwhile x do\nif y then\nrepeat\nfor i = 1, 2 do\nend\n")
try("do\nwhile x do\nif y then\nrepeat\nfor i = 1, 2 do\nend\nuntil z\n")
try("do\nwhile x do\nif y then\nrepeat\nfor i = 1, 2 do\nend\nuntil z\nend\n")
try("do\nwhile x do\nif y then\nrepeat\nfor i = 1, 2 do\nend\nuntil z\nend\nend\n")
try("f(\ng(\nh(\n") try("f(\ng(\nh(\n)") try("f(\ng(\nh(\n)\n)") try("x = {\n{\n(\n") try("x = {\n{\n(\n1") try("x = {\n{\n(\n1)")
try("x = {\n{\n(\n1)}") try("x = function()\nreturn function()\nreturn function()\n") try("x = function()\nreturn (\n")

-- Where a statement ends without a separator.
try("x = 1 y = 2") try("x = 1 (f)()") try("x = f\n(g)()") try("f()\n(g)()") try("f\n()") try("local a = f\n(g or h)()")
try("x = y\n{1}") try("x = y\n'z'") try("x = t\n[1] = 2") try("f()\n;(g)()") try("f();(g)()") try("return f\n(g)")
try("x = 1 2") try("x = 'a' 'b'") try("x = {} {}") try("f 'a' 'b' {1} ()") try("f = function() end ()") try("x = (f) 'y'")
try("return f\n'z'") try("do return end x = 1") try("do return 1, 2 end return 3") try("return\nend") try("break") try("do break end")
try("while x do break; end") try("while x do break y = 1 end") try("while x do do break end y = 1 end") try("if x then break end")
try("while x do function f() break end end") try("repeat break until x") try("for i = 1, 2 do break break end")
