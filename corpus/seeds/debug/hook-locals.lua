-- seed: debug/hook-locals — a hook reads and writes the variables of what it looks at, open results and all
local function many(...) return ... end
local function target(a, b)
  local v = 1
  v = v + 1
  return v, a, b
end
debug.sethook(function(e, l)
  if debug.getinfo(2, "f").func ~= target then return end
  local name, value = debug.getlocal(2, 3)
  if name == "v" then debug.setlocal(2, 3, value * 10) end
end, "l")
local x, y, z = target(3, 4)
debug.sethook()
print(x, y, z, target(5, 6))
local names = {}
debug.sethook(function(e)
  if debug.getinfo(2, "f").func ~= target then return end
  local line = e .. debug.getinfo(2, "l").currentline
  for n = 1, 9 do local name = debug.getlocal(2, n) if not name then break end line = line .. " " .. name end
  names[#names + 1] = line
end, "crl")
target(1, 2)
debug.sethook()
print(table.concat(names, "\n"))
-- What is open when the hook is called is there when it has returned.
local sums = 0
local function sum(...) local s = 0 for i = 1, select("#", ...) do s = s + (select(i, ...)) end return s, ... end
debug.sethook(function() local a, b, c, d, e, f, g = 1, 2, 3, 4, 5, 6, 7 local t = {many(a, b, c, d, e, f, g)} sums = sums + #t end, "crl", 1)
local t = {sum(1, 2, many(3, 4, 5, many()))}
local u = {many(many(1, 2), many(3, 4, many(5, nil, 7)))}
local s = sum(many(many(1, 2, 3), 4), sum(many(5, 6), sum()))
debug.sethook()
print(#t, t[1], t[6], #u, u[1], u[2], u[3], u[4], u[6], s, sums > 0)
