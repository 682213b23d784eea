//! The functions of the library in a program, and the standard streams in the hands of a host.

use crate::lua::heap::Value;
use crate::lua::stdlib::trial::run_in;
use crate::lua::vm::{Bounds, ErrorKind, State};

/// A state that writes and reads nothing outside.
fn state() -> State {
    let mut state = State::with_libraries();
    state.capture_output();
    state.capture_errors();
    state.set_input(Vec::new());
    state
}

/// What a chunk returns, in a row; or the message of the error.
fn values_in(state: &mut State, chunk: &str) -> String {
    match run_in(state, chunk) {
        Ok(values) => values.iter().map(|value| text(state, *value)).collect::<Vec<_>>().join(" "),
        Err(error) => text(state, error.value),
    }
}

fn values(chunk: &str) -> String {
    let mut state = state();
    state.heap.set_stress(crate::lua::heap::Stress::WholeCollections);
    values_in(&mut state, chunk)
}

fn text(state: &mut State, value: Value) -> String {
    match (state.to_string_value(value), value) {
        (Some(string), _) => String::from_utf8_lossy(state.heap.bytes(string)).into_owned(),
        (None, Value::TRUE) => "true".to_owned(),
        (None, Value::FALSE) => "false".to_owned(),
        (None, value) => value.kind().name().to_owned(),
    }
}

/// A chunk that starts with `f`, a file with this content that can be read and written.
fn with_file(content: &str, chunk: &str) -> String {
    values(&format!("local f = io.tmpfile() f:write({content}) f:seek('set') {chunk}"))
}

#[test]
fn formats() {
    for (content, formats, expected) in [
        ("'one\\ntwo'", "", "one"),
        ("'one\\ntwo'", "'*l', '*l', '*l', '*l'", "one two nil"),
        ("'one\\ntwo'", "'*a', '*a'", "one\ntwo "),
        ("'one\\ntwo'", "2, 0, 3, 100, 0, 1", "on  e\nt wo nil"),
        ("' 1e1 0x10,'", "'*n', '*n', '*n', 1", "10 16 nil"),
        ("'abc'", "-1", "abc"),
        ("'abc'", "0/0", "abc"),
        ("'abc'", "1e300", "abc"),
        ("''", "0", "nil"),
        ("''", "'*a'", ""),
        ("'a\\0b\\nc\\nd'", "'*l', '*l'", "ac d"),
        ("'\\0\\n\\0'", "'*l'", "nil"),
        ("'abc'", "'*'", "bad argument #1 to 'read' (invalid format)"),
        ("'abc'", "1, 'l'", "bad argument #2 to 'read' (invalid option)"),
        ("'abc'", "nil", "bad argument #1 to 'read' (invalid option)"),
    ] {
        assert_eq!(
            with_file(content, &format!("return f:read({formats})")).replace("t:1: ", ""),
            expected,
            "{formats}"
        );
    }
}

#[test]
fn long_lines_with_zeros_are_cut_by_pieces() {
    let content = "('x'):rep(8180) .. '\\0' .. ('y'):rep(500) .. '\\nend'";
    assert_eq!(with_file(content, "return #f:read(), f:read()"), "8670 end");
    assert_eq!(with_file("('x'):rep(20000) .. '\\n'", "return #f:read(), f:read()"), "20000 nil");
}

