-- seed: found/invalid-option-bytes — an invalid option is quoted byte for byte, up to its first zero byte
for _, option in ipairs{"\255\128", "\0", "collect\0x", "stopp", "", "a\0b", "\195"} do
  print(pcall(collectgarbage, option))
end
print(pcall(collectgarbage, {})) print(pcall(collectgarbage, 12)) print(pcall(collectgarbage, "count", "x"))
