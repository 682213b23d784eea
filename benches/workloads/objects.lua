-- workload: objects — classes with metatables, inherited methods, overriding and operators
local Shape = {}
Shape.__index = Shape

function Shape.new(class, name)
  return setmetatable({name = name, moved = 0}, class)
end

function Shape:move(dx, dy)
  self.x, self.y = (self.x or 0) + dx, (self.y or 0) + dy
  self.moved = self.moved + 1
  return self
end

function Shape:area() return 0 end
function Shape:describe() return self:area() * self.moved end

local function extend(base)
  local class = setmetatable({}, {__index = base})
  class.__index = class
  return class
end

local Rectangle = extend(Shape)
function Rectangle.new(class, w, h)
  local self = Shape.new(class, "rectangle")
  self.w, self.h = w, h
  return self
end
function Rectangle:area() return self.w * self.h end

local Square = extend(Rectangle)
function Square.new(class, side) return Rectangle.new(class, side, side) end
function Square:describe() return Rectangle.describe(self) + 1 end

local Vector = {}
Vector.__index = Vector
local function vector(x, y) return setmetatable({x = x, y = y}, Vector) end
Vector.__add = function(a, b) return vector(a.x + b.x, a.y + b.y) end
Vector.__sub = function(a, b) return vector(a.x - b.x, a.y - b.y) end
Vector.__mul = function(a, k) return vector(a.x * k, a.y * k) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__lt = function(a, b) return a:dot(a) < b:dot(b) end
function Vector:dot(o) return self.x * o.x + self.y * o.y end

local shapes = {}
for i = 1, 300 do
  shapes[i] = i % 3 == 0 and Square:new(i % 17) or i % 3 == 1 and Rectangle:new(i % 13, i % 7) or Shape:new("point")
end
local total = 0
for round = 1, 4000 do
  for i = 1, #shapes do
    local s = shapes[i]
    s:move(round % 3, 1)
    if i % 4 == 0 then total = total + s:describe() end
  end
end

local sum, smaller = vector(0, 0), 0
for i = 1, 350000 do
  local step = vector(i % 5, i % 3) * 2 - vector(1, 1)
  if step < sum then smaller = smaller + 1 end
  sum = sum + step
end
print("objects", total, sum.x, sum.y, smaller, sum == vector(sum.x, sum.y), shapes[7].x, shapes[7].y)