#[test]
fn refusals() {
    for (chunk, expected) in [
        ("return io.open('/nowhere/at/all')", "nil /nowhere/at/all: No such file or directory 2"),
        ("return io.open('/nowhere', '')", "nil /nowhere: Invalid argument 22"),
        ("return io.open('/nowhere\\0at all')", "nil /nowhere: No such file or directory 2"),
        ("return io.popen('true', 'rw')", "nil true: Invalid argument 22"),
        ("return io.open('/'):read()", "nil Is a directory 21"),
        ("for l in io.lines('/') do end", "t:1: Is a directory"),
        ("io.input('/nowhere')", "t:1: bad argument #1 to 'input' (/nowhere: No such file or directory)"),
        ("io.lines(nil)", "t:1: bad argument #1 to 'lines' (FILE* expected, got nil)"),
        ("io.stdout.close()", "t:1: bad argument #1 to 'close' (FILE* expected, got nil)"),
        ("io.stdout.write()", "t:1: bad argument #1 to 'write' (FILE* expected, got no value)"),
        ("io.close(newproxy())", "t:1: bad argument #1 to 'close' (FILE* expected, got userdata)"),
        ("io.write({})", "t:1: bad argument #1 to 'write' (string expected, got table)"),
        ("return io.stdin:write('x')", "nil Bad file descriptor 9"),
        ("return io.stdout:read('*a')", "nil Bad file descriptor 9"),
        ("return io.stdout:read('*n')", "nil"),
        ("return io.stdout:seek()", "nil Illegal seek 29"),
        ("return io.stdout:close()", "nil cannot close standard file"),
        ("return io.tmpfile():seek('set', -1)", "nil Invalid argument 22"),
        ("io.stdout:setvbuf('x')", "t:1: bad argument #1 to 'setvbuf' (invalid option 'x')"),
        ("local f = io.tmpfile() f:close() f:close()", "t:1: attempt to use a closed file"),
        ("io.output(io.tmpfile()) io.close() io.write()", "t:1: standard output file is closed"),
        ("io.input(io.tmpfile()) io.input():close() io.read()", "t:1: standard input file is closed"),
        ("local f = io.lines('/dev/null') f() f()", "t:1: file is already closed"),
    ] {
        assert_eq!(values(chunk), expected, "{chunk}");
    }
}

#[test]
fn states_of_files() {
    assert_eq!(values("return io.type(1), io.type(newproxy(true)), io.type(io.stdin)"), "nil nil file");
    assert_eq!(
        values("local f = io.tmpfile() return f:close(), io.type(f), tostring(f)"),
        "true closed file file (closed)"
    );
    assert_eq!(values("return tostring(io.stdin):match('^file %(0x%x+%)$') ~= nil"), "true");
    assert_eq!(values("return io.input() == io.stdin, io.output() == io.stdout"), "true true");
    assert_eq!(
        values("local f = io.tmpfile() return io.output(f) == f, io.write(1, ' ', 0.1), f:seek()"),
        "true true 5"
    );
}

#[test]
fn collected_files_are_closed() {
    let chunk = "local weak = setmetatable({}, {__mode = 'v'})
        for i = 1, 20 do weak[i] = io.tmpfile() end
        collectgarbage() collectgarbage()
        return next(weak)";
    let mut state = state();
    assert_eq!(values_in(&mut state, chunk), "nil");
    let open = format!("{:?}", state.streams).matches("File(").count();
    assert_eq!(open, 0);
}

#[test]
fn one_output_for_all_who_write() {
    let mut state = state();
    let chunk = "print('a', 1) io.write('b', 2, '\\n') io.stdout:write('c\\n') io.stderr:write('e') io.stdout:flush()
        io.stdout:setvbuf('no') local p = io.popen('cat; echo f >&2', 'w') p:write('d') print(p:close())";
    run_in(&mut state, chunk).expect("it runs");
    assert_eq!(String::from_utf8_lossy(&state.take_output()), "a\t1\nb2\nc\ndtrue\n");
    assert_eq!(String::from_utf8_lossy(&state.take_errors()), "ef\n");
    assert_eq!(state.take_output(), b"");
}

#[test]
fn commands_write_where_the_host_captures() {
    let mut state = state();
    state.set_input(b"print('in the console')\nerror('x')\ncont\nrest\n".to_vec());
    let chunk = "print(os.execute('echo a; echo b >&2; cat; exit 3')) debug.debug() print(io.read())";
    run_in(&mut state, chunk).expect("it runs");
    assert_eq!(String::from_utf8_lossy(&state.take_output()), "a\n768\nin the console\nrest\n");
    let errors = String::from_utf8_lossy(&state.take_errors()).into_owned();
    assert_eq!(errors, "b\nlua_debug> lua_debug> (debug command):1: x\nlua_debug> ");
}

