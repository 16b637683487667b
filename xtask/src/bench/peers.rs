//! The peers' Python, in an environment of its own in the cache folder, with every version pinned.

use super::Peer;
use crate::failure::{During, Failure, Result};
use crate::{paths, process};
use std::fs;
use std::path::{Path, PathBuf};
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
        let system = fastest_python()?;
        let wanted = format!("{}# for {}\n", fs::read_to_string(&requirements)?, system.display());
        let installed = folder.join("requirements.txt");
        if python.is_file() && fs::read_to_string(&installed).is_ok_and(|there| there == wanted) {
            return Ok(Self { python });
        }
        eprintln!("installing the peers into {}, for {}", folder.display(), system.display());
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

/// What a peer mostly does, generators and method calls, and how long that takes here.
const PROBE: &str = "
import time
def steps(count):
    for step in range(count): yield step
started = time.process_time()
held = []
for step in steps(1_000_000):
    held.append(step)
    held.pop()
print(time.process_time() - started)
";

/// The fastest Python of this machine: one that was built without its own optimisations, as version managers build it, runs at two
/// thirds of the speed of a distribution's and would flatter us.
fn fastest_python() -> Result<PathBuf> {
    let system = ["/usr/bin/python3", "/usr/local/bin/python3"].map(PathBuf::from).into_iter().filter(|path| path.is_file());
    let candidates = system.chain(["python3", "python"].into_iter().filter_map(paths::find_program));
    let timed = candidates.filter_map(|python| Some((probe(&python)?, python)));
    let fastest = timed.min_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, python)| python);
    fastest.ok_or_else(|| {
        let remedy = "install it (`sudo apt-get install python3 python3-venv`), or use --no-peers: then nothing is compared";
        Failure::new("the peers need Python 3.11 or later with venv and pip, and none was found").remedy(remedy)
    })
}

/// Seconds that the probe takes, the best of three; none where the interpreter is too old or cannot make environments.
fn probe(python: &Path) -> Option<f64> {
    let able = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";
    process::capture(Command::new(python).args(["-c", able])).ok()?;
    let seconds = || process::capture(Command::new(python).args(["-c", PROBE])).ok()?.trim().parse::<f64>().ok();
    (0..3).filter_map(|_| seconds()).min_by(f64::total_cmp)
}
