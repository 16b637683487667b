//! Writes the generated sources from `facts.toml`; with `--check`, says whether they are up to date and changes nothing.

use std::path::Path;
use std::process::ExitCode;

use coldstart_facts::generate::{constants_rs, rules_rs, tables_rs};
use coldstart_facts::registry::Registry;

fn main() -> ExitCode {
    match run(std::env::args().any(|argument| argument == "--check")) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn run(check: bool) -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("facts.toml")).map_err(|error| format!("facts.toml: {error}"))?;
    let registry = Registry::parse(&text).map_err(|error| error.to_string())?;
    let files =
        [("src/constants.rs", constants_rs(&registry)), ("src/rules.rs", rules_rs(&registry)), ("src/tables.rs", tables_rs(&registry))];
    for (file, wanted) in files {
        let path = root.join(file);
        // A missing file counts as out of date.
        if std::fs::read_to_string(&path).unwrap_or_default() == wanted {
            continue;
        }
        if check {
            return Err(format!("{file} is out of date: run facts-generate"));
        }
        std::fs::write(&path, wanted).map_err(|error| format!("{file}: {error}"))?;
        println!("wrote {file}");
    }
    Ok(())
}
