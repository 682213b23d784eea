-- seed: syntax/call-sugar — calls with a string or a table literal, chains of calls, indexes and methods
local function id(...) return ... end
local function typeof(x) return type(x) .. ":" .. tostring(type(x) == "table" and #x or x) end
print(typeof"a", typeof'b', typeof[[c]], typeof[==[d]==], typeof{}, typeof{1, 2})
print(id"x" .. id"y", #id{1, 2, 3})
local obj = {v = 0}
function obj:add(n) self.v = self.v + n return self end
function obj:get() return self.v end
function obj:say(s) return s .. self.v end
print(obj:add(1):add(2):add(3):get(), obj:say"v=", obj:say[[long ]])
function obj:opts(t) return t.a, t[1] end
print(obj:opts{a = 5, "first"})
local curry = function(a) return function(b) return function(c) return a .. b .. c end end end
print(curry"a""b""c", curry(1)(2)(3), curry"x"(1)[[y]])
local t = {f = function() return {g = function() return {h = "end"} end} end}
print(t.f().g().h, t.f()["g"]().h, (t.f()).g()["h"])
print(("%d-%s"):format(5, "x"), ("abc"):upper():lower():len(), #("x"):rep(5))
print((id)(1, 2), (id(1, 2)))
local s = "str"
print(s:upper(), s:sub(1, 1):byte(), s:rep(2):find"rs")
local mt = setmetatable({}, {__call = function(self, ...) return select("#", ...), ... end})
print(mt(), mt(1), mt"a", mt{}  and "tbl")
print(pcall(function() return type(print)"x" end))
print(pcall(function() return ("x")() end))
print(loadstring("f\n(1)", "=t"))
print(loadstring("local a = f\n(1)", "=t"))
print(loadstring("a.b:c = 1", "=t"))
print(loadstring("a:b", "=t"))
