//! The command line's words.

/// What `coldstart-sim help` prints.
pub const USAGE: &str = "\
coldstart-sim: a deterministic simulator of AWS Lambda

  coldstart-sim run SCENARIO [--seed N] [--replications K] [--json] [--log N] [--trace N]
      Runs a scenario (.toml or .json) and prints what came of it. --seed replaces the scenario's own seed. --replications adds
      means and 95 % confidence intervals over K seeds, this one and those after it. --log adds the first N log lines.
      --trace adds where the time of the first N requests went.
  coldstart-sim tune SCENARIO [--seed N] [--invocations K] [--json]
      Invokes the first function K times (50 unless set) at each of several memory sizes, one after the other, and prints which size
      is cheapest, fastest and best balanced, as aws-lambda-power-tuning reckons it.
  coldstart-sim sweep SCENARIO --set FIELD=VALUE,VALUE [--set ...] [--seed N] [--replications K] [--threads N] [--json]
      Runs the scenario with every combination of the values, each under K seeds (1 unless set), on N threads (as many as the machine
      has unless set), and prints a line for each. How many threads there are changes nothing but the time.
  coldstart-sim at SCENARIO (--ms N | --event N) [--seed N] [--json]
      Prints what there is N milliseconds into the run, or right after its Nth event: every environment and what it does, and what
      queues, streams and front doors hold.
  coldstart-sim metrics SCENARIO [--seed N]
      Prints CloudWatch's metrics of the run, a line for each minute in which there is one: those of the account for all functions
      together, the others by function and by event source mapping.
  coldstart-sim digest SCENARIO [--seed N]
      Prints the hash of everything that happens in the run.
  coldstart-sim validate SCENARIO
      Lists all problems of a scenario.
  coldstart-sim schema [--json]
      Prints every field of a scenario: unit, range, default, meaning.

Exits with 0, or with 2 where the scenario or the command has to be put right.
";

/// Most runs of `--replications`.
const REPLICATIONS_MAX: u32 = 10_000;

/// Fewest and most invocations of `tune` at each size.
const INVOCATIONS: (u64, u64) = (5, 10_000);

/// Most threads of `--threads`.
const THREADS_MAX: u32 = 256;

/// Latest `--ms`: ten years.
const MOMENT_MS_MAX: u64 = 10 * 366 * 86_400_000;

/// Most requests of `--trace`.
const TRACES_MAX: u32 = 10_000;

/// Most lines of `--log`.
const LOG_LINES_MAX: u32 = 1_000_000;

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Run,
    Tune,
    Sweep,
    At,
    Metrics,
    Digest,
    Validate,
    Schema,
    Help,
}

/// A whole command line.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    pub command: Command,
    /// Path of the scenario; empty for commands without one.
    pub file: String,
    pub seed: Option<u64>,
    pub replications: Option<u32>,
    pub log_lines: Option<u32>,
    /// Requests to trace.
    pub traces: Option<u32>,
    pub invocations: Option<u32>,
    /// What follows each `--set`.
    pub sets: Vec<String>,
    pub threads: Option<u32>,
    /// Moment to look at, in milliseconds from the start, or by the number of events.
    pub at_ms: Option<u64>,
    pub at_event: Option<u64>,
    pub json: bool,
}

impl Args {
    fn new(command: Command) -> Self {
        Self {
            command,
            file: String::new(),
            seed: None,
            replications: None,
            log_lines: None,
            traces: None,
            invocations: None,
            sets: Vec::new(),
            threads: None,
            at_ms: None,
            at_event: None,
            json: false,
        }
    }
}

/// The options that each command takes.
const COMMANDS: [(&str, Command, &[&str]); 12] = [
    ("run", Command::Run, &["--seed", "--replications", "--json", "--log", "--trace"]),
    ("tune", Command::Tune, &["--seed", "--invocations", "--json"]),
    ("sweep", Command::Sweep, &["--set", "--seed", "--replications", "--threads", "--json"]),
    ("at", Command::At, &["--ms", "--event", "--seed", "--json"]),
    ("metrics", Command::Metrics, &["--seed"]),
    ("digest", Command::Digest, &["--seed"]),
    ("validate", Command::Validate, &[]),
    ("schema", Command::Schema, &["--json"]),
    ("help", Command::Help, &[]),
    ("--help", Command::Help, &[]),
    ("-h", Command::Help, &[]),
    ("", Command::Help, &[]),
];

