//! What the page holds: a paste or a file, and what was read from it. Pure; the newest input wins.

use super::view::ReadLog;
use std::rc::Rc;
use yew::prelude::*;

/// Largest paste or file that is read, in bytes.
pub const BYTES_MAX: usize = 16 * 1024 * 1024;

/// Where the text came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Origin {
    /// The text area.
    #[default]
    Typed,
    /// A file, by its name; its text stays out of the text area, which would choke on it.
    File(String),
    /// The simulator wrote it.
    Sample,
}

/// Why there is nothing to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Larger than [`BYTES_MAX`].
    TooLarge {
        /// Size, in bytes.
        bytes: u64,
    },
    /// The file could not be read.
    Unreadable {
        /// Its name.
        name: String,
        /// What the browser said.
        reason: String,
    },
    /// No REPORT line in it could be read.
    NoReports,
    /// The sample could not be simulated.
    NoSample {
        /// What the simulator said.
        reason: String,
    },
}

/// How far the newest input is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// There is none.
    #[default]
    Idle,
    /// It is being read.
    Reading,
    /// It was read.
    Done,
    /// It cannot be used.
    Failed(Problem),
}

impl Status {
    /// The value of `data-state`.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Reading => "running",
            Self::Done => "done",
            Self::Failed(_) => "failed",
        }
    }
}

/// What happened.
#[derive(Clone, Debug)]
pub enum Action {
    /// The text area changed.
    Typed(String),
    /// A file was chosen; `id` tells it from later ones.
    FileChosen {
        /// Rises with every file.
        id: u32,
        /// Its name.
        name: String,
        /// Its size.
        bytes: u64,
    },
    /// The text of a file is there, or why not.
    FileRead {
        /// Which file.
        id: u32,
        /// Its text.
        text: Result<String, String>,
    },
    /// The reader wants the sample.
    SampleAsked,
    /// The sample was written, or why not.
    SampleWritten(Result<String, String>),
    /// A text was read.
    Read {
        /// Which text.
        ticket: u32,
        /// What it says.
        log: ReadLog,
    },
    /// The reader wants an empty page.
    Cleared,
}

/// The state.
#[derive(Clone, Debug, Default)]
pub struct LogsState {
    /// What the text area holds.
    pub typed: AttrValue,
    /// What is read.
    pub text: AttrValue,
    /// Where that came from.
    pub origin: Origin,
    /// Rises with every new text.
    pub ticket: u32,
    /// How far the newest input is.
    pub status: Status,
    /// What was read last; stays while the next text is being read.
    pub log: Option<ReadLog>,
    /// Whether the sample is being written.
    pub wants_sample: bool,
    awaited_file: Option<u32>,
}

impl LogsState {
    /// A new text, to be read unless it is empty or too large.
    fn with_text(mut self, text: AttrValue, origin: Origin) -> Self {
        self.ticket += 1;
        self.wants_sample = false;
        self.awaited_file = None;
        self.typed = if matches!(origin, Origin::File(_)) { AttrValue::default() } else { text.clone() };
        self.origin = origin;
        let (bytes, is_blank) = (text.len(), text.trim().is_empty());
        self.text = text;
        if is_blank {
            return Self { status: Status::Idle, log: None, text: AttrValue::default(), ..self };
        }
        if bytes > BYTES_MAX {
            return self.failed(Problem::TooLarge { bytes: bytes as u64 });
        }
        Self { status: Status::Reading, ..self }
    }

    /// The input cannot be used: what was there before must not look like its result.
    fn failed(self, problem: Problem) -> Self {
        Self { status: Status::Failed(problem), log: None, text: AttrValue::default(), wants_sample: false, awaited_file: None, ..self }
    }

