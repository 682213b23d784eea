-- seed: os/date-formats — every conversion of os.date, in universal time
local times = {0, -1, 981173106, 1234567890.75, 951782400, 253402300799, -2208988800, 1230681600}
for _, t in ipairs(times) do
  for c in ("aAbBcCdDeFgGhHIjklmMnpPrRStTuUVwWxXyYzZ%"):gmatch(".") do
    print(t, c, os.date("!%" .. c, t))
  end
end
-- What is no conversion stays, and a digit is a width.
for byte = 1, 255 do
  local c = string.char(byte)
  if not c:find("[%a%%\n\t]") then print(byte, (os.date("!%" .. c, 0):gsub("[^ -~]", "?"))) end
end
print(os.date("!", 0) == "", os.date("!%", 5), os.date("!%%Y is %Y", 0), os.date("!a%H\0%M", 0))
