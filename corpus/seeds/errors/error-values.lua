-- seed: errors/error-values — non-string error values keep their identity through pcall, xpcall, coroutines and rethrow
local E = setmetatable({code = 1}, {__tostring = function(e) return "E" .. e.code end})
print(pcall(error, E)) local ok, e = pcall(function() error(E) end) print(ok, e == E, tostring(e), e.code)
ok, e = pcall(function() local ok, e = pcall(error, E) e.code = e.code + 1 error(e) end)
print(ok, e == E, e.code)
print(select("#", pcall(error)), pcall(error), pcall(error, nil)) print(pcall(error, false))
print(pcall(error, 0)) print(select(2, pcall(error, print)) == print)
ok, e = xpcall(function() error(E) end, function(m) return {wrapped = m} end)
print(ok, e.wrapped == E)
print(xpcall(function() error(nil) end, function(m) return m == nil end))
print(xpcall(function() error(false) end, function(m) return type(m) end))
print(xpcall(function() error(E) end, tostring))
print(xpcall(function() error(5) end, type))
ok, e = coroutine.resume(coroutine.create(function() error(E) end)) print(ok, e == E)
ok, e = pcall(coroutine.wrap(function() error(E) end)) print(ok, e == E)
ok, e = pcall(string.gsub, "x", "x", function() error(E) end) print(ok, e == E)
ok, e = pcall(table.sort, {1, 2, 3}, function() error(E) end) print(ok, e == E)
ok, e = pcall(function() return setmetatable({}, {__index = function() error(E) end}).x end)
print(ok, e == E) ok, e = pcall(assert, false, E) print(ok, e)
ok, e = pcall(assert, nil, {1}) print(ok, e) print(pcall(assert, false, 5))
print(pcall(assert, false, nil)) print(pcall(assert, false, true))
local function try(f, handlers)
  local ok, e = pcall(f) if ok then return "ok" end
  local h = handlers[type(e) == "table" and e.code or e] if h then return h(e) end
  error(e, 0)
end
print(try(function() end, {}))
print(try(function() error{code = "A"} end, {A = function() return "handled A" end}))
print(pcall(try, function() error{code = "B"} end, {})  == false)
print(try(function() error("key", 0) end, {key = function() return "handled key" end}))
print(pcall(try, function() error("other", 0) end, {}))
print(pcall(function()
  local n = 0
  local function f()
    n = n + 1 if n < 5 then local ok, e = pcall(f) error(tostring(e) .. n, 0) end
    error("bottom", 0)
  end
  f()
end))
local function finally(f, g) local r = {pcall(f)} g() if r[1] then return unpack(r, 2) end error(r[2], 0) end
print(finally(function() return 1, 2 end, function() print("cleanup") end))
print(pcall(finally, function() error("err", 0) end, function() print("cleanup 2") end))
for _, v in ipairs{1, "s", true} do
  local ok, got = pcall(error, v, 0) print(ok, got == v, rawequal(got, v), type(got))
end
print(pcall(error, "a", 0, "extra"))
