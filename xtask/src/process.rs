//! Running other programs.

use crate::failure::{Failure, Result};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// How much of a failed program's output to show.
const SHOWN_LINES: usize = 30;

/// The command as a person would type it.
fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` did not start: {error}", line(command)))
}

/// Runs a command that talks to the terminal itself.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` ended with {status}", line(command))))
}

/// Runs a command and returns what it printed on standard output.
pub fn capture(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_start(command, &error))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    Err(failed(command, &output))
}

fn failed(command: &Command, output: &Output) -> Failure {
    let stderr = String::from_utf8_lossy(&output.stderr);
    Failure::new(format!("`{}` ended with {}\n{}", line(command), output.status, last_lines(&stderr)))
}

/// Runs a long command quietly: its output goes to a file, and the file's end into the failure.
pub fn run_logged(command: &mut Command, log: &Path) -> Result<()> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log)?;
    command.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    let text = fs::read_to_string(log).unwrap_or_default();
    let (line, log) = (line(command), log.display());
    Err(Failure::new(format!("`{line}` ended with {status}; its output is in {log}\n{}", last_lines(&text))))
}

/// Runs a command, passes its standard output on and shows each line of it to `see`.
pub fn watch_stdout(command: &mut Command, see: impl FnMut(&str)) -> Result<()> {
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    watch(child.stdout.take(), std::io::stdout(), see)?;
    finished(command, &mut child)
}

/// Runs a command, passes its standard error on and shows each line of it to `see`.
pub fn watch_stderr(command: &mut Command, see: impl FnMut(&str)) -> Result<()> {
    let mut child = command.stderr(Stdio::piped()).spawn().map_err(|error| cannot_start(command, &error))?;
    watch(child.stderr.take(), std::io::stderr(), see)?;
    finished(command, &mut child)
}

fn watch(from: Option<impl Read>, mut to: impl Write, mut see: impl FnMut(&str)) -> Result<()> {
    let Some(from) = from else { return Ok(()) };
    let mut reader = BufReader::new(from);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line)? > 0 {
        to.write_all(&line)?;
        see(String::from_utf8_lossy(&line).trim_end());
        line.clear();
    }
    Ok(())
}

fn finished(command: &Command, child: &mut Child) -> Result<()> {
    let status = child.wait()?;
    if status.success() {
        return Ok(());
    }
    Err(Failure::new(format!("`{}` ended with {status}", line(command))))
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_only_the_end_of_a_long_output() {
        let text = (0..100).map(|n| n.to_string()).collect::<Vec<_>>().join("\n");
        let shown = last_lines(&text);
        assert!(shown.starts_with("70\n") && shown.ends_with("\n99"));
    }
}
