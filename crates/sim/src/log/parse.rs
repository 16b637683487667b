//! Reads pasted CloudWatch logs: REPORT lines in text or JSON form, with whatever stands around them.

use super::clock::read_stamp;

/// Lines read of one paste.
pub const MAX_LINES: usize = 200_000;
/// Bytes read of one line.
pub const MAX_LINE_BYTES: usize = 4_096;
/// Bad lines shown; all are counted.
pub const MAX_BAD: usize = 100;
/// Characters shown of a bad line.
const EXCERPT_CHARS: usize = 120;
/// Longest duration believed, in milliseconds: 31 days.
const MAX_MS: f64 = 2_678_400_000.0;
/// Largest memory believed, in MB: more than any function has had.
const MAX_MB: f64 = 1_048_576.0;

/// What a paste contained.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The REPORT lines, in the order of the paste.
    pub reports: Vec<ReportLine>,
    /// REPORT lines that could not be read; the first [`MAX_BAD`] of them.
    pub bad: Vec<BadLine>,
    /// How many there are in all.
    pub bad_count: u64,
    /// Lines that are no REPORT lines.
    pub skipped: Skipped,
    /// Whether the paste is longer than [`MAX_LINES`]; the rest was not read.
    pub is_truncated: bool,
}

/// One REPORT line.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportLine {
    /// Its line in the paste, from 1.
    pub line: u32,
    /// When it was written, in microseconds since 1970 (UTC), if the paste says so.
    pub at_us: Option<i64>,
    /// Duration, in microseconds.
    pub duration_us: u64,
    /// Billed Duration, in milliseconds.
    pub billed_ms: u64,
    /// Memory Size, in MB.
    pub memory_mb: u32,
    /// Max Memory Used, in MB.
    pub max_memory_used_mb: Option<u32>,
    /// Init Duration of a cold start, in microseconds.
    pub init_us: Option<u64>,
    /// Restore Duration of a SnapStart cold start, in microseconds.
    pub restore_us: Option<u64>,
    /// Billed Restore Duration, in milliseconds.
    pub billed_restore_ms: Option<u64>,
    /// How the invocation ended.
    pub status: Status,
    /// Error Type, if any.
    pub error_type: Option<String>,
}

impl ReportLine {
    /// Whether the request waited for a new environment.
    #[must_use]
    pub const fn is_cold(&self) -> bool {
        self.init_us.is_some() || self.restore_us.is_some()
    }
}

/// The Status field; absent means success, or a handler that raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// No Status, or success.
    #[default]
    Success,
    /// `timeout`.
    Timeout,
    /// `error`, `failure` or anything else.
    Error,
}

/// A REPORT line that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// Its line in the paste, from 1.
    pub line: u32,
    /// How it begins.
    pub excerpt: String,
    /// What is wrong with it.
    pub reason: String,
}

/// How many lines were no REPORT lines, by what they were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Skipped {
    /// Empty.
    pub blank: u64,
    /// START and INIT_START.
    pub start: u64,
    /// END.
    pub end: u64,
    /// INIT_REPORT: INITs that failed or timed out.
    pub init_report: u64,
    /// Anything else: what functions print.
    pub other: u64,
}

impl Skipped {
    /// All of them.
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.blank + self.start + self.end + self.init_report + self.other
    }
}

/// Reads a paste. Never fails: what is not understood is counted, and of bad REPORT lines it is said why.
#[must_use]
pub fn parse(text: &str) -> Parsed {
    let mut parsed = Parsed::default();
    // A timestamp alone on its line belongs to the next one, as when rows are copied from the console.
    let mut waiting = None;
    for (index, line) in text.lines().enumerate() {
        if index >= MAX_LINES {
            parsed.is_truncated = true;
            break;
        }
        let line = start_of(line.trim(), MAX_LINE_BYTES);
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let stamp = read_stamp(line.trim_start_matches(['"', '\u{feff}', '|', ' ']));
        if let Some(report) = line_report(line) {
            match report {
                Ok(report) => {
                    let at_us = report.at_us.or(stamp.map(|(at_us, _)| at_us)).or(waiting);
                    parsed.reports.push(ReportLine { line: number, at_us, ..report });
                }
                Err(reason) => parsed.reject(number, line, reason),
            }
            waiting = None;
        } else {
            parsed.skipped.count(line);
            waiting = stamp.filter(|(_, length)| *length == line.len()).map(|(at_us, _)| at_us);
        }
    }
    parsed
}

impl Parsed {
    fn reject(&mut self, line: u32, text: &str, reason: String) {
        self.bad_count += 1;
        if self.bad.len() < MAX_BAD {
            self.bad.push(BadLine { line, excerpt: text.chars().take(EXCERPT_CHARS).collect(), reason });
        }
    }
}

impl Skipped {
    fn count(&mut self, line: &str) {
        let has = |marker: &str| line.contains(marker);
        let kind = if line.is_empty() {
            &mut self.blank
        } else if has("INIT_REPORT ") {
            &mut self.init_report
        } else if has("INIT_START ") || has("START RequestId:") {
            &mut self.start
        } else if has("END RequestId:") {
            &mut self.end
        } else {
            &mut self.other
        };
        *kind += 1;
    }
}

