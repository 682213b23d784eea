-- seed: metamethods/multiple-inheritance — searching several parents, caching, method resolution by function
local function search(k, list)
  for _, c in ipairs(list) do local v = c[k] if v ~= nil then return v end end
end
local lookups = 0
local function class(...)
  local parents, c = {...}, {}
  setmetatable(c, {__index = function(t, k)
    lookups = lookups + 1
    local v = search(k, parents)
    t[k] = v
    return v
  end})
  c.__index = c
  function c:new(o) return setmetatable(o or {}, c) end
  return c
end
local Named = {} function Named:getname() return self.name end
function Named:setname(n) self.name = n return self end
local Counted = {step = 1}
function Counted:inc() self.n = (self.n or 0) + self.step return self end
function Counted:getname() return "shadowed" end
local Both, Rev = class(Named, Counted), class(Counted, Named)
local b, r = Both:new{name = "b"}, Rev:new{name = "r"}
print(b:getname(), r:getname(), b:inc():inc().n, r:setname("rr"):inc().n, r.name)
local before = lookups b:inc() b:inc() print(lookups == before, b.n, b.missing, lookups - before)
Named.getname = function() return "updated" end print(b:getname(), Both.getname == Named.getname)
local Third = class(Both, {extra = function() return "extra" end, step = 10}) local t = Third:new{name = "t"}
print(t:getname(), t:extra(), t:inc().n, t.step, rawget(Third, "inc") == Counted.inc)
local prox = setmetatable({}, {__index = function(_, k)
  return function(self, ...) return k .. "(" .. table.concat({...}, ",") .. ")" end
end})
print(prox:anything(1, 2), prox:other(), prox.field(nil, "x"))
local mix = {} for _, m in ipairs{Named, Counted} do for k, v in pairs(m) do mix[k] = mix[k] or v end end
local names = {} for k in pairs(mix) do names[#names + 1] = k end table.sort(names)
print(table.concat(names, " "))
local deep = {v = "bottom"}
for i = 1, 50 do deep = setmetatable({["k" .. i] = i}, {__index = deep}) end
print(deep.v, deep.k1, deep.k50, deep.k51)
