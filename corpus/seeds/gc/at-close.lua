-- seed: gc/at-close — the finalisers that are left when the state is closed, the newest first
local function proxy(name, finaliser)
  local made = newproxy(true)
  getmetatable(made).__gc = finaliser or function() print("closing", name) end
  return made
end
alive = {proxy "global 1", proxy "global 2"}
local lost = proxy "local"
local nothing = newproxy(true)
fails = proxy("fails", function() print "about to fail" error("nobody hears this") end)
after = proxy "made after the one that fails"
wrong = newproxy(true)
getmetatable(wrong).__gc = 5

-- Made while closing: never finalised.
maker = proxy("maker", function()
  print "maker"
  kept = proxy "kept by the closing state"
end)
collector = proxy("collector", function()
  print "collects"
  collectgarbage()
  print "collected"
end)
makes = proxy("makes garbage", function()
  local child = proxy "child of a finaliser"
  child = nil
  print("in the middle", pcall(collectgarbage))
end)

-- Closed in the middle of things: a suspended coroutine, a variable that a closure shares.
local shared = "shared"
thread = coroutine.create(function()
  local inside = proxy "in a suspended coroutine"
  coroutine.yield()
  print "not reached"
end)
coroutine.resume(thread)
reader = proxy("reader", function() print(shared) shared = "changed" end)
reader_2 = proxy("reader 2", function() print("first", shared) end)
user = proxy("runs a coroutine", function()
  print(coroutine.resume(coroutine.create(function(...) return select("#", ...) end), 1, 2, 3))
end)
setter = proxy("setter", function() shared = "set while closing" _G.print("globals are there", type(_G)) end)
print "the end of the program"
error "the program fails"