    fn after(self, action: Action) -> Self {
        match action {
            Action::Typed(text) => self.with_text(text.into(), Origin::Typed),
            Action::FileChosen { id, name, bytes } => {
                let next = self.with_text(AttrValue::default(), Origin::File(name));
                if bytes > BYTES_MAX as u64 {
                    return next.failed(Problem::TooLarge { bytes });
                }
                Self { awaited_file: Some(id), status: Status::Reading, ..next }
            }
            Action::FileRead { id, .. } if self.awaited_file != Some(id) => self,
            Action::FileRead { text, .. } => match (text, self.origin.clone()) {
                (Ok(text), _) if text.trim().is_empty() => self.failed(Problem::NoReports),
                (Ok(text), origin) => self.with_text(text.into(), origin),
                (Err(reason), Origin::File(name)) => self.failed(Problem::Unreadable { name, reason }),
                (Err(_), Origin::Typed | Origin::Sample) => self,
            },
            Action::SampleAsked => Self { wants_sample: true, ..self.with_text(AttrValue::default(), Origin::Sample).reading() },
            Action::SampleWritten(_) if !self.wants_sample => self,
            Action::SampleWritten(Ok(text)) => self.with_text(text.into(), Origin::Sample),
            Action::SampleWritten(Err(reason)) => self.failed(Problem::NoSample { reason }),
            Action::Read { ticket, .. } if ticket != self.ticket => self,
            Action::Read { log, .. } => {
                let status = if log.calibration.is_some() { Status::Done } else { Status::Failed(Problem::NoReports) };
                Self { status, log: Some(log), ..self }
            }
            Action::Cleared => self.with_text(AttrValue::default(), Origin::Typed),
        }
    }

    fn reading(self) -> Self {
        Self { status: Status::Reading, ..self }
    }
}

impl Reducible for LogsState {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new((*self).clone().after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "REPORT RequestId: 0a1b2c3d-0000-4000-8000-00000000000a\tDuration: 12.30 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\t\
                        Max Memory Used: 60 MB";

    fn played(actions: impl IntoIterator<Item = Action>) -> LogsState {
        actions.into_iter().fold(LogsState::default(), LogsState::after)
    }

    fn read(ticket: u32, text: &str) -> Action {
        Action::Read { ticket, log: ReadLog::of(text) }
    }

    fn file(id: u32, bytes: u64) -> Action {
        Action::FileChosen { id, name: "orders.log".to_owned(), bytes }
    }

    #[test]
    fn a_paste_is_read_once_the_newest_wins() {
        let state = played([Action::Typed("REPORT".to_owned()), Action::Typed(LINE.to_owned())]);
        assert_eq!((state.status.word(), state.ticket), ("running", 2));
        let late = state.clone().after(read(1, ""));
        assert_eq!(late.status, Status::Reading, "what answers to an older text is dropped");
        let done = late.after(read(2, LINE));
        assert_eq!(done.status, Status::Done);
        assert_eq!(done.clone().after(Action::Typed(format!("{LINE}\n"))).log, done.log, "figures stay while the next text is read");
        assert_eq!(done.after(Action::Cleared).log, None);
    }

    #[test]
    fn a_text_without_reports_fails_and_keeps_its_bad_lines() {
        let state = played([Action::Typed("REPORT RequestId: x".to_owned()), read(1, "REPORT RequestId: x")]);
        assert_eq!(state.status, Status::Failed(Problem::NoReports));
        assert_eq!(state.log.map(|log| log.parsed.bad_count), Some(1));
    }

    #[test]
    fn files_stay_out_of_the_text_area_and_are_bounded() {
        let state = played([file(1, 90), file(2, 120), Action::FileRead { id: 1, text: Ok("old".to_owned()) }]);
        assert_eq!((state.text.as_str(), state.status.word()), ("", "running"));
        let state = state.after(Action::FileRead { id: 2, text: Ok(LINE.to_owned()) });
        assert_eq!((state.text.as_str(), state.typed.as_str()), (LINE, ""));
        assert_eq!(state.origin, Origin::File("orders.log".to_owned()));
        let large = state.clone().after(file(3, 20 << 20));
        assert_eq!(large.status, Status::Failed(Problem::TooLarge { bytes: 20 << 20 }));
        let gone = state.after(file(4, 5)).after(Action::FileRead { id: 4, text: Err("moved".to_owned()) });
        assert!(matches!(gone.status, Status::Failed(Problem::Unreadable { .. })), "{:?}", gone.status);
    }

    #[test]
    fn typing_gives_the_sample_up() {
        let asked = played([Action::SampleAsked]);
        assert!(asked.wants_sample && asked.status == Status::Reading);
        let typed = asked.clone().after(Action::Typed(LINE.to_owned())).after(Action::SampleWritten(Ok("sample".to_owned())));
        assert_eq!(typed.text.as_str(), LINE);
        let written = asked.after(Action::SampleWritten(Ok(LINE.to_owned())));
        assert_eq!((written.origin, written.typed.as_str()), (Origin::Sample, LINE));
    }
}