/// At most this many bytes of a text, cut between characters.
fn start_of(text: &str, bytes: usize) -> &str {
    let mut end = text.len().min(bytes);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The REPORT within a line: none where it has none.
fn line_report(line: &str) -> Option<Result<ReportLine, String>> {
    const TEXT: &str = "REPORT RequestId:";
    // INIT_REPORT lines have no RequestId directly after the word.
    if let Some(at) = line.find(TEXT) {
        return Some(text_report(&line[at + TEXT.len()..]));
    }
    line.contains("platform.report\"").then(|| json_report(line))
}

fn text_report(after_request_id: &str) -> Result<ReportLine, String> {
    // Exports write tabs as two characters.
    let text = after_request_id.replace("\\t", "\t");
    let mut found = Fields::default();
    let mut key = vec!["RequestId"];
    let mut is_key_complete = true;
    for word in text.split_whitespace().map(|word| word.trim_matches(['"', ',', '|'])) {
        if is_key_complete {
            found.set(&key, word);
            key.clear();
            is_key_complete = false;
        } else if let Some(last) = word.strip_suffix(':') {
            key.push(last);
            is_key_complete = true;
        } else if !(key.is_empty() && matches!(word, "ms" | "MB")) {
            // Not the unit of the value before, so it begins the next key.
            key.push(word);
        }
    }
    found.report()
}

fn json_report(line: &str) -> Result<ReportLine, String> {
    let mut found = Fields::default();
    const KEYS: [(&str, &str); 7] = [
        ("durationMs", "Duration"),
        ("billedDurationMs", "Billed Duration"),
        ("memorySizeMB", "Memory Size"),
        ("maxMemoryUsedMB", "Max Memory Used"),
        ("initDurationMs", "Init Duration"),
        ("restoreDurationMs", "Restore Duration"),
        ("billedRestoreDurationMs", "Billed Restore Duration"),
    ];
    for (name, key) in KEYS {
        if let Some(value) = json_value(line, name) {
            found.set(&key.split(' ').collect::<Vec<_>>(), value);
        }
    }
    for (name, key) in [("status", "Status"), ("errorType", "Error Type")] {
        if let Some(value) = json_value(line, name) {
            found.set(&key.split(' ').collect::<Vec<_>>(), value);
        }
    }
    let at_us = json_value(line, "time").and_then(read_stamp).map(|(at_us, _)| at_us);
    Ok(ReportLine { at_us, ..found.report()? })
}

/// The text of a JSON field's value, without its quotes: enough for the flat record that Lambda writes.
fn json_value<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let at = line.find(&format!("\"{name}\""))? + name.len() + 2;
    let rest = line[at..].trim_start().strip_prefix(':')?.trim_start();
    match rest.strip_prefix('"') {
        Some(text) => text.split('"').next(),
        None => rest.split([',', '}', ' ']).next(),
    }
}

/// The fields of a REPORT as they are found; the first value of a field counts.
#[derive(Default)]
struct Fields<'a> {
    duration: Option<&'a str>,
    billed: Option<&'a str>,
    memory: Option<&'a str>,
    max_memory: Option<&'a str>,
    init: Option<&'a str>,
    restore: Option<&'a str>,
    billed_restore: Option<&'a str>,
    status: Option<&'a str>,
    error_type: Option<&'a str>,
}

impl<'a> Fields<'a> {
    /// Fields of other names are left out: AWS adds new ones now and then.
    fn set(&mut self, key: &[&str], value: &'a str) {
        let field = match key {
            ["Duration"] => &mut self.duration,
            [.., "Billed", "Restore", "Duration"] => &mut self.billed_restore,
            [.., "Billed", "Duration"] => &mut self.billed,
            [.., "Memory", "Size"] => &mut self.memory,
            [.., "Max", "Memory", "Used"] => &mut self.max_memory,
            [.., "Init", "Duration"] => &mut self.init,
            [.., "Restore", "Duration"] => &mut self.restore,
            [.., "Error", "Type"] => &mut self.error_type,
            [.., "Status"] => &mut self.status,
            _ => return,
        };
        field.get_or_insert(value);
    }

    fn report(&self) -> Result<ReportLine, String> {
        let needed = |name: &str, value: Option<&str>| value.map(str::to_owned).ok_or_else(|| format!("has no {name}"));
        let duration = number("Duration", &needed("Duration", self.duration)?, MAX_MS)?;
        let billed = number("Billed Duration", &needed("Billed Duration", self.billed)?, MAX_MS)?;
        let memory = number("Memory Size", &needed("Memory Size", self.memory)?, MAX_MB)?;
        let optional = |name, value: Option<&str>, max| value.map(|value| number(name, value, max)).transpose();
        let us = |ms: f64| (ms * 1_000.0).round() as u64;
        Ok(ReportLine {
            line: 0,
            at_us: None,
            duration_us: us(duration),
            billed_ms: billed.ceil() as u64,
            memory_mb: memory as u32,
            max_memory_used_mb: optional("Max Memory Used", self.max_memory, MAX_MB)?.map(|mb| mb as u32),
            init_us: optional("Init Duration", self.init, MAX_MS)?.map(us),
            restore_us: optional("Restore Duration", self.restore, MAX_MS)?.map(us),
            billed_restore_ms: optional("Billed Restore Duration", self.billed_restore, MAX_MS)?.map(|ms| ms.ceil() as u64),
            status: self.status.map_or(Status::Success, status),
            error_type: self.error_type.map(str::to_owned),
        })
    }
}

fn status(text: &str) -> Status {
    match text {
        "success" => Status::Success,
        "timeout" => Status::Timeout,
        _ => Status::Error,
    }
}

fn number(name: &str, text: &str, max: f64) -> Result<f64, String> {
    match text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).parse::<f64>() {
        Ok(value) if (0.0..=max).contains(&value) => Ok(value),
        Ok(_) => Err(format!("{name} is out of range")),
        Err(_) => Err(format!("{name} is not a number")),
    }
}
