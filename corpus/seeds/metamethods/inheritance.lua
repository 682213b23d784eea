-- seed: metamethods/inheritance — single inheritance with super calls, class fields, tostring and operators inherited by copying
local Animal = {} Animal.__index = Animal Animal.count = 0
function Animal.new(cls, name)
  local o = setmetatable({name = name}, cls) Animal.count = Animal.count + 1 return o
end
function Animal:speak() return self.name .. " makes " .. self:sound() end
function Animal:sound() return "noise" end
Animal.__tostring = function(a) return "Animal:" .. a.name end
Animal.__eq = function(a, b) return a.name == b.name end
local function extend(base)
  local c = {}
  for k, v in pairs(base) do if type(k) == "string" and k:sub(1, 2) == "__" then c[k] = v end end
  c.__index = c
  return setmetatable(c, {__index = base})
end
local Dog = extend(Animal)
function Dog:sound() return "woof" end
function Dog.new(cls, name, breed) local o = Animal.new(cls, name) o.breed = breed return o end
local Puppy = extend(Dog)
function Puppy:sound() return "tiny " .. Dog.sound(self) end
function Puppy:speak() return Animal.speak(self):upper() end
local a, d, p = Animal:new("Generic"), Dog:new("Rex", "lab"), Puppy:new("Bit", "pug")
print(a:speak(), d:speak(), p:speak()) print(tostring(a), tostring(d), tostring(p))
print(d.breed, p.breed, a.breed, Animal.count, Puppy.count)
print(d == Dog:new("Rex"), d == p, a == Animal:new("Generic"), Animal.count)
Animal.legs = 4 print(p.legs, d.legs) p.legs = 3 print(p.legs, d.legs, rawget(d, "legs"))
Puppy.legs = 0 p.legs = nil print(p.legs, Dog.legs)
print(pcall(function() return d:fly() end)) print(pcall(function() return d.speak() end))
print(pcall(function() return Dog.speak({name = "x"}) end))
local function isa(o, c)
  local m = getmetatable(o)
  while m do
    if m == c then return true end
    local mm = getmetatable(m)
    m = mm and mm.__index
  end
  return false
end
print(isa(p, Animal), isa(p, Puppy), isa(d, Puppy), isa(a, Dog), isa({}, Animal))
function Animal:speak() return "patched " .. self.name end print(a:speak(), d:speak(), p:speak())
local obj = setmetatable({}, Puppy) obj.name = "raw"
print(obj:sound(), tostring(obj), getmetatable(obj) == Puppy)
