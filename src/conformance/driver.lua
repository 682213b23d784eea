-- Runs one file for `lockstep conform` on an engine that is a command: counts the calls of `assert`, and says at the end how it
-- ended. It keeps what it needs, since the file may take every global away.
--
-- The file is called from here and from nowhere deeper: files look at the last ten levels of a traceback. So an error is left to
-- the stand-alone interpreter.
local FILE, MODE, RESULT = @FILE@, @MODE@, @RESULT@

local assert_of_engine, error, open, exit = assert, error, io.open, os.exit
local loadfile, loadstring, dump = loadfile, loadstring or load, string.dump
local type, tostring, select = type, tostring, select

local count = 0

-- Messages have the position of the caller, as those of the engine's own function have.
function assert(...)
  count = count + 1
  local value, message = ...
  if value then return ... end
  if select("#", ...) == 0 or message ~= nil and type(message) ~= "string" then return assert_of_engine(...) end
  error(message or "assertion failed!", 2)
end

local function finish(kind, assertions)
  local file = open(RESULT, "wb")
  file:write("lockstep-case 1\n", kind, "\n", tostring(assertions), "\n")
  file:close()
end

function os.exit(...)
  finish("exited", count)
  return exit(...)
end

do
  local lowest = 0
  while arg and arg[lowest - 1] do lowest = lowest - 1 end
  arg = { [0] = FILE, [-1] = arg and arg[lowest] }
end

local main, refusal = loadfile(FILE)
if main and MODE == "dump" then main, refusal = loadstring(dump(main)) end
if not main then error(refusal, 0) end

main()

-- A hook that the file has left behind may go on counting in whatever is called after this.
local assertions = count
finish("returned", assertions)
