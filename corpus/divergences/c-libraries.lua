-- divergence: c-libraries — a build without dynamic libraries does not try to load one
print(package.loadlib("/nonexistent/library.so", "luaopen_library"))
