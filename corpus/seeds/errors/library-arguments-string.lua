-- seed: errors/library-arguments-string — wrong argument types and counts for every string function
local names = {"byte", "char", "dump", "find", "format", "gfind", "gmatch", "gsub", "len", "lower", "match",
  "rep", "reverse", "sub", "upper"}
local argsets = {"", "nil", "true", "{}", "'x'", "1", "print", "'x', nil", "'x', {}", "'x', 'y'", "'x', 1",
  "'x', 'y', nil", "'x', 'y', {}", "'x', 'y', true", "'x', 'y', 'z', 'w'", "'x', 1, {}", "'x', 'y', print, {}",
  "{}, 'x'"}
for _, name in ipairs(names) do for _, args in ipairs(argsets) do
  local call = "string." .. name .. "(" .. args .. ")"
  local r = {pcall(loadstring("return " .. call, "=t"))}
  for i = 1, 3 do if type(r[i]) == "function" then r[i] = "function" end r[i] = tostring(r[i]) end
  if name ~= "dump" or r[1] == "false" then print(call, r[1], r[2], r[3]) end
end end
for _, call in ipairs{"('x'):rep()", "('x'):rep({})", "('x'):rep('y')", "('x'):sub()", "('x'):sub({})",
  "('x'):find()", "('x'):find({})", "('x'):gsub()", "('x'):gsub('x')", "('x'):gsub('x', nil)",
  "('x'):gsub('x', true)", "('x'):gsub({}, 'x')", "('x'):format({})", "('%d'):format()", "('%d'):format('x')",
  "('x'):byte({})", "('x'):byte('y')", "('x').len()", "('x').upper({})", "('x'):match()", "('x'):gmatch()",
  "('x'):nothing()", "string.format('%d %d', 1)", "string.format('%s')", "string.format('%c', 'x')",
  "string.format('%q')", "string.format('%q', {})", "string.format('%y', 1)", "string.format('%', 1)",
  "string.format('%10', 1)", "string.format('%1234d', 1)", "string.format('%.123d', 1)",
  "string.format('%------d', 1)", "string.char(256)", "string.char(-1)", "string.char(1, 2, 'x')",
  "string.char(1e10)", "string.rep('x', -1)", "string.gsub('x', '(', '')", "string.gsub('x', ')', '')",
  "string.gsub('x', '%', '')", "string.gsub('x', '[', '')", "string.gsub('x', '[a', '')",
  "string.gsub('x', '%f', '')", "string.gsub('x', '%b', '')", "string.gsub('x', '%1', '')",
  "string.gsub('x', 'x', '%2')", "string.gsub('x', 'x', '%')", "string.gsub('x', '(x)(', '')",
  "string.find('x', '[%')", "string.find('x', '[]')", "string.find('x', '[^]')", "string.find('x', '(()')",
  "string.find('x', '%b(')", "string.match('x', '%9')", "string.gsub('x', '.', function() return {} end)",
  "string.gsub('x', '.', {x = {}})", "string.gsub('x', '.', {x = true})",
  "string.gsub('x', '.', function() return true end)", "string.dump(print)", "string.dump()",
  "string.dump({})"} do
  local r = {pcall(loadstring("return " .. call, "=t"))} print(call, r[1], tostring(r[2]))
end
