-- 5.1 Basic functions: select, unpack, type, rawequal, rawget, rawset, ipairs, pairs, next.

local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = tostring((select(i, ...))):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address") end
  print(select("#", ...), unpack(out, 1, select("#", ...)))
end
local inf, nan = 1 / 0, 0 / 0

-- select.
for _, n in ipairs{"#", 1, 2, 3, 4, 5, 100, -1, -2, -3, "1", "-1", "2", 1.5, 2.9, -1.5, 0.5, -0.5, 0, -4, -100, "x", "", "##", "#x", inf, -inf, 2 ^ 31, -2 ^ 31, 2 ^ 32, 2 ^ 32 + 1} do

  show(tostring(n), pcall(select, n, "a", "b", "c"))
end
show(select("#")) show(select("#", nil)) show(select("#", nil, nil)) show(select(1)) show(pcall(select, -1)) show(pcall(select)) show(pcall(select, nil)) show(pcall(select, {})) show(pcall(select, nan, 1))
show(select(2, "a", nil, nil)) show((select(2, "a", "b", "c")))
local function count(...) local n = 0 for i = 1, select("#", ...) do n = n + (select(i, ...) and 1 or 0) end return n end
print(count(1, nil, false, 4, nil))

-- unpack.
local t = {1, 2, 3, nil, 5}
show(unpack(t, 1, 5)) show(unpack(t, 2, 3)) show(unpack(t, 3, 2)) show(unpack(t, 5, 5)) show(unpack(t, 0, 2)) show(unpack(t, -2, 0)) show(unpack({}, 1, 3)) show(unpack({})) show(unpack({1, 2})) show(unpack({1, 2}, 2)) show(unpack({1, 2}, 3)) show(unpack({1, 2}, 1, nil)) show(unpack({1, 2}, nil, 1))
show(unpack({1, 2, 3}, "2", "3")) show(unpack({1, 2, 3}, 1.9, 2.9)) show(unpack({1, 2, 3}, -0.5, 1)) show(pcall(unpack, {}, 1, 1e8)) show(pcall(unpack, {}, 1, 1e6)) show(pcall(unpack, {}, -1e8, 1e8)) show(pcall(unpack, {}, 2 ^ 31 - 1, 2 ^ 31 - 1))
show(pcall(unpack, {}, 2 ^ 31 - 2, 2 ^ 31 - 1)) show(pcall(unpack, {}, -2 ^ 31, -2 ^ 31)) show(pcall(unpack, {}, 2 ^ 31 - 1, -2 ^ 31)) show(pcall(unpack)) show(pcall(unpack, nil)) show(pcall(unpack, "abc")) show(pcall(unpack, {}, {})) show(pcall(unpack, {}, 1, "x"))
-- It reads raw.
show(unpack(setmetatable({1}, {__index = function() return "never" end}), 1, 3)) show(unpack(setmetatable({}, {__len = function() return 3 end})))
local many = {}
for i = 1, 7000 do many[i] = i end
print(select("#", unpack(many)), (select(7000, unpack(many))), select("#", unpack(many, 6990)), select("#", unpack(many, 1, 7500)))

-- type.
for _, v in ipairs{1, "s", true, {}, print, newproxy(), coroutine.create(function() end)} do show(type(v)) end
show(type(nil)) show(pcall(type)) show(type(1, 2)) show(type(type)) show(type(io)) show(type(_VERSION), _VERSION)

-- rawequal, rawget, rawset go round metamethods.
local mt = {__eq = function() return true end, __index = function() return "index" end, __newindex = function() error("newindex") end}
local a, b = setmetatable({}, mt), setmetatable({}, mt)
show(a == b, rawequal(a, b), rawequal(a, a), rawequal(1, 1), rawequal(1, "1"), rawequal("a", "a"), rawequal(nan, nan), rawequal(0, 0 * -1), rawequal(nil, nil), rawequal(nil, false), rawequal(print, print))
show(rawget(a, "x"), a.x, rawset(a, "x", 5) == a, rawget(a, "x"), a.x, rawget(a, nil), rawget(a, nan), rawget({10}, 1), rawget({10}, "1"))
show(pcall(rawset, {}, nil, 1)) show(pcall(rawset, {}, nan, 1)) show(pcall(rawset, {}, 1)) show(pcall(rawset, {})) show(pcall(rawset, {}, nil, nil)) show(pcall(rawget, {})) show(pcall(rawget, "x", 1)) show(pcall(rawset, "x", 1, 1)) show(pcall(rawequal, 1)) show(pcall(rawget, {}, 1, 2)) show(#rawset({1, 2}, 3, 3))

-- ipairs: until the first nil, raw.
local function collect(t) local out = {} for i, v in ipairs(t) do out[#out + 1] = i .. "=" .. tostring(v) end return table.concat(out, " ") end
show(collect{}) show(collect{1, 2, 3}) show(collect{1, nil, 3}) show(collect{false, 0}) show(collect{nil, 2}) show(collect{[0] = 0, [1] = 1, [2] = 2, x = 1}) show(collect(setmetatable({1}, {__index = function(_, i) return i < 4 and i or nil end})))
local f, s, v = ipairs(t)
show(type(f), s == t, v) show(f(t, 0)) show(f(t, 2)) show(f(t, 3)) show(f(t, 4)) show(f(t, -1)) show(f(t, 1.5)) show(f(t, "1")) show(pcall(f, t)) show(pcall(f, nil, 1)) show(pcall(f, "x", 1)) show(pcall(f, t, {})) show(f(t, 2 ^ 31 - 1)) show(pcall(f))
show(ipairs({}) == ipairs({}), pairs({}) == pairs({}), pairs({}) == next, select("#", ipairs({})), select("#", pairs({})))
-- A table that grows and shrinks under ipairs.
local grow = {1}
for i, v in ipairs(grow) do if i < 10 then grow[i + 1] = v * 2 end end
show(#grow, grow[10])
for i in ipairs(grow) do grow[i] = nil end
show(#grow, next(grow))

-- pairs and next.
show(next({})) show(next({5})) show(next({5}, 1)) show(next({5, 6}, 1)) show(next({a = 1})) show(next({a = 1}, "a")) show(next({[false] = 1})) show(next({}, nil)) show(pcall(next, {}, 1)) show(pcall(next, {1, 2}, 3)) show(pcall(next, {1, 2}, 2.5)) show(pcall(next, {1}, nan)) show(pcall(next, {a = 1}, "b")) show(pcall(next)) show(pcall(next, 5)) show(pcall(next, {}, {}))
show(pcall(pairs)) show(pcall(pairs, nil)) show(pcall(pairs, "x")) show(pcall(ipairs, 5)) show(select(2, pairs({})) ~= nil, select(3, pairs({})))
local visited = {}
for k, v in pairs(setmetatable({x = 1}, {__index = {y = 2}, __pairs = error})) do visited[#visited + 1] = k .. v end
show(table.concat(visited))
-- next over all kinds of keys finds each once, and continues from any of them.
local keys = {1, 2, 3, 10, 0, -1, 0.5, 1e300, "a", "b", "", true, false, print, {}, newproxy(), inf, -inf, 2 ^ 31, 2 ^ 53}
local all = {}
for i, k in ipairs(keys) do all[k] = i end
local seen, key, value = {}, nil, nil
repeat key, value = next(all, key) if key ~= nil then seen[value] = (seen[value] or 0) + 1 end until key == nil
for i = 1, #keys do assert(seen[i] == 1 or keys[i] == false) end
show(#seen >= 18)
