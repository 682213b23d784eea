//! The HTML report in a real browser: it renders, filters, opens failures, and keeps its state in its address.

mod browser;
#[path = "report/sample.rs"]
#[allow(dead_code, reason = "the sample is shared with other tests, which need other parts of it")]
mod sample;

use browser::{DESKTOP, PHONE};
use lockstep::report::conformance::{CaseId, Report, Verdict, html};
use serde_json::{Value, json};

/// The end of every probe's script: what a user would see and do, in terms of the page's elements.
const TOOLS: &str = "
    const all = (selector) => [...document.querySelectorAll(selector)];
    const one = (selector) => document.querySelector(selector);
    const pause = () => new Promise((done) => setTimeout(done, 50));
    const shownCases = () => all('.case').filter((row) => row.checkVisibility()).map((row) => row.dataset.id);
    const row = (id) => all('.case').find((row) => row.dataset.id === id);
    const choose = (id, value) => { const field = document.getElementById(id); field.value = value;
        field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true })); };
    const sees = (element) => Boolean(element) && element.checkVisibility() && element.getBoundingClientRect().height > 0;";

/// Opens a report at an address, runs a probe in it, and gives what the probe returns. Nothing where there is no browser.
fn probe(report: &Report, hash: &str, size: (u32, u32), body: &str) -> Option<Value> {
    browser::probe(&html::write(report).expect("a page"), hash, size, TOOLS, body)
}

fn ids(report: &Report, wanted: impl Fn(&lockstep::report::conformance::Case) -> bool) -> Vec<&CaseId> {
    report.cases.iter().filter(|case| wanted(case)).map(|case| &case.id).collect()
}

const FAILURE: &str = "official/strings.lua/dump/ferrous";

#[test]
fn with_a_browser_every_case_is_shown_the_worst_first() {
    let report = sample::report();
    let Some(found) = probe(
        &report,
        "",
        DESKTOP,
        "return { shown: shownCases(), title: document.title, head: one('#head').innerText, count: one('#shown').innerText,
            marks: all('.case .mark').map((mark) => mark.textContent).join(''), hash: location.hash };",
    ) else {
        return;
    };
    let mut expected = Vec::new();
    for verdict in [Verdict::Failed, Verdict::UnexpectedPass, Verdict::ExpectedFailure, Verdict::Passed] {
        expected.extend(ids(&report, |case| case.verdict == verdict));
    }
    assert_eq!(found["shown"], json!(expected));
    assert_eq!(found["marks"], format!("{}!{}{}", "✗".repeat(9), "~".repeat(6), "✓".repeat(expected.len() - 16)));
    assert_eq!(found["title"], format!("Lua 5.1 conformance: 10 of {} cases not as expected", expected.len()));
    assert_eq!(found["count"], format!("{} cases", expected.len()));
    assert_eq!(found["hash"], "");
    let head = found["head"].as_str().unwrap_or_default();
    for words in ["not as expected", "9\nfailed", "1\nunexpected passes", "6\nexpected failures", "commit 88d8df30c0ff"]
    {
        assert!(head.contains(words), "{words:?} is not in the head: {head}");
    }
}

#[test]
fn with_a_browser_filters_show_what_they_say_and_nothing_else() {
    let report = sample::report();
    let Some(found) = probe(
        &report,
        "",
        DESKTOP,
        "const steps = {}; const step = async (name) => { await pause(); steps[name] = { shown: shownCases().sort(), hash: location.hash }; };
         choose('engine', 'ferrous'); await step('engine');
         choose('mode', 'dump'); await step('mode');
         choose('engine', ''); choose('mode', ''); choose('status', 'timeout'); await step('status');
         choose('status', ''); choose('section', '5.4.1'); await step('section');
         all('.shown button').find((button) => button.innerText === 'Clear filters').click(); await step('cleared');
         choose('q', 'DUMP strings.lua'); await step('text');
         choose('q', 'no such thing'); await step('nothing');
         choose('q', ''); one('[data-verdict=unexpected-pass]').click(); await step('tile');
         steps.tile.pressed = one('[data-verdict=unexpected-pass]').getAttribute('aria-pressed');
         one('[data-verdict=unexpected-pass]').click(); await step('tile again');
         choose('sort', 'time'); await pause(); steps.first = all('.case')[0].dataset.id;
         return steps;",
    ) else {
        return;
    };
    let step = |name: &str, hash: &str, wanted: &dyn Fn(&lockstep::report::conformance::Case) -> bool| {
        let mut expected = ids(&report, wanted);
        expected.sort();
        assert_eq!(found[name]["shown"], json!(expected), "{name}");
        assert_eq!(found[name]["hash"], hash, "{name}");
    };
    step("engine", "#engine=ferrous", &|case| case.engine == "ferrous");
    step("mode", "#engine=ferrous&mode=dump", &|case| case.engine == "ferrous" && case.mode.as_str() == "dump");
    step("status", "#status=timeout", &|case| case.result.status.as_str() == "timeout");
    step("section", "#section=5.4.1", &|case| case.section.as_deref() == Some("5.4.1"));
    step("cleared", "", &|_| true);
    step("text", "#q=DUMP%20strings.lua", &|case| case.file == "strings.lua" && case.mode.as_str() == "dump");
    step("nothing", "#q=no%20such%20thing", &|_| false);
    step("tile", "#verdict=unexpected-pass", &|case| case.verdict == Verdict::UnexpectedPass);
    assert_eq!(found["tile"]["pressed"], "true");
    step("tile again", "", &|_| true);
    assert_eq!(found["first"], "official/all.lua/dump/lua-other");
}

