-- seed: coroutines/loops-and-blocks — yields inside every kind of loop and block keep locals alive
local co = coroutine.wrap(function()
  for i = 1, 2 do coroutine.yield("for", i) end
  for k, v in ipairs{"x", "y"} do coroutine.yield(k, v) end
  local n = 0
  while n < 2 do n = n + 1 coroutine.yield("while", n) end
  repeat local m = n n = n - 1 coroutine.yield("repeat", m) until m == 1
  do local a, b = 1, 2 coroutine.yield(a, b) a, b = b, a coroutine.yield(a, b) end
  if coroutine.yield("condition") then coroutine.yield("then") else coroutine.yield("else") end
  local t = {coroutine.yield("c1"), coroutine.yield("c2"), k = coroutine.yield("c3")}
  coroutine.yield(t[1], t[2], t.k)
  local s = coroutine.yield("l") .. coroutine.yield("r") coroutine.yield(s)
  local x = (coroutine.yield("op1") or 0) + (coroutine.yield("op2") or 0) * (coroutine.yield("op3") or 0)
  coroutine.yield(x)
  local function f(...) return select("#", ...), ... end
  coroutine.yield(f(coroutine.yield("arg1"), coroutine.yield("arg2")))
  local obj = {m = function(self, a) return a .. "!" end}
  coroutine.yield(obj:m(coroutine.yield("method arg")))
  t[coroutine.yield("key")] = coroutine.yield("value") coroutine.yield(t.K)
  for i = coroutine.yield("start"), coroutine.yield("limit") do coroutine.yield("loop", i) end
  return coroutine.yield("and") and coroutine.yield("second") or coroutine.yield("or")
end)
local sends = {
  [11] = true, [13] = "A", [14] = "B", [15] = "C", [17] = "left", [18] = "right",
  [20] = 1, [21] = 2, [22] = 3, [24] = "p", [25] = "q", [27] = "arg", [29] = "K", [30] = "V",
  [32] = 5, [33] = 6, [36] = false, [37] = "final",
}
for step = 1, 40 do
  local r = {pcall(co, sends[step])}
  for i = 1, #r do r[i] = tostring(r[i]) end
  print(step, table.concat(r, " "))
  if r[1] == "false" then break end
end
