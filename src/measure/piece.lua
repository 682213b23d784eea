-- Part _N of a program that is compiled and never run.
--[[ It is meant to hold what programs hold, in ordinary proportions: more calls and fields than arithmetic,
     more short functions than long ones, and comments between them. ]]

function account_N(owner, balance)
  local self = { owner = owner, balance = balance or 0, history_N = {}, [1] = "opened_N", [2] = true }
  function self:deposit(amount)
    if type(amount) ~= "number" or amount <= 0 then
      error("account_N: invalid amount: " .. tostring(amount), 2)
    end
    self.balance = self.balance + amount
    self.history_N[#self.history_N + 1] = { kind = "deposit", amount = amount, balance = self.balance }
    return self.balance
  end
  function self:withdraw(amount, force)
    if amount > self.balance and not force then
      return nil, "insufficient funds: " .. self.owner .. " has " .. self.balance
    end
    self.balance = self.balance - amount
    self.history_N[#self.history_N + 1] = { kind = "withdrawal", amount = -amount, balance = self.balance }
    return self.balance
  end
  return self
end

function average_N(values, first, last)
  local sum, count = 0, 0
  for index = first or 1, last or #values do
    local value = values[index]
    if value and value == value then
      sum, count = sum + value, count + 1
    end
  end
  return count > 0 and sum / count or nil, count
end

-- Configuration, as tables in tables.
config_N = {
  title = "Part _N", version = { 1, 0, 25 }, enabled = true, timeout = 2.5e3, mask = 0xFF,
  paths = { "/usr/share/part_N", "/usr/local/share/part_N"; [0] = "." },
  escape = "tab\tnewline\nquote\"backslash\\byte\065\10",
  long = [==[
a long string, with ]] in it,
over some lines
]==],
  handlers = {
    open = function(name, mode) return io and io.open(name, mode or "r") end,
    close = function(file) if file then file:close() end end,
    each = function(list, action, ...)
      for key, value in pairs(list) do
        if action(key, value, ...) == false then break end
      end
    end,
  },
}

function config_N.handlers.merge(target, ...)
  for _, source in ipairs({ ... }) do
    for key, value in pairs(source) do
      if type(value) == "table" and type(target[key]) == "table" then
        config_N.handlers.merge(target[key], value)
      elseif target[key] == nil then
        target[key] = value
      end
    end
  end
  return target, select("#", ...)
end

function parse_N(text)
  local position, depth, tokens = 1, 0, {}
  local function fail(message, ...)
    return nil, string.format("parse_N:%d: %s", position, message:format(...))
  end
  while position <= #text do
    local start, finish, word = text:find("^([%a_][%w_]*)", position)
    if start then
      tokens[#tokens + 1] = word
      position = finish + 1
    elseif text:find("^%s", position) then
      position = position + 1
    else
      local character = text:sub(position, position)
      if character == "(" or character == "{" then
        depth = depth + 1
      elseif character == ")" or character == "}" then
        depth = depth - 1
        if depth < 0 then return fail("unexpected '%s'", character) end
      elseif character ~= "," and character ~= ";" then
        return fail("'%s' is no character of this language", character)
      end
      position = position + 1
    end
  end
  if depth ~= 0 then return fail("%d open", depth) end
  return tokens
end

do
  local cache_N = setmetatable({}, { __mode = "k", __index = function(t, k) local v = k * k; t[k] = v; return v end })
  local seed = 12345
  function random_N(low, high)
    seed = (seed * 1103515245 + 12345) % 2147483648
    local value = low + seed / 2147483648 * (high - low)
    return cache_N[value] and value - value % 1 or -value ^ 2
  end
  function matrix_N(rows, columns, fill)
    local result = {}
    for i = 1, rows do
      local row = {}
      for j = columns, 1, -1 do row[j] = i == j and 1 or fill or 0 end
      result[i] = row
    end
    repeat
      local done = #result >= rows
      result.done_N = not done == false
    until done or rows < 0
    return result, average_N(result[1] or {}), config_N.version[1] * 100 + config_N.version[2] * 10
  end
end
