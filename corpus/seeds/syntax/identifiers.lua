-- seed: syntax/identifiers — names near keywords, underscores, case, keywords as keys
local And, OR, _end, end_, nil1, True, _, __, _1, a1b2, functio, function_ = 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
print(And, OR, _end, end_, nil1, True, _, __, _1, a1b2, functio, function_)
local t = {["end"] = 1, ["nil"] = 2, ["function"] = 3, ["goto"] = 4, goto_ = 5}
print(t["end"], t["nil"], t["function"], t["goto"], t.goto_)
goto = "goto is a name in 5.1"
print(goto, _G["goto"])
continue, self, arg2, this = 1, 2, 3, 4
print(continue, self, arg2, this)
local aVeryLongIdentifierThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOn = "long"
print(aVeryLongIdentifierThatGoesOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOnAndOn)
for _, kw in ipairs{"and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local",
                    "nil", "not", "or", "repeat", "return", "then", "true", "until", "while", "goto", "continue"} do
  local f, e = loadstring("local " .. kw .. " = 1 return " .. kw, "=t")
  print(kw, f and f() or e)
end
print(loadstring("x.end = 1", "=t"))
print(loadstring("return {if = 1}", "=t"))
print(loadstring("local 1a = 1", "=t"))
print(loadstring("return a$b", "=t"))
print(loadstring("return \233t\233", "=t"))
print(loadstring("@x = 1", "=t"))
print(loadstring("local a\0b = 1", "=t"))
