-- 5.4.1 Patterns: repetition, back references, balance, frontier, anchors, captures, and how far they backtrack.

local function show(s, p, ...)
  local results = {pcall(string.find, s, p, ...)}
  for i = 1, table.maxn(results) do results[i] = tostring(results[i]):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end) end
  print(((s .. " ~ " .. p):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end)), unpack(results))
end

-- Repetitions: the longest for "*", "+" and "?", the shortest for "-".
for _, p in ipairs{"a*", "a+", "a-", "a?", "a*b", "a+b", "a-b", "a?b", "a*a", "a+a", "a-a", "a?a", "a*aab", "a-aab", "^a*", "^a-$", "^a-b$", "^a?a?a?a?b", "a*$", "a-$", "(a*)(b*)", "(a-)(b*)", "(a*)(a*)", "(a-)(a*)", "(a+)(a+)", "(a?)(a?)(a?)(a?)", "(a*)(.)", "(a-)(.)", "(.*)(b)", "(.-)(b)", "(.+)b", "(.-)b", ".-", ".*", ".+", ".?", "x*", "x-", "x?", "x+",
  "[ab]*", "[ab]-b", "[^b]*", "[^b]+b", "%a*", "%A*", "%a-b", "a*-", "a-*", "a+*", "a?+", "a%*", "a%+", "a%-", "%.*", ".%.*", "aa?b", "aaa?b", "aaaa?b", "aaaaa?b", "b?a", "b*a", "()a*()", "()a-()b"} do
  show("aaab", p)
  show("xaab", p)
  show("", p)
end
-- Back references and positions.
for _, case in ipairs{{"abab", "(ab)%1"}, {"abba", "(a)(b)%2%1"}, {"hello", "(l)%1"}, {"hello", "(.)%1"}, {"helo", "(.)%1"}, {"'it' \"is\"", "(['\"])(.-)%1"}, {"\"it's\"", "(['\"])(.-)%1"}, {"aa", "(a*)%1"}, {"aaaa", "^(a*)%1$"}, {"aaaaa", "^(a*)%1$"}, {"aaaaaa", "^(a+)%1%1$"}, {"xx", "()%1"}, {"ab12ab", "(%a+)%d+%1"}, {"abcabcab", "(.+)%1"}, {"a\0a\0", "(a%z)%1"},
  {"==[[x]]==", "(=*)%[%[(.-)%]%]%1"}, {"aXbXa", "(.)X(.)X%1"}, {"abc", "((a)(b))%1"}, {"abab", "((a)(b))%1"}, {"abab", "(((a)b))%3"}, {"aba", "(((a)b))%3"}, {"", "()()()"}, {"abc", "()a()b()c()"}, {"abc", "(a)()(b)"}, {"aa", "(a)(%1)"}, {"aaa", "(a)(%1)%2"}} do show(case[1], case[2]) end
-- Balanced text.
for _, p in ipairs{"%b()", "%b()$", "^%b()", "%b[]", "%b<>", "%bxx", "%bxy", "%b((", "%b))", "%b  ", "(%b())", "(%b())(%b())", "%b()%b()", "%b()*", "a%b()b", "%b()+", "[%b()]", "%bab", "%b\"\""} do
  for _, s in ipairs{"", "()", "(())", "a(b(c)d)e", "(()", "())", ")(", "()()", "(a)(b)", "[()]", "xaxbx", "xyxxyy", "ab aabb", "\"q\" \"r\"", "((((", "f(a, g(b), \"c)\") + 1"} do show(s, p) end
end
-- The frontier (not in the manual of 5.1, but there).
for _, case in ipairs{{"THE (quick) fox", "%f[%a]%a+%f[%A]"}, {"hello", "%f[%a]"}, {"hello", "%f[%A]"}, {" hello ", "%f[%a]()"}, {" hello ", "%f[%A]()"}, {"", "%f[%a]"}, {"", "%f[%A]"}, {"", "%f[%z]"}, {"abc", "%f[%z]"}, {"abc", "c%f[%z]"}, {"abc", "%f[^%z]"}, {"a.b", "%f[.]"}, {"a1b2", "%f[%d]%d"}, {"aXb", "%f[X]X%f[^X]"}, {"foo_bar", "%f[%w_]%w+"}, {"\0a", "%f[a]a"}, {"a\0", "a%f[%z]"}, {"aaa", "%f[a]a"}, {"aaa", "a%f[^a]"}} do show(case[1], case[2]) end
-- Anchors.
for _, case in ipairs{{"abc", "^abc$"}, {"abc", "^b"}, {"abc", "b^"}, {"a^b", "a^b"}, {"a^b", "^a^b$"}, {"ab$", "b$$"}, {"a$b", "a$b"}, {"a$b", "$b"}, {"abc", "$"}, {"abc", "^"}, {"abc", "^$"}, {"^a", "%^a"}, {"^a", "^^a"}, {"(^a)", "(^a)"}, {"a", "(^a)"}, {"b$", "(b$)"}, {"b", "(b$)"}, {"b", "b$"}, {"$b", "^$b"}, {"abcabc", "^abc", 2}, {"abcabc", "^abc", 4}, {"abc\n", "c$"}} do show(case[1], case[2], case[3]) end
-- Captures: nested, empty, unfinished, in excess.
for _, case in ipairs{{"abc", "(a(b(c)))"}, {"abc", "((a)b)c"}, {"abc", "()()()"}, {"abc", "(a)(b)(c)"}, {"abc", "(.)(.?)(.?)(.?)"}, {"abc", "(x?)(a)"}, {"abc", "(("}, {"abc", "(a"}, {"abc", "a)"}, {"abc", "(a))"}, {"abc", "((a)"}, {"abc", "(a)(b"}, {"abc", "(.-)%1b"}, {"abc", "%1"}, {"abc", "(a%1)"}, {"abc", "(a)%2"}, {"abc", "()%1"}, {"abc", "(a)%0"}, {"abc", "(z"}, {"", "("}, {"abc", "z("}, {"abc", "z%"}, {"abc", "z[a"}, {"abc", "z%b"}, {"abc", "z)"}} do show(case[1], case[2]) end

-- Backtracking over many alternatives, within reason.
show(("a"):rep(20) .. "b", ("a?"):rep(20) .. ("a"):rep(20) .. "b")
show(("a"):rep(100), ".-.-.-b")
show(("x"):rep(50) .. "y", "(x+x+)+y")
show(("ab"):rep(100), "^(.-)b(.*)a(.-)b$")
-- Long subjects and recursion: the matcher's depth grows with single items, not with their repetitions.
print(#(("a"):rep(200000)):match(".-$"), #(("a"):rep(200000)):match("a*"), (("a"):rep(200000) .. "b"):find("b"), (("a"):rep(2000)):find(".-b"))
print(pcall(string.find, ("a"):rep(3000), ("a?"):rep(3000)))
print(pcall(string.match, ("("):rep(30) .. (")"):rep(30), ("%b()"):rep(1)))
