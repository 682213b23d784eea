-- seed: limits/constants — more than 256 and 512 constants, numbers and strings, in tables, comparisons and stores
local function build(n, item, sep, pre, post)
  local t = {} for i = 1, n do t[i] = item(i) end return pre .. table.concat(t, sep) .. post
end
for _, n in ipairs{10, 255, 256, 257, 300, 600} do
  local f = assert(loadstring(build(n, function(i) return "'k" .. i .. "'" end, ",", "return {", "}")))
  local t = f() print(n, #t, t[1], t[n])
  f = assert(loadstring(build(n, function(i) return "x" .. i .. " = " .. i + 0.5 end, "\n", "", "\nreturn x1, x" .. n)))
  print(n, setfenv(f, {})())
  f = assert(loadstring(build(n, function(i) return "a = a + " .. i + 0.25 end, "\n", "local a = 0\n", "\nreturn a")))
  print(n, f())
  f = assert(loadstring(build(n, function(i) return "t['f" .. i .. "'] = 'v" .. i .. "'" end, "\n", "local t = {}\n", "\nreturn t.f1, t.f" .. n)))
  print(n, f())
  f = assert(loadstring(build(n, function(i)
    return "if a == 'c" .. i .. "' then return " .. i .. " end"
  end, "\n", "local a = ...\n", "")))
  print(n, f("c1"), f("c" .. n), f("none"))
  f = assert(loadstring(build(n, function(i) return "f" .. i .. " = " .. i end, ",", "return {", "}")))
  local r = f() print(n, r.f1, r["f" .. n])
end
local function pad(code, name)
  return assert(loadstring(build(300, function(i) return "'pad" .. i .. "'" end, ",", "local pad = {", "} " .. code), name))
end
print(pad("local t = {x = 1} t.newkey = 'newvalue' t['other'] = t.newkey .. 'suffix' return t.other, t.x + 1000.5")())
print(pad("local t = {x = 1} return t.x < 2000.5, -5000.5, t.x == 7777, #pad, ('m'):rep(2), t.missing")())
print(pad("local o = {} function o:method_after(x) return x .. 'm' end return o:method_after('arg'), undefined_name")())
print(pcall(pad("local up = 5 return function() return up + 9999, up.x end")()))
print(pcall(pad("return unknown_name.field_name", "=t")))
print(pcall(pad("local t = {} t.far_field.x = 1", "=t")))
print(pcall(pad("local t = {} t:far_method()", "=t")))
print(pcall(pad("return 1 + undefined_far", "=t")))
print(pcall(pad("local t = {} return t.far_field .. 'x'", "=t")))
print(#assert(loadstring(build(1000, function(i) return i end, ",", "return {", "}")))(),
  (select("#", loadstring(build(200, function(i) return i * 1.5 end, ",", "return ", ""))())))
