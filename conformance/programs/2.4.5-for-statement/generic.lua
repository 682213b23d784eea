-- 2.4.5 For statement: the generic for. Iterators of every kind, the explist, the control variables, and the messages.

local function message(f, ...) return (tostring(select(2, pcall(f, ...))):gsub("^.-%.lua:%d+: ", ""):gsub("0x%x+", "address")) end

-- for var_1, ..., var_n in explist: f, s, var come from the list, and f(s, var) gives the variables.
local calls = {}
local function iterator(state, control)
  calls[#calls + 1] = tostring(state) .. "/" .. tostring(control)
  control = (control or 0) + 1
  if control <= 3 then return control, control * 10, control * 100 end
end
for a, b, c, d in iterator, "s", 0 do calls[#calls + 1] = ("%s %s %s %s"):format(tostring(a), tostring(b), tostring(c), tostring(d)) end
print(table.concat(calls, "; "))
calls = {}
for a in iterator do calls[#calls + 1] = "a" .. a end
print(table.concat(calls, "; "))
calls = {}
for a in iterator, nil, 2, "extra", error do calls[#calls + 1] = "a" .. a end
print(table.concat(calls, "; "))

-- The list is adjusted to three values, whatever gives them.
local function triple(...) calls[#calls + 1] = "made" return ... end
calls = {}
for a in triple(iterator, "t", 1) do end
for a in (triple(iterator, "t", 1)) do break end
for a in iterator, triple("u", 1) do end
for a in iterator, triple("u", 2), 1 do end
for a in iterator, (triple("u", 2)) do break end
print(table.concat(calls, "; "))

-- It ends at the first nil; false goes on.
local items = {1, false, "x", nil, "never"}
local function each(t) local n = 0 return function() n = n + 1 return t[n] end end
local seen = {}
for v in each(items) do seen[#seen + 1] = tostring(v) end
print(table.concat(seen, " "))
seen = {}
for v, w in function(_, c) if c == nil then return 1, nil elseif c == 1 then return false, 2 else return nil, 3 end end do
  seen[#seen + 1] = tostring(v) .. tostring(w)
end
print(table.concat(seen, " "))

-- The variables are local to the body, fresh each round, and assigning them does not disturb the iteration.
local functions = {}
for k, v in ipairs{"a", "b", "c"} do functions[k] = function(x) v = x or v return k .. v end end
functions[2]("z")
print(functions[1](), functions[2](), functions[3]())
seen = {}
for k, v in ipairs{"a", "b", "c"} do seen[#seen + 1] = k .. v k = 100 v = nil end
print(table.concat(seen, " "), k, v)

-- More variables than values, and fewer.
for a, b, c, d, e in pairs{10} do print(a, b, c, d, e) end
for a in pairs{10, 20} do io_ = a end
print(io_) io_ = nil
local names = {}
for i = 1, 50 do names[i] = "v" .. i end
print(loadstring("for " .. table.concat(names, ",") .. " in ... do return v1, v2, v49, v50 end")(function() return unpack(names) end))

-- Iterators that are not Lua functions.
seen = {}
for word in ("one two three"):gmatch("%a+") do seen[#seen + 1] = word end
for k, v in next, {5} do seen[#seen + 1] = k .. "=" .. v end
for k, v in next, {5, 6, 7}, 1 do seen[#seen + 1] = k .. "=" .. v end
for v in coroutine.wrap(function() for i = 1, 3 do coroutine.yield(i) end end) do seen[#seen + 1] = "c" .. v end
for a, b in coroutine.wrap(function(...) coroutine.yield(select("#", ...), ...) end), "state", "control" do seen[#seen + 1] = a .. b end
print(table.concat(seen, " "))
local callable = setmetatable({n = 0}, {__call = function(self, s, c) self.n = self.n + 1 if self.n <= 3 then return self.n, s, c end end})
for a, b, c in callable, "S", "C" do print(a, b, c) end

-- break, return and errors leave it.
local function find(t, wanted) for k, v in pairs(t) do if v == wanted then return k end end return "none" end
print(find({a = 1, b = 2}, 2), find({}, 2))
local count = 0
for _ in function() count = count + 1 return count end do if count == 5 then break end end
print(count)
print(message(function() for _ in function() error("from the iterator", 0) end do end end))
print(message(function() for _ in pairs{1} do error("from the body", 0) end end))

-- The names in messages.
for _, v in ipairs{1, "x", true, {}, newproxy()} do print(message(function() for _ in v do end end)) end
print(message(function() for _ in nil do end end))
print(message(function() for _ in undefined_global do end end))
print(message(function() local t = {} for _ in t.field do end end))
print(message(function() for _ in pairs(nil) do end end))
print(message(function() for _ in ipairs() do end end))
print(message(function() for _ in next, nil do end end))
print(message(function() for _ in next, {}, "no such key" do end end))
print(message(function() for _ in string.gmatch("x") do end end))
print(message(function() for _ in 5, 6, 7 do end end))
print(pcall(loadstring("for k, v\nin\npairs(\nnil) do\nend", "=g")))
print(pcall(loadstring("local t = {}\nfor k, v\nin\nt\ndo\nend", "=g")))

-- Changing the table that is traversed: clearing and assigning existing fields is allowed.
local t = {}
for i = 1, 50 do t[i] = i t["k" .. i] = i end
local n = 0
for k in pairs(t) do t[k] = nil n = n + 1 end
assert(n == 100 and next(t) == nil)

-- Syntax.
for _, source in ipairs{"for a in do end", "for a b in c do end", "for a, in c do end", "for a, b c do end", "for a in b, c, d, e, f do end", "for a in b do", "for a in b end",
  "for a.b in c do end", "for a, 1 in c do end", "for ... in c do end", "for a in ... do end", "for in c do end", "for a, b, c", "for a, b =", "for a in b in c do end",
  "for a in b then end", "for a, b, a in c do end", "for (a) in b do end", "for a of b do end", "for a in (b, c) do end", "for not in b do end", "for a in b; do end"} do
  local loaded, text = loadstring(source, "=c")
  print(source, loaded and "accepted" or text)
end
