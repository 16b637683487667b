//! Serving the site while working on it.

use crate::args::Args;
use crate::build::{Profile, trunk};
use crate::failure::{Failure, Result};
use crate::{paths, setup};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

/// The first port to try.
const FIRST_PORT: u16 = 8080;
/// How many ports to try, so that several clones can serve at once.
const PORTS: u16 = 50;
const POLL: Duration = Duration::from_millis(50);

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
    let server = command.spawn().map_err(|error| Failure::new(format!("trunk did not start: {error}")))?;
    announce_when_up(server, port, start)
}

/// Prints the URL once the page is served, then waits for the server's end.
fn announce_when_up(mut server: Child, port: u16, start: Instant) -> Result<()> {
    while !serves_a_page(port) {
        if let Some(status) = server.try_wait()? {
            return Err(Failure::new(format!("trunk ended with {status} before it served the page"))
                .remedy("its messages above name the error; correct it and run this again"));
        }
        thread::sleep(POLL);
    }
    println!("\nready in {}: http://127.0.0.1:{port}/   (Ctrl+C stops it)\n", setup::seconds(start.elapsed()));
    let status = server.wait()?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("trunk ended with {status}"))) }
}

fn free_port() -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind((Ipv4Addr::LOCALHOST, *port)).is_ok();
    let ports = FIRST_PORT..FIRST_PORT + PORTS;
    ports
        .clone()
        .find(is_free)
        .ok_or_else(|| Failure::new(format!("ports {} to {} are all taken", ports.start, ports.end - 1)).remedy("name one with --port"))
}

/// Whether the server answers with the app's page; before its first build it answers with an error.
fn serves_a_page(port: u16) -> bool {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let Ok(mut stream) = TcpStream::connect_timeout(&address, POLL) else {
        return false;
    };
    let request = b"GET / HTTP/1.0\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n\r\n";
    let mut answer = [0_u8; 12];
    let asked = stream.set_read_timeout(Some(Duration::from_secs(1))).is_ok() && stream.write_all(request).is_ok();
    asked && stream.read_exact(&mut answer).is_ok() && answer.ends_with(b" 200")
}
