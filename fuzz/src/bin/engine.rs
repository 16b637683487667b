//! Fuzz target: the engine. Without libFuzzer it prints the scenarios of the files named on its
//! command line, and runs them.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
static TALLY: coldstart_fuzz::Tally = coldstart_fuzz::Tally::new();

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TALLY.count(coldstart_fuzz::engine::run(bytes)));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    for file in std::env::args_os().skip(1) {
        let bytes = std::fs::read(&file)?;
        println!("# {}\n{}", file.display(), coldstart_fuzz::engine::text(&bytes));
        println!("# valid: {}", coldstart_fuzz::engine::run(&bytes));
    }
    Ok(())
}
