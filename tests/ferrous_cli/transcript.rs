//! Runs a binary in a folder of its own, and writes down what came of it.

use std::{
    collections::HashMap,
    fs,
    io::Write,
    os::unix::process::CommandExt,
    path::Path,
    process::{Command, Output, Stdio},
};

use tempfile::TempDir;

/// Files that the cases use.
const FILES: &[(&str, &[u8])] = &[
    ("script.lua", b"print('script', ...) print(arg[0], arg[-1], arg[-2], #arg)"),
    ("raise.lua", b"local function f()\n  error('boom')\nend\nf()"),
    ("raise_table.lua", b"error({})"),
    ("raise_nil.lua", b"error(nil)"),
    ("raise_object.lua", b"error(setmetatable({}, { __tostring = function() return 'text' end }))"),
    ("wrong.lua", b"local x = = 1\n"),
    ("first_line.lua", b"#!/usr/bin/env lua\nprint(1)"),
    ("module.lua", b"print('module', ...)"),
    (
        "nested.lua",
        b"#!lua\nlocal up = 1\nreturn function(a, ...)\n  return a + up, 's\\n\\0\\200', function() up = 2 end\nend",
    ),
    ("broken.luac", b"\x1BLua"),
];

/// Which of the two programs a case is about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    Interpreter,
    Compiler,
}

impl Subject {
    /// The binary: ours, or one that is to be recorded.
    fn binary(self) -> String {
        let (variable, ours) = match self {
            Self::Interpreter => ("LUA", env!("CARGO_BIN_EXE_ferrous")),
            Self::Compiler => ("LUAC", env!("CARGO_BIN_EXE_ferrousc")),
        };
        std::env::var(variable).unwrap_or_else(|_| ours.to_owned())
    }

    fn name(self) -> &'static str {
        if self == Self::Interpreter { "lua" } else { "luac" }
    }

    /// A command for it, under the name of the program that it stands for.
    pub fn command(self, folder: &Path) -> Command {
        let mut command = Command::new(self.binary());
        command.arg0(self.name()).current_dir(folder);
        for variable in ["LUA_INIT", "LUA_PATH", "LUA_CPATH", "LUA_TRACE"] {
            command.env_remove(variable);
        }
        command
    }
}

/// A folder with the files of the cases.
pub fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (name, content) in FILES {
        fs::write(folder.path().join(name), content).expect("written");
    }
    folder
}

/// Runs a command with this on its standard input.
pub fn run(command: &mut Command, input: &[u8]) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the binary that was just built starts");
    // A program that does not read its input is no failure.
    let _ = child.stdin.take().expect("piped").write_all(input);
    child.wait_with_output().expect("it ends")
}

/// Compares a transcript with the snapshot of this name.
pub fn check(name: &str, transcript: String) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, transcript);
    });
}

/// What cases came to, as text.
pub struct Transcript {
    folder: TempDir,
    subject: Subject,
    text: String,
}

impl Transcript {
    pub fn new(subject: Subject) -> Self {
        Self { folder: folder(), subject, text: String::new() }
    }

    /// A case with nothing on its standard input.
    pub fn arguments(&mut self, arguments: &[&str]) {
        self.case(arguments, "", None);
    }

    /// A case with this on its standard input.
    pub fn input(&mut self, arguments: &[&str], input: &str) {
        self.case(arguments, input, None);
    }

    /// A case with this in `LUA_INIT`.
    pub fn init(&mut self, init: &str, arguments: &[&str]) {
        self.case(arguments, "", Some(init));
    }

    fn case(&mut self, arguments: &[&str], input: &str, init: Option<&str>) {
        let mut command = self.subject.command(self.folder.path());
        command.args(arguments);
        if let Some(init) = init {
            command.env("LUA_INIT", init);
            self.text.push_str(&format!("LUA_INIT={init:?} "));
        }
        self.text.push_str(&format!("{} {arguments:?}", self.subject.name()));
        if !input.is_empty() {
            self.text.push_str(&format!(" < {input:?}"));
        }
        let output = run(&mut command, input.as_bytes());
        self.text.push_str(&format!("\nexit code {}\n", output.status.code().expect("not killed by a signal")));
        for (mark, stream) in [("  ", &output.stdout), ("! ", &output.stderr)] {
            for line in number_addresses(&escaped(stream)).split_inclusive('\n') {
                self.text.push_str(mark);
                self.text.push_str(line);
                if !line.ends_with('\n') {
                    self.text.push_str("<no line end>\n");
                }
            }
        }
        self.text.push('\n');
    }

    /// What is in a file of the folder, in hexadecimal; nothing if there is none.
    pub fn file(&mut self, name: &str) {
        let content = fs::read(self.folder.path().join(name));
        self.text.push_str(&format!("{name}: "));
        match &content {
            Ok(content) => content.iter().for_each(|byte| self.text.push_str(&format!("{byte:02x}"))),
            Err(error) => self.text.push_str(&error.to_string()),
        }
        self.text.push_str("\n\n");
    }

    pub fn finish(self) -> String {
        self.text
    }
}

/// Bytes as text; lines stay lines.
fn escaped(bytes: &[u8]) -> String {
    bytes.split_inclusive(|byte| *byte == b'\n').fold(String::new(), |mut text, line| {
        let (line, end) = line.strip_suffix(b"\n").map_or((line, ""), |line| (line, "\n"));
        for byte in line {
            match byte {
                b'\t' | b' '..=b'~' => text.push(char::from(*byte)),
                _ => text.push_str(&format!("\\x{byte:02x}")),
            }
        }
        text + end
    })
}

/// Replaces addresses by numbers, in the order of their first appearance.
fn number_addresses(text: &str) -> String {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut parts = text.split("0x");
    let mut result = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|character: char| !character.is_ascii_hexdigit()).unwrap_or(part.len());
        let next = numbers.len() + 1;
        let number = numbers.entry(&part[..end]).or_insert(next);
        result.push_str(&format!("<address {number}>{}", &part[end..]));
    }
    result
}
