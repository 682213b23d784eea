use super::super::smoke;
use super::super::wrong::{Wrong, fingerprint_of};
use super::*;
use crate::engine::reference::ReferenceEngine;
use crate::engine::{Engine, Run};

fn call(function: &str, arguments: &[Argument]) -> LibraryCall {
    LibraryCall { function: function.into(), arguments: arguments.to_vec() }
}

fn string(text: &str) -> Argument {
    Argument::String(text.into())
}

fn expression(text: &str) -> Argument {
    Argument::Expression(text.into())
}

fn number(number: f64) -> Argument {
    Argument::Number(number)
}

fn list(items: &[f64]) -> Argument {
    Argument::Table(items.iter().zip(1..).map(|(item, place)| (number(f64::from(place)), number(*item))).collect())
}

fn verdict(call: &LibraryCall, mut wrong: Wrong) -> Verdict {
    let mut reference = ReferenceEngine::new();
    check(&mut Pair { reference: &mut reference, tested: &mut wrong }, call, &smoke::LIMITS)
}

fn printing(from: &'static str, to: &'static str) -> Wrong {
    Wrong::running(move |run| {
        let output = String::from_utf8(run.output).expect("text");
        assert!(output.contains(from), "{output}");
        Run { output: output.replace(from, to).into_bytes(), ..run }
    })
}

fn output(call: &LibraryCall) -> String {
    let run = ReferenceEngine::new().run(&program(call), &smoke::LIMITS);
    assert!(matches!(run.ending, Ending::Returned(_)), "{:?}", run.ending);
    String::from_utf8(run.output).expect("text")
}

#[test]
fn every_kind_of_difference_is_found() {
    let rep = call("string.rep", &[string("ab"), number(2.0)]);
    let sort = call("table.sort", &[list(&[3.0, 1.0])]);
    let bad = call("math.floor", &[string("x")]);
    let crash = || Wrong::running(|run| Run { ending: Ending::Crashed("signal 11".into()), ..run });
    for (call, wrong, fingerprint) in [
        (&rep, printing("\"abab\"", "\"abba\""), "rep(string,number): output: result string against result string"),
        (
            &rep,
            printing("string \"abab\"", "number 4"),
            "rep(string,number): output: result string against result number",
        ),
        (&rep, printing("returned 1", "returned 2"), "rep(string,number): output: returned _ against returned _"),
        (&rep, printing("returned 1\nresult 1", "raised"), {
            "rep(string,number): output: returned _ against raised abab"
        }),
        (&sort, printing("number 3}", "number 4}"), "sort(table): output: argument table against argument table"),
        (&bad, printing("number expected", "string expected"), {
            "floor(string): output: raised bad argument #_ to '?' (number expected, got string) \
             against raised bad argument #_ to '?' (string expected, got string)"
        }),
        (&rep, Wrong::running(|run| Run { instructions: 1, ..run }), "rep(string,number): instructions"),
        (&rep, crash(), "rep(string,number): crash: returned nothing against crashed: signal _"),
        (&rep, Wrong::running(|_| panic!("this panic is expected")), "panic: this panic is expected"),
    ] {
        let found = fingerprint_of(&verdict(call, wrong)).unwrap_or_default();
        assert!(found.starts_with("library: ") && found.ends_with(fingerprint), "{found}\n{fingerprint}");
    }
}

#[test]
fn what_puts_nothing_to_the_test_says_nothing() {
    for (call, word) in [
        (call("string.nothing", &[]), "no-such-function"),
        (call("os.remove", &[string("x")]), "outside"),
        (call("os.rename", &[number(5.0), string("x")]), "outside"),
        (call("io.open", &[string("no/such")]), "outside"),
        (call("io.popen", &[string("no/such/program")]), "outside"),
        (call("require", &[string("some")]), "outside"),
        (call("os.setlocale", &[string("")]), "process"),
        (call("os.time", &[]), "clock"),
        (call("os.date", &[string("%c")]), "clock"),
        (call("os.date", &[Argument::Nil, Argument::Same(0)]), "clock"),
        (call("os.time", &[Argument::Same(0)]), "clock"),
        (call("collectgarbage", &[string("count")]), "memory-account"),
        (call("debug.getregistry", &[]), "registry"),
        (call("next", &[Argument::Table(vec![(expression("print"), Argument::Nil)])]), "object-keys"),
        (call("rawset", &[list(&[]), expression("{}"), Argument::Nil]), "object-keys"),
        (call("type", &[expression("= 1")]), "refused"),
        (call("type", &[expression("nil + 1")]), "arguments"),
        (call("type", &[Argument::Table(vec![(Argument::Nil, Argument::Nil)])]), "arguments"),
        (call("string.rep", &[string("x"), number(1e9)]), "memory"),
    ] {
        let verdict = verdict(&call, Wrong::not());
        assert!(matches!(&verdict, Verdict::SaysNothing(silence) if silence.word() == word), "{call:?}: {verdict}");
    }
}

