//! The axe-core checker, injected into the page under test.

use crate::error::{Doing, Error, Result};
use crate::page::Page;
use serde::Deserialize;
use serde_json::Value;
use std::{env, fs};

/// Standards up to WCAG 2.2 AA and axe's own good practice.
const RUN: &str = r"
const done = arguments[arguments.length - 1];
axe.run(document, {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
}).then(
  (results) => done(results.violations.map((violation) => ({
    rule: violation.id,
    help: violation.help,
    elements: violation.nodes.map((node) => node.target.join(' ') + ': ' + node.failureSummary),
  }))),
  (error) => done(String(error)),
);
";

/// A rule that elements of the page break.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Violation {
    /// The rule's id, such as `color-contrast`.
    pub rule: String,
    /// What the rule asks for.
    pub help: String,
    /// Each element that breaks it, and how.
    pub elements: Vec<String>,
}

impl Page {
    /// What axe-core finds wrong with the page as it is now.
    ///
    /// # Errors
    /// Where `COLDSTART_AXE` names no script or the checker itself fails.
    pub async fn violations(&self) -> Result<Vec<Violation>> {
        let script = env::var("COLDSTART_AXE").map_err(|_| Error::MissingVariable("COLDSTART_AXE"))?;
        let axe = fs::read_to_string(&script).map_err(|source| Error::File { path: script, source })?;
        // Where the page stands is chance: what lies under the header that stays would count as hidden.
        self.eval("window.scrollTo(0, 0)").await?;
        self.client().execute(&axe, Vec::new()).await.doing(|| "loading axe-core".to_owned())?;
        let found: Value = self.client().execute_async(RUN, Vec::new()).await.doing(|| "running axe-core".to_owned())?;
        serde_json::from_value(found.clone()).map_err(|_| Error::Answer(format!("axe.run: {found}")))
    }
}
