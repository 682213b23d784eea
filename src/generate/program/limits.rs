//! What takes sources of some size, deep recursion or many values.
//!
//! Stacks overflow in coroutines of their own: how deep one goes that has overflowed before depends on how often it was collected since,
//! which is a matter of rule `collector-moment`.

use super::builder::Builder;

const LIMITS: [&str; 35] = [
    "local co = coroutine.create(function() end) show(coroutine.resume(co, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, unpack({}, 1, 7990)))",
    "show(load(function() return {} end)) show(loadstring(\"x = \\\"\\\\300\\\"\"))",
    "show(loadstring(\"local a\" .. (\", a\"):rep(200) .. \" = 1\"))",
    "show(loadstring(\"function f() local a\" .. (\", a\"):rep(200) .. \" = 1 end\"))",
    "local s = {} for i = 1, 61 do s[i] = \"local a\" .. i end s[62] = \"return function() return a1\" for i = 2, 61 do s[i + 61] = \"+ a\" .. i end show(loadstring(table.concat(s, \" \") .. \" end\"))",
    "show(loadstring(\"return \" .. (\"(\"):rep(201) .. \"1\" .. (\")\"):rep(201)))",
    "show(loadstring(\"return \" .. (\"{\"):rep(201)))",
    "show(loadstring(\"return \" .. (\"not \"):rep(201) .. \"x\"))",
    "show(loadstring((\"do \"):rep(201) .. (\"end \"):rep(201)))",
    "show(loadstring(\"return \" .. (\"a..\"):rep(260) .. \"a\"))",
    "show(loadstring(\"return f(\" .. (\"a,\"):rep(260) .. \"a)\"))",
    "show(loadstring(\"local a; \" .. (\"a.b,\"):rep(200) .. \"a.b = 1\"))",
    "show(loadstring(\"while x do \" .. (\"a = 1 \"):rep(70000) .. \"end\"))",
    "local function f(n) return f(n + 1) + 1 end show(coroutine.resume(coroutine.create(f), 1))",
    "local function f() return pcall(f) end show(f())",
    "local function f() f() end show(coroutine.wrap(function() return xpcall(f, function(e) return e end) end)())",
    "local function f() f() end show(coroutine.wrap(function() return xpcall(f, function(e) return f() end) end)())",
    "show(pcall(string.rep, \"x\", -1), pcall(unpack, {}, 1, 8000))",
    "show(pcall(string.char, unpack({}, 1, 7000)))",
    "local co = coroutine.create(function(...) return select(\"#\", ...) end) show(coroutine.resume(co, unpack({}, 1, 5000)))",
    "local co = coroutine.create(function() return unpack({}, 1, 7900) end) show(select(\"#\", coroutine.resume(co)))",
    "local t = setmetatable({}, {}) getmetatable(t).__index = function(t, k) return t[k + 1] end show(pcall(function() return t[1] end))",
    "local co local function f() local c = coroutine.create(f) return coroutine.resume(c) end show(f())",
    "local s = (\"x\"):rep(300) show(string.gsub(s, \".\", function(c) return nil end) == s, #s:gsub(\"x\", \"yy\"))",
    "local t = {} for i = 1, 120 do t[i] = i % 7 end table.sort(t) show(t)",
    "local t = {} for i = 1, 20 do t[i] = i end show(pcall(table.sort, t, function(a, b) return true end))",
    "show(string.byte((\"x\"):rep(9000), 1, -1))",
    "local n = 0 local function f() n = n + 1 return string.gsub(\"x\", \"x\", f) end show(pcall(f)) show(n)",
    "local co = coroutine.create(function() return 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, unpack({}, 1, 7992) end) try(function() return coroutine.resume(co) end)",
    "local co = coroutine.create(function() end) try(function() return coroutine.resume(co, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, unpack({}, 1, 7990)) end)",
    "try(function() return io.tmpfile():read(unpack({}, 1, 7990)) end)",
    "try(function() return table.sort({}, print, unpack({}, 1, 7980)) end)",
    "local d = string.dump(function() return \"x\" end) local at = 21 + d:byte(13) + 256 * d:byte(14) show(loadstring(d:sub(1, at - 1) .. \"\\255\\255\\255\\255\" .. d:sub(at + 4), \"=integer\"))",
    "local d = string.dump(function() return \"x\" end) local at = 21 + d:byte(13) + 256 * d:byte(14) show(loadstring(d:sub(1, at + 15) .. \"????\" .. d:sub(at + 20), \"=code\"))",
    "local d, l = string.dump(function() return function() end end), string.dump(function() end) local n = (\"\\0\"):rep(8) .. l:sub(21 + l:byte(13) + 256 * l:byte(14)) local i, j = d:find(n, 1, true) local p = d:sub(13) for k = 1, 205 do p = d:sub(13, i - 1) .. p .. d:sub(j + 1) end show(loadstring(d:sub(1, 12) .. p, \"=deep\"))",
];

/// Sources of megabytes, which take long.
const LARGE: [&str; 2] = [
    "show(loadstring((\"do local a end \"):rep(32768)))",
    "local t, r = {}, {} for i = 100, 612 do t[i - 99] = i .. \",\" end local s = table.concat(t) for i = 100, 612 do r[i - 99] = s:gsub(\",\", i .. \",\") end show(loadstring(\"return {\" .. table.concat(r) .. \"}\"))",
];

/// Something near a limit.
pub fn limits(builder: &mut Builder<'_, '_>) {
    if !builder.may_repeat(1500) {
        return;
    }
    builder.charge(1500);
    let template =
        if builder.choices.chance(8) { builder.choices.one_of(&LARGE) } else { builder.choices.one_of(&LIMITS) };
    builder.line(&format!("do {template} end"));
}
