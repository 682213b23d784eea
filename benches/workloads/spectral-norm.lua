-- workload: spectral-norm — calls of a small function in nested loops over arrays
local function element(i, j)
  local k = i + j - 1
  return 1 / (k * (k - 1) * 0.5 + i)
end

local function times(n, v, out)
  for i = 1, n do
    local sum = 0
    for j = 1, n do sum = sum + element(i, j) * v[j] end
    out[i] = sum
  end
end

local function transposed_times(n, v, out)
  for i = 1, n do
    local sum = 0
    for j = 1, n do sum = sum + element(j, i) * v[j] end
    out[i] = sum
  end
end

local function norm(n)
  local u, v, t = {}, {}, {}
  for i = 1, n do u[i] = 1 end
  for _ = 1, 10 do
    times(n, u, t)
    transposed_times(n, t, v)
    times(n, v, t)
    transposed_times(n, t, u)
  end
  local uv, vv = 0, 0
  for i = 1, n do
    uv = uv + u[i] * v[i]
    vv = vv + v[i] * v[i]
  end
  return math.sqrt(uv / vv)
end

print("spectral-norm", string.format("%.9f", norm(540)))
