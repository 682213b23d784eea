-- seed: metamethods/tostring — __tostring in tostring, print and format, and results that are not strings
local t = setmetatable({name = "obj"}, {__tostring = function(s) return "<" .. s.name .. ">" end})
print(t, tostring(t), #tostring(t)) print(t, t, 1, t)
print(pcall(string.format, "%s", t)) print(pcall(string.format, "%q", t))
print(pcall(tostring, setmetatable({}, {__tostring = function() return 42 end})))
print(pcall(print, setmetatable({}, {__tostring = function() return 42 end})))
print(pcall(print, setmetatable({}, {__tostring = function() return nil end})))
print(pcall(print, setmetatable({}, {__tostring = function() return {} end})))
print(type(tostring(setmetatable({}, {__tostring = function() return {} end}))))
print(tostring(setmetatable({}, {__tostring = function() return nil end})),
  select("#", tostring(setmetatable({}, {__tostring = function() end}))))
print(pcall(tostring, setmetatable({}, {__tostring = function() error("in tostring") end})))
print(type(select(2, pcall(print, setmetatable({}, {__tostring = function() error({}) end})))))
print(pcall(tostring, setmetatable({}, {__tostring = 5})))
print(pcall(tostring, setmetatable({}, {__tostring = "str"})))
print(tostring(setmetatable({}, {__tostring = setmetatable({}, {__call = function(self, o) return "callable " .. type(o) end})})))
print(tostring(setmetatable({}, {__tostring = function(...) return "args " .. select("#", ...) end})))
print(tostring(setmetatable({}, {__tostring = string.len and function() return "a\0b" end})) == "a\0b")
print(pcall(function() return t .. "" end)) print(pcall(table.concat, {t}))
local u = newproxy(true)
getmetatable(u).__tostring = function(p) return "proxy " .. type(p) end
print(u, tostring(u))
print(select("#", tostring(t)), pcall(tostring))
print(tostring(nil), tostring(true), tostring(1.5), tostring("x"), tostring(-0))
local depth = setmetatable({}, {__tostring = function() return tostring(t) .. tostring(t) end}) print(depth)
print((tostring({}):gsub("0x%x+", "ADDR")), (tostring(print):gsub("0x%x+", "ADDR")),
  (tostring(coroutine.create(function() end)):gsub("0x%x+", "ADDR")),
  (tostring(newproxy()):gsub("0x%x+", "ADDR")))
local old = tostring tostring = function(v) return "replaced" end print(1, t)
tostring = function() return 7 end local ok1, e1 = pcall(print, 2) tostring = function() end
local ok2, e2 = pcall(print, 3) tostring = nil local ok3, e3 = pcall(print, 4)
tostring = old print(ok1, e1, ok2, e2, ok3, e3)
