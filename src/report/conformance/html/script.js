// Shows the report that is in the page as JSON. What is shown is in location.hash, so that every view can be linked to.
// Texts of the report only ever become text nodes and attributes that cannot run.
"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const MARKS = { "passed": "✓", "failed": "✗", "unexpected-pass": "!", "expected-failure": "~" };
const WORDS = {
    "passed": "passed", "failed": "failed", "unexpected-pass": "passed unexpectedly", "expected-failure": "expected failure",
};
const MODES = ["source", "dump", "reference-compiled"];
const VIEWS = { cases: "Cases", files: "Files", sections: "Sections", times: "Durations", run: "Run" };
const FILTERS = ["verdict", "status", "engine", "mode", "section"];
const ORDERS = { worst: "worst first", name: "by name", time: "longest first" };

// ---- elements -------------------------------------------------------------------------------------------------------

// Characters that would not be seen, or would change how their surroundings are shown.
const treacherous = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const escapes = { "\n": "\n", "\t": "\t", "\r": "\\r" };
const visible = (text) => text.replace(treacherous, (character) => {
    const code = character.codePointAt(0);
    return escapes[character] ?? (code < 128 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`);
});

// An element: `attributes` may have event listeners (`onclick`), a class (`class`) and styles (`style`, an object).
function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
        else if (name === "style") for (const [key, text] of Object.entries(value)) made.style.setProperty(key, text);
        else made.setAttribute(name, value === true ? "" : visible(String(value)));
    }
    for (const child of children.flat(Infinity)) {
        if (child === null || child === undefined || child === false || child === "") continue;
        made.append(child instanceof Node ? child : visible(String(child)));
    }
    return made;
}

const seconds = (count) => count < 9.995 ? `${count.toFixed(2)} s` : count < 99.95 ? `${count.toFixed(1)} s`
    : `${Math.floor(Math.round(count) / 60)} min ${Math.round(count) % 60} s`;
const counted = (count, word) => `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;
const mark = (verdict) => element("span", { class: `mark ${verdict}`, "aria-hidden": "true" }, MARKS[verdict]);

// ---- state ----------------------------------------------------------------------------------------------------------

const initial = () => ({ view: "cases", q: "", verdict: "", status: "", engine: "", mode: "", section: "", sort: "worst", open: new Set() });
let state = initial();

const encode = (text) => encodeURIComponent(text.toWellFormed ? text.toWellFormed() : text).replaceAll("%2F", "/");

function hashOf(wanted) {
    const whole = { ...initial(), ...wanted };
    const parts = [];
    for (const [name, standard] of Object.entries(initial())) {
        if (name !== "open" && whole[name] !== standard) parts.push(`${name}=${encode(whole[name])}`);
    }
    for (const id of whole.open) parts.push(`open=${encode(id)}`);
    return `#${parts.join("&")}`;
}

function stateOf(hash) {
    const given = new URLSearchParams(hash.replace(/^#/, ""));
    const read = initial();
    for (const name of Object.keys(read)) {
        if (name !== "open" && given.has(name)) read[name] = given.get(name);
    }
    if (!Object.hasOwn(VIEWS, read.view)) read.view = "cases";
    if (!Object.hasOwn(ORDERS, read.sort)) read.sort = "worst";
    read.open = new Set(given.getAll("open"));
    return read;
}

// Takes changes over and shows them; the history does not fill up with them.
function change(changes) {
    Object.assign(state, changes);
    remember();
    show();
}

function remember() {
    const hash = hashOf(state);
    if (hash !== (location.hash || "#")) history.replaceState(null, "", hash);
}

// ---- the head -------------------------------------------------------------------------------------------------------

const countOf = { "failed": "failed", "unexpected-pass": "unexpected_passes", "expected-failure": "expected_failures", "passed": "passed" };
const labels = { "failed": "failed", "unexpected-pass": "unexpected passes", "expected-failure": "expected failures", "passed": "passed" };
const tiles = {};

function head() {
    const totals = data.summary.totals;
    const missing = data.shard ? [] : data.summary.without_result;
    const environment = data.environment;
    const bad = totals.failed + totals.unexpected_passes;
    const outcome = data.cases.length === 0 ? "no case was run" : bad > 0 ? "not as expected" : missing.length > 0 ? "incomplete" : "all as expected";
    const facts = [
        counted(data.cases.length, "case"), totals.assertions > 0 && counted(totals.assertions, "assertion"), seconds(data.seconds),
        data.started, environment.commit && `commit ${environment.commit.slice(0, 12)}`, `${environment.os} ${environment.architecture}`,
    ];
    const good = bad === 0 && missing.length === 0 && data.cases.length > 0;
    return [
        element("h1", {}, "Lua 5.1 conformance: ", element("span", { class: good ? "passed" : bad > 0 ? "failed" : "unexpected-pass" }, outcome)),
        element("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
        data.shard && element("p", { class: "notice" }, `This is part ${data.shard.index} of ${data.shard.count}, of a run with ${counted(data.planned, "planned case")}.`),
        missing.length > 0 && element("p", { class: "notice" }, `${counted(missing.length, "planned case")} without a result: see `, element("a", { href: "#view=run" }, "Run"), "."),
        element("div", { class: "tiles" }, data.verdicts.map((verdict) => {
            const count = totals[countOf[verdict]];
            const toggle = () => change({ view: "cases", verdict: state.verdict === verdict ? "" : verdict });
            tiles[verdict] = element("button", { type: "button", class: `tile ${count === 0 ? "none" : ""}`, onclick: toggle, "data-verdict": verdict },
                element("b", { class: verdict }, count.toLocaleString("en")), element("span", {}, labels[verdict]));
            return tiles[verdict];
        })),
        element("div", { class: "shares", "aria-hidden": "true" }, data.verdicts.filter((verdict) => totals[countOf[verdict]] > 0)
            .map((verdict) => element("span", { class: verdict, style: { "flex-grow": totals[countOf[verdict]] } }))),
    ].filter(Boolean);
}

// ---- cases ----------------------------------------------------------------------------------------------------------

const longest = data.cases.reduce((most, one) => Math.max(most, one.result.seconds), 0);
const fileOf = (one) => `${one.collection}/${one.file}`;
const byFile = new Map();
for (const one of data.cases) {
    if (!byFile.has(fileOf(one))) byFile.set(fileOf(one), []);
    byFile.get(fileOf(one)).push(one);
}
const bar = (count) => element("span", { class: "bar", "aria-hidden": "true" },
    element("span", { style: { width: longest > 0 ? `${(count / longest * 100).toFixed(2)}%` : "0" } }));

const items = data.cases.map((one) => {
    const { status, message } = one.result;
    const badge = () => element("span", { class: `badge ${one.verdict}` }, status);
    const row = element("details", { class: "case", "data-id": one.id },
        element("summary", {},
            mark(one.verdict),
            element("span", { class: "name" },
                element("span", { class: "unseen" }, `${WORDS[one.verdict]}: `),
                element("small", {}, `${one.collection}/`), one.file,
                message && element("span", { class: "why" }, message)),
            element("span", { class: "part lane" }, one.mode, element("span", { class: "narrow" }, ` · ${one.engine}`, status !== "pass" && ` · ${status}`)),
            element("span", { class: "part engine" }, one.engine),
            element("span", { class: "state" }, badge()),
            element("span", { class: "time" }, seconds(one.result.seconds), bar(one.result.seconds))));
    const item = { one, row, text: `${one.id} ${one.section ?? ""} ${status} ${message}`.toLowerCase() };
    row.addEventListener("toggle", () => {
        if (row.open) fill(item);
        if (row.open === state.open.has(one.id)) return;
        if (row.open) state.open.add(one.id); else state.open.delete(one.id);
        remember();
    });
    return item;
});
const itemOf = new Map(items.map((item) => [item.one.id, item]));

// What a case shows when it is open, made when it is opened for the first time.
function fill(item) {
    if (item.filled) return;
    item.filled = true;
    const { one } = item;
    const { result, expectation } = one;
    const { executed, expected } = result.assertions;
    const siblings = byFile.get(fileOf(one)).filter((other) => other !== one);
    const assertions = executed === null ? "not counted" : executed === expected || expected === null ? executed.toLocaleString("en")
        : `${executed.toLocaleString("en")}, and ${expected.toLocaleString("en")} by the reference`;
    const facts = [
        ["Verdict", element("span", { class: one.verdict }, WORDS[one.verdict])],
        expectation && ["Expected", [element("span", {}, `${expectation.status}: ${expectation.reason}`), expectation.link && [" (", outside(expectation.link), ")"]]],
        one.section && ["Section", element("a", { href: hashOf({ section: one.section }) }, sectionName(one.section))],
        ["Assertions", assertions],
        ["Duration", seconds(result.seconds)],
        ["Case", element("a", { href: hashOf({ open: [one.id] }), class: "mono" }, one.id)],
        siblings.length > 0 && ["Same file", element("span", { class: "siblings" }, siblings.map((other) =>
            element("a", { href: hashOf({ open: [other.id] }) }, mark(other.verdict), ` ${other.engine}, ${other.mode}`, element("span", { class: "unseen" }, ` ${WORDS[other.verdict]}`))))],
    ];
    item.row.append(element("div", { class: "body" },
        result.message && element("p", { class: "message" }, result.message),
        result.diff && [element("h3", {}, "Difference to the reference"), diff(result.diff)],
        result.stdout && [element("h3", {}, "Standard output"), lines(result.stdout)],
        result.stderr && [element("h3", {}, "Standard error"), lines(result.stderr)],
        result.skipped.length > 0 && [element("h3", {}, "Skipped by the file itself"),
            element("ul", {}, result.skipped.map((part) => element("li", {}, `lines ${part.lines}: ${part.reason}`)))],
        element("dl", {}, facts.filter(Boolean).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]))));
}

const split = (text) => text.replace(/\n$/, "").split("\n");
const block = (children) => element("pre", { tabindex: "0" }, element("code", {}, children));
const lines = (text) => block(split(text).map((line) => element("span", {}, line)));
const diff = (text) => block(split(text).map((line) => {
    const kind = /^(---|\+\+\+|@@)/.test(line) ? "place" : line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : "";
    return element("span", { class: kind }, line);
}));
const outside = (link) => /^https?:/.test(link) ? element("a", { href: link, rel: "noreferrer" }, link) : element("code", {}, link);
const sectionTitles = new Map(data.summary.sections.map((section) => [section.number, section.title]));
const sectionName = (number) => [number, sectionTitles.get(number)].filter(Boolean).join(" ");

const place = new Map(data.verdicts.map((verdict, number) => [verdict, number]));
const byName = (left, right) => left.one.id < right.one.id ? -1 : left.one.id > right.one.id ? 1 : 0;
const comparers = {
    worst: (left, right) => place.get(left.one.verdict) - place.get(right.one.verdict) || byName(left, right),
    name: byName,
    time: (left, right) => right.one.result.seconds - left.one.result.seconds || byName(left, right),
};

// Many rows are laid out when they come into view, and not before.
const list = element("div", { class: items.length > 1000 ? "cases many" : "cases", id: "cases" });
const shown = element("span", { role: "status", id: "shown" });
const search = element("input", {
    type: "search", id: "q", placeholder: "Search names and messages", "aria-label": "Search names and messages",
    autocomplete: "off", spellcheck: "false", oninput: () => change({ q: search.value }),
});
const choices = {
    status: ["any status", data.statuses.filter((status) => data.cases.some((one) => one.result.status === status)).map((status) => [status, status])],
    engine: ["any engine", data.summary.engines.map((engine) => [engine, engine])],
    mode: ["any mode", MODES.map((mode) => [mode, mode])],
    section: ["any section", data.summary.sections.map((section) => [section.number, sectionName(section.number)])],
    sort: [null, Object.entries(ORDERS)],
};
const selects = {};
for (const [name, [any, options]] of Object.entries(choices)) {
    selects[name] = element("select", { id: name, "aria-label": name === "sort" ? "order" : name, onchange: () => change({ [name]: selects[name].value }) },
        any && element("option", { value: "" }, any), options.map(([value, text]) => element("option", { value }, text)));
}
if (data.summary.sections.length === 0) selects.section.hidden = true;
const clear = element("button", { type: "button", class: "link", onclick: () => change({ ...initial(), view: "cases", open: state.open }) }, "Clear filters");
const close = element("button", { type: "button", class: "link", onclick: () => change({ open: new Set() }) }, "Close all");

const cases = element("section", { "aria-label": "Cases" },
    element("div", { class: "filters", role: "search" }, search, FILTERS.slice(1).map((name) => selects[name]), selects.sort),
    element("div", { class: "shown" }, shown, clear, close), list);
let order = null;

function showCases() {
    if (order !== state.sort) {
        order = state.sort;
        list.append(...[...items].sort(comparers[order]).map((item) => item.row));
    }
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const wanted = ({ one, text }) => (!state.verdict || one.verdict === state.verdict) && (!state.status || one.result.status === state.status)
        && (!state.engine || one.engine === state.engine) && (!state.mode || one.mode === state.mode)
        && (!state.section || one.section === state.section) && words.every((word) => text.includes(word));
    let count = 0;
    for (const item of items) {
        item.row.hidden = !wanted(item);
        if (!item.row.hidden) count += 1;
        const open = state.open.has(item.one.id);
        if (open) fill(item);
        if (item.row.open !== open) item.row.open = open;
    }
    if (search.value !== state.q) search.value = state.q;
    for (const [name, select] of Object.entries(selects)) {
        select.value = state[name];
        select.classList.toggle("set", state[name] !== initial()[name]);
    }
    const filtered = state.q !== "" || FILTERS.some((name) => state[name] !== "");
    shown.textContent = filtered ? `${count.toLocaleString("en")} of ${counted(items.length, "case")}` : counted(items.length, "case");
    clear.hidden = !filtered;
    close.hidden = state.open.size === 0;
}

// ---- other views, made when they are looked at for the first time ------------------------------------------------------

const table = (kind, heads, rows) => element("div", { class: "scroll", tabindex: "0" },
    element("table", { class: kind }, element("thead", {}, heads), element("tbody", {}, rows)));
const headRow = (cells, numbersFrom = Infinity) => element("tr", {}, cells.map((text, column) =>
    element("th", { scope: "col", class: column >= numbersFrom ? "number" : null }, text)));
const number = (count, kind) => element("td", { class: `number ${count > 0 && kind ? kind : ""}` }, typeof count === "number" ? count.toLocaleString("en") : count);

const views = {
    files() {
        const lanes = data.summary.lanes.map(({ engine, mode, counts }) => element("tr", {},
            element("th", { scope: "row" }, element("a", { href: hashOf({ engine, mode }) }, `${engine}, ${mode}`)),
            data.verdicts.map((verdict) => number(counts[countOf[verdict]], verdict === "passed" ? "" : verdict)),
            number(counts.assertions), number(seconds(counts.seconds))));
        const heads = ["", ...data.verdicts.map((verdict) => labels[verdict]), "assertions", "time"];
        const collections = [...new Set(data.cases.map((one) => one.collection))];
        return [
            element("h2", {}, "Engines and modes"), table("lanes", headRow(heads, 1), lanes),
            element("p", { class: "legend" }, data.verdicts.map((verdict) => element("span", {}, element("span", { class: verdict }, MARKS[verdict]), ` ${WORDS[verdict]}`))),
            collections.map((collection) => [element("h2", {}, collection === "official" ? "The official suite" : collection === "programs" ? "Our own programs" : collection), matrix(collection)]),
        ];
    },
    sections() {
        const engines = data.summary.engines;
        if (data.summary.sections.length === 0) return [element("p", { class: "soft" }, "No case of this run is filed under a section of the manual.")];
        const cell = (section, counts, engine) => {
            const total = counts.passed + counts.expected_failures + counts.failed + counts.unexpected_passes;
            const good = counts.passed + counts.expected_failures;
            const kind = good === total ? "passed" : "failed";
            return element("td", { class: "number" }, total > 0 && element("a", { class: kind, href: hashOf({ section: section.number, engine }) },
                good === total ? "" : "✗ ", `${good}/${total}`));
        };
        return [element("h2", {}, "Sections of the manual"), element("p", { class: "soft" }, "Cases as expected, of all that cover the section."),
            table("sections", headRow(["section", "", ...engines], 2), data.summary.sections.map((section) => element("tr", {},
                element("th", { scope: "row" }, element("a", { href: hashOf({ section: section.number }) }, section.number)),
                element("td", {}, section.title), section.by_engine.map((counts, column) => cell(section, counts, engines[column])))))];
    },
    times() {
        const groups = new Map();
        for (const one of data.cases) {
            const key = `${fileOf(one)}\n${one.mode}`;
            if (!groups.has(key)) groups.set(key, []);
            groups.get(key).push(one);
        }
        const most = (group) => group.reduce((time, one) => Math.max(time, one.result.seconds), 0);
        const top = [...groups.values()].sort((left, right) => most(right) - most(left)).slice(0, 40);
        const rank = (one) => data.summary.engines.indexOf(one.engine);
        const colour = (engine) => `engine-${data.summary.engines.indexOf(engine) % 6}`;
        return [element("h2", {}, "Durations"),
            element("p", { class: "soft" }, `${top.length < groups.size ? `The ${top.length} longest files` : "Every file"} in each mode, by the wall clock. `, element("a", { href: hashOf({ sort: "time" }) }, "All cases, longest first")),
            element("p", { class: "legend" }, data.summary.engines.map((engine) => element("span", { class: colour(engine) }, element("i", { class: "key" }), engine))),
            top.map((group) => element("div", { class: "group" },
                element("span", {}, fileOf(group[0]), " ", element("span", { class: "soft" }, group[0].mode)),
                element("span", {}, group.sort((left, right) => rank(left) - rank(right)).map((one) => element("a", { class: `pace ${colour(one.engine)}`, href: hashOf({ open: [one.id] }), title: one.engine },
                    element("span", { class: "track" }, element("span", { style: { width: longest > 0 ? `${(one.result.seconds / longest * 100).toFixed(2)}%` : "0" } })),
                    element("b", {}, seconds(one.result.seconds)), element("span", { class: "unseen" }, ` ${one.engine}`))))))];
    },
    run() {
        const environment = data.environment;
        const facts = [
            ["lockstep", environment.lockstep], ["Reference", environment.reference], ["Commit", environment.commit ?? "not known"],
            ["System", `${environment.os} ${environment.architecture}`], ["Processors", `${environment.cores}, ${counted(environment.jobs, "job")}`],
            ["Started", data.started], ["Duration", seconds(data.seconds)],
            data.suite && ["Suite", `${data.suite.name} from ${data.suite.source}`], data.suite && ["SHA-256", element("code", {}, data.suite.sha256)],
        ];
        const skipped = new Map();
        for (const one of data.cases) for (const part of one.result.skipped) {
            const key = [fileOf(one), part.lines, part.reason];
            const known = skipped.get(key.join("\n")) ?? { key, count: 0 };
            skipped.set(key.join("\n"), { key, count: known.count + 1 });
        }
        const missing = data.shard ? [] : data.summary.without_result;
        return [
            element("h2", {}, "Environment and versions"),
            element("dl", {}, facts.filter(Boolean).map(([name, value]) => [element("dt", {}, name), element("dd", {}, value)])),
            table("", headRow(["engine", "version", "command"]), data.engines.map((engine) => element("tr", {},
                element("th", { scope: "row" }, engine.name), element("td", {}, engine.version), element("td", {}, engine.command ? element("code", {}, engine.command) : "linked in")))),
            missing.length > 0 && [element("h2", {}, "Planned, without a result"), element("ul", {}, missing.map((id) => element("li", { class: "mono" }, id)))],
            element("h2", {}, "Adaptations"),
            data.adaptations.length === 0 ? element("p", { class: "soft" }, "No rule changed any file's scratch copy.")
                : data.adaptations.map((rule) => [element("h3", {}, `${rule.name}, in ${rule.file}`), element("p", {}, rule.reason), diff(rule.change)]),
            element("h2", {}, "Skipped parts"),
            skipped.size === 0 ? element("p", { class: "soft" }, "No file skips anything.")
                : table("", headRow(["file", "lines", "why", "cases"], 3), [...skipped.values()].map(({ key: [file, where, reason], count }) => element("tr", {},
                    element("th", { scope: "row" }, element("a", { href: hashOf({ q: file }) }, file)), element("td", {}, where), element("td", {}, reason), number(count)))),
        ];
    },
};

function matrix(collection) {
    const members = data.cases.filter((one) => one.collection === collection);
    const lanes = data.summary.engines.map((engine) => [engine, MODES.filter((mode) => members.some((one) => one.engine === engine && one.mode === mode))]);
    const files = [...new Set(members.map((one) => one.file))];
    const short = { "source": "source", "dump": "dump", "reference-compiled": "ref.-compiled" };
    const cell = (file, mode, engine) => {
        const item = itemOf.get(`${collection}/${file}/${mode}/${engine}`);
        if (!item) return element("td");
        const { id, verdict, result } = item.one;
        return element("td", {}, element("a", { class: verdict, href: hashOf({ open: [id] }), title: `${id}: ${result.message || result.status}`, "aria-label": `${engine}, ${mode}: ${WORDS[verdict]}` }, MARKS[verdict]));
    };
    return table("matrix", [
        element("tr", {}, element("th", { rowspan: "2", scope: "col" }, "file"), lanes.map(([engine, modes]) => modes.length > 0 && element("th", { colspan: modes.length, scope: "colgroup" }, engine))),
        element("tr", {}, lanes.map(([, modes]) => modes.map((mode) => element("th", { scope: "col" }, short[mode])))),
    ], files.map((file) => element("tr", {}, element("th", { scope: "row", title: file }, file), lanes.map(([engine, modes]) => modes.map((mode) => cell(file, mode, engine))))));
}

// ---- all of it --------------------------------------------------------------------------------------------------------

const main = document.getElementById("main");
const made = { cases };
const links = Object.fromEntries(Object.entries(VIEWS).map(([view, title]) => [view, element("a", { href: hashOf({ view }) }, title)]));

function show() {
    made[state.view] ??= element("section", { "aria-label": VIEWS[state.view] }, views[state.view]());
    if (!made[state.view].isConnected) main.replaceChildren(made[state.view]);
    for (const [view, link] of Object.entries(links)) {
        if (view === state.view) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current");
    }
    for (const [verdict, tile] of Object.entries(tiles)) {
        tile.setAttribute("aria-pressed", String(state.view === "cases" && state.verdict === verdict));
    }
    if (state.view === "cases") showCases();
}

// Where the address leads to: the first open case if there is one.
function arrive() {
    state = stateOf(location.hash);
    show();
    const [first] = state.open;
    const item = itemOf.get(first);
    if (state.view === "cases" && item && !item.row.hidden) {
        const reach = () => item.row.scrollIntoView({ block: "start" });
        reach();
        // Rows that were not laid out yet may turn out to be higher than they were thought to be.
        requestAnimationFrame(() => requestAnimationFrame(reach));
        item.row.querySelector("summary").focus({ preventScroll: true });
    }
}

document.getElementById("head").append(...head());
document.getElementById("views").append(...Object.values(links));
window.addEventListener("hashchange", arrive);
document.addEventListener("keydown", (event) => {
    const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        if (state.view !== "cases") change({ view: "cases" });
        search.focus();
    } else if (event.key === "Escape" && event.target === search && search.value) {
        change({ q: "" });
    }
});
arrive();
})();
