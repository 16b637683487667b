//! Fuzz target: whatever reads scenarios from outside. Without libFuzzer it replays the files named on its command line.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
static TALLY: coldstart_fuzz::Tally = coldstart_fuzz::Tally::new();

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| TALLY.count(coldstart_fuzz::decoder::run(bytes)));

#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    for file in std::env::args_os().skip(1) {
        println!("{}: valid {}", file.display(), coldstart_fuzz::decoder::run(&std::fs::read(&file)?));
    }
    Ok(())
}
