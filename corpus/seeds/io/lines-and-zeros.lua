-- seed: io/lines-and-zeros — lines of every length, with and without an end, and what zero bytes do to them
local function show(line)
  if not line then return tostring(line) end
  if #line > 40 then line = #line .. ":" .. line:sub(1, 5) .. ".." .. line:sub(-5) end
  return (string.format("%q", line):gsub("%z", "\\0"))
end
local function try(content)
  local f = io.tmpfile()
  f:write(content)
  f:seek("set")
  local lines = {}
  for line in f:lines() do lines[#lines + 1] = show(line) end
  f:seek("set")
  repeat
    local line = f:read()
    lines[#lines + 1] = show(line)
  until not line
  print(#content, table.concat(lines, " "), f:seek())
  f:seek("set")
  local all = f:read("*a")
  print(all == content, f:read("*a"), f:read("*l"), f:read(0))
  f:close()
end
for _, content in ipairs {"", "\n", "\n\n", "a", "a\n", "a\n\nb", "\r\n", "a\0b\nc\n", "\0", "\0\n\0\nabc\n", "abc\0\n", "\n\0"} do
  try(content)
end
for _, length in ipairs {4094, 4095, 4096, 8190, 8191, 8192, 8193, 20000} do
  try(("x"):rep(length))
  try(("x"):rep(length) .. "\nend")
  try(("x"):rep(length) .. "\0yz\nend\n")
  try("\0" .. ("x"):rep(length) .. "\nend\n")
end

-- An iterator over a file that goes away.
local f = io.tmpfile()
f:write("1\n2\n")
f:seek("set")
local next_line = f:lines()
print(next_line())
f:close()
print(pcall(next_line))
