-- seed: limits/long-strings-and-source — long literals, long lines, many lines, long names, long comments
print(#loadstring("return '" .. ("x"):rep(50000) .. "'")())
print(#loadstring("return [[" .. ("y\n"):rep(20000) .. "]]")())
print(loadstring("--" .. ("c"):rep(50000) .. "\nreturn 'after long comment'")())
print(loadstring("--[[" .. ("c\n"):rep(5000) .. "]] return 'after block comment'")())
print(loadstring(("\n"):rep(30000) .. "return 'after many lines'")())
print(pcall(loadstring(("\n"):rep(30000) .. "error('line number')", "=t")))
print(pcall(loadstring(("\n"):rep(70000) .. "error('line number')", "=t")))
print(loadstring((" "):rep(50000) .. "return 'after spaces'")())
local name = ("n"):rep(10000) print(loadstring(name .. " = 5 return " .. name)())
print(#select(2, pcall(loadstring("local t = {} return t." .. name .. ".x", "=t"))))
print(#select(2, loadstring("x = = " .. name, "=t")))
print(pcall(loadstring("error('" .. ("m"):rep(300) .. "')", "=t")))
print(#select(2, pcall(error, ("e"):rep(100000), 0))) local s = ""
for i = 1, 12 do s = s .. ("ab"):rep(i) end print(#s) local big = ("z"):rep(100000)
print(#big, #(big .. big), big == ("z"):rep(100000), #big:upper(), (big:find("y")), #big:gsub("z", "zz"),
  #big:reverse(), #big:sub(-500))
print(loadstring("return " .. ("1 + "):rep(5000) .. "1")())
print(#loadstring("return " .. ("'a' .. "):rep(150) .. "'a'")())
print(loadstring("return " .. ("not "):rep(150) .. "true")())
print(loadstring(("local x = 1 "):rep(150) .. "return x")())
print(loadstring(("x = 1 "):rep(20000) .. "return x")())
print(loadstring(("f() "):rep(5000) .. "return n", "=t") ~= nil) local n = 0
setfenv(loadstring(("f() "):rep(5000)), {f = function() n = n + 1 end})() print(n)
print(loadstring("return 0." .. ("1"):rep(5000))(), loadstring("return 1" .. ("0"):rep(300))(),
  loadstring("return 0x" .. ("f"):rep(20))(), loadstring("return 1e" .. ("0"):rep(100) .. "5")())
print(#tostring(loadstring("return '" .. ("\\065"):rep(10000) .. "'")()))
print(select(2, loadstring("return '" .. ("x"):rep(1000), "=t")):len() > 0,
  select(2, loadstring("x = [[" .. ("x"):rep(1000), "=t")))
local q = {}
for i = 1, 2000 do
  q[i] = "local function f" .. i % 100 .. "() return " .. i .. " end"
  if i % 100 == 0 then q[i] = "do " .. "end" end
end
print(loadstring("do " .. table.concat(q, " end do ") .. " end return 'blocks'")())
