-- 5.3 Modules: the package table: its fields, loaders one by one, config, and what replacing the fields does.
-- package.loadlib and the two C loaders are left out: what they say depends on whether a build has dynamic libraries. So
-- are the default values of path and cpath, which depend on the installation and the environment.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end

local names = {}
for name, value in pairs(package) do names[#names + 1] = name .. ":" .. type(value) end
table.sort(names)
show(unpack(names))
show(("%q"):format(package.config), #package.config)
show(#package.loaders, type(package.loaders[1]), next(package.preload), getmetatable(package), getmetatable(package.loaded))

-- package.loaded holds the libraries under their names.
local loaded = {}
for name, value in pairs(package.loaded) do if type(value) == "table" and (_G[name] == value) then loaded[#loaded + 1] = name end end
table.sort(loaded)
show(unpack(loaded))

-- The first loader looks into preload.
local preload_loader, path_loader = package.loaders[1], package.loaders[2]
show(preload_loader("absent")) package.preload.present = print show(preload_loader("present") == print) package.preload.present = nil
show(pcall(preload_loader)) show(pcall(preload_loader, {})) show(preload_loader(5))
-- The second tries the templates of package.path.
local file = os.tmpname()
local f = assert(io.open(file, "w"))
f:write("return 'from the file', ...")
f:close()
package.path = file
show(type(path_loader("anything")), path_loader("anything")("x", "y"))
package.path = "no such file 1;no such file 2;" .. file .. ";never reached"
show(path_loader("anything")("z"))
for _, path in ipairs{"", ";", ";;", "?", "?;?", "a?b?c", "./?.x;./?/y", "??", "%", "%1", "?.lua;;?.txt", "dir/?"} do
  package.path = path
  for _, name in ipairs{"m", "m.n", "m%n", ""} do show(path, name, (path_loader(name .. "-absent"))) end
end
package.path = file
local changed = assert(io.open(file, "w")) changed:write("x = = 1") changed:close()
show((clean(select(2, pcall(path_loader, "broken"))):gsub("%S*/%S+", "FILE"):gsub("%.%.%.%S*", "FILE")))
for _, bad in ipairs{false, 5, {}} do package.path = bad or nil show(pcall(path_loader, "m-absent")) end
os.remove(file)

-- The fields can be replaced; require looks at those of the table that it knows as package, and at the original loaded.
local original = {loaders = package.loaders, loaded = package.loaded, preload = package.preload}
package.path, package.cpath = "", ""
package.preload = {swapped = function() return "from the new preload" end}
show(pcall(require, "swapped"))
original.preload.kept = function() return "from the old preload" end
show(pcall(require, "kept"))
package.preload = original.preload
package.loaded = {fake = "fake"}
show(pcall(require, "fake")) show(require "string" == string)
package.loaded = original.loaded
local G_package = package
package = nil
show(pcall(require, "gone"))
package = {loaders = {function() return function() return "never" end end}}
show(pcall(require, "fake package"))
package = G_package
show(package.loaded.package == package)

-- require is a function of _G with an environment of its own.
show(getfenv(require) == _G or getfenv(require) ~= nil, type(require), type(module), type(package.seeall), type(package.loadlib))
