-- seed: string/embedded-zeros — zeros and high bytes in every function, keys, comparison and concatenation
local z = "a\0b\0c"
local function show(s)
  return (tostring(s):gsub("[%z\1-\31\127-\255]", function(c) return "\\" .. c:byte() end))
end
print(#z, show(z), show(z .. "\0"), show(z:upper()), show(z:reverse()), show(z:rep(2)), show(z:sub(2, 4)), z:byte(1, -1))
print(z == "a\0b\0c", z == "a\0b\0d", z < "a\0b\0d", "a\0" < "a\0\0", "a" < "a\0", "a\0z" < "aa", "\0" < "\1", "" < "\0")
local t = {[z] = "key with zeros", ["a"] = "short", ["a\0"] = "one zero"}
print(t[z], t["a"], t["a\0"], t["a\0b\0" .. "c"])
print(show(z:gsub("%z", "0")), show(z:gsub("b", "\0\0")), z:find("\0", 1, true), z:find("%z", 3),
  z:find("b\0c"), z:find("c", 1, true), z:match("b%zc") == "b\0c", show(z:match("[^%z]+", 3)))
for w in z:gmatch("%Z+") do print(w) end
print(show(string.format("%s|%q", z, z)), #string.format("%s", z), show(string.format("%5.1s|", z)), #string.char(0, 65, 0))
print(show(table.concat({z, "\0", z}, "\0")))
print(loadstring("return 'a\\0b'")() == "a\0b", #loadstring("return 'x\\0'")(),
  loadstring("return '\0'")() == "\0", #loadstring("return [[a\0b]]")())
print(tonumber("1\0"), tonumber("\0001"), pcall(function() return "1\0" + 1 end))
print(pcall(error, "a\0b", 0))
print(#select(2, pcall(error, "a\0b", 0)), show(select(2, pcall(error, "a\0b", 0))))
local h = "\128\200\255" print(#h, h:byte(1, -1))
print(show(h:upper()), show(h:lower()), show(h:reverse()), h < "\129", "a" < h, h:find("\200"),
  h:match("[\190-\210]") == "\200", show(h:gsub("[^\200]", "x")), show(string.format("%q", h)),
  show(h:rep(2, ",")))
local all = {} for i = 0, 255 do all[i + 1] = string.char(i) end all = table.concat(all)
print(#all, all == all:reverse():reverse(), #all:upper(), select(2, all:gsub("%a", "")),
  select(2, all:gsub("%c", "")), select(2, all:gsub("%s", "")), select(2, all:gsub("%p", "")),
  #string.format("%q", all), loadstring("return " .. string.format("%q", all))() == all)
print((all:find("\0", 1, true)), (all:find("\255", 1, true)), all:find(all:sub(100, 120), 1, true))
for _, s in ipairs{"\0", "\0\0", "a\0", "\0a"} do
  local u = {} u[s] = #s print(u[s], u["\0"], show(s), s == s .. "", #(s .. s))
end
