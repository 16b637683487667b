//! Every `data-testid`, shared by the pages and the tests.

/// The whole app, once it is drawn.
pub const APP: &str = "app";
/// Link to the home page.
pub const NAV_HOME: &str = "nav-home";
/// Link to the list of lessons.
pub const NAV_LESSONS: &str = "nav-lessons";
/// Link to the reader's own logs.
pub const NAV_LOGS: &str = "nav-logs";
/// Link to the facts.
pub const NAV_FACTS: &str = "nav-facts";
/// Link to the search.
pub const NAV_SEARCH: &str = "nav-search";
/// Link to the page about this site.
pub const NAV_ABOUT: &str = "nav-about";
/// The list of themes.
pub const THEME: &str = "theme";
/// What concerns every run on the page; empty when all is well.
pub const NOTICE: &str = "notice";
/// The page for an address that names no page.
pub const UNKNOWN_PAGE: &str = "unknown-page";

/// The fleet stage.
pub const STAGE: &str = "stage";
/// The controls of playback.
pub const TRANSPORT: &str = "transport";
/// To the event before.
pub const STEP_BACK: &str = "step-back";
/// To the event after.
pub const STEP_ON: &str = "step-on";
/// Play or pause.
pub const PLAY: &str = "play";
/// The sentence under the home page's stage.
pub const HOME_SENTENCE: &str = "home-sentence";
/// The home page's traffic slider.
pub const HOME_TRAFFIC: &str = "home-traffic";
/// The home page's provisioned slider.
pub const HOME_PROVISIONED: &str = "home-provisioned";
/// "Why?" of one request.
pub const WHY: &str = "why";
/// A file of the site is on its way.
pub const LOADING: &str = "loading";
/// A file of the site could not be had.
pub const FETCH_FAILED: &str = "fetch-failed";
/// Asks for it again.
pub const FETCH_AGAIN: &str = "fetch-again";
/// Copies a link to the scenario.
pub const SHARE: &str = "share";
/// What became of that.
pub const SHARE_SAID: &str = "share-said";
/// What the reader has to know about the link that they opened.
pub const LINK_NOTE: &str = "link-note";
/// The list of lessons.
pub const LESSON_LIST: &str = "lesson-list";
/// A lesson.
pub const LESSON: &str = "lesson";
/// Reveals all parts of a lesson, bets or not.
pub const REVEAL_ALL: &str = "reveal-all";
/// Starts a lesson again.
pub const LESSON_AGAIN: &str = "lesson-again";
/// How far a lesson is, on its card.
pub const LESSON_STATE: &str = "lesson-state";
/// Leads to where the learner was last.
pub const CONTINUE: &str = "continue";
/// The paths through the course.
pub const PATHS: &str = "paths";
/// What is kept and cannot be read.
pub const PROGRESS_UNREADABLE: &str = "progress-unreadable";
/// Shows the progress as text.
pub const PROGRESS_EXPORT: &str = "progress-export";
/// The progress as text.
pub const PROGRESS_TEXT: &str = "progress-text";
/// Saves it as a file.
pub const PROGRESS_DOWNLOAD: &str = "progress-download";
/// Where progress is pasted.
pub const PROGRESS_PASTE: &str = "progress-paste";
/// Where a file of progress is given.
pub const PROGRESS_FILE: &str = "progress-file";
/// Takes the pasted progress in.
pub const PROGRESS_IMPORT: &str = "progress-import";
/// What became of that.
pub const PROGRESS_SAID: &str = "progress-said";
/// Links to all pages of the reference.
pub const REFERENCE_PAGES: &str = "reference-pages";
/// The words of the glossary.
pub const GLOSSARY: &str = "glossary";
/// Narrows them.
pub const GLOSSARY_FILTER: &str = "glossary-filter";
/// The table of event sources.
pub const SOURCES: &str = "sources";
/// The model card.
pub const MODEL: &str = "model";
/// Which of its rules are shown.
pub const MODEL_SHOW: &str = "model-show";
/// What is searched for.
pub const SEARCH: &str = "search";
/// How much was found.
pub const SEARCH_SAID: &str = "search-said";
/// What was found.
pub const SEARCH_RESULTS: &str = "search-results";
/// The table of facts.
pub const FACTS_TABLE: &str = "facts-table";
/// Searches it.
pub const FACTS_SEARCH: &str = "facts-search";
/// A stage on which the learner is the traffic.
pub const LIVE_STAGE: &str = "live-stage";
/// Sends several requests at once.
pub const SEND_BURST: &str = "send-burst";
/// Sends one request.
pub const SEND_ONE: &str = "send-one";
/// The stage's provisioned slider.
pub const STAGE_UNITS: &str = "stage-units";
/// The act about the share that spills.
pub const PC_SPILL: &str = "pc-spill";
/// The sizing act.
pub const PC_SIZE: &str = "pc-size";
/// The sizing act's table.
pub const PC_TABLE: &str = "pc-table";
/// The act about short calls.
pub const PC_RATE: &str = "pc-rate";
/// Its duration slider.
pub const PC_DURATION: &str = "pc-duration";
/// An act's units slider.
pub const PC_UNITS: &str = "pc-units";
/// The sizing act's traffic slider.
pub const PC_TRAFFIC: &str = "pc-traffic";
/// The act about the night.
pub const PC_NIGHT: &str = "pc-night";
/// Keeps the shelf on a schedule.
pub const PC_SCHEDULE: &str = "pc-schedule";
/// Pings instead.
pub const PC_PINGS: &str = "pc-pings";
/// Cold starts of the day.
pub const PC_COLD: &str = "pc-cold";
/// Price of a month like this day.
pub const PC_MONTH: &str = "pc-month";
/// The act to take along.
pub const PC_TAKE: &str = "pc-take";
/// Its traffic slider.
pub const PC_TAKE_TRAFFIC: &str = "pc-take-traffic";
/// Its number of units.
pub const PC_TAKE_UNITS: &str = "pc-take-units";
/// Its template.
pub const PC_TEMPLATE: &str = "pc-template";
/// Where logs are pasted.
pub const LOGS_TEXT: &str = "logs-text";
/// Where a log file is given.
pub const LOGS_FILE: &str = "logs-file";
/// Fills in the sample.
pub const LOGS_SAMPLE: &str = "logs-sample";
/// Empties the page of logs.
pub const LOGS_CLEAR: &str = "logs-clear";
/// All that comes of a log.
pub const LOGS_RESULTS: &str = "logs-results";
/// What was read of it.
pub const LOGS_STATUS: &str = "logs-status";
/// Why it cannot be used.
pub const LOGS_PROBLEM: &str = "logs-problem";
/// Its first numbers.
pub const LOGS_FIGURES: &str = "logs-figures";
/// Its percentiles.
pub const LOGS_PERCENTILES: &str = "logs-percentiles";
/// The processor that it is billed for.
pub const LOGS_ARCHITECTURE: &str = "logs-architecture";
/// Its bill.
pub const LOGS_BILL: &str = "logs-bill";
/// Its lines that could not be read.
pub const LOGS_BAD: &str = "logs-bad";
/// The function that wrote it, run.
pub const LOGS_RUN: &str = "logs-run";
/// Says that the log has no timestamps.
pub const LOGS_RATE_WANTED: &str = "logs-rate-wanted";
/// Replays the logged arrivals.
pub const LOGS_REPLAY: &str = "logs-replay";
/// Traffic in place of the logged arrivals.
pub const LOGS_RATE: &str = "logs-rate";
/// How long its idle environments live.
pub const LOGS_PROFILE: &str = "logs-profile";
/// What the comparison amounts to.
pub const LOGS_COMPARISON_SAYS: &str = "logs-comparison-says";
/// Measured and simulated, side by side.
pub const LOGS_COMPARISON: &str = "logs-comparison";
/// Opens the calibrated scenario in the playground.
pub const LOGS_PLAYGROUND: &str = "logs-playground";
/// Saves it as a file.
pub const LOGS_DOWNLOAD: &str = "logs-download";

