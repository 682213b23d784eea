-- seed: io/numbers — what read("*n") takes for a number, and what it leaves behind
local texts = {
  "12abc", " \t\n\v\f\r12 ", "+5.", "-.5.", ".", "-.", "+", "-", "--1", "+-1", "1.2.3", "1_000", "1,5", "00x1", "",
  "  ", "e5", ".e5", "1e", "1e+", "1e-x", "1e5e5", "1E+05.", "0e", "1d5", "1e400", "-1e-400", "0x", "0xg", "0x.", "0x.p1",
  "0X1F", "-0x10", "0x1p", "0x1p-", "0x1P+3z", "0x1.8p1.5", "0x1e+5", "0x.8", "0xp1", "inf", "-inf", "INFinity5", "infi",
  "infinitx", "infx", "nan", "-nan", "NaN5", "nan(12)x", "nanx", "nix 5", "n", "na", "ni", "in", "inz", "5\0006", "0x1ee",
}
for _, text in ipairs(texts) do
  local f = io.tmpfile()
  f:write(text)
  f:seek("set")
  local number = f:read("*n")
  print(string.format("%q", text), number, type(number), string.format("%q", f:read("*a")))
  f:close()
end
local f = io.tmpfile()
f:write(("1"):rep(400), " ", "0.", ("3"):rep(5000), "\n", ("0"):rep(9000), "7e-1\n")
f:seek("set")
print(f:read("*n", "*n", "*n", "*n"))
f:close()
