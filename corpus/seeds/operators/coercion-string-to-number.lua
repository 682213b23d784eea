-- seed: operators/coercion-string-to-number — strings in arithmetic, and what is a numeral
print("10" + 5, "10" * "2", 10 .. 20, "3" - 1, "0x10" + 0, " 5 " + 0, "1e1" + 0, "-7" + 0, "+7" + 0 == 7)
print("10" / 4, "2" ^ "3", -"3", - "0x10", "7" % "4", "  0x1F  " + 0, "\t1\n" + 0, ".5" + 0, "5." + 0)
local bad = {"", " ", "abc", "1a", "a1", "1 2", "1e", "0x", "0xg", "--1", "1..2", "1,2", "0x-1", "-0x10", "1e+",
  "1\0", "\0001", "nil", "true", "1e1e1", "0b1", "1_0", "$1"}
for _, s in ipairs(bad) do
  local ok, r = pcall(function() return s + 1 end)
  print(string.format("%q", s), ok, r)
end
for _, s in ipairs{"inf", "-inf", "nan", "INF", "Infinity", "NaN", "-nan", "infinit", "1e309", "-1e309", "1e-400"} do
  local n = tonumber(s)
  print(s, n and (n ~= n and "NaN" or tostring(n)), pcall(function() return (s + 1) == (s + 1) end))
end
print(10 == "10", "10" == 10 .. "", "0x10" == 16, "abc" < "abd")
print(pcall(function() return "a" + 1 end))
print(pcall(function() return 1 - "b" end))
print(pcall(function() return -"x" end))
print(pcall(function() return {} * "3" end))
print(pcall(function() local s = "hello" return s / 2 end))
print(pcall(function() local t = {k = "v"} return t.k ^ 2 end))
print(#(10 .. ""), (5 .. ""):rep(3), ("5" + 0) .. "", ("%d"):format("12"), ("x"):rep("3"), math.max("10", 9))
for i = "1", "3" do print(i, type(i)) end
