//! The options of a command.

use crate::failure::{Failure, Result};

/// The arguments not taken yet.
pub struct Args {
    rest: Vec<String>,
}

impl Args {
    /// Wraps the arguments that follow the command's name.
    pub fn new(arguments: impl Iterator<Item = String>) -> Self {
        Self { rest: arguments.collect() }
    }

    /// Takes `--name` if it is there.
    pub fn flag(&mut self, name: &str) -> bool {
        let found = self.rest.iter().position(|argument| argument == name);
        found.map(|at| self.rest.remove(at)).is_some()
    }

    /// Takes `--name value` if it is there.
    pub fn value(&mut self, name: &str) -> Result<Option<String>> {
        let Some(at) = self.rest.iter().position(|argument| argument == name) else {
            return Ok(None);
        };
        self.rest.remove(at);
        if at < self.rest.len() { Ok(Some(self.rest.remove(at))) } else { Err(Failure::new(format!("{name} needs a value"))) }
    }

    /// Takes whatever is left, unread.
    pub fn all(self) -> Vec<String> {
        self.rest
    }

    /// Refuses what nobody took.
    pub fn finish(self) -> Result<()> {
        match self.rest.first() {
            None => Ok(()),
            Some(extra) => {
                Err(Failure::new(format!("unknown argument `{extra}`")).remedy("`cargo xtask help` lists each command's options"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn args(line: &str) -> Args {
        Args::new(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn takes_flags_and_values_in_any_order() {
        let mut args = args("--port 8080 --open");
        assert!(args.flag("--open"));
        assert!(!args.flag("--release"));
        assert_eq!(args.value("--port").expect("has a value").as_deref(), Some("8080"));
        assert!(args.finish().is_ok());
    }

    #[test]
    fn refuses_a_missing_value_and_an_unknown_argument() {
        assert!(args("--port").value("--port").is_err());
        assert!(args("--prot 1").finish().is_err());
    }
}
