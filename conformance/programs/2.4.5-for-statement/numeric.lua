-- 2.4.5 For statement: the numeric for. Start, limit and step of every kind, the control variable, and the messages.

local function run(a, b, c, most)
  local seen = {}
  if c == nil then
    for i = a, b do seen[#seen + 1] = tostring(i) if #seen >= (most or 8) then seen[#seen + 1] = "…" break end end
  else
    for i = a, b, c do seen[#seen + 1] = tostring(i) if #seen >= (most or 8) then seen[#seen + 1] = "…" break end end
  end
  return "{" .. table.concat(seen, " ") .. "}"
end

local inf, nan = 1 / 0, 0 / 0
for _, case in ipairs{{1, 3}, {3, 1}, {1, 1}, {0, 0}, {-2, 2}, {1, 3.5}, {1.5, 3}, {1, 0.999}, {1, 1.0}, {-0.5, 0.5}, {1, 3, 1}, {1, 3, 2}, {1, 4, 2},
  {3, 1, -1}, {3, 1, -2}, {1, 3, -1}, {3, 1, 1}, {1, 2, 0.25}, {0, 1, 0.1, 20}, {1, 0, -0.25}, {0.1, 0.5, 0.1}, {1, 1, -1}, {1, 1, 5}, {2, 1, 0.5},
  {"1", "3"}, {"10", "1", "-4"}, {" 0x1 ", "0x3"}, {1, "2.5", ".5"}, {1, inf}, {-inf, 0}, {inf, 0}, {inf, 0, -1}, {-inf, inf, 1e308}, {1, -inf}, {1, -inf, -1},
  {inf, inf}, {-inf, -inf, -1}, {nan, 1}, {1, nan}, {1, 2, nan}, {nan, nan}, {1, 3, inf}, {1, 3, -inf}, {3, 1, -inf}, {1, inf, inf},
  {2 ^ 53, 2 ^ 53 + 4}, {2 ^ 53 - 2, 2 ^ 53 + 2, 1, 10}, {-2 ^ 53, -2 ^ 53 + 2}, {2 ^ 31 - 1, 2 ^ 31 + 1}, {1e308, inf, 1e308}, {5e-324, 2e-323, 5e-324}} do
  print(tostring(case[1]):gsub("-nan", "nan"), tostring(case[2]):gsub("-nan", "nan"), (tostring(case[3]):gsub("-nan", "nan")),
    (run(unpack(case, 1, 4)):gsub("-nan", "nan")))
end
-- A step of zero never ends upwards: with a limit not above the start it makes no round in the reference, or goes on for ever.
print(run(1, 3, 0), run(3, 1, 0), run(1, 1, 0), run(1, 3, -0), run(0, 0, 0 * -1))

-- The three expressions are evaluated once, before the loop, in their order.
local log = {}
local function note(v) log[#log + 1] = v return v end
for i = note(1), note(3), note(1) do log[#log + 1] = "r" .. i end
for i = note(5), note(4), note(1) do log[#log + 1] = "never" end
print(table.concat(log, " "))
local limit, step = 3, 1
local rounds = 0
for i = 1, limit, step do limit, step, rounds = 100, 50, rounds + 1 end
assert(rounds == 3)

-- The loop variable is local and fresh each round; assigning it does not change the course in the reference.
local seen = {}
for i = 1, 4 do seen[#seen + 1] = i i = i * 10 seen[#seen + 1] = i end
print(table.concat(seen, " "), i)
local functions = {}
for i = 1, 4 do functions[i] = function(n) i = i + (n or 0) return i end end
functions[2](40)
print(functions[1](), functions[2](), functions[3](), functions[4]())
local i = "outer"
for i = 1, 2 do assert(i ~= "outer") end
assert(i == "outer")
for i = i == "outer" and 1 or 5, 2 do assert(type(i) == "number") end

-- Nested loops, breaks, returns.
local pairs_seen = {}
for a = 1, 3 do for b = a, 3 do if b == 3 and a == 2 then break end pairs_seen[#pairs_seen + 1] = a .. b end end
print(table.concat(pairs_seen, " "))
local function first_square_over(n) for k = 1, inf do if k * k > n then return k end end end
print(first_square_over(50), first_square_over(0))

-- The limits of the bytecode: long bodies.
local body = ("x = x + 1 "):rep(5000)
x = 0
loadstring("for i = 1, 2 do " .. body .. " end")()
assert(x == 10000)
x = nil

-- Wrong types. The order of the checks shows in which message comes.
local kinds = {{"nil", nil}, {"true", true}, {"string", "x"}, {"empty", ""}, {"table", {}}, {"function", print}, {"userdata", newproxy()}}
local function message(f, ...) return (select(2, pcall(f, ...)):gsub("^.-%.lua:%d+: ", "")) end
for k = 1, #kinds do
  local v = kinds[k][2]
  print(kinds[k][1], message(function() for i = v, 1 do end end), message(function() for i = 1, v do end end),
    message(function() for i = 1, 2, v do break end return error("nil step") end))
  print("", message(function() for i = v, v, v do end end), message(function() for i = 1, v, v do end end), message(function() for i = v, 1, v do end end))
end
local object = setmetatable({}, {__add = function() return 1 end, __lt = function() return true end, __le = function() return true end})
print(message(function() for i = object, 3 do end end))
print(message(function() for i = 1, object do end end))

-- The error is at the line of the loop.
print(pcall(loadstring("\n\nfor i = 1,\n2,\n{} do\nend", "=f")))
print(pcall(loadstring("for i = 1, 3 do\nlocal x = i + nil\nend", "=f")))

for _, source in ipairs{"for i = 1 do end", "for i = 1, 2, 3, 4 do end", "for i, j = 1, 2 do end", "for i 1, 2 do end", "for 1 = 1, 2 do end", "for = 1, 2 do end",
  "for i = 1, do end", "for i = , 2 do end", "for i = 1, 2, do end", "for i = 1, 2 end", "for i = 1, 2 do", "for i.x = 1, 2 do end", "for local i = 1, 2 do end",
  "for (i) = 1, 2 do end", "for i == 1, 2 do end", "for i = 1 2 do end", "for i = (1, 2) do end", "for i = 1, 2 do end end", "for", "for i", "for i =",
  "for i = 1, 2 then end", "for _ENV = 1, 2 do end", "for end = 1, 2 do end", "for i = ..., ... do end", "for i = f(), f() do end"} do
  local loaded, text = loadstring(source, "=c")
  print(source, loaded and "accepted" or text)
end
