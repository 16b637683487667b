//! A static file server as a course site would have: right content types, the strict security policy, nothing else.

use crate::error::{Error, Result};
use crate::view::Mount;
use http::{HeaderName, HeaderValue, Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Component, Path, PathBuf};
use std::rc::Rc;
use std::{fs, thread};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::LocalSet;

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
    port: u16,
    /// Dropping it ends the server's thread.
    _running: oneshot::Sender<Infallible>,
}

/// What every answer is made from.
struct Folder {
    dist: PathBuf,
    policy: HeaderValue,
}

impl Site {
    /// Serves a built site on a free port, with the policy of its `csp.txt` as a header.
    ///
    /// # Errors
    /// Where the folder holds no built site or no port can be opened.
    pub fn serve(dist: &Path) -> Result<Self> {
        let refused = |reason: &dyn std::fmt::Display| Error::Serve(format!("{}: {reason}", dist.display()));
        let policy = fs::read_to_string(dist.join("csp.txt")).map_err(|error| refused(&format_args!("csp.txt: {error}")))?;
        let policy = HeaderValue::from_str(policy.trim()).map_err(|error| refused(&error))?;
        let folder = Folder { dist: dist.to_path_buf(), policy };
        // A thread and a runtime of its own: the page loads while the test's runtime waits for the driver.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| refused(&error))?;
        let listener = std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).map_err(|error| refused(&error))?;
        listener.set_nonblocking(true).map_err(|error| refused(&error))?;
        let port = listener.local_addr().map_err(|error| refused(&error))?.port();
        let (running, stopped) = oneshot::channel();
        thread::spawn(move || {
            runtime.block_on(LocalSet::new().run_until(async {
                let Ok(listener) = TcpListener::from_std(listener) else { return };
                tokio::select! {
                    () = accept(listener, Rc::new(folder)) => {}
                    _ = stopped => {}
                }
            }));
        });
        Ok(Self { port, _running: running })
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

async fn accept(listener: TcpListener, folder: Rc<Folder>) {
    while let Ok((stream, _)) = listener.accept().await {
        let folder = Rc::clone(&folder);
        tokio::task::spawn_local(async move {
            let answer = service_fn(move |request| {
                let answer = folder.answer(&request);
                async { Ok::<_, Infallible>(answer) }
            });
            // A browser that hangs up early is no concern of the server.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), answer).await;
        });
    }
}

impl Folder {
    fn answer(&self, request: &Request<Incoming>) -> Response<Full<Bytes>> {
        let found = file_for(&self.dist, request.uri().path()).and_then(|path| Some((fs::read(&path).ok()?, content_type(&path))));
        let (status, body, kind) = match found {
            Some((body, kind)) => (StatusCode::OK, body, kind),
            None => (StatusCode::NOT_FOUND, b"not found".to_vec(), "text/plain; charset=utf-8"),
        };
        let mut response = Response::new(Full::new(Bytes::from(body)));
        *response.status_mut() = status;
        let headers: [(HeaderName, HeaderValue); 4] = [
            (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
            (header::CONTENT_SECURITY_POLICY, self.policy.clone()),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        ];
        response.headers_mut().extend(headers);
        response
    }
}

/// The file that an address means; none for one that leaves the folder.
fn file_for(dist: &Path, path: &str) -> Option<PathBuf> {
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
        for (path, file) in [
            ("/", Some("dist/index.html")),
            ("/sub/", Some("dist/index.html")),
            ("/sub/app.js", Some("dist/app.js")),
            ("/static/css/main.css", Some("dist/static/css/main.css")),
            ("/../Cargo.toml", None),
        ] {
            assert_eq!(file_for(dist, path), file.map(PathBuf::from), "{path}");
        }
    }

    #[test]
    fn wasm_has_the_type_that_streaming_compilation_asks_for() {
        assert_eq!(content_type(Path::new("app_bg.wasm")), "application/wasm");
    }
}
