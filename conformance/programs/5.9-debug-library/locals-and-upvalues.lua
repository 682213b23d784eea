-- 5.9 The debug library: getlocal, setlocal, getupvalue, setupvalue: names, temporaries, scopes, other threads, C functions.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end
-- All locals of a level.
local function locals(level)
  local out, i = {}, 1
  while true do
    local name, value = debug.getlocal(level + 1, i)
    if not name then break end
    out[i] = name .. "=" .. (type(value) == "table" and "table" or clean(value))
    i = i + 1
  end
  return table.concat(out, " ")
end
-- Everything runs in coroutines, so that what is on the stack below is known.
local function run(f, ...) print(select(2, coroutine.resume(coroutine.create(f), ...))) end

run(function(a, b, ...) local x, y = 1, "two" do local inner = 3 end local z return locals(1) end, "A", "B", "extra")
run(function() local a = 1 do local b = 2 do local c = 3 return locals(1) .. "" end end end)
run(function() local a = 1 local a = 2 local a = 3 return locals(1) .. "" end)
run(function() for i = 1, 2 do local x = i * 10 if i == 2 then return locals(1) .. "" end end end)
run(function() for k, v in pairs{10} do return locals(1) .. "" end end)
run(function() local function f(p, q) local r return locals(1) .. "" end return f(1) .. "" end)
run(function(...) local s = locals(1) return s end, 1, 2)
run(function(...) local a = arg return locals(1) .. "" end, 1)
run(function() local t = {m = function(self, x) return locals(1) .. "" end} return t:m(5) .. "" end)
run(function() local a, b = 1, 2 local s = a + b * (function() return #locals(2) end)() return type(s) end)
run(function() local a = 1 print((locals(1))) local b = 2 print((locals(1))) return "end" end)
-- Temporaries have a name of their own; beyond the last there is nothing.
run(function() local a = 5 local function probe(n) return debug.getlocal(2, n) end show(probe(1)) show(probe(2)) show(probe(3)) show(probe(100)) show(probe(0)) show(probe(-1)) return 1 end)
run(function() local a = 5 local r = {1, 2, (function() show(debug.getlocal(2, 1)) show(debug.getlocal(2, 2)) show((debug.getlocal(2, 3))) return 3 end)()} return #r end)
-- setlocal: changes, for the running code as well.
run(function() local a, b = 1, 2 show(debug.setlocal(1, 1, "new a")) show(debug.setlocal(1, 2, nil)) show(debug.setlocal(1, 100, 1)) show(a, b) return a end)
run(function() local a = 1 local f = function() return a end debug.setlocal(1, 1, 7) return f() end)
run(function(p) local function change() debug.setlocal(2, 1, "changed parameter") end change() return p end, "parameter")
run(function() local sum = 0 for i = 1, 5 do if i == 2 then for n = 1, 10 do if debug.getlocal(1, n) == "(for limit)" then debug.setlocal(1, n, 3) end end end sum = sum + i end return sum end)
-- Levels.
run(function() local mine = "level 2" local function inner() local its = "level 1" show(debug.getlocal(1, 1)) show(debug.getlocal(2, 1)) show(debug.getlocal(2, 2) ) return 1 end inner() return 1 end)
run(function() show(pcall(debug.getlocal, 50, 1)) show(pcall(debug.getlocal, -1, 1)) show(pcall(debug.setlocal, 50, 1, 1)) show(debug.getlocal(0, 1)) show(debug.getlocal(0, 2)) show(debug.getlocal(0, 3)) show(debug.getlocal(0, 100)) return 1 end)
show(pcall(debug.getlocal)) show(pcall(debug.getlocal, 1)) show(pcall(debug.getlocal, "x", 1)) show(pcall(debug.getlocal, print, 1)) show(pcall(debug.getlocal, 1, "x")) show(pcall(debug.setlocal, 1)) show(pcall(debug.setlocal, 1, 1)) show(pcall(debug.setlocal, {}, 1, 1)) show(debug.setlocal(1, 1, clean))

-- Other threads: suspended, not started, failed, finished.
local co = coroutine.create(function(p, q, ...) local v = p + q coroutine.yield(v) return v, p end)
show(pcall(debug.getlocal, co, 0, 1)) coroutine.resume(co, 3, 4, 5) show(debug.getlocal(co, 1, 1)) show(debug.getlocal(co, 1, 2)) show((debug.getlocal(co, 1, 3))) show(debug.getlocal(co, 1, 4)) show(debug.getlocal(co, 1, 5)) show(debug.getlocal(co, 0, 1)) show(debug.setlocal(co, 1, 4, "seen after resume")) show(debug.setlocal(co, 1, 1, "p")) show(coroutine.resume(co)) show(pcall(debug.getlocal, co, 1, 1)) show(pcall(debug.getlocal, co, 0, 1))
local failed = coroutine.create(function() local kept = "visible after the error" error("x") end)
coroutine.resume(failed) show(debug.getlocal(failed, 1, 1)) show(pcall(debug.getlocal, failed, 5, 1))

-- Upvalues: in the order of their first use; shared ones change for all.
local u1, u2, u3 = 1, 2, 3
local function f() local x = u2 return u1, x, u3 end
local function g() return u1 end
for i = -1, 5 do show(i, debug.getupvalue(f, i)) end
show(debug.setupvalue(f, 2, "set")) show(u1, g()) show(f()) show(debug.setupvalue(f, 4, 1)) show(debug.setupvalue(f, 0, 1)) show(debug.setupvalue(f, 1, nil)) show(f())
show(debug.getupvalue(loadstring("return x"), 1)) show(debug.getupvalue(loadstring(string.dump(f)), 1)) show(debug.getinfo(f, "u").nups, debug.getinfo(g, "u").nups)
-- C functions have upvalues without names.
show(debug.getupvalue(print, 1)) show(debug.setupvalue(print, 1, 1)) local iterate = ("ab"):gmatch(".") show((debug.getupvalue(iterate, 1))) show((debug.getupvalue(iterate, 2))) show(debug.getupvalue(iterate, 4)) show(debug.getupvalue(coroutine.wrap(function() end), 1) == "")
show(pcall(debug.getupvalue)) show(pcall(debug.getupvalue, 1, 1)) show(pcall(debug.getupvalue, f)) show(pcall(debug.getupvalue, f, "x")) show(pcall(debug.getupvalue, f, {})) show(pcall(debug.setupvalue)) show(pcall(debug.setupvalue, f)) show(pcall(debug.setupvalue, f, 1)) show(pcall(debug.setupvalue, 5, 1, 1)) show(debug.getupvalue(f, "2") ~= nil, debug.getupvalue(f, 2.9) ~= nil)
-- Open and closed ones, of a living coroutine.
local function open() local v = "open" local function get() return v end show(debug.getupvalue(get, 1)) debug.setupvalue(get, 1, "changed while open") show(v) return get end
local closed = open() show(closed()) debug.setupvalue(closed, 1, "changed while closed") show(closed()) show(debug.getupvalue(closed, 1))
