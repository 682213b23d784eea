-- seed: os/time-metamethods — os.time reads its table with metamethods, in a fixed order
local asked = {}
local fields = {year = 2000, month = 1, day = 2}
local t = setmetatable({}, {__index = function(_, key) asked[#asked + 1] = key return fields[key] end})
local time = os.time(t)
print(os.date("%Y-%m-%d %H:%M:%S", time), table.concat(asked, " "))
print(os.time(setmetatable({}, {__index = fields})) == time)
print(pcall(os.time, setmetatable({}, {__index = function(_, key) error(key, 0) end})))
print(coroutine.resume(coroutine.create(function()
  return os.time(setmetatable({}, {__index = function(_, key) return coroutine.yield(key) end}))
end)))
