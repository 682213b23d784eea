-- 2.5.3 Logical operators: their values, short cuts, and every shape in which the compiler sees them.

-- The examples of the manual.
assert((10 or 20) == 10 and (10 or error()) == 10 and (nil or "a") == "a" and (nil and 10) == nil and (false and error()) == false)
assert((false and nil) == false and (false or nil) == nil and (10 and 20) == 20)

-- All pairs of values: and gives the first if it is false, or gives the first if it is true.
local values = {n = 7, nil, false, true, 0, "", "s", print}
local function name(v) return v == print and "print" or type(v) == "string" and '"' .. v .. '"' or tostring(v) end
for i = 1, values.n do
  local row = {}
  for j = 1, values.n do
    local a, b = values[i], values[j]
    row[j] = name(a and b) .. "/" .. name(a or b)
    assert(rawequal(a and b, (not a) and a or (a and b)) and (not (a and b)) == (not a or not b) and (not (a or b)) == (not a and not b))
  end
  print(name(values[i]), name(not values[i]), table.concat(row, " "))
end

-- The second operand is evaluated only if needed.
local log = {}
local function note(n, v) log[#log + 1] = n return v end
local _ = note("a", nil) and note("b", 1), note("c", 1) and note("d", 1), note("e", nil) or note("f", 1), note("g", 1) or note("h", 1)
_ = (note("i", nil) or note("j", false)) and note("k", 1) or note("l", 1)
_ = note("m", 1) and (note("n", nil) or note("o", nil)) and note("p", 1)
_ = not note("q", nil) and not note("r", 1) or note("s", 1)
print(table.concat(log, " "))

-- One value of a call; all values only at the end of a list, which an operator is not.
local function two() return nil, 2 end
local function count(...) return select("#", ...) end
print(count(two() or two()), count(two() and two()), count(1 and two()), count((two())), (two() or 3))

-- Each formula over three variables, evaluated as value, as argument, in conditions, in returns, and in a table.
local formulas = {"a and b", "a or b", "not a", "a and b or c", "a or b and c", "(a or b) and c", "a and (b or c)", "not a and b", "not (a and b)", "not a or not b",
  "not (a or b) and c", "a and b and c", "a or b or c", "not not a", "not not (a and b)", "not (not a or b)", "a == b and c", "a == b or c", "(a == b) == c", "a ~= b and b ~= c",
  "not (a == b) or c", "(a and b) == (b and a)", "a and not b or b and not a", "(a and b or c) == (a and (b or c))", "a and nil", "a or nil", "nil and a", "nil or a", "false and a",
  "false or a", "true and a", "true or a", "1 and a", "a and 1", "a or 1", "'x' and a or b", "a and 'x' or 'y'", "not (a and 1)", "not nil and a", "not (1 == 2) and a", "a and 1 == 1",
  "1 == 2 or a", "(a or nil) and (b or nil)", "a and b or c and a or b and c", "((a and b) or (not a and c)) and not (b and c)", "a and {} ~= nil", "a and (function() return b end)()",
  "(a and 1 or 2) < (b and 2 or 1)", "a and -1 or -c", "#(a and 'xx' or '') == 2"}
local choices = {false, nil, 1}
local function shown(ok, ...)
  return ok and tostring(...) or (tostring(...):gsub("^.-:%d+: ", ""))
end
for _, formula in ipairs(formulas) do
  local source = ([[
    local a, b, c = ...
    local stored = F
    local function ret() return F end
    local function tail() return (F) end
    local field = {F, k = F}
    local branch, negated, loop, till = "f", "t", "f", "f"
    if F then branch = "t" end
    if not (F) then negated = "f" end
    while F do loop = "t" break end
    local rounds = 0
    repeat rounds = rounds + 1 if rounds == 2 then break end till = rounds until F
    local upvalue = (function() return F end)()
    local same = rawequal(stored, ret()) and rawequal(stored, tail()) and rawequal(stored, field[1]) and rawequal(stored, field.k) and rawequal(stored, upvalue)
    return same, stored, branch .. negated .. loop .. rounds
  ]]):gsub("F", (formula:gsub("%%", "%%%%")))
  local chunk = assert(loadstring(source, "=f"))
  local row = {}
  for bits = 0, 26 do
    local a, b, c = choices[bits % 3 + 1], choices[math.floor(bits / 3) % 3 + 1], choices[math.floor(bits / 9) + 1]
    local ok, same, value, branches = pcall(chunk, a, b, c)
    if ok then
      assert(same and branches:sub(1, 1) == branches:sub(2, 2))
      row[#row + 1] = shown(true, value) .. branches
    else
      row[#row + 1] = shown(false, same)
    end
  end
  print(formula, (table.concat(row, " "):gsub("0x%x+", "")))
end

-- Very long chains.
print(#loadstring("return " .. ("nil or "):rep(3000) .. "'end'")(), loadstring("return " .. ("1 and "):rep(3000) .. "false")())
local chain = loadstring("local x = ... return " .. ("x == nil and "):rep(500) .. "'nil' or " .. ("x == 1 or "):rep(500) .. "'other'")
print(chain(nil), chain(1), chain(2))
