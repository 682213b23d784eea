-- Waits for the collector without asking for it: the number of rounds, and so of instructions, depends on when it runs.
local collected = false
local function lose_proxy() getmetatable(newproxy(true)).__gc = function() collected = true end end
local function weak_table() return setmetatable({{}}, {__mode = "v"}) end
lose_proxy()
repeat local garbage = {{}, {}, {}} until collected
local weak = weak_table()
repeat local garbage = {{}, {}, {}} until not weak[1]
print "collected"
