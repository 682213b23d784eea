-- seed: base/rawaccess — rawget, rawset, rawequal on tables with and without metatables
local t = setmetatable({a = 1}, {__index = function() return "virtual" end,
  __newindex = function() error("blocked") end, __eq = function() return true end})
print(t.b, rawget(t, "b"), rawget(t, "a"))
print(rawset(t, "c", 3) == t, t.c, pcall(function() t.d = 1 end))
print(rawequal(t, t), rawequal(t, setmetatable({}, getmetatable(t))), t == setmetatable({}, getmetatable(t)))
print(rawequal(1, 1), rawequal(1, "1"), rawequal("a", "a"), rawequal(nil, nil), rawequal(nil, false),
  rawequal({}, {}), rawequal(0, -0), rawequal(0 / 0, 0 / 0), rawequal(print, print))
print(pcall(rawget)) print(pcall(rawget, {})) print(pcall(rawget, 1, 1))
print(pcall(rawget, "x", 1)) print(rawget({5}, 1, "extra"))
print(rawget({}, nil), rawget({}, 0 / 0)) print(pcall(rawset)) print(pcall(rawset, {}))
print(pcall(rawset, {}, 1)) print(pcall(rawset, {}, nil, 1))
print(pcall(rawset, {}, 0 / 0, 1)) print(pcall(rawset, 1, 1, 1)) print(pcall(rawequal))
print(pcall(rawequal, 1)) print(rawset({}, 1, nil)[1])
print(pcall(function() rawset({}, 1) end)) print(pcall(function() rawget() end))
local r = rawset(rawset({}, 1, "a"), 2, "b") print(#r, r[1], r[2]) rawset(r, 1, nil)
print(rawget(r, 1), #r == 2 or #r == 0) rawset(r, "k", r) print(r.k.k.k == r)
rawset(_G, "via_rawset", 1)
print(via_rawset, rawget(_G, "via_rawset"), rawget(_G, "undefined_name"))
setmetatable(_G, {__index = function(_, k) return "default " .. k end,
  __newindex = function(g, k, v) rawset(g, k, "[" .. tostring(v) .. "]") end})
print(anything, rawget(_G, "anything")) newglobal = 5 print(newglobal) newglobal = 6
print(newglobal) via_rawset = 2 print(via_rawset) setmetatable(_G, nil)
print(anything, newglobal)
local weird = {} rawset(weird, weird, weird) print(weird[weird] == weird)
rawset(weird, true, 1) rawset(weird, 1.5, 2) rawset(weird, print, 3)
print(weird[true], weird[1.5], weird[print])
local p = setmetatable({}, {__index = rawget, __newindex = rawset}) p.x = 5 print(p.x, p.y)
