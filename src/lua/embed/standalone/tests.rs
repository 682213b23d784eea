//! The interpreter with a console that is not a process's.

use std::collections::VecDeque;

use super::*;

/// Lines that are typed, and what comes of them.
#[derive(Default)]
struct Script {
    is_interactive: bool,
    lines: VecDeque<&'static str>,
    prompts: Vec<String>,
    shown: String,
    remembered: Vec<String>,
}

impl Console for Script {
    fn show(&mut self, text: &[u8]) {
        self.shown.push_str(&String::from_utf8_lossy(text));
    }

    fn is_interactive(&self) -> bool {
        self.is_interactive
    }

    fn read_line(&mut self, _: &mut State, prompt: &[u8]) -> Option<Vec<u8>> {
        self.prompts.push(String::from_utf8_lossy(prompt).into_owned());
        self.lines.pop_front().map(|line| line.as_bytes().to_vec())
    }

    fn remember(&mut self, chunk: &[u8]) {
        self.remembered.push(String::from_utf8_lossy(chunk).into_owned());
    }
}

/// The exit code and the output.
fn run_with(console: &mut Script, line: &[&str]) -> (i32, String) {
    let arguments: Vec<Vec<u8>> = line.iter().map(|argument| argument.as_bytes().to_vec()).collect();
    let mut state = State::with_libraries();
    state.capture_output();
    let invocation = Invocation { arguments: &arguments, init: None, default_name: b"default" };
    let code = run(&mut state, &invocation, console);
    (code, String::from_utf8_lossy(&state.take_output()).into_owned())
}

fn typed(lines: &[&'static str]) -> Script {
    Script { is_interactive: true, lines: lines.iter().copied().collect(), ..Script::default() }
}

#[test]
fn without_arguments_a_terminal_is_talked_to() {
    let mut console = typed(&["=1, 2", "x = 3 =", "x =", "5 print(x)"]);
    assert_eq!(run_with(&mut console, &["lua"]), (0, "1\t2\n5\n\n".to_owned()));
    assert_eq!(console.prompts, ["> ", "> ", "> ", ">> ", "> "]);
    assert_eq!(console.shown, format!("{VERSION}\n{IDENTITY}\nstdin:1: unexpected symbol near '='\n"));
}

#[test]
fn whole_chunks_are_remembered() {
    let mut console = typed(&["=1", "", "do", "end", "x = = 2", "do"]);
    run_with(&mut console, &["lua"]);
    assert_eq!(console.remembered, ["return 1", "do\nend", "x = = 2"]);
}

#[test]
fn only_who_types_is_told_what_this_is() {
    let mut console = Script::default();
    assert_eq!(run_with(&mut console, &["lua", "-i"]), (0, "\n".to_owned()));
    assert_eq!(console.shown, format!("{VERSION}\n"));
    let mut console = typed(&[]);
    assert_eq!(run_with(&mut console, &["lua", "-v"]), (0, String::new()));
    assert_eq!(console.shown, format!("{VERSION}\n"));
}

#[test]
fn messages_begin_with_the_name_of_the_program() {
    for (name, shown) in [("bin/lua", "bin/lua: "), ("", "default: ")] {
        let mut console = Script::default();
        assert_eq!(run_with(&mut console, &[name, "-e", "error('x', 0)"]).0, 1);
        assert!(console.shown.starts_with(&format!("{shown}x\n")), "{}", console.shown);
    }
}

#[test]
fn an_error_in_looking_up_a_prompt_ends_everything() {
    let hide = "setmetatable(_G, { __index = function(_, name) error('no ' .. name, 0) end })";
    let mut console = typed(&["=1"]);
    assert_eq!(run_with(&mut console, &["lua", "-i", "-e", hide]).0, 1);
    assert_eq!(console.shown, format!("{VERSION}\n{IDENTITY}\nno _PROMPT\n"));
    assert_eq!(console.lines.len(), 1);
}

#[test]
fn the_state_is_closed_whatever_happened() {
    let finaliser = "p = newproxy(true) getmetatable(p).__gc = function() print 'closed' end ";
    for end in ["", "error()", "error('x')"] {
        let (_, output) = run_with(&mut Script::default(), &["lua", "-e", &format!("{finaliser}{end}")]);
        assert_eq!(output, "closed\n", "{end}");
    }
}
