//! The project's automation. `cargo xtask help` lists the commands; the table below is that list.

mod args;
mod bench;
mod build;
mod check;
mod e2e;
mod failure;
mod fuzz;
mod lessons;
mod page;
mod parts;
mod paths;
mod process;
mod serve;
mod setup;
mod shot;
mod size;
mod test;
mod wasm;

use args::Args;
use failure::{Failure, Result};
use std::process::ExitCode;

/// One command of the table: `cargo xtask <name> <options>`.
struct Entry {
    name: &'static str,
    options: &'static str,
    about: &'static str,
    run: fn(Args) -> Result<()>,
}

const COMMANDS: &[Entry] = &[
    Entry {
        name: "serve",
        options: "[--port N] [--release] [--open]",
        about: "set up what is missing, build, serve, print the URL; rebuilds when a file changes",
        run: serve::command,
    },
    Entry {
        name: "test",
        options: "[--full] [native] [fuzz] [wasm] [build] [size] [e2e]",
        about: "set up what is missing, run every tier of tests (or those named), print what took how long; --full: every item of the course in the browser",
        run: test::command,
    },
    Entry {
        name: "e2e",
        options: "[--dev] [--no-build] [--full] [FILTER]",
        about: "build the site, then run the end-to-end tests whose names contain FILTER",
        run: e2e::command,
    },
    Entry {
        name: "fuzz",
        options: "[decoder|engine] [--seconds N] [--minimise]",
        about: "replay the kept inputs, then look for new ones that break something; --minimise keeps the fewest that reach as far",
        run: fuzz::command,
    },
    Entry {
        name: "check",
        options: "",
        about: "format, lints, documentation, repository rules, dependencies' licences and sources",
        run: check::command,
    },
    Entry {
        name: "bench",
        options: "[--json] [--no-peers] [--no-browser] [--rounds N]",
        about: "speed and memory on named workloads, beside SimPy and SimFaaS in the same run, against what is promised",
        run: bench::command,
    },
    Entry { name: "size", options: "", about: "what a visitor downloads from dist/, against the budget", run: size::command },
    Entry {
        name: "build",
        options: "[--dev]",
        about: "release build into dist/ (--dev: quick build into target/dist-dev/)",
        run: build::command,
    },
    Entry {
        name: "shot",
        options: "[--url PART] [--width PX] [--height PX] [--dark] [--sub] [--reduced-motion] [--out FILE]\n            \
                  [--click CSS] [--wait CSS] [--type CSS::TEXT] ... [--release] [--no-build]",
        about: "picture of a page, after the acts in the order given: shot --url '?page=style' --width 360 --dark",
        run: shot::command,
    },
    Entry {
        name: "lint-lessons",
        options: "",
        about: "say everything that is wrong with the lessons, scenario runs and claims included",
        run: lessons::lint,
    },
    Entry {
        name: "new-lesson",
        options: "<slug>",
        about: "start a lesson: its folder, a text that runs, its place in the index",
        run: lessons::create,
    },
    Entry {
        name: "setup",
        options: "",
        about: "install every tool the other commands use into the project's cache folder",
        run: setup::command,
    },
    Entry {
        name: "wasm",
        options: "<cargo arguments>",
        about: "run cargo with the environment that builds for wasm32-unknown-unknown",
        run: wasm::command,
    },
    Entry {
        name: "env",
        options: "",
        about: "the same environment for a shell, to call trunk by hand: eval \"$(cargo xtask env)\"",
        run: wasm::print_environment,
    },
    Entry {
        name: "finish",
        options: "",
        about: "called by trunk: compile the lessons into the page and write its security policy",
        run: page::command,
    },
];

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "help".to_owned());
    let Some(entry) = COMMANDS.iter().find(|entry| entry.name == name) else {
        return help(&name);
    };
    match (entry.run)(Args::new(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{}", failure.report(entry.name));
            ExitCode::FAILURE
        }
    }
}

fn help(asked_for: &str) -> ExitCode {
    println!("cargo xtask <command>\n");
    for entry in COMMANDS {
        println!("  {:<9} {}", entry.name, entry.options);
        println!("            {}", entry.about);
    }
    if matches!(asked_for, "help" | "--help" | "-h") {
        return ExitCode::SUCCESS;
    }
    let unknown = Failure::new(format!("there is no command `{asked_for}`"));
    eprintln!("\n{}", unknown.report("help"));
    ExitCode::FAILURE
}
