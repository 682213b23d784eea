-- 5.4 String manipulation: gsub: replacements by text, function and table, counts, anchors, empty matches, captures.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- The examples of the manual.
show(("hello world"):gsub("(%w+)", "%1 %1")) show(("hello world"):gsub("%w+", "%0 %0", 1)) show(("hello world from Lua"):gsub("(%w+)%s*(%w+)", "%2 %1"))
show(("home = $HOME, user = $USER"):gsub("%$(%w+)", {HOME = "/home/roberto", USER = "roberto"})) show(("4+5 = $return 4+5$"):gsub("%$(.-)%$", function(s) return loadstring(s)() end)) show(("$name-$version.tar.gz"):gsub("%$(%w+)", {name = "lua", version = "5.1"}))

-- Text: %0 to %9, %%, other escapes.
for _, r in ipairs{"", "x", "%0", "%1", "<%1>", "%%", "%%1", "%1%0%1", "%0%0", "a%%b", "%a", "%.", "%-", "%z", "%\0", "\0", "a\0b", "$1", "\\1", "&"} do show(r, ("abc"):gsub("b", r)) show(r, ("abc"):gsub("(b)", r)) end
for _, r in ipairs{"%", "x%", "%2", "%3", "%9"} do show(r, pcall(string.gsub, "abc", "b", r)) show(r, pcall(string.gsub, "abc", "(b)", r)) show(r, pcall(string.gsub, "abc", "(b)(c)", r)) show(r, pcall(string.gsub, "abc", "z", r)) end
show(("abc"):gsub("()", "%1")) show(("abc"):gsub("()b()", "[%1-%2]")) show(("abc"):gsub("((a)(b))", "%1,%2,%3;")) show(("abcdefghi"):gsub("(.)(.)(.)(.)(.)(.)(.)(.)(.)", "%9%8%7%6%5%4%3%2%1%0")) show(("x"):gsub("x", 5)) show(("x"):gsub("x", 1.5)) show(("x x"):gsub("x", -1))

-- Functions: called with the captures, or the whole match; false and nil keep the match.
local calls = {}
show(("abc"):gsub("%w", function(...) calls[#calls + 1] = select("#", ...) .. table.concat({...}) return nil end)) show(("abc"):gsub("(%w)(%w)", function(...) calls[#calls + 1] = select("#", ...) .. table.concat({...}) return ... end)) show(("abc"):gsub("()", function(...) calls[#calls + 1] = type((...)) .. ... return "." end))
show(unpack(calls))
for _, r in ipairs{"text", "", 5, 1.5, false, "%1", "a\0b"} do show(("abc"):gsub("b", function() return r end)) end
show(("abc"):gsub("b", function() end)) show(("abc"):gsub("b", function() return "x", "y" end))
for _, r in ipairs{true, {}, print, newproxy(), coroutine.create(function() end)} do show(type(r), pcall(string.gsub, "abc", "b", function() return r end)) end
show(pcall(string.gsub, "abc", "b", function() error("raised", 0) end)) show(pcall(string.gsub, "abc", "b", function() error({}) end)) show(("abc"):gsub("%w", string.upper)) show(("abc"):gsub("%w", print)) show(pcall(string.gsub, "abc", "%w", setmetatable)) show(("abc"):gsub("%w", string.byte)) show(pcall(string.gsub, "abc", "%w", type))
-- A callable table is a table.
show(("abc"):gsub("b", setmetatable({}, {__call = function() return "never" end, __index = function(_, k) return k .. k end})))

-- Tables: indexed by the first capture, with metamethods.
show(("abc"):gsub("%w", {a = "1", b = true and "2", c = false})) show(("abc"):gsub("(%w)(%w)", {a = "first"})) show(("abc"):gsub("()", {[1] = "one", [2] = "two"})) show(("a1b2"):gsub("%d", {["1"] = "text", [2] = "number"})) show(("abc"):gsub(".", {b = 5, c = 1.5}))
show(pcall(string.gsub, "abc", "b", {b = true})) show(pcall(string.gsub, "abc", "b", {b = {}})) show(pcall(string.gsub, "abc", "b", setmetatable({}, {__index = function() error("in index", 0) end}))) show(("abc"):gsub("b", setmetatable({}, {__index = string})))

-- The count.
for _, n in ipairs{0, 1, 2, 3, 4, 100, -1, -100, 1.9, 0.9, "2", 1e10, -1e10, 1 / 0} do show(n, pcall(string.gsub, "aaa", "a", "b", n)) end
show(("aaa"):gsub("a", "b", nil)) show(pcall(string.gsub, "aaa", "a", "b", "x")) show(pcall(string.gsub, "aaa", "a", "b", {})) show(("abc"):gsub("", "-", 2)) show(("abc"):gsub("", "-", 0))

-- Anchors and empty matches.
for _, case in ipairs{{"abc", "", "-"}, {"", "", "-"}, {"abc", "^", "-"}, {"abc", "$", "-"}, {"abc", "^$", "-"}, {"", "^$", "-"}, {"aaa", "^a", "b"}, {"aaa", "a$", "b"}, {"abc", "x*", "-"}, {"abc", "b*", "-"}, {"abcb", "b-", "-"}, {"aXbX", "X?", "-"}, {"hello", "l*", "."}, {"  a  b ", "%s+", "_"}, {"  a  b ", "%s*", "_"}, {"abc", ".-", "x"}, {"abc", ".*", "x"},
  {"abc", ".+", "x"}, {"a\nb\nc", "$", "!"}, {"a^b", "^a^b", "x"}, {"a$b", "a$b", "x"}, {"a^b", "b^", "x"}, {"$$", "$", "x"}, {"$$", "%$", "x"}, {"^^", "^^", "x"}, {"äö", ".", "%0|"}, {"\0\0a", "%z", "0"}, {"a\0b", "[^%z]", "x"}, {"abc", "%f[%w]", "<"}, {"one two", "%f[%w]%w+", "<%0>"}, {"one two", "%w+%f[%W]", "<%0>"}, {"f(x(y))", "%b()", "[]"}, {"))((", "%b()", "[]"}} do
  show(case[1], case[2], case[1]:gsub(case[2], case[3]))
end

-- Types of the other arguments; long texts; nested calls.
show(string.gsub(12321, 2, "x")) show(string.gsub(12321, 2, 7)) show(pcall(string.gsub)) show(pcall(string.gsub, "x")) show(pcall(string.gsub, "x", "x")) show(pcall(string.gsub, "x", "x", nil)) show(pcall(string.gsub, "x", "x", true)) show(pcall(string.gsub, {}, "x", "x")) show(pcall(string.gsub, "x", {}, "x")) show(pcall(string.gsub, "x", "x", newproxy()))
local long = ("abc "):rep(5000)
local replaced, n = long:gsub("%w+", function(w) return w:upper():reverse() end)
show(#replaced, n, replaced:sub(1, 12)) show(#(long:gsub(" ", "<space>")), (select(2, long:gsub("", ""))), #(long:gsub("", "."))) show(("x"):gsub("x", ("y"):rep(10000)):len())
show((("f(g(1),h(2))"):gsub("%w+%b()", function(s) return (s:gsub("%d", function(d) return (("<d>"):gsub("d", d)) end)) end)))
local function expand(s, env, depth) return (s:gsub("{(%w+)}", function(k) return depth > 0 and env[k] and expand(env[k], env, depth - 1) or nil end)) end
show(expand("{a} and {b} {c}", {a = "A{b}", b = "B{a}"}, 5))
