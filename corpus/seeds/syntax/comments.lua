-- seed: syntax/comments — short and long comments, nested bracket levels, comments between tokens
print(1) -- trailing
--[[ one line ]] print(2)
--[[
  many lines
]] print(3)
--[==[ level two ]] still inside ]=] still inside
]==] print(4)
---[[ not a long comment
print(5)
--]]
print(--[[inside]]6--[==[inside]==])
local x --[[a]] = --[[b]] 7 -- c
print(x)
--
--[
print(8)
--[=
print(9)
--[==
print(10)
print(#[=[--[[not a comment]]]=])
print(type(loadstring("--")), (loadstring("-- no newline at the end"))())
print(pcall(loadstring("return 1 --[[x]]")))
print(loadstring("--[[ unfinished"))
print(loadstring("--[==[ unfinished ]]"))
print(loadstring("#! first line\nreturn 3"))
