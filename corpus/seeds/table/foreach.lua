-- seed: table/foreach — foreach and foreachi: order, early results, wrong arguments
table.foreachi({"a", "b", nil, "d"}, print)
print(table.foreachi({1, 2, 3}, function(i, v) if v == 2 then return "found", "second dropped" end end))
print(table.foreachi({}, print)) print(select("#", table.foreachi({1}, function() end)))
table.foreach({10, 20, x = "ex", 30}, print)
print(table.foreach({a = 1}, function(k, v) return k .. v end))
print(table.foreach({}, print))
print(table.foreach({1, 2, 3}, function(k, v) if k == 2 then return false end end))
print(table.foreachi({1, 2, 3}, function(k, v) if k == 2 then return false end end))
print(table.foreach({1, 2}, function(k, v) return nil end))
local t = {} for i = 1, 12 do t["k" .. i] = i end local r = {}
table.foreach(t, function(k, v) r[#r + 1] = k end) local p = {}
for k in pairs(t) do p[#p + 1] = k end
print(table.concat(r, " ") == table.concat(p, " "), #r)
table.foreach(t, function(k, v) t[k] = nil end) print(next(t)) print(pcall(table.foreach))
print(pcall(table.foreach, {})) print(pcall(table.foreach, {1}, nil))
print(pcall(table.foreach, {}, 5)) print(pcall(table.foreach, 5, print))
print(pcall(table.foreachi)) print(pcall(table.foreachi, {1}))
print(pcall(table.foreachi, {1}, "x")) print(pcall(table.foreachi, nil, print))
print(pcall(table.foreach, {1}, function() error("in foreach", 0) end))
print(pcall(table.foreachi, {1}, function() error("in foreachi") end))
print(pcall(table.foreach, {1}, setmetatable({}, {__call = print})))
print(pcall(function() table.foreach({1}, 1) end)) local n = 0
table.foreachi({5, 6, 7}, function(i, v) n = n + i * v end) print(n) local grow = {1, 2}
table.foreachi(grow, function(i) if i < 5 then grow[#grow + 1] = i end end) print(#grow)
print(pcall(table.foreach, {1}, print, "extra"))
