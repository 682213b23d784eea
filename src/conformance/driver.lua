-- Runs one file for `lockstep conform` on an engine that is a command, as the stand-alone interpreter would: counts the calls
-- of `assert`, and says at the end how it ended. It keeps what it needs, since the file may take every global away.
local FILE, MODE, RESULT = @FILE@, @MODE@, @RESULT@

local assert_of_engine, error, open, exit, stderr = assert, error, io.open, os.exit, io.stderr
local loadfile, loadstring, dump, xpcall = loadfile, loadstring or load, string.dump, xpcall
local type, tostring, find, sub, select = type, tostring, string.find, string.sub, select

local count = 0

-- Messages have the position of the caller, as those of the engine's own function have.
function assert(...)
  count = count + 1
  local value, message = ...
  if value then return ... end
  if select("#", ...) == 0 or message ~= nil and type(message) ~= "string" then return assert_of_engine(...) end
  error(message or "assertion failed!", 2)
end

local function finish(kind, assertions, message)
  local file = open(RESULT, "wb")
  file:write("lockstep-case 1\n", kind, "\n", tostring(assertions), "\n", message)
  file:close()
end

function os.exit(...)
  finish("exited", count, "")
  return exit(...)
end

do
  local lowest = 0
  while arg and arg[lowest - 1] do lowest = lowest - 1 end
  arg = { [0] = FILE, [-1] = arg and arg[lowest] }
end

local function fail(value)
  local kind = type(value)
  local text = (kind == "string" or kind == "number") and tostring(value) or "(error object is not a string)"
  local start = find(text, "\nstack traceback:", 1, true)
  finish("raised", count, start and sub(text, 1, start - 1) or text)
  stderr:write("lua: ", text, "\n")
  exit(1)
end

-- The message handler of the stand-alone interpreter: it looks at what the globals are when it is called.
local function handler(value)
  local debug = type(value) == "string" and debug
  if type(debug) ~= "table" or type(debug.traceback) ~= "function" then return value end
  return debug.traceback(value, 2)
end

local main, refusal = loadfile(FILE)
if main and MODE == "dump" then main, refusal = loadstring(dump(main)) end
if not main then fail(refusal) end

local assertions
local succeeded, failure = xpcall(function()
  main()
  -- A hook that the file has left behind may go on counting in whatever is called after this.
  assertions = count
end, handler)
if not succeeded then fail(failure) end
finish("returned", assertions, "")
