//! Programs that would do something to the page, and programs that are too big for it.

use serde_json::json;

use crate::{browser::DESKTOP, probe, sample::wrong_vm};

#[test]
fn with_a_browser_hostile_programs_stay_text() {
    let text = "</script><script>document.title='owned'</script></pre></main></template>\
        <img src=x onerror=\"document.title='owned'\"><!-- & &amp; {{title}}";
    let mut source =
        format!("local s = [==[<img src=x onerror='document.title=1'></script>]==]\nlocal n = 7 --{text}").into_bytes();
    source.extend(b"\xff\xe2\x80\xa8\x1b[31m\xe2\x80\xae\nreturn s, n, '</script>'\n");
    let sample = wrong_vm("<img src=x onerror=\"document.title='owned'\"></title></script>.lua", &source);
    let Some(found) = probe(
        &sample.page(),
        "",
        DESKTOP,
        "const scripts = document.scripts.length; click('forward'); await pause();
         return { ...state(), title: document.title, images: document.images.length, scripts, name: one('h2').textContent,
             line: one('.source [data-line=\"2\"] .text').textContent, escapes: all('.source .escape').map((part) => part.textContent) };",
    ) else {
        return;
    };
    assert_eq!(found["title"], format!("Divergence of wrong from right: {}", sample.path));
    assert_eq!((&found["images"], &found["name"]), (&json!(0), &json!(sample.path)));
    assert_eq!(found["scripts"], 4, "the collector, the data, the page's own and the probe");
    assert_eq!(found["line"], format!("local n = 7 --{text}\\xff\\u{{2028}}\\x1b[31m\\u{{202e}}"));
    assert_eq!(found["escapes"], json!(["\\xff", "\\u{2028}", "\\x1b", "\\u{202e}"]));
    // The string is there as a value, cut as traces cut it.
    assert!(
        found["before"][0].as_str().is_some_and(|row| row.contains("\"<img src=x onerror='document.title=1'></scrip")),
        "{found}"
    );
}

#[test]
fn with_a_browser_a_large_program_is_no_trouble() {
    let mut source = "-- a line like any other, of sixty characters or a few more --\n".repeat(80_000);
    source.push_str(&format!("local s = '{}'\n", "x".repeat(100_000)));
    source.push_str("local n = 7\nreturn n\n");
    assert!(source.len() > 5_000_000);
    let page = wrong_vm("large.lua", source.as_bytes()).page();
    assert!(page.len() < 300_000, "{}", page.len());
    let Some(found) = probe(
        &page,
        "",
        DESKTOP,
        "const line = one('.source .line.current'); const seen = [inView(line)]; click('back'); seen.push(inView(one('.source .line.current')));
         return { line: line.dataset.line, seen, scrolled: one('.source .pane').scrollTop > 0, page: scrollY,
             gaps: all('.source .gap').map((gap) => gap.textContent), long: one('.source [data-line=\"80001\"] .text').textContent.slice(-30) };",
    ) else {
        return;
    };
    assert_eq!((&found["line"], &found["scrolled"], &found["page"]), (&json!("80002"), &json!(true), &json!(0)));
    // A line that is higher than the pane cannot be in view as a whole.
    assert_eq!(found["seen"][0], true);
    assert_eq!(found["gaps"], json!(["… 79850 lines left out …"]));
    assert_eq!(found["long"], "xxxxxxxxxxxx… 99012 bytes more");
}
