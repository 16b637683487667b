//! The last step of every build of the site: lessons and security policy. Trunk calls it, so that a plain `trunk build`
//! has them too.

use crate::args::Args;
use crate::failure::{During, Failure, Result};
use crate::{lessons, parts};
use base64::Engine as _;
use sha2::{Digest, Sha256};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// `cargo xtask finish`: works on the folder in which trunk assembles the site.
pub fn command(args: Args) -> Result<()> {
    args.finish()?;
    let staging = env::var_os("TRUNK_STAGING_DIR").map(PathBuf::from);
    let staging = staging.ok_or_else(|| Failure::new("only trunk calls this, with TRUNK_STAGING_DIR set"))?;
    lessons::write(&staging.join("lessons")).during("lessons")?;
    if env::var("TRUNK_PROFILE").is_ok_and(|profile| profile == "release") {
        for program in [parts::APP, parts::WORKER] {
            let files = program.split(&staging).during(program.what)?;
            name_parts(&staging, program.meta, &files)?;
        }
    }
    write_policy(&staging).during("security policy")
}

/// Tells the page which parts have files of their own.
fn name_parts(staging: &Path, meta: &str, files: &[String]) -> Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    let index = staging.join("index.html");
    let html = fs::read_to_string(&index)?;
    fs::write(&index, after_charset(&html, &format!("<meta name=\"{meta}\" content=\"{}\">", files.join(" ")))?)?;
    Ok(())
}

/// Puts the policy into the page and, as the header to send, into `csp.txt`.
fn write_policy(staging: &Path) -> Result<()> {
    let index = staging.join("index.html");
    let html = fs::read_to_string(&index)?;
    // `trunk serve` rewrites its reload script as it answers, so that no hash of it can hold.
    if html.contains("__TRUNK_ADDRESS__") {
        return Ok(());
    }
    let policy = policy(&html);
    fs::write(&index, with_policy(&html, &policy)?)?;
    fs::write(staging.join("csp.txt"), policy + "\n")?;
    Ok(())
}

/// The Content-Security-Policy that lets the page do what it does and nothing more.
pub fn policy(html: &str) -> String {
    let hashes: String = inline_scripts(html).iter().map(|script| format!(" '{}'", source_hash(script))).collect();
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval'{hashes}"),
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
    ]
    .join("; ")
}

fn source_hash(script: &str) -> String {
    let digest = Sha256::digest(script.as_bytes());
    format!("sha256-{}", base64::engine::general_purpose::STANDARD.encode(digest))
}

/// The texts of the scripts written into the page rather than linked.
fn inline_scripts(html: &str) -> Vec<&str> {
    let mut scripts = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find("<script") {
        rest = &rest[start..];
        let (Some(open), Some(close)) = (rest.find('>'), rest.find("</script>")) else {
            break;
        };
        if open < close && !rest[..open].contains(" src=") {
            scripts.push(&rest[open + 1..close]);
        }
        rest = &rest[close..];
    }
    scripts
}

/// The policy must precede what it governs.
fn with_policy(html: &str, policy: &str) -> Result<String> {
    after_charset(html, &format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"))
}

/// The character set must stay within the first kilobyte.
fn after_charset(html: &str, element: &str) -> Result<String> {
    const CHARSET: &str = "<meta charset=\"utf-8\">";
    let at = html.find(CHARSET).map(|start| start + CHARSET.len());
    let at = at.ok_or_else(|| Failure::new(format!("index.html lacks `{CHARSET}`")))?;
    let (before, after) = html.split_at(at);
    Ok(format!("{before}\n    {element}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\"><script type=\"module\">go()</script>\
                        <script src=\"a.js\"></script></head>";

    #[test]
    fn only_scripts_without_a_source_are_inline() {
        assert_eq!(inline_scripts(PAGE), ["go()"]);
    }

    #[test]
    fn a_script_is_named_by_the_digest_that_browsers_compute() {
        // The example of the Content Security Policy specification, level 3.
        let expected = "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=";
        assert_eq!(source_hash("alert('Hello, world.');"), expected);
    }

    #[test]
    fn the_policy_goes_in_front_of_the_first_script() {
        let page = with_policy(PAGE, &policy(PAGE)).expect("has a charset");
        let policy_at = page.find("Content-Security-Policy");
        assert!(policy_at.is_some() && policy_at < page.find("<script"));
    }

    #[test]
    fn a_page_without_a_character_set_is_refused() {
        assert!(with_policy("<head></head>", "x").is_err());
    }
}
