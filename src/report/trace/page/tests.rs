//! The page's model and markup, from diagnoses made by hand.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;
use crate::{
    diagnose::{Attribution, Cell, CellOutcome, CellResult, Compiled, Divergence, Examination, Fault, Located, Side},
    lua::{
        bytecode::{Instruction, Opcode, Prototype, dump},
        compiler::{CompileOptions, compile},
    },
    trace::{Datum, Event, Field, How, Moment, PrototypeFacts},
};

const NAMES: Names<'static> = Names { reference: "ref<", tested: "tested" };
const SOURCE: &str = "local n = 1\nlocal s = n .. 'x'\nreturn s\n";

fn program(chunk: &[u8]) -> Program {
    Program { chunk: chunk.to_vec(), name: b"@x".to_vec(), arguments: Vec::new(), script: b"x".to_vec() }
}

fn main_function() -> Prototype {
    compile(SOURCE.as_bytes(), b"@x", CompileOptions { levels: 0 }).expect("it compiles")
}

fn text_datum(text: &str) -> Datum {
    Datum::String { start: text.into(), length: text.len() as u64, hash: None }
}

fn number(number: f64) -> Datum {
    Datum::Number(number.to_bits())
}

/// The moment before the instruction at `pc` of [`SOURCE`], which is also the number of the instruction.
fn moment(pc: u32, registers: Vec<Datum>) -> Moment {
    let main = main_function();
    let facts = PrototypeFacts {
        source: b"@x".to_vec(),
        line_defined: 0,
        last_line_defined: 0,
        code: main.code.iter().map(|word| word.0).collect(),
        lines: main.line_info.iter().map(|line| *line as u32).collect(),
    };
    let word = main.code[pc as usize].0;
    Moment {
        sequence: pc.into(),
        thread: 0,
        depth: 1,
        prototype: 0,
        pc,
        word,
        registers,
        operands: Vec::new(),
        facts: Arc::new(facts),
    }
}

/// LOADK 0 1; MOVE 1 0; LOADK 2 'x'; CONCAT 1 1 2; RETURN 1 2: one side gives another string, and ends.
fn side(engine: &str, result: &str, goes_on: bool) -> Side {
    let one = || number(1.0);
    let mut moments = vec![
        moment(0, vec![text_datum("left over"), Datum::Nil, Datum::Nil]),
        moment(1, vec![one(), Datum::Nil, Datum::Nil]),
        moment(2, vec![one(), one(), text_datum(engine)]),
        moment(3, vec![one(), one(), text_datum("x")]),
    ];
    if goes_on {
        moments.push(moment(4, vec![one(), text_datum(result), text_datum("x")]));
    }
    let how = if goes_on { How::Completed } else { How::Raised };
    let events = vec![Event::Ended { sequence: 3, how, written: Vec::new(), count: 0 }];
    Side { engine: engine.into(), labels: Vec::new(), moments, events, raised: None }
}

fn divergence(right_goes_on: bool) -> Divergence {
    Divergence {
        culprit: 3,
        word: Some(main_function().code[3].0),
        operands: vec![number(1.0), text_datum("x")],
        callee: None,
        field: Field::Register(1, text_datum("1x"), text_datum("<1>x")),
        left: side("ref<", "1x", true),
        right: side("tested", "<1>x", right_goes_on),
    }
}

fn of_vm(right_goes_on: bool) -> Diagnosis {
    let chunk = dump(&main_function(), false);
    let product = Arc::new(Located::Diverged(Box::new(divergence(right_goes_on))));
    let (reference, tested) = (program(&chunk), program(&chunk));
    let cells = vec![
        CellResult { cell: Cell::IsolatesVm, result: CellOutcome::Run(Arc::clone(&product)) },
        CellResult { cell: Cell::IsolatesCompiler, result: CellOutcome::SameBytecode },
    ];
    Diagnosis {
        examination: Examination {
            compiled: Compiled::Accepted { reference, tested, difference: None },
            product: Some(product),
        },
        fingerprint: "CONCAT(number,string): gives another string".into(),
        attribution: Attribution { fault: Fault::Vm, cells },
        one_step: Some("return 1 .. 'x'\n".into()),
    }
}

fn of_refusal() -> Diagnosis {
    let compiled = Compiled::Refused { reference: Some(b"x:1: <eof>\xff".to_vec()), tested: None };
    Diagnosis {
        examination: Examination { compiled, product: None },
        fingerprint: "compiler: accepts what is refused".into(),
        attribution: Attribution { fault: Fault::Compiler, cells: Vec::new() },
        one_step: None,
    }
}

