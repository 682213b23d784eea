-- 5.8 Operating system facilities: time of tables, difftime, clock. The time zone of the machine cancels out.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out))
end

-- Differences of times are those of the dates, in January where no zone changes its clock within the days here.
local base = os.time{year = 2001, month = 1, day = 10, hour = 12}
local function offset(t) t.year = t.year or 2001 t.month = t.month or 1 t.day = t.day or 10 local r = os.time(t) return r and r - base end
show(offset{}, offset{hour = 12}, offset{hour = 0}, offset{hour = 13}, offset{min = 1}, offset{sec = 1}, offset{day = 11}, offset{day = 9}, offset{hour = 12, min = 30, sec = 15})
-- Values beyond their range carry over.
show(offset{sec = 60}, offset{sec = -1}, offset{min = 60}, offset{min = -1}, offset{hour = 36}, offset{hour = -12}, offset{day = 41, month = 0}, offset{day = -21, month = 2}, offset{month = 13, year = 2000}, offset{month = -11, year = 2002}, offset{sec = 86400, hour = -12}, offset{sec = 3600 * 12, hour = 0})
show(offset{hour = "13"}, offset{hour = 13.9}, offset{hour = "0xd"}, offset{min = -0.5}, offset{isdst = false}, offset{isdst = nil}, offset{yday = 300, wday = 7}, offset{unknown = 1})
-- The table is not changed.
local t = {year = 2001, month = 1, day = 40, hour = 12}
os.time(t)
show(t.day, t.month, t.yday, next({}))
-- Hours are noon by default, minutes and seconds zero.
show(os.time{year = 2001, month = 1, day = 10} - base, os.time{year = 2001, month = 1, day = 10, min = 5} - base)

-- To a table and back.
for _, time in ipairs{base, base + 1, base - 86400 * 5 + 12345, base + 86400 * 15 - 1} do
  assert(os.time(os.date("*t", time)) == time)
  local d = os.date("*t", time)
  assert(os.time{year = d.year, month = d.month, day = d.day, hour = d.hour, min = d.min, sec = d.sec} == time)
end
show(os.date("%Y-%m-%d %H:%M:%S", base), os.date("*t", base).hour, os.date("*t", base).wday, os.date("*t", base).yday, os.date("%c", base), os.date("%x %X %p", base))

-- Without a table: now, a whole number that does not go back.
local now = os.time()
show(type(now), now % 1, now > 1.5e9, os.time() >= now, os.time(nil) >= now, math.abs(os.time() - os.time(os.date("*t"))) <= 2)

-- Missing and wrong fields.
show(pcall(os.time, {})) show(pcall(os.time, {year = 2001})) show(pcall(os.time, {year = 2001, month = 1})) show(pcall(os.time, {month = 1, day = 1})) show(pcall(os.time, {year = 2001, day = 1})) show(pcall(os.time, {year = "x", month = 1, day = 1})) show(pcall(os.time, {year = 2001, month = {}, day = 1})) show(pcall(os.time, {year = 2001, month = 1, day = true}))
show(pcall(os.time, {year = 2001, month = 1, day = 10, hour = "x"}) == true, offset{hour = "x"}, offset{min = {}}, offset{sec = true}) show(pcall(os.time, 5)) show(pcall(os.time, "x")) show(pcall(os.time, true)) show(pcall(os.time, print))
local indexed = setmetatable({}, {__index = {year = 2001, month = 1, day = 10}})
show(os.time(indexed) - base)
show(pcall(os.time, setmetatable({}, {__index = function(_, k) error("asked for " .. k, 0) end})))
local asked = {}
os.time(setmetatable({}, {__index = function(_, k) asked[#asked + 1] = k return 5 end}))
show(unpack(asked))
-- Beyond what can be represented.
show(os.time{year = 2 ^ 31 + 1899, month = 12, day = 40} ~= 5)

-- difftime.
show(os.difftime(10, 5), os.difftime(5, 10), os.difftime(5, 5), os.difftime(base + 3600, base), os.difftime(1e15, 0), os.difftime(5), os.difftime("10", "4"), os.difftime(10.9, 5.1), os.difftime(-1, 1))
show(pcall(os.difftime)) show(pcall(os.difftime, "x", 1)) show(pcall(os.difftime, 1, "x")) show(pcall(os.difftime, {}, 1)) show(pcall(os.difftime, nil)) show(os.difftime(1, nil))

-- clock: seconds of the processor, which only grow.
local before = os.clock()
local n = 0
for i = 1, 200000 do n = n + i % 7 end
local after = os.clock()
show(type(before), before >= 0, after >= before, after - before < 60, select("#", os.clock()), select("#", os.clock(1, 2)))
