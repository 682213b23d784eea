//! Stepping forward and back: lines, instructions, registers and marks change as the runs went.

use lockstep::{diagnose::Side, lua::bytecode::Opcode, report::trace::shown};
use serde_json::{Value, json};

use crate::{
    browser::DESKTOP,
    probe,
    sample::{LINE, PROGRAM, Sample, wrong_compiler, wrong_vm},
};

fn sides(sample: &Sample) -> [&Side; 2] {
    let divergence = sample.diagnosis.examination.divergence().expect("a divergence");
    [&divergence.left, &divergence.right]
}

fn culprit(sample: &Sample) -> u64 {
    sample.diagnosis.examination.divergence().expect("a divergence").culprit
}

/// The current lines of the source at an instruction, with the sides that are there.
fn lines(sample: &Sample, sequence: u64) -> Value {
    let line =
        |side: &Side| side.moment(sequence).and_then(|moment| moment.facts.lines.get(moment.pc as usize)).copied();
    match sides(sample).map(line) {
        [Some(left), Some(right)] if left == right => json!([[left, "both"]]),
        [left, right] => {
            let mut lines: Vec<(u32, &str)> = [(left, "right"), (right, "wrong")]
                .into_iter()
                .filter_map(|(line, side)| Some((line?, side)))
                .collect();
            lines.sort_unstable();
            json!(lines)
        }
    }
}

/// The current instruction of each side's listing.
fn pcs(sample: &Sample, sequence: u64) -> Value {
    let pc = |side: &Side| side.moment(sequence).map(|moment| vec![moment.pc]).unwrap_or_default();
    json!(sides(sample).map(pc))
}

#[test]
fn with_a_browser_a_page_opens_at_the_divergence() {
    let sample = wrong_vm("sample.lua", PROGRAM.as_bytes());
    let Some(found) = probe(&sample.page(), "", DESKTOP, "return { ...state(), title: document.title };") else {
        return;
    };
    let culprit = culprit(&sample);
    assert_eq!(found["title"], "Divergence of wrong from right: sample.lua");
    assert_eq!(found["lines"], json!([[LINE, "both"]]));
    assert_eq!(found["pcs"], pcs(&sample, culprit));
    assert_eq!(found["culprits"], found["pcs"]);
    let pc = &found["pcs"][0][0];
    let status = format!("Instruction {culprit}, the divergence: line {LINE}, pc {pc}, LOADK 2 -4 ; 7");
    assert_eq!(found["status"], status);
    let [left, _] = sides(&sample);
    let moment = left.moment(culprit).expect("a moment");
    let add = shown(&moment.registers[0], &left.labels);
    let unchanged = [format!("|R0 add|{add}|{add}"), "|R1 total|6|6".into()];
    assert_eq!(found["before"], json!(unchanged));
    let [add, total] = &unchanged;
    assert_eq!(found["after"], json!([add, total, "≠differs|R2 chosen|7 (written)|3 (written)"]));
    assert_eq!(found["effects"], json!(["takes 7 · completed", "takes 3 · completed"]));
    let place = format!("function #0 · pc {pc} · line {LINE} · depth 1 · thread #{}", moment.thread);
    assert_eq!(found["where"], json!([place, place]));
}

#[test]
fn with_a_browser_every_step_is_where_the_runs_were() {
    let sample = wrong_vm("sample.lua", PROGRAM.as_bytes());
    let Some(found) = probe(
        &sample.page(),
        "",
        DESKTOP,
        "const walk = async (go) => { const seen = []; for (;;) { seen.push(state()); const at = seen.at(-1).slider; go();
             if (state().slider === at) return seen; } };
         click('first'); const forward = await walk(() => click('forward'));
         const back = (await walk(() => press('ArrowLeft'))).reverse();
         return { forward, back: JSON.stringify(back) === JSON.stringify(forward) };",
    ) else {
        return;
    };
    let mut sequences: Vec<u64> =
        sides(&sample).into_iter().flat_map(|side| side.moments.iter().map(|moment| moment.sequence)).collect();
    sequences.sort_unstable();
    sequences.dedup();
    let steps = found["forward"].as_array().expect("the steps");
    assert_eq!(steps.len(), sequences.len());
    for (step, sequence) in steps.iter().zip(&sequences) {
        assert_eq!(step["lines"], lines(&sample, *sequence), "instruction {sequence}");
        assert_eq!(step["pcs"], pcs(&sample, *sequence), "instruction {sequence}");
        let status = step["status"].as_str().unwrap_or_default();
        assert!(status.starts_with(&format!("Instruction {sequence}, ")), "{status}");
        let differs = |when: &str| step[when].to_string().contains("≠differs");
        let culprit = culprit(&sample);
        assert_eq!(differs("before"), *sequence > culprit, "instruction {sequence}: {step}");
        assert_eq!(
            differs("after"),
            *sequence >= culprit && step["after"] != json!([]),
            "instruction {sequence}: {step}"
        );
    }
    assert_eq!(found["back"], true, "the way back is not the way forward");
    let [left, right] = sides(&sample).map(|side| side.moments.len());
    assert!(left > right, "the right side ends first");
    let last = steps.last().expect("a step");
    assert_eq!((&last["where"][1], &last["effects"][1]), (&json!("The run has ended."), &json!("")));
    assert!(last["status"].as_str().is_some_and(|status| status.ends_with("; wrong has ended")), "{last}");
    // The two went different ways: both places are marked, each with its side.
    assert!(steps.iter().any(|step| step["lines"].as_array().is_some_and(|lines| lines.len() == 2)));
    // Inside the called function that is what is listed and named.
    let inside = steps.iter().find(|step| step["lines"] == json!([[3, "both"]])).expect("a step in line 3");
    assert!(
        inside["where"][0].as_str().is_some_and(|place| place.starts_with("function #1") && place.contains("depth 2"))
    );
    assert!(inside["before"].to_string().contains("R2 sum"), "{inside}");
}

