//! A static file server as a course site would have: right content types, the strict security policy, nothing else.

use crate::error::{Error, Result};
use crate::view::Mount;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use tiny_http::{Header, Request, Response, Server};

/// How many requests are answered at once.
const THREADS: usize = 4;
/// The folder under which the site is served a second time.
const SUB: &str = "/sub/";

const CONTENT_TYPES: &[(&str, &str)] = &[
    ("css", "text/css; charset=utf-8"),
    ("html", "text/html; charset=utf-8"),
    ("ico", "image/x-icon"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript; charset=utf-8"),
    ("json", "application/json"),
    ("md", "text/markdown; charset=utf-8"),
    ("png", "image/png"),
    ("svg", "image/svg+xml"),
    ("toml", "application/toml"),
    ("txt", "text/plain; charset=utf-8"),
    ("wasm", "application/wasm"),
    ("webmanifest", "application/manifest+json"),
    ("woff2", "font/woff2"),
];

/// A folder being served, at `/` and under `/sub/`, until it is dropped.
pub struct Site {
    server: Arc<Server>,
    port: u16,
}

impl Site {
    /// Serves a built site on a free port, with the policy of its `csp.txt` as a header.
    ///
    /// # Errors
    /// Where the folder holds no built site or no port can be opened.
    pub fn serve(dist: &Path) -> Result<Self> {
        let refused = |reason: String| Error::Serve(format!("{}: {reason}", dist.display()));
        let policy = fs::read_to_string(dist.join("csp.txt")).map_err(|error| refused(format!("csp.txt: {error}")))?;
        let server = Server::http("127.0.0.1:0").map_err(|error| refused(error.to_string()))?;
        let port = server.server_addr().to_ip().map(|address| address.port()).ok_or_else(|| refused("no port".to_owned()))?;
        let server = Arc::new(server);
        for _ in 0..THREADS {
            let (server, dist, policy) = (Arc::clone(&server), dist.to_path_buf(), policy.trim().to_owned());
            thread::spawn(move || {
                while let Ok(request) = server.recv() {
                    answer(request, &dist, &policy);
                }
            });
        }
        Ok(Self { server, port })
    }

    /// The address of the site's home page.
    #[must_use]
    pub fn url(&self, mount: Mount) -> String {
        let folder = match mount {
            Mount::Root => "/",
            Mount::Sub => SUB,
        };
        format!("http://127.0.0.1:{}{folder}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        for _ in 0..THREADS {
            self.server.unblock();
        }
    }
}

fn answer(request: Request, dist: &Path, policy: &str) {
    let found = file_for(dist, request.url()).and_then(|path| Some((fs::read(&path).ok()?, content_type(&path))));
    let (status, body, kind) = match found {
        Some((body, kind)) => (200, body, kind),
        None => (404, b"not found".to_vec(), "text/plain; charset=utf-8"),
    };
    let mut response = Response::from_data(body).with_status_code(status);
    let headers =
        [("Content-Type", kind), ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"), ("Cache-Control", "no-store")];
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    // A browser that hangs up early is no concern of the server.
    drop(request.respond(response));
}

/// The file that an address means; none for one that leaves the folder.
fn file_for(dist: &Path, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let path = path.strip_prefix(SUB).or_else(|| path.strip_prefix('/'))?;
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    let stays_inside = path.components().all(|part| matches!(part, Component::Normal(_)));
    stays_inside.then(|| dist.join(path))
}

fn content_type(path: &Path) -> &'static str {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    CONTENT_TYPES.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, kind)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_folders_hold_the_same_site_and_nothing_outside_it_is_served() {
        let dist = Path::new("dist");
        for (url, file) in [
            ("/", Some("dist/index.html")),
            ("/sub/", Some("dist/index.html")),
            ("/?page=style", Some("dist/index.html")),
            ("/sub/app.js?v=1", Some("dist/app.js")),
            ("/static/css/main.css", Some("dist/static/css/main.css")),
            ("/../Cargo.toml", None),
        ] {
            assert_eq!(file_for(dist, url), file.map(PathBuf::from), "{url}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_asks_for() {
        assert_eq!(content_type(Path::new("app_bg.wasm")), "application/wasm");
    }
}
