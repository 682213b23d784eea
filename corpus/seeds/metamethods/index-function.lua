-- seed: metamethods/index-function — __index as a function: arguments, results, errors, side effects
local log = {}
local t = setmetatable({x = 1}, {__index = function(self, k)
  log[#log + 1] = tostring(k) return k, "second result dropped"
end})
print(t.x, t.y, t[1], t[1.5], t[true], (t.z))
print(table.concat(log, " "))
print(t[nil], t[0 / 0] ~= t[0 / 0])
local none = setmetatable({}, {__index = function() end}) print(none.x, none[1])
local d = setmetatable({}, {__index = function(s, k) return s == k, rawget(s, k) end}) print(d[d], d.x)
local fill = setmetatable({}, {__index = function(s, k) local v = {} s[k] = v return v end})
fill.a.b = 1 fill[1][2] = 3
print(fill.a.b, fill[1][2], rawget(fill, "c"), fill.c ~= nil, rawget(fill, "c") ~= nil)
local def = setmetatable({}, {__index = function() return 0 end})
def.n = def.n + 1 def.n = def.n + 1 for c in ("hello"):gmatch(".") do def[c] = def[c] + 1 end
print(def.n, def.l, def.h, def.q)
print(pcall(function()
  return setmetatable({}, {__index = function(_, k) error("no field " .. k) end}).name
end))
print(select(2, pcall(function()
  return setmetatable({}, {__index = function(_, k) error({k}) end}).name
end))[1])
local strict = setmetatable({}, {__index = function(_, k) error("undeclared " .. tostring(k), 2) end})
print(pcall(function() return strict.oops end))
print(pcall(function() local a = {strict} return a[1].deep end))
local callable = setmetatable({}, {__call = function(_, s, k) return "called with " .. tostring(k) end})
print(pcall(function() return setmetatable({}, {__index = callable}).key end))
local depth = 0
local rec = setmetatable({}, {__index = function(s, k)
  depth = depth + 1 if k > 0 then return s[k - 1] + 1 end return 0
end})
print(rec[10], depth)
local chain = setmetatable({}, {__index = setmetatable({}, {__index = function(inner, k) return "inner " .. k end})})
print(chain.q)
local viaupper = setmetatable({}, {__index = string.upper}) print(pcall(function() return viaupper.x end))
local pass = setmetatable({}, {__index = rawget}) print(pass.x)
local sel = setmetatable({}, {__index = function(...) return select("#", ...) end}) print(sel.x)
