-- seed: debug/hook-changes — hooks that set, change and remove hooks
local function work()
  local a = 1
  for i = 1, 3 do
    a = a + i
  end
  return a
end
local seen = {}
local function note(event, line) seen[#seen + 1] = event:sub(1, 3) .. (line or "") end
local function dump() debug.sethook() print(table.concat(seen, " ")) seen = {} end
debug.sethook(function(e, l) note(e, l) if #seen == 5 then debug.sethook(function(e, l) note("2" .. e, l) if #seen > 20 then debug.sethook() end end, "crl") end end, "l")
work() work() dump()
debug.sethook(function(e, l) note(e, l) debug.sethook(function(e, l) note("B" .. e, l) end, "l") end, "", 1)
work() dump()
debug.sethook(function(e, l) note(e, l) debug.sethook() end, "cr") work() dump()
local function tail(n) if n > 0 then return tail(n - 1) end return n end
local left = 3
debug.sethook(function(e, l) note(e, l) left = left - 1 if left == 0 then debug.sethook() end end, "r") tail(5) dump()
debug.sethook(function(e, l) note(e, l) if e == "call" then debug.sethook(note, "l") end end, "c")
work() dump()
debug.sethook(note, "") work() print(debug.gethook() == note, select(2, debug.gethook())) dump()
debug.sethook(note, "zzz", -4) work() print(select(2, debug.gethook())) dump()
debug.sethook(note, "rlc", 1000) print(select(2, debug.gethook())) dump()
print(debug.gethook())
debug.sethook(nil, "l") print(debug.gethook())
for _, case in ipairs{{1}, {print}, {1, "l"}, {print, "l", {}}, {print, {}}, {{}, "l"}} do print(pcall(debug.sethook, unpack(case))) end
print(debug.gethook())
