-- seed: package/loaders — package.loaders, paths, and where they are wrong
local function try(...) print(pcall(require, ...)) end
package.path = "/nonexistent/?.lua;;/nonexistent/?/?;/nonexistent/fixed"
package.cpath = ";/nonexistent/?.so;"
try("a") try("a.b") try("a.b.c") try("a-b.c") try("")
for i, loader in ipairs(package.loaders) do
  print(i, pcall(loader)) print(i, pcall(loader, "m")) print(i, pcall(loader, "m.n")) print(i, pcall(loader, {}))
end
local loaders = package.loaders
package.loaders = {function(name) return "\n\tfirst " .. name end, function() return 2 end, function() return {} end, function() end}
try("x")
package.loaders = {loaders[1], function(name) return function(...) return {...} end end}
print(#require("y"), require("y")[1])
package.loaders = setmetatable({}, {__index = loaders}) try("x")
package.loaders = nil try("x")
package.loaders = "loaders" try("x")
package.loaders = loaders
package.path = nil try("x")
package.path = {} try("x")
package.path = 12 package.cpath = nil try("x") try("x.y")
package.cpath = "" try("x.y")
package.preload = nil try("x")
