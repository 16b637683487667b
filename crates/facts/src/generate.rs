//! Writes `constants.rs` and `tables.rs` from the registry.

use crate::registry::{
    Constant, ConstantType, Date, Fact, FirstRunTable, IdleLifeTable, InitTable, InitVariant, Registry, RulePeriod, Table, Value,
};

const HEADER: &str = "// Generated from facts.toml by facts-generate. Do not edit: change the registry and generate again.\n\n";

/// The text of `src/constants.rs`.
pub fn constants_rs(registry: &Registry) -> String {
    let mut out = format!(
        "{HEADER}//! Figures of AWS Lambda as constants, in the unit that each name ends in.
//!
\
         //! `_MS` milliseconds, `_KB` and `_MB` kilobytes and megabytes, `_KIB` and `_MIB` those of 1,024, `_PD` picodollars (10^-12 USD), `_GBS`
//! gigabyte-seconds.

"
    );
    for fact in registry.facts() {
        for constant in &fact.constants {
            out.push_str(&constant_item(fact, constant));
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// The text of `src/rules.rs`.
pub fn rules_rs(registry: &Registry) -> String {
    let mut out = format!(
        "{HEADER}//! Rules that changed over time, each with its periods: what [`Rule::on`] picks from.\n\nuse crate::date::Date;\nuse crate::types::{{Period, Rule}};\n"
    );
    for (name, periods) in registry.rules() {
        let facts: Vec<String> = periods.iter().map(|period| format!("`{}`", period.fact.id)).collect();
        let rows: String = periods.iter().map(rule_row).collect();
        out.push_str(&format!("\n/// Facts {}.\npub static {name}: Rule = Rule {{ periods: &[\n{rows}] }};\n", facts.join(", ")));
    }
    out
}

fn rule_row(period: &RulePeriod<'_>) -> String {
    format!("    Period {{ from: {}, value: {} }}, // fact {}\n", day(period.from), digits(period.value), period.fact.id)
}

fn day(date: Option<Date>) -> String {
    date.map_or("None".to_owned(), |date| {
        let (year, month, day) = date.parts();
        format!("Some(Date::of({year}, {month}, {day}))")
    })
}

/// The text of `src/tables.rs`.
pub fn tables_rs(registry: &Registry) -> String {
    let (mut init, mut first_run, mut idle_life) = (String::new(), String::new(), String::new());
    for (fact, table) in registry.tables() {
        match table {
            Table::Init(table) => init.extend(table.variants.iter().map(|variant| init_row(fact, table, variant))),
            Table::FirstRun(table) => first_run.push_str(&first_run_row(fact, table)),
            Table::IdleLife(table) => idle_life.push_str(&idle_life_row(fact, table)),
        }
    }
    format!(
        "{HEADER}//! Measured distributions: INIT by runtime, the first handler run, and the life of idle environments.\n\n\
         pub use crate::types::{{FirstRun, IdleLifeProfile, InitQuantiles}};\n\
         use crate::date::Date;\n\n\
         /// INIT durations: runtimes in the order of the registry, zip on x86 first.\n\
         pub static INIT_QUANTILES: &[InitQuantiles] = &[\n{init}];\n\n\
         /// First handler runs, in the order of the registry.\n\
         pub static FIRST_RUN: &[FirstRun] = &[\n{first_run}];\n\n\
         /// Idle lives, oldest observation first.\n\
         pub static IDLE_LIFE_PROFILES: &[IdleLifeProfile] = &[\n{idle_life}];\n"
    )
}

fn init_row(fact: &Fact, table: &InitTable, variant: &InitVariant) -> String {
    let InitVariant { architecture, package, points } = variant;
    let points = pairs(points.iter().map(|&(rank, ms)| (rank, u64::from(ms) * 1000)));
    format!(
        "    InitQuantiles {{ runtime: {:?}, label: {:?}, architecture: {architecture:?}, package: {package:?}, points: &{points} }}, // fact {}\n",
        table.slug, table.label, fact.id
    )
}

fn first_run_row(fact: &Fact, table: &FirstRunTable) -> String {
    let cpu = digits(cpu_equivalent_us(&table.points));
    let points = pairs(table.points.iter().map(|&(memory_mb, us)| (memory_mb, u64::from(us))));
    format!("    FirstRun {{ runtime: {:?}, cpu_equivalent_us: {cpu}, points: &{points} }}, // fact {}\n", table.slug, fact.id)
}

fn idle_life_row(fact: &Fact, table: &IdleLifeTable) -> String {
    let points = pairs(table.points.iter().copied());
    let from = day(fact.valid_from.as_deref().and_then(Date::parse));
    format!(
        "    IdleLifeProfile {{ slug: {:?}, label: {:?}, from: {from}, points: &{points} }}, // fact {}\n",
        table.slug, table.label, fact.id
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
