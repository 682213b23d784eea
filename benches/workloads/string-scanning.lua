-- workload: string-scanning — gsub, gmatch, find, match, byte and sub over a generated text
local words = {"alpha", "beta42", "gamma_x", "delta", "epsilon", "zeta9", "eta", "theta", "iota", "kappa"}
local parts = {}
for i = 1, 6000 do
  parts[i] = words[i * 7 % #words + 1] .. (i % 11 == 0 and " = " .. i or "") .. (i % 13 == 0 and ";\n" or " ")
end
local text = table.concat(parts)

local totals = {words = 0, digits = 0, pairs = 0, vowels = 0, found = 0, bytes = 0, trimmed = 0}
for _ = 1, 45 do
  for w in text:gmatch("%a+") do totals.words = totals.words + #w end
  for d in text:gmatch("%d+") do totals.digits = totals.digits + d end
  for k, v in text:gmatch("([%w_]+)%s*=%s*(%d+)") do totals.pairs = totals.pairs + #k + v end
  totals.vowels = totals.vowels + select(2, text:gsub("[aeiou]", ""))
  local at = 1
  while true do
    local s, e = text:find("ta", at, true)
    if not s then break end
    totals.found = totals.found + 1
    at = e + 1
  end
  for i = 1, #text do
    if text:byte(i) == 97 then totals.bytes = totals.bytes + 1 end
  end
  for line in text:gmatch("[^\n]+") do totals.trimmed = totals.trimmed + #line:match("^%s*(.-)%s*$") end
end
local upper = text:gsub("%f[%a]%a", string.upper)
local swapped, n = text:gsub("(%w+) (%w+)", "%2 %1")
local named = text:gsub("%a+", {alpha = "A", delta = "D", eta = "H"})
print("string-scanning", #text, totals.words, totals.digits, totals.pairs, totals.vowels, totals.found, totals.bytes,
  totals.trimmed, upper:sub(1, 20), n, #swapped, #named)
