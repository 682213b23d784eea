-- seed: programs/json — a JSON encoder and decoder with tests, as libraries of this kind are written
local json = {}

local escapes = {['"'] = '\\"', ["\\"] = "\\\\", ["\b"] = "\\b", ["\f"] = "\\f", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t"}
local unescapes = {} for k, v in pairs(escapes) do unescapes[v:sub(2)] = k end
unescapes["/"] = "/"

local function escape(c) return escapes[c] or ("\\u%04x"):format(c:byte()) end

local encode
local encoders = {
  ["nil"] = function() return "null" end,
  boolean = tostring,
  string = function(s) return '"' .. s:gsub('[%c"\\]', escape) .. '"' end,
  number = function(n)
    if n ~= n or n <= -math.huge or n >= math.huge then error("unexpected number value '" .. tostring(n) .. "'") end
    return ("%.14g"):format(n)
  end,
  table = function(t, stack)
    stack = stack or {}
    if stack[t] then error("circular reference") end
    stack[t] = true
    local out = {}
    if rawget(t, 1) ~= nil or next(t) == nil then
      local n = 0
      for k in pairs(t) do
        if type(k) ~= "number" then error("invalid table: mixed or invalid key types") end
        n = n + 1
      end
      if n ~= #t then error("invalid table: sparse array") end
      for i, v in ipairs(t) do out[i] = encode(v, stack) end
      stack[t] = nil
      return "[" .. table.concat(out, ",") .. "]"
    end
    local keys = {}
    for k in pairs(t) do
      if type(k) ~= "string" then error("invalid table: mixed or invalid key types") end
      keys[#keys + 1] = k
    end
    table.sort(keys)
    for i, k in ipairs(keys) do out[i] = encode(k, stack) .. ":" .. encode(t[k], stack) end
    stack[t] = nil
    return "{" .. table.concat(out, ",") .. "}"
  end,
}
function encode(v, stack)
  local f = encoders[type(v)]
  if not f then error("unexpected type '" .. type(v) .. "'") end
  return f(v, stack)
end
json.encode = encode

local function fail(s, i, message)
  local line, column = 1, 1
  for j = 1, i - 1 do
    column = column + 1
    if s:sub(j, j) == "\n" then line, column = line + 1, 1 end
  end
  error(("%s at line %d col %d"):format(message, line, column), 0)
end

local function utf8(n)
  local f = math.floor
  if n <= 0x7f then return string.char(n) end
  if n <= 0x7ff then return string.char(f(n / 64) + 192, n % 64 + 128) end
  return string.char(f(n / 4096) + 224, f(n % 4096 / 64) + 128, n % 64 + 128)
end

local value
local function space(s, i) return s:match("^[ \t\r\n]*()", i) end
local function str(s, i)
  local out, j = {}, i + 1
  while true do
    local run, stop = s:match('^([^"\\%c]*)()', j)
    out[#out + 1], j = run, stop
    local c = s:sub(j, j)
    if c == '"' then return table.concat(out), j + 1 end
    if c == "\\" then
      local e = s:sub(j + 1, j + 1)
      if e == "u" then
        local hex = s:match("^%x%x%x%x", j + 2) or fail(s, j, "invalid unicode escape in string")
        out[#out + 1], j = utf8(tonumber(hex, 16)), j + 6
      else
        out[#out + 1], j = unescapes[e] or fail(s, j, "invalid escape char '" .. e .. "' in string"), j + 2
      end
    elseif c == "" then fail(s, i, "expected closing quote for string")
    else fail(s, j, "control character in string") end
  end
end
local function array(s, i)
  local out, n = {}, 0
  i = space(s, i + 1)
  if s:sub(i, i) == "]" then return out, i + 1 end
  while true do
    n = n + 1
    out[n], i = value(s, i)
    i = space(s, i)
    local c = s:sub(i, i)
    i = i + 1
    if c == "]" then return out, i end
    if c ~= "," then fail(s, i, "expected ']' or ','") end
  end
end
local function object(s, i)
  local out = {}
  i = space(s, i + 1)
  if s:sub(i, i) == "}" then return out, i + 1 end
  while true do
    i = space(s, i)
    if s:sub(i, i) ~= '"' then fail(s, i, "expected string for key") end
    local k
    k, i = str(s, i)
    i = space(s, i)
    if s:sub(i, i) ~= ":" then fail(s, i, "expected ':' after key") end
    out[k], i = value(s, i + 1)
    i = space(s, i)
    local c = s:sub(i, i)
    i = i + 1
    if c == "}" then return out, i end
    if c ~= "," then fail(s, i, "expected '}' or ','") end
  end
end
local words = {["true"] = true, ["false"] = false}
function value(s, i)
  i = space(s, i)
  local c = s:sub(i, i)
  if c == '"' then return str(s, i) elseif c == "[" then return array(s, i) elseif c == "{" then return object(s, i) end
  local word = s:match("^[^ \t\r\n%]},]+", i) or ""
  if word == "null" then return nil, i + 4 end
  if words[word] ~= nil then return words[word], i + #word end
  return tonumber(word) or fail(s, i, "unexpected '" .. word .. "'"), i + #word
end
function json.decode(s)
  if type(s) ~= "string" then error("expected argument of type string, got " .. type(s)) end
  local v, i = value(s, 1)
  i = space(s, i)
  if i <= #s then fail(s, i, "trailing garbage") end
  return v
end

for _, text in ipairs{"1", "-1.5e3", "true", "null", '"a\\n\\u00e9\\u20ac\\/"', "[]", "{}", "[1, 2,\n [3, {\"a\": null}]]",
  '{"b": [1, 2], "a": {"x": "y"}, "c": false}', "[1e400]", "0x10"} do
  print(text, pcall(function() return json.encode(json.decode(text)) end))
end
for _, text in ipairs{"", "[1, 2", "{\"a\" 1}", "{a: 1}", "\"abc", "\"\\x\"", "\"a\nb\"", "[1]x", "nul", "{\n\n  1}", "[,]", "\"\\u12\""} do
  print(pcall(json.decode, text))
end
local loop = {} loop[1] = {loop}
for _, v in ipairs{loop, {1, 2, nil, 4}, {[1] = 1, a = 2}, {[{}] = 1}, 0/0, print, {nested = {deep = {"\0\1\127"}}}} do
  print(pcall(json.encode, v))
end
print(pcall(json.decode, nil), pcall(json.decode))
