//! The peers' Python, in an environment of its own in the cache folder, with every version pinned.

use super::Peer;
use crate::failure::{During, Failure, Result};
use crate::{paths, process};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

/// A ready environment.
pub struct Peers {
    python: PathBuf,
}

impl Peers {
    /// Makes the environment if it is not there or was made from other pins.
    pub fn ready() -> Result<Self> {
        let folder = paths::cache().join("bench-python");
        let python = if cfg!(windows) { folder.join("Scripts/python.exe") } else { folder.join("bin/python") };
        let requirements = paths::root().join("bench/requirements.txt");
        let (wanted, installed) = (fs::read_to_string(&requirements)?, folder.join("requirements.txt"));
        if python.is_file() && fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
            return Ok(Self { python });
        }
        eprintln!("installing the peers into {}", folder.display());
        let system = system_python()?;
        let remedy = "install Python 3.11 or later with venv and pip (`sudo apt-get install python3-venv`), or use --no-peers";
        let make = process::capture(Command::new(system).args(["-m", "venv", "--clear"]).arg(&folder));
        make.during("making the peers' environment").map_err(|failure| failure.remedy(remedy))?;
        let mut install = Command::new(&python);
        install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r"]).arg(&requirements);
        let remedy = "the Python package index must be reachable; or use --no-peers";
        process::capture(&mut install).during("installing the peers").map_err(|failure| failure.remedy(remedy))?;
        fs::write(installed, wanted)?;
        Ok(Self { python })
    }

    /// The command that runs a peer once.
    pub fn command(&self, peer: &Peer) -> Command {
        let mut command = Command::new(&self.python);
        command.arg(paths::root().join("bench").join(peer.script)).args(peer.arguments);
        // One thread each, as ours.
        command.env("OMP_NUM_THREADS", "1").env("OPENBLAS_NUM_THREADS", "1");
        command
    }
}

fn system_python() -> Result<PathBuf> {
    ["python3", "python"].into_iter().find_map(paths::find_program).ok_or_else(|| {
        let remedy = "install it (`sudo apt-get install python3 python3-venv`), or use --no-peers: then nothing is compared";
        Failure::new("the peers need Python, and none is on PATH").remedy(remedy)
    })
}
