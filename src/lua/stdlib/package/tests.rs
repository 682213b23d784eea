//! What programs see of the library. Modules in files are made in a folder of the test's own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{DEFAULT_PATH, search_path, substitute};
use crate::lua::embed::ScriptError;
use crate::lua::stdlib::trial::{row, run};
use crate::lua::vm::State;

/// What a chunk returns, or the error that it raises.
fn results(source: &str) -> String {
    let mut state = State::with_libraries();
    match run(&mut state, source) {
        Ok(text) => text,
        Err(ScriptError::Raised { value, .. }) => row(&state, &[value]),
        Err(error) => panic!("{source}: {error:?}"),
    }
}

/// A folder that goes with the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("ferrous-package-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn file(&self, name: &str, content: &str) {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).expect("a folder can be made");
        std::fs::write(path, content).expect("a file can be written");
    }

    /// The results of a program with paths into the folder, which is `@` in them.
    fn results(&self, source: &str) -> String {
        let folder = self.0.display().to_string();
        let paths = format!("package.path, package.cpath = '{folder}/?.lua;{folder}/?/init.lua', '{folder}/?.so' ");
        results(&(paths + source)).replace(&folder, "@")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[test]
fn modules_in_files_are_found_and_run_once() {
    let folder = Folder::new("found");
    folder.file("one.lua", "runs = (runs or 0) + 1 return ...");
    folder.file("deep/er.lua", "module(..., package.seeall) function f() return _NAME, _PACKAGE end");
    folder.file("whole/init.lua", "#!a first line like this is no part of it\nreturn {}");
    assert_eq!(folder.results("return require 'one', require 'one', runs, package.loaded.one"), "one one 1 one");
    assert_eq!(folder.results("local m = require 'deep.er' return m == deep.er, m.f()"), "true deep.er deep.");
    assert_eq!(folder.results("return require 'whole' == require 'whole'"), "true");
}

#[test]
fn what_is_wrong_with_a_module_is_said() {
    let folder = Folder::new("wrong");
    folder.file("syntax.lua", "x x");
    folder.file("circle.lua", "return require 'circle'");
    folder.file("folder.lua/file", "");
    let refused = "error loading module 'syntax' from file '@/syntax.lua':\n\t@/syntax.lua:1: '=' expected near 'x'";
    assert_eq!(folder.results("return pcall(require, 'syntax')"), format!("false {refused}"));
    let circle = "@/circle.lua:1: loop or previous error loading module 'circle'";
    assert_eq!(folder.results("return pcall(require, 'circle')"), format!("false {circle}"));
    let unreadable =
        "error loading module 'folder' from file '@/folder.lua':\n\tcannot read @/folder.lua: Is a directory";
    assert_eq!(folder.results("return pcall(require, 'folder')"), format!("false {unreadable}"));
    let missing = "test:1: module 'a.b' not found:\n\tno field package.preload['a.b']\n\tno file '@/a/b.lua'\n\t\
                   no file '@/a/b/init.lua'\n\tno file '@/a/b.so'\n\tno file '@/a.so'";
    assert_eq!(folder.results("require 'a.b'"), missing);
}

/// As a build of the reference without dynamic libraries does: see `docs/divergences.md`.
#[test]
fn libraries_in_c_are_found_and_refused() {
    let folder = Folder::new("libraries");
    folder.file("library.so", "");
    let reason = "dynamic libraries not enabled; check your Lua installation";
    for name in ["library", "library.part"] {
        let expected = format!("false error loading module '{name}' from file '@/library.so':\n\t{reason}");
        assert_eq!(folder.results(&format!("return pcall(require, '{name}')")), expected);
    }
    assert_eq!(results("return package.loadlib('library.so', '*')"), format!("nil {reason} absent"));
    assert_eq!(
        results("return pcall(package.loadlib, 'library.so')"),
        "false bad argument #2 to '?' (string expected, got no value)"
    );
}

#[test]
fn two_separators_stand_for_the_default_path() {
    let path =
        |variable: &str| String::from_utf8_lossy(&search_path(Some(OsStr::new(variable)), "DEFAULT")).into_owned();
    assert_eq!(search_path(None, DEFAULT_PATH), DEFAULT_PATH.as_bytes());
    assert_eq!((path(""), path("x;y")), (String::new(), "x;y".into()));
    assert_eq!((path(";;"), path("x;;"), path(";;x")), (";DEFAULT;".into(), "x;DEFAULT;".into(), ";DEFAULT;x".into()));
    assert_eq!((path(";;;"), path("x\u{1}y")), (";DEFAULT;;".into(), "xDEFAULTy".into()));
}

#[test]
fn texts_are_substituted_from_the_left() {
    assert_eq!(substitute(b"aaa", b"aa", b"b"), Some(b"ba".to_vec()));
    assert_eq!(substitute(b"", b"x", b"y"), Some(Vec::new()));
    assert_eq!(substitute(b"?x?", b"?", b""), Some(b"x".to_vec()));
}

#[test]
fn names_of_any_shape_do_no_harm() {
    let source = "package.path, package.cpath = ('?'):rep(100), ('?;'):rep(100)
        local name = ('a.'):rep(1e4)
        local ok, message = pcall(require, name)
        local deep = select('#', pcall(function() module(('.'):rep(1e4)) end))
        return ok, #message > 1e6, deep";
    assert_eq!(results(source), "false true 1");
    let limited = "package.path = ('?'):rep(1e5) return pcall(require, ('x'):rep(1e5))";
    let mut state = State::with_libraries();
    state.heap.set_limit(16 << 20);
    let text = run(&mut state, limited).expect("the error is caught");
    assert!(text.starts_with("false "), "{text}");
}

#[test]
fn a_copy_of_a_state_finds_its_own_modules() {
    let mut state = State::with_libraries();
    let prepare = "package.preload.m = function(name) counted = (counted or 0) + 1 return {name} end";
    run(&mut state, prepare).expect("it runs to its end");
    let mut copy = state.clone();
    for state in [&mut state, &mut copy] {
        let text = run(state, "return require 'm'[1] == 'm' and require 'm' == package.loaded.m, counted");
        assert_eq!(text.expect("it runs to its end"), "true 1");
    }
}
