-- seed: math/powers-and-logs — pow, sqrt, exp, log, log10, frexp, ldexp on exact and special values
print(math.pow(2, 10), math.pow(2, 0.5), math.pow(-8, 3), math.pow(0, 0), math.pow(2, -1), math.pow(1 / 0, 0),
  math.pow(0, -1), math.pow("3", "2"))
print(math.sqrt(16), math.sqrt(2), math.sqrt(0), math.sqrt(1e300), math.sqrt(1 / 0), (tostring(math.sqrt(-1)):gsub("-", "")))
print(math.exp(0), math.exp(1), math.exp(-1), math.exp(710), math.exp(-1000), math.exp(1 / 0), math.exp(-1 / 0))
print(math.log(1), math.log(math.exp(1)), math.log(0), math.log(10), math.log(2), math.log(1 / 0),
  (tostring(math.log(-1)):gsub("-", "")), math.log(8, 2))
print(math.log10(1), math.log10(1000), math.log10(0), math.log10(2), math.log10(1e-5), math.log10(1e300))
for _, n in ipairs{0, 1, -1, 0.5, 3, 10, 1e10, 1e-10, 2 ^ 53, 5e-324, -0.75} do
  print(n, math.frexp(n)) local m, e = math.frexp(n) print(math.ldexp(m, e) == n)
end
print(math.ldexp(1, 10), math.ldexp(0.5, 1), math.ldexp(1, -1074), math.ldexp(1, -1075), math.ldexp(1, 1024),
  math.ldexp(3, 2.9), math.ldexp("1", "2"))
print(math.frexp(1 / 0))
for _, f in ipairs{"pow", "sqrt", "exp", "log", "log10", "frexp", "ldexp"} do
  print(f, pcall(math[f])) print(f, pcall(math[f], "x")) print(f, pcall(math[f], {}, 1))
  print(f, pcall(math[f], nil))
end
print(pcall(math.pow, 2)) print(pcall(math.ldexp, 1)) print(pcall(math.ldexp, 1, "x"))
print(2 ^ 10 == math.pow(2, 10), 2 ^ 0.5 == math.sqrt(2), 10 ^ 2, 10 ^ -2, (-2) ^ 2, -2 ^ 2, 2 ^ 2 ^ 3, (2 ^ 2) ^ 3)
for i = 0, 10 do print(i, 2 ^ i, 10 ^ i, math.sqrt(i), i ^ 2, i ^ 0.5 == math.sqrt(i)) end
print(string.format("%.10f %.10f %.10f", math.exp(2.5), math.log(2.5), math.log10(2.5)))
