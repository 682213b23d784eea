//! The interpreter with scripts and chunks.

use super::transcript::{Subject, Transcript, check};

fn transcript(cases: impl FnOnce(&mut Transcript)) -> String {
    let mut transcript = Transcript::new(Subject::Interpreter);
    cases(&mut transcript);
    transcript.finish()
}

#[test]
fn options() {
    check(
        "scripts_options",
        transcript(|t| {
            t.arguments(&["script.lua", "a", "b"]);
            t.arguments(&["--", "script.lua", "a"]);
            t.arguments(&["-e", "print(1)", "script.lua"]);
            t.arguments(&["-eprint(1)", "-e", "print(arg)", "-e a = 3", "-eprint(a)"]);
            t.arguments(&["-e", "-e"]);
            t.arguments(&["-v"]);
            t.arguments(&["-v", "-v", "-e", "print(1)"]);
            t.arguments(&["-v", "script.lua"]);
            t.arguments(&["first_line.lua"]);
            t.input(&[], "print(..., arg)");
            t.input(&["-"], "print(..., arg[0], arg[-1])");
            t.input(&["-", "a", "-v"], "print(..., arg[0], arg[-1], arg[2])");
            t.input(&["-v", "-"], "#!first line\nprint(1)");
            t.input(&["-v"], "print('not read')");
            t.arguments(&["-lmodule", "-l", "module", "-e", "print(package.loaded.module)"]);
            t.arguments(&["-e", "function require(...) print('require', ...) end", "-l", "a", "-lb"]);
        }),
    );
}

#[test]
fn wrong_usage() {
    check(
        "scripts_wrong_usage",
        transcript(|t| {
            for line in ["-x", "-h", "-e", "-l", "-vi", "-ii", "---", "-E"] {
                t.arguments(&[line]);
            }
            t.arguments(&["-e", "print(1)", "-x"]);
            t.arguments(&["--help", "script.lua"]);
            t.init("print('before')", &["-x"]);
        }),
    );
}

#[test]
fn errors() {
    check(
        "scripts_errors",
        transcript(|t| {
            for script in ["raise", "raise_table", "raise_nil", "raise_object", "wrong", "missing"] {
                t.arguments(&[&format!("{script}.lua")]);
            }
            t.arguments(&["."]);
            t.arguments(&[""]);
            t.arguments(&["--", "-"]);
            t.arguments(&["broken.luac"]);
            t.arguments(&["-l", "missing_module", "-e", "print(1)"]);
            t.arguments(&["-l", "wrong"]);
            t.arguments(&["-e", "require = nil", "-l", "module"]);
            t.arguments(&["-e", "error('first')", "-e", "print('second')"]);
            t.arguments(&["-e", "error(42)"]);
            t.arguments(&["-e", "error('no position', 0)"]);
            t.arguments(&["-e", "error('ends\\0here')"]);
            t.arguments(&["-e", "local x = = 1"]);
            t.arguments(&["-e", "local function deep() return 1 + deep() end deep()"]);
            t.arguments(&["-e", "string.rep('x', -1, nil)() "]);
            t.input(&["-"], "error('in a script from standard input')");
            t.input(&[], "x = = 1");
        }),
    );
}

#[test]
fn tracebacks_are_the_programs() {
    check(
        "scripts_tracebacks_are_the_programs",
        transcript(|t| {
            t.arguments(&["-e", "debug = nil error('plain')"]);
            t.arguments(&["-e", "debug = {} error('plain')"]);
            t.arguments(&["-e", "debug.traceback = 1 error('plain')"]);
            t.arguments(&["-e", "function debug.traceback(...) print(...) return 'changed' end error('plain')"]);
            t.arguments(&["-e", "function debug.traceback() error('worse') end error('plain')"]);
            t.arguments(&["-e", "function debug.traceback() return {} end error('plain')"]);
            t.arguments(&[
                "-e",
                "debug = nil setmetatable(_G, { __index = function(_, k) print(k) end }) error('plain')",
            ]);
            t.arguments(&[
                "-e",
                "debug.traceback = nil setmetatable(debug, { __index = { traceback = print } }) error('x')",
            ]);
            t.arguments(&["-e", "coroutine.wrap(function() error('inner') end)()"]);
            t.arguments(&["-e", "print(debug.getinfo(2).what, debug.getinfo(3))"]);
        }),
    );
}

