//! Reports as text for people.

use std::{
    fmt::{self, Display, Formatter},
    io::{self, Write},
};

use crate::outcome::{Agreement, Difference, Place, Side, Verdict};

use super::{FileReport, Finding, Summary, trace::Diagnosed};

/// How to write.
#[derive(Clone, Copy, Debug)]
pub struct Style<'n> {
    /// Whether to colour by ANSI escape sequences.
    pub colour: bool,
    /// Whether files that agree are worth a line.
    pub agreeing: bool,
    /// The name of the reference engine.
    pub reference: &'n str,
    /// The name of the engine under test.
    pub subject: &'n str,
}

const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const BOLD: &str = "1";
const DIM: &str = "2";

struct Painted<T> {
    code: Option<&'static str>,
    text: T,
}

impl<T: Display> Display for Painted<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => write!(formatter, "\x1b[{code}m{}\x1b[0m", self.text),
            None => self.text.fmt(formatter),
        }
    }
}

impl Style<'_> {
    fn paint<T: Display>(&self, code: &'static str, text: T) -> Painted<T> {
        Painted { code: self.colour.then_some(code), text }
    }

    /// Writes what was found about a file; nothing for one that agrees, unless that is asked for.
    ///
    /// # Errors
    /// What the writer says.
    pub fn file(&self, out: &mut impl Write, report: &FileReport) -> io::Result<()> {
        let path = report.path.display();
        match &report.finding {
            Finding::Failed(message) => writeln!(out, "{} {path}: {message}", self.paint(RED, "error")),
            Finding::Judged { verdict: Verdict::Agree(agreement), .. } if self.agreeing => {
                writeln!(out, "{} {path}: {}", self.paint(GREEN, "agree"), agreement_text(*agreement))
            }
            Finding::Judged { verdict: Verdict::Agree(_), .. } => Ok(()),
            Finding::Judged { verdict: Verdict::Inconclusive(reason), .. } => {
                writeln!(out, "{} {path}: {reason}", self.paint(YELLOW, "inconclusive"))
            }
            Finding::Judged { verdict: Verdict::Differ(difference), source_line } => {
                let line = difference.line.map(|line| format!(":{line}")).unwrap_or_default();
                let head = format!("{path}{line} [{}] {}", difference.kind.word(), difference.place);
                writeln!(out, "{} {}", self.paint(RED, "differ"), self.paint(BOLD, head))?;
                self.difference(out, difference, source_line.as_deref())?;
                report.diagnosed.as_ref().map_or(Ok(()), |diagnosed| self.diagnosed(out, diagnosed))
            }
        }
    }

    fn diagnosed(&self, out: &mut impl Write, diagnosed: &Diagnosed) -> io::Result<()> {
        let summary = match diagnosed {
            Diagnosed::Found(summary) => summary,
            Diagnosed::NotInTraces => return writeln!(out, "  diagnosis: the traces of both are the same"),
            Diagnosed::Flaky => return writeln!(out, "  diagnosis: none, the runs do not repeat themselves"),
            Diagnosed::Failed { message } => return writeln!(out, "  diagnosis: none, {message}"),
        };
        let place = summary.place();
        if !place.is_empty() {
            writeln!(out, "  diverges at {place}")?;
        }
        writeln!(out, "  {}", self.paint(BOLD, &summary.what))?;
        writeln!(out, "  {}", summary.verdict)?;
        writeln!(out, "  fingerprint: {}", summary.fingerprint)
    }

    /// Writes what differs, without where.
    ///
    /// # Errors
    /// What the writer says.
    pub fn difference(
        &self,
        out: &mut impl Write,
        difference: &Difference,
        source_line: Option<&str>,
    ) -> io::Result<()> {
        if let (Some(number), Some(text)) = (difference.line, source_line) {
            writeln!(out, "{}", self.paint(DIM, format!("  {number:>5} | {text}")))?;
        }
        let width = self.reference.len().max(self.subject.len());
        writeln!(out, "  {:<width$}  {}", self.reference, self.paint(RED, &difference.reference))?;
        writeln!(out, "  {:<width$}  {}", self.subject, self.paint(GREEN, &difference.subject))?;
        for note in &difference.notes {
            writeln!(out, "  {}", self.paint(DIM, format!("note: {note}")))?;
        }
        if !difference.context.is_empty() {
            let title = match difference.place {
                Place::Function(_) => "code",
                Place::TracebackLine(_) => "traceback",
                _ => "output",
            };
            writeln!(out, "  --- {title} of {}", self.reference)?;
            writeln!(out, "  +++ {title} of {}", self.subject)?;
        }
        for line in &difference.context {
            match line.side {
                Side::Both => writeln!(out, "    {}", line.text)?,
                Side::Reference => writeln!(out, "  {}", self.paint(RED, format!("- {}", line.text)))?,
                Side::Subject => writeln!(out, "  {}", self.paint(GREEN, format!("+ {}", line.text)))?,
            }
        }
        Ok(())
    }

    /// Writes the summary line.
    ///
    /// # Errors
    /// What the writer says.
    pub fn summary(&self, out: &mut impl Write, summary: &Summary) -> io::Result<()> {
        let agreed = [
            (summary.returned, "returned"),
            (summary.raised, "raised an error"),
            (summary.refused, "refused"),
            (summary.compiled, "compiled"),
        ];
        let reasons = summary.inconclusive.iter().map(|(reason, count)| (*count, *reason));
        let agree = format!("{} agree{}", summary.agree(), breakdown(agreed));
        let differ = format!("{} differ", summary.differ);
        let inconclusive = format!("{} inconclusive{}", summary.inconclusive(), breakdown(reasons));
        write!(out, "{}, ", self.paint(GREEN, agree))?;
        write!(out, "{}, ", self.paint(if summary.differ > 0 { RED } else { DIM }, differ))?;
        write!(out, "{}", self.paint(if summary.inconclusive() > 0 { YELLOW } else { DIM }, inconclusive))?;
        if summary.failed > 0 {
            write!(out, ", {}", self.paint(RED, format!("{} failed", summary.failed)))?;
        }
        writeln!(out, " in {:.2} s", summary.elapsed.as_secs_f64())?;
        if summary.differ > 1 {
            for (fingerprint, files) in &summary.fingerprints {
                writeln!(out, "{files:>6} × {fingerprint}")?;
            }
        }
        Ok(())
    }
}

/// ` (2 refused, 1 compiled)`, without the zeros; nothing if all are.
fn breakdown<'w>(counts: impl IntoIterator<Item = (usize, &'w str)>) -> String {
    let parts: Vec<String> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{word} {count}")).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn agreement_text(agreement: Agreement) -> String {
    match agreement {
        Agreement::Refused => "both refuse it with the same message".into(),
        Agreement::Compiled => "both compile it to the same bytecode".into(),
        Agreement::Returned { instructions } => format!("both return after {instructions} instructions"),
        Agreement::Raised { instructions } => {
            format!("both raise the same error after {instructions} instructions")
        }
        Agreement::Exited { instructions } => format!("both exit with the same code after {instructions} instructions"),
    }
}