#[test]
fn with_a_browser_a_failure_opens_with_its_difference_and_closes() {
    let Some(found) = probe(
        &sample::report(),
        "",
        DESKTOP,
        &format!(
            "const failure = row('{FAILURE}'); const steps = {{ before: Boolean(failure.querySelector('.body')) }};
             failure.querySelector('summary').click(); await pause();
             steps.open = failure.open; steps.hash = location.hash;
             steps.added = all('.added').filter(sees).map((line) => line.innerText);
             steps.removed = all('.removed').filter(sees).map((line) => line.innerText);
             steps.output = [...failure.querySelectorAll('pre')].filter(sees).map((block) => block.innerText);
             failure.querySelector('summary').click(); await pause();
             steps.closed = !sees(failure.querySelector('pre')); steps.after = location.hash;
             return steps;"
        ),
    ) else {
        return;
    };
    assert_eq!((&found["before"], &found["open"], &found["closed"]), (&json!(false), &json!(true), &json!(true)));
    assert_eq!((&found["hash"], &found["after"]), (&json!(format!("#open={FAILURE}")), &json!("")));
    assert_eq!((&found["added"], &found["removed"]), (&json!(["+inf"]), &json!(["-1.#INF"])));
    assert_eq!(found["output"][1], "testing strings\n+\ninf\nOK");
}

#[test]
fn with_a_browser_an_address_leads_to_what_it_names() {
    let Some(found) = probe(
        &sample::report(),
        &format!("#status=output-differs&open={FAILURE}"),
        DESKTOP,
        "await pause(); const steps = { shown: shownCases(), open: all('.case[open]').map((row) => row.dataset.id), diff: sees(one('.added')),
            focused: document.activeElement.parentElement.dataset.id, status: one('#status').value };
         location.hash = '#view=files'; await pause();
         steps.view = one('#views [aria-current]').innerText;
         const cell = all('.matrix a.failed').find((cell) => cell.title.includes('pm.lua')); steps.label = cell.getAttribute('aria-label');
         cell.click(); await pause(); steps.cell = all('.case[open]').map((row) => row.dataset.id);
         location.hash = '#view=sections'; await pause(); steps.sections = one('table.sections').innerText;
         location.hash = '#view=times'; await pause(); steps.longest = one('.group').innerText; steps.bars = all('.pace').length;
         location.hash = '#view=run'; await pause(); steps.run = one('#main').innerText;
         location.hash = '#view=nonsense&sort=nonsense&open=nonsense&engine=nonsense'; await pause(); steps.nonsense = shownCases();
         return steps;",
    ) else {
        return;
    };
    let differing = ["official/strings.lua/dump/ferrous", "programs/5.4/format-all-options.lua/source/ferrous"];
    assert_eq!(found["shown"], json!(differing));
    assert_eq!((&found["open"], &found["diff"]), (&json!([FAILURE]), &json!(true)));
    assert_eq!((&found["focused"], &found["status"]), (&json!(FAILURE), &json!("output-differs")));
    assert_eq!((&found["view"], &found["label"]), (&json!("Files"), &json!("ferrous, reference-compiled: failed")));
    assert_eq!(found["cell"], json!(["official/pm.lua/reference-compiled/ferrous"]));
    let text = |name: &str| found[name].as_str().unwrap_or_default().to_owned();
    assert!(text("sections").contains("5.4\tString Manipulation\t✗ 0/1\t1/1\t1/1"), "{}", text("sections"));
    assert!(text("longest").contains("official/all.lua dump"), "{}", text("longest"));
    assert_eq!(found["bars"], 40 * 3);
    for words in ["Other Lua 0.9 <beta>", "lua-other -x 'a b'", "all-knows-big", "49e4ca6561f8", "internal library `T`"]
    {
        assert!(text("run").contains(words), "{words:?} is not in {}", text("run"));
    }
    assert_eq!(found["nonsense"], json!([]));
}

