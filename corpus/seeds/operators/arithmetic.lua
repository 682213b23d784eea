-- seed: operators/arithmetic — the six arithmetic operators and unary minus over ordinary and special numbers
local values = {0, 1, -1, 2, -3, 0.5, 7.25, 1e10, 1 / 0, -1 / 0}
local ops = {
  {"+", function(a, b) return a + b end}, {"-", function(a, b) return a - b end},
  {"*", function(a, b) return a * b end}, {"/", function(a, b) return a / b end},
  {"%", function(a, b) return a % b end}, {"^", function(a, b) return a ^ b end},
}
local function text(x) if x ~= x then return "NaN" end return tostring(x) end
for _, op in ipairs(ops) do
  for _, a in ipairs(values) do
    local row = {}
    for _, b in ipairs(values) do row[#row + 1] = text(op[2](a, b)) end
    print(text(a), op[1], table.concat(row, " "))
  end
end
for _, a in ipairs(values) do print("-", text(-a), text(- -a)) end
print(1 + 2 - 3 * 4 / 5 % 6 ^ 2, 2 ^ 0.5, 10 / 4, 10 % 4, -10 % 4, 10 % -4)
