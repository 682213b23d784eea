-- workload: closures — counters over upvalues, currying, composition and folds
local function counter(step)
  local n = 0
  return function()
    n = n + step
    return n
  end
end

local function curry3(f)
  return function(a)
    return function(b)
      return function(c) return f(a, b, c) end
    end
  end
end

local function compose(f, g)
  return function(x) return f(g(x)) end
end

local function map(f, list)
  local out = {}
  for i = 1, #list do out[i] = f(list[i]) end
  return out
end

local function fold(f, start, list)
  local acc = start
  for i = 1, #list do acc = f(acc, list[i]) end
  return acc
end

local counters = {}
for i = 1, 50 do counters[i] = counter(i) end
local ticks = 0
for _ = 1, 200000 do
  for i = 1, 50, 5 do ticks = ticks + counters[i]() % 7 end
end

local volume = curry3(function(a, b, c) return a * b + c end)
local products = 0
for i = 1, 1200000 do products = products + volume(i % 10)(i % 3)(1) end

local add_one = function(x) return x + 1 end
local double = function(x) return x * 2 % 1000003 end
local pipeline = add_one
for i = 1, 20 do pipeline = compose(i % 2 == 0 and double or add_one, pipeline) end
local piped = 0
for i = 1, 250000 do piped = (piped + pipeline(i)) % 1000003 end

local numbers = {}
for i = 1, 100 do numbers[i] = i end
local folded = 0
for i = 1, 10000 do
  local scaled = map(function(x) return x * i end, numbers)
  folded = (folded + fold(function(a, b) return a + b end, 0, scaled)) % 1000003
end
print("closures", ticks, products, piped, folded)
