//! Interactive mode without a terminal, which behaves as the reference does where it is built without readline.

use super::transcript::{Subject, Transcript, check};

fn transcript(inputs: &[&str]) -> String {
    let mut transcript = Transcript::new(Subject::Interpreter);
    for input in inputs {
        transcript.input(&["-i"], input);
    }
    transcript.finish()
}

#[test]
fn expressions_and_statements() {
    check(
        "interactive_expressions_and_statements",
        transcript(&[
            "",
            "x = 1\n=x\n=x, 2, nil\nprint(x)\n",
            "x = 1\n=x",
            "= 1, 'a' -- comment\n\n\n",
            "return\n=nil\nreturn 1, 2\n",
            " =1\n",
            "=1\0 what follows a zero byte\n=2\n",
        ]),
    );
}

#[test]
fn chunks_of_several_lines() {
    check(
        "interactive_chunks_of_several_lines",
        transcript(&[
            "for i = 1, 2 do\nprint(i)\nend\n",
            "for i = 1, 2 do\nprint(i)\n",
            "a = 'b\\\nc'\n=a\n=[[d\ne]]\n--[[\n]]\n= (1\n+ 2)\n",
            "= 'unfinished\n=1\n",
            "x = '<eof>' y y\n=1\n",
            "x = '<eof>' +\n1\n",
            "=(function()\nerror 'line 2'\nend)()\n",
            "x\n",
            "x",
        ]),
    );
}

#[test]
fn errors_do_not_end_it() {
    check(
        "interactive_errors_do_not_end_it",
        transcript(&[
            "error('a')\nerror({})\nerror()\nx = = 1\n=1\n",
            "debug = nil\nerror('a')\n",
            "error(\"near '<eof>'\")\n=1\n",
        ]),
    );
}

#[test]
fn prompts() {
    check(
        "interactive_prompts",
        transcript(&[
            "_PROMPT = 'first ' _PROMPT2 = 'second '\nx =\n1\n=x\n",
            "_PROMPT = 5\n_PROMPT = {}\n_PROMPT = 'a\\0b'\n=1\n",
            "setmetatable(_G, { __index = function(_, k) return '<' .. k .. '>' end })\n=1\nx =\n2\n",
            "setmetatable(_G, { __index = function(_, k) error('no ' .. k) end })\n=1\n=2\n",
        ]),
    );
}

#[test]
fn results_are_printed_by_print() {
    check(
        "interactive_results_are_printed_by_print",
        transcript(&[
            "print = function(...) io.write(select('#', ...), '\\n') end\n=1, nil\n",
            "print = function() error('own') end\n=1\n=2\n",
            "print = function() error({}) end\n=1\n",
            "print = function() error('ends\\0here') end\n=1\n",
            "print = nil\n=1\nprint = 5\n=1\n",
            "setmetatable(_G, { __index = function() return io.write end }) print = nil _PROMPT = ''\n='x'\n",
            "_PROMPT = '' setmetatable(_G, { __index = function() error('no print') end }) print = nil\n='x'\n='y'\n",
        ]),
    );
}

#[test]
fn after_everything_else() {
    let mut transcript = Transcript::new(Subject::Interpreter);
    transcript.input(&["-i", "script.lua", "a"], "=arg[0], ...\n");
    transcript.input(&["-i", "raise.lua"], "=1\n");
    transcript.input(&["-e", "error('x')", "-i"], "=1\n");
    transcript.input(&["-e", "x = 1", "-i", "-e", "y = 2"], "=x, y\n");
    transcript.input(&["-i", "-"], "x = 1 print(x)\n");
    transcript.input(&["-i"], "=io.read()\nthis line\n=io.read('*n')\n 12 =1\n=2\n");
    transcript.input(&["-i"], "os.exit(7)\n=1\n");
    check("interactive_after_everything_else", transcript.finish());
}
