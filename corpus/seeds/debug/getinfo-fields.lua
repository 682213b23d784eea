-- seed: debug/getinfo-fields — every option, in the order of traversal, of functions, levels and lost calls
local function order(t)
  if type(t) ~= "table" then return tostring(t) end
  local parts = {}
  for k, v in pairs(t) do
    local kind = type(v)
    parts[#parts + 1] = tostring(k) .. "=" .. ((kind == "function" or kind == "table") and kind or tostring(v))
  end
  return table.concat(parts, ",")
end
local function f(a, b, ...) local x, y = 1, 2
  local z = function() return x, y end
  return z
end
for _, options in ipairs{"S", "l", "u", "n", "L", "f", "SlunLf", "nSl", "flnSu", "", "SS", "uL", "fL"} do
  print(options, order(debug.getinfo(f, options)), order(debug.getinfo(print, options)))
  print(options, order(debug.getinfo(1, options)), order(debug.getinfo(0, options)), order(debug.getinfo(-1, options)))
end
print(order(debug.getinfo(f)))
print(order(debug.getinfo(f, "L").activelines))
print(order(debug.getinfo(loadstring("\n\ny = 1\n\nfunction x() end\n", "=lines"), "LS").activelines))
print(order(debug.getinfo(loadstring(string.dump(f)), "SL")))
print(order(debug.getinfo(loadstring("x = 1", "@name\0more"), "S")))
print(order(debug.getinfo(loadstring("x = 1\ny = 2"), "S")))
print(debug.getinfo(f, "f").func == f, debug.getinfo(1, "f").func == debug.getinfo(1).func, debug.getinfo(0, "f").func == debug.getinfo)
for _, g in ipairs{ipairs, pairs, newproxy, print, coroutine.wrap(f), (string.gmatch("a", "a"))} do print(debug.getinfo(g).nups) end
