//! The page under test.

use crate::error::{Doing, Error, Result};
use crate::server::Site;
use crate::view::{Theme, View};
use base64::Engine as _;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, Locator, key::Key};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::rc::Rc;
use std::time::Duration;
use tokio::time::{self, Instant};
use url::{ParseError, Url};

/// The longest wait for a state of the page.
const LIMIT: Duration = Duration::from_secs(20);
/// How often a state is looked at.
const POLL: Duration = Duration::from_millis(25);

/// A page in a browser: open an address, wait for a state, act, read.
#[derive(Clone)]
pub struct Page {
    client: Client,
    site: Rc<Site>,
    view: View,
}

/// A line of the browser's console.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// The text, with its place.
    pub message: String,
}

impl Page {
    pub(crate) async fn new(client: Client, site: Rc<Site>, view: View) -> Result<Self> {
        let page = Self { client, site, view };
        page.set_view(view).await?;
        Ok(page)
    }

    async fn set_view(&self, view: View) -> Result {
        // The window itself cannot be as narrow as a phone; the emulated screen can.
        let size = json!({
            "width": view.width_px, "height": view.height_px, "deviceScaleFactor": 1, "mobile": false
        });
        self.devtools("Emulation.setDeviceMetricsOverride", size).await?;
        let theme = if view.theme == Theme::Dark { "dark" } else { "light" };
        let motion = if view.reduced_motion { "reduce" } else { "no-preference" };
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": theme },
            { "name": "prefers-reduced-motion", "value": motion },
        ] });
        self.devtools("Emulation.setEmulatedMedia", features).await?;
        Ok(())
    }

    /// The browser's own client, for what this type lacks.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The whole address of a part of the site, such as `?page=style`.
    #[must_use]
    pub fn url(&self, part: &str) -> String {
        self.site.url(self.view.mount) + part
    }

    /// Opens a part of the site and waits until the app runs and shows its first heading.
    ///
    /// # Errors
    /// Where the page does not load, or the app does not start in time.
    pub async fn open(&self, part: &str) -> Result {
        self.go_to(part).await?;
        // Trunk's start script sets this when the app's `main` has run.
        self.wait_until("window.wasmBindings").await?;
        self.wait_for("h1").await?;
        Ok(())
    }

    /// Opens a part of the site and waits for the document only, not for the app: for pages whose app must fail.
    ///
    /// # Errors
    /// Where the document does not load.
    pub async fn go_to(&self, part: &str) -> Result {
        let url = self.url(part);
        self.client.goto(&url).await.doing(|| format!("opening {url}"))
    }

    /// Runs a script in every page from now on, before the page's own.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn before_each(&self, script: &str) -> Result {
        self.devtools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await.map(drop)
    }

    /// Waits for an element, named by a CSS selector.
    ///
    /// # Errors
    /// Where none appears in time.
    pub async fn wait_for(&self, css: &str) -> Result<Element> {
        let wait = self.client.wait().at_most(LIMIT).every(POLL);
        wait.for_element(Locator::Css(css)).await.doing(|| format!("waiting for `{css}`"))
    }

    /// Waits until a JavaScript expression is true.
    ///
    /// # Errors
    /// Where it does not become so in time, or throws.
    pub async fn wait_until(&self, expression: &str) -> Result {
        let deadline = Instant::now() + LIMIT;
        let mut ticks = time::interval(POLL);
        while Instant::now() < deadline {
            ticks.tick().await;
            if self.eval(&format!("Boolean({expression})")).await? == Value::Bool(true) {
                return Ok(());
            }
        }
        Err(Error::Timeout { state: expression.to_owned(), limit: LIMIT })
    }

    /// Waits until the element's text contains `text`.
    ///
    /// # Errors
    /// Where it does not in time.
    pub async fn wait_for_text(&self, css: &str, text: &str) -> Result {
        let (css, text) = (json!(css), json!(text));
        self.wait_until(&format!("document.querySelector({css})?.textContent.includes({text})")).await
    }

    /// Waits until the element with this `data-testid` is in a state: `idle`, `running`, `done` or `failed`.
    ///
    /// # Errors
    /// Where it does not get there in time.
    pub async fn wait_for_state(&self, testid: &str, state: &str) -> Result {
        self.wait_for(&format!("[data-testid='{testid}'][data-state='{state}']")).await.map(drop)
    }

    /// The value of a JavaScript expression.
    ///
    /// # Errors
    /// Where it throws.
    pub async fn eval(&self, expression: &str) -> Result<Value> {
        let script = format!("return {expression};");
        self.client.execute(&script, Vec::new()).await.doing(|| expression.to_owned())
    }

    /// The elements that reach beyond the screen while the page can be moved sideways; nothing should.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn too_wide(&self) -> Result<Vec<String>> {
        let found = self
            .eval(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] : [...document.querySelectorAll('main *')]
                    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .filter((one) => {
                        const clips = (up) => up && up.tagName !== 'MAIN' && (getComputedStyle(up).overflowX !== 'visible' || clips(up.parentElement));
                        return getComputedStyle(one).position === 'absolute' || !clips(one.parentElement);
                    })
                    .slice(0, 12).map((one) => `${one.tagName}.${one.getAttribute('class')}: ${one.textContent.slice(0, 60)}`)",
            )
            .await?;
        serde_json::from_value(found.clone()).map_err(|_| Error::Answer(format!("elements: {found}")))
    }

    /// Waits for an element and clicks it.
    ///
    /// # Errors
    /// Where it does not appear or cannot be clicked.
    pub async fn click(&self, css: &str) -> Result {
        self.wait_for(css).await?.click().await.doing(|| format!("clicking `{css}`"))
    }

    /// Waits for a field and types into it, after what it holds.
    ///
    /// # Errors
    /// Where it does not appear or takes no text.
    pub async fn type_into(&self, css: &str, text: &str) -> Result {
        self.wait_for(css).await?.send_keys(text).await.doing(|| format!("typing into `{css}`"))
    }

    /// Waits for a field and replaces what it holds, as a person would: all of it selected, then typed over.
    ///
    /// # Errors
    /// Where it does not appear or takes no text.
    pub async fn fill(&self, css: &str, text: &str) -> Result {
        let select = format!("document.querySelector({}).select()", json!(css));
        self.wait_for(css).await?;
        self.eval(&select).await?;
        self.type_into(css, text).await
    }

    /// An attribute of an element, none where it has not got it.
    ///
    /// # Errors
    /// Where the element does not appear.
    pub async fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        self.wait_for(css).await?.attr(name).await.doing(|| format!("reading {name} of `{css}`"))
    }

    /// Presses and releases keys wherever the focus is, one after the other.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn press(&self, keys: &[Key]) -> Result {
        let mut actions = KeyActions::new("keyboard".to_owned());
        for key in keys {
            let value = char::from(*key);
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.doing(|| "pressing keys".to_owned())
    }

    /// The visible text of an element.
    ///
    /// # Errors
    /// Where it does not appear.
    pub async fn text(&self, css: &str) -> Result<String> {
        self.wait_for(css).await?.text().await.doing(|| format!("reading `{css}`"))
    }

    /// The console's lines since the last call.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn log(&self) -> Result<Vec<LogEntry>> {
        let lines = self.command("se/log", json!({ "type": "browser" })).await?;
        let text = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
        let lines = lines.as_array().cloned().unwrap_or_default();
        Ok(lines.iter().map(|line| LogEntry { level: text(line, "level"), message: text(line, "message") }).collect())
    }

    /// The console's errors since the last look at the log: exceptions, refused files, violations of the policy.
    ///
    /// # Errors
    /// Where the browser refuses.
    pub async fn console_errors(&self) -> Result<Vec<String>> {
        let lines = self.log().await?;
        Ok(lines.into_iter().filter(|line| line.level == "SEVERE").map(|line| line.message).collect())
    }

    /// Writes a picture of the whole page, however long, as PNG.
    ///
    /// # Errors
    /// Where the browser or the disk refuses.
    pub async fn screenshot(&self, path: &Path) -> Result {
        let options = json!({ "format": "png", "captureBeyondViewport": true });
        let answer = self.devtools("Page.captureScreenshot", options).await?;
        let data = answer["data"].as_str().and_then(|data| base64::engine::general_purpose::STANDARD.decode(data).ok());
        let data = data.ok_or_else(|| Error::Answer("Page.captureScreenshot".to_owned()))?;
        let refused = |source| Error::File { path: path.display().to_string(), source };
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(refused)?;
        }
        fs::write(path, data).map_err(refused)
    }

    /// A command of the DevTools protocol, such as `Network.emulateNetworkConditions`.
    ///
    /// # Errors
    /// Where the browser refuses it.
    pub async fn devtools(&self, method: &str, params: Value) -> Result<Value> {
        self.command("goog/cdp/execute", json!({ "cmd": method, "params": params })).await
    }

    async fn command(&self, endpoint: &'static str, body: Value) -> Result<Value> {
        let name = body.get("cmd").and_then(Value::as_str).unwrap_or(endpoint).to_owned();
        self.client.issue_cmd(DriverCommand { endpoint, body }).await.doing(|| name)
    }
}

/// A command that only this browser's driver has.
#[derive(Debug)]
struct DriverCommand {
    endpoint: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for DriverCommand {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> std::result::Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.endpoint))
    }

    fn method_and_body(&self, _url: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
