-- workload: life — the game of life on a torus, arrays of arrays
local function grid(w, h, seed)
  local cells, state = {}, seed
  for y = 1, h do
    local row = {}
    for x = 1, w do
      state = (state * 16807) % 2147483647
      row[x] = state % 3 == 0 and 1 or 0
    end
    cells[y] = row
  end
  return cells
end

local function step(cells, w, h)
  local out = {}
  for y = 1, h do
    local above, row, below = cells[(y - 2) % h + 1], cells[y], cells[y % h + 1]
    local new = {}
    for x = 1, w do
      local left, right = (x - 2) % w + 1, x % w + 1
      local n = above[left] + above[x] + above[right] + row[left] + row[right] + below[left] + below[x] + below[right]
      if n == 3 or n == 2 and row[x] == 1 then new[x] = 1 else new[x] = 0 end
    end
    out[y] = new
  end
  return out
end

local function population(cells)
  local n, h = 0, 0
  for y = 1, #cells do
    for x = 1, #cells[y] do
      n = n + cells[y][x]
      h = (h * 2 + cells[y][x]) % 1000003
    end
  end
  return n, h
end

local W, H = 96, 64
local cells = grid(W, H, 42)
print("life start", population(cells))
for _ = 1, 800 do cells = step(cells, W, H) end
print("life end", population(cells))
