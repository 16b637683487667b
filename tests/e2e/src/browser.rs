//! A headless Chromium with its driver.

use crate::error::{Error, Result};
use crate::page::Page;
use crate::server::Site;
use crate::view::View;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::env;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::rc::Rc;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::task::LocalSet;

/// Headless, without the background traffic of a fresh profile; no sandbox, since tests often run as root.
const FLAGS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
];

/// How long a document may take to load.
const PAGE_LOAD_MS: u32 = 30_000;
/// How long a script of a test may take to answer: the accessibility checker looks at every cell of the table of facts.
const SCRIPT_MS: u32 = 120_000;

/// A browser of its own for one test.
pub struct Browser {
    client: Client,
    driver: Child,
}

impl Browser {
    /// Starts a driver on a port that it chooses itself, and a browser with an empty profile.
    ///
    /// # Errors
    /// Where either does not start.
    pub async fn start() -> Result<Self> {
        let program = env::var_os("CHROMEDRIVER").unwrap_or_else(|| "chromedriver".into());
        let mut driver = Command::new(program)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .map_err(|error| Error::Driver(error.to_string()))?;
        let port = announced_port(&mut driver).await?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities());
        let client = builder.connect(&format!("http://127.0.0.1:{port}")).await?;
        Ok(Self { client, driver })
    }

    /// The browser's only page, set to the view.
    ///
    /// # Errors
    /// Where the browser refuses the view's settings.
    pub async fn page(&self, site: Rc<Site>, view: View) -> Result<Page> {
        Page::new(self.client.clone(), site, view).await
    }

    /// Ends browser and driver.
    ///
    /// # Errors
    /// Where the browser does not answer any more.
    pub async fn close(mut self) -> Result {
        let closed = self.client.close().await;
        self.driver.kill().await.map_err(|error| Error::Driver(error.to_string()))?;
        closed.map_err(|source| Error::Command { action: "closing the browser".to_owned(), source: Box::new(source) })
    }
}

/// The driver prints its port once it listens.
async fn announced_port(driver: &mut Child) -> Result<u16> {
    let unannounced = || Error::Driver("it ended without naming its port".to_owned());
    let mut lines = BufReader::new(driver.stdout.take().ok_or_else(unannounced)?).lines();
    while let Some(line) = lines.next_line().await.map_err(|error| Error::Driver(error.to_string()))? {
        let started = line.split_once("started successfully on port ");
        let port = started.map(|(_, port)| port.trim_end_matches('.').parse());
        if let Some(Ok(port)) = port {
            return Ok(port);
        }
    }
    Err(unannounced())
}

fn capabilities() -> Capabilities {
    let mut options = json!({ "args": FLAGS });
    if let Some(chrome) = env::var_os("CHROME") {
        options["binary"] = json!(chrome.to_string_lossy());
    }
    let mut capabilities = Capabilities::new();
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    capabilities.insert("timeouts".to_owned(), json!({ "pageLoad": PAGE_LOAD_MS, "script": SCRIPT_MS }));
    capabilities.insert("goog:loggingPrefs".to_owned(), json!({ "browser": "ALL" }));
    capabilities
}

/// The built site under test, named by `COLDSTART_DIST`.
///
/// # Errors
/// Where the variable is not set.
pub fn dist() -> Result<PathBuf> {
    env::var_os("COLDSTART_DIST").map(PathBuf::from).ok_or(Error::MissingVariable("COLDSTART_DIST"))
}

/// Runs a test on the site under test, in a browser of its own that is closed whatever happens.
///
/// # Errors
/// The test's own, and those of starting the browser.
///
/// # Panics
/// Where the test does.
pub async fn drive<T>(view: View, test: T) -> Result
where
    T: AsyncFnOnce(Page) -> Result + 'static,
{
    drive_site(&dist()?, view, test).await
}

/// [`drive`] on another folder that holds a built site.
///
/// A test that fails or panics leaves a screenshot and the browser's log in `COLDSTART_E2E_OUT`.
///
/// # Errors
/// The test's own, and those of starting the browser.
///
/// # Panics
/// Where the test does.
pub async fn drive_site<T>(dist: &Path, view: View, test: T) -> Result
where
    T: AsyncFnOnce(Page) -> Result + 'static,
{
    let site = Rc::new(Site::serve(dist)?);
    let browser = Browser::start().await?;
    let page = browser.page(site, view).await?;
    // A task of its own catches a panic, so that the browser is closed after one too.
    let tested = page.clone();
    let outcome = LocalSet::new().run_until(async { tokio::task::spawn_local(async move { test(tested).await }).await }).await;
    if !matches!(outcome, Ok(Ok(()))) {
        leave_evidence(&page).await;
    }
    let closed = browser.close().await;
    match outcome {
        Ok(result) => result.and(closed),
        Err(panic) => std::panic::resume_unwind(panic.into_panic()),
    }
}

async fn leave_evidence(page: &Page) {
    let test = std::thread::current().name().unwrap_or("test").replace("::", "-");
    let folder = env::var_os("COLDSTART_E2E_OUT").map_or_else(env::temp_dir, PathBuf::from);
    let picture = folder.join(format!("{test}.png"));
    match page.screenshot(&picture).await {
        Ok(()) => eprintln!("screenshot: {}", picture.display()),
        Err(error) => eprintln!("no screenshot: {error}"),
    }
    for entry in page.log().await.unwrap_or_default() {
        eprintln!("browser {}: {}", entry.level, entry.message);
    }
}
