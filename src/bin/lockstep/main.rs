//! The harness's command line: one file per subcommand, nothing but argument handling and printing.

fn main() {}
