-- seed: syntax/evaluation-order — the order in which operands, arguments, keys and targets are evaluated
local log = {}
local function v(x) log[#log + 1] = tostring(x) return x end
local function flush(what) print(what, table.concat(log, " ")) log = {} end
local _ = v(1) + v(2) * v(3) - v(4) / v(5) flush("arith")
_ = v(2) ^ v(3) ^ v(2) flush("pow")
_ = v("a") .. v("b") .. v("c") flush("concat")
_ = v(1) < v(2) flush("lt")
_ = v(1) > v(2) flush("gt")
_ = v(1) <= v(2) flush("le")
_ = v(1) >= v(2) flush("ge")
_ = v(1) == v(2) flush("eq")
_ = v(1) ~= v(2) flush("ne")
_ = v(false) and v(1) or v(2) flush("logic")
print(v(1), v(2), v(3)) flush("args")
local t = {}
t[v("k1")], t[v("k2")] = v("v1"), v("v2") flush("targets")
_ = {v(1), [v("x")] = v("y"), z = v(2), v(3)} flush("constructor")
local spy = setmetatable({}, {__newindex = function(_, k, val) v(k .. "=" .. tostring(val)) end,
  __index = function(_, k) return v("get" .. k) end})
spy.a, spy.b, spy.c = 1, 2, 3 flush("stores")
_ = spy.x .. spy.y flush("loads")
local function obj() v("obj") return {m = function(_, a) v("call" .. tostring(a)) end} end
obj():m(v("arg")) flush("method")
for i = v(1), v(2), v(1) do end flush("for")
local a, b, c = v(1), v(2), v(3) flush("local")
_ = -v(1) + #v("abc") flush("unary")
_ = (v(1) + v(2)) * (v(3) + v(4)) flush("parens")
return v(1), v(2)
