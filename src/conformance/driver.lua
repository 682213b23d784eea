-- Runs one file for `lockstep conform` on an engine that is a command, as the stand-alone interpreter would: counts the calls
-- of `assert`, and says at the end how it ended. It keeps what it needs, since the file may take every global away.
local FILE, MODE, RESULT = @FILE@, @MODE@, @RESULT@

local assert_of_engine, open, exit, stderr = assert, io.open, os.exit, io.stderr
local loadfile, loadstring, load, dump, xpcall = loadfile, loadstring, load, string.dump, xpcall
local type, tostring, traceback = type, tostring, debug and debug.traceback

local count = 0

function assert(...)
  count = count + 1
  return assert_of_engine(...)
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

local function text_of(value)
  if type(value) == "string" or type(value) == "number" then return tostring(value) end
  return "(error object is not a string)"
end

local function fail(message, trace)
  finish("raised", count, message)
  stderr:write("lua: ", message, trace or "", "\n")
  exit(1)
end

local main, refusal = loadfile(FILE)
if main and MODE == "dump" then main, refusal = (loadstring or load)(dump(main)) end
if not main then fail(refusal) end

local assertions
local ok, failure = xpcall(function()
  main()
  -- A hook that the file has left behind may go on counting in whatever is called after this.
  assertions = count
end, function(value)
  local text = text_of(value)
  return { text, traceback and "\n" .. traceback("", 2) }
end)

if not ok then
  if type(failure) == "table" then fail(failure[1], failure[2]) else fail(text_of(failure)) end
end
finish("returned", assertions, "")
