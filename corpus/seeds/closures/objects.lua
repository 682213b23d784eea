-- seed: closures/objects — closures as objects with private state, inheritance by delegation
local function account(balance)
  local self, log = {}, {}
  local function note(what, n) log[#log + 1] = what .. n end
  function self.deposit(n) balance = balance + n note("+", n) return self end
  function self.withdraw(n)
    if n > balance then error("insufficient funds", 2) end
    balance = balance - n note("-", n) return self
  end
  function self.balance() return balance end
  function self.log() return table.concat(log, " ") end
  return self
end
local a, b = account(100), account(0)
a.deposit(50).withdraw(30).deposit(5)
print(a.balance(), b.balance(), a.log(), b.log())
print(pcall(b.withdraw, 1))
print(pcall(function() b.withdraw(1) end))
local function special(balance, limit)
  local self = account(balance)
  local base = self.withdraw
  function self.withdraw(n) if n > limit then error({code = "limit", n = n}) end return base(n) end
  return self
end
local s = special(1000, 100)
print(select(2, pcall(s.withdraw, 500)).code, s.withdraw(100).balance(), s.log())
local function stack()
  local items, n = {}, 0
  return {
    push = function(...)
      for i = 1, select("#", ...) do n = n + 1 items[n] = (select(i, ...)) end return n
    end,
    pop = function() local v = items[n] items[n] = nil n = n > 0 and n - 1 or 0 return v end,
    size = function() return n end,
  }
end
local st = stack()
print(st.push(1, nil, 3), st.pop(), st.pop(), st.pop(), st.pop(), st.size())
