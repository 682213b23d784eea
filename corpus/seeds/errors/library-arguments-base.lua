-- seed: errors/library-arguments-base — wrong argument types and counts for every base function
local function try(code)
  local f, e = loadstring(code, "=t")
  print(code, f and tostring((select(2, pcall(f)))) or e)
end
for _, name in ipairs{"assert", "collectgarbage", "error", "getfenv", "getmetatable", "ipairs", "loadstring",
  "load", "next", "pairs", "pcall", "rawequal", "rawget", "rawset", "select", "setfenv", "setmetatable",
  "tonumber", "tostring", "type", "unpack", "xpcall", "newproxy"} do
  for _, args in ipairs{"", "nil", "true", "{}", "'x'", "-1", "print", "{}, nil", "{}, 'x'", "'x', {}",
    "nil, nil", "1, 2", "{}, {}, {}", "nil, nil, nil"} do
    local call = name .. "(" .. args .. ")"
    local f = loadstring("return " .. call, "=t")
    local r = {pcall(f)}
    if r[1] then for i = 1, 4 do r[i] = type(r[i]) end elseif type(r[2]) ~= "string" then r[2] = type(r[2]) end
    print(call, tostring(r[1]), tostring(r[2]))
  end
end
for _, code in ipairs{"_G.print.x = 1", "_G.assert(false)", "local p = pcall return p()",
  "local t = {f = setmetatable} t.f()", "local t = {f = setmetatable} t:f()",
  "local t = {f = setmetatable} t:f(1)", "('x'):tostring()", "string.x()", "return (assert)(nil)",
  "return assert(nil, 'custom')", "return assert(nil, {})", "return assert(false, nil)", "tostring()",
  "local s = tostring s()", "return pcall(tostring)", "print(setmetatable({}, {__tostring = 1}))",
  "rawset(1, 2, 3)", "rawget('x', 1)", "next({}, 'x')", "next({}, nil, 1)", "next({1}, 2)", "next({1}, 1.5)",
  "ipairs()", "pairs()", "collectgarbage('x')", "collectgarbage({})", "xpcall(print)", "load('x')", "load()",
  "loadstring()", "loadstring({})", "setfenv(1)", "setfenv(1, 1)", "setfenv('x', {})", "setfenv(100, {})",
  "setfenv(-1, {})", "setfenv(print, {})", "getfenv('x')", "getfenv(100)", "getfenv(-1)", "getfenv({})",
  "tonumber('1', 1)", "tonumber('1', 37)", "tonumber({}, 10)", "select(0)", "select(-1)", "select({})",
  "newproxy(1)", "unpack()", "unpack({}, {})", "unpack({}, 1, 1e9)", "rawequal(1)", "getmetatable()",
  "error()"} do try(code) end
