//! Programs to start from: small ones that use every opcode, text that the grammar allows, and whole programs.

use super::super::{Choices, program, source};
use crate::lua::bytecode::Prototype;
use crate::lua::compiler::{CompileOptions, compile};

/// Texts of so many bytes are not compiled.
const LARGEST: usize = 20_000;

/// Short enough that a change has an effect, and between them with every opcode.
pub const SMALL_PROGRAMS: &[&str] = &[
    "local a, b, c = ... for i = 1, 10 do a = i * 2 - i / 3 + i % 4 ^ i b = -i c = not b end return a, b, c",
    "local t = {1, 2, 3, x = 1, ['y'] = 2, [4] = 5} for k, v in pairs(t) do t[k] = v end return #t, t.x, t[1]",
    "local function f(...) local a, b = ... return select('#', ...), a, b, ... end return f(f(f(1, 2, 3)))",
    "local x = 1 local function f() x = x + 1 return function() x = x * 2 return x end end return f()()",
    "local fs = {} for i = 1, 5 do local j = i fs[i] = function() j = j + i return j end end return fs[1](), fs[5]()",
    "local s = '' for i = 1, 20 do s = s .. i .. ',' .. s:sub(1, 3) end print(s) return s:len(), #s",
    "local o = {n = 0} function o:inc(k) self.n = self.n + (k or 1) return self end return o:inc():inc(5):inc().n",
    "g = 1 local function f(n) if n <= 1 then return g end g = g + n return f(n - 1) end return f(50)",
    "local a, b = 1, 'x' local c = a == b or a ~= 1 and b < 'y' or not (a <= 2) local d = c and a or b return c, d",
    "local t = setmetatable({}, {__index = function(t, k) return k end, __call = function(self, a) return a end, \
     __add = function(a, b) return 1 end, __concat = function(a, b) return 'c' end, __eq = function() return true end, \
     __lt = function() return true end, __newindex = function(t, k, v) rawset(t, k, v) end}) \
     t.z = 1 return t.q, t(3), t + 1, 1 + t, t .. 'x', t < t, t <= t, t == setmetatable({}, getmetatable(t)), t.z",
    "local co = coroutine.wrap(function(...) local x = ... while true do x = coroutine.yield(x, ...) end end) \
     return co(1, 2), co(3), co(nil)",
    "return pcall(function(...) local a = {...} error(a[1]) end, 'e', 2), pcall(error), (pcall(nil))",
    "local function f(a, ...) arg = {n = 0} local t = {a, ...} for i, v in ipairs(t) do g = v end return t end f(1, 2, 3)",
    "function old(...) return arg.n, arg[1] end return old(1, 2), old()",
    "local n = 0 repeat local m = n n = n + 1 local function f() return m end until f() > 5 while n > 0 do n = n - 1 end",
    "return (string.gsub('hello world', 'o', {o = '0'})), string.format('%5.2f %q %s', 1, 'x', 'y'), ('x'):rep(3, 4)",
    "local t = {5, 3, 1} table.sort(t, function(a, b) return a < b end) return table.concat(t, ','), unpack(t)",
    "return xpcall(function() local x = nil; return x.y end, function(m) return m .. '!' end), loadstring('return 1')()",
];

/// The main function of one of them, of a text that the grammar allows, or of a whole program.
pub fn compiled(choices: &mut Choices<'_>) -> Prototype {
    let (text, name) = match choices.weighted(&[12, 6, 1]) {
        1 => {
            let source = source::generate_valid(choices);
            (source.text, source.name)
        }
        2 => (program::generate(choices).source, b"@whole.lua".to_vec()),
        _ => (choices.one_of(SMALL_PROGRAMS).into(), b"=small".to_vec()),
    };
    // Large functions are no better than small ones here, and what a limit refuses is no function at all.
    let text = if text.len() < LARGEST { &text } else { SMALL_PROGRAMS[0].as_bytes() };
    let compiled = |text: &[u8]| compile(text, &name, CompileOptions { levels: 0 });
    compiled(text).or_else(|_| compiled(SMALL_PROGRAMS[0].as_bytes())).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lua::bytecode::Opcode;

    fn collect(function: &Prototype, used: &mut Vec<Opcode>) {
        used.extend(function.code.iter().filter_map(|word| word.opcode()));
        function.prototypes.iter().for_each(|nested| collect(nested, used));
    }

    #[test]
    fn the_small_programs_are_valid_and_use_every_opcode() {
        let mut used = Vec::new();
        for source in SMALL_PROGRAMS {
            let function = compile(source.as_bytes(), b"=small", CompileOptions { levels: 0 });
            collect(&function.unwrap_or_else(|error| panic!("{source}: {error}")), &mut used);
        }
        let missing: Vec<_> = Opcode::ALL.into_iter().filter(|opcode| !used.contains(opcode)).collect();
        assert!(missing.is_empty(), "unused: {missing:?}");
    }
}
