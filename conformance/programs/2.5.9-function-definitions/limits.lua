-- 2.5.9 Function definitions: the limits of one function: constants, registers, upvalues, parameters, nested functions, jumps.

local function try(label, source, ...)
  local chunk, message = loadstring(source, "=limit")
  if not chunk then print(label, message) return end
  print(label, pcall(chunk, ...))
end
local function list(n, format, separator)
  local out = {}
  for i = 1, n do out[i] = (format:gsub("N", i)) end
  return table.concat(out, separator or " ")
end

-- Constants: the 256 first may be operands of most instructions, later ones are loaded first.
for _, n in ipairs{250, 254, 255, 256, 257, 258, 300, 1000} do
  local prefix = list(n, "c = N.5", "\n") .. "\nlocal t, x, s = {}, 2, 'k' "
  local function with(code) return "local c " .. prefix .. code end
  local results = {}
  for _, code in ipairs{"return x + 9999", "return 9999 - x", "return x == 9999", "return 9999 < x", "return x <= 9999", "t.newfield = 9999 return t.newfield", "t['other'] = 'newvalue' return t.other", "return ('x'):upper()", "t.f = function(a, b) return b end return t:f('late')",
    "return x .. 'late'", "return -9999", "return ({9999, late = 'constant'}).late", "return ({[9999] = 'key'})[9999]", "return x ~= 9999 and 'yes' or 'no'", "late_global = 'g' local v = late_global late_global = nil return v", "for i = 9998, 9999 do c = i end return c", "return nil == x, x == true, false == x"} do
    local ok, value = pcall(assert(loadstring(with(code))))
    assert(ok)
    results[#results + 1] = tostring(value)
  end
  print(n, table.concat(results, " "))
end

-- A million bytes of source, a table of every number once, and strings that are all different.
for _, n in ipairs{5000, 20000} do
  local chunk = assert(loadstring("return {" .. list(n, "N.25", ",") .. "}"))
  local t = chunk()
  assert(#t == n and t[n] == n + 0.25)
  chunk = assert(loadstring("return {" .. list(n, "'sN'", ",") .. "}"))
  t = chunk()
  assert(#t == n and t[n] == "s" .. n)
end

-- Registers: 250 for locals and temporaries together.
for _, n in ipairs{100, 200, 240, 245, 246, 247, 248, 249, 250, 251, 255, 260} do
  try("arguments " .. n, "return select('#', " .. list(n, "N", ",") .. ")")
  try("concatenation " .. n, "local a = 'x' return #(" .. list(n, "(a)", " .. ") .. ")")
  try("constructor " .. n, "return #{" .. list(n, "N", ",") .. "}")
  try("results " .. n, "return select('#', (function() return " .. list(n, "N", ",") .. " end)())")
end
for _, n in ipairs{40, 48, 49, 50, 51, 60} do try("locals and temporaries " .. n, "local " .. list(200, "vN", ",") .. " = 1 return select('#', " .. list(n, "v1", ",") .. ")") end
coroutine.wrap(function()
  for _, n in ipairs{100, 150, 190, 199, 200, 240} do try("nested calls " .. n, "local function f(x) return x end return " .. ("f("):rep(n) .. "5" .. (")"):rep(n)) try("right operands " .. n, "local a = 1 return " .. ("a + ("):rep(n) .. "a" .. (")"):rep(n)) end
end)()
for _, n in ipairs{100, 249, 250, 255, 256, 300} do try("left values " .. n, "local a = {} return " .. list(n, "a") :gsub(" ", " == nil or ") .. " == 5") end
for _, n in ipairs{2, 100, 190, 195, 197, 198, 200} do try("for variables " .. n, "for " .. list(n, "vN", ",") .. " in function(_, c) if not c then return 1 end end do return v1, v2 end") end

-- Parameters.
for _, n in ipairs{1, 100, 199, 200, 201} do try("parameters " .. n, "local function f(" .. list(n, "pN", ",") .. ") return p1, p" .. n .. " end return f(unpack(...))", {7, 8}) try("method parameters " .. n, "local t = {} function t:f(" .. list(n, "pN", ",") .. ") return self == t, p" .. n .. " end return t:f()") try("vararg parameters " .. n, "local function f(" .. list(n, "pN", ",") .. ", ...) return p1, (...) end return f(1)") end

-- Upvalues: 60, also those that only pass through.
for _, n in ipairs{59, 60, 61} do
  try("upvalues " .. n, list(n, "local uN = N") .. " return (function() return " .. list(n, "uN", "+") .. " end)()")
  try("upvalues of the inner one " .. n, list(n, "local uN = N") .. " return (function() return (function() return " .. list(n, "uN", "+") .. " end)() end)()")
  try("assigned upvalues " .. n, list(n, "local uN = N") .. " local f = function() " .. list(n, "uN = uN * 2") .. " end f() return u1, u" .. n)
end
try("one upvalue often", "local u = 1 return (function() return " .. list(500, "u", "+") .. " end)()")

-- Nested functions: many in one, and one in another.
try("many functions", "local t = {} " .. list(3000, "t[N] = function() return N end") .. " return t[1](), t[1500](), t[3000]()")
coroutine.wrap(function() for _, n in ipairs{50, 150, 190, 198, 200, 250} do try("functions in functions " .. n, ("return (function() "):rep(n) .. "return " .. n .. (" end)()"):rep(n)) end end)()

-- Jumps over long code, forwards and backwards.
for _, n in ipairs{1000, 20000} do
  local body = ("x = x + 1 "):rep(n)
  try("long if " .. n, "local x, flag = 0, ... if flag then " .. body .. " else " .. body .. body .. " end return x", true)
  try("long else " .. n, "local x, flag = 0, ... if flag then " .. body .. " else " .. body .. body .. " end return x", false)
  try("long while " .. n, "local x, i = 0, 0 while i < 3 do i = i + 1 if i == 2 then break end " .. body .. " end return x, i")
  try("long for " .. n, "local x = 0 for i = 1, 3 do " .. body .. " end for _, v in ipairs{1, 2} do " .. body .. " end return x")
  try("long repeat " .. n, "local x, i = 0, 0 repeat i = i + 1 " .. body .. " until i == 2 return x")
end
try("elseif chain", "local v = ... if v == 0 then return 'zero' " .. list(2000, "elseif v == N then return 'vN'") .. " end", 1999)
try("or chain", "local v = ... return " .. list(3000, "v == N", " or "), 3000)
try("many lines", ("\n"):rep(200000) .. "error('late line')")
