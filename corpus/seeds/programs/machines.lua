-- seed: programs/machines — a brainf*** compiler, LZW, Huffman, run lengths, parser combinators, a regex matcher, a stack machine
local function brain(source, input)
  local code = {"local input, out = ... local t, p, n, at = setmetatable({}, {__index = function() return 0 end}), 0, 0, 0 "}
  for c, run in source:gsub("[^%+%-<>%.,%[%]]", ""):gmatch("(.)()") do
    code[#code + 1] = ({["+"] = "t[p] = (t[p] + 1) % 256 ", ["-"] = "t[p] = (t[p] - 1) % 256 ", [">"] = "p = p + 1 ", ["<"] = "p = p - 1 ",
      ["."] = "out[#out + 1] = string.char(t[p]) ", [","] = "at = at + 1 t[p] = input:byte(at) or 0 ", ["["] = "while t[p] ~= 0 do ", ["]"] = "end "})[c]
  end
  local f, message = loadstring(table.concat(code), "=brain")
  if not f then return message end
  local out = {}
  f(input or "", out)
  return table.concat(out)
end
print(brain"++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.")
print(brain(",[>,]<[.<]", "reverse"), brain("[["), brain("]"))

local function lzw(s)
  local dictionary, size, w, out = {}, 256, "", {}
  for i = 0, 255 do dictionary[string.char(i)] = i end
  for c in s:gmatch(".") do
    if dictionary[w .. c] then w = w .. c else
      out[#out + 1], dictionary[w .. c], size, w = dictionary[w], size, size + 1, c
    end
  end
  if w ~= "" then out[#out + 1] = dictionary[w] end
  return out
end
local function unlzw(codes)
  local dictionary, size = {}, 256
  for i = 0, 255 do dictionary[i] = string.char(i) end
  local w = dictionary[codes[1]] or ""
  local out = {w}
  for i = 2, #codes do
    local entry = dictionary[codes[i]] or codes[i] == size and w .. w:sub(1, 1) or error("bad code " .. codes[i])
    out[#out + 1], dictionary[size], size, w = entry, w .. entry:sub(1, 1), size + 1, entry
  end
  return table.concat(out)
end
for _, s in ipairs{"", "a", "TOBEORNOTTOBEORTOBEORNOT", ("abc"):rep(60), "\0\0\0\255\0\0\0"} do
  local codes = lzw(s)
  print(#s, #codes, table.concat(codes, " "):sub(1, 70), unlzw(codes) == s)
end
print(pcall(unlzw, {65, 400}))

local function huffman(s)
  local count, queue = {}, {}
  for c in s:gmatch(".") do count[c] = (count[c] or 0) + 1 end
  for c, n in pairs(count) do queue[#queue + 1] = {n = n, c = c, low = c} end
  local function less(a, b) if a.n ~= b.n then return a.n < b.n end return a.low < b.low end
  while #queue > 1 do
    table.sort(queue, less)
    local a, b = table.remove(queue, 1), table.remove(queue, 1)
    queue[#queue + 1] = {n = a.n + b.n, a, b, low = math.min(a.low:byte(), b.low:byte()) == a.low:byte() and a.low or b.low}
  end
  local codes = {}
  local function walk(node, prefix) if node.c then codes[node.c] = prefix == "" and "0" or prefix else walk(node[1], prefix .. "0") return walk(node[2], prefix .. "1") end end
  walk(queue[1], "")
  local bits = s:gsub(".", codes)
  local out, node = {}, queue[1]
  for b in bits:gmatch(".") do
    node = node.c and node or node[b + 1]
    if node.c then out[#out + 1], node = node.c, queue[1] end
  end
  return bits, table.concat(out) == s
end
for _, s in ipairs{"aaaa", "abracadabra", "she sells sea shells"} do print(s, huffman(s)) end
local function rle(s) local out, i = {}, 1 while i <= #s do local c = s:sub(i, i) local run = s:match("^[" .. (c:find("%W") and "%" or "") .. c .. "]+", i) out[#out + 1] = #run .. c i = i + #run end return table.concat(out) end
print(rle("WWWWBBBaa]]^^%%%"), (rle("xxyyy"):gsub("(%d+)(.)", function(n, c) return c:rep(n) end)))

-- parser combinators with operators
local P = {}
local function parser(f) return setmetatable({run = f}, P) end
local function lit(s) return parser(function(t, i) if t:sub(i, i + #s - 1) == s then return i + #s, s end return nil, i end) end
local function pat(p) return parser(function(t, i) local s, e, c = t:find("^(" .. p .. ")", i) if s then return e + 1, c end return nil, i end) end
P.__mul = function(a, b) return parser(function(t, i) local j, x = a.run(t, i) if not j then return nil, x end local k, y = b.run(t, j) if not k then return nil, y end return k, {x, y} end) end
P.__add = function(a, b) return parser(function(t, i) local j, x = a.run(t, i) if j then return j, x end local k, y = b.run(t, i) if k then return k, y end return nil, math.max(x, y) end) end
P.__pow = function(a, n) return parser(function(t, i) local out = {} while true do local j, x = a.run(t, i) if not j then if #out < n then return nil, x end return i, out end i, out[#out + 1] = j, x end end) end
P.__div = function(a, f) return parser(function(t, i) local j, x = a.run(t, i) if j then return j, f(x) end return nil, x end) end
P.__unm = function(a) return parser(function(t, i) if a.run(t, i) then return nil, i end return i end) end
P.__call = function(a, t) local j, x = a.run(t, 1) if not j then return nil, "error at " .. x end if j <= #t then return nil, "rest at " .. j end return x end
local function lazy(f) return parser(function(t, i) return f().run(t, i) end) end
local space = pat"%s*"
local function token(p) return p * space / function(x) return x[1] end end
local expression
local number = token(pat"%d+%.?%d*") / tonumber
local group = token(lit"(") * lazy(function() return expression end) * token(lit")") / function(x) return x[1][2] end
local function chain(p, op) return p * (op * p) ^ 0 / function(x) local v = x[1] for _, r in ipairs(x[2]) do v = r[1](v, r[2]) end return v end end
local function op(s, f) return token(lit(s)) / function() return f end end
local unary = lazy(function() return number + group + (token(lit"-") * lazy(function() return unary_ end)) / function(x) return -x[2] end end)
unary_ = unary
local product = chain(unary, op("*", function(a, b) return a * b end) + op("/", function(a, b) return a / b end) + op("%", function(a, b) return a % b end))
expression = chain(product, op("+", function(a, b) return a + b end) + op("-", function(a, b) return a - b end))
for _, s in ipairs{"1 + 2 * 3", "(1 + 2) * 3", "2 * -3 - -(4)", "10 % 4 / 0", "1 +", "(1", "1 1", "", "((((((7))))))", "0 / 0"} do print(s, pcall(expression, s)) end

-- regular expressions: . * + ? | ( ) by continuation passing
local function regex(p)
  local at = 1
  local alternation
  local function atom()
    local c = p:sub(at, at)
    at = at + 1
    if c == "(" then
      local inner = alternation()
      if p:sub(at, at) ~= ")" then error("missing )", 0) end
      at = at + 1
      return inner
    end
    if c == "\\" then c = p:sub(at, at) at = at + 1 elseif c == "." then return function(s, i, k) return i <= #s and k(i + 1) end
    elseif c:find("[*+?)|]") or c == "" then error("misplaced '" .. c .. "'", 0) end
    return function(s, i, k) return s:sub(i, i) == c and k(i + 1) end
  end
  local function repeated()
    local a = atom()
    local c = p:sub(at, at)
    if not (c ~= "" and ("*+?"):find(c, 1, true)) then return a end
    at = at + 1
    if c == "?" then return function(s, i, k) return a(s, i, k) or k(i) end end
    local function star(s, i, k) return a(s, i, function(j) return j > i and star(s, j, k) end) or k(i) end
    if c == "*" then return star end
    return function(s, i, k) return a(s, i, function(j) return star(s, j, k) end) end
  end
  local function sequence()
    local f = function(s, i, k) return k(i) end
    while at <= #p and not p:sub(at, at):find("[|)]") do
      local g, r = f, repeated()
      f = function(s, i, k) return g(s, i, function(j) return r(s, j, k) end) end
    end
    return f
  end
  function alternation()
    local f = sequence()
    while p:sub(at, at) == "|" do
      at = at + 1
      local g, h = f, sequence()
      f = function(s, i, k) return g(s, i, k) or h(s, i, k) end
    end
    return f
  end
  local whole = alternation()
  if at <= #p then error("unexpected '" .. p:sub(at) .. "'", 0) end
  return function(s) return whole(s, 1, function(i) return i == #s + 1 end) and true or false end
end
for _, case in ipairs{{"a*b", "aaab", "b", "aac"}, {"(ab|c)+d?", "abcab", "cd", "d"}, {".+@.+\\.(com|org)", "me@x.org", "@x.com"}, {"(a|b)*c|d", "ababc", "d", "cd"}, {"(", ""}, {"*a", ""}, {"a)", ""}, {"", "", "x"}, {"(a*)*b", "aaaab", "aaaa"}} do
  local ok, match = pcall(regex, case[1])
  local out = {}
  for i = 2, #case do out[#out + 1] = ok and case[i] .. ":" .. tostring(match(case[i])) end
  print(case[1], ok, ok and table.concat(out, " ") or match)
end

-- a stack machine with an assembler
local function run(source, limit)
  local program, labels, stack, calls, out = {}, {}, {}, {}, {}
  for line in source:gmatch("[^;\n]+") do
    local label = line:match("^%s*(%w+):%s*$")
    if label then labels[label] = #program + 1 else local o, a = line:match("^%s*(%w+)%s*(%S*)") if o then program[#program + 1] = {o, tonumber(a) or a} end end
  end
  local function pop() if #stack == 0 then error("stack underflow", 0) end return table.remove(stack) end
  local pc, steps = 1, 0
  local ops = {push = function(a) stack[#stack + 1] = a end, add = function() stack[#stack + 1] = pop() + pop() end, sub = function() local b = pop() stack[#stack + 1] = pop() - b end,
    mul = function() stack[#stack + 1] = pop() * pop() end, dup = function() local a = pop() stack[#stack + 1] = a stack[#stack + 1] = a end, swap = function() local a, b = pop(), pop() stack[#stack + 1] = a stack[#stack + 1] = b end,
    print = function() out[#out + 1] = pop() end, jmp = function(a) pc = labels[a] or error("no label " .. a, 0) end, jz = function(a) if pop() == 0 then pc = labels[a] end end,
    call = function(a) calls[#calls + 1], pc = pc, labels[a] end, ret = function() pc = table.remove(calls) end, halt = function() pc = math.huge end}
  local ok, message = pcall(function()
    while program[pc] do
      local o, a = unpack(program[pc])
      pc, steps = pc + 1, steps + 1
      if steps > limit then error("too many steps", 0) end;
      (ops[o] or error("unknown operation " .. o, 0))(a)
    end
  end)
  return table.concat(out, " "), steps, ok or message
end
print(run("push 5\nloop:\ndup\nprint\npush 1\nsub\ndup\njz done\njmp loop\ndone:\nhalt", 1000))
print(run("push 6; call fact; print; halt\nfact:\n dup; jz one; dup; push 1; sub; call fact; mul; ret\none:\n push 1; add; ret", 1000))
print(run("add", 10)) print(run("l:\njmp l", 50)) print(run("jmp nowhere", 50)) print(run("bogus 1", 50)) print(run("push x\npush 1\nadd", 50))
