-- A ledger: accounts, transfers, interest, statements.
local Ledger = {}
Ledger.__index = Ledger

local function clamp(value, low, high)
  if value < low then return low end
  if value > high then return high end
  return value
end

local function digits(value)
  local count = 0
  while value >= 1 do
    value = value / 10
    count = count + 1
  end
  return count
end

local function new_ledger(name)
  local self = { name = name, accounts = {}, order = {}, entries = 0, closed = false }
  return setmetatable(self, Ledger)
end

function Ledger:open(owner, deposit, rate)
  local account = { owner = owner, balance = deposit, rate = rate, moves = {} }
  self.accounts[owner] = account
  self.order[#self.order + 1] = owner
  return account
end

function Ledger:move(from, to, amount)
  local source, target = self.accounts[from], self.accounts[to]
  if not source or not target then
    return false, 'no such account'
  end
  local moved = clamp(amount, 0, source.balance)
  source.balance = source.balance - moved
  target.balance = target.balance + moved
  source.moves[#source.moves + 1] = -moved
  target.moves[#target.moves + 1] = moved
  self.entries = self.entries + 1
  return true, moved, source.balance, target.balance
end

function Ledger:interest()
  local total = 0
  for _, owner in ipairs(self.order) do
    local account = self.accounts[owner]
    local gain = account.balance * account.rate / 100
    account.balance = account.balance + gain
    total = total + gain
  end
  return total
end

function Ledger:each(visit)
  for index, owner in ipairs(self.order) do
    visit(index, owner, self.accounts[owner])
  end
end

local function counter(start, step)
  local value, stride, label = start, step, 'c'
  return function()
    value = value + stride
    return value, label
  end
end

local function spread(list)
  local low, high, sum = list[1], list[1], 0
  for i = 1, #list do
    local value = list[i]
    if value < low then low = value end
    if value > high then high = value end
    sum = sum + value
  end
  return low, high, sum / #list
end

local function longest(words)
  local best = ''
  for word in pairs(words) do
    if #word > #best or (#word == #best and word < best) then best = word end
  end
  return best
end

local ledger = new_ledger('first')
ledger:open('ada', 1000, 2)
ledger:open('bob', 250, 3)
ledger:open('cyd', 40, 1)

local tick = counter(10, 5)
for round = 1, 12 do
  local at, label = tick()
  local ok, moved, left, right = ledger:move('ada', 'bob', round * 7)
  if ok and round % 4 == 0 then
    print('round ' .. round .. ' at ' .. at .. label)
    print(moved, left, right)
  end
  ledger:move('bob', 'cyd', round * 3)
end

print('gain ' .. ledger:interest())
local low, high, mean = spread({ 3, 9, 27, 1, 14 })
print(low, high, mean)
print(digits(12345), clamp(17, 1, 9))

local total = 0
ledger:each(function(index, owner, account)
  total = total + account.balance
  print(index .. ': ' .. owner, account.balance, #account.moves)
end)
print('total ' .. total, longest(ledger.accounts))

local lookup = {}
for key, value in pairs({ x = 10, y = 20 }) do
  lookup[key] = value
end
local point = { x = lookup.x, y = lookup.y }
print(point.x + point.y, point.x * point.y - point.x)
