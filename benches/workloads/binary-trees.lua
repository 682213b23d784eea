-- workload: binary-trees — allocation and collection of many small tables
local function build(depth)
  if depth == 0 then return {} end
  return {build(depth - 1), build(depth - 1)}
end

local function count(tree)
  if tree[1] then return 1 + count(tree[1]) + count(tree[2]) end
  return 1
end

local MIN, MAX = 4, 14
local long_lived = build(MAX)
local total = 0
for depth = MIN, MAX, 2 do
  local rounds = 2 ^ (MAX - depth + MIN)
  local check = 0
  for _ = 1, rounds do check = check + count(build(depth)) end
  total = total + check
end
print("binary-trees", total, count(long_lived))
