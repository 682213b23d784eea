-- 2.4.1 Chunks: a chunk is the body of an anonymous function with variable arguments.
-- It may have locals, receive arguments and return values; statements may end with a semicolon.

-- Arguments and results.
local chunk = assert(loadstring("local a, b = ... return select('#', ...), a, b, ..."))
print(chunk())
print(chunk(1))
print(chunk(nil, nil, nil))
print(chunk("x", "y", "z"))
assert(select("#", loadstring("")()) == 0 and select("#", loadstring("return")()) == 0)
assert(select("#", loadstring("return nil")()) == 1 and select("#", loadstring("return ...")(nil, nil)) == 2)

-- Locals of a chunk are its own.
local first, second = loadstring("local n = 0 return function() n = n + 1 return n end"), nil
local a, b = first(), first()
a() a()
assert(a() == 3 and b() == 1)
assert(loadstring("local visible = 1")() == nil and visible == nil)
local hidden = "local of this chunk"
assert(loadstring("return hidden")() == nil)

-- Semicolons are optional, one per statement.
for _, source in ipairs{"x = 1", "x = 1;", "x = 1 y = 2", "x = 1; y = 2", "x = 1; y = 2;", "local a; local b;", "f = nil; return;",
  "do end;", "do end do end", "do ; end", "; x = 1", "x = 1;;", "if x then end;", "return 1;", "return; x = 1", "return 1 x = 1",
  "while nil do end; repeat until 1; for i = 1, 0 do end;", "function f() end; local function g() end;", "break", "return break"} do
  local loaded, message = loadstring(source, "=c")
  print(source, loaded and "accepted" or message)
end
x, y, f = nil, nil, nil

-- A chunk from a string, from pieces, from its compiled form.
local source = "local s = 0 for i = 1, select('#', ...) do s = s + (select(i, ...)) end return s, 'done'"
local pieces, position = {}, 0
for piece in source:gmatch("..?.?") do pieces[#pieces + 1] = piece end
local loaded = assert(load(function() position = position + 1 return pieces[position] end, "=pieces"))
local dumped = assert(loadstring(string.dump(loaded), "=dumped"))
for _, form in ipairs{loadstring(source), loaded, dumped, assert(loadstring(string.dump(dumped)))} do
  local sum, text = form(1, 2, 3, 4)
  assert(sum == 10 and text == "done")
end
assert(string.dump(loaded) == string.dump(dumped))

-- A compiled chunk keeps lines, names and upvalues' number; its upvalues are fresh.
local up1, up2 = 1, 2
local function with_upvalues() return up1, up2, up1 == nil end
local copy = loadstring(string.dump(with_upvalues))
print(with_upvalues())
print(copy())
local failing = loadstring("\n\nlocal name = nil\nreturn name.field", "=original")
print(pcall(failing))
print(pcall(loadstring(string.dump(failing))))
print(pcall(loadstring(string.dump(failing), "=another")))

-- Chunks may be loaded inside of chunks, and in their environments.
local environment = {loadstring = loadstring, result = {}}
local outer = loadstring("result[1] = 1 loadstring('result = 2')() return loadstring('return result')")
local inner = setfenv(outer, environment)()
print(environment.result[1], pcall(inner))
print(rawget(_G, "result"))
result = nil

-- An empty chunk and one of comments only.
for _, text in ipairs{"", " ", "\n", "--", "--[[ ]]", ";"} do
  local loaded, message = loadstring(text, "=c")
  print(("%q"):format(text), loaded and select("#", loaded()) or message)
end

-- Chunks with very many statements, and a very long line.
local many = loadstring(("n = n + 1 "):rep(20000) .. "return n")
n = 0
assert(many() == 20000)
n = nil
local sums = {}
for i = 1, 5000 do sums[i] = i end
assert(loadstring("return " .. table.concat(sums, "+"))() == 12502500)

-- Something that is not a chunk.
for _, text in ipairs{"\27", "\27L", "\27Lua", "\27Lua\81", "\27Lua\80\0\1\4\8\4\8\0", "\27abc", string.dump(loaded):sub(1, 12),
  string.dump(loaded):sub(1, 30), string.dump(loaded):sub(1, -2)} do
  print(#text, loadstring(text, "=broken"))
end
