//! The registry behind the constants: `facts.toml`, parsed, checked, looked up and turned into JSON.

mod table;
mod validate;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use crate::date::Date;
pub use table::{FirstRunTable, IdleLifeTable, InitTable, InitVariant, Table};
pub(crate) use validate::constant_tiers;
pub use validate::{Problem, RegistryError};

/// The text of `facts.toml` that this build carries.
pub const FACTS_TOML: &str = include_str!("../../facts.toml");

/// How many months after its reading a fact should be read again.
pub const REVIEW_AFTER_MONTHS: u8 = 6;

/// All facts, in the order of the file, each of them valid.
#[derive(Debug, Clone, PartialEq)]
pub struct Registry {
    facts: Vec<Fact>,
    /// Position of the fact that holds it, and the table.
    tables: Vec<(usize, Table)>,
}

/// One figure or behaviour of AWS Lambda, or one choice of ours where AWS publishes nothing.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Slug that lessons refer to, such as `init-limit`. Never renamed or used again for something else.
    pub id: String,
    /// One plain sentence.
    pub title: String,
    /// The value by itself; money and fractions are decimal text, never floats.
    pub value: Value,
    /// Unit of `value`; empty where there is none.
    pub unit: String,
    /// How the value reads in prose, such as `10 s`.
    pub text: String,
    /// What sort of statement it is.
    pub kind: Kind,
    /// Who says so.
    pub confidence: Confidence,
    /// Full `https` address of the source.
    pub source: String,
    /// Day on which the source was read, `YYYY-MM-DD`.
    pub read: String,
    /// Day by which it should be read again: [`REVIEW_AFTER_MONTHS`] after `read`.
    pub review_by: String,
    /// First day on which it holds, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<String>,
    /// Last day on which it held; absent while it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<String>,
    /// AWS Region it holds for; absent where it holds everywhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// What a reader should know besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Which generated table the value belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<TableKind>,
    /// Rules that it gives a value to for as long as it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleValue>,
    /// Constants that the generator writes for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub constants: Vec<Constant>,
}

/// A fact's value. There are no floats on purpose: a price must keep the digits that AWS prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A whole number.
    Integer(i64),
    /// Decimal text (`0.0000166667`) or words.
    Text(String),
    /// Several values in a meaningful order.
    List(Vec<Value>),
    /// Named values.
    Map(BTreeMap<String, Value>),
}

/// What sort of statement a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// AWS documents it.
    Fact,
    /// Somebody measured it.
    Measured,
    /// Ours: AWS publishes nothing, and the screen says so.
    Choice,
    /// True once, no longer.
    History,
    /// AWS's own pages disagree.
    Conflict,
}

/// Who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// An AWS document, price list or repository.
    Official,
    /// A third party measured or reported it.
    Secondary,
    /// Arithmetic on official figures.
    Derived,
    /// General knowledge or our own choice.
    Own,
}

/// The generated tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// INIT durations of one runtime.
    InitQuantiles,
    /// Durations of the first handler run of one runtime.
    FirstRun,
    /// Life of an idle environment, as observed in one year.
    IdleLife,
}

/// What a rule that changed over time said while a fact held: the facts of one rule follow one another without a gap.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleValue {
    /// Upper-case name that ends in its unit.
    pub name: String,
    /// Its value in the unit of the name.
    pub value: u64,
}

/// A constant that the generator writes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Upper-case name that ends in its unit.
    pub name: String,
    /// Its Rust type.
    #[serde(rename = "type")]
    pub kind: ConstantType,
    /// Its value in the unit of the name.
    pub value: Value,
}

/// Types that a constant may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConstantType {
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `[(u64, u64); 3]`: upper bound of the tier (`"max"` for the last) and its price.
    Tiers,
}

/// What a rule said from one day to another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RulePeriod<'a> {
    /// The fact that says so.
    pub fact: &'a Fact,
    /// First day; none where it is not known.
    pub from: Option<Date>,
    /// Last day; none while it holds.
    pub until: Option<Date>,
    /// What it says.
    pub value: u64,
}

impl Registry {
    /// Parses and checks the text of a registry file.
    ///
    /// # Errors
    /// Every problem found, not only the first.
    pub fn parse(text: &str) -> Result<Self, RegistryError> {
        validate::parse(text)
    }

    /// The registry that this build carries.
    ///
    /// # Errors
    /// Every problem of the file; the crate's own tests keep it free of them.
    pub fn bundled() -> Result<Self, RegistryError> {
        Self::parse(FACTS_TOML)
    }

    /// All facts in the order of the file.
    pub fn facts(&self) -> &[Fact] {
        &self.facts
    }

    /// All tables of measured points, each with the fact that holds it, in the order of the file.
    pub fn tables(&self) -> impl Iterator<Item = (&Fact, &Table)> {
        self.tables.iter().map(|(index, table)| (&self.facts[*index], table))
    }

    /// The fact with this id.
    pub fn get(&self, id: &str) -> Option<&Fact> {
        self.facts.iter().find(|fact| fact.id == id)
    }

    /// Every rule by name, with its periods in order of time: the fact, the first day if it has one, and the value.
    pub fn rules(&self) -> BTreeMap<&str, Vec<RulePeriod<'_>>> {
        let mut rules: BTreeMap<&str, Vec<RulePeriod<'_>>> = BTreeMap::new();
        for fact in &self.facts {
            let day = |text: &Option<String>| text.as_deref().and_then(Date::parse);
            for RuleValue { name, value } in &fact.rules {
                let period = RulePeriod { fact, from: day(&fact.valid_from), until: day(&fact.valid_to), value: *value };
                rules.entry(name).or_default().push(period);
            }
        }
        rules.values_mut().for_each(|periods| periods.sort_by_key(|period| (period.from, period.until.is_none())));
        rules
    }

    /// Compact JSON for the reference page: `{"facts":[...]}` in the order of the file. Constants and rules are left out.
    ///
    /// # Errors
    /// Whatever `serde_json` reports; strings and integers alone give it no reason to.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        #[derive(Serialize)]
        struct File {
            facts: Vec<Fact>,
        }
        let without_constants = |fact: &Fact| Fact { constants: Vec::new(), rules: Vec::new(), ..fact.clone() };
        serde_json::to_string(&File { facts: self.facts.iter().map(without_constants).collect() })
    }
}
