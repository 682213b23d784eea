-- seed: debug/hook-gc — finalisers run without hooks, and hooks go on after them
local function proxy(finaliser) local made = newproxy(true) getmetatable(made).__gc = finaliser return made end
local log = {}
local function note(event, line) log[#log + 1] = event .. (line or "") end
proxy(function()
  local quiet = 1
  quiet = 2
  log[#log + 1] = "finaliser"
end)
debug.sethook(note, "crl")
collectgarbage()
local x = 1
debug.sethook()
print(table.concat(log, " "))
proxy(function() debug.sethook(note, "l")
  local quiet = 1 end)
log = {}
collectgarbage()
x = 2
x = 3
debug.sethook()
print(table.concat(log, " "))
debug.sethook(function(e, l) if l then proxy(function() log[#log + 1] = "in a hook" end) collectgarbage() end end, "l")
log = {}
x = 4
debug.sethook()
print(table.concat(log, " "))
