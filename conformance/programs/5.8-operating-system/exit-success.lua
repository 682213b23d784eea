-- 5.8 Operating system facilities: exit without a status in the middle of a chunk: success, and output is complete.

local function deep(n) if n == 0 then os.exit() end deep(n - 1) return n end
for i = 1, 100 do io.write(i, i % 10 == 0 and "\n" or " ") end
print(os.exit ~= nil)
deep(50)
print("never")
