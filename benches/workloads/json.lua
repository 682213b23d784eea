-- workload: json — encoding nested tables to text and decoding them again with a recursive parser
local ESCAPES = {["\""] = "\\\"", ["\\"] = "\\\\", ["\n"] = "\\n", ["\t"] = "\\t"}
local UNESCAPES = {n = "\n", t = "\t", ["\""] = "\"", ["\\"] = "\\"}

local encode
local function encode_table(value, out)
  if #value > 0 then
    out[#out + 1] = "["
    for i = 1, #value do
      if i > 1 then out[#out + 1] = "," end
      encode(value[i], out)
    end
    out[#out + 1] = "]"
    return
  end
  local keys = {}
  for k in pairs(value) do keys[#keys + 1] = k end
  table.sort(keys)
  out[#out + 1] = "{"
  for i, k in ipairs(keys) do
    if i > 1 then out[#out + 1] = "," end
    encode(k, out)
    out[#out + 1] = ":"
    encode(value[k], out)
  end
  out[#out + 1] = "}"
end

function encode(value, out)
  local kind = type(value)
  if kind == "table" then
    encode_table(value, out)
  elseif kind == "string" then
    out[#out + 1] = "\"" .. value:gsub("[\"\\\n\t]", ESCAPES) .. "\""
  else
    out[#out + 1] = tostring(value)
  end
end

local decode
local function skip(text, at) return text:find("%S", at) end

local function decode_string(text, at)
  local from, parts = at + 1, {}
  while true do
    local stop = text:find("[\"\\]", from)
    if not stop then error("unfinished string at " .. at, 0) end
    parts[#parts + 1] = text:sub(from, stop - 1)
    if text:byte(stop) == 34 then return table.concat(parts), stop + 1 end
    parts[#parts + 1] = UNESCAPES[text:sub(stop + 1, stop + 1)]
    from = stop + 2
  end
end

local function decode_list(text, at)
  local list = {}
  at = skip(text, at + 1)
  while text:sub(at, at) ~= "]" do
    list[#list + 1], at = decode(text, at)
    at = skip(text, at)
    if text:sub(at, at) == "," then at = skip(text, at + 1) end
  end
  return list, at + 1
end

local function decode_object(text, at)
  local object = {}
  at = skip(text, at + 1)
  while text:sub(at, at) ~= "}" do
    local key
    key, at = decode_string(text, at)
    at = skip(text, at)
    object[key], at = decode(text, skip(text, at + 1))
    at = skip(text, at)
    if text:sub(at, at) == "," then at = skip(text, at + 1) end
  end
  return object, at + 1
end

function decode(text, at)
  local c = text:sub(at, at)
  if c == "{" then return decode_object(text, at) end
  if c == "[" then return decode_list(text, at) end
  if c == "\"" then return decode_string(text, at) end
  local word = text:match("^%a+", at)
  if word then return word == "true", at + #word end
  local number = text:match("^-?%d+%.?%d*[eE]?[+-]?%d*", at)
  return tonumber(number), at + #number
end

local records = {}
for i = 1, 400 do
  records[i] = {
    id = i, name = "record \"" .. i .. "\"", active = i % 3 == 0, score = i * 1.25,
    tags = {"a" .. i % 7, "b\n" .. i % 5, "c\\" .. i % 3}, position = {x = i % 50, y = -i},
  }
end
local text, rounds = nil, 0
for _ = 1, 60 do
  local out = {}
  encode(records, out)
  text = table.concat(out)
  records = decode(text, 1)
  rounds = rounds + #records
end
local sum = 0
for _, r in ipairs(records) do
  sum = sum + r.id + r.score + r.position.x + r.position.y + #r.tags + #r.name + (r.active and 1 or 0)
end
print("json", #text, rounds, sum, text:sub(1, 60))
