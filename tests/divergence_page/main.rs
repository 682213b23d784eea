//! The page that a divergence is stepped through on: as a command writes it, and in a real browser.
#![cfg(feature = "lockstep")]

#[path = "../browser/mod.rs"]
mod browser;
mod command;
mod hostile;
mod sample;
mod showing;
mod stepping;

/// What every probe has: what a user sees, in terms of the page's elements.
const TOOLS: &str = "
    const all = (selector) => [...document.querySelectorAll(selector)].filter((found) => found.checkVisibility());
    const one = (selector) => all(selector)[0];
    const pause = () => new Promise((done) => setTimeout(done, 50));
    const click = (name) => one(`[data-go=${name}]`).click();
    const press = (key, at = document.body) => at.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    const rows = (when) => all(`[data-when=${when}] tbody tr`).map((row) => [...row.children].map((cell) => cell.textContent).join('|'));
    const pcs = (kind) => all('.listing').map((side) => [...side.querySelectorAll(kind)].map((line) => Number(line.dataset.pc)));
    const state = () => ({
        status: one('.status').textContent,
        lines: all('.source .line.current').map((line) => [Number(line.dataset.line), line.dataset.sides ?? 'both']),
        pcs: pcs('.current'), culprits: pcs('.culprit'), where: all('.listing .where').map((where) => where.textContent),
        effects: all('.listing .effect').map((effect) => effect.textContent),
        before: rows('before'), after: rows('after'), slider: Number(one('.controls input').value),
    });
    const inView = (line) => { const [inner, outer] = [line, line.closest('.pane')].map((found) => found.getBoundingClientRect());
        return inner.top >= outer.top && inner.bottom <= outer.bottom + 1; };";

/// Opens a page, runs a probe in it, and gives what the probe returns; nothing where there is no browser. The page may have asked
/// for nothing beyond itself.
fn probe(page: &str, hash: &str, size: (u32, u32), body: &str) -> Option<serde_json::Value> {
    let asked = "if (performance.getEntriesByType('resource').length > 0) problems.push('the page asked for more');";
    let body = format!("const found = await (async () => {{ {body} }})(); await pause(); {asked} return found;");
    browser::probe(page, hash, size, TOOLS, &body)
}
