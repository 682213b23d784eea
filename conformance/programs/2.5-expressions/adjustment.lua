-- 2.5 Expressions: how many results calls and "..." give in every place, and what parentheses do to them.

local function f(...) return ... end
local function count(...) return select("#", ...) end
local function g(...)
  -- The list of the manual.
  f()
  print(count(f(1, 2, 3), 10))
  print(count(f(1, 2, 3)))
  local a, b, c = f(1, 2, 3), 10
  print(a, b, c)
  a, b = ...
  print(a, b)
  a, b, c = 10, f(1, 2, 3)
  print(a, b, c)
  a, b, c = f(1, 2, 3)
  print(a, b, c)
  print(#{f(1, 2, 3)}, #{...}, #{f(1, 2, 3), nil}, #{f(1, 2, 3), 10}, #{10, f(1, 2, 3)})
  return count(f(...)), count((f(...))), count(...), count((...))
end
print(g("x", "y", "z"))
print(g())

-- Each place that takes one value.
local t = {f(1, 2), (f(1, 2)), f(1, 2) + 0, -f(1, 2), not f(1, 2), f("a", "b") .. "c", f(1, 2) == 1, f(1, 2) and f(3, 4), [f(9, 8)] = f(7, 6), x = f(5, 4)}
print(#t, unpack(t, 1, 10))
print(t[9], t.x)
print(({f({"in"}, 2)})[1][1], ({10, 20, 30})[f(2, 3)], f("ab", "cd"):rep(2), (f(f, 1))(5, 6))
local keyed = {}
keyed[f("k", "l")] = f("v", "w")
print(keyed.k, keyed.l)
if f(nil, true) then error() end
while f(false, true) do error() end
local rounds = 0
repeat rounds = rounds + 1 until f(true, false)
for i = f(1, 5), f(2, 9), f(1, 7) do rounds = rounds + i end
print(rounds)

-- At the end of a list all values, elsewhere one.
print(f(1, 2, 3), f(4, 5, 6))
print((f(1, 2, 3)), (f(4, 5, 6)))
print(count(f()), count(f(), f()), count((f())), count(f(), 1), count(1, f()), count(f(), (f())))
print(count(nil, f(nil, nil)), count(f(f(f(1, 2, 3)))), count(f(f(1, 2), f(3, 4)), f(5, 6)))
print(#{f(), f(), f()}, #{f(1, 2), f(1, 2), f(1, 2)}, #{(f(1, 2)), (f(1, 2))}, next{f()} == nil, next{(f())})

-- return: a call in it passes everything on; parentheses cut to one.
local function pass(...) return f(...) end
local function cut(...) return (f(...)) end
local function two(...) return f(...), f(...) end
local function dots(...) return ... end
local function one(...) return (...) end
local function last(...) return 0, ... end
local function middle(...) return ..., 0 end
print(count(pass(1, 2, 3)), count(cut(1, 2, 3)), count(two(1, 2, 3)), count(dots(1, 2, 3)), count(one(1, 2, 3)), count(last(1, 2, 3)), count(middle(1, 2, 3)))
print(count(pass()), count(cut()), count(two()), count(dots()), count(one()), count(last()), count(middle()))
print(cut(), one(), (dots()))

-- "..." belongs to the function around it, and is not an upvalue.
print(loadstring("return function() return ... end", "=v"))
print(loadstring("local function f(a) local x = ... end", "=v"))
print(loadstring("local function f(a) return function(...) return ... end, ... end", "=v"))
print(loadstring("return ...", "=v")(1, 2))
print((loadstring("return (...)", "=v")(1, 2)))

-- Hundreds of values.
local many = {}
for i = 1, 240 do many[i] = i end
print(count(f(unpack(many))), count(f(unpack(many)), unpack(many)), #{f(unpack(many))}, #{1, f(unpack(many))}, (f(unpack(many))))
local big = {}
for i = 1, 5000 do big[i] = i end
print(count(f(unpack(big))), #{f(unpack(big))}, (select(5000, f(unpack(big)))))

-- Parentheses do nothing else.
assert((((1))) == 1 and ((("s"))) == "s" and (((nil))) == nil and ((print)) == print)
local p = (1 + 2) * (3 + (4 - 5)) / ((2))
assert(p == 3)
for _, source in ipairs{"return ()", "return (1, 2)", "return (1", "return 1)", "return ((1)", "return (1))", "return (x)(y)", "return ((x)(y))", "return (x).y", "return (x):y()",
  "return (x)[1]", "return ({})", "return (...)", "return (function() end)", "return (function() end)()", "return ( )", "return (return 1)", "return (x = 1)", "return (local x)"} do
  local chunk, message = loadstring(source, "=p")
  print(source, chunk and "accepted" or message)
end
