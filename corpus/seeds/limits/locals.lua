-- seed: limits/locals — 199 to 201 locals in a function, in nested blocks, as parameters and loop variables
local function decl(n, body)
  local t = {} for i = 1, n do t[i] = "local v" .. i .. " = " .. i end
  return table.concat(t, "\n") .. "\n" .. (body or "return v1 + v" .. n)
end
for _, n in ipairs{1, 2, 100, 199, 200, 201, 250} do
  local f, e = loadstring(decl(n), "=t") print(n, f and f() or e)
end
local names = {} for i = 1, 200 do names[i] = "v" .. i end
print(loadstring("local " .. table.concat(names, ",") .. " = 1, 2 return v1, v2, v200", "=t")())
names[201] = "v201" print(loadstring("local " .. table.concat(names, ","), "=t"))
names[201] = nil
local f = loadstring("return function(" .. table.concat(names, ",") .. ") return v200, v1 end", "=t")
print(f()(unpack((function() local t = {} for i = 1, 200 do t[i] = i end return t end)())))
names[201] = "v201"
print(loadstring("return function(" .. table.concat(names, ",") .. ") end", "=t"))
names[201] = nil
local blocks = {}
for i = 1, 150 do blocks[i] = "do local a, b = " .. i .. ", 2 x = a + b end" end
print(loadstring(table.concat(blocks, "\n") .. " return x")())
for n = 188, 196 do
  local f, e = loadstring(decl(n, "for i = 1, 2 do for k, v in pairs{1} do v1 = v1 + v end end return v1"), "=t")
  print(n, f and f() or e)
end
print(loadstring(decl(194, "for i = 1, 2 do v1 = v1 + i end return v1"), "=t")())
print(loadstring(decl(197, "for i = 1, 2 do v1 = v1 + i end return v1"), "=t"))
print(select(2, loadstring(decl(198, "local function f() end local g return f"), "=t")) or "198 + 2 fit")
print(loadstring(decl(199, "local function f() end local g return f"), "=t"))
print(loadstring(decl(200, "do local extra end"), "=t"))
print(loadstring(decl(200, "local function inner() " .. decl(200) .. " end"), "=t"))
print(type(loadstring(decl(199, "local function inner() " .. decl(200) .. " end"), "=t")))
print(loadstring("local function f() " .. decl(200) .. " end " .. decl(199) .. " + f()", "=t")())
print(loadstring("function outer()\n\n" .. decl(201) .. "\nend", "=t")) local sum = {}
for i = 1, 200 do sum[i] = "v" .. i end
print(loadstring(decl(200, "return " .. table.concat(sum, " + ")), "=t")())
print(loadstring(decl(200, "return {" .. table.concat(sum, ",") .. "}"), "=t"))
print(loadstring(decl(120, "return #{" .. table.concat(sum, ",", 1, 120) .. "}"), "=t")())
print(loadstring(decl(100, "return select('#', " .. table.concat(sum, ",", 1, 100) .. ")"), "=t")())
