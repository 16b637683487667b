//! What a learner sends by hand, as part of a lab's scenario: the lesson's own senders keep what they send.

use coldstart_sim::ScenarioSpec;
use coldstart_sim::spec::{ArrivalsSpec, SendSpec, SourceKindSpec, SourceSpec};

/// The scenario with these sends besides its own: the first sender with a log takes them, or one more source that calls the first function.
#[must_use]
pub fn with_sends(spec: &ScenarioSpec, sends: &[SendSpec]) -> ScenarioSpec {
    let mut spec = spec.clone();
    if sends.is_empty() {
        return spec;
    }
    let logs = spec
        .sources
        .iter_mut()
        .filter_map(|source| if let ArrivalsSpec::Log { sends } = &mut source.arrivals { Some(sends) } else { None });
    match logs.into_iter().next() {
        Some(log) => {
            log.extend_from_slice(sends);
            log.sort_by(|a, b| a.at_s.total_cmp(&b.at_s));
        }
        None => {
            let target = spec.functions.first().map(|function| function.id.clone()).unwrap_or_default();
            let arrivals = ArrivalsSpec::Log { sends: sends.to_vec() };
            spec.sources.push(SourceSpec {
                id: "you".to_owned(),
                target,
                kind: SourceKindSpec::Synchronous,
                arrivals,
                ..Default::default()
            });
        }
    }
    spec
}

/// Whether nothing arrives at all: the lab waits for its learner.
#[must_use]
pub fn waits(spec: &ScenarioSpec) -> bool {
    spec.sources.iter().all(|source| matches!(&source.arrivals, ArrivalsSpec::Log { sends } if sends.is_empty()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn spec(sources: &str) -> ScenarioSpec {
        serde_json::from_str(&format!(r#"{{"schema":1,"functions":[{{"id":"f"}}],"sources":[{sources}]}}"#)).unwrap()
    }

    fn sent(spec: &ScenarioSpec) -> Vec<u32> {
        let of = |source: &SourceSpec| match &source.arrivals {
            ArrivalsSpec::Log { sends } => sends.iter().map(|send| send.requests).sum(),
            _ => 0,
        };
        spec.sources.iter().map(of).collect()
    }

    #[test]
    fn what_the_lesson_sends_stays_and_one_sender_takes_the_rest() {
        let log = |id: &str| format!(r#"{{"id":"{id}","target":"f","arrivals":{{"kind":"log","sends":[{{"at_s":1.0,"requests":3}}]}}}}"#);
        let two = spec(&format!("{},{}", log("a"), log("b")));
        assert!(!waits(&two));
        assert_eq!(sent(&with_sends(&two, &[])), [3, 3]);
        assert_eq!(sent(&with_sends(&two, &[SendSpec { at_s: 0.5, requests: 2 }])), [5, 3]);
    }

    #[test]
    fn a_lab_without_a_log_gets_a_sender_of_its_own() {
        let traffic = spec(r#"{"id":"a","target":"f","arrivals":{"kind":"constant","per_s":1.0}}"#);
        assert_eq!(sent(&with_sends(&traffic, &[SendSpec { at_s: 0.5, requests: 2 }])), [0, 2]);
        let empty = spec(r#"{"id":"a","target":"f","arrivals":{"kind":"log","sends":[]}}"#);
        assert!(waits(&empty) && !waits(&traffic));
        assert!(!waits(&with_sends(&empty, &[SendSpec { at_s: 0.5, requests: 1 }])));
    }
}
