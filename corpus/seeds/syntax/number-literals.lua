-- seed: syntax/number-literals — decimal, exponent and hexadecimal literals, and malformed ones
print(0, 00, 007, 1, 1., .5, 0.5, 1.5e3, 1e3, 1E3, 1e+3, 1e-3, 5e-1)
print(0x0, 0x10, 0XFF, 0xabcdef, 0xABCDEF, 0x7fffffff, 0xffffffff)
print(0x100000000, 0xfffffffffffff, 0xffffffffffffffff)
print(1e308, 1e309, 1e-320, 1e-400, 123456789012345678901234567890)
print(3.14159265358979, 314.16e-2, 0.31416E1, 9007199254740993)
print(1e1==10, 1e1 == 10.0, 0x10 == 16)
print(0x1p4, 0x1P3)
local function try(code)
  local f, e = loadstring("return " .. code, "=t")
  print(code, f and f() or e)
end
for _, code in ipairs{"3x", "1..2", "1.2.3", "0x", "0xg", "1e", "1e+", "1e5e5", "0x1p", "0x.8", "0x1.8", "1_000",
                      "08", "1e+5x", ".5.5", "..5", "0x10p", "1e-", "5.e1", "5.e", "0xep1", "0xe+1", "0xe-1", "1e1.5"} do
  try(code)
end
