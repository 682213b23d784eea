-- regression: captures-beyond-the-stack
-- shows: captures that do not fit on a function's stack of 8000 values are an error
-- oracle: execute
-- fingerprint: string.find(string,string,number,boolean): completed against raised
-- since: 2026-11-21
local function many(count) return unpack({}, 1, count) end
for count = 7990, 7999 do
  print(count, pcall(string.find, "x", "(x)", 1, false, many(count - 4)))
  print(count, pcall(string.find, "x", "[x]", 1, false, many(count - 4)))
  print(count, pcall(string.find, "x", "x", 1, true, many(count - 4)))
  print(count, pcall(string.match, "xyz", "(x)()(y)", 1, many(count - 3)))
  print(count, pcall(string.match, "xyz", "y", 1, many(count - 3)))
  print(count, pcall(string.gsub, "xyz", "(x)(y)", function(...) return select("#", ...) end, nil, many(count - 4)))
  print(count, pcall(string.gsub, "xyz", "(x)(y)", "%2%1", nil, many(count - 4)))
  print(count, pcall(string.gmatch("xyz", "(x)(y)"), many(count - 20)))
end
