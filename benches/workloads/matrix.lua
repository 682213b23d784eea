-- workload: matrix — multiplication of square matrices held as tables of rows
local function generate(n, scale)
  local m = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = scale * (i - j) * (i + j - 2) end
    m[i] = row
  end
  return m
end

local function transpose(m, n)
  local t = {}
  for i = 1, n do
    local row = {}
    for j = 1, n do row[j] = m[j][i] end
    t[i] = row
  end
  return t
end

local function multiply(a, b, n)
  local columns, product = transpose(b, n), {}
  for i = 1, n do
    local left, row = a[i], {}
    for j = 1, n do
      local right, sum = columns[j], 0
      for k = 1, n do sum = sum + left[k] * right[k] end
      row[j] = sum
    end
    product[i] = row
  end
  return product
end

local n = 300
local a, b = generate(n, 1 / n / n), generate(n, 2 / n / n)
local product = multiply(a, b, n)
local trace = 0
for i = 1, n do trace = trace + product[i][i] end
print("matrix", n, string.format("%.9f %.9f", product[n / 2][n / 2], trace))
