-- seed: package/require — what require makes of what loaders and modules return
package.path, package.cpath = "", ""
local function preload(name, f) package.preload[name] = f end
local function try(...) print(select("#", ...), pcall(require, ...)) end
preload("nothing", function(...) print("loading", ...) end)
try("nothing") try("nothing") print(package.loaded.nothing)
preload("false", function() return false end)
try("false") try("false") print(package.loaded["false"])
preload("table", function() return {} end) package.loaded.table = nil
print(require("table") == package.loaded.table, require("table") == require "table")
preload("own", function(name) package.loaded[name] = "set" end)
try("own") try("own")
preload("fails", function() error("no luck", 0) end)
try("fails") try("fails")
preload("one", function() return require("two") end) preload("two", function() return require("one") end)
try("one") try("one") try("two")
preload("text", "not a function") try("text")
preload("number", 42) try("number")
preload("zero", function(name) return #name end) try("zero\0rest")
try() try({}) try(12) try("")
print(package.loaded["12"], type(package.loaded.one), type(package.loaded.fails))
