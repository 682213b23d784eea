-- seed: os/contents — what is in the libraries os and package, in the order of traversal
for name, value in pairs(os) do print(name, type(value)) end
for name, value in pairs(package) do print(name, type(value)) end
print(#package.loaders, package.loaded._G == _G, package.loaded.os == os, package.loaded.package == package)
print((package.config:gsub("\n", "|")))
print(getfenv(require) == _G, pcall(setfenv, require, {}))
