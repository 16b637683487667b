//! The list of what must be shown, and of the tests that show it: worked cases, tables of ground truth, behaviours of MODEL.md.

use crate::support::tests_folder;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every worked case, and the tests that load its scenario, run it and read the report.
const CASES: &[(&str, &[&str])] = &[
    ("T01", &["cases_bill::t01_mobile_back_end"]),
    ("T02", &["cases_bill::t02_vehicle_telemetry"]),
    ("T03", &["cases_bill::t03_machine_learning_with_a_bigger_tmp"]),
    ("T04", &["cases_bill::t04_app_launch_on_provisioned_concurrency"]),
    ("T05", &["cases_bill::t05_cyber_monday"]),
    ("T19", &["history::t19_before_december_2020_120_ms_were_billed_as_200"]),
    ("T20", &["cases_concurrency::t20_concurrency_is_rate_times_duration"]),
    ("T21", &["cases_concurrency::t21_five_thousand_requests_per_second"]),
    ("T22", &["cases_concurrency::t22_request_rate_at_50_ms"]),
    ("T23", &["cases_concurrency::t23_request_rate_at_20_ms"]),
    ("T24", &["cases_concurrency::t24_ten_request_diagram"]),
    ("T25", &["cases_concurrency::t25_reserved_concurrency"]),
    ("T26", &["cases_concurrency::t26_provisioned_concurrency"]),
    ("T27", &["cases_concurrency::t27_reserved_and_provisioned_concurrency"]),
    ("T28", &["cases_concurrency::t28_unreserved_floor"]),
    ("T30", &["cases_bill::t30_five_provisioned_units_for_a_month"]),
    ("T31", &["cases_concurrency::t31_provisioned_allocation_ramp"]),
    (
        "T33",
        &[
            "cases_work::t33_processor_bound_work_against_memory",
            "cases_tuner::t33_processor_bound_work_is_cheapest_and_fastest_at_one_vcpu",
        ],
    ),
    ("T34", &["cases_work::t34_mixed_work_against_memory", "cases_tuner::t34_mixed_work_has_three_answers"]),
    ("T35", &["cases_bill::t35_hundred_requests_per_second_for_a_month", "front_doors::t35_behind_api_gateway"]),
    ("T36", &["cases_bill::t36_ping_against_one_provisioned_unit"]),
    ("T37", &["cases_bill::t37_five_million_requests_at_four_memory_sizes", "cases_bill::t37_five_million_requests_with_the_free_tier"]),
    ("T38", &["cases_servers::t38_break_even_with_one_server", "cases_servers::t38_servers_for_ten_busy_environments"]),
    ("T40", &["cases_concurrency::t40_erlang_b_on_reserved_and_provisioned_concurrency"]),
    ("T42", &["cases_work::t42_simfaas_readme_example"]),
    ("T43", &["asynchronous::t43_an_event_that_always_fails"]),
    ("T44", &["asynchronous::t44_large_events_are_billed_as_several_requests"]),
    ("T45", &["cases_bill::t45_break_even_of_provisioned_concurrency"]),
    ("T46", &["cases_work::t46_billed_duration_of_report_lines"]),
    ("T48", &["queues::t48_batches_at_once_grow_as_in_the_table"]),
    ("T49", &["queues::t49_message_groups_bound_concurrency"]),
    ("T53", &["queues::t53_a_batch_is_sent_when_its_window_is_over_or_it_is_full"]),
    ("T54", &["queues::t54_the_visibility_timeout_is_advised_and_required"]),
    ("T55", &["cases_work::t55_cold_share_of_a_lone_environment", "cases_work::t55_periodic_requests_are_always_cold"]),
    ("T56", &["cases_work::t56_p99_does_not_see_one_cold_start_in_430"]),
    ("T64", &["cases_concurrency::t64_burst_on_a_warm_pool"]),
];

/// Every table of ground truth, and the tests that hold the engine against its rows.
const TABLES: &[(&str, &[&str])] = &[
    ("async_throttle_schedule_doubling", &["asynchronous::throttled_events_go_back_to_the_queue"]),
    ("backoff_expected_sleep", &["ground_truth_parts::sleeps_between_tries"]),
    ("batching", &["ground_truth_queue::batches_match_the_closed_form"]),
    ("cold_single_reserved1", &["ground_truth_pool::cold_single_reserved_environment"]),
    ("cold_sparse", &["ground_truth_pool::cold_sparse_requests"]),
    ("cold_transient_from_empty", &["ground_truth_pool::cold_transient_from_empty"]),
    ("cold_warm_pool_lifo", &["ground_truth_pool::cold_warm_pool_with_most_recently_used_reuse"]),
    (
        "erlang_b",
        &["ground_truth_loss::erlang_b_reserved_concurrency_throttles", "ground_truth_loss::erlang_b_provisioned_concurrency_spills"],
    ),
    ("erlang_c", &["ground_truth_queue::waits_match_erlang_c", "ground_truth_queue::waits_of_one_group_match_erlang_c"]),
    ("latency_mixture", &["ground_truth_parts::latency_of_cold_and_warm_requests_together"]),
    ("mg1_wait", &["ground_truth_queue::waits_of_one_group_match_pollaczek_and_khinchine"]),
    ("mginf_provisioned", &["ground_truth_loss::mginf_provisioned_concurrency_is_poisson"]),
    ("mginf_transient", &["ground_truth_loss::mginf_transient_after_a_start_from_empty"]),
    ("retries_async_1min_2min", &["asynchronous::retries_match_the_closed_form"]),
    ("retries_iid", &["ground_truth_parts::retries_that_fail_independently"]),
    ("scaling_burst", &["ground_truth_pool::scaling_burst_adds_a_thousand_and_then_a_hundred_each_second"]),
    ("sqs_ramp", &["queues::t48_batches_at_once_grow_as_in_the_table"]),
    ("token_bucket_loss", &["ground_truth_parts::token_bucket_of_api_gateway", "ground_truth_parts::token_bucket_of_the_request_rate"]),
    ("trace_replay_expected", &["trace_replay::public_logs_give_the_published_counts"]),
];

