//! Which page an address asks for. Query parameters, not paths: the site works in any folder and from a zip.

use std::fmt::Write as _;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The live fleet and the ways in.
    Home,
    /// The list of lessons.
    Lessons,
    /// One lesson, by its slug.
    Lesson(String),
    /// The whole scenario, editable.
    Playground,
    /// The reader's own logs.
    Logs,
    /// The visual language.
    Style,
    /// The facts and their sources.
    Facts,
    /// Words and what they mean here.
    Glossary,
    /// What invokes functions.
    Sources,
    /// What is simulated, what is simplified, what AWS does not publish.
    Model,
    /// The search through all of it.
    Search,
    /// What this is and how its model works.
    About,
    /// Questions that are due.
    Review,
    /// What the address asked for, when there is no such page.
    Unknown(String),
}

/// Pages with a name of their own.
pub const NAMED: [(&str, Route); 11] = [
    ("review", Route::Review),
    ("lessons", Route::Lessons),
    ("playground", Route::Playground),
    ("logs", Route::Logs),
    ("style", Route::Style),
    ("facts", Route::Facts),
    ("glossary", Route::Glossary),
    ("sources", Route::Sources),
    ("model", Route::Model),
    ("search", Route::Search),
    ("about", Route::About),
];

/// Parameters that stay when the reader moves to another page.
const KEPT: [&str; 3] = ["theme", "locale", "embed"];

impl Route {
    /// The page that a query asks for.
    #[must_use]
    pub fn of(query: &Query) -> Self {
        if let Some(slug) = query.get("lesson") {
            return if is_slug(slug) { Self::Lesson(slug.to_owned()) } else { Self::Unknown(slug.to_owned()) };
        }
        match query.get("page") {
            None | Some("" | "home") => Self::Home,
            Some(name) => {
                NAMED.iter().find(|(page, _)| *page == name).map_or_else(|| Self::Unknown(name.to_owned()), |(_, route)| route.clone())
            }
        }
    }

    /// Address relative to the document; parameters of `from` that hold for the whole visit go along.
    #[must_use]
    pub fn address(&self, from: &Query) -> String {
        let own = match self {
            Self::Home => None,
            Self::Lesson(slug) => Some(("lesson", slug.as_str())),
            Self::Unknown(name) => Some(("page", name.as_str())),
            named => NAMED.iter().find(|(_, route)| route == named).map(|(page, _)| ("page", *page)),
        };
        let kept = KEPT.iter().filter_map(|name| from.get(name).map(|value| (*name, value)));
        let mut address = String::from("./");
        for (count, (name, value)) in own.into_iter().chain(kept).enumerate() {
            address.push(if count == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            encode(value, &mut address);
        }
        address
    }
}

/// Lesson slugs, as `lessons/` names its folders; anything else never reaches a file name.
fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.len() <= 60 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The parameters of an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `?a=b&c=d`, with or without the question mark. Nothing is an error: what makes no sense is text.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let pairs = text.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty());
        Self(
            pairs
                .map(|pair| {
                    let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                    (decode(name), decode(value))
                })
                .collect(),
        )
    }

    /// First value of a parameter.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(have, _)| have == name).map(|(_, value)| value.as_str())
    }
}

fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = || Some((hex(*tail.first()?)? << 4) | hex(*tail.get(1)?)?);
        match (first, (*first == b'%').then(escaped).flatten()) {
            (_, Some(byte)) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            (b'+', None) => {
                bytes.push(b' ');
                rest = tail;
            }
            (byte, None) => {
                bytes.push(*byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

fn encode(text: &str, into: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_pages() {
        let cases = [
            ("", Route::Home),
            ("?", Route::Home),
            ("?page=home", Route::Home),
            ("?page=playground", Route::Playground),
            ("?theme=dark&page=facts", Route::Facts),
            ("?lesson=incident-nine-am", Route::Lesson("incident-nine-am".into())),
            ("?lesson=..%2Fsecret", Route::Unknown("../secret".into())),
            ("?page=no+such%20page", Route::Unknown("no such page".into())),
        ];
        for (query, route) in cases {
            assert_eq!(Route::of(&Query::parse(query)), route, "{query}");
        }
    }

    #[test]
    fn routes_survive_their_address() {
        let from = Query::parse("?theme=projector&seed=4");
        for route in
            NAMED.iter().map(|(_, route)| route.clone()).chain([Route::Home, Route::Lesson("a-1".into()), Route::Unknown("ü &".into())])
        {
            let address = route.address(&from);
            let query = Query::parse(address.trim_start_matches("./"));
            assert_eq!(Route::of(&query), route, "{address}");
            assert_eq!((query.get("theme"), query.get("seed")), (Some("projector"), None), "{address}");
        }
    }

    #[test]
    fn broken_escapes_are_text() {
        for (text, expected) in [("%", "%"), ("%4", "%4"), ("%zz", "%zz"), ("%41", "A"), ("%ff", "\u{fffd}")] {
            assert_eq!(decode(text), expected);
        }
    }
}
