//! Writes `constants.rs` and `tables.rs` from the registry.

use std::fmt::Write as _;

use crate::registry::{Constant, ConstantType, Fact, Registry, Table, Value};

const HEADER: &str = "// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.\n\n";

/// The text of `src/constants.rs`.
pub fn constants_rs(registry: &Registry) -> String {
    let mut out = format!(
        "//! Figures of AWS Lambda as constants, in the unit that each name ends in.\n//!\n\
         //! `_MS` milliseconds, `_MB` megabytes, `_PD` picodollars (10^-12 USD), `_GBS` gigabyte-seconds.\n\n{HEADER}"
    );
    for fact in registry.facts() {
        for constant in &fact.constants {
            // `fmt::Write` into a string cannot fail.
            let _ = write!(out, "{}", constant_item(fact, constant));
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The text of `src/tables.rs`.
pub fn tables_rs(registry: &Registry) -> String {
    let (mut init, mut first_run, mut idle_life) = (String::new(), String::new(), String::new());
    for fact in registry.facts() {
        // A registry exists only once its tables have been read without error.
        match fact.read_table() {
            Ok(Some(Table::Init(table))) => {
                for variant in &table.variants {
                    let points = variant.points.iter().map(|&(rank, ms)| (rank, u64::from(ms) * 1000));
                    let _ = writeln!(
                        init,
                        "    InitQuantiles {{ runtime: {:?}, label: {:?}, architecture: {:?}, package: {:?}, points: &{} }}, // {}",
                        table.slug,
                        table.label,
                        variant.architecture,
                        variant.package,
                        pairs(points),
                        fact.id
                    );
                }
            }
            Ok(Some(Table::FirstRun(table))) => {
                let points = table.points.iter().map(|&(memory_mb, us)| (memory_mb, u64::from(us)));
                let _ = writeln!(
                    first_run,
                    "    FirstRun {{ runtime: {:?}, cpu_equivalent_us: {}, points: &{} }}, // {}",
                    table.slug,
                    digits(cpu_equivalent_us(&table.points)),
                    pairs(points),
                    fact.id
                );
            }
            Ok(Some(Table::IdleLife(table))) => {
                let _ = writeln!(
                    idle_life,
                    "    IdleLifeProfile {{ slug: {:?}, label: {:?}, points: &{} }}, // {}",
                    table.slug,
                    table.label,
                    pairs(table.points.iter().copied()),
                    fact.id
                );
            }
            Ok(None) | Err(_) => {}
        }
    }
    format!(
        "{TABLE_TYPES}/// INIT durations: runtimes in the order of the registry, zip on x86 first.\npub static INIT_QUANTILES: &[InitQuantiles] = &[\n{init}];\n\n\
         /// First handler runs, in the order of the registry.\npub static FIRST_RUN: &[FirstRun] = &[\n{first_run}];\n\n\
         /// Idle lives, oldest observation first.\npub static IDLE_LIFE_PROFILES: &[IdleLifeProfile] = &[\n{idle_life}];\n"
    )
}

fn constant_item(fact: &Fact, constant: &Constant) -> String {
    let (kind, value) = match (&constant.kind, &constant.value) {
        (ConstantType::Tiers, value) => ("[(u64, u64); 3]", tier_text(value)),
        (ConstantType::U32, value) => ("u32", integer_text(value)),
        (ConstantType::U64, value) => ("u64", integer_text(value)),
    };
    format!(
        "/// {} In words: {}.\n///\n/// Fact `{}`, {}, <{}>, read {}.\npub const {}: {kind} = {value}; // fact {}\n\n",
        fact.title,
        fact.text,
        fact.id,
        confidence_words(fact),
        fact.source,
        fact.read,
        constant.name,
        fact.id
    )
}

fn confidence_words(fact: &Fact) -> &'static str {
    use crate::registry::{Confidence, Kind};
    match (fact.kind, fact.confidence) {
        (Kind::Choice, _) => "our choice",
        (_, Confidence::Official) => "official",
        (_, Confidence::Secondary) => "secondary",
        (_, Confidence::Derived) => "derived",
        (_, Confidence::Own) => "unconfirmed",
    }
}

fn integer_text(value: &Value) -> String {
    match value {
        Value::Integer(value) => digits(value.unsigned_abs()),
        // The registry's checks leave only integers here; anything else would not compile.
        other => format!("{other:?}"),
    }
}

fn tier_text(value: &Value) -> String {
    let tiers = crate::registry::constant_tiers(value).unwrap_or_default();
    let row = |&(bound, price): &(u64, u64)| {
        let bound = if bound == u64::MAX { "u64::MAX".to_owned() } else { digits(bound) };
        format!("({bound}, {})", digits(price))
    };
    format!("[{}]", tiers.iter().map(row).collect::<Vec<_>>().join(", "))
}

fn pairs<K: Into<u64>>(points: impl Iterator<Item = (K, u64)>) -> String {
    let pair = |(rank, value): (K, u64)| format!("({}, {})", digits(rank.into()), digits(value));
    format!("[{}]", points.map(pair).collect::<Vec<_>>().join(", "))
}

/// vCPU time of the run at 512 MB: what it would take on one full vCPU if it were CPU work alone.
fn cpu_equivalent_us(points: &[(u32, u32)]) -> u64 {
    let at_512 = points.iter().find(|point| point.0 == 512).map_or(0, |point| u64::from(point.1));
    let one_vcpu_at_mb = u64::from(crate::constants::ONE_VCPU_AT_MB);
    (at_512 * 512 + one_vcpu_at_mb / 2) / one_vcpu_at_mb
}

/// Decimal digits in groups of three: `1_769`.
fn digits(value: u64) -> String {
    let plain = value.to_string();
    let mut out = String::new();
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            out.push('_');
        }
        out.push(digit);
    }
    out
}

