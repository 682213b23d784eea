//! A report made up to have one of everything: each status, each verdict, every field with and without a value, and
//! output that tries to break out of wherever it is shown. It is the same on every run.

use lockstep::report::conformance::{
    Adaptation, Assertions, Case, CaseId, CaseResult, EngineInfo, Environment, Expectation, FORMAT, Mode, Report,
    SkippedPart, Status, SuiteInfo, VERSION, Verdict,
};

/// What programs may print to whoever reads reports.
pub const HOSTILE: &str = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\n\
    <!-- <details> & &amp; \"double\" 'single' `tick` ```` fence | bar\n\
    ```\n</details>\n\u{1b}[31mred\u{1b}[0m\u{0}\u{7}\u{202e}desrever\u{2028}]]> \ttab\r\n";

const FILES: [(&str, u64, f64); 22] = [
    ("all.lua", 20_514, 9.5),
    ("attrib.lua", 182, 0.25),
    ("big.lua", 3, 4.0),
    ("calls.lua", 151, 0.25),
    ("checktable.lua", 0, 0.125),
    ("closure.lua", 209, 0.5),
    ("code.lua", 0, 0.125),
    ("constructs.lua", 6_112, 1.5),
    ("db.lua", 267, 0.25),
    ("errors.lua", 109, 0.375),
    ("events.lua", 163, 0.25),
    ("files.lua", 301, 0.5),
    ("gc.lua", 44, 2.25),
    ("literals.lua", 91, 0.125),
    ("locals.lua", 60, 0.125),
    ("main.lua", 38, 0.75),
    ("math.lua", 232, 0.25),
    ("nextvar.lua", 2_881, 0.5),
    ("pm.lua", 187, 0.375),
    ("sort.lua", 4_018, 1.25),
    ("strings.lua", 129, 0.25),
    ("vararg.lua", 51, 0.125),
];

const PROGRAMS: [(&str, &str); 9] = [
    ("2.2.1", "coercion.lua"),
    ("2.4.5", "numeric-for.lua"),
    ("2.8", "arithmetic-events.lua"),
    ("2.10", "collect-while-running.lua"),
    ("5.1", "tostring-errors.lua"),
    ("5.4", "format-all-options.lua"),
    ("5.4.1", "captures.lua"),
    ("5.7", "lines.lua"),
    ("5.10", "not-in-the-manual.lua"),
];

/// The report with one of everything.
pub fn report() -> Report {
    let mut report = passing();
    let change = |report: &mut Report, id: &str, status, change: &dyn Fn(&mut Case)| {
        let case = report.cases.iter_mut().find(|case| case.id.0 == id).expect("the sample has it");
        case.result.status = status;
        change(case);
        case.verdict = Verdict::of(status, case.expectation.as_ref());
    };
    let why = |message: &'static str| move |case: &mut Case| case.result.message = message.to_owned();
    change(&mut report, "official/db.lua/source/ferrous", Status::Fail, &|case| {
        case.result.message = "exit code 1, and the reference's is 0: db.lua:204: assertion failed!".into();
        case.result.assertions.executed = Some(143);
        case.result.stdout = "testing debug library and debug information\n".into();
        case.result.stderr = "lua: db.lua:204: assertion failed!\nstack traceback:\n\t[C]: in function 'assert'\n\t\
            db.lua:204: in main chunk\n\t[C]: ?\n"
            .into();
    });
    change(&mut report, "official/strings.lua/dump/ferrous", Status::OutputDiffers, &|case| {
        case.result.message = "line 3 of the output differs".into();
        case.result.stdout = "testing strings\n+\ninf\nOK\n".into();
        case.result.diff =
            "--- reference\n+++ ferrous\n@@ -1,4 +1,4 @@\n testing strings\n +\n-1.#INF\n+inf\n OK\n".into();
    });
    change(&mut report, "official/pm.lua/reference-compiled/ferrous", Status::AssertionsDiffer, &|case| {
        case.result.message = "186 assertions, and 187 by the reference".into();
        case.result.assertions.executed = Some(186);
    });
    change(&mut report, "official/sort.lua/source/lua-other", Status::DidNothing, &|case| {
        case.result.message = "exited with 0 without running the file to its end".into();
        case.result.assertions.executed = None;
    });
    change(&mut report, "official/gc.lua/source/lua-other", Status::Crash, &why("killed by signal 11 (SIGSEGV)"));
    change(&mut report, "official/closure.lua/dump/lua-other", Status::Timeout, &why("killed when its time was over"));
    change(&mut report, "official/main.lua/source/lua-other", Status::Broken, &why("lua-other: no such file"));
    change(&mut report, "programs/5.4/format-all-options.lua/source/ferrous", Status::OutputDiffers, &|case| {
        case.result.message = format!("prints markup: {HOSTILE}");
        case.result.stdout = HOSTILE.into();
        case.result.stderr = format!("{HOSTILE}again\n");
        case.result.diff = format!("--- reference\n+++ ferrous\n@@ -1 +1 @@\n-{HOSTILE}+other\n");
    });
    let memory = |status, link: Option<&str>| {
        let reason = "the reference itself cannot run it on 64 bits: not enough memory".to_owned();
        Some(Expectation { status, reason, link: link.map(str::to_owned) })
    };
    for mode in Mode::ALL {
        for engine in ["ferrous", "reference"] {
            change(&mut report, &format!("official/big.lua/{}/{engine}", mode.as_str()), Status::Fail, &|case| {
                case.result.message = "not enough memory".into();
                case.result.stderr = "lua: not enough memory\n".into();
                case.expectation = memory(Status::Fail, Some("https://example.org/big?a=1&b=2"));
            });
        }
    }
    change(&mut report, "official/big.lua/source/lua-other", Status::Pass, &|case| {
        case.expectation = memory(Status::Crash, Some("docs/divergences.md"));
    });
    change(&mut report, "official/big.lua/dump/lua-other", Status::Timeout, &|case| {
        case.result.message = "killed when its time was over".into();
        case.expectation = memory(Status::Crash, None);
    });
    report
}

