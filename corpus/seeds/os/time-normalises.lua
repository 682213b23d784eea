-- seed: os/time-normalises — os.time takes any numbers for the parts of a date
local function show(t)
  local time = os.time(t)
  print(time and os.date("%Y-%m-%d %H:%M:%S", time))
end
show {year = 2001, month = 2, day = 3}
show {year = 2001, month = 2, day = 3, hour = 4, min = 5, sec = 6}
show {year = 2001, month = 14, day = 3}
show {year = 2001, month = 0, day = 0}
show {year = 2001, month = -11, day = -30}
show {year = 2001, month = 2, day = 29}
show {year = 2000, month = 2, day = 30, hour = 48}
show {year = 2000, month = 1, day = 1, sec = 86400}
show {year = 2000, month = 1, day = 1, min = -1, sec = -1}
show {year = "2000", month = "0x1", day = "1e1"}
show {year = 2000.9, month = 1.9, day = 1.9}
show {year = 2000, month = 1, day = 1, hour = "noon", sec = {}}
show {year = 1e9, month = 1, day = 1}
show {year = 1e300, month = 1, day = 1}
print(os.time {year = 2147485547, month = 12, day = 33})
for _, t in ipairs {{}, {day = 1}, {day = 1, month = 1}, {year = 2000, month = 1}, {year = 1, month = {}, day = 1}} do
  print(pcall(os.time, t))
end
print(select(2, pcall(os.time, 1)), select(2, pcall(os.time, "x")), type(os.time()), os.time() == os.time(nil))
