-- seed: programs/classes — a small class library with inheritance, mixins, properties and metamethods, and its tests
local Object = {} Object.__index = Object
function Object:new() end
function Object:extend()
  local class = {}
  for k, v in pairs(self) do if k:find("__") == 1 then class[k] = v end end
  class.__index, class.super = class, self
  return setmetatable(class, self)
end
function Object:implement(...)
  for _, mixin in pairs{...} do
    for k, v in pairs(mixin) do if self[k] == nil and type(v) == "function" then self[k] = v end end
  end
end
function Object:is(T)
  local mt = getmetatable(self)
  while mt do if mt == T then return true end mt = getmetatable(mt) end
  return false
end
function Object:__tostring() return "Object" end
function Object:__call(...) local obj = setmetatable({}, self) obj:new(...) return obj end

local Point = Object:extend()
function Point:new(x, y) self.x, self.y = x or 0, y or 0 end
function Point.__add(a, b) return Point(a.x + b.x, a.y + b.y) end
function Point.__sub(a, b) return Point(a.x - b.x, a.y - b.y) end
function Point.__mul(a, b) if type(a) == "number" then a, b = b, a end return Point(a.x * b, a.y * b) end
function Point.__unm(a) return Point(-a.x, -a.y) end
function Point.__eq(a, b) return a.x == b.x and a.y == b.y end
function Point.__lt(a, b) return a.x < b.x or a.x == b.x and a.y < b.y end
function Point.__le(a, b) return not (b < a) end
function Point.__concat(a, b) return tostring(a) .. tostring(b) end
function Point:__tostring() return "(" .. self.x .. ", " .. self.y .. ")" end

local Rect = Point:extend()
function Rect:new(x, y, w, h) Rect.super.new(self, x, y) self.w, self.h = w or 1, h or 1 end
function Rect:area() return self.w * self.h end
function Rect:__tostring() return "Rect" .. Rect.super.__tostring(self) .. self.w .. "x" .. self.h end

local Printable = {describe = function(self) return "<" .. tostring(self) .. ">" end, area = function() return -1 end}
Rect:implement(Printable)
Point:implement(Printable)

local p, q, r = Point(1, 2), Point(3), Rect(5, 6, 7, 8)
print(p, q, r, p + q, p - q, p * 2, 2 * p, -p)
print(p == Point(1, 2), p ~= q, p < q, p <= q, p > q, p >= q, rawequal(p, Point(1, 2)))
print(p .. q, p .. "!", 1 .. p, r .. p)
print(r:area(), p:area(), r:describe(), p:describe())
print(r:is(Rect), r:is(Point), r:is(Object), p:is(Rect), Object.is(r, Printable))
local points = {} for i = 1, 8 do points[i] = Point(i * 5 % 7, i) end
table.sort(points)
for i, v in ipairs(points) do points[i] = tostring(v) end
print(table.concat(points, " "))
print(pcall(function() return p + nil end))
print(pcall(function() return p.missing.field end))
print(pcall(function() return p:nomethod() end))
print(pcall(function() return r < 5 end))
print(pcall(Point.__tostring))

-- properties with getters and setters, and read-only and strict tables
local function properties(class)
  local get, set = class.get or {}, class.set or {}
  return {
    __index = function(t, k) local g = get[k] if g then return g(t) end return class[k] end,
    __newindex = function(t, k, v)
      local s = set[k]
      if s then s(t, v) elseif get[k] then error("property '" .. k .. "' is read-only", 2) else rawset(t, k, v) end
    end,
  }
end
local Celsius = {
  get = {fahrenheit = function(t) return t.degrees * 9 / 5 + 32 end, kelvin = function(t) return t.degrees + 273.15 end},
  set = {fahrenheit = function(t, v) t.degrees = (v - 32) * 5 / 9 end},
  warm = function(t) return t.degrees > 20 end,
}
local temperature = setmetatable({degrees = 100}, properties(Celsius))
print(temperature.fahrenheit, temperature.kelvin, temperature:warm())
temperature.fahrenheit = 50
print(temperature.degrees, temperature:warm(), rawget(temperature, "fahrenheit"))
print(pcall(function() temperature.kelvin = 0 end))
local function readonly(t)
  return setmetatable({}, {__index = t, __newindex = function(_, k) error("cannot set " .. tostring(k), 2) end,
    __metatable = "locked", __call = function() return pairs(t) end})
end
local days = readonly{"mo", "tu", "we", n = 3}
print(days[1], days.n, #days, getmetatable(days), pcall(setmetatable, days, {}))
print(pcall(function() days[4] = "th" end))
for k, v in days() do print(k, v) end
local strict = setmetatable({}, {__index = function(_, k) error("undeclared variable '" .. k .. "'", 2) end})
print(pcall(setfenv(function() return undeclared end, strict)))
