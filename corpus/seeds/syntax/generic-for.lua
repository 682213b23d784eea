-- seed: syntax/generic-for — explicit iterator, state and control, adjusting of the expression list
local function iter(s, c) if c < s then return c + 1, c * c end end
for i, sq in iter, 3, 0 do print(i, sq) end
for i in iter, 2, 0 do print(i) end
for a, b, c, d in iter, 1, 0 do print(a, b, c, d) end
local function three() return iter, 2, 0, "extra" end
for i, j in three() do print("three", i, j) end
for k, v in next, {10, 20, 30} do print(k, v) end
for k, v in next, {a = 1}, nil do print(k, v) end
for w in string.gmatch("one two three", "%a+") do print(w) end
local function once()
  local done; return function() if not done then done = true return "x", nil, 3 end end
end
for a, b, c in once() do print(a, b, c) end
for a in function() end do print("never") end
local i = 0
for v in function() i = i + 1 if i < 4 then return i end end do print(v) v = nil end
for k in pairs({}) do print("never") end
local t = setmetatable({}, {__call = function(self, s, c)
  c = (c or 0) + 1 if c <= s then return c, "called" end
end})
for k, v in t, 2 do print(k, v) end
for false_is_a_value in function(_, c) if c == nil then return false end end do print(false_is_a_value) end
print(pcall(function() for x in nil do end end))
print(pcall(function() for x in 5 do end end))
print(pcall(function() for x in {} do end end))
print(pcall(function() for x in pairs(nil) do end end))
print(pcall(function() for x in three, 1 do break end end))
for a, b in pairs{x = 1} do local a, b = b, a print(a, b) end
