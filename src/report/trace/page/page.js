// Steps through what both sides did around a divergence. What is said without stepping is in the page already; texts of the
// data only ever become text nodes and attributes that cannot run.
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const articles = [...document.querySelectorAll(".finding")];
const told = document.getElementById("told");

// An element with attributes and children; an attribute or child that is null is left out.
function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined && value !== false) made.setAttribute(name, String(value));
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return made;
}
const unseen = (text) => element("span", { class: "unseen" }, text);

// ---- copying --------------------------------------------------------------------------------------------------------

async function copy(block, button) {
    const text = block.textContent;
    let done = "Copied";
    try {
        await navigator.clipboard.writeText(text);
    } catch {
        // Where the clipboard is out of reach, the text is there to be copied by hand.
        getSelection().selectAllChildren(block);
        done = "Selected";
    }
    const word = button.querySelector("span");
    word.textContent = done;
    told.textContent = done;
    setTimeout(() => { word.textContent = "Copy"; told.textContent = ""; }, 2000);
}

for (const place of document.querySelectorAll(".copied")) {
    const title = place.querySelector("h3"), block = place.querySelector("code");
    const button = element("button", { type: "button", class: "copy" }, element("span", {}, "Copy"), unseen(`: ${title.textContent}`));
    button.addEventListener("click", () => copy(block, button));
    title.append(" ", button);
}

// ---- steps ----------------------------------------------------------------------------------------------------------

// A line of code: what is current and what is the culprit is for CSS and, as text, for everyone.
function mark(line, at, culprit) {
    line.classList.toggle("current", at !== null);
    line.classList.toggle("culprit", culprit);
    if (at === null) {
        line.removeAttribute("aria-current");
        delete line.dataset.sides;
    } else {
        line.setAttribute("aria-current", "step");
        if (at === "") delete line.dataset.sides;
        else line.dataset.sides = at;
    }
}

// Brings a line into the middle of its pane, and moves nothing else.
function reveal(pane, line) {
    const top = line.getBoundingClientRect().top - pane.getBoundingClientRect().top + pane.scrollTop;
    if (top < pane.scrollTop + 32 || top > pane.scrollTop + pane.clientHeight - 64) {
        pane.scrollTop = Math.max(0, top - pane.clientHeight / 2);
    }
}

function counted(count, word) {
    return `${count} ${word}${count === 1 ? "" : "s"}`;
}

// What one side shows: where it is, the listing of the function that it is in.
class Side {
    constructor(steps, side, id) {
        this.steps = steps;
        this.side = side;
        this.bySequence = new Map(side.steps.map((step) => [step.sequence, step]));
        this.culprit = this.bySequence.get(steps.culprit);
        this.where = element("p", { class: "where" });
        this.effect = element("p", { class: "effect" });
        this.pane = element("pre", { class: "pane code", tabindex: "0", role: "region", "aria-label": `Listing of ${side.name}` });
        this.element = element("section", { class: "listing", "data-side": id }, element("h3", {}, side.name), this.where, this.effect, this.pane);
    }

    values(numbers) {
        return numbers.map((number) => this.steps.values[number]);
    }

    show(sequence) {
        const step = this.bySequence.get(sequence);
        this.element.classList.toggle("over", !step);
        if (!step) {
            this.where.textContent = this.side.steps.length === 0 ? "No instruction was seen here." : "The run has ended.";
            this.effect.textContent = "";
            this.list(null);
            return;
        }
        this.where.textContent = `function #${step.function} · pc ${step.pc} · ${step.line === null ? "no line" : `line ${step.line}`}`
            + ` · depth ${step.depth} · thread #${step.thread}`;
        const parts = [];
        if (step.taken !== null) {
            const more = step.taken_count === null ? [] : [`… (${step.taken_count} in all)`];
            parts.push(`takes ${[...this.values(step.taken), ...more].join(", ") || "nothing"}`);
        }
        if (step.ended !== null) parts.push(step.ended);
        this.effect.textContent = parts.join(" · ");
        this.list(step);
    }

