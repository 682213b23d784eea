-- seed: syntax/nested-functions — functions in functions in tables, and returns from every depth
local function outer(n)
  local function middle(m)
    local function inner(k) return n .. m .. k end
    return inner
  end
  return {mid = middle, direct = middle("D")("d"), self = function() return outer end}
end
local o = outer("N")
print(o.mid("M")("K"), o.direct, type(o.self()))
local lib = {
  math = {add = function(a, b) return a + b end, apply = function(f, ...) return f(...) end},
  compose = function(...)
    local fs = {...}
    return function(...)
      local function go(i, ...) if i == 0 then return ... end return go(i - 1, fs[i](...)) end
      return go(#fs, ...)
    end
  end,
}
print(lib.math.apply(lib.math.add, 3, 4))
print(lib.compose(function(x) return x + 1 end, function(x) return x * 2 end)(10))
print(lib.compose()(1, 2, 3))
print((function() return (function() return (function() return "deep" end)() end)() end)())
local function early(x)
  for i = 1, 10 do
    while true do
      repeat
        if i == x then do return "at " .. i end end
      until true
      break
    end
  end
  return "end"
end
print(early(4), early(11))
local function mutual()
  local even, odd
  function even(n) if n == 0 then return true end return odd(n - 1) end
  function odd(n) if n == 0 then return false end return even(n - 1) end
  return even, odd
end
local even, odd = mutual()
print(even(10), odd(10), even(7), odd(7))
