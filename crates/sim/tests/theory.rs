//! The closed forms against tables computed elsewhere with 40 digits (tests/data).
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use coldstart_sim::theory::{
    cold_share_single, erlang_b, erlang_b_servers_for, poisson, poisson_above, poisson_quantile, single_reserved, warm_pool_lifo,
};

/// The rows of a table, by column name.
fn rows(csv: &str) -> Vec<impl Fn(&str) -> f64> {
    let mut lines = csv.lines();
    let header: Vec<String> = lines.next().unwrap().split(',').map(str::to_owned).collect();
    let row = |line: &str| {
        let values: Vec<f64> = line.split(',').map(|value| value.parse().unwrap()).collect();
        let header = header.clone();
        move |name: &str| values[header.iter().position(|column| column == name).unwrap_or_else(|| panic!("no column {name}"))]
    };
    lines.map(row).collect()
}

#[track_caller]
fn close(value: f64, expect: f64, relative: f64, absolute: f64) {
    assert!((value - expect).abs() <= expect.abs() * relative + absolute, "{value} is not {expect}");
}

#[test]
fn erlang_b_and_its_inverse() {
    let table = rows(include_str!("data/erlang_b.csv"));
    assert!(table.len() > 50);
    for row in table {
        let (servers, load, blocked) = (row("concurrency_limit_c") as u32, row("offered_load_a_erlang"), row("throttle_probability_B"));
        close(erlang_b(servers, load), blocked, 1e-9, 1e-300);
        close(load * (1.0 - erlang_b(servers, load)), row("mean_busy_environments"), 1e-9, 0.0);
        // The table is rounded to 12 digits: a hair above its value, this many servers are enough, and a hair below they are not.
        if blocked > 1e-12 {
            assert_eq!(erlang_b_servers_for(load, blocked * (1.0 + 1e-9)), Some(servers));
            assert_eq!(erlang_b_servers_for(load, blocked * (1.0 - 1e-9)), Some(servers + 1));
        }
    }
    for (servers, percent) in [(10, 21.46), (12, 11.97), (15, 3.65), (18, 0.71), (20, 0.19)] {
        close(erlang_b(servers, 10.0) * 100.0, percent, 0.0, 0.005);
    }
}

#[test]
fn erlang_b_at_its_ends() {
    close(erlang_b(0, 5.0), 1.0, 0.0, 0.0);
    close(erlang_b(0, 0.0), 1.0, 0.0, 0.0);
    close(erlang_b(3, 0.0), 0.0, 0.0, 0.0);
    assert_eq!(erlang_b_servers_for(5.0, 1.0), Some(0));
    assert_eq!(erlang_b_servers_for(0.0, 0.5), Some(0));
    for hopeless in [0.0, -1.0, f64::NAN] {
        assert_eq!(erlang_b_servers_for(5.0, hopeless), None);
    }
}

#[test]
fn concurrency_without_a_limit_is_poisson() {
    for row in rows(include_str!("data/mginf_provisioned.csv")) {
        let (n, mean) = (row("provisioned_n") as u32, row("mean_concurrency_rho"));
        close(poisson(n, mean), row("P_concurrency_eq_n"), 1e-8, 1e-15);
        close(poisson_above(n, mean), row("P_concurrency_gt_n"), 1e-8, 1e-13);
        close(erlang_b(n, mean), row("spillover_request_fraction_erlangB"), 1e-9, 1e-15);
        for (column, share) in [("concurrency_p50", 0.5), ("concurrency_p95", 0.95), ("concurrency_p99", 0.99), ("concurrency_p999", 0.999)]
        {
            assert_eq!(poisson_quantile(share, mean), row(column) as u32, "{column} of {mean}");
        }
    }
    assert_eq!(poisson_quantile(0.99, 0.0), 0);
    close(poisson(0, 0.0) + poisson(1, 0.0), 1.0, 0.0, 0.0);
}

