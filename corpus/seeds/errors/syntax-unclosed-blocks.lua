-- seed: errors/syntax-unclosed-blocks — "'end' expected (to close ... at line n)" and its relatives
local function try(code) print((select(2, loadstring(code, "=s")))) end
for _, code in ipairs{
  "if x then\n\n", "if x then\nelse\n\n", "if x then\nelseif y then\n", "while x do\n\n", "for i = 1, 2 do\n\n",
  "for k in pairs(t) do\n\n", "function f()\n\n", "local function f()\n\n", "x = function()\n\n", "repeat\n\n",
  "do\n\n", "f(\n\n", "f(1,\n2\n", "x = {\n1,\n\n", "x = (\n1\n", "x = t[\n1\n", "a[1\n=2", "x = {\n{\n{\n}\n",
  "f(g(\nh(\n)\n", "((\n1)\n",
  "function f()\nif x then\nend\n", "function f()\nwhile x do\nif y then\nend\nend\n", "do\ndo\ndo\nend\nend\n",
  "repeat\nif x then\nuntil y", "while x do\nrepeat\nend",
  "for i = 1, 2 do\nif x then\nfor j = 1, 2 do\nend\nend\n", "if x then\nfunction f()\nelse\nend",
  "x = {\nfunction()\n}\n", "f(function()\n)\n", "if x then\n}", "do\n)", "while x do\n]",
  "function f()\nuntil", "repeat\nend\n", "do\nuntil x", "if x then\nuntil x", "for i = 1, 2\ndo\n",
  "for i = 1,\n2\n",
  "if x then", "while x do", "for i = 1, 2 do", "function f()", "repeat", "do", "f(", "x = {", "x = (1",
  "x = t[1", "repeat until", "x = function()", "x = {[1", "function f(a", "function f(a,", "for i", "for i,",
  "local x =", "return (", "return {", "return f{", "return -", "return not", "return 1 +\n\n", "x = 1 +\n\n\n",
  "x =\n\n", "x.\n\n", "x:\n\n", "local\n\n", "local function\n\n",
  "function f() return 1", "function f() return 1 2 end", "function f() return end", "do return",
  "do return 1 x() end", "while x do break", "while x do break y() end", "if x then return end else end",
  "if x then return 1 else return 2", "if x then break end", "function a.b.c:d(\n", "function a.b.\nc:\n",
  "x = [==[\n\n", "x = '\n\n", "--[[\n\n\n", "x = 'a\\\nb\\\nc", "f{\na = 1\nb = 2\n}", "f(\na\nb\n)",
  "x = a\n.b\n.c\n:d", "return\n\nend", "\n\n\nend", "x = 1\nend\n", "x = 1\n}\n", "x = 1\n\n\n)",
  "local t = {\na = 1,\nb = 2\nc = 3\n}",
} do try(code) end
