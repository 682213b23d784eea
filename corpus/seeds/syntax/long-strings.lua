-- seed: syntax/long-strings — long brackets of every level, the skipped first newline, line-end normalisation
print([[plain]], [=[with ]] inside]=], [==[with ]=] inside]==])
print([[
first newline skipped]])
print(#[[

two newlines, one skipped]])
print([[no \n escapes \065]])
print(#[[]], #[==[]==])
print([[a]] .. [==[b]==])
local function len(s)
  local f, e = loadstring("return [[" .. s .. "]]", "=t")
  if not f then return e end
  local r = f()
  return (string.gsub(r, "%c", function(c) return "<" .. string.byte(c) .. ">" end))
end
print(len("a\nb"), len("a\rb"), len("a\r\nb"), len("a\n\rb"))
print(len("a\r\r\nb"), len("a\n\n\r\rb"), len("\r\nx"), len("\n\rx"), len("\n\nx"), len("\r\rx"))
print(len("a\0b"), len("]"), len("a]b"), len("[=[ ]=]"))
print(len("[[nested]]"))
print(loadstring("return [==[ x ]=]", "=t"))
print(loadstring("return [=x", "=t"))
print(loadstring("return [==", "=t"))
local t = {a = {b = 1}}
local k = {[ [[key]] ] = 5}
print(k.key, k[ [[key]] ], k[ [==[key]==] ])
