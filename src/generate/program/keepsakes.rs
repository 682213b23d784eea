//! What one program leaves in a state, and what another one does with it: for copies made in between.
//!
//! Each keepsake is two snippets in the notation of `template`. It lies in globals that begin with `kept`, or where only the state itself
//! keeps things: in metatables of types, hooks, the collector, random numbers. Files lie outside of states and are not among them.

use super::builder::Builder;
use super::template::expand;

/// What is left, and what is done with it.
pub type Keepsake = (&'static str, &'static str);

pub const KEEPSAKES: [Keepsake; 30] = [
    ("kept_value = $n", "show(kept_value)"),
    (
        "local n = $d kept_add = function(x) n = n + x return n end kept_get = function() return n end kept_add($n)",
        "show(kept_add(1), kept_get()) show(kept_add($n), kept_get())",
    ),
    (
        "kept_wrap = coroutine.wrap(function(a) for i = 1, 5 do a = coroutine.yield(i, a) end return \"end\" end) kept_wrap($n)",
        "try(kept_wrap, $n) try(kept_wrap, 2)",
    ),
    (
        "kept_co = coroutine.create(function(...) local t = {...} for k, v in pairs(t) do t[k] = coroutine.yield(k, v) end error(t) end) show(coroutine.resume(kept_co, $n, $s, $b))",
        "for i = 1, 4 do show(coroutine.status(kept_co), coroutine.resume(kept_co, i)) end",
    ),
    (
        "kept_inner = coroutine.wrap(function() local c = coroutine.wrap(function() local x = $d kept_peek = function() x = x + 1 return x end coroutine.yield(x) coroutine.yield(x) return x end) coroutine.yield(c()) coroutine.yield(c()) return c() end) kept_inner()",
        "show(kept_peek(), kept_inner(), kept_peek()) try(kept_inner) show(kept_peek())",
    ),
    (
        "kept_dead = coroutine.create(function() local x = $n error(\"dead\") end) coroutine.resume(kept_dead)",
        "show(coroutine.status(kept_dead), coroutine.resume(kept_dead)) show(debug.traceback(kept_dead))",
    ),
    (
        "kept_object = setmetatable({v = $d}, {__index = function(t, k) event(\"__index\") return k end, __add = function(a, b) event(\"__add\") return 1 end, __call = function(self, x) self.v = x return x end, __tostring = function(o) return \"kept \" .. type(o.v) end})",
        "show(kept_object.absent, kept_object + 1, kept_object($n), kept_object.v, tostring(kept_object))",
    ),
    (
        "getmetatable(\"\").__index = function(s, k) return string[k] or k end getmetatable(\"\").__add = function() event(\"__add\") return 7 end",
        "show((\"x\").absent, (\"x\"):upper(), pcall(function() return \"x\" + \"y\" end))",
    ),
    (
        "math.randomseed($c) for i = 1, $c do math.random() end",
        "show(math.random(), math.random(100), math.random(-5, 5))",
    ),
    (
        "kept_lines = 0 debug.sethook(function(e, l) kept_lines = kept_lines + 1 end, \"l\")",
        "local e = debug.gethook() ~= nil\n local x = 1\n debug.sethook() show(e, kept_lines)",
    ),
    (
        "kept_calls = {} debug.sethook(function(e) kept_calls[#kept_calls % 9 + 1] = e end, \"cr\")",
        "local a, m, n = debug.gethook() debug.sethook() show(type(a), m, n, kept_calls)",
    ),
    (
        "kept_hooked = coroutine.create(function() for i = 1, 3 do\n coroutine.yield(i) end end) debug.sethook(kept_hooked, function(e, l) kept_line = l end, \"l\") coroutine.resume(kept_hooked)",
        "show(coroutine.resume(kept_hooked)) show(kept_line, debug.gethook(kept_hooked) ~= nil)",
    ),
    (
        "kept_proxy = newproxy(true) getmetatable(kept_proxy).__gc = function(p) event(\"__gc\") show(type(p)) end",
        "kept_proxy = nil collectgarbage() collectgarbage() show(kept_proxy)",
    ),
    (
        "kept_proxies = {} for i = 1, 4 do local p = newproxy(true) getmetatable(p).__gc = function() event(\"__gc\") kept_last = i end kept_proxies[i] = p end kept_proxies[2] = nil",
        "kept_proxies[1] = nil collectgarbage() show(kept_last)",
    ),
    (
        "kept_weak = setmetatable({{}, $d, \"s\", {}}, {__mode = \"v\"}) kept_strong = kept_weak[4]",
        "collectgarbage() show(kept_weak[1], kept_weak[2], kept_weak[3], kept_weak[4] == kept_strong) event(\"__mode\")",
    ),
    (
        "kept_keys = setmetatable({}, {__mode = \"k\"}) kept_key = {} kept_keys[kept_key] = $n kept_keys[{}] = 1",
        "collectgarbage() local n = 0 for k in pairs(kept_keys) do n = n + 1 end show(n, kept_keys[kept_key])",
    ),
    (
        "kept_holes = {} for i = 1, 20 do kept_holes[i] = i kept_holes[\"k\" .. i] = i end for i = 3, 20, $c + 1 do kept_holes[i] = nil kept_holes[\"k\" .. i] = nil end kept_at = next(kept_holes)",
        "local keys = {} for k in next, kept_holes, kept_at do keys[#keys + 1] = k end show(#kept_holes, keys) kept_holes.new = 1 show(next(kept_holes))",
    ),
    (
        "kept_words = string.gmatch(\"one two three four\", \"%a+\") kept_words()",
        "show(kept_words(), kept_words()) show(kept_words(), kept_words())",
    ),
    (
        "collectgarbage(\"setpause\", 150 + $c) collectgarbage(\"setstepmul\", 300 + $c)",
        "show(collectgarbage(\"setpause\", 200), collectgarbage(\"setstepmul\", 200))",
    ),
    (
        "collectgarbage(\"stop\") kept_garbage = {} for i = 1, 200 do kept_garbage[i % 7] = {i} end",
        "for i = 1, 100 do kept_garbage[i % 5] = {{i}} end collectgarbage(\"restart\") show(kept_garbage[1])",
    ),
    (
        "for i = 1, 300 do kept_chain = {kept_chain, i} if i % 50 == 0 then kept_chain = nil end end for i = 1, $c do collectgarbage(\"step\", $c) end",
        "for i = 1, 50 do kept_chain = {kept_chain} end collectgarbage(\"step\", $c) collectgarbage() show(type(kept_chain))",
    ),
    (
        "package.loaded.kept = {v = $n} package.preload.late = function(n) return n .. \"!\" end",
        "show(require(\"kept\"), require(\"late\"), package.loaded.late)",
    ),
    (
        "kept_closed = setfenv(function(v) y = v return x, y end, {x = $n})",
        "show(kept_closed($n)) show(getfenv(kept_closed))",
    ),
    (
        "debug.setmetatable(1, {__index = function(n, k) return k end, __call = function(n, ...) return select(\"#\", ...) end})",
        "show((5).x, (3)(1, 2), pcall(function() return (1).y.z end)) debug.setmetatable(1, nil)",
    ),
    (
        "debug.setmetatable(nil, {__index = function(_, k) event(\"__index\") return k end}) debug.setmetatable(print, {__len = function() return 3 end})",
        "show((nil).x, undefined_thing.field, #print) debug.setmetatable(nil, nil) show(pcall(function() return (nil).x end))",
    ),
    (
        "kept_code = loadstring(string.dump(function(...) local a, b = ... return b, a, kept_value end))",
        "show(kept_code($n, $s)) show(#string.dump(kept_code))",
    ),
    (
        "kept_first = newproxy(true) kept_second = newproxy(kept_first) getmetatable(kept_first).__len = function(p) return p == kept_first and 1 or 2 end",
        "show(#kept_first, #kept_second, kept_first == kept_second) show(getmetatable(kept_first) == getmetatable(kept_second))",
    ),
    (
        "kept_list = {} for i = 1, 40 do kept_list[i] = ($d * i) % 7 end setmetatable(kept_list, {__index = kept_list, __newindex = function(t, k, v) event(\"__newindex\") rawset(t, k, v) end})",
        "table.sort(kept_list) show(kept_list[1], kept_list[40], #kept_list) kept_list[41] = 1 show(table.maxn(kept_list))",
    ),
    (
        "setmetatable(_G, {__index = function(t, k) kept_missed = k return nil end, __newindex = function(t, k, v) rawset(t, k, v) kept_made = k end})",
        "show(never_defined, kept_missed) defined_now = 1 show(kept_made) setmetatable(_G, nil)",
    ),
    (
        "kept_env = setmetatable({}, {__index = _G}) setfenv(0, kept_env) kept_env.in_env = $n",
        "show(getfenv(0) == kept_env, kept_env.in_env) local f = loadstring(\"made = 1 return in_env\") show(pcall(f)) show(kept_env and rawget(kept_env, \"made\"))",
    ),
];

