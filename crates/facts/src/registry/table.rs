//! Facts whose value is a table of measured points, read into types for the generator.

use serde::Deserialize;

use super::{Fact, TableKind, Value};

/// The table that a fact's value holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Table {
    /// INIT durations of one runtime.
    Init(InitTable),
    /// First handler run of one runtime.
    FirstRun(FirstRunTable),
    /// Life of an idle environment.
    IdleLife(IdleLifeTable),
}

/// INIT durations of one runtime, by architecture and package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitTable {
    /// Slug of the runtime, such as `python3.12`.
    pub slug: String,
    /// Name for the screen.
    pub label: String,
    /// One entry for each measured combination.
    pub variants: Vec<InitVariant>,
}

/// INIT durations of one runtime, architecture and package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InitVariant {
    /// `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// `zip` or `image`.
    pub package: &'static str,
    /// Permille rank and milliseconds, both rising.
    pub points: Vec<(u16, u32)>,
}

/// Durations of the first handler run after INIT.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FirstRunTable {
    /// Slug of the runtime.
    pub slug: String,
    /// Memory in MB and microseconds, memory rising.
    pub points: Vec<(u32, u32)>,
}

/// Life of an idle environment.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdleLifeTable {
    /// Slug of the profile, such as `cliff_2021`.
    pub slug: String,
    /// Name for the screen.
    pub label: String,
    /// Permille of environments already reclaimed and milliseconds of idleness, both rising.
    pub points: Vec<(u16, u64)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct InitFields {
    slug: String,
    label: String,
    x86_64_zip: Option<Vec<(u16, u32)>>,
    arm64_zip: Option<Vec<(u16, u32)>>,
    x86_64_image: Option<Vec<(u16, u32)>>,
    arm64_image: Option<Vec<(u16, u32)>>,
}

impl Fact {
    /// The table in this fact's value, `None` where the fact belongs to no table, or what is wrong with the table.
    pub(super) fn read_table(&self) -> Result<Option<Table>, String> {
        let Some(kind) = self.table else {
            return Ok(None);
        };
        let table = match kind {
            TableKind::InitQuantiles => Table::Init(init_table(from_value(&self.value)?)?),
            TableKind::FirstRun => {
                let table: FirstRunTable = from_value(&self.value)?;
                rising(&table.points, u32::MAX)?;
                Table::FirstRun(table)
            }
            TableKind::IdleLife => {
                let table: IdleLifeTable = from_value(&self.value)?;
                rising(&table.points, 1000)?;
                rising_values(&table.points)?;
                Table::IdleLife(table)
            }
        };
        Ok(Some(table))
    }
}

fn from_value<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, String> {
    let json = serde_json::to_value(value).map_err(|error| error.to_string())?;
    serde_json::from_value(json).map_err(|error| error.to_string())
}

fn init_table(fields: InitFields) -> Result<InitTable, String> {
    let measured = [
        ("x86_64", "zip", fields.x86_64_zip),
        ("arm64", "zip", fields.arm64_zip),
        ("x86_64", "image", fields.x86_64_image),
        ("arm64", "image", fields.arm64_image),
    ];
    let mut variants = Vec::new();
    for (architecture, package, points) in measured {
        let Some(points) = points else { continue };
        rising(&points, 1000)?;
        rising_values(&points)?;
        variants.push(InitVariant { architecture, package, points });
    }
    if variants.is_empty() {
        return Err("the table has no points".into());
    }
    Ok(InitTable { slug: fields.slug, label: fields.label, variants })
}

fn rising<K: Copy + PartialOrd + Into<u64>, V>(points: &[(K, V)], highest: u32) -> Result<(), String> {
    let strictly = points.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let within = points.last().is_some_and(|last| last.0.into() <= u64::from(highest));
    if strictly && within { Ok(()) } else { Err(format!("ranks must rise and end at {highest} or below")) }
}

fn rising_values<K, V: PartialOrd>(points: &[(K, V)]) -> Result<(), String> {
    let never_falls = points.windows(2).all(|pair| pair[0].1 <= pair[1].1);
    if never_falls { Ok(()) } else { Err("values must not fall as the rank rises".into()) }
}