#[test]
fn with_a_browser_buttons_keys_and_the_slider_lead_to_the_same_places() {
    let sample = wrong_vm("sample.lua", PROGRAM.as_bytes());
    let Some(found) = probe(
        &sample.page(),
        "",
        DESKTOP,
        "const steps = {}; const step = (name) => { steps[name] = one('.status').textContent.split(',').slice(0, 2).join(','); };
         const ends = () => all('[aria-disabled=true]').map((button) => button.dataset.go).join(' ');
         click('back'); step('back'); press('ArrowRight'); press('ArrowRight'); step('right');
         press('Home'); step('home'); steps.first = ends(); click('back'); step('still first');
         press('End'); step('end'); steps.last = ends(); click('forward'); step('still last');
         click('divergence'); step('divergence'); steps.there = ends();
         const slider = one('.controls input'); slider.value = 0; slider.dispatchEvent(new Event('input', { bubbles: true })); step('slider');
         press('ArrowRight', slider); step('left to the slider');
         press('ArrowRight', one('.source .pane')); step('in a pane');
         document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', ctrlKey: true, bubbles: true })); step('with control');
         steps.text = slider.getAttribute('aria-valuetext');
         const reachable = (element) => { element.focus(); return document.activeElement === element; };
         steps.reachable = [...all('button, input, .pane')].every(reachable);
         steps.unnamed = all('button, input, .pane').filter((found) => !found.getAttribute('aria-label') && !found.getAttribute('aria-labelledby')
             && !found.textContent.trim()).length;
         steps.live = one('.status').getAttribute('aria-live');
         return steps;",
    ) else {
        return;
    };
    let culprit = culprit(&sample);
    let first = sides(&sample)[0].moments.first().expect("moments").sequence;
    let last = sides(&sample)[0].moments.last().expect("moments").sequence;
    let at = |sequence: u64, place: &str| json!(format!("Instruction {sequence}, {place}"));
    assert_eq!(found["back"], at(culprit - 1, "1 before the divergence: line 6"));
    assert_eq!(found["right"], at(culprit + 1, "1 after the divergence: line 10"));
    let line = &lines(&sample, first)[0][0];
    assert_eq!(found["home"], at(first, &format!("{} before the divergence: line {line}", culprit - first)));
    assert_eq!((&found["still first"], &found["first"]), (&found["home"], &json!("first back")));
    assert!(found["end"].as_str().is_some_and(|text| text.starts_with(&format!("Instruction {last}, "))), "{found}");
    assert_eq!((&found["still last"], &found["last"]), (&found["end"], &json!("forward last")));
    assert_eq!(found["divergence"], at(culprit, &format!("the divergence: line {LINE}")));
    assert_eq!(found["there"], "divergence");
    assert_eq!((&found["slider"], &found["left to the slider"]), (&found["home"], &found["home"]));
    assert!(found["in a pane"].as_str().is_some_and(|text| text.starts_with(&format!("Instruction {}, ", first + 1))));
    assert_eq!(found["with control"], found["in a pane"]);
    assert_eq!(found["text"], format!("instruction {}", first + 1));
    assert_eq!((&found["reachable"], &found["unnamed"], &found["live"]), (&json!(true), &json!(0), &json!("polite")));
}

#[test]
fn with_a_browser_a_compiler_s_fault_shows_both_listings() {
    let sample = wrong_compiler("sample.lua", PROGRAM.as_bytes(), |prototype| {
        for word in &mut prototype.code {
            if word.opcode() == Some(Opcode::Add) {
                *word = word.with_opcode(Opcode::Sub);
            }
        }
    });
    let Some(found) = probe(
        &sample.page(),
        "",
        DESKTOP,
        "const marked = all('.bytecode tbody tr.differs').map((row) => [...row.children].map((cell) => cell.textContent).join('|'));
         const headline = one('.headline').textContent, fault = one('.fault').textContent;
         const listed = () => all('.listing').map((side) => side.querySelector('.line.current .text').textContent);
         for (click('first'); listed()[0] === listed()[1] && one('[data-go=last]').ariaDisabled === 'false';) click('forward');
         return { ...state(), headline, fault, marked, listed: listed() };",
    ) else {
        return;
    };
    assert_eq!(found["headline"], "compiled differently: function main/0 defined in line 1, pc 0, line 2");
    assert_eq!(found["fault"], "fault: the compiler of wrong");
    let marked = "≠differs|   0 [2] ADD       2 0 1|   0 [2] SUB       2 0 1";
    assert_eq!(found["marked"], json!([marked]));
    // Where the runs come to it, each side has its own listing.
    assert_eq!(found["listed"], json!(["ADD       2 0 1", "SUB       2 0 1"]));
    assert_eq!(found["lines"], json!([[2, "both"]]));
    assert!(found["status"].as_str().is_some_and(|text| text.contains("right line 2, pc 0, ADD 2 0 1; wrong line 2")));
}
