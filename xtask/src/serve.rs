//! Serving the site while working on it.

use crate::args::Args;
use crate::build::{Profile, trunk};
use crate::failure::{Failure, Result};
use crate::{paths, process, setup};
use std::io::IsTerminal;
use std::net::{Ipv4Addr, TcpListener};
use std::time::Instant;

/// The first port to try.
const FIRST_PORT: u16 = 8080;
/// How many ports to try, so that several clones can serve at once.
const PORTS: u16 = 50;
/// What trunk prints once the first build is done and served.
const LISTENING: &str = "server listening at";

/// `cargo xtask serve`.
pub fn command(mut args: Args) -> Result<()> {
    let start = Instant::now();
    let profile = if args.flag("--release") { Profile::Release } else { Profile::Dev };
    let open = args.flag("--open");
    let port = match args.value("--port")? {
        Some(port) => port.parse().map_err(|_| Failure::new(format!("`{port}` is no port number")))?,
        None => free_port()?,
    };
    args.finish()?;
    setup::ensure(&[profile.tools()])?;
    let mut command = trunk("serve", profile)?;
    command.arg("--dist").arg(paths::target().join("dist-serve")).args(["--port", &port.to_string()]);
    if open {
        command.arg("--open");
    }
    // Piped, trunk would leave the colours out.
    if std::io::stdout().is_terminal() {
        command.args(["--color", "always"]).env("CARGO_TERM_COLOR", "always");
    }
    let mut announced = false;
    let ended = process::watch_stdout(&mut command, |line| {
        if !announced && line.contains(LISTENING) {
            announced = true;
            println!("\nready in {}: http://127.0.0.1:{port}/   (Ctrl+C stops it)\n", setup::seconds(start.elapsed()));
        }
    });
    ended.map_err(|failure| failure.remedy("trunk's messages above name the error; correct it and run this again"))
}

fn free_port() -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let ports = FIRST_PORT..FIRST_PORT + PORTS;
    ports
        .clone()
        .find(is_free)
        .ok_or_else(|| Failure::new(format!("ports {} to {} are all taken", ports.start, ports.end - 1)).remedy("name one with --port"))
}
