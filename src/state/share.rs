//! Share links: `#s=<version>.<codec>.<payload>`. The hash stays in the browser: no server sees it or limits its length.
//!
//! Codec `j` is compact JSON in base64url, `d` the same deflated first. A link states every parameter, so that a later change of a
//! default does not change what it shows. Whatever arrives is bounded and never a panic.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use coldstart_sim::ScenarioSpec;
use serde::{Deserialize, Serialize};

/// The version that this build writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// Links up to this length survive chats and mails, in characters; beyond it a file is better.
pub const ADVISED_CHARS: usize = 2_000;

/// Payloads above this are not looked at, in characters.
pub const PAYLOAD_CHARS_MAX: usize = 64 * 1_024;

/// What a deflated payload may become, in bytes.
pub const INFLATED_BYTES_MAX: usize = 1_024 * 1_024;

/// A scenario on its way to someone. Never a name, an answer or a text of the reader's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shared {
    /// The lesson that it belongs to, by slug.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<String>,
    /// The widget of the lesson, by id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub widget: Option<String>,
    /// The scenario, whole.
    pub spec: ScenarioSpec,
    /// Seed of the run.
    pub seed: u64,
    /// Where the scrubber stands, in milliseconds of simulated time.
    #[serde(default, rename = "t", skip_serializing_if = "Option::is_none")]
    pub t_ms: Option<u64>,
    /// Model version of the simulator that the sender saw.
    #[serde(rename = "mv")]
    pub model_version: u32,
}

/// Why a link cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShareError {
    /// It is longer than anything this site writes.
    #[error("the link is longer than any that this site makes")]
    TooLong,
    /// A newer build wrote it.
    #[error("the link was made by a newer version of this site")]
    Newer(u32),
    /// It is no link of ours, or was damaged on its way.
    #[error("the link is damaged: {0}")]
    Damaged(String),
}

/// What follows `#s=`.
///
/// # Errors
/// When a number of the scenario is not finite.
pub fn encode(shared: &Shared) -> Result<String, ShareError> {
    let json = serde_json::to_vec(shared).map_err(damaged)?;
    let plain = format!("{VERSION}.j.{}", URL_SAFE_NO_PAD.encode(&json));
    if plain.len() <= ADVISED_CHARS {
        return Ok(plain);
    }
    const BEST_OF_TEN: u8 = 8;
    let deflated = miniz_oxide::deflate::compress_to_vec(&json, BEST_OF_TEN);
    Ok(format!("{VERSION}.d.{}", URL_SAFE_NO_PAD.encode(deflated)))
}

/// Reads what follows `#s=`.
///
/// # Errors
/// When it cannot be opened; nothing that arrives makes it panic or take more than [`INFLATED_BYTES_MAX`].
pub fn decode(text: &str) -> Result<Shared, ShareError> {
    if text.len() > PAYLOAD_CHARS_MAX {
        return Err(ShareError::TooLong);
    }
    let mut parts = text.splitn(3, '.');
    let version = parts.next().and_then(|part| part.parse::<u32>().ok()).ok_or_else(|| damaged("it has no version"))?;
    if version > VERSION {
        return Err(ShareError::Newer(version));
    }
    let (Some(codec), Some(payload)) = (parts.next(), parts.next()) else { return Err(damaged("it is cut off")) };
    // Some programs put the padding back in.
    let bytes = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).map_err(damaged)?;
    let json = match codec {
        "j" => bytes,
        "d" => miniz_oxide::inflate::decompress_to_vec_with_limit(&bytes, INFLATED_BYTES_MAX).map_err(damaged)?,
        other => return Err(damaged(format!("nothing here reads codec `{other}`"))),
    };
    serde_json::from_slice(&json).map_err(damaged)
}

#[allow(clippy::needless_pass_by_value, reason = "fits `map_err`")]
fn damaged(reason: impl ToString) -> ShareError {
    ShareError::Damaged(reason.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shared(requests: usize) -> Shared {
        let mut spec: ScenarioSpec = serde_json::from_str(
            r#"{"schema":1,"functions":[{"id":"f"}],"sources":[{"id":"s","target":"f","arrivals":{"kind":"poisson","per_s":2.5}}]}"#,
        )
        .unwrap();
        if requests > 0 {
            let at_s = (0..requests).map(|i| f64::from(u32::try_from(i).unwrap()) / 8.0).collect();
            spec.sources[0].arrivals = coldstart_sim::spec::ArrivalsSpec::Timestamps { at_s, durations_ms: Vec::new() };
        }
        Shared { lesson: Some("a-lesson".to_owned()), widget: None, spec, seed: u64::MAX, t_ms: Some(12), model_version: 1 }
    }

    #[test]
    fn links_open_as_they_were_sent_in_both_codecs() {
        for (requests, codec) in [(0, "1.j."), (2_000, "1.d.")] {
            let sent = shared(requests);
            let link = encode(&sent).unwrap();
            assert!(link.starts_with(codec), "{}", &link[..40]);
            assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)));
            assert_eq!(decode(&link), Ok(sent));
        }
    }

    #[test]
    fn a_usual_scenario_stays_within_the_advised_length() {
        assert!(encode(&shared(0)).unwrap().len() <= ADVISED_CHARS);
    }

    #[test]
    fn what_cannot_be_opened_says_why() {
        let bomb = URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(&vec![b' '; 4 * INFLATED_BYTES_MAX], 8));
        let cases = [
            ("", "no version"),
            ("1", "cut off"),
            ("1.j", "cut off"),
            ("1.x.e30", "codec"),
            ("1.j.!", "damaged"),
            ("1.j.e30", "missing field"),
            ("1.d.e30", "damaged"),
            (&format!("1.d.{bomb}"), "damaged"),
        ];
        for (link, part) in cases {
            let error = decode(link).unwrap_err().to_string();
            assert!(error.contains(part), "{error}");
        }
        assert_eq!(decode("2.j.e30"), Err(ShareError::Newer(2)));
        assert_eq!(decode(&format!("1.j.{}", "A".repeat(PAYLOAD_CHARS_MAX))), Err(ShareError::TooLong));
    }

    #[test]
    fn padding_that_a_mailer_put_back_is_forgiven() {
        let link = encode(&shared(0)).unwrap();
        assert!(decode(&format!("{link}==")).is_ok());
    }

    proptest! {
        #[test]
        fn nothing_makes_the_decoder_panic(text in "\\PC{0,200}") {
            let _ = decode(&text);
        }

        #[test]
        fn no_payload_makes_the_decoder_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400), deflated in any::<bool>()) {
            let codec = if deflated { 'd' } else { 'j' };
            let _ = decode(&format!("1.{codec}.{}", URL_SAFE_NO_PAD.encode(bytes)));
        }

        #[test]
        fn damage_never_panics(position in 0_usize..1_000, byte in any::<u8>()) {
            let mut link = encode(&shared(0)).unwrap().into_bytes();
            let position = position % link.len();
            link[position] = byte;
            let _ = decode(&String::from_utf8_lossy(&link));
        }
    }
}