/// Numbers of the worked cases: what `tests/data/cases.csv` lists.
fn case_ids() -> BTreeSet<String> {
    crate::support::rows("cases").iter().map(|row| row.text("case").to_owned()).collect()
}

fn listed(list: &[(&str, &[&str])]) -> BTreeSet<String> {
    list.iter().map(|(name, _)| (*name).to_owned()).collect()
}

/// Every test of a file, by name.
fn tests_in(file: &Path) -> BTreeSet<String> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let after = text.split("#[test]\n").skip(1);
    after.filter_map(|rest| rest.trim_start().strip_prefix("fn ")?.split_once('(')).map(|(name, _)| name.to_owned()).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// Names of a list that no test of this program has.
fn without_a_test(list: &[(&str, &[&str])]) -> Vec<String> {
    let exists = |path: &str| {
        let (file, name) = path.split_once("::").expect("a file and a name");
        tests_in(&tests_folder().join(format!("proof/{file}.rs"))).contains(name)
    };
    list.iter().flat_map(|(_, tests)| *tests).filter(|path| !exists(path)).map(|path| (*path).to_owned()).collect()
}

#[test]
fn every_worked_case_has_its_test() {
    assert_eq!(case_ids(), listed(CASES), "the cases of tests/data/cases.csv, and those with a test");
    assert_eq!(without_a_test(CASES), Vec::<String>::new(), "listed, and no test");
    let named = CASES.iter().flat_map(|(case, tests)| tests.iter().map(move |test| (case, test)));
    for (case, test) in named {
        assert!(test.contains(&format!("::{}_", case.to_lowercase())) || test.contains("::t35_"), "{test} is not named after {case}");
    }
    let listed: BTreeSet<&str> = CASES.iter().flat_map(|(_, tests)| *tests).filter_map(|test| test.split("::").nth(1)).collect();
    let is_of_a_case = |name: &String| case_ids().iter().any(|case| name.starts_with(&format!("{}_", case.to_lowercase())));
    let unlisted: Vec<String> = rust_files(&tests_folder().join("proof"))
        .iter()
        .flat_map(|file| tests_in(file))
        .filter(|name| is_of_a_case(name) && !listed.contains(name.as_str()))
        .collect();
    assert_eq!(unlisted, Vec::<String>::new(), "a test of a case that the list has not");
}

/// A table whose rows no test reads is a table that nobody holds the engine against.
#[test]
fn every_table_of_ground_truth_has_its_test() {
    const NO_GROUND_TRUTH: [&str; 2] = ["cases", "made-up-trace"];
    let tables: BTreeSet<String> = fs::read_dir(tests_folder().join("data"))
        .expect("the tables")
        .flatten()
        .filter_map(|entry| entry.file_name().to_string_lossy().strip_suffix(".csv").map(str::to_owned))
        .filter(|name| !NO_GROUND_TRUTH.contains(&name.as_str()))
        .collect();
    assert_eq!(tables, listed(TABLES));
    assert_eq!(without_a_test(TABLES), Vec::<String>::new(), "listed, and no test");
    for (table, tests) in TABLES {
        for test in *tests {
            let file = test.split_once("::").map_or("", |(file, _)| file);
            let text = fs::read_to_string(tests_folder().join(format!("proof/{file}.rs"))).expect("the file of the test");
            assert!(text.contains(&format!("\"{table}\"")), "{test} does not read {table}");
        }
    }
}

/// How the tables of MODEL.md begin that list behaviours: each row of those names a test.
const OF_BEHAVIOURS: &[&str] = &["part", "kind", "source", "line", "rule"];

/// The last cells of the rows of those tables of MODEL.md that list behaviours.
fn test_cells(model: &str) -> Vec<&str> {
    let (mut cells, mut has_tests) = (Vec::new(), false);
    let lines: Vec<&str> = model.lines().chain([""]).collect();
    for pair in lines.windows(2) {
        let Some(row) = pair[0].strip_prefix("| ") else { continue };
        let cell = row.trim_end_matches('|').rsplit('|').next().unwrap_or_default().trim();
        if pair[1].starts_with("|--") {
            let lists = OF_BEHAVIOURS.iter().any(|start| row.split(" |").next() == Some(start));
            has_tests = cell == "test";
            assert!(has_tests || !lists, "this table has no column of tests: {row}");
        } else if has_tests {
            cells.push(cell);
        }
    }
    cells
}

/// MODEL.md names tests by their functions, or by the case that they show.
#[test]
fn every_test_that_the_model_names_exists() {
    let crate_folder = tests_folder().join("..");
    let model = fs::read_to_string(crate_folder.join("../../MODEL.md")).expect("MODEL.md");
    let files = [rust_files(&tests_folder()), rust_files(&crate_folder.join("src"))].concat();
    let tests: BTreeSet<String> = files.iter().flat_map(|file| tests_in(file)).collect();
    let cells = test_cells(&model);
    assert!(cells.len() > 60, "{} rows with a test", cells.len());
    let names = cells.iter().flat_map(|cell| cell.split(", "));
    let is_there = |name: &str| match name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) {
        Some(name) => tests.contains(name),
        None => name == "same" || case_ids().contains(name),
    };
    let unknown: Vec<&str> = names.filter(|name| !is_there(name)).collect();
    assert_eq!(unknown, Vec::<&str>::new(), "named as tests in MODEL.md");
}
