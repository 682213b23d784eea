-- 5.9 The debug library: traceback: the text for every kind of function and name, levels, threads, long stacks, messages that are no text.
-- All stacks are those of coroutines, which end where this file decides.

local function clean(v) return (tostring(v):gsub("[^%s'\"<]*%.lua:(%d+)", "here:%1"):gsub("0x%x+", "address")) end
local function run(f, ...) print(clean(select(2, coroutine.resume(coroutine.create(f), ...)))) end
local function tb(...) return (debug.traceback(...)) end

run(function() return (debug.traceback()) end) run(function() return (debug.traceback("message")) end) run(function() return debug.traceback("tail") end) run(function() return (tb("by local")) end)
run(function() local function inner() return (debug.traceback("nested")) end local function middle() local r = inner() return r end local r = middle() return r end)
local t = {field = function() return (debug.traceback("field")) end, deeper = {f = function() return (debug.traceback("deeper")) end}}
function t:method() return (debug.traceback("method")) end
function global_function() return (debug.traceback("global")) end
run(function() local r = t.field() return r end) run(function() local r = t.deeper.f() return r end) run(function() local r = t:method() return r end) run(function() local r = global_function() return r end) run(function() local k = "field" local r = t[k]() return r end) run(function() local r = (t.field)() return r end)
run(function() return t.field() end) run(function() local function a() return t.field() end local r = a() return r end) run(function() local function a() return global_function() end local function b() return a() end return b() end)
run(function() local ok, r = pcall(t.field) return r end) run(function() local ok, r = pcall(function() return (debug.traceback("in pcall")) end) return r end) run(function() return select(2, xpcall(function() error("handled") end, debug.traceback)) end) run(function() return select(2, xpcall(function() local x = nil + 1 end, function(m) return (debug.traceback(m)) end)) end) run(function() return select(2, xpcall(function() error() end, debug.traceback)) end)
run(function() return select(2, xpcall(function() error({}) end, debug.traceback)) end) run(function() return (("x"):gsub("x", function() return (debug.traceback("in gsub")) end)) end) run(function() return setmetatable({}, {__index = function() return (debug.traceback("in index")) end}).x end) run(function() return setmetatable({}, {__add = function() return (debug.traceback("in add")) end}) + 1 end) run(function() for v in function() return (debug.traceback("in for")) end do return v end end)
run(loadstring("local function f()\nreturn (debug.traceback('in a chunk'))\nend\nlocal r = f()\nreturn r", "=chunk")) run(loadstring("return (debug.traceback('text chunk'))")) run(loadstring("return (debug.traceback('long named chunk'))", ("long"):rep(30))) run(loadstring("return (debug.traceback('at name'))", "@" .. ("dir/"):rep(30) .. "file"))
run(function() return loadstring("return (debug.traceback('main chunk inside'))", "=inside")() end) run(function() local r = loadstring("local r = debug.traceback('main chunk inside') return r", "=inside")() return r end)

-- Levels.
local function three() local function two() local function one(level) return (debug.traceback("level " .. tostring(level), level)) end return one end return two end
for _, level in ipairs{0, 1, 2, 3, 4, 5, 100} do run(function() local function one() return (debug.traceback("level", level)) end local function two() local r = one() return r end local r = two() return r end) end
run(function() return (debug.traceback("negative", -1)) end) run(function() return (debug.traceback("text", "1")) end) run(function() return (debug.traceback("fraction", 1.9)) end) run(function() return tostring(pcall(debug.traceback, "m", "x")) end) run(function() return (debug.traceback("nil level", nil)) end)
-- Messages that are not text come back as they are.
for _, m in ipairs{true, {}, print, newproxy()} do print(type(m), rawequal(debug.traceback(m), m), select("#", debug.traceback(m))) end run(function() return (debug.traceback(nil)) end) run(function() return (debug.traceback(12)) end) run(function() return (debug.traceback("")) end) run(function() return (debug.traceback("two\nlines")) end) run(function() return (debug.traceback(false)) end) run(function() return (debug.traceback("a\0b")) end)
-- More than 22 levels are shortened in the middle.
for _, depth in ipairs{5, 17, 18, 19, 20, 21, 22, 23, 24, 30, 100, 1000} do run(function() local function down(n) if n == 0 then return (debug.traceback("depth " .. depth)) end local r = down(n - 1) return r end local r = down(depth) return r end) end
run(function() local function down(n) if n == 0 then return (debug.traceback("skipping", 12)) end local r = down(n - 1) return r end local r = down(40) return r end)
-- Other threads.
local function in_thread() coroutine.yield() error("late") end
local co = coroutine.create(function() in_thread() end)
print(clean(debug.traceback(co))) coroutine.resume(co) print(clean(debug.traceback(co))) print(clean(debug.traceback(co, "message"))) print(clean(debug.traceback(co, "message", 0))) print(clean(debug.traceback(co, "message", 1))) print(clean(debug.traceback(co, "message", 2))) print(clean(debug.traceback(co, "message", 10))) print(clean(debug.traceback(co, nil, 1))) print(clean(debug.traceback(co, {}) == nil)) coroutine.resume(co) print(clean(debug.traceback(co))) 
local done = coroutine.create(function() end) coroutine.resume(done) print(clean(debug.traceback(done))) print(clean(debug.traceback(done, "done")))
local running = coroutine.wrap(function() local me = coroutine.running() local function inner() return (debug.traceback(me, "itself")) end local r = inner() return r end) print(clean(running()))
local resumer = coroutine.create(function() local r = coroutine.wrap(function(outer) return (debug.traceback(outer, "the one that waits")) end)(coroutine.running()) return r end) print(clean(select(2, coroutine.resume(resumer))))
-- Names after changes: by what the instruction of the call says, not by what the variable holds.
run(function() local name = function() return (debug.traceback("renamed")) end local other = name name = nil local r = other() return r end) run(function() local holder = {} holder.x = t.field local r = holder.x() return r end) run(function() local r = t.field(t:method()) return r end)
run(function() local r = string.rep(t.field(), 1) return r end) run(function() table.sort({1, 2}, function() error(debug.traceback("in sort"), 0) end) end) run(function() local r = tostring(setmetatable({}, {__tostring = function() return (debug.traceback("in tostring")) end})) return r end) run(function() local r for _, v in ipairs{1} do r = t.field() end return r end)
global_function = nil
