-- seed: syntax/if-chains — if/elseif/else with every kind of condition
local function classify(v)
  if v == nil then return "nil"
  elseif v == false then return "false"
  elseif v == true then return "true"
  elseif type(v) == "number" then
    if v < 0 then return "negative" elseif v == 0 then return "zero" elseif v < 10 then return "small" else return "large" end
  elseif type(v) == "string" and #v > 0 then return "string " .. v
  elseif type(v) == "string" then return "empty"
  else return type(v) end
end
print(classify(nil), classify(false), classify(true), classify(-1), classify(0), classify(5), classify(50))
print(classify("a"), classify(""), classify({}), classify(print))
if 0 then print("0 is true") end
if "" then print("'' is true") end
if not nil then print("nil is false") end
if nil then print("no") else print("else") end
if false then elseif nil then else print("third") end
if 1 == 1 then else print("never") end
if (1 > 2) == false then print("paren") end
local n = 0
local function count(r) n = n + 1 return r end
if count(false) and count(true) or count(false) or count(true) and not count(false) then print("calls", n) end
if not (not (not true)) then print("x") else print("triple not") end
if 1 < 2 == true then print("comparison chain") end
if "abc" < "abd" and not ("a" > "b") then print("strings") end
local t = {}
if t.x then print("x") elseif not t.x and t then print("no x") end
if nil == false then print("eq") else print("nil ~= false") end
