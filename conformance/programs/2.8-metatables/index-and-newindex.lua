-- 2.8 Metatables: "index" and "newindex", by tables and functions, chains, raw access, and what is no table.

local function clean(v) return (tostring(v):gsub("^.-%.lua:%d+: ", ""):gsub("0x%x+", "address")) end
local function message(f, ...) local ok, m = pcall(f, ...) return ok and "fine" or clean(m) end

-- __index is asked only for absent fields.
local log = {}
local t = setmetatable({present = 1, no = false}, {__index = function(...)
  log[#log + 1] = select("#", ...) .. tostring(select(2, ...))
  return "from index", "dropped"
end})
print(t.present, t.no, t.absent, t[1], t[1.5], t[true], rawget(t, "absent"), #log, table.concat(log, " "))
assert(t[nil] == "from index" and t[0 / 0] == "from index")
-- Only one value, also in lists.
print(select("#", t.x), (t.x), #{t.x, t.y})
-- A table as __index, with its own metatable.
local base = setmetatable({b = "base"}, {__index = function(_, k) return k == "deep" and "deepest" or nil end})
local middle = setmetatable({m = "middle"}, {__index = base})
local top = setmetatable({t = "top"}, {__index = middle})
print(top.t, top.m, top.b, top.deep, top.none, rawget(top, "m"))
-- Other values as __index: indexing goes on with them.
print(setmetatable({}, {__index = "text"}).len == string.len, message(function() return setmetatable({}, {__index = 5}).x end), message(function() return setmetatable({}, {__index = true}).x end))
print(setmetatable({}, {__index = setmetatable({}, {__call = error})}).x, message(function() return setmetatable({}, {__index = newproxy()}).x end))
print(message(function() local object = setmetatable({}, {__index = 5}) return object.field end), message(function() local o = setmetatable({}, {__index = function() error("raised", 0) end}) return o.x end))

-- __newindex is asked only for absent fields; rawset goes round it.
log = {}
local w = setmetatable({present = 1}, {__newindex = function(...) log[#log + 1] = select("#", ...) .. tostring(select(2, ...)) .. tostring(select(3, ...)) end})
w.present = 2 w.absent = 3 w[1] = 4 w.absent = nil w.present = nil w.present = 5
rawset(w, "raw", 1) w.raw = 2
print(w.present, w.absent, w[1], w.raw, table.concat(log, " "))
local store = {}
local proxy = setmetatable({}, {__newindex = store, __index = store})
proxy.a = 1 proxy.b = 2 proxy.a = proxy.a + 10
print(proxy.a, proxy.b, rawget(proxy, "a"), store.a, next(proxy))
local logged = setmetatable({}, {__newindex = function(_, k, v) log[#log + 1] = k .. v end})
local second = setmetatable({}, {__newindex = logged})
second.x = "y"
print(log[#log], message(function() setmetatable({}, {__newindex = 5}).x = 1 end), message(function() setmetatable({}, {__newindex = "s"}).x = 1 end))
-- A field with the value nil is absent; false is present.
local f = setmetatable({no = false}, {__newindex = function(s, k, v) rawset(s, k, "by metamethod") end})
f.no = true f.yes = true f.yes = "plain"
print(f.no, f.yes)

-- Every kind of access goes through: dots, brackets, methods, multiple assignment, constructors do not.
local accesses = {}
local spy = setmetatable({}, {__index = function(_, k) accesses[#accesses + 1] = "get " .. tostring(k) return function() return k end end,
  __newindex = function(_, k) accesses[#accesses + 1] = "set " .. tostring(k) end})
local _ = spy.a, spy["b"], spy[3], spy:method(), spy.f()
spy.a, spy.b, spy[1] = 1, 2
function spy.g() end
function spy:h() end
_ = {spy.x, [spy] = spy.y}
for _ = 1, 1 do spy[_] = spy[_] end
print(table.concat(accesses, ", "))

-- Userdata and other types: strings have a shared metatable, the rest none of their own here.
local u = newproxy(true)
local mu = getmetatable(u)
print(message(function() return u.x end), message(function() u.x = 1 end))
mu.__index = function(s, k) return s == u and k .. "!" end
mu.__newindex = function(s, k, v) log[#log + 1] = k .. "=" .. v end
u.field = "v"
print(u.name, u[1], log[#log])
mu.__index = {x = "from table"}
print(u.x, u.y)
local smt = getmetatable("")
print(("x").len == string.len, ("x").nothing, message(function() return ("x").a.b end), message(function() ("x").a = 1 end))
smt.__index = function(s, k) return type(k) == "number" and s:byte(k) or string[k] end
print(("abc")[2], ("abc"):upper(), #("abc").rep("x", 3))
smt.__index = string
smt.__newindex = function(s, k, v) log[#log + 1] = s .. k .. v end
local s = "str"
s.x = 1
print(log[#log])
smt.__newindex = nil

-- Metatables changed while in use; absence is not remembered.
local mt = {}
local o = setmetatable({}, mt)
print(o.x) mt.__index = {x = 1} print(o.x) mt.__index = nil print(o.x) mt.__index = function() return 2 end print(o.x) mt.__index = false print(message(function() return o.x end)) setmetatable(o, nil) print(o.x)
mt.__newindex = function() end
setmetatable(o, mt)
o.y = 1
print(rawget(o, "y")) mt.__newindex = nil o.y = 2 print(o.y)
rawset(mt, "__index", {z = 26}) print(o.z)
-- The metamethod is found by raw access.
print(setmetatable({}, setmetatable({}, {__index = {__index = {x = "inherited event"}}})).x)

-- Classes: methods, super, tostring, several levels.
local Base = {} Base.__index = Base
function Base.new(class, v) return setmetatable({v = v}, class) end
function Base:get() return self.v end
function Base:describe() return "Base " .. self:get() end
local Derived = setmetatable({}, {__index = Base}) Derived.__index = Derived
function Derived:get() return Base.get(self) * 2 end
local d = Derived:new(21)
print(d:get(), d:describe(), Base:new(1):describe(), rawget(Derived, "describe"))
-- Defaults, counters, read-only tables.
local defaults = setmetatable({}, {__index = function(s, k) local v = {} rawset(s, k, v) return v end})
defaults.a.b = 1 defaults.a.c = 2
assert(defaults.a.b == 1 and rawget(defaults, "a").c == 2)
local constant = setmetatable({}, {__index = {pi = 3}, __newindex = function(_, k) error("constant " .. k, 2) end})
print(constant.pi, message(function() constant.pi = 4 end), (select(2, pcall(loadstring("local c = ... \n\nc.x = 1", "=r"), constant))))
