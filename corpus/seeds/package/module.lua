-- seed: package/module — module makes tables, sets environments, calls its options
local print, pcall, getfenv, getmetatable, package, _G, pairs, error = print, pcall, getfenv, getmetatable, package, _G, pairs, error
local module, select, setmetatable, rawset, string = module, select, setmetatable, rawset, string
local function try(...)
  local function f(...) module(...) return getfenv(1) end
  local ok, result = pcall(f, ...)
  if not ok then return print(..., ok, result) end
  print(..., result._NAME, result._PACKAGE, result._M == result, package.loaded[(...)] == result)
  return result
end
try("m") try("m") try("p.q.r") try("p.q") try("") try("a..b") try(".")
try("print") try("print.x") try("string.sub.x") try(5)
print(_G.m._NAME, _G.p.q.r._PACKAGE, _G.p.q._PACKAGE, _G.p._NAME)
try("opt", function(m) print("option", m._NAME) m.x = 1 end, package.seeall, setmetatable({}, {__call = function(_, m) print(m.x) end}))
print(getmetatable(_G.opt).__index == _G)
try("bad", 5) try("worse", function() error("option", 0) end)
try() try({}) try(nil)
print(pcall(module, "native"))
print(pcall(function() return module("lost") end), _G.lost and _G.lost._NAME)
try("string")
print(string._NAME, string._PACKAGE == "")
setmetatable(_G, {__newindex = function(t, k, v) print("new", k) rawset(t, k, v) end})
try("late.one.two")
setmetatable(_G, {__newindex = function(t, k, v) error("refused " .. k, 0) end})
try("later.one")
setmetatable(_G, nil)
setmetatable(package.loaded, {__index = function(_, k) print("asked", k) end, __newindex = function(t, k, v) print("set", k) rawset(t, k, v) end})
try("seen")
setmetatable(package.loaded, nil)
local plain = {} package.seeall(plain) package.seeall(plain) print(plain.print == print)
print(pcall(package.seeall)) print(pcall(package.seeall, "x"))
local strange = setmetatable({}, setmetatable({}, {__newindex = function(t, k, v) print("field", k, v == _G) end}))
package.seeall(strange)
