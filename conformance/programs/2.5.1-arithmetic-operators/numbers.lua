-- 2.5.1 Arithmetic operators: every operator on every pair of edge values, by constants and by variables.

local inf, nan = 1 / 0, 0 / 0
local values = {0, 0 * -1, 1, -1, 2, -2, 3, 0.5, -0.5, 7, -7, 10, 2 ^ 31, -2 ^ 31, 2 ^ 53, 1e308, -1e308, 5e-324, inf, -inf, nan}
local names = {"0", "-0", "1", "-1", "2", "-2", "3", ".5", "-.5", "7", "-7", "10", "2^31", "-2^31", "2^53", "1e308", "-1e308", "5e-324", "inf", "-inf", "nan"}

-- The sign of a NaN is the machine's.
local function show(n)
  if n ~= n then return "nan" end
  return ("%.14g"):format(n)
end

local operators = {
  {"+", function(a, b) return a + b end}, {"-", function(a, b) return a - b end}, {"*", function(a, b) return a * b end},
  {"/", function(a, b) return a / b end}, {"%", function(a, b) return a % b end}, {"^", function(a, b) return a ^ b end},
}
for _, operator in ipairs(operators) do
  for i, a in ipairs(values) do
    local row = {}
    for j, b in ipairs(values) do row[j] = show(operator[2](a, b)) end
    print(names[i] .. " " .. operator[1], table.concat(row, " "))
  end
end
for i, a in ipairs(values) do assert(show(-a) == show(0 * -1 - a) or a == 0) print("-", names[i], show(-a)) end

-- The definition of modulo: a % b == a - math.floor(a/b)*b, rounding the quotient towards minus infinity.
for a = -20, 20 do
  for b = -7, 7 do
    if b ~= 0 then
      assert(a % b == a - math.floor(a / b) * b)
      assert((a % b) * b >= 0 and math.abs(a % b) < math.abs(b))
    end
  end
end
print(5.5 % 2, -5.5 % 2, 5.5 % -2, -5.5 % -2, 1 % 0.1, 2 ^ 53 % 3, -1 % 2 ^ 53, 1e15 % 7, 5 % 3.5, 0.3 % 0.1)
print(show(1 % 0), show(0 % 0), show(-1 % 0), show(1 % inf), show(-1 % inf), show(1 % -inf), show(inf % 1), show(inf % inf))

-- Exponentiation takes any exponent.
print(2 ^ 10, 2 ^ -1, 4 ^ 0.5, 8 ^ (1 / 3), (-8) ^ 3, show((-8) ^ (1 / 3)), 0 ^ 0, inf ^ 0, 10 ^ 15, 10 ^ 16, 2 ^ 0.5, 1.5 ^ 2.5, 2 ^ 1023, 2 ^ 1024, 2 ^ -1074, 2 ^ -1075)
for x = 1, 10 do assert(math.abs((x ^ -0.5) - 1 / math.sqrt(x)) < 1e-15) end

-- Constants are folded with the same results; what must not be folded is left to run time.
for _, operator in ipairs(operators) do
  for i = 1, 18 do
    for j = 1, 18 do
      local source = ("return (%s) %s (%s)"):format(("%.17g"):format(values[i]), operator[1], ("%.17g"):format(values[j]))
      local folded, computed = loadstring(source)(), operator[2](values[i], values[j])
      assert(show(folded) == show(computed) or values[i] == 0 or values[j] == 0, source)
    end
  end
end
local zero = 0
print(1 / 0, -1 / 0, 1 / zero, 1 / -zero, show(0 / 0), show(zero / zero), 1 / (0 * -1), 1 / -(zero))

-- Chains and mixes round like doubles, step by step.
print(0.1 + 0.2 == 0.3, 0.1 + 0.2 - 0.3 ~= 0, 1e16 + 1 - 1e16, 1 + 1e-16 == 1, 3 * 1.1, 1 / 3 * 3 == 1, 1 / 49 * 49 == 1)
local sum = 0
for i = 1, 10 do sum = sum + 0.1 end
print(sum == 1, ("%.17g"):format(sum))
print(2 ^ 53 + 1 == 2 ^ 53, 2 ^ 53 + 2, -(2 ^ 53) - 1, 1e308 * 10 / 10, (1e308 / 10) * 10 == 1e308, 5e-324 / 2, 5e-324 * 0.75)
print(7 - 3 - 2, 2 ^ 3 ^ 2, 100 / 10 / 2, 100 % 60 % 7, 2 * 3 % 4, -2 ^ 2, (-2) ^ 2, 2 ^ -2, -2 ^ -2, - - 2, -(-(-2)))
