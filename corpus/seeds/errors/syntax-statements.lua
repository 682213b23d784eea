-- seed: errors/syntax-statements — messages for malformed statements
local function try(code)
  local f, e = loadstring(code, "=s") print((code:gsub("\n", "\\n")), f and "ok" or e)
end
for _, code in ipairs{
  "if", "if x", "if x then", "if x then else", "if x then elseif", "if x then elseif y", "if then end",
  "if x do end", "if x then else else end", "if x then end end", "if x else end", "elseif x then end",
  "else end", "then",
  "while", "while x", "while x do", "while do end", "while x then end", "while x do end end", "do",
  "do end end", "end", "do do end",
  "repeat", "repeat until", "repeat x until", "repeat x() until y z", "until x", "repeat local x until x",
  "for", "for x", "for x =", "for x = 1", "for x = 1 do end", "for x = 1, do end", "for x = 1, 2",
  "for x = 1, 2 do", "for x = 1, 2, 3, 4 do end", "for x, = 1, 2 do end", "for x, y = 1, 2 do end",
  "for 1 = 1, 2 do end", "for x.y = 1, 2 do end", "for x in", "for x in y", "for x in y do",
  "for x, in y do end", "for x, y in do end", "for in x do end", "for x of y do end", "for (x) in y do end",
  "for x in y, z, w do end", "for x = y in z do end",
  "function", "function f", "function f(", "function f()", "function f) end", "function () end",
  "function f.() end", "function f.1() end", "function f:g:h() end", "function f:g.h() end",
  "function f.g:h() end", "function f[1]() end", "function f(a,) end", "function f(a b) end",
  "function f(1) end", "function f(a, ..., b) end", "function f(...a) end", "function f(nil) end",
  "function f(a.b) end", "function f() end end", "function f() return end x = 1", "function 1() end",
  "function 'f'() end", "function f() do end",
  "local", "local 1", "local x y", "local x =", "local x = =", "local x,", "local x, = 1", "local x, 1",
  "local x.y = 1", "local x[1] = 1", "local function", "local function f", "local function f(",
  "local function f.g() end", "local function f:g() end", "local function () end", "local (x) = 1",
  "local x == 1", "local local x", "local end", "local x = 1, 2,", "local f() = 1",
  "return return", "return 1,", "return ,", "return 1 2", "return end", "return = 1", "return x = 1",
  "return; x = 1", "return;;", "break", "break break", "while 1 do break x = 1 end", "do break end",
  "function f() break end", "while 1 do function f() break end end", "goto x", "::x::", "continue",
} do try(code) end
