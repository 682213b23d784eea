-- Words: a tokenizer, a frequency table, a small template engine, a queue of coroutines.
local TEXT = [[
the quick brown fox jumps over the lazy dog
the dog sleeps; the fox does not
quick quick slow, said the dog
]]

local function words(text)
  local found = {}
  for word in string.gmatch(text, '%a+') do
    found[#found + 1] = word
  end
  return found
end

local function lines(text)
  local found = {}
  for line in string.gmatch(text, '([^\n]*)\n') do
    found[#found + 1] = line
  end
  return found
end

local function frequencies(list)
  local counts, distinct = {}, 0
  for _, word in ipairs(list) do
    if not counts[word] then
      counts[word] = 0
      distinct = distinct + 1
    end
    counts[word] = counts[word] + 1
  end
  return counts, distinct
end

local function ranked(counts)
  local order = {}
  for word, count in pairs(counts) do
    order[#order + 1] = { word = word, count = count }
  end
  table.sort(order, function(one, other)
    if one.count ~= other.count then return one.count > other.count end
    return one.word < other.word
  end)
  return order
end

local function fill(template, values)
  local missing = 0
  local text = string.gsub(template, '{(%w+)}', function(name)
    local value = values[name]
    if value == nil then
      missing = missing + 1
      return '?'
    end
    return tostring(value)
  end)
  return text, missing
end

local function accumulator(first, unit)
  local sum, suffix, uses = first, unit, 0
  local function add(...)
    uses = uses + 1
    for i = 1, select('#', ...) do
      sum = sum + select(i, ...)
    end
    return sum, suffix
  end
  local function used()
    return uses
  end
  return add, used
end

local function producer(items)
  return coroutine.wrap(function()
    for index, item in ipairs(items) do
      coroutine.yield(index, item, #item)
    end
  end)
end

local function pad(text, width)
  return text .. string.rep('.', width - #text)
end

local list = words(TEXT)
local counts, distinct = frequencies(list)
print('words ' .. #list .. ', distinct ' .. distinct)
for place, entry in ipairs(ranked(counts)) do
  if place > 4 then break end
  print(place .. '. ' .. pad(entry.word, 8) .. entry.count)
end

local add, used = accumulator(1, 'pt')
local next_line = producer(lines(TEXT))
for index, line, length in next_line do
  local sum, unit = add(index, length)
  print(index, line, sum .. unit)
end

local text, missing = fill('{a} and {b} but no {c}', { a = 1, b = 'two' })
print(text, missing, used())

local size = { width = 6, height = 7, depth = 2 }
local volume = size.width * size.height
print(volume + size.depth, volume - size.width - size.height)
local ok, message = pcall(function() return size.missing.field end)
print(ok, (string.gsub(message, '^.-:%d+: ', '')))
return distinct
