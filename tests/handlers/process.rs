//! One handler in a process of its own.

use serde::Deserialize;
use serde_json::Value;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{self, Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, thread};

/// What runs a handler, by the end of its file's name.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Language {
    Python,
    JavaScript,
}

impl Language {
    pub const ALL: [Self; 2] = [Self::Python, Self::JavaScript];

    /// The language of a file, if it is one that can be run.
    pub fn of(file: &str) -> Option<Self> {
        match Path::new(file).extension()?.to_str()? {
            "py" => Some(Self::Python),
            "mjs" => Some(Self::JavaScript),
            _ => None,
        }
    }

    /// Fails with what to install where the language is missing.
    pub fn demand(self) {
        let (program, remedy) = match self {
            Self::Python => ("python3", "install Python 3.9 or newer (Debian and Ubuntu: apt install python3)"),
            Self::JavaScript => ("node", "install Node.js 20 or newer (https://nodejs.org)"),
        };
        let answer = Command::new(program).arg("--version").output();
        let works = answer.is_ok_and(|answer| answer.status.success());
        assert!(works, "the lessons' handlers are run with `{program}`, which is not on PATH: {remedy}");
    }

    /// The program that runs a handler, without packages or settings of this machine's own.
    fn command(self) -> Command {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handlers");
        let (program, options, runner): (_, &[&str], _) = match self {
            Self::Python => ("python3", &["-I", "-S"], "run.py"),
            Self::JavaScript => ("node", &[], "run.mjs"),
        };
        let mut command = Command::new(program);
        command.args(options).arg(folder.join(runner)).env_clear().envs(env::var_os("PATH").map(|path| ("PATH", path)));
        command
    }
}

/// What a handler did.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// What the last call returned, as JSON.
    #[serde(default)]
    pub returns: Value,
    /// The name of the error in which it ended.
    pub raises: Option<String>,
    /// The error's message.
    #[serde(default)]
    pub message: String,
    /// The calls of stub clients over all calls, in order.
    pub sends: Vec<String>,
    /// How many clients were constructed.
    pub clients: u32,
    /// The lines that were printed.
    pub printed: Vec<String>,
}

/// Runs a request, which says what run.py and run.mjs ask for.
pub fn run(language: Language, request: &Value, limit: Duration) -> Result<Outcome, String> {
    let mut command = language.command();
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|error| format!("does not start: {error}"))?;
    // One that ends before it has read everything says why on its standard error.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(request.to_string().as_bytes()));
    let (answer, complaint) = output(&mut child, limit)?;
    let status = child.wait().map_err(|error| error.to_string())?;
    serde_json::from_str(&answer).map_err(|_| format!("ended without an answer ({status})\n{answer}{complaint}"))
}

/// What the process says until it ends; it is ended where it takes longer than `limit`.
fn output(child: &mut Child, limit: Duration) -> Result<(String, String), String> {
    let (sender, receiver) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    thread::spawn(move || sender.send((text(stdout), text(stderr))));
    receiver.recv_timeout(limit).map_err(|_| {
        let _ = child.kill();
        let _ = child.wait();
        format!("no answer within {} s", limit.as_secs())
    })
}

fn text(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    let _ = pipe.map(|mut pipe| pipe.read_to_end(&mut bytes));
    String::from_utf8_lossy(&bytes).into_owned()
}

/// An empty folder for a process, which goes when this is dropped.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn make() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("handler-{}-{number}", process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
