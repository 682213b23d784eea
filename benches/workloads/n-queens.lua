-- workload: n-queens — backtracking with boolean tables and recursion
local function queens(n)
  local columns, falling, rising = {}, {}, {}
  local solutions, tries = 0, 0
  local function place(row)
    if row > n then
      solutions = solutions + 1
      return
    end
    for column = 1, n do
      local down, up = row + column, row - column + n
      tries = tries + 1
      if not columns[column] and not falling[down] and not rising[up] then
        columns[column], falling[down], rising[up] = true, true, true
        place(row + 1)
        columns[column], falling[down], rising[up] = false, false, false
      end
    end
  end
  place(1)
  return solutions, tries
end

print("n-queens", queens(8), queens(11), queens(12))
