-- seed: errors/concat-and-compare — concatenation and comparison on wrong types, with names where the reference gives them
local up, upt = nil, {}
local function try(f, ...) print(select(2, pcall(f, ...))) end
try(function() local n return "a" .. n end) try(function() local n return n .. "a" end)
try(function() return up .. "x" end) try(function() return "x" .. up end)
try(function() return glob .. "x" end) try(function() return "x" .. glob .. "y" end)
try(function() return upt.f .. "x" end) try(function() return "x" .. upt.f end)
try(function() return {} .. "x" end) try(function() return "x" .. {} end)
try(function() return 1 .. {} end) try(function() return {} .. 1 end)
try(function() return {} .. {} end) try(function() return true .. "x" end)
try(function() return "x" .. false end) try(function() return nil .. nil end)
try(function() return print .. "x" end) try(function() return 1 .. print end)
try(function() return "a" .. "b" .. nil end) try(function() return "a" .. nil .. "b" end)
try(function() return nil .. "a" .. "b" end)
try(function() return "a" .. "b" .. upt .. "c" end)
try(function() local a, b, c = "a", nil, {} return a .. b .. c end)
try(function() local a, b, c = {}, "b", nil return a .. b .. c end)
try(function() local t = {} return t.x .. t.y end)
try(function(...) return ... .. "x" end) try(function(a, b) return a .. b end, "a")
try(function(a, b) return a .. b end, nil, "b")
try(function() local s = "x" s = s .. upt.n.x end) try(function() return (nil) .. (nil) end)
try(function() return -"x" .. "y" end)
local vals = {1, "s", true, {}, print, newproxy(), coroutine.create(function() end)} local n = #vals + 1
for i = 1, n do for j = 1, n do local a, b = vals[i], vals[j]
  local ok, e = pcall(function() return a < b end) if not ok then print(e) end
  local ok2, e2 = pcall(function() return a <= b end)
  if ok ~= ok2 or e2 ~= e then print("le differs", e, e2) end
  local ok3, e3 = pcall(function() return a > b end) if not ok3 and e3 ~= e then print("gt", e3) end
end end
try(function() return 1 < "2" end) try(function() return "1" < 2 end)
try(function() return nil < 1 end) try(function() return 1 >= nil end)
try(function() return {} > {} end) try(function() return up < upt end)
try(function() return upt.x <= 5 end) try(function() local a = {} return a < a end)
try(function() return true < true end)
try(function() if glob < 1 then end end) try(function() while nil > 1 do end end)
try(function() return not (1 < {}) end) try(function() return 1 < 2 and 2 < nil end)
try(function() local a, b = 1, "x" local c = a <= b end)
