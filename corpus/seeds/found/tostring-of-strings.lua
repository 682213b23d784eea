-- seed: found/tostring-of-strings — print and tostring ask the metatable of strings, too, and see it change
local mt = getmetatable("")
print("plain", 1)
mt.__tostring = function(s) return "<" .. #s .. ">" end
print("abc", 12, "", nil) print(tostring("abcd"), tostring(5), pcall(tostring, "x"))
mt.__tostring = function(s) mt.__tostring = nil return "once" end
print("first", "second") print("third")
mt.__tostring = function() return {} end
local ok, message = pcall(print, "x") mt.__tostring = nil
print(ok, message)
mt.__tostring = "no function"
ok, message = pcall(print, "x")
local ok2, message2 = pcall(tostring, "x")
mt.__tostring = nil
print(ok, message) print(ok2, message2)
