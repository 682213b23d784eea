-- seed: gc/weak-userdata — finalised userdata go from weak values before they are finalised, and from weak keys after
local function count(t) local n = 0 for _ in pairs(t) do n = n + 1 end return n end
local function weak(mode) return setmetatable({}, {__mode = mode}) end
local keys, values, both = weak "k", weak "v", weak "kv"
local saved

local function make(save)
  local p = newproxy(true)
  local names = {}
  getmetatable(p).__gc = function(self)
    print("finaliser", keys[self], count(keys), count(values), count(both), both[self])
    if save then saved = self end
  end
  keys[p] = "key"
  both[p] = "key"
  values.p = p
  values[1] = p
  both.p = p
end
make(false)
collectgarbage()
collectgarbage()
print(count(keys), count(values), count(both))

-- Saved, it stays a key, and never is a weak value for long again.
make(true)
collectgarbage()
print(count(keys), count(values), count(both), keys[saved])
values.again, values[1], values[2] = saved, saved, {}
both[saved] = "again"
collectgarbage()
print(values.again, values[1], values[2], keys[saved], both[saved])

-- In a table with weak keys, it goes as a value from the hash part, and stays in the array part.
local function keep()
  local k = weak "k"
  k[1], k[2], k.x = "one", saved, saved
  k[{}] = saved
  local array = setmetatable({saved, saved, x = saved}, {__mode = "k"})
  local strong = {saved, x = saved}
  collectgarbage()
  print(k[1], array[1] == saved, array[2] == saved, array.x, strong[1] == saved, strong.x == saved)
  print(count(array), count(strong))
end
keep()
saved = nil
collectgarbage()
collectgarbage()
print(count(keys), count(values), count(both))

-- Without a finaliser, it goes like a table.
local function plain() values.plain, keys[newproxy()], both[newproxy(true)] = newproxy(), 1, 2 end
plain()
collectgarbage()
print(count(keys), count(values), count(both))

-- The tables that newproxy knows its metatables by: a dead one is forgotten, a live one is not.
local model = newproxy(true)
collectgarbage()
print(type(newproxy(model)))
local meta = getmetatable(model)
model = nil
collectgarbage()
print(type(meta), getmetatable(newproxy(true)) ~= meta)
print((pcall(newproxy, setmetatable({}, meta))))
print(pcall(newproxy, setmetatable({}, {})))
