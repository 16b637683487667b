//! Checks of functions.

use super::checker::{Checker, text};
use super::{behaviour, bounds, dependencies, id, in_order, network, reservable, scaling};
use crate::limits;
use crate::spec::{
    AccountSpec, ArchitectureSpec, DistributionSpec, FunctionSpec, HandlerSpec, InitSpec, MaxLifeSpec, PackageSpec, ProvisionedSpec,
    QuantileSpec, ReclaimSpec, ScenarioSpec,
};

pub(super) fn check(checker: &mut Checker, spec: &ScenarioSpec) {
    if !checker.entries("functions", spec.functions.len(), limits::FUNCTIONS) {
        return;
    }
    let mut seen = Vec::new();
    for (index, function) in spec.functions.iter().enumerate() {
        checker.item("functions", index, |c| {
            id(c, &function.id, &mut seen);
            one(c, function, &spec.account);
            dependencies::calls(c, spec, function);
            network::sends(c, spec, function);
            c.at("asynchronous", |c| network::asynchronous(c, spec, &function.asynchronous));
            c.at("behaviour", |c| behaviour::check(c, function));
        });
    }
    shared_concurrency(checker, spec);
}

fn one(c: &mut Checker, function: &FunctionSpec, account: &AccountSpec) {
    let memory_ok = c.number("memory_mb", function.memory_mb, limits::MEMORY_MB);
    c.number("tmp_mb", function.tmp_mb, limits::TMP_MB);
    c.number("timeout_ms", function.timeout_ms, limits::TIMEOUT_MS);
    c.at("handler", |c| handler(c, &function.handler, function.memory_mb, memory_ok));
    c.at("init", |c| init(c, &function.init, function.architecture));
    c.at("reclaim", |c| reclaim(c, &function.reclaim));
    if let MaxLifeSpec::Uniform { low_s, high_s } = function.max_life {
        c.at("max_life", |c| bounds(c, ("low_s", low_s), ("high_s", high_s), limits::SPAN_S));
    }
    c.optional("reserved_concurrency", function.reserved_concurrency, limits::RESERVED);
    if c.entries("provisioned", function.provisioned.len(), limits::PROVISIONED) {
        provisioned(c, function, account);
    }
    scaling::check(c, function, reservable(account));
    if c.entries("deploys", function.deploys.len(), limits::DEPLOYS) {
        for (index, deploy) in function.deploys.iter().enumerate() {
            c.item("deploys", index, |c| c.number("at_s", deploy.at_s, limits::MOMENT_S));
        }
        in_order(c, "deploys", function.deploys.iter().map(|deploy| deploy.at_s), true);
    }
}

fn handler(c: &mut Checker, handler: &HandlerSpec, memory_mb: u32, memory_ok: bool) {
    distribution(c, "cpu", &handler.cpu);
    distribution(c, "wait", &handler.wait);
    distribution(c, "first_run_cpu", &handler.first_run_cpu);
    c.number("threads", handler.threads, limits::THREADS);
    let errors_ok = c.number("error_rate", handler.error_rate, limits::SHARE);
    let crashes_ok = c.number("crash_rate", handler.crash_rate, limits::SHARE);
    if errors_ok && crashes_ok && handler.error_rate + handler.crash_rate > 1.0 {
        let sum = text(&(handler.error_rate + handler.crash_rate));
        c.error("crash_rate", format!("together with error_rate it is {sum}; the two shares may not pass 1"));
    }
    c.number("poison_rate", handler.poison_rate, limits::SHARE);
    let used_ok = c.number("max_memory_used_mb", handler.max_memory_used_mb, limits::MEMORY_USED_MB);
    if used_ok && memory_ok && handler.max_memory_used_mb > memory_mb {
        let (used, size) = (text(&handler.max_memory_used_mb), text(&memory_mb));
        c.error("max_memory_used_mb", format!("{used} MB is above memory_mb ({size} MB)"));
    }
}

fn init(c: &mut Checker, init: &InitSpec, architecture: ArchitectureSpec) {
    distribution(c, "sandbox", &init.sandbox);
    distribution(c, "code", &init.code);
    if c.characters("runtime", &init.runtime, limits::RUNTIME_CHARS) && !init.runtime.is_empty() {
        runtime(c, &init.runtime, architecture, init.package);
    }
}

