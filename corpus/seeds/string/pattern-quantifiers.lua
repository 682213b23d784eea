-- seed: string/pattern-quantifiers — * + - ? with backtracking, greedy and lazy, on single characters and classes
local function m(s, p) return tostring(s:match(p)) end
for _, p in ipairs{"a*", "a+", "a-", "a?", "^a*$", "^a+$", "^a-$", "^a?$", "a*b", "a+b", "a-b", "a?b", "a*a",
  "a*ab", "a-ab", "a?ab", ".*", ".+", ".-", ".?", ".*b", ".-b", ".*$", ".-$", "^.-b", "b*", "x*", "x+", "x-",
  "x?", "[ab]*", "[ab]+", "[ab]-c", "a*b*", "a+b+", "(a*)(b*)", "(a+)(b+)", "(a-)(b*)", "(a*)(a*)", "(a-)(a-)$",
  "(.-)(b+)$", "(.*)(b)", "%a*", "%a-%d", "a**", "a+*", "a?*", "*", "+", "-", "?", "^*", "a-*"} do
  local r = {}
  for _, s in ipairs{"", "a", "aa", "ab", "aab", "aaabbb", "b", "ba", "abc", "aaa1"} do r[#r + 1] = m(s, p) end
  print(p, table.concat(r, " "))
end
print(("<<a>><<b>>"):match("<<(.-)>>"), ("<<a>><<b>>"):match("<<(.*)>>"), ("<<a>><<b>>"):gsub("<<(.-)>>", "%1"))
print(("key = value"):match("^(%w+)%s*=%s*(%w+)$"))
print(("2024-01-15"):match("(%d+)-(%d+)-(%d+)"))
print(("  trim me  "):match("^%s*(.-)%s*$") .. "|")
print(("/usr/local/bin"):match("^(.*)/(.-)$")) print(("file.tar.gz"):match("^(.-)%.(.*)$"))
print(("file.tar.gz"):match("^(.*)%.(.-)$"))
print(("+-12.5e10"):match("^[+-]-%d+%.?%d*[eE]?[+-]?%d*$")) print(("aaa"):find("a-", 2))
print(("aaa"):find("a*", 2)) print(("aXb"):gsub("%u?", "-")) print((""):gsub("a*", "x"))
print(("abc"):gsub("x*", "-")) print(("abc"):gsub("b*", "-"))
print(("hello"):gsub("l*", "L"))
print(("a"):rep(30):match("a?" .. ("a?"):rep(10) .. ("a"):rep(20)) ~= nil, #("a"):rep(1000):match(".-a$"),
  #("a"):rep(1000):match("^(a*)a$"), ("a"):rep(200):find("a*b"), ("ab"):rep(100):match("(ab)*$"))
