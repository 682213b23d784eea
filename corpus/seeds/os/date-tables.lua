-- seed: os/date-tables — os.date("!*t") and years far away
local function show(t)
  local date = os.date("!*t", t)
  if not date then return print(t, date) end
  print(t, date.year, date.month, date.day, date.hour, date.min, date.sec, date.wday, date.yday, date.isdst)
end
for _, t in ipairs {0, 59, 86399, 86400, -86400, 951782399, 951868800, 4107542400, -62167219200, -62167219201} do show(t) end
for exponent = 1, 16 do show(10 ^ exponent) show(-10 ^ exponent) end
for _, t in ipairs {1e17, -1e17, 1e300, -1e300, 0 / 0, 1 / 0, "86400", 0.9, -0.9} do show(t) end
for k, v in pairs(os.date("!*t", 12345678)) do print(k, v) end
