//! Proof that the simulator does what it says: AWS's worked cases, closed forms, laws, replays and golden digests.
//!
//! Every check runs the engine on a scenario and reads its report; none calls the formula that the engine might share.

#![allow(clippy::expect_used, clippy::panic, reason = "helpers of tests are tests too")]

mod asynchronous;
mod behaviour;
mod cases_bill;
mod cases_concurrency;
mod cases_servers;
mod cases_tuner;
mod cases_work;
mod dependencies;
mod event_sources;
mod front_doors;
mod golden;
mod ground_truth_loss;
mod ground_truth_parts;
mod ground_truth_pool;
mod ground_truth_queue;
mod history;
mod index;
mod laws;
mod metrics;
mod mixed;
mod queues;
mod scaling;
mod streams;
mod support;
mod trace;
mod trace_replay;
mod travel;
