-- seed: limits/upvalues — 59 to 61 upvalues in a function, through several levels
local function make(n, nested)
  local decl, use = {}, {}
  for i = 1, n do decl[i] = "local u" .. i .. " = " .. i use[i] = "u" .. i end
  local body = table.concat(use, " + ")
  if nested then body = "(function() return " .. body .. " end)()" end
  return table.concat(decl, "\n") .. "\nreturn (function() return " .. body .. " end)()"
end
for _, n in ipairs{1, 10, 59, 60, 61, 62, 100} do
  local f, e = loadstring(make(n), "=t") print(n, f and f() or e)
  f, e = loadstring(make(n, true), "=t") print(n, f and f() or e)
end
local decl, set, get = {}, {}, {}
for i = 1, 60 do
  decl[i] = "local u" .. i .. " = " .. i set[i] = "u" .. i .. " = u" .. i .. " + 1"
  get[i] = "u" .. i
end
local f = loadstring(table.concat(decl, " ") .. " return function() " .. table.concat(set, " ") .. " end, function() return " .. table.concat(get, " + ") .. " end")
local inc, total = f() print(total()) inc() inc() print(total()) local inc2, total2 = f()
inc2() print(total(), total2())
print(loadstring("local a\nfunction f()\n" .. table.concat((function()
  local t = {} for i = 1, 61 do t[i] = "local x" .. i .. "" end return t
end)(), " ") .. "\nreturn function()\nreturn " .. table.concat((function()
  local t = {} for i = 1, 61 do t[i] = "x" .. i end return t
end)(), ",") .. "\nend end", "=t"))
local globals = {} for i = 1, 100 do globals[i] = "g" .. i end
print(loadstring("return function() return " .. table.concat(globals, " or ") .. " end")()())
local mixed = {} for i = 1, 60 do mixed[i] = "local u" .. i .. " = " .. i end
print(loadstring(table.concat(mixed, " ") .. " return function() local l1, l2 = u1, u60 g = l1 + l2 return g, u30 end")()())
