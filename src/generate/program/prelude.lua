local type, tostring, select, next, rawget, pcall, print = type, tostring, select, next, rawget, pcall, print
local gsub, format, sub, byte, concat = string.gsub, string.format, string.sub, string.byte, table.concat

local function before(a, b)
  local x, y = type(a), type(b)
  if x ~= y then return x < y end
  if x == "boolean" then return not a and b end
  return a < b
end

local function escape(c) return "\\" .. byte(c) end

-- It takes as long whatever the order of the keys is.
local function image(value, depth)
  local kind = type(value)
  if kind == "number" then
    if value ~= value then return "nan" end
    return value == 0 and 1 / value < 0 and "-0" or format("%.16g", value)
  elseif kind == "string" then
    local tail = #value > 240 and "..." .. #value or ""
    return '"' .. gsub(sub(value, 1, 240), "[%c\128-\255]", escape) .. '"' .. tail
  elseif kind ~= "table" then
    return (kind == "nil" or kind == "boolean") and tostring(value) or kind
  elseif depth > 2 then
    return "{...}"
  end
  local keys, others, parts = {}, 0, {}
  for key in next, value do
    local of = type(key)
    if of == "number" or of == "string" or of == "boolean" then keys[#keys + 1] = key else others = others + 1 end
  end
  if others > 0 or #keys > 40 then return "{entries:" .. #keys .. " objects:" .. others .. "}" end
  for index = 1, #keys do
    local key, rank = keys[index], 1
    for other = 1, #keys do
      if before(keys[other], key) then rank = rank + 1 end
    end
    parts[rank] = "[" .. image(key, 3) .. "]=" .. image(rawget(value, key), depth + 1)
  end
  return "{" .. concat(parts, " ") .. "}"
end

function show(...)
  local parts = {}
  for index = 1, select("#", ...) do parts[index] = image((select(index, ...)), 0) end
  print(concat(parts, " "))
  return ...
end

function event(name, ...) print("@" .. name) return ... end
function kinds(...)
  local parts = {}
  for index = 1, select("#", ...) do parts[index] = type((select(index, ...))) end
  return concat(parts, ",")
end
function try(f, ...) return show(pcall(f, ...)) end
function number(value) return tonumber(value) or 0 end
function clip(text) return sub(text, 1, 48) end
function positive(value) value = number(value) return value ~= value and 0 or value end
