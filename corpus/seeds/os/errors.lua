-- seed: os/errors — messages of the library os for wrong arguments, and results of what the system refuses
-- not for trace: the processor's time is no two times the same
local function try(name, ...)
  print(name, pcall(os[name], ...))
end
try("date", {}) try("date", "%c", {}) try("date", "%c", "x")
try("difftime") try("difftime", "x") try("difftime", 1, "x") try("difftime", {}, "x") try("difftime", 10, 3) try("difftime", 5)
try("difftime", 2 ^ 62, -2 ^ 62) try("difftime", 0 / 0)
try("getenv") try("getenv", {}) try("getenv", "NO SUCH VARIABLE") try("getenv", "")
try("setlocale", {}) try("setlocale", "C", {}) try("setlocale", "C", "nonsense") try("setlocale", "C", "all")
try("setlocale", nil, "numeric") try("setlocale", "POSIX") try("setlocale", "no such locale") try("setlocale")
try("exit", {}) try("exit", "x")
print(type(os.clock(1)))
