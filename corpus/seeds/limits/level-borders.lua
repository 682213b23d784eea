-- seed: limits/level-borders — the last accepted depth of every nesting construct, relative to that of nested blocks
local forms = {
  {"do", "do ", "", "end "}, {"if", "if x then ", "", "end "}, {"while", "while x do ", "", "end "}, {"repeat",
    "repeat ", "", "until x "},
  {"for", "for i in x do ", "", "end "}, {"function", "local function f() ", "", "end "}, {"anonymous",
    "x = function() ", "", "end "},
  {"paren", "(", "1", ")", "x = "}, {"table", "{", "", "}", "x = "}, {"keyed table", "{a = ", "1", "}",
    "x = "}, {"computed key", "{[", "1", "] = 1}", "x = "},
  {"call", "f(", "", ")"}, {"index", "t[", "1", "]", "x = "}, {"not", "not ", "1", "", "x = "}, {"minus", "- ", "1", "", "x = "},
  {"length", "#", "y", "", "x = "}, {"power", "2 ^ ", "1", "", "x = "}, {"concat", "y .. ", "1", "",
    "x = "}, {"method", "o:m(", "", ")"},
  {"string call", "f", "''", "", "x = "}, {"returned function", "return function() ", "", "end "},
}
local function compiles(form, n)
  return loadstring((form[5] or "") .. form[2]:rep(n) .. form[3] .. form[4]:rep(n), "=t")
end
local function border(form)
  local low, high = 1, 260
  while low < high do
    local mid = math.floor((low + high + 1) / 2)
    if compiles(form, mid) then low = mid else high = mid - 1 end
  end
  return low
end
local base = border(forms[1])
print(base > 150, base <= 200)
for _, form in ipairs(forms) do
  local b = border(form)
  local why = select(2, compiles(form, 250)) or "no limit"
  if why:find("syntax levels") then
    local per = math.floor(base / b + 0.5)
    print(form[1], "levels each", per, "slack", base - b * per >= -1 and base - b * per < per + 1, per == 1 and base - b, why)
  else
    print(form[1], b < 260 and b or "never", why)
  end
end
local function assign(n)
  local t = {}
  for i = 1, n do t[i] = "a" end
  return loadstring(table.concat(t, ",") .. " = 1", "=t")
end
local last = 1
while assign(last + 1) do last = last + 1 end
print("assignment targets", last - base, (select(2, assign(last + 1)):gsub("than %d+", "than ?")))
