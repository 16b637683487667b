//! Checks of provisioned concurrency that follows its use.

use super::checker::{Checker, text};
use super::in_order;
use crate::limits;
use crate::spec::{FunctionSpec, MaxLifeSpec, ProvisionedScalingSpec};

/// `most`: what the account lets be provisioned.
pub(super) fn check(c: &mut Checker, function: &FunctionSpec, most: u32) {
    let Some(spec) = &function.provisioned_scaling else { return };
    let most = function.reserved_concurrency.map_or(most, |reserved| reserved.min(most));
    c.at("provisioned_scaling", |c| {
        bounds(c, (spec.min_units, spec.max_units), most);
        c.number("target_utilisation", spec.target_utilisation, limits::UTILISATION);
        c.number("preparation_s", spec.preparation_s, limits::PREPARATION_S);
        if c.entries("schedule", spec.schedule.len(), limits::PROVISIONED) {
            for (index, action) in spec.schedule.iter().enumerate() {
                c.item("schedule", index, |c| {
                    c.number("at_s", action.at_s, limits::MOMENT_S);
                    bounds(c, (action.min_units, action.max_units), most);
                });
            }
            in_order(c, "schedule", spec.schedule.iter().map(|action| action.at_s), true);
        }
    });
    if !function.provisioned.is_empty() {
        c.error("provisioned_scaling", "there is provisioned as well; give the units by one of the two".to_owned());
    }
}

fn bounds(c: &mut Checker, (min, max): (u32, u32), most: u32) {
    let sound = c.number("min_units", min, limits::PROVISIONED_UNITS) & c.number("max_units", max, limits::PROVISIONED_UNITS);
    if sound && min > max {
        c.error("max_units", format!("{} is below min_units ({})", text(&max), text(&min)));
    } else if sound && max > most {
        c.error("max_units", format!("{} is above {}, the most that the function may have", text(&max), text(&most)));
    }
}

/// Most units that it may ever ask for.
pub(super) fn most_units(spec: &ProvisionedScalingSpec) -> u64 {
    spec.schedule.iter().map(|action| action.max_units).fold(spec.max_units, u32::max).into()
}

pub(super) fn advise(c: &mut Checker, function: &FunctionSpec) {
    let has_units = function.provisioned_scaling.is_some() || !function.provisioned.is_empty();
    if function.reset_units && (function.max_life == MaxLifeSpec::Never || !has_units) {
        c.advise("reset_units", "nothing is reset: there is no max_life, or no provisioned concurrency".to_owned());
    }
}
