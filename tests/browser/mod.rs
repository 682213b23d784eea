//! Pages in a real browser: headless Chromium (Debian's package `chromium`), or what `LOCKSTEP_BROWSER` names.
//!
//! On a machine without a browser such tests say on standard error that they checked nothing. In CI (where the variable `CI`
//! is set) they fail.

use std::{
    env,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

pub const DESKTOP: (u32, u32) = (1280, 900);
pub const PHONE: (u32, u32) = (360, 800);
/// Chromium makes no window that is narrower than this.
const NARROWEST: u32 = 500;
/// How long a browser may take to start, show a page and end.
const PATIENCE: Duration = Duration::from_secs(180);

/// The browser; nothing, with a word about it, where there is none and none is asked for.
fn browser() -> Option<PathBuf> {
    let named = env::var_os("LOCKSTEP_BROWSER").map(PathBuf::from);
    let folders: Vec<PathBuf> = env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    let found = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    let browser = named.or_else(|| found.into_iter().find(|path| path.is_file()));
    if browser.is_none() {
        let advice = "no browser: install Chromium (`apt-get install chromium`) or set LOCKSTEP_BROWSER";
        assert!(env::var_os("CI").is_none(), "{advice}");
        // Straight to the standard error of the process: the test harness would hide what a passing test prints.
        let test = thread::current().name().unwrap_or_default().to_owned();
        let _ = writeln!(io::stderr(), "\nLEFT OUT: {test} checked nothing, because there is {advice}");
    }
    browser
}

/// What goes before everything else in the page: it keeps what goes wrong.
const COLLECTOR: &str = "<script>
    window.problems = [];
    addEventListener('error', (event) => problems.push(String(event.message)));
    addEventListener('unhandledrejection', (event) => problems.push(String(event.reason)));
    addEventListener('securitypolicyviolation', (event) => problems.push('policy: ' + event.violatedDirective));
</script>";

/// Opens a page at an address, runs a probe in it (the body of an async function, after `tools`), and gives what the probe
/// returns. Nothing where there is no browser.
pub fn probe(page: &str, hash: &str, size: (u32, u32), tools: &str, body: &str) -> Option<Value> {
    let browser = browser()?;
    let script = format!(
        "<script>(async () => {{ {tools}
            let found; try {{ found = await (async () => {{ {body} }})(); }} catch (error) {{ problems.push(String(error)); }}
            const out = document.createElement('pre'); out.id = 'findings';
            out.textContent = encodeURIComponent(JSON.stringify({{ found, problems }}));
            if (parent === window) document.body.append(out); else parent.postMessage(out.textContent, '*');
        }})();</script>\n</body>"
    );
    let page = page.replacen("<head>", &format!("<head>{COLLECTOR}"), 1).replacen("</body>", &script, 1);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("page.html");
    fs::write(&path, page).expect("written");
    let mut address = format!("file://{}{hash}", path.display());
    if size.0 < NARROWEST {
        let frame = folder.path().join("frame.html");
        fs::write(&frame, framed(&address, size)).expect("written");
        address = format!("file://{}", frame.display());
    }
    let dom = dom(&browser, folder.path(), &address, size);
    let findings = dom.split_once("<pre id=\"findings\">").and_then(|(_, rest)| rest.split_once('<'));
    let (findings, _) = findings.unwrap_or_else(|| panic!("the probe did not come to its end:\n{dom}"));
    let findings: Value = serde_json::from_str(&decoded(findings)).expect("the findings are JSON");
    assert_eq!(findings["problems"], json!([]), "the page or the probe had problems");
    Some(findings["found"].clone())
}

/// A page with another page in a window of its own, for windows that are narrower than a browser makes them. What the inner
/// page finds is written down in the outer one.
fn framed(address: &str, (width, height): (u32, u32)) -> String {
    format!(
        "<!doctype html><body style=\"margin: 0\"><script>addEventListener('message', (event) => {{
            const out = document.createElement('pre'); out.id = 'findings'; out.textContent = event.data;
            document.body.append(out);
        }});</script><iframe style=\"border: 0\" width=\"{width}\" height=\"{height}\" src=\"{address}\"></iframe></body>"
    )
}

/// The page's document as the browser has it after its scripts have run. Fails on any message in the console.
fn dom(browser: &Path, folder: &Path, address: &str, (width, height): (u32, u32)) -> String {
    let (out, log) = (folder.join("dom.html"), folder.join("log.txt"));
    let mut child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"])
        .args(["--enable-logging=stderr", "--virtual-time-budget=20000", "--hide-scrollbars"])
        .arg(format!("--user-data-dir={}", folder.join("profile").display()))
        .arg(format!("--window-size={width},{height}"))
        .args(["--dump-dom", address])
        .stdin(Stdio::null())
        .stdout(File::create(&out).expect("created"))
        .stderr(File::create(&log).expect("created"))
        .spawn()
        .expect("the browser starts");
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("the browser can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                let _ = child.kill();
                let _ = child.wait();
                panic!("the browser did not end in {PATIENCE:?}: {}", fs::read_to_string(log).unwrap_or_default());
            }
            None => thread::sleep(Duration::from_millis(20)),
        }
    };
    let log = String::from_utf8_lossy(&fs::read(log).expect("a log")).into_owned();
    assert!(status.success(), "the browser failed: {log}");
    assert!(!log.contains("CONSOLE"), "the page wrote to the console: {log}");
    String::from_utf8(fs::read(out).expect("the document")).expect("text")
}

/// The reverse of `encodeURIComponent`.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digit = || rest.next().and_then(|digit| char::from(digit).to_digit(16)).expect("two digits") as u8;
        bytes.push(if byte == b'%' { digit() * 16 + digit() } else { byte });
    }
    String::from_utf8(bytes).expect("text")
}