const TABLE_TYPES: &str = r#"//! Measured distributions: INIT by runtime, the first handler run, and the life of idle environments.
//!
//! How to read a quantile table (fact `quantile-interpolation`, our choice): straight lines between the points; below
//! the lowest point its value, above the highest point its value. Where only p50, p90 and p99 were published, the lower
//! half is therefore flat at the median, and nothing is slower than p99.

// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.

/// INIT durations of an almost empty function, as its REPORT lines show them.
///
/// Measured at 512 MB; memory does not matter for INIT (fact `init-cpu-boost`). Download and sandbox time are not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InitQuantiles {
    /// Slug of the runtime, such as `python3.12`.
    pub runtime: &'static str,
    /// Name for the screen.
    pub label: &'static str,
    /// `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// `zip` or `image`.
    pub package: &'static str,
    /// Permille rank and microseconds, both rising; rank 0 is the minimum, 1000 the maximum.
    pub points: &'static [(u16, u32)],
}

/// Duration of the first handler run after INIT: lazy loading and just-in-time compilation, which do depend on memory.
///
/// Between the measured sizes it is about inversely proportional to memory (fact `first-run-scaling`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstRun {
    /// Slug of the runtime, as in [`INIT_QUANTILES`].
    pub runtime: &'static str,
    /// vCPU time of the run at 512 MB in microseconds: what it would take on one full vCPU if it were CPU work alone.
    pub cpu_equivalent_us: u32,
    /// Memory in MB, rising, and microseconds; x86, zip.
    pub points: &'static [(u32, u32)],
}

/// How long idle environments lived, in the year of an observation. AWS publishes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdleLifeProfile {
    /// Slug of the profile, such as `cliff_2021`.
    pub slug: &'static str,
    /// Name for the screen.
    pub label: &'static str,
    /// Permille of idle environments already reclaimed and milliseconds of idleness, both rising.
    pub points: &'static [(u16, u64)],
}

"#;
