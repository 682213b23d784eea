-- seed: syntax/while-and-repeat — while and repeat loops, the scope of until, breaks
local i = 0
while i < 3 do i = i + 1; print("while", i) end
while false do print("never") end
repeat print("once") until true
i = 0
repeat local done = i >= 2; i = i + 1; print("repeat", i, done) until done
repeat local a = {i}; i = i + 1 until a[1] > 4
print(i)
i = 10
while true do
  i = i - 1
  if i == 7 then break end
end
print(i)
local n = 0
while not (n > 5) and n ~= 3 do n = n + 1 end
print(n)
repeat n = n - 1; if n == 0 then break end until n < -5
print(n)
local fs = {}
repeat local k = #fs + 1; fs[k] = function() k = k + 1 return k end until k == 3
print(fs[1](), fs[1](), fs[2](), fs[3]())
local s = ""
while #s < 5 do local c = #s; s = s .. c; if c == 3 then s = s .. "|" end end
print(s)
local outer = 0
while outer < 3 do
  outer = outer + 1
  local inner = 0
  repeat inner = inner + 1; if inner == outer then break end until false
  print(outer, inner)
end
while nil do end
while 0 do print("zero is true") break end
