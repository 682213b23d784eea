-- seed: table/sort-invalid-order — comparators that are not orders: errors, results and their exact sequence of calls
local function run(name, t, f)
  local n = 0
  local ok, e = pcall(table.sort, t, function(a, b)
    n = n + 1 if n > 5000 then error("too many calls", 0) end return f(a, b)
  end)
  local r = {} for i = 1, #t do r[i] = tostring(t[i]) end
  print(name, ok, e, n, table.concat(r, " "))
end
for _, size in ipairs{1, 2, 3, 4, 5, 10, 20} do
  local function mk() local t = {} for i = 1, size do t[i] = (i * 7) % size end return t end
  run("always true " .. size, mk(), function() return true end)
  run("always false " .. size, mk(), function() return false end)
  run("<= " .. size, mk(), function(a, b) return a <= b end)
  run(">= " .. size, mk(), function(a, b) return a >= b end)
  run("~= " .. size, mk(), function(a, b) return a ~= b end) local flip = false
  run("alternating " .. size, mk(), function() flip = not flip return flip end)
  run("nil " .. size, mk(), function() end)
  run("number " .. size, mk(), function(a, b) return 0 end)
end
run("equal elements, always true", {1, 1, 1, 1, 1}, function() return true end)
run("equal elements, <=", {1, 1, 1, 1, 1, 1, 1, 1}, function(a, b) return a <= b end)
run("nan", {3, 0 / 0, 1, 2}, function(a, b) return a < b end) local i = 0
run("pseudo random", {1, 2, 3, 4, 5, 6, 7, 8}, function() i = (i * 5 + 3) % 16 return i > 7 end)
run("modifies", {5, 4, 3, 2, 1}, function(a, b) return a < b end) local t = {5, 3, 1}
run("reads itself", t, function(a, b) return #t == 3 and a < b end)
print(pcall(table.sort, {3, 2, 1, 4}, function(a, b) return a end))
print(pcall(table.sort, {1, 2, 3, 4, 5}, function(a, b) return true end))
print(pcall(function() table.sort({1, 2, 3, 4}, function(a, b) return true end) end))
local nan = {1, 0 / 0, 3, 0 / 0, 2} print(pcall(table.sort, nan)) local cnt = 0
for k, v in ipairs(nan) do cnt = cnt + 1 end print(cnt)
