-- seed: found/nan-signs — of two NaNs the first operand decides the sign of the result, also where operands could be swapped
local n, p = 0/0, -(0/0)
local ops = {
  {"add", function(a, b) return a + b end}, {"sub", function(a, b) return a - b end}, {"mul", function(a, b) return a * b end},
  {"div", function(a, b) return a / b end}, {"mod", function(a, b) return a % b end}, {"pow", function(a, b) return a ^ b end},
  {"add k", function(a) return a + 2 end}, {"k add", function(a) return 2 + a end}, {"mul k", function(a) return a * -2 end},
  {"k mul", function(a) return -2 * a end}, {"fmod", math.fmod}, {"max", math.max}, {"min", math.min}, {"atan2", math.atan2},
}
for _, op in ipairs(ops) do
  local f, out = op[2], {}
  for _, pair in ipairs{{n, p}, {p, n}, {n, n}, {p, p}, {n, 1}, {p, 1}, {1, n}, {1, p}, {-1, p}, {n, 1/0}, {-1/0, p}} do
    out[#out + 1] = tostring(f(unpack(pair)))
  end
  print(op[1], table.concat(out, " "))
end
local t = setmetatable({n = n, p = p}, {__add = function(a, b) return "event" end})
print(t.n + t.p, t.p + t.n, t.n * t.p, t.p * t.n, t + n, p + t)
print("nan" + n, n + "nan", "nan" * n, n * "nan", "-nan" + p, p * "-nan")
local sum = 0
for _, v in ipairs{1, p, 2, n, 3} do sum = sum + v end
print(sum, -sum, sum * 0, 0 * sum)
