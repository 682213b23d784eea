-- seed: string/dump-bytes — header bytes and size of dumped functions with a fixed chunk name
local function hex(s) return (s:gsub(".", function(c) return ("%02x"):format(c:byte()) end)) end
local function dump(code) return string.dump(assert(loadstring(code, "=c"))) end
print(hex(dump(""):sub(1, 12))) print(#dump(""), hex(dump("")))
print(#dump("return 1"), hex(dump("return 1")))
print(hex(dump("local a, b = 1, 'x' return a .. b")))
print(hex(dump("return function(...) return ... end")))
print(hex(dump("for i = 1, 3 do print(i) end")))
print(hex(dump("local t = {1, 2, x = 3} t.y = t[1] + t.x")))
local function sum(s) local h = 0 for i = 1, #s do h = (h * 31 + s:byte(i)) % 4294967296 end return h end
for _, code in ipairs{"if a then b() else c() end", "while a do b() end", "repeat local x = a until x",
  "for k, v in pairs(t) do print(k, v) end",
  "local function f(n) if n == 0 then return 1 end return n * f(n - 1) end return f(10)", "return a and b or c",
  "return not a == b", "a, b, c = f()", "return f(...)", "x.y.z = 1", "return -x ^ 2, #x, not x",
  "return 1 + 2 * 3 ^ 2 % 4, 'a' .. 'b' .. 1", "return a < b, a <= b, a > b, a >= b, a == b, a ~= b",
  "local x = nil; local y, z; return x, y, z", "return {f()}, {f(), 1}, {...}, {[1] = 2, a = b}",
  "obj:method(1, 2):other()", "local function f(...) return arg end", "do local a = 1 do local b = a end end",
  "return 'a\\0b', \"q\", [[long]]", "return 0.1, 1e100, -5, 0x10, 1 / 0"} do
  local f, e = loadstring(code, "=c")
  if f then local d = string.dump(f) print(code, #d, sum(d)) else print(code, e) end
end
local parts = {} for i = 1, 60 do parts[i] = "x" .. i .. " = " .. i end
local big = dump(table.concat(parts, "\n")) print(#big, sum(big)) parts = {}
for i = 1, 300 do parts[i] = "'s" .. i .. "'" end
big = dump("return {" .. table.concat(parts, ",") .. "}") print(#big, sum(big))
local up = {} for i = 1, 20 do up[i] = "local u" .. i .. " = " .. i end
big = dump(table.concat(up, " ") .. " return function() return u1 + u20, u5 end")
print(#big, sum(big))
print(sum(string.dump(loadstring(dump("return 1"), "=other"))) == sum(dump("return 1")),
  #string.dump(loadstring("return 1", "=longer name")) - #dump("return 1"))
