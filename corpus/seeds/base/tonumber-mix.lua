-- seed: base/tonumber-mix — numerals from strings in loops, counting with select, converting results
local function sum(...)
  local s, bad = 0, 0
  for i = 1, select("#", ...) do
    local n = tonumber((select(i, ...))) if n then s = s + n else bad = bad + 1 end
  end
  return s, bad
end
print(sum(1, "2", "0x10", "x", nil, true, {}, " 5 ", "1e1")) print(sum()) print(sum(""))
local words = {}
for w in ("10 20 thirty 40.5 0xff 1e2 . - 5-"):gmatch("%S+") do words[#words + 1] = tostring(tonumber(w)) end
print(table.concat(words, " "))
for b = 2, 36 do digits = (digits or "") .. tonumber("10", b) .. " " end print(digits)
for _, p in ipairs{{"777", 8}, {"1010", 2}, {"zZ", 36}, {"ffff", 16}, {"9", 9}, {"8", 9}, {" 12 ", 3}, {"1 2",
  3}, {"-101", 2}, {"+101", 2}} do print(p[1], p[2], tonumber(p[1], p[2])) end
local function tobase(n, b)
  local d = "0123456789abcdefghijklmnopqrstuvwxyz" local s = ""
  repeat local r = n % b s = d:sub(r + 1, r + 1) .. s n = (n - r) / b until n == 0 return s
end
for _, n in ipairs{0, 1, 255, 1000, 65535, 123456789} do
  local ok = true for b = 2, 36 do ok = ok and tonumber(tobase(n, b), b) == n end
  print(n, tobase(n, 2), tobase(n, 16), tobase(n, 36), ok)
end
print(tonumber("5") + tonumber("6"), tonumber("5") .. tonumber("6"), tonumber("1" .. "0"),
  tonumber(tostring(1 / 3)) == 1 / 3, tonumber(tostring(0.1)) == 0.1,
  tonumber(string.format("%.17g", 1 / 3)) == 1 / 3)
print(type(tonumber("1")), type(tonumber("a")), tonumber("a") or "default", (tonumber("7") or 0) + 1, tonumber(" \n\t12\r\f\v "))
print(tonumber("1", 10), tonumber("1", "10"), tonumber(1, 10), tonumber(11, 2), pcall(tonumber, 1.5, 2))
print(pcall(tonumber, "10", 1.5), pcall(tonumber, "10", 2.5))
print(tonumber("1e"), tonumber("1e1"), tonumber("e1"), tonumber("1E+2"), tonumber("1e-2"), tonumber("- 1"),
  tonumber("-1"), tonumber("--1"), tonumber("1-"), tonumber("+-1"), tonumber("0x"), tonumber("0x0"),
  tonumber("0xG"), tonumber("00012"), tonumber("1."), tonumber(".1"), tonumber("."), tonumber("1.2.3"))
