//! Takes a picture of a page of the built site: `cargo xtask shot` calls it.

use coldstart_e2e::{Browser, Page, Result, Site, View};
use std::path::PathBuf;
use std::process::ExitCode;
use std::rc::Rc;

/// What to do with the page before the picture, in the order of the command line.
enum Act {
    Click(String),
    Wait(String),
    Type(String, String),
}

struct Request {
    dist: PathBuf,
    part: String,
    out: PathBuf,
    view: View,
    acts: Vec<Act>,
}

fn main() -> ExitCode {
    let request = match read(std::env::args().skip(1)) {
        Ok(request) => request,
        Err(reason) => return fail(&reason),
    };
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    match runtime.block_on(shoot(&request)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => fail(&error.to_string()),
    }
}

fn fail(reason: &str) -> ExitCode {
    eprintln!("shot: {reason}");
    ExitCode::FAILURE
}

fn read(mut arguments: impl Iterator<Item = String>) -> std::result::Result<Request, String> {
    let mut request = Request { dist: "dist".into(), part: String::new(), out: "shot.png".into(), view: View::WIDE, acts: Vec::new() };
    while let Some(option) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{option} needs a value"));
        let pixels = |text: String| text.parse::<u32>().map_err(|_| format!("`{text}` is no number of pixels"));
        match option.as_str() {
            "--dist" => request.dist = value()?.into(),
            "--url" => request.part = value()?,
            "--out" => request.out = value()?.into(),
            "--width" => request.view.width_px = pixels(value()?)?,
            "--height" => request.view.height_px = pixels(value()?)?,
            "--dark" => request.view = request.view.dark(),
            "--sub" => request.view = request.view.under_sub(),
            "--reduced-motion" => request.view = request.view.with_reduced_motion(),
            "--click" => request.acts.push(Act::Click(value()?)),
            "--wait" => request.acts.push(Act::Wait(value()?)),
            "--type" => {
                let both = value()?;
                let (css, text) = both.split_once("::").ok_or("--type takes `css::text`")?;
                request.acts.push(Act::Type(css.to_owned(), text.to_owned()));
            }
            _ => return Err(format!("unknown option `{option}`")),
        }
    }
    Ok(request)
}

async fn shoot(request: &Request) -> Result {
    let site = Rc::new(Site::serve(&request.dist)?);
    let browser = Browser::start().await?;
    let taken = match browser.page(site, request.view).await {
        Ok(page) => picture(&page, request).await,
        Err(error) => Err(error),
    };
    let closed = browser.close().await;
    taken.and(closed)
}

/// Takes the picture even where an act failed: it shows why.
async fn picture(page: &Page, request: &Request) -> Result {
    let acted = act(page, request).await;
    page.screenshot(&request.out).await?;
    println!("{}", request.out.display());
    for entry in page.log().await? {
        println!("browser {}: {}", entry.level, entry.message);
    }
    acted
}

async fn act(page: &Page, request: &Request) -> Result {
    page.open(&request.part).await?;
    for act in &request.acts {
        match act {
            Act::Click(css) => page.click(css).await?,
            Act::Wait(css) => drop(page.wait_for(css).await?),
            Act::Type(css, text) => page.type_into(css, text).await?,
        }
    }
    // Fonts swap in and the first frame is drawn.
    page.wait_until("document.fonts.status === 'loaded'").await
}