/// The same where everything passes.
pub fn passing() -> Report {
    let mut cases = Vec::new();
    for (number, engine) in ["ferrous", "reference", "lua-other"].into_iter().enumerate() {
        for mode in Mode::ALL {
            for (file, assertions, seconds) in FILES {
                cases.push(case("official", file, mode, engine, assertions, seconds * (1.0 + number as f64 / 4.0)));
            }
        }
        for (section, file) in PROGRAMS {
            let mut case = case("programs", &format!("{section}/{file}"), Mode::Source, engine, 0, 0.125);
            case.section = Some(section.to_owned());
            cases.push(case);
        }
    }
    cases.iter_mut().filter(|case| case.file == "code.lua").for_each(|case| {
        for lines in ["143", "9-27"] {
            let reason = "needs the internal library `T`, which only a test build of the reference has".to_owned();
            case.result.skipped.push(SkippedPart { lines: lines.to_owned(), reason });
        }
    });
    of(cases)
}

/// A report with many cases, some of them failures with output.
pub fn large(count: usize) -> Report {
    let mut cases: Vec<Case> = (0..count)
        .map(|number| {
            let file = format!("5.{}/program-{number:05}.lua", number % 9 + 1);
            let seconds = (number % 97) as f64 / 8.0;
            let mut case = case("programs", &file, Mode::ALL[number % 3], "ferrous", number as u64, seconds);
            case.section = Some(format!("5.{}", number % 9 + 1));
            case
        })
        .collect();
    for case in cases.iter_mut().step_by(50) {
        case.result.status = Status::OutputDiffers;
        case.result.message = "line 1 of the output differs".into();
        case.result.stdout = "one\ntwo\n".repeat(100);
        case.result.diff = "@@ -1 +1 @@\n-one\n+two\n".into();
        case.verdict = Verdict::Failed;
    }
    of(cases)
}

/// A case that passes.
pub fn case(collection: &str, file: &str, mode: Mode, engine: &str, assertions: u64, seconds: f64) -> Case {
    Case {
        id: CaseId(format!("{collection}/{file}/{}/{engine}", mode.as_str())),
        collection: collection.to_owned(),
        file: file.to_owned(),
        mode,
        engine: engine.to_owned(),
        section: None,
        result: CaseResult {
            seconds,
            assertions: Assertions { executed: Some(assertions), expected: Some(assertions) },
            ..CaseResult::of(Status::Pass)
        },
        expectation: None,
        verdict: Verdict::Passed,
    }
}

/// A whole run with these cases.
pub fn of(mut cases: Vec<Case>) -> Report {
    cases.sort_by(|left, right| left.id.cmp(&right.id));
    let engine = |name: &str, version: &str, command: Option<&str>| EngineInfo {
        name: name.to_owned(),
        version: version.to_owned(),
        command: command.map(str::to_owned),
    };
    Report {
        format: FORMAT.to_owned(),
        version: VERSION,
        environment: Environment {
            lockstep: "0.1.0".to_owned(),
            reference: "Lua 5.1.5".to_owned(),
            commit: Some("88d8df30c0ffee".to_owned()),
            os: "linux".to_owned(),
            architecture: "x86_64".to_owned(),
            cores: 2,
            jobs: 2,
            started: 1_795_000_000,
        },
        suite: Some(SuiteInfo {
            name: "lua5.1-tests".to_owned(),
            sha256: "49e4ca6561f82ea605908c5041ab5fad66ed9930fa0686675bd51b02767f18ad".to_owned(),
            source: "the package luna-core 4.0.2".to_owned(),
        }),
        engines: vec![
            engine("ferrous", "Ferrous Lua 0.1.0", None),
            engine("reference", "Lua 5.1.5", None),
            engine("lua-other", "Other Lua 0.9 <beta>", Some("lua-other -x 'a b'")),
        ],
        shard: None,
        plan: cases.iter().map(|case| case.id.clone()).collect(),
        seconds: cases.iter().map(|case| case.result.seconds).sum::<f64>() / 2.0,
        cases,
        adaptations: vec![Adaptation {
            name: "all-knows-big".to_owned(),
            file: "all.lua".to_owned(),
            reason: "big.lua cannot be run on 64 bits, and all.lua runs it in a coroutine without looking".to_owned(),
            change: "-local f = coroutine.wrap(assert(loadfile('big.lua')))\n-assert(f() == 'b')\n+-- left out\n"
                .to_owned(),
        }],
    }
}

/// The sample without most of what passes.
pub fn short() -> Report {
    let whole = report();
    let kept = |case: &Case| {
        let passing = ["all.lua", "code.lua", "gc.lua", "big.lua"].contains(&case.file.as_str());
        case.result.status != Status::Pass || passing || case.section.as_deref() == Some("5.4.1")
    };
    Report { adaptations: whole.adaptations, ..of(whole.cases.into_iter().filter(kept).collect()) }
}
