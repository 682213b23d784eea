-- seed: metamethods/proxies — tracking access, read-only views, defaults and lazy fields
local function track(t)
  local log = {}
  return setmetatable({}, {
    __index = function(_, k) log[#log + 1] = "r" .. tostring(k) return t[k] end,
    __newindex = function(_, k, v) log[#log + 1] = "w" .. tostring(k) t[k] = v end,
    __call = function() return table.concat(log, " ") end,
  })
end
local t = track{1, 2, x = "ex"}
t[3] = t[1] + t[2] t.x = t.x .. "!" print(t.x, t[3], t[4], t()) print(#t, next(t), rawget(t, 1))
local function readonly(t)
  return setmetatable({}, {__index = t, __newindex = function(_, k)
    error("attempt to update read-only field '" .. tostring(k) .. "'", 2)
  end, __metatable = false})
end
local days = readonly{"Sun", "Mon", name = "days"}
print(days[1], days.name, getmetatable(days), pcall(function() days[2] = "x" end))
print(pcall(setmetatable, days, nil))
local function default(t, d) return setmetatable(t, {__index = function() return d end}) end
local d = default({x = 10}, 0) print(d.x, d.z, d[1]) d.z = d.z + 5 print(d.z, rawget(d, "q"))
local lazy = setmetatable({}, {__index = function(s, k) local v = "made " .. k rawset(s, k, v) return v end})
print(rawget(lazy, "a"), lazy.a, rawget(lazy, "a"))
local G = setmetatable({}, {__index = _G, __newindex = function(_, n, v) error("undeclared " .. n, 2) end})
local f = setfenv(loadstring("local a = 1 print(a) b = 2", "=chunk"), G) print(pcall(f))
local function array(n)
  return setmetatable({}, {__newindex = function(t, i, v)
    if type(i) ~= "number" or i < 1 or i > n then error("index out of range: " .. tostring(i), 2) end
    rawset(t, i, v)
  end})
end
local arr = array(3) for i = 1, 3 do arr[i] = i end
print(#arr, pcall(function() arr[4] = 1 end)) print(pcall(function() arr.x = 1 end))
local bag = setmetatable({}, {__index = table}) bag:insert("b") bag:insert("a")
bag:insert(1, "c") bag:sort() print(bag:concat(","), #bag, bag:remove(), bag:concat(","))
print(bag:getn(), bag:maxn())
local ordered = setmetatable({}, {__newindex = function(s, k, v)
  if v ~= nil then rawset(s, #s + 1, k) end
  rawset(s, k, v)
end})
 ordered.z = 1 ordered.y = 2 ordered.x = 3 for i, k in ipairs(ordered) do print(i, k, ordered[k]) end
