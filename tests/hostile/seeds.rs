//! Valid programs to start from: the seeds of the corpus, and small ones that use every opcode.

use std::{fs, path::Path};

use lockstep::lua::bytecode::Prototype;
use lockstep::lua::compiler::{CompileOptions, compile};

/// Short enough that a change has an effect, and between them with every opcode.
const SMALL: &[&str] = &[
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

/// Programs as text and as functions.
pub struct Seeds {
    pub sources: Vec<Vec<u8>>,
    /// The small programs first.
    pub functions: Vec<Prototype>,
    /// How many of the functions are small.
    pub small: usize,
}

impl Seeds {
    /// Reads the corpus.
    ///
    /// # Panics
    /// When there is not much there.
    pub fn read() -> Self {
        let mut sources: Vec<Vec<u8>> = SMALL.iter().map(|source| source.as_bytes().to_vec()).collect();
        add_files(Path::new("corpus/seeds"), &mut sources);
        assert!(sources.len() >= 150 + SMALL.len(), "only {} seeds", sources.len());
        let functions: Vec<Prototype> = sources.iter().filter_map(|source| compiled(source)).collect();
        assert!(functions.len() * 2 > sources.len(), "only {} seeds compile", functions.len());
        Self { sources, functions, small: SMALL.len() }
    }
}

/// The main function of a program, if it is one.
pub fn compiled(source: &[u8]) -> Option<Prototype> {
    compile(source, b"=seed", CompileOptions { levels: 0 }).ok()
}

fn add_files(folder: &Path, sources: &mut Vec<Vec<u8>>) {
    let entries = fs::read_dir(folder).expect("the corpus is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            add_files(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "lua") {
            sources.push(fs::read(&path).expect("readable"));
        }
    }
}

#[test]
fn the_small_programs_are_valid_and_use_every_opcode() {
    use lockstep::lua::bytecode::Opcode;
    fn collect(function: &Prototype, used: &mut Vec<Opcode>) {
        used.extend(function.code.iter().filter_map(|word| word.opcode()));
        function.prototypes.iter().for_each(|nested| collect(nested, used));
    }
    let mut used = Vec::new();
    for source in SMALL {
        let function = compiled(source.as_bytes()).unwrap_or_else(|| panic!("it does not compile: {source}"));
        collect(&function, &mut used);
    }
    let missing: Vec<_> = Opcode::ALL.into_iter().filter(|opcode| !used.contains(opcode)).collect();
    assert!(missing.is_empty(), "unused: {missing:?}");
}
