//! Campaigns of the built binary, each in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

/// Targets that give the same verdict at any time, on any machine.
pub const TARGETS: [&str; 6] = ["--target", "parse", "--target", "bytecode", "--target", "roundtrip"];

/// A folder for campaigns.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    /// A campaign of [`TARGETS`] in this folder within the place.
    fn command(&self, out: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockstep"));
        command.current_dir(self.path()).args(["campaign", "--out", out, "--no-reduce"]).args(TARGETS).args(arguments);
        command
    }

    pub fn campaign(&self, out: &str, arguments: &[&str]) -> Output {
        self.command(out, arguments).output().expect("the binary that was just built starts")
    }

    pub fn start(&self, out: &str, arguments: &[&str]) -> Child {
        let mut command = self.command(out, arguments);
        command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("the binary that was just built starts")
    }

    /// The summary of a campaign.
    pub fn summary(&self, out: &str) -> Value {
        json(&self.file(out).join("summary.json"))
    }

    /// The part of a summary that is the same for a seed.
    pub fn same_part(&self, out: &str) -> Value {
        same_part(self.summary(out))
    }

    /// Carries out a campaign, expects that nothing is found, and gives what is the same for a seed.
    pub fn found_nothing(&self, out: &str, arguments: &[&str]) -> Value {
        let output = self.campaign(out, arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        self.same_part(out)
    }

    /// Waits until so many batches are done.
    pub fn wait_for_batches(&self, out: &str, count: u64) {
        let (path, start) = (self.file(out).join("campaign.json"), Instant::now());
        loop {
            let done = path.exists().then(|| json(&path)["summary"]["batches"].as_u64().unwrap_or(0));
            if done.is_some_and(|done| done >= count) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{done:?} batches are done");
            thread::sleep(Duration::from_millis(10));
        }
    }
}

pub fn json(path: &Path) -> Value {
    let text = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&text).expect("it is JSON")
}

/// A summary without how the campaign went.
pub fn same_part(mut summary: Value) -> Value {
    summary.as_object_mut().expect("an object").remove("run").expect("it says how it went");
    summary
}
