-- seed: debug/lost-calls — levels that tail calls have taken
local function describe()
  local parts = {}
  for level = 2, 6 do
    local i = debug.getinfo(level)
    parts[#parts + 1] = i and table.concat({tostring(i.name), i.namewhat, i.what, i.currentline, i.linedefined, i.short_src, tostring(i.func == nil)}, "|") or "none"
  end
  print(table.concat(parts, "\n  "))
end
local function last() describe() return 1 end
local function middle() return last() end
local function first() return middle() end
last() middle() first()
local x = first()
local o = setmetatable({}, {__index = function() return first() end, __call = function() return middle() end})
x = o.field
o()
print(pcall(getfenv, 0) and pcall(first))
local function down(n) if n > 0 then return down(n - 1) end return debug.getinfo(1, "l").currentline, debug.getinfo(2, "S").what, debug.getinfo(100, "S").what, debug.getinfo(200) end
print((down(100))) print(select(2, down(100)))
print(pcall(function() return error("level 2 is lost", 2) end))
local function thrower() error("here", 2) end
print(pcall(function() return thrower() end))