#[test]
fn metamethods_of_the_globals() {
    check(
        "scripts_metamethods_of_the_globals",
        transcript(|t| {
            let shown = "setmetatable(_G, { __newindex = function(t, k, v) print(k, type(v)) rawset(t, k, v) end })";
            t.arguments(&["-e", shown, "script.lua", "x"]);
            let refused = "setmetatable(_G, { __newindex = function(t, k, v) error('no ' .. k) end })";
            t.arguments(&["-e", refused, "script.lua", "x"]);
            let hidden = "setmetatable(_G, { __index = function(t, k) error('no ' .. k) end }) require = nil";
            t.arguments(&["-e", hidden, "-l", "module"]);
        }),
    );
}

#[test]
fn lua_init() {
    check(
        "scripts_lua_init",
        transcript(|t| {
            t.init("print('init', arg)", &["script.lua"]);
            t.init("@first_line.lua", &["-e", "print(2)"]);
            t.init("@missing.lua", &["-e", "print(2)"]);
            t.init("@", &["-e", "print(2)"]);
            t.init("error('init')", &["-e", "print(2)"]);
            t.init("x = = 1", &["-e", "print(2)"]);
            t.init("", &["-e", "print(2)"]);
        }),
    );
}

#[test]
fn the_end() {
    check(
        "scripts_the_end",
        transcript(|t| {
            let finaliser = "p = newproxy(true) getmetatable(p).__gc = function() print('finaliser') end ";
            t.arguments(&["-e", finaliser]);
            t.arguments(&["-e", finaliser, "-e", "error('then')"]);
            t.arguments(&["-e", finaliser, "-e", "p = nil error('after')"]);
            t.arguments(&["-e", finaliser, "-e", "os.exit(3)"]);
            t.arguments(&["-e", "io.write('no line end') os.exit()"]);
            t.arguments(&["-e", "pcall(os.exit, 256 + 7)"]);
            t.arguments(&["-e", "coroutine.wrap(function() pcall(os.exit, true) end)()"]);
            let failing = "p = newproxy(true) getmetatable(p).__gc = function() error('in a finaliser') end ";
            t.arguments(&["-e", failing]);
            t.arguments(&["-e", failing, "-e", "p = nil error('hidden')"]);
            t.arguments(&["-e", "p = newproxy(true) getmetatable(p).__gc = function() os.exit(5) end"]);
            t.arguments(&["-e", "function debug.traceback() os.exit(6) end error('x')"]);
            t.arguments(&["-e", "io.output('written'):write('text')"]);
            t.file("written");
        }),
    );
}

/// Too many cases for a snapshot: what fits on the reference's stack, and nothing more.
#[test]
fn very_many_arguments() {
    let folder = super::transcript::folder();
    for (count, is_fine) in [(7996, true), (7997, false)] {
        let mut command = Subject::Interpreter.command(folder.path());
        command.args(["-", "x"]).args(vec!["x"; count - 1]);
        let output = super::transcript::run(&mut command, b"print(select('#', ...))");
        if is_fine {
            assert_eq!(output.stdout, format!("{count}\n").as_bytes());
        } else {
            assert_eq!(output.stderr, b"lua: stack overflow (too many arguments to script)\n");
            assert_eq!(output.status.code(), Some(1));
        }
    }
}

/// A chunk may nest as deep as in the reference, where the interpreter itself is one level.
#[test]
fn deeply_nested_chunks() {
    let folder = super::transcript::folder();
    for (depth, is_fine) in [(196, true), (197, true), (198, false)] {
        let chunk = format!("x = {}1{} print(x)", "(".repeat(depth), ")".repeat(depth));
        let output = super::transcript::run(Subject::Interpreter.command(folder.path()).args(["-e", &chunk]), b"");
        assert_eq!(output.status.success(), is_fine, "{depth}: {}", String::from_utf8_lossy(&output.stderr));
    }
}
