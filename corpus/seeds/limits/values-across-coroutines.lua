-- seed: limits/values-across-coroutines — how many values go into a coroutine and come out of it
local numbers = {}
for i = 1, 7900 do numbers[i] = i end

-- So many values more than `unpack` can give at once.
local function giver(count, before, after)
  local source = "local numbers, unpack, first, second = ... " .. before
      .. ("0, "):rep(count - #numbers) .. "unpack(numbers))" .. after
  return function(...) return loadstring(source)(numbers, unpack, ...) end
end

local function show(...) print(select("#", ...), ...) end

for count = 7997, 8001 do
  print(count)
  local resume = giver(count, "return first(second, ", "")
  local co = coroutine.create(function(...)
    local second = select("#", coroutine.yield(select("#", ...)))
    return second
  end)
  show(pcall(resume, coroutine.resume, co))
  show(pcall(resume, coroutine.resume, co))
  print(coroutine.status(co))
  show(pcall(resume, coroutine.resume, co))
  show(pcall(giver(count, "return first(", ""), coroutine.wrap(function(...) return select("#", ...) end)))

  local yields = giver(count, "coroutine.yield(", "")
  local returns = giver(count, "local function pass(...) return ... end return pass(", "")
  for _, gives in ipairs { yields, returns } do
    print(pcall(function() return select("#", coroutine.resume(coroutine.create(function() return gives() end))) end))
    print(pcall(function() return select("#", coroutine.wrap(function() return gives() end)()) end))
  end
end
