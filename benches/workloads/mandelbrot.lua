-- workload: mandelbrot — floating point in registers, an inner loop with an early exit
local function mandelbrot(size, limit)
  local inside, work = 0, 0
  for y = 0, size - 1 do
    local ci = 2 * y / size - 1
    for x = 0, size - 1 do
      local cr = 2 * x / size - 1.5
      local zr, zi, zr2, zi2 = 0, 0, 0, 0
      local escaped = false
      for i = 1, limit do
        zi = 2 * zr * zi + ci
        zr = zr2 - zi2 + cr
        zr2, zi2 = zr * zr, zi * zi
        work = work + 1
        if zr2 + zi2 > 4 then
          escaped = true
          break
        end
      end
      if not escaped then inside = inside + 1 end
    end
  end
  return inside, work
end

print("mandelbrot", mandelbrot(740, 60))