    list(step) {
        const number = step === null ? null : step.listing;
        if (this.listed !== number) {
            this.listed = number;
            this.lines = new Map();
            const listing = number === null ? null : this.side.listings[number];
            this.pane.replaceChildren(...(listing === null ? [] : this.rows(listing)));
            this.pane.scrollTop = 0;
        }
        if (step === null) return;
        for (const [pc, line] of this.lines) {
            const culprit = this.culprit && this.culprit.listing === number && this.culprit.pc === pc;
            mark(line, pc === step.pc ? "" : null, Boolean(culprit));
        }
        const line = this.lines.get(step.pc);
        if (line) reveal(this.pane, line);
    }

    rows(listing) {
        const made = [element("span", { class: "title" }, listing.title)];
        let next = 0;
        const gap = (to) => { if (to > next) made.push(element("span", { class: "gap" }, `… ${counted(to - next, "instruction")} left out …`)); };
        for (const row of listing.rows) {
            gap(row.pc);
            next = row.pc + 1;
            const line = element("span", { class: "line", "data-pc": row.pc },
                element("span", { class: "gutter" }, row.pc), element("span", { class: "at-line" }, row.line === null ? "[-]" : `[${row.line}]`),
                element("span", { class: "text" }, row.text));
            this.lines.set(row.pc, line);
            made.push(line);
        }
        gap(listing.count);
        return made;
    }
}

// Both register files, before or after the instruction.
function registers(title, when, steps, sides) {
    const files = sides.map((side) => side && side[when]);
    const named = when === "before" ? "names" : "names_after";
    const body = element("tbody");
    const count = Math.max(0, ...files.map((file) => file ? file.length : 0));
    for (let register = 0; register < count; register++) {
        const values = files.map((file) => file && file[register] !== undefined && file[register] !== null ? file[register] : null);
        const differs = values[0] !== values[1];
        const names = [...new Set(sides.map((side) => side && side[named][register] !== undefined ? steps.values[side[named][register]] : null))];
        const cells = values.map((value, at) => {
            const written = when === "after" && value !== null && sides[at].written.includes(register);
            return element("td", { class: written ? "written" : null }, value === null ? "-" : steps.values[value], written ? unseen(" (written)") : null);
        });
        body.append(element("tr", { class: differs ? "differs" : "same", "data-register": register },
            element("td", { class: "mark" }, differs ? element("b", { "aria-hidden": "true" }, "≠") : "", differs ? unseen("differs") : ""),
            element("th", { scope: "row" }, `R${register}`, element("small", {}, ` ${names.filter(Boolean).join(" / ")}`)), cells));
    }
    const notes = steps.sides.map((side, at) => !sides[at] ? `${side.name}: the run has ended.`
        : !files[at] ? `${side.name}: the function does not go on, or not within what was recorded.` : null).filter(Boolean);
    return element("section", { class: "registers", "data-when": when },
        element("h3", {}, title),
        count > 0 ? element("table", {}, element("caption", { class: "unseen" }, title), element("thead", {}, element("tr", {},
            element("td", { class: "mark" }), element("th", { scope: "col" }, unseen("Register")),
            steps.sides.map((side) => element("th", { scope: "col" }, side.name)))), body)
            : element("p", { class: "soft" }, files.some(Boolean) ? "No register is in use." : ""),
        notes.map((note) => element("p", { class: "soft" }, note)));
}

class Stepper {
    constructor(article, steps) {
        this.article = article;
        this.steps = steps;
        this.sequences = [...new Set(steps.sides.flatMap((side) => side.steps.map((step) => step.sequence)))].sort((a, b) => a - b);
        const culprit = this.sequences.findIndex((sequence) => sequence >= steps.culprit);
        this.culprit = culprit < 0 ? this.sequences.length - 1 : culprit;
        this.sides = steps.sides.map((side, id) => new Side(steps, side, id));
        this.source = article.querySelector(".source .pane");
        this.lines = new Map(this.source ? [...this.source.querySelectorAll(".line")].map((line) => [Number(line.dataset.line), line]) : []);
        this.marked = [];
        const place = article.querySelector(".steps");
        place.append(document.getElementById("controls").content.cloneNode(true));
        place.hidden = false;
        this.status = place.querySelector(".status");
        this.slider = place.querySelector("input");
        this.slider.max = this.sequences.length - 1;
        this.slider.addEventListener("input", () => this.go(Number(this.slider.value)));
        this.buttons = Object.fromEntries([...place.querySelectorAll("button")].map((button) => [button.dataset.go, button]));
        for (const [way, button] of Object.entries(this.buttons)) button.addEventListener("click", () => this.move(way));
        this.files = element("div", { class: "files" });
        article.querySelector(".panes").append(...this.sides.map((side) => side.element));
        article.querySelector(".panes").classList.add("three");
        article.append(this.files);
    }

