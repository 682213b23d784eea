-- seed: closures/levels — variables captured from several enclosing functions
local a = "a"
local function l1()
  local b = "b"
  local function l2()
    local c = "c"
    local function l3()
      local d = "d"
      return function(set)
        if set then a, b, c, d = a .. set, b .. set, c .. set, d .. set end
        return a .. "," .. b .. "," .. c .. "," .. d
      end
    end
    return l3(), l3(), function() return b .. c end
  end
  return l2
end
local mk = l1()
local f, g, h = mk()
print(f(), g(), h()) print(f("1")) print(g()) print(h()) print(g("2")) print(f())
local f2, g2 = mk()
print(f2()) print(f2("x")) print(f()) print(a)
local function skip()
  local x = 1
  return function() return function() return function() x = x + 1 return x end end end
end
local s = skip() print(s()()(), s()()(), skip()()()())
local function params(p, ...)
  local n = select("#", ...)
  return function(q) p = p + q return p, n end
end
local q = params(10, 1, 2, 3) print(q(1)) print(q(2))
local function self_ref() local f f = function(n) return n == 0 and f or f(n - 1) end return f end
local r = self_ref() print(r(5) == r, self_ref() == self_ref())
