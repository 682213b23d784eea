-- 2.5.6 Precedence: every pair of binary operators, unary ones before and behind, and associativity.
-- Values with metamethods note in which groups an expression is evaluated.

local mt = {}
local function text(v) return type(v) == "table" and v.text or type(v) == "string" and v or tostring(v) end
local function object(s) return setmetatable({text = s}, mt) end
for event, sign in pairs{add = "+", sub = "-", mul = "*", div = "/", mod = "%", pow = "^", concat = ".."} do
  mt["__" .. event] = function(a, b) return object("(" .. text(a) .. sign .. text(b) .. ")") end
end
mt.__unm = function(a) return object("(-" .. text(a) .. ")") end
local environment = {a = object("a"), b = object("b"), c = object("c"), d = object("d")}
local function evaluate(source)
  local chunk = assert(loadstring("return " .. source))
  return text(setfenv(chunk, environment)())
end

local arithmetic = {"+", "-", "*", "/", "%", "^", ".."}
for _, first in ipairs(arithmetic) do
  for _, second in ipairs(arithmetic) do
    print("a " .. first .. " b " .. second .. " c", evaluate("a " .. first .. " b " .. second .. " c"))
  end
  print("-a " .. first .. " b", evaluate("-a " .. first .. " b"))
  print("a " .. first .. " -b", evaluate("a " .. first .. " -b"))
  print("-a " .. first .. " -b " .. first .. " -c", evaluate("-a " .. first .. " -b " .. first .. " -c"))
end
for _, source in ipairs{"a + b * c - d", "a * b + c * d", "a ^ b * c ^ d", "a .. b + c .. d", "a + b .. c + d", "a - b - c - d", "a ^ b ^ c ^ d", "a .. b .. c .. d", "-a ^ b ^ -c",
  "- - a", "-(-a)", "-a * -b", "a % b * c / d", "a / b * c % d", "(a + b) * (c - d)", "a ^ -b ^ c", "a ^ (-b) ^ c", "-a .. -b", "a * -b ^ c", "(a .. b) .. c", "((a))"} do
  print(source, evaluate(source))
end

-- Comparison and logic, on plain values: the same as with the parentheses of the manual's table.
local order = {
  {"or", 1}, {"and", 2}, {"<", 3}, {">", 3}, {"<=", 3}, {">=", 3}, {"~=", 3}, {"==", 3}, {"..", 4, "right"}, {"+", 5}, {"-", 5}, {"*", 6}, {"/", 6}, {"%", 6}, {"^", 8, "right"},
}
local function outcome(source)
  local ok, value = pcall(assert(loadstring("local a, b, c, d = 7, 2, '3', 5 return " .. source)))
  return ok and "value " .. tostring(value) or "error " .. value:gsub("^.-:%d+: ", "")
end
local same = 0
for _, first in ipairs(order) do
  for _, second in ipairs(order) do
    local left = first[2] > second[2] or first[2] == second[2] and not first[3]
    local plain = ("a %s b %s c"):format(first[1]:gsub("%%", "%%"), second[1])
    local grouped = left and ("(a %s b) %s c"):format(first[1], second[1]) or ("a %s (b %s c)"):format(first[1], second[1])
    assert(outcome(plain) == outcome(grouped), plain)
    print(plain, outcome(plain))
    same = same + 1
    -- unary operators bind tighter than all binary ones but "^".
    for _, unary in ipairs{"not ", "-", "#"} do
      local operand = unary == "#" and "c" or "a"
      local prefixed = unary .. operand .. " " .. first[1] .. " b"
      local explicit = first[1] == "^" and unary .. "(" .. operand .. " ^ b)" or "(" .. unary .. operand .. ") " .. first[1] .. " b"
      assert(outcome(prefixed) == outcome(explicit), prefixed)
    end
  end
end
print(same)

-- Values.
print(2 + 3 * 4 ^ 2 / 2 - 1, (2 + 3) * 4, -3 ^ 2, 2 ^ -3, -2 ^ -2, 2 ^ 3 ^ 2, (2 ^ 3) ^ 2, 8 / 4 / 2, 8 - 4 - 2, 7 % 4 % 2, 2 * 3 % 4, 1 .. 2 + 3 .. 4)
print(not nil == true, not (nil == true), not 1 == 2, 1 + 1 == 2, 1 < 2 == true, "a" .. "b" == "ab", not "a" == "b", #"abc" + 1, -"2" + 3, - - 3, not not nil, -#"abc", #"a" .. "b")
print(1 or 2 and 3, nil and 1 or 2, false or nil and 1, 1 and 2 or 3, not 1 or 2, nil == false or 1, 1 == 1 and 2 == 2, 1 < 2 and 2 < 3, "x" < "y" == not nil)

-- Depth of nesting: the compiler's bound, in a coroutine whose count of levels starts anew.
coroutine.wrap(function()
  for _, form in ipairs{{"(", "1", ")"}, {"-", "1", ""}, {"not ", "1", ""}, {"- -", "1", ""}, {"{", "1", "}"}, {"1 + ", "1", ""}, {"1 .. ", "1", ""}, {"2 ^ ", "1", ""}, {"f(", "1", ")"},
    {"a[", "1", "]"}, {"function() return ", "1", " end"}, {"1 < ", "1", ""}, {"x and ", "1", ""}, {"(", "1", "+1)"}, {"1+(", "1", ")"}} do
    for _, n in ipairs{20, 90, 98, 150, 190, 197, 199, 201, 300} do
      local chunk, message = loadstring("return " .. form[1]:rep(n) .. form[2] .. form[3]:rep(n), "=d")
      print(form[1], n, chunk and "accepted" or message)
    end
  end
end)()
