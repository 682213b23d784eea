-- 5.8 Operating system facilities: remove, rename, tmpname, getenv, setlocale, execute.

local names = {}
local function temporary() names[#names + 1] = os.tmpname() return names[#names] end
local function clean(v)
  v = tostring(v)
  for i, name in ipairs(names) do
    local from, to = v:find(name, 1, true)
    if from then v = v:sub(1, from - 1) .. "NAME" .. i .. v:sub(to + 1) end
  end
  return (v:gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address"):gsub("%z", "<0>"))
end
local function show(...)
  local out = {}
  for i = 1, select("#", ...) do out[i] = clean((select(i, ...))) end
  print(select("#", ...), unpack(out))
end
local function exists(name) local f = io.open(name) if f then f:close() end return f ~= nil end
local function fill(name, text) local f = assert(io.open(name, "w")) f:write(text) f:close() end
local function content(name) local f = io.open(name) if not f then return nil end local text = f:read("*a") f:close() return text end

-- tmpname makes an empty file with a new name each time.
local a, b = temporary(), temporary()
show(type(a), a ~= b, exists(a), content(a), select("#", os.tmpname(1, 2)) == 1)
-- remove.
show(os.remove(a)) show(exists(a)) show(os.remove(a)) show(os.remove("/no such directory/file")) show(os.remove("")) show(os.remove(b .. "/x")) show(os.remove(a .. "\0ignored")) fill(a, "x") show(os.remove(a .. "\0ignored")) show(exists(a))
show(pcall(os.remove)) show(pcall(os.remove, nil)) show(pcall(os.remove, {})) show(pcall(os.remove, true)) show(os.remove(1234567890123))
-- An open file may be removed.
fill(a, "still readable") local f = io.open(a) show(os.remove(a), exists(a), f:read("*a")) f:close()
-- rename: also onto a file that is there.
fill(a, "content of a") fill(b, "content of b") show(os.rename(a, b)) show(exists(a), content(b)) show(os.rename(a, b)) show(os.rename(b, a)) show(content(a), content(b)) show(os.rename(a, a)) show(content(a))
show(os.rename(a, "/no such directory/file")) show(os.rename("/no such directory/file", a)) show(os.rename("", "x")) show(os.rename(a, "")) show(os.rename(a, a .. "/x")) show(pcall(os.rename)) show(pcall(os.rename, a)) show(pcall(os.rename, a, nil)) show(pcall(os.rename, {}, b)) show(pcall(os.rename, a, {}))
-- A directory: made by a command, removed by os.remove when empty.
local d = temporary() os.remove(d)
if os.execute("mkdir '" .. d .. "'") == 0 then
  fill(d .. "/file", "inside") show(os.remove(d)) show(os.rename(d .. "/file", d .. "/other")) show(content(d .. "/other")) show(os.remove(d .. "/other")) show(os.rename(a, d)) show(os.remove(d)) show(exists(d))
end
os.remove(a) os.remove(b)

-- getenv.
show(os.getenv("A_VARIABLE_THAT_NOBODY_HAS")) show(os.getenv("")) show(os.getenv("A=B")) show(type(os.getenv("PATH"))) show(os.getenv("PATH") == os.getenv("PATH\0x")) show(pcall(os.getenv)) show(pcall(os.getenv, nil)) show(pcall(os.getenv, {})) show(os.getenv(12)) show(select("#", os.getenv("A_VARIABLE_THAT_NOBODY_HAS")))

-- setlocale: the C locale is there everywhere.
show(os.setlocale("C")) show(os.setlocale()) show(os.setlocale(nil)) show(os.setlocale("C", "all")) for _, category in ipairs{"all", "collate", "ctype", "monetary", "numeric", "time"} do show(category, os.setlocale("C", category), os.setlocale(nil, category)) end
show(os.setlocale("no such locale")) show(os.setlocale("no such locale", "time")) show(os.setlocale("POSIX")) show(os.setlocale("C")) show(pcall(os.setlocale, "C", "")) show(pcall(os.setlocale, "C", "everything")) show(pcall(os.setlocale, "C", "ALL")) show(pcall(os.setlocale, {})) show(pcall(os.setlocale, "C", {})) show(pcall(os.setlocale, "C", 5)) show(pcall(os.setlocale, true)) show(os.setlocale("C\0x")) show(os.setlocale("x\0C"))

-- execute: the status as C's system gives it; whether there is a shell.
show(os.execute() ~= 0, type(os.execute()), os.execute(nil) ~= 0) show(os.execute("exit 0")) show(os.execute("exit 1")) show(os.execute("exit 3")) show(os.execute("exit 255")) show(os.execute("exit 256")) show(os.execute("true")) show(os.execute("false")) show(os.execute("kill -9 $$")) show(os.execute("kill -15 $$")) show(os.execute("")) show(os.execute(":")) show(os.execute("no-such-command-anywhere 2>/dev/null")) show(os.execute("exit 2; exit 3")) show(os.execute("exit 4\0exit 5"))
show(pcall(os.execute, {})) show(pcall(os.execute, true)) show(pcall(os.execute, print)) show(select("#", os.execute("true")))
local e = temporary() show(os.execute("echo from a command > '" .. e .. "'")) show(content(e)) show(os.execute("test -s '" .. e .. "'")) os.remove(e) show(os.execute("test -e '" .. e .. "'"))
-- Output of commands comes in order with flushed output.
io.write("before ") io.flush() os.execute("printf 'command '") print("after")
for _, name in ipairs(names) do os.remove(name) end
