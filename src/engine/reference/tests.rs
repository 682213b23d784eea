use super::super::CompileFailure;
use super::*;
use crate::engine::trial::{LIMITS, program};
use crate::engine::{MAX_OUTPUT, Snapshot};

fn run(source: &str) -> Run {
    ReferenceEngine::new().run(&program(source), &LIMITS)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn output(source: &str) -> String {
    let run = run(source);
    assert!(matches!(run.ending, Ending::Returned(_)), "{source}: {:?}", run.ending);
    text(&run.output)
}

fn raised(source: &str) -> (Snapshot, String) {
    match run(source).ending {
        Ending::Raised { value, traceback } => (value, text(&traceback)),
        other => panic!("{source}: {other:?}"),
    }
}

fn string(value: &str) -> Snapshot {
    Snapshot::String(value.into())
}

#[test]
fn print_writes_to_the_buffer() {
    assert_eq!(output("print() print(1, nil, 'x', true, -0.5)"), "\n1\tnil\tx\ttrue\t-0.5\n");
    assert_eq!(output("print('a\\0b', 'c')"), "a\tc\n", "as far as fputs would write");
    assert_eq!(output("tostring = function(v) return 7 end print(nil)"), "7\n", "the global tostring decides");
    assert_eq!(output("print(setmetatable({}, {__tostring = function() return 'T' end}))"), "T\n");
}

#[test]
fn print_fails_like_the_references() {
    let run = run("tostring = function(v) if v == 2 then return {} end return v end\nprint(1, 2)");
    assert_eq!(text(&run.output), "1", "what came before the failure was written");
    let Ending::Raised { value, traceback } = run.ending else { panic!("{:?}", run.ending) };
    assert_eq!(value, string("t:2: 'tostring' must return a string to 'print'"));
    assert_eq!(text(&traceback), "\nstack traceback:\n\t[C]: in function 'print'\n\tt:2: in main chunk");
}

#[test]
fn every_library_is_open() {
    let sorted = |table: &str| {
        let source = format!(
            "local t = {{}} for k in pairs({table}) do t[#t + 1] = tostring(k) end table.sort(t) print(table.concat(t, ' '))"
        );
        output(&source).trim_end().to_owned()
    };
    assert_eq!(
        sorted("_G"),
        "_G _VERSION arg assert collectgarbage coroutine debug dofile error gcinfo getfenv getmetatable io ipairs load \
         loadfile loadstring math module newproxy next os package pairs pcall print rawequal rawget rawset require select \
         setfenv setmetatable string table tonumber tostring type unpack xpcall"
    );
    assert_eq!(sorted("coroutine"), "create resume running status wrap yield");
}

#[test]
fn the_io_library_shares_the_output_with_print() {
    let source = "io.write('a', 1, '\\n') print 'b' io.stdout:setvbuf('full') io.stdout:write('c\\0d\\n') print 'e' print(io.stdout:flush())
        io.stderr:write('nowhere') print(io.read()) print(io.stdout:seek()) print(io.stdin:read('*a'), io.close())";
    let closed = "\tnil\tcannot close standard file\n";
    let expected = "a1\nb\nc\0d\ne\ntrue\nnil\nnil\tIllegal seek\t29\n".to_owned() + closed;
    assert_eq!(output(source), expected);
    let run = run("getmetatable(io.stdout).__gc = nil local p = newproxy(true)
        getmetatable(p).__gc = function() io.write 'closing' end io.write 'x'");
    assert_eq!(text(&run.output), "xclosing", "finalisers write while the state is closed");
}

#[test]
fn exit_ends_the_run_and_not_the_process() {
    for (call, code) in [("os.exit()", 0), ("os.exit(3)", 3), ("pcall(os.exit, -1)", -1), ("os.exit(2^32 + 7)", 7)] {
        for limits in [LIMITS, Limits { instructions: u64::MAX, ..LIMITS }] {
            let source = format!(
                "local p = newproxy(true) getmetatable(p).__gc = function() print 'finaliser' end
                coroutine.wrap(function() io.stdout:setvbuf('full') io.write 'before' {call} print 'after' end)() print 'after'"
            );
            let run = ReferenceEngine::new().run(&program(&source), &limits);
            assert_eq!((text(&run.output).as_str(), run.ending), ("before", Ending::Exited(code)), "{call}");
        }
    }
    let (value, _) = raised("os.exit('x')");
    assert_eq!(value, string("t:1: bad argument #1 to 'exit' (number expected, got string)"));
}

#[test]
fn a_program_has_hooks_while_instructions_are_counted() {
    let source = "local seen = {}
        local function note(event, line) seen[#seen + 1] = event .. (line and ' ' .. line or '') end
        local function f() return 1 end
        debug.sethook(note, 'crl')
        f()
        debug.sethook()
        print(table.concat(seen, ', '))
        print(debug.gethook())
        local count = 0
        debug.sethook(function() count = count + 1 end, 'l', 100)
        print(select('#', debug.gethook()), select(2, debug.gethook()), select(3, debug.gethook()))
        debug.sethook(function() count = count + 1 end, '', 1000)
        for i = 1, 100000 do end
        debug.sethook()
        print(count)
        print(pcall(debug.sethook, 1, 2))";
    let expected = "return, line 5, call, line 3, return, line 6, call\nnil\t\t0\n3\tl\t100\n";
    for limits in [LIMITS, Limits { instructions: u64::MAX, ..LIMITS }] {
        let run = ReferenceEngine::new().run(&program(source), &limits);
        let output = text(&run.output);
        assert!(output.starts_with(expected), "{output}");
        let rest: Vec<&str> = output[expected.len()..].lines().collect();
        assert!(["100", "101", "102"].contains(&rest[0]), "{output}");
        assert_eq!(rest[1], "false\tbad argument #1 to '?' (function expected, got number)");
    }
    let run = run("debug.sethook(function() end, 'crl', 1) while true do end");
    assert_eq!((run.ending, run.instructions), (Ending::OverBudget, LIMITS.instructions), "the counter stays");
    let run = super::super::Engine::run(
        &mut ReferenceEngine::new(),
        &program("debug.sethook() pcall(function() while true do end end) while true do end"),
        &LIMITS,
    );
    assert_eq!((run.ending, run.instructions), (Ending::OverBudget, LIMITS.instructions), "and cannot be removed");
}

#[test]
fn returned_values_are_snapshots() {
    let Ending::Returned(values) =
        run("return nil, false, -0, 0/0, 'a\\0b', {}, print, coroutine.create(function() end)").ending
    else {
        panic!("did not return")
    };
    assert_eq!(
        values[..5],
        [
            Snapshot::Nil,
            Snapshot::Boolean(false),
            Snapshot::Number((-0.0_f64).to_bits()),
            Snapshot::Number(0xFFF8 << 48),
            Snapshot::String(b"a\0b".to_vec()),
        ]
    );
    let kinds: Vec<_> = values[5..]
        .iter()
        .map(|value| match value {
            Snapshot::Object { kind, address } if *address != 0 => kind.as_str(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(kinds, ["table", "function", "thread"]);
    assert_eq!(run("").ending, Ending::Returned(Vec::new()));
    let Ending::Returned(many) = run("local t = {} for i = 1, 5000 do t[i] = i end return unpack(t)").ending else {
        panic!("did not return")
    };
    assert_eq!((many.len(), &many[4999]), (5000, &Snapshot::Number(5000_f64.to_bits())));
}

#[test]
fn arguments_reach_the_chunk_and_arg() {
    let program = Program {
        arguments: vec![b"a".to_vec(), b"b\0c".to_vec()],
        ..program("print(select('#', ...), (select(2, ...)) == 'b\\0c') print(arg[0], arg[1], #arg, arg[-1])")
    };
    let run = ReferenceEngine::new().run(&program, &LIMITS);
    assert_eq!(text(&run.output), "2\ttrue\nt.lua\ta\t2\tnil\n");
    assert_eq!(output("print(arg[0], #arg, ...)"), "t.lua\t0\n");

    let many = Program { arguments: vec![Vec::new(); 10_000], ..program };
    let Ending::Refused(message) = ReferenceEngine::new().run(&many, &LIMITS).ending else { panic!("not refused") };
    assert_eq!(text(&message), "stack overflow (too many arguments to script)");
}

#[test]
fn errors_keep_their_value_and_traceback() {
    let (value, traceback) = raised("local function f() error('x') end\nf()\nreturn 1");
    assert_eq!(value, string("t:1: x"));
    assert_eq!(
        traceback,
        "\nstack traceback:\n\t[C]: in function 'error'\n\tt:1: in function 'f'\n\tt:2: in main chunk"
    );
    let (value, traceback) = raised("local t\nt.x = 1");
    assert_eq!(value, string("t:2: attempt to index local 't' (a nil value)"));
    assert_eq!(traceback, "\nstack traceback:\n\tt:2: in main chunk");
    assert!(matches!(raised("error({})").0, Snapshot::Object { kind, .. } if kind == "table"));
    assert_eq!(raised("error()").0, Snapshot::Nil);
    assert_eq!(raised("error(12, 0)").0, Snapshot::Number(12_f64.to_bits()));
}

#[test]
fn deep_recursion_is_an_error() {
    let (value, traceback) = raised("local function f() return 1 + f() end\nf()");
    assert_eq!(value, string("t:1: stack overflow"));
    assert!(traceback.ends_with("\n\tt:2: in main chunk") && traceback.contains("\n\t...\n"), "{traceback}");
}

/// What the implementation under test must reproduce: how deep the main chunk sits, and how deep calls can go from there.
#[test]
fn levels_under_the_main_chunk() {
    let lua = "local n = 0 local function f() n = n + 1 f() end print(pcall(f)) print(n)\n\
               n = 0 pcall(f) print(n)";
    assert_eq!(output(lua), "false\tt:1: stack overflow\n16381\n19997\n");
    let c = "local n = 0 local function f() n = n + 1 string.gsub('a', 'a', f) end\n\
             local ok, message = pcall(f) print(n, message)";
    let c = std::thread::Builder::new().stack_size(STACK_SIZE).spawn(|| output(c)).unwrap().join().unwrap();
    assert_eq!(c, "198\tC stack overflow\n");
    let resumes = "local n = 0 local function f() n = n + 1 local ok, message = coroutine.resume(coroutine.create(f))\n\
                   if not ok then print(n, message) end end f()";
    assert_eq!(output(resumes), "200\tC stack overflow\n");
}

/// The message handler takes a C level. Where there is none left, the error that it finds is the overflow.
#[test]
fn the_handler_takes_a_level() {
    let at = |level: u32| {
        let source = format!(
            "local n = 0 local function f() n = n + 1 if n == {level} then error('x', 0) end string.gsub('a', 'a', f) end f()"
        );
        std::thread::Builder::new().stack_size(STACK_SIZE).spawn(move || raised(&source)).unwrap().join().unwrap()
    };
    assert_eq!(at(198).0, string("x"));
    let (value, traceback) = at(199);
    assert_eq!(value, string("C stack overflow"));
    assert!(
        traceback.starts_with("\nstack traceback:\n\t[C]: in function 'error'\n\tt:1: in function <t:1>\n"),
        "{traceback}"
    );
}

#[test]
fn syntax_errors_are_refusals() {
    assert_eq!(run("x =").ending, Ending::Refused(b"t:1: unexpected symbol near '<eof>'".to_vec()));
    assert_eq!(run("\x1bLua").ending, Ending::Refused(b"t: unexpected end in precompiled chunk".to_vec()));
    let message = ReferenceEngine::new().compile(b"\n\nlocal a = = 1", b"@file.lua").unwrap_err();
    assert_eq!(message, CompileFailure::Refused(b"file.lua:3: unexpected symbol near '='".to_vec()));
}

#[test]
fn compiling_is_dumping() {
    let source = "local a, b = ...\nreturn function(...) return a + #b, 'k', {...} end";
    let chunk = ReferenceEngine::new().compile(source.as_bytes(), b"@f.lua").unwrap();
    let Ending::Returned(values) = run(&format!("return string.dump(loadstring({source:?}, '@f.lua'))")).ending else {
        panic!("did not return")
    };
    assert_eq!(values, [Snapshot::String(chunk.clone())]);
    assert_eq!(
        ReferenceEngine::new().compile(&chunk, b"ignored").unwrap(),
        chunk,
        "a binary chunk is loaded and dumped again"
    );

    let program = Program { chunk, ..program("") };
    let Ending::Returned(values) = ReferenceEngine::new().run(&program, &LIMITS).ending else {
        panic!("did not return")
    };
    assert_eq!(values.len(), 1);
}

/// Counts worked out by hand from listings. Every program ends with a `RETURN`.
#[test]
fn instructions_are_counted_exactly() {
    for (source, count) in [
        // RETURN
        ("", 1),
        // LOADK RETURN
        ("local a = 1", 2),
        // NEWTABLE SETTABLE RETURN
        ("local a = {} a.x = 1", 3),
        // LOADK EQ RETURN: the JMP is taken, and fused with the EQ.
        ("local a = 1 if a == 2 then a = 3 end", 3),
        // LOADK EQ LOADK RETURN: the JMP is skipped.
        ("local a = 1 if a == 1 then a = 3 end", 4),
        // LOADK LOADK LOADK FORPREP, FORLOOP 11 times, RETURN
        ("for i = 1, 10 do end", 16),
        // CLOSURE (its MOVE is none) MOVE CALL, GETUPVAL RETURN, RETURN
        ("local x local f = function() return x end f()", 6),
        // GETGLOBAL LOADK CALL RETURN
        ("print(1)", 4),
        // GETGLOBAL GETGLOBAL CALL RETURN
        ("pcall(error)", 4),
        // GETGLOBAL CLOSURE CLOSURE CALL, GETGLOBAL CALL, RETURN, RETURN: a message handler counts.
        ("xpcall(function() error() end, function() return end)", 8),
        // NEWTABLE, 26000 LOADK, 520 SETLIST (9 of which have an argument word, which is none), RETURN
        (&format!("local t = {{{}}}", "1,".repeat(26_000)), 26_522),
    ] {
        assert_eq!(run(source).instructions, count, "{source}");
    }
}

#[test]
fn the_budget_is_exact() {
    let source = "for i = 1, 10 do end return 'done'";
    let needed = run(source).instructions;
    let with = |instructions| ReferenceEngine::new().run(&program(source), &Limits { instructions, ..LIMITS });
    assert_eq!(with(needed).ending, Ending::Returned(vec![string("done")]));
    assert_eq!((with(needed - 1).ending, with(needed - 1).instructions), (Ending::OverBudget, needed - 1));
    assert_eq!((with(0).ending, with(0).instructions), (Ending::OverBudget, 0));
    let unlimited = with(u64::MAX);
    assert_eq!((unlimited.ending, unlimited.instructions), (Ending::Returned(vec![string("done")]), 0));
}

#[test]
fn nothing_outlives_its_budget() {
    for source in [
        "while true do end",
        "while true do pcall(function() while true do end end) end",
        "xpcall(function() while true do end end, function() while true do end end)",
        "xpcall(error, function() while true do end end)",
        "local co = coroutine.wrap(function() while true do coroutine.yield() end end) while true do co() end",
        "coroutine.resume(coroutine.create(function() while true do end end)) while true do end",
        "local f = coroutine.wrap(function() pcall(function() while true do end end) end) f() f()",
        "table.sort({1, 2, 3}, function() while true do end end)",
        "setmetatable(_G, {__index = function(t, k) return t[k] end}) while true do pcall(function() return x end) end",
        "string.gsub('a', 'a', function() while true do end end)",
    ] {
        let run = run(&format!("print 'before' {source} print 'after'"));
        assert_eq!(run.ending, Ending::OverBudget, "{source}");
        assert_eq!((text(&run.output).as_str(), run.instructions), ("before\n", LIMITS.instructions), "{source}");
    }
}

#[test]
fn memory_is_bounded() {
    let limits = Limits { instructions: 100_000_000, ..LIMITS };
    for source in [
        "local s = 'x' while true do s = s .. s end",
        "local t = {} for i = 1, 1e9 do t[i] = i end",
        "local s = string.rep('x', 1e9)",
        "local ok = pcall(string.rep, 'x', 1e9) print(ok)",
        "while true do pcall(string.rep, 'x', 1e9) end",
        "local t = {} for i = 1, 1e9 do t[i] = coroutine.create(function() end) end",
    ] {
        let run = ReferenceEngine::new().run(&program(&format!("print 'before' {source}")), &limits);
        assert_eq!(run.ending, Ending::OverMemory, "{source}");
        assert_eq!(text(&run.output), "before\n", "{source}");
    }
    let tiny = Limits { memory: 0, ..LIMITS };
    assert_eq!(ReferenceEngine::new().run(&program("return 1"), &tiny).ending, Ending::OverMemory);
}

#[test]
fn output_is_bounded() {
    let run = run("local s = string.rep('x', 2^20) for i = 1, 100 do pcall(print, s) end");
    assert_eq!(run.ending, Ending::OverMemory);
    assert!(run.output.len() <= MAX_OUTPUT && run.output.len() > MAX_OUTPUT - (2 << 20), "{}", run.output.len());
}

#[test]
fn finalisers_print_when_the_state_is_closed_but_not_after_a_stop() {
    let source = "p = newproxy(true) getmetatable(p).__gc = function() print 'closed' end ";
    assert_eq!(output(source), "closed\n");
    let stopped = run(&format!("{source} while true do end"));
    assert_eq!((text(&stopped.output).as_str(), stopped.ending), ("", Ending::OverBudget));
}

#[test]
fn random_numbers_repeat_from_run_to_run() {
    let source = "print(math.random(), math.random(100), math.random())";
    assert_eq!(output(source), output(source));
    assert_eq!(output("math.randomseed(1)".to_owned().as_str()).as_str(), "");
    assert_eq!(output(source), output(&format!("math.randomseed(1) {source}")), "seed 1 is where a process starts");
    assert_ne!(output(source), output(&format!("math.randomseed(2) {source}")));
}

#[test]
fn a_closed_state_holds_nothing() {
    let sources = [
        "local t = {} for i = 1, 100 do t[i] = {i .. ''} end print(#t)",
        "error('x')",
        "while true do end",
        "local s = 'x' while true do s = s .. s end",
        "x =",
    ];
    for source in sources {
        for _ in 0..1000 / sources.len() {
            let state = ReferenceState::new(&Limits { instructions: 1000, memory: 1 << 20 }).unwrap();
            assert!(state.memory() > 10_000, "{}", state.memory());
            let ending = state.execute(&program(source));
            let context = state.close();
            assert_eq!(context.budget.held(), 0, "{source}: {ending:?}");
        }
    }
}

#[test]
fn coroutines_count_towards_the_same_budget() {
    let plain = run("local function f() for i = 1, 1000 do end end f()").instructions;
    let wrapped = run("local function f() for i = 1, 1000 do end end coroutine.wrap(f)()").instructions;
    // GETGLOBAL GETTABLE MOVE CALL CALL instead of MOVE CALL.
    assert_eq!(wrapped, plain + 3);
}

/// Protected calls of every kind, deep recursion, coroutines, and output.
const VARIED: &str = "
    local function deep(n) if n > 0 then return 1 + deep(n - 1) end return 0 end
    local function endless() return 1 + endless() end
    for i = 1, 3 do
        print(pcall(deep, 150), xpcall(endless, function(m) return #m + deep(100) end))
        print(xpcall(error, function() error() end))
        local co = coroutine.wrap(function(a) while true do a = coroutine.yield(deep(a)) end end)
        print(co(10), co(500), pcall(co, {}))
        print((string.gsub('abc', '.', function(c) return c .. i .. tostring({}):sub(1, 5) end)))
        print(pcall(string.rep), loadstring('x ='), #string.format('%q', string.rep('ab', 300)))
        local t = setmetatable({}, {__index = function(t, k) return k .. i end, __mode = 'k'})
        for j = 1, 40 do t[j .. ''] = t[j] end
        p = newproxy(true)
        getmetatable(p).__gc = function() print('gc', #t) end
    end
    collectgarbage()
    error(setmetatable({}, {__tostring = error}))";

#[test]
fn memory_can_run_out_anywhere() {
    let run = |memory| ReferenceEngine::new().run(&program(VARIED), &Limits { memory, ..LIMITS });
    let full = run(LIMITS.memory);
    assert!(matches!(full.ending, Ending::Raised { value: Snapshot::Object { .. }, .. }), "{:?}", full.ending);
    let mut over = 0;
    for memory in (0..3 << 20).step_by(10_007).chain((15_000..60_000).step_by(97)) {
        match run(memory).ending {
            Ending::OverMemory => over += 1,
            ending => assert!(matches!(ending, Ending::Raised { .. }), "{memory}: {ending:?}"),
        }
    }
    assert!(over > 500, "{over}");
}

#[test]
fn the_budget_can_run_out_anywhere() {
    let run = |instructions| ReferenceEngine::new().run(&program(VARIED), &Limits { instructions, ..LIMITS });
    let full = run(LIMITS.instructions);
    for instructions in (0..full.instructions).step_by(1009).chain(0..1000) {
        let run = run(instructions);
        assert_eq!((run.ending, run.instructions), (Ending::OverBudget, instructions));
        assert!(full.output.starts_with(&run.output), "{instructions}: {}", text(&run.output));
    }
}
