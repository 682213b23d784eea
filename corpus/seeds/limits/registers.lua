-- seed: limits/registers — expressions that need many registers: function or expression too complex
local function seq(n, f, sep)
  local t = {} for i = 1, n do t[i] = f(i) end return table.concat(t, sep or ",")
end
local function try(name, n, code, ...)
  local f, e = loadstring(code, "=t")
  if not f then print(name, n, (e:gsub("than %d+ variables", "than ? variables"))) else local r = {pcall(f, ...)} print(name, n, r[1], type(r[2]) == "string" and #r[2] > 60 and #r[2] or tostring(r[2])) end
end
for _, n in ipairs{50, 200, 240, 245, 246, 247, 248, 249, 250, 251, 252, 253, 254, 255, 256, 300} do
  try("args", n, "return select('#', " .. seq(n, tostring) .. ")")
  try("return", n, "return " .. seq(n, tostring))
  try("local list", n, "local x = " .. seq(n, tostring) .. " return x")
  try("concat", n, "local a = 'x' return " .. seq(n, function() return "a" end, " .. "))
  try("table", n, "return #{" .. seq(n, tostring) .. "}")
  try("nested calls", n, "local f = ... return " .. ("f("):rep(n > 150 and 150 or n) .. "1" .. (")"):rep(n > 150 and 150 or n), function(x) return x end)
  try("assignment", n, "local t = {} " .. seq(n, function(i) return "t[" .. i .. "]" end) .. " = 1, 2 return t[1], t[2]")
  try("multiple targets", n, seq(n, function(i) return "g" .. i end) .. " = " .. seq(n, tostring) .. " return g" .. n)
  try("right nested", n, "local a = 1 return " .. ("a + ("):rep(n > 150 and 150 or n) .. "a" .. (")"):rep(n > 150 and 150 or n))
end
local locals = {} for i = 1, 200 do locals[i] = "local l" .. i .. " = " .. i end
locals = table.concat(locals, " ")
try("200 locals + call", 40, locals .. " return select('#', " .. seq(40, tostring) .. ")")
try("200 locals + call", 49, locals .. " return select('#', " .. seq(49, tostring) .. ")")
try("200 locals + call", 60, locals .. " return select('#', " .. seq(60, tostring) .. ")")
try("200 locals + concat", 30, locals .. " return " .. seq(30, function(i) return "l" .. i end, " .. "))
try("200 locals + concat", 60, locals .. " return " .. seq(60, function(i) return "l" .. i end, " .. "))
try("200 locals + table", 100, locals .. " return #{" .. seq(100, function(i) return "l" .. i end) .. "}")
try("200 locals + for", 1, locals .. " for i = 1, 2 do end return l1")
