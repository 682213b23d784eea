-- seed: gc/metamethod-changes — when __gc is looked up, and what may stand there
local log = {}
local function show(title)
  print(title, table.concat(log, " "))
  log = {}
end
local function note(name) return function() log[#log + 1] = name end end

-- Set late, while the userdata is alive.
local p = newproxy(true)
collectgarbage()
getmetatable(p).__gc = note "late"
p = nil
collectgarbage()
show "set after a collection"

-- Replaced before the end.
p = newproxy(true)
getmetatable(p).__gc = note "first"
getmetatable(p).__gc = note "second"
p = nil
collectgarbage()
show "replaced"

-- Removed before the end.
p = newproxy(true)
getmetatable(p).__gc = note "removed"
getmetatable(p).__gc = nil
p = nil
collectgarbage()
show "removed"

-- Removed by another finaliser that is called before: the second is passed over.
local meta
p = newproxy(true)
meta = getmetatable(p)
meta.__gc = note "passed over"
local q = newproxy(true)
getmetatable(q).__gc = function() log[#log + 1] = "remover" meta.__gc = nil end
p, q = nil, nil
collectgarbage()
show "removed by another"

-- Replaced by another finaliser that is called before.
p = newproxy(true)
meta = getmetatable(p)
meta.__gc = note "old"
q = newproxy(true)
getmetatable(q).__gc = function() meta.__gc = note "new" end
p, q = nil, nil
collectgarbage()
show "replaced by another"

-- Not inherited through __index: only the metatable's own field counts.
p = newproxy(true)
setmetatable(getmetatable(p), {__index = {__gc = note "inherited"}})
p = nil
collectgarbage()
show "inherited"

-- What cannot be called is an error of whoever collects.
for _, wrong in ipairs {5, "text", true, {}} do
  p = newproxy(true)
  getmetatable(p).__gc = wrong
  p = nil
  print(pcall(collectgarbage))
end
p = newproxy(true)
getmetatable(p).__gc = false
p = nil
print(pcall(collectgarbage))
print(pcall(collectgarbage))

-- A table with __call can be.
p = newproxy(true)
getmetatable(p).__gc = setmetatable({}, {__call = function(self, ...)
  log[#log + 1] = type(self) .. " called with " .. select("#", ...) .. " " .. type((...))
end})
p = nil
collectgarbage()
show "callable"

-- Functions of the library can be.
p = newproxy(true)
getmetatable(p).__gc = type
p = nil
print(pcall(collectgarbage))
p = newproxy(true)
getmetatable(p).__gc = error
p = nil
local ok, value = pcall(collectgarbage)
print(ok, type(value))

-- Tables have no finalisers.
setmetatable({}, {__gc = note "table"})
collectgarbage()
show "table"
