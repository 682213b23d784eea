-- seed: programs/puzzles — queens, sudoku, life, hanoi, knight's tour, magic squares, permutations, word search, mandelbrot
local function queens(n)
  local count, first, cols, up, down, place = 0, nil, {}, {}, {}, {}
  local function try(row)
    if row > n then count = count + 1 first = first or table.concat(place, " ") return end
    for c = 1, n do
      if not (cols[c] or up[row + c] or down[row - c]) then
        cols[c], up[row + c], down[row - c], place[row] = true, true, true, c
        try(row + 1)
        cols[c], up[row + c], down[row - c] = nil
      end
    end
  end
  try(1)
  return count, first
end
for n = 1, 7 do print("queens", n, queens(n)) end

local function sudoku(text)
  local grid, empty = {}, {}
  for i = 1, 81 do
    grid[i] = tonumber(text:sub(i, i)) or 0
    if grid[i] == 0 then empty[#empty + 1] = i end
  end
  local function allowed(i)
    local used, r, c = {}, math.floor((i - 1) / 9), (i - 1) % 9
    for k = 0, 8 do
      used[grid[r * 9 + k + 1]] = true
      used[grid[k * 9 + c + 1]] = true
      used[grid[(r - r % 3 + math.floor(k / 3)) * 9 + c - c % 3 + k % 3 + 1]] = true
    end
    return used
  end
  local steps = 0
  local function solve(n)
    if n > #empty then return true end
    local best, bestfree, bestused
    for k = n, #empty do
      local used, free = allowed(empty[k]), 9
      for d = 1, 9 do if used[d] then free = free - 1 end end
      if not best or free < bestfree then best, bestfree, bestused = k, free, used end
    end
    empty[n], empty[best] = empty[best], empty[n]
    local i = empty[n]
    for d = 1, 9 do
      if not bestused[d] then
        steps, grid[i] = steps + 1, d
        if solve(n + 1) then return true end
      end
    end
    grid[i] = 0
    empty[n], empty[best] = empty[best], empty[n]
    return false
  end
  return solve(1), table.concat(grid):gsub(("."):rep(9), "%0\n"), steps
end
print(sudoku("53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79"))

local Life = {__index = {}}
function Life.new(...)
  local t = setmetatable({rows = {...}}, Life)
  t.h, t.w = #t.rows, #t.rows[1]
  return t
end
function Life.__index:alive(r, c)
  return self.rows[(r - 1) % self.h + 1]:byte((c - 1) % self.w + 1) == 35
end
function Life:__tostring() return table.concat(self.rows, "\n") end
function Life:__call()
  local rows = {}
  for r = 1, self.h do
    local out = {}
    for c = 1, self.w do
      local n = 0
      for dr = -1, 1 do for dc = -1, 1 do
        if (dr ~= 0 or dc ~= 0) and self:alive(r + dr, c + dc) then n = n + 1 end
      end end
      out[c] = (n == 3 or n == 2 and self:alive(r, c)) and "#" or "."
    end
    rows[r] = table.concat(out)
  end
  return Life.new(unpack(rows))
end
local world = Life.new("..........", "..#.......", "...#......", ".###......", "..........", ".......##.", ".......##.", "..........")
for generation = 0, 12 do if generation % 4 == 0 then print(generation) print(world) end world = world() end

local moves = {}
local function hanoi(n, a, b, c) if n > 0 then hanoi(n - 1, a, c, b) moves[#moves + 1] = a .. c return hanoi(n - 1, b, a, c) end end
hanoi(6, "A", "B", "C") print(#moves, table.concat(moves, " ", 1, 12))

local function permutations(t, n)
  n = n or #t
  return coroutine.wrap(function()
    local function gen(k)
      if k <= 1 then coroutine.yield(t) end
      for i = 1, k do
        if k <= 1 then break end
        t[k], t[i] = t[i], t[k]
        gen(k - 1)
        t[k], t[i] = t[i], t[k]
      end
    end
    gen(n)
  end)
end
local all = {} for p in permutations{"a", "b", "c", "d"} do all[#all + 1] = table.concat(p) end print(#all, table.concat(all, " "))
local solutions = 0
for p in permutations{1, 2, 3, 4, 5, 6, 7} do
  if p[1] + p[2] + p[3] == p[3] + p[4] + p[5] and p[3] + p[4] + p[5] == p[5] + p[6] + p[7] then solutions = solutions + 1 end
end
print("arms", solutions)

local function magic(n)
  local t, r, c = {}, 1, (n + 1) / 2
  for i = 1, n do t[i] = {} end
  for k = 1, n * n do
    t[r][c] = k
    local nr, nc = (r - 2) % n + 1, c % n + 1
    if t[nr][nc] then nr, nc = r % n + 1, c end
    r, c = nr, nc
  end
  for i = 1, n do for j = 1, n do t[i][j] = ("%3d"):format(t[i][j]) end t[i] = table.concat(t[i]) end
  return table.concat(t, "\n")
end
print(magic(3)) print(magic(5))

local function knight(n)
  local board, dx, dy = {}, {1, 2, 2, 1, -1, -2, -2, -1}, {-2, -1, 1, 2, 2, 1, -1, -2}
  for i = 1, n * n do board[i] = 0 end
  local function free(x, y) return x >= 1 and x <= n and y >= 1 and y <= n and board[(y - 1) * n + x] == 0 end
  local function degree(x, y) local d = 0 for k = 1, 8 do if free(x + dx[k], y + dy[k]) then d = d + 1 end end return d end
  local x, y = 1, 1
  for step = 1, n * n do
    board[(y - 1) * n + x] = step
    local best, bx, by = 9
    for k = 1, 8 do
      local nx, ny = x + dx[k], y + dy[k]
      if free(nx, ny) then local d = degree(nx, ny) if d < best then best, bx, by = d, nx, ny end end
    end
    if not bx then return step, table.concat(board, " ") end
    x, y = bx, by
  end
end
print(knight(6))
for y = -1.2, 1.2, 0.2 do
  local line = {}
  for x = -2, 0.6, 0.05 do
    local a, b, n = 0, 0, 0
    repeat a, b, n = a * a - b * b + x, 2 * a * b + y, n + 1 until a * a + b * b > 4 or n == 40
    line[#line + 1] = (" .:-=+*#%@"):sub(n % 10 + 1, n % 10 + 1)
  end
  print(table.concat(line))
end
