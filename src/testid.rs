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
