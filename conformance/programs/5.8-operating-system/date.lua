-- 5.8 Operating system facilities: date: every conversion at fixed times in UTC, "*t" tables, wrong arguments.
-- Local times and the names of other locales depend on the machine and are not shown.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^ -~]", function(c) return "<" .. c:byte() .. ">" end):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1") end
  print(select("#", ...), unpack(out))
end
os.setlocale("C")

-- Times: the epoch, a leap day, ends of years that make week numbers differ, negative ones, beyond 32 bits.
local times = {0, 1, 59, 60, 3599, 3600, 86399, 86400, 951782400, 951868799, 1078012800, 1104537599, 1104537600, 1136073600, 1167609600, 1199145600, 1230768000, 1262304000, 1293839999, 1325376000, 1356998399, 1709164800, 1234567890, 2147483647, 2147483648, 4294967295, 4294967296, 253402300799, -1, -86400, -2208988800, 2 ^ 33}
for _, t in ipairs(times) do print(t, os.date("!%Y-%m-%d %H:%M:%S", t), os.date("!%a %A %b %B %p", t), os.date("!%c|%x|%X", t), os.date("!%j %U %W %w %y %I %M", t)) end
-- The conversions of C89 one by one, and what glibc adds.
for letter in ("aAbBcdHIjmMpSUwWxXyYCDeFGghklnPrRTtuVZz+%"):gmatch(".") do show("%" .. letter, os.date("!%" .. letter, 1234567890), os.date("!<%" .. letter .. ">", 951827696)) end
-- Modifiers and flags of glibc.
for _, f in ipairs{"%Ey", "%EY", "%Ec", "%Ex", "%EX", "%EC", "%Od", "%Oe", "%OH", "%OI", "%Om", "%OM", "%OS", "%Ou", "%OU", "%OV", "%Ow", "%OW", "%Oy", "%-d", "%_d", "%05d", "%^a", "%#a", "%#p", "%10Y", "%_10Y", "%-H", "%3d", "%^B", "%#Z"} do show(f, os.date("!" .. f, 951827696)) end
-- Text between, none at all, what is no conversion.
show(os.date("!", 0)) show(os.date("", 0)) show(os.date("!plain", 0)) show(os.date("!100%%", 0)) show(os.date("!%%Y", 0)) show(os.date("!%Y%Y", 0)) show(os.date("!a\nb", 0)) show(#os.date("!%c", 0)) show(os.date("!%", 0)) show(os.date("!x%", 0)) show(os.date("!%Q", 0)) show(os.date("!%!", 0)) show(os.date("!%E", 0)) show(os.date("!%Y\0%m", 0)) show(os.date("!!%Y", 0)) show(os.date("! %Y", 0))
show(#os.date("!" .. ("%Y"):rep(500), 0), #os.date("!" .. ("x"):rep(5000), 0), #os.date("!" .. ("%c"):rep(100), 0))

-- "*t": the fields of a table.
local function fields(t)
  if type(t) ~= "table" then return tostring(t) end
  local names, out = {}, {}
  for k in pairs(t) do names[#names + 1] = k end
  table.sort(names)
  for i, k in ipairs(names) do out[i] = k .. "=" .. tostring(t[k]) end
  return table.concat(out, " ")
end
for _, t in ipairs{0, 951868799, 1234567890, 1104537599, -1, 253402300799} do show(t, fields(os.date("!*t", t))) end
show(fields(os.date("!*time", 0))) show(fields(os.date("!*t\0x", 0))) show(os.date("!*", 0)) show(os.date("!*x", 0)) show(os.date("!x*t", 0)) show(type(os.date("*t", 0)), type(os.date("*t").year))
local t = os.date("!*t", 1234567890)
show(t.yday, t.wday, t.isdst, t.month, t.min)

-- Times that are not whole, texts, and beyond what a year can be.
for _, time in ipairs{0.5, 1.9, -0.5, -1.5, "0", "0x10", " 86400 ", 1e9} do show(tostring(time), os.date("!%Y-%m-%d %H:%M:%S", time)) end
show(pcall(os.date, "!%Y", 67767976233532799)) show(pcall(os.date, "!%Y", 1e17)) show(pcall(os.date, "!%Y", -1e17)) show(pcall(os.date, "!*t", 1e17)) show(pcall(os.date, "*t", 1e17))
show(pcall(os.date, {})) show(pcall(os.date, "!%Y", "x")) show(pcall(os.date, "!%Y", {})) show(pcall(os.date, true)) show(pcall(os.date, print)) show(os.date(12, 0), os.date("!%Y", nil) == os.date("!%Y"), type(os.date()), os.date(nil, 0) == os.date("%c", 0))

-- The day of the week and of the year follow from the date.
for day = 0, 20000, 137 do
  local d = os.date("!*t", day * 86400)
  assert((day + 4) % 7 + 1 == d.wday and d.hour == 0 and d.min == 0 and d.sec == 0 and d.isdst == false)
  assert(os.date("!%j", day * 86400) + 0 == d.yday and os.date("!%w", day * 86400) + 1 == d.wday and tonumber(os.date("!%d%m%Y", day * 86400)) == d.day * 1000000 + d.month * 10000 + d.year)
end
