-- workload: fannkuch — permuting and reversing small arrays in place
local function fannkuch(n)
  local perm, work, count = {}, {}, {}
  for i = 1, n do perm[i], count[i] = i, i end
  local checksum, longest, sign = 0, 0, 1
  while true do
    if perm[1] ~= 1 then
      for i = 1, n do work[i] = perm[i] end
      local flips, first = 0, work[1]
      while first ~= 1 do
        local low, high = 1, first
        while low < high do
          work[low], work[high] = work[high], work[low]
          low, high = low + 1, high - 1
        end
        flips = flips + 1
        first = work[1]
      end
      if flips > longest then longest = flips end
      checksum = checksum + sign * flips
    end
    if sign == 1 then
      perm[1], perm[2] = perm[2], perm[1]
      sign = -1
    else
      perm[2], perm[3] = perm[3], perm[2]
      sign = 1
      local i = 3
      while count[i] == 1 do
        if i == n then return checksum, longest end
        count[i] = i
        local head = perm[1]
        for j = 1, i do perm[j] = perm[j + 1] end
        i = i + 1
        perm[i] = head
      end
      count[i] = count[i] - 1
    end
  end
end

local small, flips = fannkuch(8)
print("fannkuch", small, flips, fannkuch(9), fannkuch(9))
