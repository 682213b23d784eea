-- 5.3 Modules: require: searchers, package.loaded, preload, path, results, errors. Modules are files that this program makes.
-- What C loaders say depends on whether a build has dynamic libraries, so package.cpath is empty here.

package.cpath = ""
local name = os.tmpname()
os.remove(name)
-- Files "<name>_<module>.lua"; messages are shown with PATH in the place of <name>.
local created = {}
local function path_of(module) return name .. "_" .. module:gsub("%.", "/") .. ".lua" end
local function write(module, text)
  local file = assert(io.open(path_of(module), "w"))
  file:write(text)
  file:close()
  created[#created + 1] = path_of(module)
end
package.path = name .. "_?.lua"
local function clean(v)
  v = tostring(v):gsub("0x%x+", "address"):gsub("[^%s'\"<]*/[^%s'\"<]*(_[%w]*%.lua)", "PATH%1")
  return (v:gsub("[^%s'\"<_]*require%.lua:(%d+)", "here:%1"))
end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end

-- A module runs once, gets its name, and its value is kept.
runs = 0
write("counted", "runs = runs + 1 return {name = ..., count = select('#', ...), run = runs}")
local first = require "counted"
show(first.name, first.count, first.run, require "counted" == first, require("counted").run, runs, package.loaded.counted == first, select("#", require "counted"))
package.loaded.counted = nil
show(require("counted").run, package.loaded.counted ~= first)
-- Without a value: true; with false or nil; with a value that it puts into package.loaded itself.
write("nothing", "runs = runs + 1") write("nils", "return nil") write("no", "return false") write("own", "package.loaded[...] = 'own value'") write("both", "package.loaded[...] = 'own value' return 'returned'") write("two", "return 1, 2") write("text", "return 'text'") write("zero", "return 0")
for _, module in ipairs{"nothing", "nils", "no", "own", "both", "two", "text", "zero"} do show(module, pcall(require, module)) show(package.loaded[module]) show(pcall(require, module)) end

-- Names that are not found list every try.
show(pcall(require, "missing"))
package.path = "./?.none;?/init.none;fixed"
show(pcall(require, "a.b.c")) show(pcall(require, "")) show(pcall(require, "with space")) show(pcall(require, "a%b")) show(pcall(require, 5))
package.path = ""
show(pcall(require, "missing"))
package.path = ";;"
show(pcall(require, "missing"))
package.path = name .. "_?.lua"

-- Files that fail: syntax, run time, other values.
write("syntax", "x = = 1") write("raises", "error('raised')") write("raises0", "error('raised', 0)") write("tabled", "error({})") write("level2", "error('to the caller', 2)")
for _, module in ipairs{"syntax", "raises", "raises0", "tabled", "level2"} do show(pcall(require, module)) show(package.loaded[module] ~= nil) show(pcall(require, module)) package.loaded[module] = nil end
-- Modules that require each other, and themselves.
write("loop", "return require 'loop'") write("ping", "return require 'pong'") write("pong", "return require 'ping'") write("late", "package.loaded.late = {partial = true} return require('late').partial")
show(pcall(require, "loop")) show(pcall(require, "ping")) show(pcall(require, "late"))
write("nested", "return {inner = require 'text', name = ...}")
show(require("nested").inner, require("nested").name)

-- preload comes before the files, and gets the name.
package.preload.text = function() return "never: loaded already" end
show(require "text") package.loaded.text = nil show(require "text")
package.preload.pre = function(...) return select("#", ...) .. (...) end
show(require "pre", package.loaded.pre)
package.preload.failing = function() error("preload fails", 0) end
show(pcall(require, "failing"))
package.preload.bad = "no function"
show(pcall(require, "bad"))
package.preload.callable = setmetatable({}, {__call = function(_, n) return "called " .. n end})
show(pcall(require, "callable"))

-- package.loaded counts, whatever is in it but nil and false.
package.loaded.here = "value" show(require "here") package.loaded.here = 0 show(require "here") package.loaded.here = false show(pcall(require, "here"))
show(require "string" == string, require "_G" == _G, package.loaded._G == _G, package.loaded.package == package, package.loaded.coroutine == coroutine, package.loaded.os == os, package.loaded.io == io, package.loaded.debug == debug, package.loaded.math == math, package.loaded.table == table)

-- Searchers of our own.
local loaders = package.loaders
show(type(loaders), #loaders >= 4)
table.insert(loaders, 2, function(n) if n:find("^made:") then return function(...) return "made " .. table.concat({...}, ",") end elseif n == "saying" then return "\n\tthe searcher says no" elseif n == "nil" then return nil elseif n == "table" then return {} elseif n == "raise" then error("searcher raises", 0) end end)
show(require "made:x") package.path = "none" show(pcall(require, "saying")) show(pcall(require, "nil")) show(pcall(require, "table")) show(pcall(require, "raise"))
table.remove(loaders, 2)
package.loaders = {function(n) return n == "only" and function() return "by the only one" end or "|" .. n end}
show(require "only") show(pcall(require, "other"))
package.loaders = {} show(pcall(require, "none at all"))
package.loaders = nil show(pcall(require, "no loaders")) package.loaders = 5 show(pcall(require, "bad loaders"))
package.loaders = loaders
-- path and preload of wrong types.
local saved = package.path
package.path = nil show(pcall(require, "nopath")) package.path = 5 show(pcall(require, "numberpath")) package.path = {} show(pcall(require, "tablepath"))
package.path = saved
package.preload = nil show(pcall(require, "nopreload"))
show(pcall(require)) show(pcall(require, nil)) show(pcall(require, {})) show(pcall(require, true))
for _, file in ipairs(created) do os.remove(file) end
