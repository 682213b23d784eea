-- seed: string/byte-char — byte with ranges and negative indexes, char with many codes
local s = "hello\0world\255"
print(s:byte()) print(s:byte(1)) print(s:byte(-1)) print(s:byte(6)) print(s:byte(1, 5))
print(s:byte(-3, -1)) print(s:byte(20)) print(s:byte(0)) print(s:byte(-100, 3))
print(s:byte(10, 100)) print(s:byte(3, 2))
print((""):byte(), select("#", (""):byte()), select("#", s:byte(0)), select("#", s:byte(100, 200)))
print(s:byte("2")) print(s:byte(2.7)) print(s:byte(nil)) print(s:byte(2, nil))
print(string.char() == "", string.char(72, 105), #string.char(0, 0, 0), string.char(255):byte(),
  string.char("65"), string.char(65.9))
print(string.char(104, 101, 108, 108, 111)) print(string.char(s:byte(1, -1)) == s)
local all = {} for i = 0, 255 do all[#all + 1] = string.char(i) end all = table.concat(all)
print(#all, all:byte(1), all:byte(256), all:byte(128, 130)) local sum = 0
for i = 1, #all do sum = sum + all:byte(i) * i end print(sum)
print(pcall(string.char, 256)) print(pcall(string.char, -1))
print(pcall(string.char, 1, 2, 300)) print(pcall(string.char, "x"))
print(pcall(string.char, nil)) print(pcall(string.char, 1e10)) print(pcall(string.byte))
print(pcall(string.byte, {})) print(pcall(string.byte, "x", {}))
print(pcall(string.byte, nil)) print(string.byte(123, 1, 3))
print(pcall(string.byte, ("x"):rep(10000), 1, -1))
print(select("#", ("x"):rep(5000):byte(1, -1))) local r = {}
for c in ("caf\195\169"):gmatch(".") do r[#r + 1] = c:byte() end print(table.concat(r, " "))
local function rot13(t)
  return (t:gsub("%a", function(c)
    local base = c:lower() == c and 97 or 65
    return string.char((c:byte() - base + 13) % 26 + base)
  end))
end
print(rot13("Hello, World!"), rot13(rot13("Hello, World!")))
local function hex(t) return (t:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function unhex(t) return (t:gsub("%x%x", function(h) return string.char(tonumber(h, 16)) end)) end
print(hex("\0\1\254\255abc"), unhex("48692100") == "Hi!\0", unhex(hex(all)) == all)
local x = 0 for i = 1, #s do x = (x * 31 + s:byte(i)) % 65536 end print(x)
