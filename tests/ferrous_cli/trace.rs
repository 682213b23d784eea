//! `LUA_TRACE`: what the interpreter runs, on standard error.

use std::process::{Command, Output};

use super::transcript::{folder, run};

/// Runs the interpreter with this in `LUA_TRACE`.
fn traced(value: &str, arguments: &[&str], input: &str) -> Output {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_ferrous"));
    command.current_dir(folder.path()).args(arguments).env("LUA_TRACE", value).env_remove("LUA_INIT");
    run(&mut command, input.as_bytes())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[cfg(feature = "lockstep")]
mod with_the_harness {
    use super::super::transcript::check;
    use super::*;

    #[test]
    fn a_script_is_traced_and_fails_as_ever() {
        let output = traced("1", &["raise.lua"], "");
        let plain = traced("0", &["raise.lua"], "");
        assert_eq!((output.status.code(), plain.status.code()), (Some(1), Some(1)));
        let (trace, message) = (text(&output.stderr), text(&plain.stderr));
        assert!(message.contains("raise.lua:2: boom\nstack traceback:"), "{message}");
        let trace = trace.strip_suffix(&message).expect("the usual message comes last");
        check("trace_of_a_script_that_fails", trace.to_owned());
    }

    #[test]
    fn the_output_stays_clean() {
        let output = traced("1", &["script.lua", "one"], "");
        let plain = traced("", &["script.lua", "one"], "");
        assert_eq!((&output.stdout, output.status.code()), (&plain.stdout, Some(0)));
        assert_eq!(text(&plain.stderr), "");
        assert!(text(&output.stderr).contains("; R0 = print, R1 = \"script\", R2 = \"one\"\n"));
    }

    #[test]
    fn chunks_of_the_command_line_and_of_standard_input_are_traced() {
        let output = traced("1", &["-e", "x = 1", "-"], "x = x + 1 error()");
        assert_eq!(output.status.code(), Some(1));
        let trace = text(&output.stderr);
        for line in ["#0 is the main chunk of (command line)", "#1 is the main chunk of stdin", "-> R0 = 2"] {
            assert!(trace.contains(line), "{line}:\n{trace}");
        }
        // A function that is loaded while the program runs has lines here: the recorder sees it.
        assert!(!trace.contains("[?]"), "{trace}");
    }

    /// What a program writes to standard error is between the instructions before and after it.
    #[test]
    fn the_order_of_what_is_written_is_that_of_the_run() {
        let output = traced("1", &["-e", "io.stderr:write('here\\n') os.exit(3)"], "");
        assert_eq!(output.status.code(), Some(3));
        let trace = text(&output.stderr);
        let at = |part: &str| trace.find(part).unwrap_or_else(|| panic!("{part}:\n{trace}"));
        assert!(at("-> R2 = \"here\\n\"") < at("\nhere\n") && at("\nhere\n") < at("os.exit"), "{trace}");
    }

    #[test]
    fn other_values_are_refused() {
        for value in ["2", "yes", "\u{1b}"] {
            let output = traced(value, &["-e", "print(1)"], "");
            assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
            let message = text(&output.stderr);
            let shown = value.escape_default().to_string().replace("\\u{1b}", "\\x1b");
            assert!(message.ends_with(&format!("LUA_TRACE: 1 (on) or 0 (off) expected, not '{shown}'\n")), "{message}");
        }
    }
}

#[cfg(not(feature = "lockstep"))]
#[test]
fn a_build_without_the_harness_says_so() {
    let output = traced("1", &["-e", "print(1)"], "");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(1), ""));
    assert!(
        text(&output.stderr).contains("LUA_TRACE: this is a build without the harness"),
        "{}",
        text(&output.stderr)
    );
    let output = traced("0", &["-e", "print(1)"], "");
    assert_eq!((output.status.code(), text(&output.stdout).as_str()), (Some(0), "1\n"));
}