/// Leaves something.
pub fn leave(builder: &mut Builder<'_, '_>, keepsake: &Keepsake) {
    snippet(builder, keepsake.0);
}

/// Does something with what was left.
pub fn take_up(builder: &mut Builder<'_, '_>, keepsake: &Keepsake) {
    snippet(builder, keepsake.1);
}

fn snippet(builder: &mut Builder<'_, '_>, template: &str) {
    let text = expand(builder, template);
    builder.line(&format!("do {text} end"));
}

#[cfg(test)]
mod tests {
    use super::super::{Builder, Features, written};
    use super::*;
    use crate::generate::{Choices, bytes_of_seed};
    use crate::lua::embed::Script;
    use crate::lua::vm::State;
    use crate::oracle::{Verdict, clone};

    fn program(seed: u64, keepsake: &Keepsake, keep: fn(&mut Builder<'_, '_>, &Keepsake)) -> Vec<u8> {
        let bytes = bytes_of_seed(seed);
        let mut choices = Choices::new(&bytes);
        written(Builder::new(&mut choices, Features::default(), 0), &[*keepsake], keep).source
    }

    #[test]
    fn what_is_left_is_taken_up_without_an_error_and_in_a_copy() {
        for (number, keepsake) in KEEPSAKES.iter().enumerate() {
            for seed in 0..4 {
                let programs = [leave, take_up].map(|keep| program(seed, keepsake, keep));
                let mut state = State::with_libraries();
                state.capture_output();
                for chunk in &programs {
                    let script = Script { chunk, name: b"=kept", arguments: &[], path: b"" };
                    let result = state.run_script(&script, &mut ());
                    assert!(result.is_ok(), "keepsake {number}: {result:?} {}", String::from_utf8_lossy(chunk));
                }
                let output = String::from_utf8_lossy(&state.take_output()).into_owned();
                assert!(!output.contains("attempt to call a nil value"), "keepsake {number} is not there: {output}");
                assert_eq!(clone::check(&programs[0], &programs[1]), Verdict::Holds, "keepsake {number}");
            }
        }
    }
}