#[test]
fn what_names_nothing_is_called_all_the_same() {
    for call in [
        call("os.setlocale", &[]),
        call("os.setlocale", &[string("C"), string("numeric")]),
        call("os.remove", &[string("no/such/file")]),
        call("io.open", &[string("no/such/file"), string("w")]),
        call("io.popen", &[list(&[])]),
        call("os.execute", &[]),
        call("require", &[string("string")]),
        call("require", &[string("no/such/module")]),
        call("dofile", &[]),
        call("io.tmpfile", &[]),
    ] {
        assert_eq!(verdict(&call, Wrong::not()), Verdict::Holds, "{call:?}");
    }
}

#[test]
fn calls_print_all_that_came_of_them() {
    let seen = output(&call("unpack", &[list(&[0.1, f64::NAN]), Argument::Same(0), Argument::Nil]));
    assert!(seen.starts_with("raised: string \"bad argument #2 to '?'"), "{seen}");
    let values = [number(-0.0), number(f64::INFINITY), number(-f64::NAN), number(-2.5), string("a\0\n\"\u{e9}")];
    let mut expected = "returned 1\nresult 1: number 5\n".to_owned();
    expected.push_str("argument 1: string \"#\"\nargument 2: number -0\nargument 3: number inf\n");
    let seen = output(&call("select", &[&[string("#")][..], &values].concat()));
    assert!(seen.starts_with(&expected), "{seen}");
    assert!(seen.ends_with("argument 5: number -2.5\nargument 6: string \"a\\000\\\n\\\"\u{e9}\"\n"), "{seen}");
    let made =
        output(&call("setmetatable", &[list(&[7.0]), Argument::Table(vec![(string("__x"), Argument::Same(0))])]));
    let described = "table #1 {[number 1] = number 7} with table #2 {[string \"__x\"] = table #1}";
    assert_eq!(made, format!("returned 1\nresult 1: {described}\nargument 1: table #1\nargument 2: table #2\n"));
    let keyed = output(&call("rawlen", &[]).with("type", expression("{[print] = 1, x = 2}")));
    assert!(keyed.contains("argument 1: table #1 {2 entries, 1 of objects}"), "{keyed}");
}

impl LibraryCall {
    fn with(self, function: &str, argument: Argument) -> Self {
        Self { function: function.into(), arguments: vec![argument] }
    }
}

#[test]
fn smoke() {
    let functions = [
        "string.rep",
        "string.format",
        "string.find",
        "string.gsub",
        "string.byte",
        "string.sub",
        "table.concat",
        "table.insert",
        "table.remove",
        "table.sort",
        "table.maxn",
        "math.floor",
        "math.fmod",
        "math.ldexp",
        "tonumber",
        "tostring",
        "select",
        "unpack",
        "next",
        "rawset",
        "setmetatable",
        "loadstring",
        "coroutine.wrap",
        "os.date",
        "math.random",
        "xpcall",
        "debug.getinfo",
        "getfenv",
        "newproxy",
        "assert",
        "error",
        "io.write",
        "string.dump",
    ];
    let arguments = [
        number(3.0),
        number(-1.5),
        number(f64::NAN),
        string("a%d+"),
        string(""),
        string("12"),
        list(&[3.0, 1.0, 2.0]),
        Argument::Nil,
        Argument::Boolean(true),
        expression("print"),
        expression("function(...) return ... end"),
        Argument::Same(0),
    ];
    // Any numbers will do that are not in step with the lengths of the lists.
    let mut state = 1u32;
    let mut below = move |bound: usize| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as usize % bound
    };
    smoke::for_a_second(move |pair, _| {
        let mut last = Verdict::SaysNothing(Silence::NoSuchFunction);
        for _ in 0..20 {
            let given: Vec<Argument> = (0..below(4)).map(|_| arguments[below(arguments.len())].clone()).collect();
            let verdict = check(pair, &call(functions[below(functions.len())], &given), &smoke::LIMITS);
            if verdict == Verdict::Holds || verdict.finding().is_some() {
                last = verdict;
            }
            if last.finding().is_some() {
                break;
            }
        }
        last
    });
}
