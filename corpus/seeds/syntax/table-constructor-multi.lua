-- seed: syntax/table-constructor-multi — multi-value last fields, more than 50 items, items after a call
local function three() return 1, 2, 3 end
local function none() end
print(#{three()}, #{three(), three()}, #{(three())}, #{three(), nil}, #{none()}, #{none(), none()}, #{none(), 1})
local function va(...) return {...}, {..., "x"}, {"x", ...}, {(...)}, {n = select("#", ...), ...} end
local a, b, c, d, e = va(7, 8, 9)
print(#a, #b, b[1], b[2], #c, c[4], #d, e.n, e[3])
local t = {
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
  26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50,
  51, 52, 53, x = 1, 54, y = 2, three()
}
print(#t, t[50], t[51], t[54], t[55], t[57], t[58], t.x, t.y)
local u = {
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, three()
}
print(#u, u[49], u[50], u[52])
local parts = {}
for i = 1, 130 do parts[i] = i end
local big = assert(loadstring("return {" .. table.concat(parts, ",") .. ", ...}"))
local r = big("a", "b")
print(#r, r[130], r[131], r[132])
print(#(assert(loadstring("local f = ... return {" .. string.rep("nil,", 99) .. " f()}"))(three)))
local x = {three(), k = three(), three()}
print(#x, x.k, x[1], x[2], x[4])
local y = {three(), [10] = 1}
print(#y, y[2])
print(unpack({three(), three()}, 1, 4))
