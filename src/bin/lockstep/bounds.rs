//! The flags that bound single runs, where many programs are run.

use lockstep::engine::Limits;

// No text for help here: clap would take it for that of the whole command.
#[derive(clap::Args)]
pub struct Bounds {
    /// Bound for each run, in instructions
    #[arg(long, value_name = "COUNT", default_value_t = Limits::default().instructions)]
    instructions: u64,

    /// Bound for each run's memory, in bytes or with K, M or G
    #[arg(long, value_name = "SIZE", default_value = "512M", value_parser = super::size::parse)]
    memory: u64,
}

impl Bounds {
    /// What the flags say.
    pub fn limits(&self) -> Limits {
        Limits { instructions: self.instructions, memory: self.memory }
    }
}
