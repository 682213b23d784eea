-- seed: varargs/select — select with positive, negative, "#" and bad selectors
local function n(...) return select("#", ...) end
print(n(), n(nil), n(nil, nil), n(1, nil), n(1, 2, 3), n(n(), n()), n(unpack({}, 1, 10)))
print(select(1, "a", "b", "c")) print(select(2, "a", "b", "c"))
print(select(3, "a", "b", "c")) print(select(4, "a", "b", "c"))
print(select(-1, "a", "b", "c")) print(select(-2, "a", "b", "c")) print(select(-3, "a", "b", "c"))
print((select(2, "a", "b", "c")), (select(-1, "x", "y")))
print(select("2", "a", "b")) print(select(1.9, "a", "b")) print(select(2.5, "a", "b"))
print(pcall(select)) print(pcall(select, 0)) print(pcall(select, 0, "a"))
print(pcall(select, -1)) print(pcall(select, -4, "a", "b", "c"))
print(pcall(select, "x", 1)) print(pcall(select, nil, 1)) print(pcall(select, {}, 1))
print(pcall(select, "##", 1)) print(pcall(select, "#x", 1, 2))
print(pcall(function() return select(0, 1) end))
print(pcall(function() return select() end))
print(pcall(function() return select(-5, 1) end))
print(select(100, 1, 2), select("#", select(100, 1, 2)), select("#", select(1)), select("#"))
local function last(...) return (select(n(...), ...)) end
print(last(1, 2, 3), last("only"), last(nil, false), pcall(last))
local function rev(...)
  if n(...) <= 1 then return ... end local function app(x, ...) return ..., x end
  local r = {} for i = n(...), 1, -1 do r[#r + 1] = (select(i, ...)) end return unpack(r)
end
print(rev(1, 2, 3, 4)) print(rev())
local s = 0 for i = 1, n(5, 6, 7) do s = s + (select(i, 5, 6, 7)) end print(s)
print(select(2, pcall(error, "e", 0)), select(-1, string.find("hello", "l")))