#[test]
fn with_a_browser_hostile_output_stays_text() {
    let id = "programs/5.4/format-all-options.lua/source/ferrous";
    let Some(found) = probe(
        &sample::report(),
        &format!("#open={id}"),
        DESKTOP,
        &format!(
            "await pause(); return {{ title: document.title, images: all('img').length, scripts: all('script').length,
                blocks: [...row('{id}').querySelectorAll('pre')].map((block) => [...block.querySelectorAll('span')].map((line) => line.textContent).join('\\n')) }};"
        ),
    ) else {
        return;
    };
    assert!(found["title"].as_str().is_some_and(|title| title.starts_with("Lua 5.1 conformance")), "{found}");
    assert_eq!(found["images"], 0);
    assert_eq!(found["scripts"], 4, "the collector, the data, the page's own and the probe");
    let shown = "</script><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\n\
        <!-- <details> & &amp; \"double\" 'single' `tick` ```` fence | bar\n```\n</details>\n\
        \\x1b[31mred\\x1b[0m\\x00\\x07\\u{202e}desrever\\u{2028}]]> \ttab\\r";
    assert_eq!(found["blocks"][1], shown);
}

#[test]
fn with_a_browser_no_view_is_wider_than_a_phone() {
    let Some(found) = probe(
        &sample::report(),
        "",
        PHONE,
        "const widths = {}; const measure = (name) => { widths[name] = document.documentElement.scrollWidth; };
         measure('cases');
         for (const failure of all('.case').slice(0, 12)) failure.querySelector('summary').click();
         await pause(); measure('open');
         for (const view of ['files', 'sections', 'times', 'run']) { location.hash = `#view=${view}`; await pause(); measure(view); }
         return { widths, window: innerWidth };",
    ) else {
        return;
    };
    assert_eq!(found["window"], PHONE.0, "the browser has another idea of the window's width");
    for (view, width) in found["widths"].as_object().expect("the widths") {
        assert!(width.as_u64() <= Some(u64::from(PHONE.0)), "{view} is {width} pixels wide");
    }
}

#[test]
fn with_a_browser_the_keyboard_is_enough() {
    let Some(found) = probe(
        &sample::report(),
        "#view=files",
        DESKTOP,
        "const press = (key) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
         const steps = {}; press('/'); await pause();
         steps.search = document.activeElement.id; steps.view = one('#views [aria-current]').innerText;
         choose('q', 'strings'); await pause(); press('Escape'); await pause(); steps.cleared = one('#q').value + location.hash;
         const reachable = (element) => { element.focus(); return document.activeElement === element; };
         steps.reachable = [...all('.case summary').slice(0, 5), ...all('.tile'), ...all('.filters select'), ...all('#views a')].every(reachable);
         steps.unnamed = all('button, select, input').filter((field) => !field.innerText && !field.getAttribute('aria-label')).length;
         return steps;",
    ) else {
        return;
    };
    assert_eq!(found, json!({ "search": "q", "view": "Cases", "cleared": "", "reachable": true, "unnamed": 0 }));
}

#[test]
fn with_a_browser_thousands_of_cases_are_no_trouble() {
    let report = sample::large(5000);
    let id = &report.cases[4321].id;
    let Some(found) = probe(
        &report,
        "#q=program-0025",
        DESKTOP,
        &format!(
            "const before = shownCases().length; choose('q', ''); await pause();
             const steps = {{ before, all: all('.case:not([hidden])').length, failed: one('[data-verdict=failed] b').innerText }};
             location.hash = '#open={id}'; await pause(); await pause();
             const top = row('{id}').getBoundingClientRect().top; steps.top = top >= -1 && top < 50 ? 'reached' : top;
             return steps;"
        ),
    ) else {
        return;
    };
    assert_eq!(found, json!({ "before": 10, "all": 5000, "failed": "100", "top": "reached" }));
}