#[test]
fn one_reserved_environment() {
    for row in rows(include_str!("data/cold_single_reserved1.csv")) {
        let single = single_reserved(row("arrival_rate_per_s"), row("idle_timeout_T_s"), row("mean_service_s"), row("mean_init_s"));
        close(single.cold_share, row("P_cold_given_accepted"), 1e-9, 1e-12);
        close(single.throttled_share, row("P_throttled"), 1e-9, 1e-12);
    }
}

#[test]
fn a_lone_environment_goes_cold_by_the_exponential_law() {
    // Mean gap and idle life in minutes, percent cold (T55).
    for (gap, life, percent) in
        [(15.0, 6.0, 67.0), (15.0, 10.0, 51.3), (15.0, 45.0, 5.0), (1.0, 6.0, 0.25), (5.0, 6.0, 30.1), (60.0, 6.0, 90.5)]
    {
        close(cold_share_single(1.0 / gap, life) * 100.0, percent, 0.0, 0.05);
    }
}

#[test]
fn warm_pools_with_most_recently_used_reuse() {
    let table = rows(include_str!("data/cold_warm_pool_lifo.csv"));
    assert_eq!(table.len(), 70);
    for row in table {
        let limit = row("concurrency_limit");
        let limit = limit.is_finite().then_some(limit as u32);
        let pool = warm_pool_lifo(row("arrival_rate_per_s"), row("mean_service_s"), row("idle_timeout_T_s"), limit).unwrap();
        close(pool.cold_share, row("P_cold_given_accepted"), 1e-8, 1e-11);
        close(pool.throttled_share, row("P_throttled"), 1e-9, 0.0);
        close(pool.mean_running, row("mean_running"), 1e-9, 0.0);
        close(pool.mean_idle, row("mean_idle"), 1e-8, 0.0);
        close(pool.mean_environments(), row("mean_environments"), 1e-8, 0.0);
        close(pool.cold_per_s, row("cold_starts_per_s"), 1e-8, 1e-9);
        if row("P_cold_given_accepted") > 1e-5 {
            close(pool.mean_life_s(), row("mean_environment_lifetime_s"), 1e-6, 0.0);
        }
    }
}

#[test]
fn sparse_traffic_is_almost_naive() {
    for row in rows(include_str!("data/cold_sparse.csv")) {
        let (rate, life) = (row("arrival_rate_per_s"), row("T_s"));
        let pool = warm_pool_lifo(rate, row("mean_service_s"), life, None).unwrap();
        close(pool.cold_share, row("exact_lifo"), 1e-9, 0.0);
        close(cold_share_single(rate, life), row("naive_exp_minus_lambdaT"), 1e-9, 0.0);
    }
}

#[test]
fn t42_is_exact() {
    let pool = warm_pool_lifo(0.9, 1.991, 600.0, None).unwrap();
    close(pool.cold_share, 0.001_329_3, 0.0, 5e-8);
    close(pool.mean_environments(), 7.692, 0.0, 5e-4);
    close(pool.mean_running, 1.792, 0.0, 5e-4);
    close(pool.mean_idle, 5.900, 0.0, 5e-4);
    close(pool.mean_life_s(), 6_429.0, 0.0, 0.5);
}

#[test]
fn large_pools_are_quick_and_senseless_ones_refused() {
    let pool = warm_pool_lifo(100_000.0, 0.1, 640.0, None).unwrap();
    assert!(pool.cold_share > 0.0 && pool.cold_share < 1e-3, "{pool:?}");
    for (rate, duration, life, limit) in [
        (0.0, 1.0, 1.0, None),
        (1.0, f64::NAN, 1.0, None),
        (1.0, 1.0, f64::INFINITY, None),
        (1e6, 1e6, 1.0, None),
        (1.0, 1.0, 1.0, Some(0)),
    ] {
        assert_eq!(warm_pool_lifo(rate, duration, life, limit), None);
    }
}
