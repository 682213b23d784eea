-- seed: programs/digests — md5, sha1, crc32, adler32 and base64 with arithmetic in place of bit operations
local floor = math.floor
local function bitwise(f)
  local memo = {}
  for x = 0, 15 do for y = 0, 15 do
    local r, p, a, b = 0, 1, x, y
    for _ = 1, 4 do r = r + f(a % 2, b % 2) * p p = p * 2 a, b = floor(a / 2), floor(b / 2) end
    memo[x * 16 + y] = r
  end end
  return function(a, b)
    local r, p = 0, 1
    for _ = 1, 8 do
      local x, y = a % 16, b % 16
      r = r + memo[x * 16 + y] * p
      a, b, p = (a - x) / 16, (b - y) / 16, p * 16
    end
    return r
  end
end
local band = bitwise(function(a, b) return a * b end)
local bor = bitwise(function(a, b) return math.max(a, b) end)
local bxor = bitwise(function(a, b) return (a + b) % 2 end)
local function bnot(a) return 4294967295 - a end
local function rol(x, n) x = x % 2 ^ 32 local high = floor(x / 2 ^ (32 - n)) return (x * 2 ^ n) % 2 ^ 32 + high end
local function pad(s, big)
  local bits = #s * 8
  local tail = {}
  for i = 0, 7 do tail[big and 8 - i or i + 1] = string.char(floor(bits / 256 ^ i) % 256) end
  return s .. "\128" .. ("\0"):rep((55 - #s) % 64) .. table.concat(tail)
end
local function word(s, i, big)
  local a, b, c, d = s:byte(i, i + 3)
  if big then a, b, c, d = d, c, b, a end
  return a + b * 256 + c * 65536 + d * 16777216
end
local K, S = {}, {7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21}
for i = 0, 63 do K[i] = floor(math.abs(math.sin(i + 1)) * 2 ^ 32) end
local function md5(s)
  s = pad(s)
  local a0, b0, c0, d0 = 0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476
  for chunk = 1, #s, 64 do
    local a, b, c, d = a0, b0, c0, d0
    for i = 0, 63 do
      local f, g
      local round = floor(i / 16)
      if round == 0 then f, g = bor(band(b, c), band(bnot(b), d)), i
      elseif round == 1 then f, g = bor(band(d, b), band(bnot(d), c)), (5 * i + 1) % 16
      elseif round == 2 then f, g = bxor(bxor(b, c), d), (3 * i + 5) % 16
      else f, g = bxor(c, bor(b, bnot(d))), 7 * i % 16 end
      f = (f + a + K[i] + word(s, chunk + g * 4)) % 2 ^ 32
      a, d, c = d, c, b
      b = (b + rol(f, S[round * 4 + i % 4 + 1])) % 2 ^ 32
    end
    a0, b0, c0, d0 = (a0 + a) % 2 ^ 32, (b0 + b) % 2 ^ 32, (c0 + c) % 2 ^ 32, (d0 + d) % 2 ^ 32
  end
  return (("%08x%08x%08x%08x"):format(a0, b0, c0, d0):gsub("(..)(..)(..)(..)", "%4%3%2%1"))
end
local function sha1(s)
  s = pad(s, true)
  local h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0}
  for chunk = 1, #s, 64 do
    local w = {}
    for i = 0, 15 do w[i] = word(s, chunk + i * 4, true) end
    for i = 16, 79 do w[i] = rol(bxor(bxor(w[i - 3], w[i - 8]), bxor(w[i - 14], w[i - 16])), 1) end
    local a, b, c, d, e = unpack(h)
    for i = 0, 79 do
      local f, k
      if i < 20 then f, k = bor(band(b, c), band(bnot(b), d)), 0x5A827999
      elseif i < 40 then f, k = bxor(bxor(b, c), d), 0x6ED9EBA1
      elseif i < 60 then f, k = bor(bor(band(b, c), band(b, d)), band(c, d)), 0x8F1BBCDC
      else f, k = bxor(bxor(b, c), d), 0xCA62C1D6 end
      a, b, c, d, e = (rol(a, 5) + f + e + k + w[i]) % 2 ^ 32, a, rol(b, 30), c, d
    end
    for i, v in ipairs{a, b, c, d, e} do h[i] = (h[i] + v) % 2 ^ 32 end
  end
  return ("%08x"):rep(5):format(unpack(h))
end
local crctable = {}
for i = 0, 255 do
  local c = i
  for _ = 1, 8 do c = c % 2 == 1 and bxor(0xEDB88320, (c - 1) / 2) or c / 2 end
  crctable[i] = c
end
local function crc32(s)
  local c = 4294967295
  for i = 1, #s do c = bxor(crctable[bxor(c % 256, s:byte(i))], floor(c / 256)) end
  return bnot(c)
end
local function adler32(s)
  local a, b = 1, 0
  for ch in s:gmatch(".") do a = (a + ch:byte()) % 65521 b = (b + a) % 65521 end
  return b * 65536 + a
end
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local function base64(s)
  return (s:gsub("..?.?", function(c)
    local a, b, d = c:byte(1, 3)
    local n = a * 65536 + (b or 0) * 256 + (d or 0)
    local out = ""
    for i = 3, 0, -1 do
      local index = floor(n / 64 ^ i) % 64
      out = out .. (3 - i > #c and "=" or alphabet:sub(index + 1, index + 1))
    end
    return out
  end))
end
local function unbase64(s)
  s = s:gsub("[^%w%+/=]", "")
  return (s:gsub("(.)(.)(.)(.)", function(...)
    local n, count = 0, 3
    for i = 1, 4 do
      local ch = (select(i, ...))
      if ch == "=" then count = count - 1 end
      n = n * 64 + (alphabet:find(ch, 1, true) or 1) - 1
    end
    return string.char(floor(n / 65536), floor(n / 256) % 256, n % 256):sub(1, count)
  end))
end
for _, s in ipairs{"", "a", "abc", "message digest", ("x"):rep(55), ("x"):rep(56), ("xyz"):rep(40), "\0\255\128"} do
  print(md5(s), sha1(s), ("%08x %08x"):format(crc32(s), adler32(s)))
  local encoded = base64(s)
  print(#s, encoded, unbase64(encoded) == s)
end
assert(md5("abc") == "900150983cd24fb0d6963f7d28e17f72")
assert(sha1("abc") == "a9993e364706816aba3e25717850c26c9cd0d89d")
assert(crc32("123456789") == 0xCBF43926)
