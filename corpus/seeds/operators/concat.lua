-- seed: operators/concat — right-associative concatenation of strings and numbers, chains, long results
print("a" .. "b", "a" .. 1, 1 .. "a", 1 .. 2, 1.5 .. "", -1 .. "", 1e100 .. "", 2 ^ 53 .. "", 0.1 .. "|" .. 1 / 3)
print("" .. "", #("" .. ""), "x" .. "", "" .. "x", "\0" .. "\0" == "\0\0", #("a\0b" .. "c\0d"))
local a, b, c = "A", 2, "C"
print(a .. b .. c, a .. (b .. c), (a .. b) .. c, a .. b + 1 .. c, a .. -b, a .. #c)
local s = ""
for i = 1, 20 do s = s .. i .. "," end
print(s, #s)
local chain = a .. b .. c .. a .. b .. c .. a .. b .. c .. a .. b .. c .. a .. b .. c .. a .. b .. c .. a .. b .. c
print(chain, #chain)
local big = ("x"):rep(1000)
print(#(big .. big .. big), #(big .. 1 .. big), (big .. "y"):sub(-2))
local function f() return "f", "g" end
print(f() .. "!", "!" .. f(), (f()) .. f())
print(pcall(function() return "a" .. nil end))
print(pcall(function() return nil .. "a" end))
print(pcall(function() return "a" .. {} end))
print(pcall(function() return a .. b .. undefined .. c end))
print(pcall(function() local t = {} return "x" .. t.field end))
print(pcall(function() return true .. "" end))
print(pcall(function() return 1 .. print end))
print(pcall(function() return "a" .. "b" .. {} .. "c" end))
local t = setmetatable({}, {__concat = function(l, r)
  return (type(l) == "table" and "T" or l) .. "&" .. (type(r) == "table" and "T" or r)
end})
print(t .. "x", "x" .. t, t .. t, "a" .. "b" .. t, t .. "a" .. "b", 1 .. t, t .. 1)
