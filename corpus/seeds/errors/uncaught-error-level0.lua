-- seed: errors/uncaught-error-level0 — ends in an uncaught error without a position
print("start")
local ok, e = pcall(error, "caught", 0)
print(ok, e)
for i = 1, 5 do
  if i == 4 then
    error("no position at " .. i, 0)
  end
  print(i)
end
print("never printed")
