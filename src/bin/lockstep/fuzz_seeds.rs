//! `lockstep fuzz-seeds`: what a coverage-guided fuzzer begins with.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use lockstep::{
    fuzz::{
        Target,
        seeds::{Seed, of_choices, of_source},
    },
    script,
};

/// Write the inputs that the fuzz targets begin with
///
/// Each target gets a folder of its own with the choices of some seeds and, where it takes programs as they are, those of `--source`, as
/// text or compiled. The same arguments write the same files; what else is in the folders stays.
#[derive(clap::Args)]
#[command(after_long_help = "\
Exit codes:
  0  done
  2  the harness could not do its job

Examples:
  lockstep fuzz-seeds
  lockstep fuzz-seeds --out corpora --choices 500 parse chunk")]
pub struct Arguments {
    /// Targets; all of them, if you say nothing
    #[arg(value_name = "TARGET", value_parser = target)]
    targets: Vec<Target>,

    /// The folder of the targets' folders
    #[arg(long, value_name = "DIR", default_value = "fuzz/corpus")]
    out: PathBuf,

    /// How many inputs are choices
    #[arg(long, value_name = "COUNT", default_value_t = 64)]
    choices: u64,

    /// Lua files, and folders of them, that become inputs
    #[arg(long, value_name = "PATH", default_values = ["corpus/seeds", "conformance/programs"])]
    source: Vec<PathBuf>,
}

fn target(name: &str) -> Result<Target, String> {
    Target::from_name(name).ok_or_else(|| format!("the targets are {}", Target::ALL.map(Target::name).join(", ")))
}

/// Writes the files, prints how many of them each target has got, and gives the exit code.
pub fn run(arguments: &Arguments) -> io::Result<u8> {
    let targets = if arguments.targets.is_empty() { Target::ALL.to_vec() } else { arguments.targets.clone() };
    let (paths, unusable) = script::find(&arguments.source);
    if let Some(unusable) = unusable.first() {
        return Err(io::Error::other(format!("{}: {}", unusable.path.display(), unusable.error)));
    }
    let sources: Vec<(String, Vec<u8>)> =
        paths.iter().map(|path| Ok((name_of(path), fs::read(path)?))).collect::<io::Result<_>>()?;
    for target in targets {
        let folder = arguments.out.join(target.name());
        let of_files = sources.iter().flat_map(|(name, source)| of_source(target, name, source));
        let count = write(&folder, of_choices(arguments.choices).chain(of_files))?;
        super::output::print(format!("{}: {count} inputs\n", folder.display()).as_bytes())?;
    }
    Ok(0)
}

/// The path as one word.
fn name_of(path: &Path) -> String {
    let text = path.with_extension("").to_string_lossy().into_owned();
    text.chars().map(|character| if character.is_ascii_alphanumeric() { character } else { '-' }).collect()
}

fn write(folder: &Path, seeds: impl Iterator<Item = Seed>) -> io::Result<usize> {
    fs::create_dir_all(folder)?;
    let mut count = 0;
    for seed in seeds {
        fs::write(folder.join(seed.name), seed.bytes)?;
        count += 1;
    }
    Ok(count)
}
