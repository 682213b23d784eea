-- seed: errors/library-arguments-table-math-coroutine — wrong argument types and counts for the other libraries
local libs = {
  table = {"concat", "foreach", "foreachi", "getn", "insert", "maxn", "remove", "setn", "sort"},
  math = {"abs", "ceil", "floor", "fmod", "frexp", "ldexp", "max", "min", "mod", "modf", "pow", "sqrt", "deg",
    "cosh", "log10", "randomseed"},
  coroutine = {"create", "resume", "running", "status", "wrap"},
}
local argsets = {"", "nil", "true", "{}", "'x'", "'5'", "print", "{}, nil", "{}, {}", "{}, 'x'", "1, nil",
  "1, 'x'", "'2', '3'", "1, {}", "{1, 2}, 1, 2, 3", "{'a'}, ',', 'x'", "{'a'}, ',', 1, 5", "{3, 'x'}",
  "{1}, 1, 1"}
for _, lib in ipairs{"table", "math", "coroutine"} do for _, name in ipairs(libs[lib]) do for _, args in ipairs(argsets) do
  local call = lib .. "." .. name .. "(" .. args .. ")"
  local r = {pcall(loadstring("return " .. call, "=t"))}
  for i = 1, 3 do
    if type(r[i]) ~= "number" and type(r[i]) ~= "string" and type(r[i]) ~= "boolean" then r[i] = type(r[i]) end
  end
  if name ~= "random" or not r[1] then print(call, r[1], r[2], r[3]) end
end end end
for _, call in ipairs{"math.random(0)", "math.random(-5)", "math.random(2, 1)", "math.random(1, 2, 3)",
  "math.random({})", "math.random('x')", "math.random(1, {})", "math.random(nil)", "table.insert({}, 1, 2, 3)",
  "table.insert({})", "table.insert({}, 'x', 1)", "table.insert(nil, 1)", "table.remove({}, 'x')",
  "table.remove(5)", "table.sort({1, 2}, 5)", "table.sort({1, 'x'})", "table.sort({{}, {}})",
  "table.sort({1, 2, 3}, function() error('cmp') end)", "table.concat({{}})", "table.concat({1, 2, true})",
  "table.concat({1}, 1, 2, 3)", "table.concat({}, {})", "table.setn({}, 1)", "table.unpack({})",
  "table.pack(1)", "math.huge()", "math.pi.x", "math.undefined(1)", "coroutine.yield()", "coroutine.close()",
  "coroutine.isyieldable()", "coroutine.create(print)", "coroutine.wrap(5)", "coroutine.status(5)",
  "coroutine.resume(5)"} do
  local r = {pcall(loadstring("return " .. call, "=t"))}
  print(call, r[1], type(r[2]) == "string" and r[2] or type(r[2]))
end
