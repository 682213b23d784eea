-- seed: programs/lisp — a Lisp with a reader, closures, tail calls, macros, lists and errors, and programs in it
local symbols = {}
local function symbol(name)
  local s = symbols[name]
  if not s then s = setmetatable({name = name}, {__tostring = function(t) return t.name end}) symbols[name] = s end
  return s
end
local Cons = {}
local function cons(a, b) return setmetatable({a, b}, Cons) end
local function list(t, i) i = i or 1 if t[i] == nil then return false end return cons(t[i], list(t, i + 1)) end
local show
function Cons.__tostring(c)
  local out = {}
  while getmetatable(c) == Cons do out[#out + 1] = show(c[1]) c = c[2] end
  if c then out[#out + 1] = "." out[#out + 1] = show(c) end
  return "(" .. table.concat(out, " ") .. ")"
end
function show(v)
  if v == false then return "()" elseif v == true then return "#t" end
  if type(v) == "string" then return ("%q"):format(v) end
  if type(v) == "function" or type(v) == "table" and v.body then return "#<procedure>" end
  return tostring(v)
end
local function read(source)
  local tokens = {}
  source = source:gsub(";[^\n]*", "")
  for space, str, tok in source:gmatch('()(%b"")()') do end
  local i = 1
  while true do
    local _, e, token = source:find("^%s*([()'])", i)
    if not e then _, e, token = source:find('^%s*("[^"]*")', i) end
    if not e then _, e, token = source:find("^%s*([^%s()']+)", i) end
    if not e then break end
    tokens[#tokens + 1], i = token, e + 1
  end
  local at = 0
  local function form()
    at = at + 1
    local t = tokens[at]
    if t == nil then error("unexpected end of input", 0) end
    if t == "(" then
      local items = {}
      while tokens[at + 1] ~= ")" do items[#items + 1] = form() end
      at = at + 1
      return list(items)
    elseif t == ")" then error("unexpected )", 0)
    elseif t == "'" then return list{symbol("quote"), form()}
    elseif t:sub(1, 1) == '"' then return t:sub(2, -2)
    elseif t == "#t" then return true elseif t == "#f" then return false end
    return tonumber(t) or symbol(t)
  end
  return function() if at < #tokens then return form() end end
end
local function each(l) return function() if l then local v = l[1] l = l[2] return v == nil and false or v, true end end end
local global = {}
local function scope(parent) return setmetatable({}, {__index = parent}) end
local special, eval = {}
function eval(x, env)
  while true do
    local mt = getmetatable(x)
    if mt ~= Cons then
      if type(x) ~= "table" then return x end
      local v = env[x.name]
      if v == nil then error("unbound variable: " .. x.name, 0) end
      return v
    end
    local head, tail = x[1], x[2]
    local form = type(head) == "table" and special[head.name]
    if form then
      local again, nextenv = form(tail, env)
      if nextenv == nil then return again end
      x, env = again, nextenv
    else
      local f = eval(head, env)
      if type(f) == "table" and f.macro then x = f.macro(tail)
      else
        local args, n = {}, 0
        while tail do n = n + 1 args[n] = eval(tail[1], env) tail = tail[2] end
        if type(f) == "function" then return f(unpack(args, 1, n)) end
        if type(f) ~= "table" or not f.body then error("not a procedure: " .. show(f), 0) end
        local inner = scope(f.env)
        for i, p in ipairs(f.params) do
          if args[i] == nil then error("too few arguments for " .. (f.name or "lambda"), 0) end
          inner[p] = args[i]
        end
        if f.rest then inner[f.rest] = list{unpack(args, #f.params + 1, n)} end
        local body = f.body
        while body[2] do eval(body[1], inner) body = body[2] end
        x, env = body[1], inner
      end
    end
  end
end
function special.quote(t) return t[1] end
special["if"] = function(t, env)
  if eval(t[1], env) ~= false then return t[2][1], env end
  if t[2][2] then return t[2][2][1], env end
  return false
end
local function lambda(params, body, env, name)
  local names, rest = {}, nil
  while params and getmetatable(params) == Cons do
    if params[1].name == "." then rest = params[2][1].name break end
    names[#names + 1] = params[1].name params = params[2]
  end
  return {params = names, rest = rest, body = body, env = env, name = name}
end
function special.lambda(t, env) return lambda(t[1], t[2], env) end
function special.define(t, env)
  if getmetatable(t[1]) == Cons then env[t[1][1].name] = lambda(t[1][2], t[2], env, t[1][1].name)
  else env[t[1].name] = eval(t[2][1], env) end
  return t[1]
end
special["set!"] = function(t, env)
  while env and rawget(env, t[1].name) == nil do env = (getmetatable(env) or {}).__index end
  if not env then error("set! of unbound " .. t[1].name, 0) end
  env[t[1].name] = eval(t[2][1], env)
  return env[t[1].name]
end
function special.let(t, env)
  local inner = scope(env)
  for b in each(t[1]) do inner[b[1].name] = eval(b[2][1], env) end
  local body = t[2]
  while body[2] do eval(body[1], inner) body = body[2] end
  return body[1], inner
end
function special.defmacro(t, env)
  local f = lambda(t[1][2], t[2], env)
  env[t[1][1].name] = {macro = function(args)
    local call = {f}
    for v in each(args) do call[#call + 1] = list{symbol("quote"), v} end
    return eval(list(call), setmetatable({}, {__index = env}))
  end}
  return t[1][1]
end
global["+"] = function(...) local s = 0 for i = 1, select("#", ...) do s = s + select(i, ...) end return s end
global["*"] = function(...) local s = 1 for i = 1, select("#", ...) do s = s * select(i, ...) end return s end
global["-"] = function(a, b) if b == nil then return -a end return a - b end
global["="] = function(a, b) return a == b end
global["<"] = function(a, b) return a < b end
global.cons, global.list = cons, function(...) return list{...} end
global.car = function(c) if getmetatable(c) ~= Cons then error("car of " .. show(c), 0) end return c[1] end
global.cdr = function(c) if getmetatable(c) ~= Cons then error("cdr of " .. show(c), 0) end return c[2] end
global["null?"] = function(c) return c == false end
global.display = function(...) local o = {...} for i = 1, #o do o[i] = show(o[i]) end print("  > " .. table.concat(o, " ")) return false end
local function run(source)
  local ok, message = pcall(function()
    local next_form = read(source)
    for x in next_form do print(show(eval(x, global))) end
  end)
  if not ok then print("error: " .. tostring(message)) end
end
run[[(define (fact n) (if (< n 2) 1 (* n (fact (- n 1))))) (fact 10) (fact 25)]]
run[[(define (map f l) (if (null? l) '() (cons (f (car l)) (map f (cdr l))))) (map (lambda (x) (* x x)) '(1 2 3 4))
     (define (range a b) (if (< a b) (cons a (range (+ a 1) b)) '())) (map fact (range 1 9))]]
run[[(define (loop n acc) (if (= n 0) acc (loop (- n 1) (+ acc n)))) (loop 1000 0) ; in constant space]]
run[[(define (counter) (let ((n 0)) (lambda () (set! n (+ n 1)) n))) (define c (counter)) (c) (c) (display (c) "text" '(a . b))]]
run[[(defmacro (unless c . body) (cons 'if (cons c (cons #f (cons (cons 'let (cons '() body)) '())))))
     (unless (= 1 2) (display "in unless") 42) (unless (= 1 1) 42)]]
run[[(define (f . rest) rest) (f 1 2 3) (f) ((lambda (a . r) (list a r)) 1 2 3)]]
for _, s in ipairs{"(car '())", "(undefined 1)", "(1 2)", "(fact", ")", "((lambda (x) x))", "(+ 1 \"x\")", "(set! nowhere 1)", "(< 1 '(1))", "(if)"} do
  run(s)
end
