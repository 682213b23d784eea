-- seed: syntax/semicolons-and-layout — optional semicolons, many statements on a line, newlines everywhere
local a = 1; local b = 2 local c = 3;
print(a, b, c);
a = 4 b = 5 print(a, b)
if a then b = 6 end; while false do end; repeat until true; for i = 1, 1 do end; do end;
local
function
f
(
x
,
y
)
return
x
+
y
end
print(
f(1,
2)
)
local t = {
  a
  =
  1
  ,
  [
  2
  ]
  =
  3
}
print(t
.a, t
[2])
local s = "a" ..
"b"
print(s) print(#
s, -
a, not
a)
print(loadstring(";", "=t"))
print(loadstring("a = 1;;", "=t"))
print(loadstring("return;", "=t") ~= nil)
print(loadstring("return 1;;", "=t"))
do local x = 1 return print(x) end
