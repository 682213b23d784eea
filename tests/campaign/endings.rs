//! What a summary's counts make of the exit code.

use lockstep::report::campaign::Summary;

use super::sample::summary;

fn code(change: impl FnOnce(&mut Summary)) -> u8 {
    let mut summary = summary();
    change(&mut summary);
    summary.exit_code()
}

#[test]
fn the_exit_code_is_of_what_is_new() {
    let silent = |summary: &mut Summary| summary.targets.iter_mut().for_each(|tally| tally.says_nothing.clear());
    let known = |summary: &mut Summary| summary.findings.iter_mut().for_each(|finding| finding.known = true);
    assert_eq!(code(|_| {}), 1);
    assert_eq!(code(known), 2, "the harness failed over a case");
    assert_eq!(
        code(|summary| {
            known(summary);
            silent(summary);
        }),
        0
    );
    assert_eq!(
        code(|summary| {
            summary.findings.clear();
            summary.targets.clear();
        }),
        2,
        "nothing was judged"
    );
    assert_eq!(code(|summary| summary.run.interrupted = true), 130);
}
