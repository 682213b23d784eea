-- divergence: collector-timing — a program that waits for the collector sees when it runs, and executes another number of instructions
local weak = setmetatable({{}}, {__mode = "v"})
while weak[1] do local garbage = {} end
print("collected")