#[test]
fn input_of_the_host() {
    let mut state = state();
    state.set_input(b"one\n2 three\nfour\nreturn 5".to_vec());
    assert_eq!(values_in(&mut state, "return io.read(), io.read('*n', '*l')"), "one 2  three");
    assert_eq!(state.read_input_line().expect("it is given"), Some(b"four\n".to_vec()));
    assert_eq!(values_in(&mut state, "return loadfile()()"), "5", "chunks are read through the same buffer");
    assert_eq!(state.read_input_line().expect("it is given"), None);
    assert_eq!(values_in(&mut state, "return io.read()"), "nil");
}

#[test]
fn bounds_on_output_end_the_run() {
    for chunk in
        ["io.write('12345')", "pcall(io.stdout.write, io.stdout, '12345')", "io.popen('echo 12345', 'w'):close()"]
    {
        let mut state = state();
        state.set_bounds(Bounds { output: 4, ..Bounds::default() });
        let error = run_in(&mut state, chunk).expect_err("it is too much");
        assert_eq!(error.kind, ErrorKind::Stopped, "{chunk}");
    }
    let mut state = state();
    state.heap.set_limit(state.heap.allocated() + (1 << 20));
    let error = run_in(&mut state, "return io.open('/dev/zero'):read('*a')").expect_err("it is too much");
    assert_eq!(error.kind, ErrorKind::Memory);
    state.set_fuel(1 << 20);
    let error = run_in(&mut state, "return io.open('/dev/zero'):read('*l')").expect_err("it does not end");
    assert_eq!(error.kind, ErrorKind::Stopped);
    state.set_fuel(1 << 20);
    let error = run_in(&mut state, "return io.popen('yes \"\"'):read('*n')").expect_err("it does not end");
    assert_eq!(error.kind, ErrorKind::Stopped);
}

#[test]
fn broken_pipes() {
    let chunk = "local p = io.popen('true', 'w') p:setvbuf('no') for i = 1, 1e6 do
        local ok, message, number = p:write('x') if not ok then return message, number end end";
    let mut state = state();
    assert_eq!(values_in(&mut state, chunk), "Broken pipe 32");
    assert!(!state.is_pipe_broken());
    state.set_bounds(Bounds { broken_pipe_is_final: true, ..Bounds::default() });
    let error = run_in(&mut state, chunk).expect_err("the run ends");
    assert_eq!((error.kind, state.is_pipe_broken()), (ErrorKind::Stopped, true));
}

#[test]
fn a_copy_goes_on_with_open_files() {
    let mut state = state();
    run_in(&mut state, "f = io.tmpfile() f:write('one\\ntwo\\nthree\\n') f:seek('set') f:read()").expect("it runs");
    let mut copy = state.clone();
    assert_eq!(values_in(&mut copy, "return f:read()"), "two", "what was buffered is there in both");
    assert_eq!(values_in(&mut state, "return f:read(), f:read()"), "two three");
    assert_eq!(
        values_in(&mut copy, "local three = f:read() return three, f:close(), io.type(f)"),
        "three true closed file"
    );
    assert_eq!(values_in(&mut state, "return io.type(f)"), "file");
}

#[test]
fn a_file_that_lost_its_metatable_is_none() {
    let mut state = state();
    assert_eq!(values_in(&mut state, "getmetatable(io.stdin).__index = nil return io.type(io.stdin)"), "file");
    let registry = state.registry;
    state.set_field(registry, super::FILE_HANDLE, Value::NIL);
    assert_eq!(values_in(&mut state, "return io.type(io.stdin)"), "nil");
    assert_eq!(values_in(&mut state, "return io.type(io.tmpfile())"), "nil");
}

#[test]
fn the_end_of_a_file_is_where_its_size_says() {
    // Files of this kind cannot be asked for their end.
    let chunk = "local f = io.open('/proc/self/status') return f:seek('end'), f:seek('end', 3), f:seek('set')";
    assert_eq!(values(chunk), "0 3 0");
    assert_eq!(values("return io.open('/proc/self/status'):seek('end', -1)"), "nil Invalid argument 22");
    assert_eq!(values("local f = io.tmpfile() f:write('abc') return f:seek('end', -1), f:read('*a')"), "2 c");
}