/// Reads the words after the program's name.
pub fn parse(words: impl Iterator<Item = String>) -> Result<Args, String> {
    let mut words = words.peekable();
    let name = words.next().unwrap_or_default();
    let Some((_, command, options)) = COMMANDS.iter().find(|(known, ..)| *known == name) else {
        return Err(format!("{name:?} is not a command"));
    };
    let mut args = Args::new(*command);
    while let Some(word) = words.next() {
        if !word.starts_with("--") {
            if !takes_file(args.command) || !args.file.is_empty() {
                return Err(format!("{word:?} is one word too many"));
            }
            args.file = word;
            continue;
        }
        let (option, attached) = match word.split_once('=') {
            Some((option, value)) => (option.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        if !options.contains(&option.as_str()) {
            return Err(format!("{name} has no option {option}"));
        }
        if option == "--json" {
            args.json = true;
            continue;
        }
        let what = if option == "--set" { "a field and values" } else { "a number" };
        let value = attached.or_else(|| words.next()).ok_or_else(|| format!("{option} needs {what}"))?;
        set(&mut args, &option, &value)?;
    }
    if takes_file(args.command) && args.file.is_empty() {
        return Err(format!("{name} needs the path of a scenario"));
    }
    Ok(args)
}

fn takes_file(command: Command) -> bool {
    !matches!(command, Command::Schema | Command::Help)
}

fn set(args: &mut Args, option: &str, value: &str) -> Result<(), String> {
    let number = |min: u64, max: u64| match value.parse::<u64>() {
        Ok(number) if (min..=max).contains(&number) => Ok(number),
        _ => Err(format!("{option} is {value:?}; it must be a whole number from {min} to {max}")),
    };
    let small = |max: u32| number(1, u64::from(max)).map(|number| u32::try_from(number).unwrap_or(max));
    match option {
        "--set" => args.sets.push(value.to_owned()),
        "--threads" => args.threads = Some(small(THREADS_MAX)?),
        "--ms" => args.at_ms = Some(number(0, MOMENT_MS_MAX)?),
        "--event" => args.at_event = Some(number(0, u64::MAX)?),
        "--seed" => args.seed = Some(number(0, u64::MAX)?),
        "--invocations" => args.invocations = u32::try_from(number(INVOCATIONS.0, INVOCATIONS.1)?).ok(),
        "--replications" => args.replications = Some(small(REPLICATIONS_MAX)?),
        "--trace" => args.traces = Some(small(TRACES_MAX)?),
        _ => args.log_lines = Some(small(LOG_LINES_MAX)?),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{Args, Command, parse};

    fn words(line: &str) -> Result<Args, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn options_stand_anywhere() {
        let expect = Args {
            command: Command::Run,
            file: "a.toml".to_owned(),
            seed: Some(7),
            replications: Some(5),
            json: true,
            ..Args::new(Command::Run)
        };
        assert_eq!(words("run a.toml --seed 7 --replications=5 --json"), Ok(expect));
        assert_eq!(words("run --json --seed=7 a.toml --replications 5"), words("run a.toml --seed 7 --replications 5 --json"));
    }

    #[test]
    fn mistakes_are_named() {
        let cases = [
            ("walk", "\"walk\" is not a command"),
            ("run", "run needs the path of a scenario"),
            ("run a b", "\"b\" is one word too many"),
            ("schema a", "\"a\" is one word too many"),
            ("run a --sed 1", "run has no option --sed"),
            ("schema --seed 1", "schema has no option --seed"),
            ("run a --seed", "--seed needs a number"),
            ("run a --seed x", "--seed is \"x\"; it must be a whole number from 0 to 18446744073709551615"),
            ("tune a --invocations 4", "--invocations is \"4\"; it must be a whole number from 5 to 10000"),
            ("sweep a --set", "--set needs a field and values"),
            ("sweep a --threads 0", "--threads is \"0\"; it must be a whole number from 1 to 256"),
            ("at a --event", "--event needs a number"),
            ("run a --replications 0", "--replications is \"0\"; it must be a whole number from 1 to 10000"),
        ];
        for (line, message) in cases {
            assert_eq!(words(line), Err(message.to_owned()), "{line}");
        }
    }
}
