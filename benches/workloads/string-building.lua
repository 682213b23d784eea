-- workload: string-building — concatenation, table.concat, string.format and tostring
local function checksum(s)
  local h = 0
  for i = 1, #s, 37 do h = (h * 31 + s:byte(i)) % 2147483647 end
  return h
end

local lines = {}
for i = 1, 130000 do
  lines[i] = "item " .. i .. ": " .. i * 7 % 1000 .. "/" .. (i % 2 == 0 and "even" or "odd")
end
local text = table.concat(lines, "\n")

local rows = {}
for i = 1, 130000 do
  rows[i] = string.format("%5d|%-8s|%08.3f|%x", i, "n" .. i % 100, i / 7, i * 31)
end
local report = table.concat(rows, ";")

local grown = ""
for i = 1, 10000 do grown = grown .. tostring(i) end

local pieces = {}
for i = 1, 90000 do
  pieces[#pieces + 1] = ("ab"):rep(i % 5) .. string.char(97 + i % 26) .. ("x"):upper()
end
local joined = table.concat(pieces)

local reversed = {}
for i = 1, 90000 do reversed[i] = tostring(i * 1.5):reverse():sub(1, 4) end
print("string-building", #text, checksum(text), #report, checksum(report), #grown, checksum(grown), #joined,
  checksum(table.concat(reversed)))