    move(way) {
        const last = this.sequences.length - 1;
        const to = { first: 0, back: this.at - 1, forward: this.at + 1, last, divergence: this.culprit }[way];
        this.go(Math.min(last, Math.max(0, to)));
    }

    go(at) {
        this.at = at;
        const sequence = this.sequences[at];
        const steps = this.sides.map((side) => side.bySequence.get(sequence));
        for (const side of this.sides) side.show(sequence);
        this.showSource(steps);
        this.files.replaceChildren(registers("Registers before", "before", this.steps, steps), registers("Registers after", "after", this.steps, steps));
        this.showStatus(sequence, steps);
        this.slider.value = at;
        this.slider.setAttribute("aria-valuetext", `instruction ${sequence}`);
        const ends = { first: at === 0, back: at === 0, forward: at === this.sequences.length - 1, last: at === this.sequences.length - 1, divergence: at === this.culprit };
        for (const [way, button] of Object.entries(this.buttons)) button.setAttribute("aria-disabled", ends[way]);
    }

    showSource(steps) {
        for (const line of this.marked) mark(line, null, line.classList.contains("culprit"));
        const lines = steps.map((step) => step && step.in_program ? this.lines.get(step.line) : undefined);
        this.marked = [...new Set(lines.filter(Boolean))];
        for (const line of this.marked) {
            const here = this.sides.filter((_, at) => lines[at] === line).map((side) => side.side.name);
            mark(line, here.length === this.sides.length ? "" : here.join(", "), line.classList.contains("culprit"));
        }
        if (this.marked.length > 0) reveal(this.source, this.marked[0]);
    }

    showStatus(sequence, steps) {
        const distance = this.at - this.culprit;
        const place = distance === 0 ? "the divergence" : `${Math.abs(distance)} ${distance < 0 ? "before" : "after"} the divergence`;
        const texts = steps.map((step, at) => {
            if (!step) return "has ended";
            const row = this.steps.sides[at].listings[step.listing].rows.find((row) => row.pc === step.pc);
            return `${step.line === null ? "" : `line ${step.line}, `}pc ${step.pc}, ${row ? row.text.replace(/\s+/g, " ") : ""}`;
        });
        const where = texts[0] === texts[1] ? [texts[0]] : texts.map((text, at) => `${this.steps.sides[at].name} ${text}`);
        this.status.replaceChildren(element("b", {}, `Instruction ${sequence}`), `, ${place}: ${where.join("; ")}`);
    }
}

// ---- findings -------------------------------------------------------------------------------------------------------

const steppers = new Map();
let current = 0;

function stepper(number) {
    if (!steppers.has(number) && data.steps[number]) {
        const made = new Stepper(articles[number], data.steps[number]);
        steppers.set(number, made);
        made.go(made.culprit);
    }
    return steppers.get(number);
}

function choose(number) {
    current = number;
    articles.forEach((article, at) => { article.hidden = at !== number; });
    for (const link of document.querySelectorAll("#list a")) {
        const chosen = link.getAttribute("href") === `#finding-${number + 1}`;
        if (chosen) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
    }
    stepper(number);
}

function chosen() {
    const number = /^#finding-(\d+)$/.exec(location.hash);
    return number && Number(number[1]) >= 1 && Number(number[1]) <= articles.length ? Number(number[1]) - 1 : null;
}

addEventListener("hashchange", () => {
    const number = chosen();
    if (number === null) return;
    choose(number);
    articles[number].focus();
});

const KEYS = { ArrowLeft: "back", ArrowRight: "forward", Home: "first", End: "last" };
addEventListener("keydown", (event) => {
    const way = KEYS[event.key];
    const shown = steppers.get(current);
    if (!way || !shown || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    // The slider knows these keys itself.
    if (event.target instanceof Element && event.target.matches("input, textarea, select")) return;
    event.preventDefault();
    shown.move(way);
});

if (articles.length > 0) choose(chosen() ?? 0);
})();
