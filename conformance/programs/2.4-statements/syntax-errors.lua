-- 2.4 Statements: every statement cut short and misspelt, with the message of each.
-- A statement's tokens are dropped, doubled and replaced one after the other, systematically.

local statements = {
  "do x = 1 end",
  "x , y = 1 , 2",
  "x . y [ 1 ] = f ( )",
  "while x do y = 1 break end",
  "repeat local z = 1 until z == 2",
  "if x then y = 1 elseif z then y = 2 else y = 3 end",
  "for i = 1 , 2 , 3 do f ( i ) end",
  "for k , v in pairs ( t ) do f ( k ) end",
  "function a . b : c ( d , ... ) return d end",
  "local function f ( a ) return a end",
  "local a , b = 1 , 2",
  "return 1 , f ( 2 ) ;",
  "f { 1 , x = 2 ; [ 3 ] = 4 }",
  "a . b : c 's'",
  "x = function ( ... ) return ... end",
  "x = ( a + b ) * - c .. # d",
}

local function tokens_of(statement)
  local tokens = {}
  for token in statement:gmatch("%S+") do tokens[#tokens + 1] = token end
  return tokens
end

local function verdict(tokens)
  -- One token to a line, but for an open parenthesis: a call must not start on a new line.
  local source = table.concat(tokens, "\n"):gsub("\n%(", " (")
  local chunk, message = loadstring(source, "=s")
  return chunk and "ok" or message
end

local function copy(t)
  return {unpack(t)}
end

for _, statement in ipairs(statements) do
  print("---- " .. statement)
  local tokens = tokens_of(statement)
  assert(verdict(tokens) == "ok")
  for i = 1, #tokens do
    local cut = {unpack(tokens, 1, i)}
    local dropped = copy(tokens)
    table.remove(dropped, i)
    local doubled = copy(tokens)
    table.insert(doubled, i, tokens[i])
    local other, name, keyword = copy(tokens), copy(tokens), copy(tokens)
    other[i], name[i], keyword[i] = "=", "q", "end"
    print(i, tokens[i])
    print("", "cut", verdict(cut))
    print("", "dropped", verdict(dropped))
    print("", "doubled", verdict(doubled))
    print("", "=", verdict(other))
    print("", "name", verdict(name))
    print("", "end", verdict(keyword))
  end
end
