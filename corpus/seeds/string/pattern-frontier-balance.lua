-- seed: string/pattern-frontier-balance — %f, %b, anchors in odd places, malformed patterns
print(("THE (quick) fox"):find("%f[%a]%a+%f[%A]"))
print(("THE (quick) fox"):gsub("%f[%a]%a+", "<%0>"))
print(("hello world"):gsub("%f[%w]%w", string.upper)) print(("aXbXc"):gsub("%f[X]", "|"))
print(("word"):gsub("%f[%w]", "["), ("word"):gsub("%f[%W]", "]"))
print((" word "):gsub("%f[%W]", "]")) print(("x"):find("%f[%z]"))
print(("a\0b"):gsub("%f[%z]", "|")) print((""):find("%f[%z]")) print((""):find("%f[%a]"))
print(("foo.bar"):match("%f[%w]bar%f[%W]"))
print(("the then there"):gsub("%f[%a]the%f[%A]", "THE"))
print(("CamelCaseString"):gsub("%f[%u]%u", " %0")) print(("x"):gsub("%f[x]x%f[^x]", "y"))
print(("f(a(b)c)d"):match("%b()")) print(("f(a(b)c)d"):gsub("%b()", "[]"))
print(("((("):match("%b()")) print((")("):match("%b()")) print(("()()"):gsub("%b()", "x"))
print(("{a{b}c}{d}"):gsub("%b{}", string.len)) print(("<a<b>>"):match("%b<>"))
print(("xaxbx"):match("%bxx")) print(("aaa"):match("%baa"))
print(("begin x end"):match("%bbd")) print(pcall(string.match, "a\0b\0", "%b\0\0"))
print(#("(\0)"):match("%b()"))
print(("if (a and (b or c)) then"):match("if%s+(%b())%s+then"))
print(("[[x]]"):match("%b[]")) print(("((x)"):match("%b()")) print(("''x''"):match("%b''"))
for _, p in ipairs{"%", "[", "[a", "[^", "[]", "[^]", "[%", "[%a", "[a-", "[a-%", "(", ")", "(()", "%f", "%fa",
  "%f[", "%b", "%ba", "%b(", "%1", "(%1)", "a%", "x*%", "[[]", "[]]", "[^]]", "%g", "%f[]", "%f[a", "^", "$",
  "^$", "^^", "$$", "a$b", "a^b", "(^a)", "(a$)", "^(", "%(", "%)", "%%", "%$", "%^x", "[%]", "[%]]", "[a%]",
  "\0", "a\0b", "[\0]", "[^\0]"} do
  local r = {pcall(string.match, "a\0b^$%()x", p)}
  for i = 1, #r do r[i] = tostring(r[i]):gsub("%z", "0") end
  print((p:gsub("%z", "0")), unpack(r))
end
print(("a$b"):match("a$b"), ("a^b"):match("a^b"), ("^a"):match("^^a"), ("a$"):match("a$$"), ("$"):match("^$"),
  ("$"):match("^%$$"), (""):match("^$"), ("\n"):match("^.$") == "\n")
print(("x^2 + y$"):gsub("[%^%$]", ""))
print(("a\nb"):match("a.b") ~= nil, ("a\nb"):match("^b"), ("a\nb"):match("a$"))