/// The runtime must have a measured INIT for this architecture and package.
fn runtime(c: &mut Checker, slug: &str, architecture: ArchitectureSpec, package: PackageSpec) {
    let architecture = match architecture {
        ArchitectureSpec::X86_64 => "x86_64",
        ArchitectureSpec::Arm64 => "arm64",
    };
    let package = match package {
        PackageSpec::Zip => "zip",
        PackageSpec::Image => "image",
    };
    let measured = || coldstart_facts::INIT_QUANTILES.iter().filter(|row| row.architecture == architecture && row.package == package);
    if measured().any(|row| row.runtime == slug) {
        return;
    }
    if coldstart_facts::INIT_QUANTILES.iter().any(|row| row.runtime == slug) {
        c.error("runtime", format!("{slug:?} has no measured INIT for {architecture} and {package}; leave it empty and set init.code"));
        return;
    }
    let mut near: Vec<&str> = measured().map(|row| row.runtime).filter(|known| is_near(slug, known)).collect();
    if near.is_empty() {
        near = measured().map(|row| row.runtime).collect();
    }
    c.error("runtime", format!("{slug:?} is not in the table of measured runtimes; it has {}", near.join(", ")));
}

/// Whether two slugs begin alike (`python3.11` and `python3.12`) or are a few letters apart.
fn is_near(slug: &str, known: &str) -> bool {
    let letters =
        |text: &str| -> String { text.chars().take_while(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect() };
    let (a, b) = (letters(slug), letters(known));
    !a.is_empty() && (a == b || a.starts_with(&b) || b.starts_with(&a) || distance(slug, known) <= 2)
}

/// Levenshtein distance; both texts are at most 40 characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

fn reclaim(c: &mut Checker, reclaim: &ReclaimSpec) {
    match reclaim {
        ReclaimSpec::Profile { .. } | ReclaimSpec::Never => {}
        ReclaimSpec::Constant { idle_life_s } => {
            c.number("idle_life_s", *idle_life_s, limits::SPAN_S);
        }
        ReclaimSpec::Exponential { mean_s } => {
            c.number("mean_s", *mean_s, limits::SPAN_S);
        }
    }
}

/// Checks the law of a random duration.
pub(super) fn distribution(c: &mut Checker, field: &str, law: &DistributionSpec) {
    c.at(field, |c| match law {
        DistributionSpec::Constant { ms } => {
            c.number("ms", *ms, limits::DURATION_MS);
        }
        DistributionSpec::Uniform { low_ms, high_ms } => bounds(c, ("low_ms", *low_ms), ("high_ms", *high_ms), limits::DURATION_MS),
        DistributionSpec::Exponential { mean_ms } => {
            c.number("mean_ms", *mean_ms, limits::POSITIVE_MS);
        }
        DistributionSpec::Lognormal { mean_ms, p99_ms } => lognormal(c, *mean_ms, *p99_ms),
        DistributionSpec::Quantiles { points } => quantiles(c, points),
    });
}

fn lognormal(c: &mut Checker, mean_ms: f64, p99_ms: f64) {
    let mean_ok = c.number("mean_ms", mean_ms, limits::POSITIVE_MS);
    let p99_ok = c.number("p99_ms", p99_ms, limits::POSITIVE_MS);
    if !(mean_ok && p99_ok) {
        return;
    }
    let most = limits::LOGNORMAL_P99_PER_MEAN;
    if p99_ms <= mean_ms || p99_ms > mean_ms * most {
        let (p99, mean) = (text(&p99_ms), text(&mean_ms));
        c.error(
            "p99_ms",
            format!("no lognormal has a mean of {mean} ms and a p99 of {p99} ms; p99 is above the mean and at most {most} times it"),
        );
    }
}

fn quantiles(c: &mut Checker, points: &[QuantileSpec]) {
    if !c.entries("points", points.len(), limits::QUANTILES) {
        return;
    }
    for (index, point) in points.iter().enumerate() {
        c.item("points", index, |c| {
            let mut sound = c.number("share", point.share, limits::SHARE);
            sound &= c.number("ms", point.ms, limits::DURATION_MS);
            if let Some(before) = index.checked_sub(1).and_then(|before| points.get(before)).filter(|_| sound) {
                if point.share <= before.share {
                    c.error("share", format!("{} does not rise above the point before it ({})", text(&point.share), text(&before.share)));
                }
                if point.ms < before.ms {
                    c.error("ms", format!("{} ms falls below the point before it ({} ms)", text(&point.ms), text(&before.ms)));
                }
            }
        });
    }
}

fn provisioned(c: &mut Checker, function: &FunctionSpec, account: &AccountSpec) {
    let most = reservable(account);
    for (index, window) in function.provisioned.iter().enumerate() {
        c.item("provisioned", index, |c| {
            if c.number("units", window.units, limits::PROVISIONED_UNITS) {
                let units = text(&window.units);
                match function.reserved_concurrency {
                    Some(reserved) if window.units > reserved => {
                        c.error("units", format!("{units} is above the function's reserved_concurrency ({})", text(&reserved)));
                    }
                    _ if window.units > most => c.error("units", format!("{units} is above {}", reservable_words(account))),
                    _ => {}
                }
            }
            let from_ok = c.number("from_s", window.from_s, limits::MOMENT_S);
            let until_ok = c.optional("until_s", window.until_s, limits::MOMENT_S);
            if let Some(until_s) = window.until_s.filter(|until_s| from_ok && until_ok && *until_s <= window.from_s) {
                c.error("until_s", format!("{} s is not after from_s ({} s)", text(&until_s), text(&window.from_s)));
            }
            c.number("preparation_s", window.preparation_s, limits::PREPARATION_S);
        });
    }
    overlaps(c, &function.provisioned);
}

fn overlaps(c: &mut Checker, windows: &[ProvisionedSpec]) {
    let mut order: Vec<usize> = (0..windows.len()).collect();
    order.sort_by(|a, b| windows[*a].from_s.total_cmp(&windows[*b].from_s));
    for pair in order.windows(2) {
        let (earlier, later) = (&windows[pair[0]], &windows[pair[1]]);
        if earlier.until_s.is_none_or(|until_s| until_s > later.from_s) {
            c.item("provisioned", pair[1], |c| {
                c.error("from_s", format!("{} s is within entry {}; windows may not overlap", text(&later.from_s), pair[0]));
            });
        }
    }
}

fn reservable_words(account: &AccountSpec) -> String {
    let (limit, floor) = (text(&account.concurrency_limit), coldstart_facts::UNRESERVED_FLOOR);
    format!("{}: the account limit {limit} less the {floor} that stay unreserved", text(&reservable(account)))
}

/// Reserved concurrency and the provisioned concurrency of functions without any come out of one account.
fn shared_concurrency(checker: &mut Checker, spec: &ScenarioSpec) {
    let most = u64::from(reservable(&spec.account));
    let mut reserved = 0_u64;
    for (index, function) in spec.functions.iter().enumerate() {
        let Some(own) = function.reserved_concurrency else { continue };
        let before = reserved;
        reserved += u64::from(own);
        if reserved > most && before <= most {
            let words = reservable_words(&spec.account);
            checker.item("functions", index, |c| {
                c.error("reserved_concurrency", format!("reserved concurrency sums to {} here, above {words}", text(&reserved)));
            });
        }
    }
    if reserved > most {
        return;
    }
    // The sum changes at the start of a window only; what is scaled counts with the most that it may become.
    for (index, function) in spec.functions.iter().enumerate().filter(|(_, function)| function.reserved_concurrency.is_none()) {
        // Said once, at the last one.
        let is_last = spec.functions[index + 1..].iter().all(|later| later.provisioned_scaling.is_none());
        let at_start = reserved + provisioned_at(spec, 0.0);
        if is_last && function.provisioned_scaling.as_ref().is_some_and(|own| scaling::most_units(own) <= most) && at_start > most {
            let words = reservable_words(&spec.account);
            let path = format!("functions[{index}].provisioned_scaling.max_units");
            checker.error(&path, format!("with it, reserved and provisioned concurrency may sum to {}, above {words}", text(&at_start)));
        }
        for (place, window) in function.provisioned.iter().enumerate().filter(|(_, window)| u64::from(window.units) <= most) {
            let sum = reserved + provisioned_at(spec, window.from_s);
            if sum > most {
                let words = reservable_words(&spec.account);
                let path = format!("functions[{index}].provisioned[{place}].units");
                checker.error(&path, format!("with it, reserved and provisioned concurrency sum to {}, above {words}", text(&sum)));
            }
        }
    }
}

/// Units allocated at a moment to functions without reserved concurrency.
fn provisioned_at(spec: &ScenarioSpec, at_s: f64) -> u64 {
    let unreserved = spec.functions.iter().filter(|function| function.reserved_concurrency.is_none());
    let at_most = |function: &FunctionSpec| {
        let open = function.provisioned.iter().filter(|one| one.from_s <= at_s && one.until_s.is_none_or(|until_s| until_s > at_s));
        open.map(|window| u64::from(window.units)).sum::<u64>() + function.provisioned_scaling.as_ref().map_or(0, scaling::most_units)
    };
    unreserved.map(at_most).sum()
}

#[cfg(test)]
mod tests {
    use super::{distance, is_near};

    #[test]
    fn near_slugs_are_found() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert!(is_near("python3.11", "python3.12"));
        assert!(is_near("node", "nodejs22.x"));
        assert!(is_near("rist", "rust"));
        assert!(!is_near("cobol", "java21"));
    }
}
