-- seed: programs/text — wrapping, CSV, Roman numerals, dates, a lexer, a template engine, edit distance, serialising, word counts
local function wrap(s, width, indent)
  local lines, line = {}, ""
  for word in s:gmatch("%S+") do
    if #line + #word + 1 > width and line ~= "" then lines[#lines + 1], line = line, "" end
    line = line == "" and (indent or ""):rep(#lines > 0 and 1 or 0) .. word or line .. " " .. word
  end
  lines[#lines + 1] = line
  return lines
end
local function justify(line, width)
  local gaps = select(2, line:gsub(" ", ""))
  local missing = width - #line
  return (line:gsub(" ", function()
    local n = math.ceil(missing / gaps)
    missing, gaps = missing - n, gaps - 1
    return (" "):rep(1 + n)
  end))
end
local lorem = "It is a truth universally acknowledged, that a single man in possession of a good fortune, must be in want of a wife."
for _, w in ipairs{20, 31, 200} do for _, l in ipairs(wrap(lorem, w, "  ")) do print(("%-" .. math.min(w, 40) .. "s|%s"):format(l, justify(l, w))) end end

local function csv(line)
  local out, at = {}, 1
  while true do
    if line:sub(at, at) == '"' then
      local text = ""
      repeat
        local s, e, inner, quote = line:find('^"(.-)"("?)', at)
        if not s then error("unfinished quote at " .. at, 2) end
        text, at = text .. inner .. quote, quote == '"' and e or e + 1
      until quote == ""
      out[#out + 1] = text
      local s, e = line:find("^,", at)
      if not s then return out end
      at = e + 1
    else
      local s, e = line:find(",", at, true)
      out[#out + 1] = line:sub(at, (s or 0) - 1)
      if not s then return out end
      at = e + 1
    end
  end
end
for _, l in ipairs{"a,b,c", "", ",", '"x,y",z', '"say ""hi""",2', '1,"","",', '"open'} do
  local ok, r = pcall(csv, l)
  print(l, ok, ok and #r .. ":" .. table.concat(r, "|") or r)
end

local roman = {{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}}
local function toroman(n) local s = "" for _, r in ipairs(roman) do while n >= r[1] do s, n = s .. r[2], n - r[1] end end return s end
local function fromroman(s) local n = 0 for _, r in ipairs(roman) do while s:sub(1, #r[2]) == r[2] do n, s = n + r[1], s:sub(#r[2] + 1) end end return s == "" and n or nil end
for n = 1, 3999, 333 do local r = toroman(n) assert(fromroman(r) == n) print(n, r) end
print(fromroman("IIXQ"), fromroman(""))

local function days(y, m, d)
  if m <= 2 then y, m = y - 1, m + 12 end
  return 365 * y + math.floor(y / 4) - math.floor(y / 100) + math.floor(y / 400) + math.floor((153 * (m - 3) + 2) / 5) + d - 1
end
local function weekday(...) return ({"Wed", "Thu", "Fri", "Sat", "Sun", "Mon", "Tue"})[days(...) % 7 + 1] end
local function easter(y)
  local a, b, c = y % 19, math.floor(y / 100), y % 100
  local h = (19 * a + b - math.floor(b / 4) - math.floor((b - math.floor((b + 8) / 25) + 1) / 3) + 15) % 30
  local l = (32 + 2 * (b % 4) + 2 * math.floor(c / 4) - h - c % 4) % 7
  local m = math.floor((a + 11 * h + 22 * l) / 451)
  local n = h + l - 7 * m + 114
  return y, math.floor(n / 31), n % 31 + 1
end
print(days(2000, 3, 1) - days(1999, 12, 31), weekday(2000, 1, 1), weekday(1970, 1, 1))
for y = 1999, 2003 do print(("%04d-%02d-%02d"):format(easter(y)), weekday(easter(y))) end
print(("2024-02-29T12:34:56Z"):match("^(%d+)-(%d+)-(%d+)T(%d+):(%d+):(%d+)(Z?)$"))

local function lex(s)
  local rules = {{"^%s+"}, {"^%-%-[^\n]*"}, {"^[%a_][%w_]*", "name"}, {"^0[xX]%x+", "hex"}, {"^%d+%.?%d*[eE][+-]?%d+", "number"}, {"^%d+%.?%d*", "number"},
    {'^"[^"\n]*"', "string"}, {"^[=~<>]=", "operator"}, {"^%.%.%.?", "operator"}, {"^[-+*/%^#<>=(){}%[%];:,.]", "operator"}}
  return coroutine.wrap(function()
    local at, line = 1, 1
    while at <= #s do
      local matched
      for _, rule in ipairs(rules) do
        local text = s:match(rule[1], at)
        if text then
          if rule[2] then coroutine.yield(rule[2], text, line) end
          line = line + select(2, text:gsub("\n", "\n"))
          at, matched = at + #text, true
          break
        end
      end
      if not matched then error(("line %d: unexpected '%s'"):format(line, s:sub(at, at))) end
    end
  end)
end
local tokens = {}
for kind, text, line in lex('local x = 0xFF + 1.5e-3 -- comment\nprint("a b", x..y, t[1] ~= nil)\n\nreturn ...') do tokens[#tokens + 1] = line .. kind:sub(1, 1) .. ":" .. text end
print(table.concat(tokens, " "))
print(pcall(function() for k, t in lex("a = $b") do tokens = t end end))

local function compile(template)
  local code, at = {"local out, n = {}, 0 local function emit(s) n = n + 1 out[n] = tostring(s) end "}, 1
  for text, kind, inside, stop in template:gmatch("(.-)<%%(=?)(.-)%%>()") do
    code[#code + 1] = ("emit(%q) "):format(text) .. (kind == "=" and "emit(" .. inside .. ") " or inside .. " ")
    at = stop
  end
  code[#code + 1] = ("emit(%q) return table.concat(out)"):format(template:sub(at))
  local f, message = loadstring(table.concat(code), "=template")
  if not f then return nil, message end
  return function(env) return setfenv(f, setmetatable(env, {__index = _G}))() end
end
local page = assert(compile("<ul>\n<% for i, item in ipairs(items) do %>  <li><%= i %>: <%= item:upper() %></li>\n<% end %></ul><%= missing %>"))
print(page{items = {"one", "two", '"three"'}})
print(compile("<% if %>")) print(compile("<%= a b %>")) print(pcall(page, {}))

local function distance(a, b)
  local row = {} for j = 0, #b do row[j] = j end
  for i = 1, #a do
    local diagonal = row[0]
    row[0] = i
    for j = 1, #b do diagonal, row[j] = row[j], math.min(row[j] + 1, row[j - 1] + 1, diagonal + (a:byte(i) == b:byte(j) and 0 or 1)) end
  end
  return row[#b]
end
for a, b in ("kitten sitting saturday sunday same same  x abc "):gmatch("(%S*)%s(%S*)%s") do print(a, b, distance(a, b)) end

local function serialize(v, indent, seen)
  indent, seen = indent or "", seen or {}
  if type(v) == "string" then return ("%q"):format(v) elseif type(v) ~= "table" then return tostring(v) end
  if seen[v] then return "<cycle>" end
  seen[v] = true
  local keys, out = {}, {}
  for k in pairs(v) do keys[#keys + 1] = k end
  table.sort(keys, function(a, b) if type(a) == type(b) and type(a) ~= "boolean" then return a < b end return tostring(a) < tostring(b) end)
  for _, k in ipairs(keys) do
    local name = type(k) == "string" and k:match("^[%a_][%w_]*$") or "[" .. serialize(k, "", seen) .. "]"
    out[#out + 1] = indent .. "  " .. name .. " = " .. serialize(v[k], indent .. "  ", seen) .. ",\n"
  end
  seen[v] = nil
  return #out == 0 and "{}" or "{\n" .. table.concat(out) .. indent .. "}"
end
local data = {1, 2.5, "three\n\"q\"\0", {nested = {true, false}, ["odd key"] = -1e300, [10] = {}, [-1] = 1 / 3}, [true] = "yes"}
data.self = data
local text = serialize(data) print(text)
data.self = nil
local copy = assert(loadstring("return " .. serialize(data)))() print(serialize(copy) == serialize(data), #text)

local counts, order = {}, {}
for w in lorem:lower():gmatch("%a+") do if not counts[w] then order[#order + 1] = w end counts[w] = (counts[w] or 0) + 1 end
table.sort(order, function(a, b) if counts[a] ~= counts[b] then return counts[a] > counts[b] end return a < b end)
for i = 1, 5 do print(order[i], counts[order[i]], ("#"):rep(counts[order[i]])) end
print((lorem:gsub("(%w)(%w*)", function(a, b) return a:upper() .. b end)), lorem:gsub("[aeiou]", {a = "4", e = "3", i = "1", o = "0"}))
print(("camelCaseToSnakeCase"):gsub("%u", function(c) return "_" .. c:lower() end), ("snake_case_word"):gsub("_(%l)", string.upper))
print((("  trim me  "):gsub("^%s*(.-)%s*$", "[%1]")), ("%s=%q"):format("k", "v\n"), ("1234567.891"):reverse():gsub("(%d%d%d)", "%1,"):reverse())
