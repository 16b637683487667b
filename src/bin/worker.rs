//! The web worker.

fn main() {
    coldstart::runner::start_worker();
}
