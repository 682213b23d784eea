-- seed: debug/hook-errors — errors of hooks are errors of what they look at; hooks do not nest or yield
local function f() local a = 1
  local b = 2
  return a + b end
for _, mask in ipairs{"c", "r", "l"} do
  local armed = true
  local result = {pcall(function()
    debug.sethook(function(e, l) if armed then armed = false error("hook " .. e .. tostring(l)) end end, mask)
    f()
  end)}
  local h, m, c = debug.gethook()
  debug.sethook()
  print(mask, result[1], result[2], m, c)
  print(xpcall(function()
    debug.sethook(function(e, l) if debug.getinfo(2, "f").func == f then error({e}) end end, mask)
    f()
  end, function(m) return type(m) == "table" and m[1] .. debug.traceback("", 1) or m end))
  debug.sethook()
end
local armed = true
print(pcall(function() debug.sethook(function() if armed then armed = false debug.sethook() error("counted") end end, "", 5) for i = 1, 100 do end end))
local n = 0
debug.sethook(function() n = n + 1 local x = f() x = 1
  x = 2 end, "l")
local x = 1
x = 2
debug.sethook()
print(n)
for _, hook in ipairs{function() coroutine.yield(1) end, coroutine.yield, error, string.rep, function() local t = nil + 1 end, function() pcall(error, "caught") pcall(coroutine.yield) end} do
  local co = coroutine.create(function()
    debug.sethook(hook, "l")
    local a = 1
    return a
  end)
  print(coroutine.resume(co)) print(coroutine.status(co)) print(debug.traceback(co))
end
local depth = 0
local function recurse() depth = depth + 1 return 1 + recurse() end
local calls = 0
debug.sethook(function() calls = calls + 1 end, "c")
local ok, message = pcall(recurse)
debug.sethook()
print(ok, (message:gsub("^.-:%d+: ", "")), calls - depth)
