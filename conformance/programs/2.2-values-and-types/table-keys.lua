-- 2.2 Values and types: what can be a key of a table, and which keys are the same.

local function message(f, ...)
  local ok, text = pcall(f, ...)
  return ok and "accepted" or (text:gsub("^.-%.lua:%d+: ", "at: "))
end

-- Every value but nil and NaN may be an index.
local thread, proxy, key = coroutine.create(function() end), newproxy(), {}
local keys = {true, false, 0, -1, 1.5, 2 ^ 53, -2 ^ 31, 1 / 0, -1 / 0, "", "a", "a\0b", "a\0c", "1", key, print, proxy, thread,
  function() end, 1e300, 5e-324}
local t = {}
for i = 1, #keys do t[keys[i]] = i end
for i = 1, #keys do assert(t[keys[i]] == i) end
local count = 0
for k, v in pairs(t) do
  count = count + 1
  assert(rawequal(keys[v], k))
end
assert(count == #keys)

-- nil and NaN may be read, not written.
local nan = 0 / 0
assert(t[nil] == nil and t[nan] == nil and rawget(t, nil) == nil and rawget(t, nan) == nil)
print("t[nil]", message(function() t[nil] = 1 end))
print("t[nan]", message(function() t[nan] = 1 end))
print("t[nil] = nil", message(function() t[nil] = nil end))
print("t[nan] = nil", message(function() t[nan] = nil end))
print("rawset nil", message(rawset, t, nil, 1))
print("rawset nan", message(rawset, t, nan, 1))
print("constructor nil", message(function() return {[nil] = 1} end))
print("constructor nan", message(function() return {[nan] = 1} end))
print("constructor unknown", message(function() local unknown return {1, [unknown] = 1} end))
print("in a call", message(function() return #{[(function() end)()] = 1} end))
-- The key is refused before a metamethod is looked for; one on a value that is no table gets it.
local log = {}
local function logger(_, k, v) log[#log + 1] = tostring(k):gsub("-", "") .. "=" .. tostring(v) end
local open = setmetatable({}, {__newindex = logger})
print("with __newindex", message(function() open[nil] = 1 end), message(function() open[nan] = 1 end))
local other = newproxy(true)
getmetatable(other).__newindex = logger
other[nil] = 1
other[nan] = 2
print(table.concat(log, " "))
local through = setmetatable({}, {__newindex = {}})
print("through a table", message(function() through[nil] = 1 end), message(function() through[nan] = 1 end))

-- Equal numbers are one key; strings are never numbers.
local n = {}
n[1] = "one" n[1.0] = "ein" n["1"] = "text" n[2 ^ 53] = "big" n[0] = "zero"
assert(n[1] == "ein" and n["1"] == "text" and n[3 - 2] == "ein" and n[2 ^ 53] == "big" and n[9007199254740992] == "big")
assert(n[-0] == "zero" and n[0 * -1] == "zero")
n[0 * -1] = "minus"
assert(n[0] == "minus" and n["0"] == nil and n["1.0"] == nil)
n[0.1 + 0.2] = "sum"
assert(n[0.3] == nil and n[0.30000000000000004] == "sum")
n[tonumber("0x10")] = 16
assert(n[16] == 16 and n[1.6e1] == 16)
for i = -3, 3 do n[i + 0.5] = i end
for i = -3, 3 do assert(n[i + 0.5] == i) end

-- Strings are the same key exactly if they have the same bytes.
local s = {}
s["a\0b"] = 1 s["a\0c"] = 2 s["a"] = 3 s["a\0"] = 4
assert(s["a" .. "\0" .. "b"] == 1 and s["a\0c"] == 2 and s.a == 3 and s["a\0"] == 4)
local long = ("k"):rep(5000)
for i = 0, 9 do s[long .. i] = i end
for i = 0, 9 do assert(s[long .. i] == i) end
-- Strings that differ in bytes that a hash of some bytes only would skip.
local similar = {}
for i = 1, 200 do
  local text = ("x"):rep(i - 1) .. "y" .. ("x"):rep(200 - i)
  similar[text] = i
end
for i = 1, 200 do assert(similar[("x"):rep(i - 1) .. "y" .. ("x"):rep(200 - i)] == i) end

-- a.name is a["name"].
local record = {name = 1, ["two words"] = 2, ["and"] = 3, [""] = 4, ["1"] = 5}
assert(record.name == record["name"] and record["two words"] == 2 and record["and"] == 3 and record[""] == 4)
assert(record["1"] == 5 and record[1] == nil)
local name = "two words"
assert(record[name] == 2)

-- A key that was removed is gone, and may come back.
for i = 1, 100 do
  local cycle = {}
  for j = 1, 20 do cycle["k" .. (i * j) % 37] = j end
  for j = 1, 20 do cycle["k" .. (i * j) % 37] = nil end
  assert(next(cycle) == nil)
end

-- Tables inside tables, and cycles.
local self = {}
self.self, self[self] = self, self
assert(self.self.self.self == self and self[self][self] == self)
