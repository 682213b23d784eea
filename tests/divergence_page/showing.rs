//! What there is beside the steps: one finding of many, what is copied, what fits on a phone.

use serde_json::json;

use crate::{
    browser::{DESKTOP, PHONE},
    probe,
    sample::{PROGRAM, page_of, refusing, wrong_vm},
};

const OTHER: &str = "local n = 7\nprint(n)\n";

#[test]
fn with_a_browser_one_of_many_is_chosen_from_a_list() {
    let samples = [
        refusing("refused.lua", b"x = 1", "refused.lua:1: no"),
        wrong_vm("one.lua", PROGRAM.as_bytes()),
        wrong_vm("two.lua", OTHER.as_bytes()),
    ];
    let page = page_of(&samples.each_ref());
    let Some(found) = probe(
        &page,
        "#finding-2",
        DESKTOP,
        "const steps = []; const step = () => steps.push({ shown: all('.finding h2').map((name) => name.textContent), hash: location.hash,
             chosen: all('#list [aria-current]').map((link) => link.textContent), status: one('.status')?.textContent.split(':')[0] ?? null });
         step(); all('#list a').find((link) => link.textContent === 'two.lua').click(); await pause(); step();
         press('ArrowLeft'); step();
         all('#list a').find((link) => link.textContent === 'refused.lua').click(); await pause(); step();
         const says = one('.pair').textContent; press('ArrowLeft');
         all('#list a').find((link) => link.textContent === 'two.lua').click(); await pause(); step();
         const focused = document.activeElement.id; location.hash = '#finding-9'; await pause(); step();
         return { steps, says, focused, groups: all('#list summary').map((group) => group.textContent), title: document.title };",
    ) else {
        return;
    };
    let step = |path: &str, hash: &str, status: Option<&str>| json!({ "shown": [path], "hash": hash, "chosen": [path], "status": status });
    let culprit = samples[1].diagnosis.examination.divergence().expect("a divergence").culprit;
    let one = format!("Instruction {culprit}, the divergence");
    // The other diverges at its first instruction: there is nothing before it.
    let two = Some("Instruction 0, the divergence");
    let expected = json!([
        step("one.lua", "#finding-2", Some(&one)),
        step("two.lua", "#finding-3", two),
        step("two.lua", "#finding-3", two),
        step("refused.lua", "#finding-1", None),
        step("two.lua", "#finding-3", two),
        step("two.lua", "#finding-9", two),
    ]);
    assert_eq!(found["steps"], expected);
    assert_eq!(found["says"], "rightaccepts itwrongrefused.lua:1: no");
    assert_eq!(found["focused"], "finding-3");
    assert_eq!(found["title"], "3 divergences of wrong from right");
    let groups = found["groups"].as_array().expect("groups").iter().map(|group| group.as_str().unwrap_or_default());
    let counts: Vec<&str> =
        groups.filter_map(|group| group.rsplit_once(' ').map(|(before, _)| &before[before.len() - 1..])).collect();
    assert_eq!(counts, ["2", "1"], "{found}");
}

#[test]
fn with_a_browser_what_is_there_to_be_copied_is_copied() {
    let sample = wrong_vm("it's.lua", OTHER.as_bytes());
    let Some(found) = probe(
        &sample.page(),
        "",
        DESKTOP,
        "const copied = []; const clipboard = (writeText) => Object.defineProperty(navigator, 'clipboard', { value: { writeText }, configurable: true });
         clipboard(async (text) => copied.push(text)); const names = all('.copy').map((button) => button.textContent);
         for (const button of all('.copy')) { button.click(); await pause(); }
         const told = document.getElementById('told').textContent;
         clipboard(async () => { throw new Error('not allowed'); }); all('.copy')[0].click(); await pause();
         return { copied, names, told, selected: getSelection().toString(), word: all('.copy')[0].textContent };",
    ) else {
        return;
    };
    let diagnosis = &sample.diagnosis;
    let script = diagnosis.one_step.as_deref().map(str::trim_end);
    let copied: Vec<&str> = [&diagnosis.fingerprint, "lockstep bisect 'it's.lua'"].into_iter().chain(script).collect();
    assert_eq!(found["copied"], json!(copied));
    let names = ["Copy: Fingerprint", "Copy: To see it again", "Copy: A script that does just this"];
    assert_eq!(found["names"], json!(names[..copied.len()]));
    assert_eq!((&found["told"], &found["word"]), (&json!("Copied"), &json!("Selected: Fingerprint")));
    assert_eq!(found["selected"], json!(diagnosis.fingerprint));
}

#[test]
fn with_a_browser_nothing_is_wider_than_a_phone() {
    let long = format!("local n = 7 -- {}\nlocal s = '{}' .. n\nprint(s)\n", "x".repeat(3000), "y".repeat(3000));
    let samples = [
        refusing("a-name-that-is-long-and-has-no-place-to-break-anywhere-in-it-at-all.lua", b"x = 1", "no"),
        wrong_vm("one.lua", PROGRAM.as_bytes()),
        wrong_vm("two.lua", long.as_bytes()),
    ];
    let page = page_of(&samples.each_ref());
    let Some(found) = probe(
        &page,
        "",
        PHONE,
        "const widths = []; const measure = () => widths.push(document.documentElement.scrollWidth);
         for (const number of [1, 2, 3]) { location.hash = `#finding-${number}`; await pause(); measure();
             if (one('.controls')) for (let count = 0; count < 5; count++) { click('forward'); measure(); } }
         const unnamed = all('button').filter((button) => !button.getAttribute('aria-label') && !button.innerText.trim()).length;
         return { widths, window: innerWidth, unnamed };",
    ) else {
        return;
    };
    assert_eq!(found["window"], PHONE.0, "the browser has another idea of the window's width");
    let widths = found["widths"].as_array().expect("the widths");
    assert_eq!(widths.len(), 13);
    assert!(widths.iter().all(|width| width.as_u64() <= Some(u64::from(PHONE.0))), "{widths:?}");
    assert_eq!(found["unnamed"], 0);
}
