-- seed: errors/chunk-names — how chunk names appear in messages: =name, @file, source text, long names
local function msg(name, code)
  local f, e = loadstring(code or "x = = 1", name) print(f and select(2, pcall(f)) or e)
end
for _, n in ipairs{"=name", "@file.lua", "text", "=", "@", "", "=a=b", "@a@b", "return 1", "x = = 1",
  "line one\nline two", "\n", "\nsecond line", "ends with newline\n", "tab\tname", "=tab\tname", "@tab\tname",
  "quote\"inside", "=quote\"inside", "\"", "[string]", "=[string]", "=?", "=stdin", "=(load)", "0", "=\n",
  "@\n", "=two\nlines", "@two\nlines", "a\rb", "a\0b", "=a\0b", "@a\0b"} do
  msg(n) msg(n, "error('run')") msg(n, "local a = nil; a.b = 1")
end
for _, len in ipairs{10, 30, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60,
  61, 62, 63, 64, 80, 200} do
  local s = ("0123456789"):rep(20):sub(1, len) msg("=" .. s) msg("@" .. s) msg(s) msg(s .. "\nmore")
end
print(loadstring("x = = 1"))
print(loadstring("error('no name given')") and select(2, pcall(loadstring("error('no name given')"))))
print(loadstring("\n\nx = = 1"))
print(loadstring("a long first line that goes past the limit of the buffer for chunk names = = 1"))
print(pcall(loadstring("\n\nerror('third line')")))
print(pcall(loadstring("local x = 'a quite long chunk that will be truncated in the message' error('x')")))
print(load(function() return nil end, "=n") ~= nil, load(coroutine.wrap(function()
  coroutine.yield("x = ") coroutine.yield("= 1")
end), "=loaded"))
print(load(coroutine.wrap(function() coroutine.yield("x = = 1") end)))
print(load(coroutine.wrap(function() coroutine.yield("x = = 1") end), "@from.load"))
print(load(coroutine.wrap(function() coroutine.yield("x = = 1") end), nil))
print(pcall(load(coroutine.wrap(function() coroutine.yield("error('e')") end))))
print(pcall(loadstring(string.dump(loadstring("error('dumped')", "@dumped.lua")))))
print(pcall(loadstring(string.dump(loadstring("error('dumped')", "@dumped.lua")), "=other")))
print(pcall(loadstring(string.dump(loadstring("error('dumped')")))))
