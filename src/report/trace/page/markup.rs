//! What the page shows without a script, as markup: the list of findings, and for each what differs, the verdict, how to see it
//! again, and the source.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{
    excerpt,
    finding::{BytecodeRow, CellRow, Compilation, Finding, Mark},
};
use crate::report::{
    html::text,
    trace::diagnosis::Names,
    visible::{counted, visible, visible_line},
};

/// A line of a source is cut after so many bytes.
const LONGEST_LINE: usize = 1000;
/// So many lines around each place that matters are printed on paper.
const NEAR: usize = 10;

/// What the page is.
pub fn title(findings: &[Finding<'_>], names: Names<'_>) -> String {
    let (tested, reference) = (visible_line(names.tested), visible_line(names.reference));
    match findings {
        [finding] => format!("Divergence of {tested} from {reference}: {}", finding.path),
        _ => format!("{} of {tested} from {reference}", counted(findings.len(), "divergence")),
    }
}

/// The list to choose from, by fingerprint, what is found most often first; nothing if there is nothing to choose.
pub fn list(findings: &[Finding<'_>]) -> String {
    if findings.len() < 2 {
        return String::new();
    }
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    for (number, finding) in findings.iter().enumerate() {
        match groups.iter_mut().find(|(fingerprint, _)| *fingerprint == finding.fingerprint) {
            Some((_, members)) => members.push(number),
            None => groups.push((&finding.fingerprint, vec![number])),
        }
    }
    groups.sort_by_key(|(_, members)| std::cmp::Reverse(members.len()));
    let mut out = format!(
        "<nav id=\"list\" aria-label=\"Findings\"><h2>{}, {}</h2>",
        counted(findings.len(), "program"),
        counted(groups.len(), "fingerprint"),
    );
    for (fingerprint, members) in groups {
        // Writing to a string cannot fail, here and below.
        let _ = write!(
            out,
            "<details open><summary><code>{}</code> <span class=\"count\">{}</span></summary><ul>",
            text(fingerprint),
            counted(members.len(), "program"),
        );
        for number in members {
            let Some(finding) = findings.get(number) else { continue };
            let _ = write!(
                out,
                "<li><a href=\"#finding-{}\">{}</a> <span class=\"soft\">{}</span></li>",
                number + 1,
                text(&finding.path),
                text(&finding.headline),
            );
        }
        out.push_str("</ul></details>");
    }
    out + "</nav>"
}

/// All findings.
pub fn findings(findings: &[Finding<'_>], names: Names<'_>) -> String {
    findings.iter().enumerate().map(|(number, finding)| article(number, finding, names)).collect()
}

fn article(number: usize, finding: &Finding<'_>, names: Names<'_>) -> String {
    let id = number + 1;
    let mut out = format!(
        "<article id=\"finding-{id}\" class=\"finding\" data-number=\"{number}\" aria-labelledby=\"name-{id}\" tabindex=\"-1\">\n\
         <h2 id=\"name-{id}\">{}</h2>\n<p class=\"headline\">{}</p>\n<div class=\"facts\">\n<section class=\"verdict\">\
         <h3>Verdict</h3><p class=\"fault\">{}</p>{}</section>\n<section class=\"again\">{}{}{}</section>\n</div>\n",
        text(&finding.path),
        text(&finding.headline),
        text(&finding.verdict),
        cells(&finding.cells, names),
        copied("Fingerprint", "fingerprint", &finding.fingerprint),
        copied("To see it again", "reproduce", &finding.reproduce),
        finding.one_step.as_ref().map_or_else(String::new, |script| {
            copied("A script that does just this", "one-step", visible(script).trim_end())
        }),
    );
    if let Some(compilation) = &finding.compilation {
        out.push_str(&compiled(compilation, names));
    }
    out.push_str("<div class=\"steps\" hidden></div>\n<div class=\"panes\">\n");
    out.push_str(&source(id, finding));
    out + "</div>\n</article>\n"
}

/// The combinations of compilers and VMs, the truth first.
fn cells(cells: &[CellRow], names: Names<'_>) -> String {
    if cells.is_empty() {
        return "<p class=\"soft\">Nothing was run: a compiler refuses the program.</p>".to_owned();
    }
    let reference = text(&visible_line(names.reference));
    let mut out = format!(
        "<table class=\"cells\"><caption class=\"unseen\">Compilers and VMs combined</caption><thead><tr>\
         <th scope=\"col\">Compiler</th><th scope=\"col\">VM</th><th scope=\"col\">Against the reference</th></tr></thead>\
         <tbody><tr><td>{reference}</td><td>{reference}</td><td class=\"soft\">the truth</td></tr>"
    );
    for cell in cells {
        let (class, mark, word) = match cell.mark {
            Mark::Same => ("same", "=", "agrees: "),
            Mark::Differs => ("differs", "≠", "differs: "),
            Mark::Flaky => ("flaky", "~", "flaky: "),
        };
        let _ = write!(
            out,
            "<tr class=\"{class}\"><td>{}</td><td>{}</td><td><b aria-hidden=\"true\">{mark}</b> \
             <span class=\"unseen\">{word}</span>{}</td></tr>",
            text(&cell.compiler),
            text(&cell.vm),
            text(&cell.outcome),
        );
    }
    out + "</tbody></table>"
}

/// Something that is there to be copied; the button is for the script to put in.
fn copied(title: &str, class: &str, content: &str) -> String {
    format!("<div class=\"copied\"><h3>{title}</h3><pre class=\"{class}\"><code>{}</code></pre></div>", text(content))
}

fn compiled(compilation: &Compilation, names: Names<'_>) -> String {
    let (reference, tested) = (text(&visible_line(names.reference)), text(&visible_line(names.tested)));
    let pair = |[left, right]: [&str; 2]| {
        format!(
            "<dl class=\"pair\"><dt>{reference}</dt><dd>{}</dd><dt>{tested}</dt><dd>{}</dd></dl>",
            text(left),
            text(right)
        )
    };
    match compilation {
        Compilation::Refused(messages) => {
            let [left, right] = messages.each_ref().map(|message| message.as_deref().unwrap_or("accepts it"));
            format!("<section class=\"compilation\"><h3>What the compilers say</h3>{}</section>\n", pair([left, right]))
        }
        Compilation::Bytecode { pair: [left, right], rows, notes } => {
            let mut out = format!(
                "<section class=\"compilation\"><h3>Where the bytecode first differs</h3>{}",
                pair([left, right])
            );
            for note in notes {
                let _ = write!(out, "<p class=\"soft\">{}</p>", text(note));
            }
            if !rows.is_empty() {
                let _ = write!(
                    out,
                    "<table class=\"bytecode\"><caption class=\"unseen\">Both listings</caption><thead><tr>\
                     <td></td><th scope=\"col\">{reference}</th><th scope=\"col\">{tested}</th></tr></thead><tbody>{}</tbody></table>",
                    rows.iter().map(bytecode_row).collect::<String>()
                );
            }
            out + "</section>\n"
        }
    }
}

fn bytecode_row(row: &BytecodeRow) -> String {
    let (class, mark) = match row.reference == row.tested {
        true => ("same", ""),
        false => ("differs", "<b aria-hidden=\"true\">≠</b><span class=\"unseen\">differs</span>"),
    };
    let cell = |side: &Option<String>| text(side.as_deref().unwrap_or("-"));
    let (left, right) = (cell(&row.reference), cell(&row.tested));
    format!("<tr class=\"{class}\"><td>{mark}</td><td><code>{left}</code></td><td><code>{right}</code></td></tr>")
}

/// The program, with the lines marked that the divergence lies in.
fn source(id: usize, finding: &Finding<'_>) -> String {
    let Some(source) = finding.source else {
        return "<section class=\"source\"><h3>Source</h3><p class=\"soft\">The program is a binary chunk.</p></section>\n".to_owned();
    };
    let mut culprits = BTreeSet::new();
    let mut places = BTreeSet::new();
    if let Some(steps) = &finding.steps {
        culprits.extend(&steps.culprit_lines);
        places.extend(&steps.lines);
    }
    culprits.extend(finding.compiled_line);
    places.extend(&culprits);
    let lines = excerpt::lines(source);
    let mut out = format!(
        "<section class=\"source\"><h3 id=\"source-{id}\">Source</h3><pre class=\"pane code\" tabindex=\"0\" role=\"region\" \
         aria-labelledby=\"source-{id}\"><code>"
    );
    let mut next = 0;
    for part in excerpt::parts(lines.len(), &places) {
        out.push_str(&gap(next, part.start));
        next = part.end;
        for number in part {
            let near = places.range(number.saturating_sub(NEAR)..=number + NEAR).next().is_some();
            let line = lines.get(number).copied().unwrap_or_default();
            out.push_str(&source_line(number, line, near, culprits.contains(&number)));
        }
    }
    out.push_str(&gap(next, lines.len()));
    out + "</code></pre></section>\n"
}

fn gap(from: usize, to: usize) -> String {
    match to.saturating_sub(from) {
        0 => String::new(),
        count => format!("<span class=\"gap\">… {} left out …</span>", counted(count, "line")),
    }
}

fn source_line(number: usize, line: &[u8], near: bool, is_culprit: bool) -> String {
    let (shown, left_out) = excerpt::beginning(line, LONGEST_LINE);
    let mut out = format!(
        "<span class=\"line{}{}\" data-line=\"{}\"><span class=\"gutter\">{}</span><span class=\"text\">{}",
        if near { " near" } else { "" },
        if is_culprit { " culprit" } else { "" },
        number + 1,
        number + 1,
        source_text(shown),
    );
    if left_out > 0 {
        let _ = write!(out, "<span class=\"escape\">… {} more</span>", counted(left_out, "byte"));
    }
    out + "</span></span>\n"
}

/// Bytes of a source as they are; what is no text, or would not be seen, as an escape that can be told from text.
fn source_text(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len());
    let escape = |out: &mut String, escaped: &str| {
        let _ = write!(out, "<span class=\"escape\">{}</span>", text(escaped));
    };
    for part in bytes.utf8_chunks() {
        for character in part.valid().chars() {
            let mut buffer = [0; 4];
            let one: &str = character.encode_utf8(&mut buffer);
            match visible(one) {
                std::borrow::Cow::Borrowed(plain) => out.push_str(&text(plain)),
                std::borrow::Cow::Owned(escaped) => escape(&mut out, &escaped),
            }
        }
        for byte in part.invalid() {
            escape(&mut out, &format!("\\x{byte:02x}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_shown_as_it_is_but_for_what_is_no_text() {
        assert_eq!(source_text(b"\tx = '\\n' -- <b>"), "\tx = &#39;\\n&#39; -- &lt;b&gt;");
        let escape = |text: &str| format!("<span class=\"escape\">{text}</span>");
        let expected = format!("a{}{}{}", escape("\\xff"), escape("\\u{2028}"), escape("\\x00"));
        assert_eq!(source_text(b"a\xff\xe2\x80\xa8\0"), expected);
    }

    #[test]
    fn a_long_line_says_how_much_is_left_out() {
        let line = source_line(0, &[b'x'; 1003], false, true);
        assert!(line.contains("… 3 bytes more") && line.contains("culprit") && !line.contains("near"), "{line}");
    }
}
