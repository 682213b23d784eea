//! Archives from elsewhere: by `curl` from an address, by `cargo` out of a Rust package.
//!
//! Both programs are run, not linked: whoever develops here has them, and knows how to configure them for the network at hand.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{Source, SuiteError};

/// How long a download may take, in seconds.
const PATIENCE: &str = "60";

/// The bytes of the archive at a source.
///
/// # Errors
/// When they cannot be had from there; the message says what the program that was run had to say.
pub(super) fn download(source: &Source) -> Result<Vec<u8>, SuiteError> {
    match source {
        Source::Address { address } => from_address(address),
        Source::Package { package, version, path } => from_package(package, version, path),
    }
}

fn from_address(address: &str) -> Result<Vec<u8>, SuiteError> {
    let mut command = Command::new("curl");
    command.args(["--fail", "--silent", "--show-error", "--location", "--max-time", PATIENCE, "--", address]);
    Ok(succeed("curl", command.output())?.stdout)
}

/// Makes a package that depends on the one that is wanted, and asks cargo where that is: cargo downloads it to answer.
fn from_package(package: &str, version: &str, path: &str) -> Result<Vec<u8>, SuiteError> {
    let folder = tempfile::tempdir().map_err(failed)?;
    let manifest = folder.path().join("Cargo.toml");
    let text = format!(
        "[package]\nname = \"suite-source\"\nversion = \"0.0.0\"\nedition = \"2021\"\n\n[workspace]\n\n[dependencies]\n\
         {package} = {{ version = \"={version}\", default-features = false }}\n"
    );
    fs::write(&manifest, text).map_err(failed)?;
    fs::create_dir(folder.path().join("src")).map_err(failed)?;
    fs::write(folder.path().join("src/lib.rs"), "").map_err(failed)?;
    // What was downloaded before is there without a network as well.
    let answer = metadata(&manifest, &[]).or_else(|online| metadata(&manifest, &["--offline"]).map_err(|_| online))?;
    let root = package_root(&answer, package, version)
        .ok_or_else(|| SuiteError::Source(format!("cargo does not say where {package} {version} is")))?;
    let place = root.join(path);
    fs::read(&place).map_err(|error| SuiteError::Source(format!("{}: {error}", place.display())))
}

fn metadata(manifest: &Path, options: &[&str]) -> Result<Vec<u8>, SuiteError> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--quiet", "--manifest-path"]).arg(manifest).args(options);
    Ok(succeed("cargo metadata", command.output())?.stdout)
}

fn package_root(metadata: &[u8], package: &str, version: &str) -> Option<PathBuf> {
    let metadata: serde_json::Value = serde_json::from_slice(metadata).ok()?;
    let is_wanted = |entry: &&serde_json::Value| {
        entry["name"].as_str() == Some(package) && entry["version"].as_str() == Some(version)
    };
    let found = metadata["packages"].as_array()?.iter().find(is_wanted)?;
    Path::new(found["manifest_path"].as_str()?).parent().map(Path::to_owned)
}

/// The output of a program that ran well.
fn succeed(name: &str, output: std::io::Result<Output>) -> Result<Output, SuiteError> {
    let output = output.map_err(|error| SuiteError::Source(format!("cannot run {name}: {error}")))?;
    if output.status.success() {
        return Ok(output);
    }
    let complaint = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = complaint.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Err(SuiteError::Source(match lines.is_empty() {
        true => format!("{name}: {}", output.status),
        false => lines.join("; "),
    }))
}

fn failed(error: std::io::Error) -> SuiteError {
    SuiteError::Source(format!("cannot make a package to fetch with: {error}"))
}
