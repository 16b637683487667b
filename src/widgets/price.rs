//! Prices of settings that are not a run's bill: what keeping units for a month comes to.

/// Seconds of the month that all "a month" prices speak of: 30 days.
const MONTH_S: i128 = 30 * 24 * 3_600;

/// Price of keeping `units` provisioned environments of `memory_mb` on x86 for a month of 30 days, in picodollars.
#[must_use]
pub fn provisioned_month_pd(units: u32, memory_mb: u32) -> i128 {
    i128::from(units) * i128::from(memory_mb) * MONTH_S * i128::from(coldstart_facts::PRICE_PROVISIONED_X86_GBS_PD) / 1_024
}

/// The same per hour.
#[must_use]
pub fn provisioned_hour_pd(units: u32, memory_mb: u32) -> i128 {
    provisioned_month_pd(units, memory_mb) / (MONTH_S / 3_600)
}

#[cfg(test)]
mod tests {
    #[test]
    fn ten_units_of_half_a_gigabyte_cost_fifty_four_dollars_a_month() {
        let dollars = super::provisioned_month_pd(10, 512) / 10_000_000_000;
        assert_eq!(dollars, 5_400, "in cents");
    }
}
