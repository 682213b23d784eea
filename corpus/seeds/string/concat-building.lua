-- seed: string/concat-building — building strings by repeated concatenation, table.concat and format
local s = "" for i = 1, 100 do s = s .. i if i < 100 then s = s .. "," end end
print(#s, s:sub(1, 20), s:sub(-10)) local t = {} for i = 1, 100 do t[i] = i end
print(table.concat(t, ",") == s) local f = ""
for i = 1, 10 do f = f .. string.format("%02d|", i) end print(f) local r = ""
for i = 1, 20 do r = string.char(96 + i) .. r end print(r) local acc = {}
for i = 1, 5 do acc[#acc + 1] = ("x"):rep(i) acc[#acc + 1] = "\n" end
print((table.concat(acc):gsub("\n", "/")))
local long = "" for i = 1, 500 do long = long .. "line " .. i .. " of text; " end
print(#long, long:sub(-20)) local a, b = "a", "b" for i = 1, 10 do a, b = b, a .. b end
print(#a, #b, b:sub(1, 20))
print(("a" .. "b") .. ("c" .. "d"), "a" .. ("b" .. ("c" .. "d")), "1" .. 2 .. "3" .. 4 .. 5.5 .. -6)
local same = ("ab"):rep(3) print(same == "ab" .. "abab", same == "aba" .. "bab", #same)
local function join(sep, ...) return table.concat({...}, sep) end
print(join("-", 1, "b", 2.5), join("", "x"), join(",")) local n = 0 local keys = {}
for i = 1, 50 do local k = "k" .. i % 7 if not keys[k] then n = n + 1 keys[k] = true end end
print(n)
local rep = {} for i = 1, 1000 do rep[i] = "x" end
print(#table.concat(rep), #table.concat(rep, ", "), table.concat(rep, "", 1, 5), table.concat(rep, "-", 998))
local h = 0
for i = 1, 200 do
  local w = "w" .. i * i % 31 .. "_" .. i
  for c = 1, #w do h = (h * 33 + w:byte(c)) % 2147483648 end
end
print(h) local rev = ""
for w in ("the quick brown fox"):gmatch("%S+") do rev = w .. (rev ~= "" and " " or "") .. rev end
print(rev) local box = {}
for y = 1, 3 do
  local row = {} for x = 1, 5 do row[x] = (x + y) % 2 == 0 and "#" or "." end
  box[y] = table.concat(row)
end
print(table.concat(box, "\n")) local fizz = {}
for i = 1, 15 do
  fizz[i] = (i % 3 == 0 and "Fizz" or "") .. (i % 5 == 0 and "Buzz" or "")
  if fizz[i] == "" then fizz[i] = i end
end
print(table.concat(fizz, " "))