fn shown(diagnoses: &[(&str, Diagnosis)], source: &[u8]) -> String {
    let program = program(source);
    let entries: Vec<Entry<'_>> = diagnoses
        .iter()
        .map(|(path, diagnosis)| Entry { path, program: &program, diagnosis, reproduce: "lockstep bisect 'x<'" })
        .collect();
    page(&entries, NAMES).expect("a page")
}

/// The data in a page.
fn data(page: &str) -> Value {
    let (_, rest) = page.split_once("id=\"data\">").expect("the data");
    serde_json::from_str(rest.split_once("</script>").expect("its end").0).expect("JSON")
}

/// The registers of a side at a step, as text.
fn registers(data: &Value, side: usize, step: usize, when: &str) -> Value {
    let steps = &data["steps"][0];
    let text = |number: &Value| number.as_u64().map_or(json!("-"), |number| steps["values"][number as usize].clone());
    match steps["sides"][side]["steps"][step][when].as_array() {
        Some(numbers) => numbers.iter().map(text).collect(),
        None => Value::Null,
    }
}

#[test]
fn the_page_has_a_place_for_each_part_and_no_other() {
    let names: Vec<_> = PAGE.split("{{").skip(1).filter_map(|part| part.split_once("}}")).collect();
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["title", "style", "title", "list", "findings", "data", "script"]);
    for part in [STYLE, SCRIPT] {
        assert!(!part.contains("</"), "a part of the page could end the element that it stands in");
    }
    let reaching_out = ["://", "@import", "url(", "src=", "<link", "fetch(", "import("];
    for part in [PAGE, STYLE, SCRIPT] {
        assert!(reaching_out.iter().all(|word| !part.contains(word)), "the page needs nothing else");
    }
}

#[test]
fn steps_show_the_registers_that_mean_something_before_and_after() {
    let data = data(&shown(&[("x", of_vm(true))], SOURCE.as_bytes()));
    assert_eq!(data["names"], json!(["ref<", "tested"]));
    assert_eq!(data["steps"][0]["culprit"], 3);
    // What is left over in registers is not shown.
    assert_eq!(registers(&data, 0, 0, "before"), json!([]));
    assert_eq!(registers(&data, 0, 2, "before"), json!(["1", "1"]));
    assert_eq!(registers(&data, 0, 3, "before"), json!(["1", "1", "\"x\""]));
    assert_eq!(registers(&data, 0, 3, "after"), json!(["1", "\"1x\""]));
    assert_eq!(registers(&data, 1, 3, "after"), json!(["1", "\"<1>x\""]));
    // The last moment that was seen has nothing after it.
    assert_eq!(registers(&data, 0, 4, "after"), Value::Null);
    let culprit = &data["steps"][0]["sides"][1]["steps"][3];
    assert_eq!((&culprit["written"], &culprit["line"], &culprit["in_program"]), (&json!([1]), &json!(2), &json!(true)));
    assert_eq!(culprit["ended"], "completed");
    assert_eq!(culprit["taken"].as_array().map(Vec::len), Some(2));
    assert_eq!(culprit["names_after"].as_array().map(Vec::len), Some(2));
    let name = culprit["names"][0].as_u64().expect("a name") as usize;
    assert_eq!((&data["steps"][0]["values"][name], culprit["names"].as_array().map(Vec::len)), (&json!("n"), Some(1)));
}

#[test]
fn a_register_that_differs_is_shown_though_nobody_takes_it() {
    let mut divergence = divergence(true);
    divergence.field = Field::Register(2, text_datum("x"), text_datum("y"));
    let chunk = program(&dump(&main_function(), false));
    let steps = Steps::of(&divergence, [&chunk, &chunk], &program(SOURCE.as_bytes())).expect("steps");
    let culprit = &steps.sides[0].steps[3];
    assert_eq!(culprit.written, [1, 2]);
    assert_eq!(culprit.after.as_ref().map(Vec::len), Some(3));
}

#[test]
fn a_side_that_has_ended_has_no_more_steps() {
    let data = data(&shown(&[("x", of_vm(false))], SOURCE.as_bytes()));
    let count = |side: usize| data["steps"][0]["sides"][side]["steps"].as_array().map(Vec::len);
    assert_eq!((count(0), count(1)), (Some(5), Some(4)));
    assert_eq!(data["steps"][0]["sides"][1]["steps"][3]["ended"], "raised an error");
}

#[test]
fn listings_name_what_instructions_are_about() {
    let data = data(&shown(&[("x", of_vm(true))], SOURCE.as_bytes()));
    let listing = &data["steps"][0]["sides"][0]["listings"][0];
    assert_eq!((&listing["title"], &listing["count"]), (&json!("main chunk of x"), &json!(6)));
    assert_eq!(listing["rows"][2], json!({ "pc": 2, "line": 2, "text": "LOADK     2 -2 ; \"x\"" }));
}

