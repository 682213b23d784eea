-- seed: base/globals-table — _G, _VERSION, global access through _G, undefined globals, deleting globals
print(_VERSION, _G == _G._G, _G._G._G.print == print, type(_G)) newone = 1
print(_G.newone, _G["newone"], rawget(_G, "newone")) _G.other = 2 print(other)
_G["with space"] = 3 print(_G["with space"]) newone = nil
print(newone, rawget(_G, "newone")) print(undefined_global, _G.undefined_global)
for _, n in ipairs{"assert", "collectgarbage", "error", "getfenv", "getmetatable", "ipairs", "load",
  "loadstring", "next", "pairs", "pcall", "print", "rawequal", "rawget", "rawset", "select", "setfenv",
  "setmetatable", "tonumber", "tostring", "type", "unpack", "xpcall", "newproxy", "gcinfo", "rawlen", "bit32",
  "utf8", "warn"} do print(n, type(_G[n])) end
for _, lib in ipairs{"string", "table", "math", "coroutine"} do
  local names = {} for k, v in pairs(_G[lib]) do names[#names + 1] = k .. ":" .. type(v) end
  table.sort(names) print(lib, table.concat(names, " "))
end
local saved = print print = nil saved("print is gone", pcall(function() print("x") end))
print = saved local _G2 = _G _G = nil print(_G, _G2.print == print, getfenv(1) == _G2)
_G = _G2 do local _G = {print = "shadow"} print(_G.print) end
local function f() undeclared = "set in function" end f() print(undeclared)
local print = function(...) return saved("shadowed", ...) end print(1) print = saved
print(2)
local env = setmetatable({}, {__index = _G}) setfenv(1, env) g = 5
print(g, env.g, rawget(_G, "g")) string = "replaced in env"
print(string, ("x"):upper(), _G.string.len("abc")) string = nil print(type(string))
print(math.pi == _G.math.pi) x, y = 1, 2 x, y = y, x print(x, y)