/// The 9 AM incident; `data-step` says where in the story, `data-state` how its run is.
pub const INCIDENT: &str = "incident";
/// Its dashboard's chart.
pub const INCIDENT_DASHBOARD: &str = "incident-dashboard";
/// The dashboard's clock.
pub const INCIDENT_CLOCK: &str = "incident-clock";
/// p50 of the last minute.
pub const INCIDENT_P50: &str = "incident-p50";
/// p99 of the last minute.
pub const INCIDENT_P99: &str = "incident-p99";
/// Starts and stops the dashboard's clock.
pub const INCIDENT_PLAY: &str = "incident-play";
/// Straight to the call.
pub const INCIDENT_SKIP: &str = "incident-skip";
/// What the pager says.
pub const INCIDENT_PAGER: &str = "incident-pager";
/// Takes the page.
pub const INCIDENT_TAKE_PAGE: &str = "incident-take-page";
/// Minutes of the shift that are left, also in `data-left`.
pub const INCIDENT_SHIFT: &str = "incident-shift";
/// A piece of evidence on offer: `incident-evidence-{slug}`.
pub const INCIDENT_EVIDENCE: &str = "incident-evidence";
/// What a look found; `data-evidence` says which.
pub const INCIDENT_FINDING: &str = "incident-finding";
/// On to the next step.
pub const INCIDENT_NEXT: &str = "incident-next";
/// The chart to draw on; the pen is `incident-draw-curve`.
pub const INCIDENT_DRAW: &str = "incident-draw";
/// Commits the curve.
pub const INCIDENT_COMMIT: &str = "incident-commit";
/// No bet.
pub const INCIDENT_SKIP_BET: &str = "incident-skip-bet";
/// Tomorrow's p99 beside the drawn one.
pub const INCIDENT_TRUTH: &str = "incident-truth";
/// How far they are apart.
pub const INCIDENT_GAP: &str = "incident-gap";
/// What the larger database changed.
pub const INCIDENT_DATABASE: &str = "incident-database";
/// A cause on offer: `incident-cause-{slug}`.
pub const INCIDENT_CAUSE: &str = "incident-cause";
/// What became of a named cause; `data-cause` says which.
pub const INCIDENT_ANSWER: &str = "incident-answer";
/// Provisioned units.
pub const INCIDENT_UNITS: &str = "incident-units";
/// When they are asked for.
pub const INCIDENT_FROM: &str = "incident-from";
/// When they are given up.
pub const INCIDENT_UNTIL: &str = "incident-until";
/// What is done about the import: `incident-import-{slug}`.
pub const INCIDENT_IMPORT: &str = "incident-import";
/// What that changes.
pub const INCIDENT_IMPORT_NOTE: &str = "incident-import-note";
/// Pings at once.
pub const INCIDENT_PINGS: &str = "incident-pings";
/// Time between two rounds of pings.
pub const INCIDENT_PING_EVERY: &str = "incident-ping-every";
/// A queue in front.
pub const INCIDENT_QUEUE: &str = "incident-queue";
/// What the plan makes of the morning.
pub const INCIDENT_RESULT: &str = "incident-result";
/// The morning before and after.
pub const INCIDENT_REPLAY: &str = "incident-replay";
/// Promise and budget.
pub const INCIDENT_VERDICT: &str = "incident-verdict";
/// The bill of thirty mornings.
pub const INCIDENT_LEDGER: &str = "incident-ledger";
/// Highest p99 of a minute under the plan.
pub const INCIDENT_WORST: &str = "incident-worst";
/// Cold starts under the plan.
pub const INCIDENT_COLD: &str = "incident-cold";
/// Invocations past provisioned concurrency.
pub const INCIDENT_SPILLED: &str = "incident-spilled";
/// What a month costs.
pub const INCIDENT_MONTH: &str = "incident-month";
/// Keeps a try for the post-mortem.
pub const INCIDENT_KEEP: &str = "incident-keep";
/// The kept tries.
pub const INCIDENT_TRIES: &str = "incident-tries";
/// The deploy at 08:55.
pub const INCIDENT_DEPLOY: &str = "incident-deploy";
/// Provisioned concurrency on the alias.
pub const INCIDENT_ALIAS: &str = "incident-alias";
/// The post-mortem.
pub const INCIDENT_POST_MORTEM: &str = "incident-post-mortem";
/// Copies it.
pub const INCIDENT_COPY: &str = "incident-copy";
/// The figures of another morning.
pub const INCIDENT_ANOTHER: &str = "incident-another";
/// This morning beside another.
pub const INCIDENT_MORNINGS: &str = "incident-mornings";
/// Lives through that morning.
pub const INCIDENT_RESTART: &str = "incident-restart";
/// The playground.
pub const PLAYGROUND: &str = "playground";
/// Its form.
pub const PLAYGROUND_FORM: &str = "playground-form";
/// Its scenario as text.
pub const PLAYGROUND_TEXT: &str = "playground-text";
/// What is wrong with the scenario.
pub const PLAYGROUND_PROBLEMS: &str = "playground-problems";
/// What came of it; `data-state` is the run's, `data-stale` says whether it belongs to an older scenario.
pub const PLAYGROUND_RESULTS: &str = "playground-results";
/// Said above results of an older scenario.
pub const PLAYGROUND_STALE: &str = "playground-stale";
/// Begins of a figure's name: `playground-figure-requests`.
pub const PLAYGROUND_FIGURE: &str = "playground-figure";
/// The recorded stretch of the run.
pub const PLAYGROUND_WINDOW: &str = "playground-window";
/// Its log lines.
pub const PLAYGROUND_LOG: &str = "playground-log";
/// The list of presets.
pub const PLAYGROUND_PRESET: &str = "playground-preset";
/// Back to the preset.
pub const PLAYGROUND_RESET: &str = "playground-reset";
/// Another seed.
pub const PLAYGROUND_SEED: &str = "playground-seed";
/// Gives the run up.
pub const PLAYGROUND_CANCEL: &str = "playground-cancel";
/// Runs it after all.
pub const PLAYGROUND_RUN: &str = "playground-run";
/// Link to the playground.
pub const NAV_PLAYGROUND: &str = "nav-playground";
/// A lab made of data.
pub const LAB: &str = "lab";
/// The goals of a challenge.
pub const LAB_GOALS: &str = "lab-goals";
/// What is said when a challenge is won.
pub const LAB_WON: &str = "lab-won";
/// Log lines of a lab.
pub const LAB_LOG: &str = "lab-log";
/// The way of requests through the scenario.
pub const LAB_PATH: &str = "lab-path";
/// Requests one by one.
pub const LAB_REQUESTS: &str = "lab-requests";
/// Policies side by side.
pub const COMPARE: &str = "compare";
/// Their table.
pub const COMPARE_TABLE: &str = "compare-table";
/// Listings whose versions run.
pub const CODE: &str = "code";
/// What events look like.
pub const EVENTS: &str = "events";
/// A decision tree.
pub const TREE: &str = "tree";
/// The leaf that the answers lead to.
pub const TREE_LEAF: &str = "tree-leaf";
/// Back to a tree's first question.
pub const TREE_RESTART: &str = "tree-restart";

// Parts of a question; its own name is `question-{slug}`, in a review `question-{lesson}-{slug}`, and a part's is that with the part's behind it.
/// Checks the answer.
pub const PART_CHECK: &str = "check";
/// Another round.
pub const PART_AGAIN: &str = "again";
/// An option: with its number behind it.
pub const PART_OPTION: &str = "option";
/// The field for a number.
pub const PART_NUMBER: &str = "number";
/// What the simulator says.
pub const PART_ANSWER: &str = "answer";
/// The attempts to read.
pub const PART_TRACE: &str = "trace";
/// Whether it holds.
pub const PART_VERDICT: &str = "verdict";
/// What being certain and wrong, or guessing and right, means.
pub const PART_REMARK: &str = "remark";
/// Why this was chosen.
pub const PART_WHY: &str = "why";
/// Keeps that.
pub const PART_KEEP: &str = "keep";
/// The page of questions that are due.
pub const REVIEW: &str = "review";
/// Shows all answered questions as text.
pub const REVIEW_EXPORT: &str = "review-export";
/// Says how many are due, on the list of lessons.
pub const REVIEW_DUE: &str = "review-due";