#[test]
fn without_a_script_everything_but_the_steps_is_there() {
    let page = shown(&[("x<", of_vm(true))], SOURCE.as_bytes());
    let (page, _) = page.split_once("<template").expect("a template");
    for text in [
        "<title>Divergence of tested from ref&lt;: x&lt;</title>",
        "diverges at instruction 3: R1 after CONCAT: &quot;1x&quot; != &quot;&lt;1&gt;x&quot;",
        "fault: the VM of tested",
        "<tr class=\"differs\"><td>ref&lt;</td><td>tested</td>",
        "<tr class=\"same\"><td>tested</td><td>ref&lt;</td>",
        "CONCAT(number,string): gives another string",
        "lockstep bisect &#39;x&lt;&#39;",
        "return 1 .. &#39;x&#39;</code>",
        "<span class=\"line near culprit\" data-line=\"2\"><span class=\"gutter\">2</span><span class=\"text\">local s = n",
        "<noscript>",
    ] {
        assert!(page.contains(text), "{text} is not in {page}");
    }
    assert!(!page.contains("<nav"), "there is nothing to choose");
}

#[test]
fn a_refusal_shows_both_messages_and_has_no_steps() {
    let page = shown(&[("x", of_refusal())], b"x =");
    assert!(
        page.contains("<dt>ref&lt;</dt><dd>x:1: &lt;eof&gt;\\xff</dd><dt>tested</dt><dd>accepts it</dd>"),
        "{page}"
    );
    assert!(page.contains("tested accepts what ref&lt; refuses"), "{page}");
    assert_eq!(data(&page)["steps"], json!([null]));
}

#[test]
fn other_bytecode_is_shown_side_by_side() {
    let (left, mut right) = (main_function(), main_function());
    right.code.insert(1, Instruction::abc(Opcode::Move, 1, 1, 0));
    right.line_info.insert(1, 1);
    let chunks = [&left, &right].map(|main| dump(main, false));
    let difference = crate::outcome::compare_chunks(&chunks[0], &chunks[1], b"@x").map(Box::new);
    let [reference, tested] = chunks.map(|chunk| program(&chunk));
    let same = Arc::new(Located::Same { instructions: 6, digest: 0 });
    let mut diagnosis = of_refusal();
    diagnosis.examination =
        Examination { compiled: Compiled::Accepted { reference, tested, difference }, product: Some(same) };
    let page = shown(&[("x", diagnosis)], SOURCE.as_bytes());
    assert!(page.contains("compiled differently: function main defined in line 0, pc 1, line 2"), "{page}");
    assert!(page.contains("<td></td><td><code>   0 [1] LOADK     0 -1 ; 1</code></td>"), "{page}");
    let inserted = "<td><code>-</code></td><td><code>   1 [1] MOVE      1 1</code></td>";
    assert!(page.contains(inserted), "{page}");
    assert!(page.contains("<span class=\"line near culprit\" data-line=\"2\">"), "{page}");
}

#[test]
fn a_binary_chunk_has_no_source() {
    let page = shown(&[("x", of_vm(true))], &dump(&main_function(), false));
    assert!(page.contains("The program is a binary chunk."), "{page}");
    assert_eq!(data(&page)["steps"][0]["sides"][0]["steps"][0]["in_program"], false);
}

#[test]
fn findings_are_listed_by_fingerprint_the_commonest_first() {
    let page = shown(&[("a", of_refusal()), ("b", of_vm(true)), ("c<", of_vm(false))], SOURCE.as_bytes());
    assert!(page.contains("<title>3 divergences of tested from ref&lt;</title>"), "{page}");
    assert!(page.contains("<h2>3 programs, 2 fingerprints</h2>"), "{page}");
    let place = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text} is not in {page}"));
    let (b, c) = (place("<a href=\"#finding-2\">b</a>"), place("<a href=\"#finding-3\">c&lt;</a>"));
    assert!(b < c && c < place("<a href=\"#finding-1\">a</a>"), "{page}");
    assert!(page.contains("<span class=\"count\">2 programs</span>"), "{page}");
}

#[test]
fn of_a_long_source_the_surroundings_are_shown() {
    let mut source = SOURCE.as_bytes().to_vec();
    source.extend(b"-- more\n".repeat(100_000));
    let page = shown(&[("x", of_vm(true))], &source);
    assert!(page.contains("… 99850 lines left out …"), "{}", page.len());
    assert!(page.len() < 200_000, "{}", page.len());
}
