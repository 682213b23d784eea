-- workload: ackermann — deep recursion with two and three arguments (ackermann and tak)
local function ackermann(m, n)
  if m == 0 then return n + 1 end
  if n == 0 then return ackermann(m - 1, 1) end
  return ackermann(m - 1, (ackermann(m, n - 1)))
end

local function tak(x, y, z)
  if y >= x then return z end
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y))
end

local function hanoi(n, from, to, via)
  if n == 0 then return 0 end
  return hanoi(n - 1, from, via, to) + 1 + hanoi(n - 1, via, to, from)
end

print("ackermann", ackermann(2, 300), ackermann(3, 9), tak(24, 16, 8), tak(18, 12, 6), hanoi(20, "a", "b", "c"))
