-- seed: limits/long-jumps — loops and conditions over thousands of instructions
local function rep(s, n) return (s .. "\n"):rep(n) end
for _, n in ipairs{10, 1000, 5000} do
  local body = rep("a = a + 1", n)
  print(n, loadstring("local a = 0 for i = 1, 3 do " .. body .. " end return a")())
  print(n, loadstring("local a, i = 0, 0 while i < 2 do i = i + 1 " .. body .. " end return a")())
  print(n, loadstring("local a, i = 0, 0 repeat i = i + 1 " .. body .. " until i == 2 return a")())
  print(n, loadstring("local a, c = 0, ... if c then " .. body .. " else a = -1 end return a")(true),
    loadstring("local a, c = 0, ... if c then " .. body .. " else a = -1 end return a")(false))
  print(n, loadstring("local a = 0 for k, v in ipairs{1, 2} do " .. body .. " if v == 1 then break end end return a")())
  print(n, loadstring("local a, x = 0, ... a = x and (function() " .. body .. " return a end)() or -1 return a")(true))
end
local chain = {}
for i = 1, 300 do chain[i] = "elseif x == " .. i .. " then return 'case " .. i .. "'" end
local f = loadstring("local x = ... if x == 0 then return 'zero' " .. table.concat(chain, " ") .. " else return 'other' end")
print(f(0), f(1), f(150), f(300), f(301)) local ands, ors = {}, {}
for i = 1, 500 do ands[i] = "x[" .. i .. "]" ors[i] = "x == " .. i end local all = {}
for i = 1, 500 do all[i] = i end
print(loadstring("local x = ... return " .. table.concat(ands, " and "))(all),
  loadstring("local x = ... return " .. table.concat(ors, " or "))(500),
  loadstring("local x = ... return " .. table.concat(ors, " or "))(501))
all[250] = false
print(loadstring("local x = ... return " .. table.concat(ands, " and "))(all))
local nest = "" for i = 1, 150 do nest = nest .. "if x > " .. i .. " then " end
f = loadstring("local x, r = ... r = 0 " .. nest .. "r = 1 " .. ("end "):rep(150) .. "return r")
print(f(200), f(100)) local breaks = rep("if x == a then break end a = a + 1", 500)
f = loadstring("local x, a = ..., 0 while true do " .. breaks .. " end return a")
print(f(3), f(499), f(700))
print(#string.dump(f) > 10000, loadstring("goto_nothing = 1 " .. rep("do local l = 1 end", 3000) .. " return goto_nothing")())
