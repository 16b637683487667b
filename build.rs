//! Turns `locales/*.toml` into the tables behind `t!`, and names this build so that the page and its worker can tell whether
//! they belong together.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Messages = BTreeMap<String, Message>;

/// The language whose keys count; the others fall back to it.
const REFERENCE: &str = "en";

/// Environment variable with a build id.
const BUILD_ID: &str = "COLDSTART_BUILD_ID";

/// CLDR's plural categories, in the order of `i18n::PluralCategory`.
const CATEGORIES: [(&str, &str); 6] =
    [("zero", "Zero"), ("one", "One"), ("two", "Two"), ("few", "Few"), ("many", "Many"), ("other", "Other")];

/// What a build is made of; a change in any of them makes another build.
const SOURCES: [&str; 6] = ["src", "locales", "Cargo.lock", "crates/course/src", "crates/facts/src", "crates/sim/src"];

enum Message {
    Plain(String),
    Plural(Vec<(&'static str, String)>),
}

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(env::var("OUT_DIR")?).join("catalogue.rs");
    fs::write(out, catalogue(Path::new("locales"))?)?;
    if env::var("CARGO_CFG_TARGET_ARCH").as_deref() == Ok("wasm32") && env::var("PROFILE").as_deref() == Ok("release") {
        // Who refers to whom: what the release build takes the app and its worker apart by.
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
        println!("cargo::rustc-link-arg-bin=worker=--emit-relocs");
    }
    println!("cargo::rustc-env=COLDSTART_BUILD={}", build_id()?);
    println!("cargo::rerun-if-env-changed={BUILD_ID}");
    for source in SOURCES {
        println!("cargo::rerun-if-changed={source}");
    }
    Ok(())
}

/// The project's own commands set it; a plain cargo or trunk gets one from here.
fn build_id() -> Result<String, Box<dyn Error>> {
    match env::var(BUILD_ID) {
        Ok(id) if !id.is_empty() => Ok(id),
        _ => Ok(format!("{:016x}", fingerprint(&SOURCES)?)),
    }
}

fn catalogue(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut locales = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let (Some(stem), Some("toml")) = (path.file_stem().and_then(|s| s.to_str()), path.extension().and_then(|e| e.to_str())) else {
            continue;
        };
        locales.push((stem.to_owned(), messages(&path)?));
    }
    locales.sort_by_key(|(name, _)| (name != REFERENCE, name.clone()));
    let Some((first, reference)) = locales.first() else { return Err("no catalogue in locales/".into()) };
    if first != REFERENCE {
        return Err(format!("locales/{REFERENCE}.toml is missing").into());
    }
    let keys: Vec<&String> = reference.keys().collect();
    for (name, catalogue) in &locales {
        if let Some(key) = catalogue.keys().find(|key| !reference.contains_key(*key)) {
            return Err(format!("locales/{name}.toml: `{key}` is not in {REFERENCE}.toml").into());
        }
    }
    // Each text is a thing of its own, so that a part of the app takes along those that only it shows.
    let mut code = String::new();
    let names: Vec<&String> = locales.iter().map(|(name, _)| name).collect();
    writeln!(code, "pub(super) const LOCALES: [&str; {}] = {names:?};", names.len())?;
    writeln!(code, "pub(super) const KEYS: [&str; {}] = {keys:?};", keys.len())?;
    let mut all = String::new();
    for (index, key) in keys.iter().enumerate() {
        write!(code, "static M{index}: super::InEveryLanguage = [")?;
        for (_, catalogue) in &locales {
            let message = catalogue.get(*key).or_else(|| reference.get(*key)).ok_or("every key is in the reference")?;
            write!(code, "{},", message.code())?;
        }
        writeln!(code, "];")?;
        write!(all, "&M{index},")?;
    }
    writeln!(code, "pub(super) const MESSAGES: [&super::InEveryLanguage; {}] = [{all}];", keys.len())?;
    Ok(code)
}

impl Message {
    fn code(&self) -> String {
        match self {
            Self::Plain(text) => format!("super::Message::Plain({text:?})"),
            Self::Plural(forms) => {
                let forms: Vec<String> =
                    forms.iter().map(|(category, text)| format!("(super::PluralCategory::{category}, {text:?})")).collect();
                format!("super::Message::Plural(&[{}])", forms.join(", "))
            }
        }
    }
}

fn messages(path: &Path) -> Result<Messages, Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut messages = Messages::new();
    collect("", &table, &mut messages).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(messages)
}

fn collect(prefix: &str, table: &toml::Table, messages: &mut Messages) -> Result<(), String> {
    for (name, value) in table {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            toml::Value::String(text) => {
                messages.insert(key, Message::Plain(text.clone()));
            }
            toml::Value::Table(forms) if forms.contains_key("other") => {
                messages.insert(key.clone(), plural(&key, forms)?);
            }
            toml::Value::Table(section) => collect(&key, section, messages)?,
            _ => return Err(format!("`{key}` must be a text, a table of plural forms or a section")),
        }
    }
    Ok(())
}

fn plural(key: &str, forms: &toml::Table) -> Result<Message, String> {
    let form = |(name, value): (&String, &toml::Value)| {
        let category = CATEGORIES.iter().find(|(word, _)| word == name).map(|(_, variant)| *variant);
        match (category, value.as_str()) {
            (Some(category), Some(text)) => Ok((category, text.to_owned())),
            _ => Err(format!("`{key}.{name}` is not a plural form (zero, one, two, few, many, other) with a text")),
        }
    };
    forms.iter().map(form).collect::<Result<_, _>>().map(Message::Plural)
}

/// FNV-1a over the names and the bytes of all files: the same sources give the same build id on every machine.
fn fingerprint(sources: &[&str]) -> Result<u64, Box<dyn Error>> {
    let mut files = Vec::new();
    for source in sources {
        walk(Path::new(source), &mut files)?;
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for file in files {
        let name = file.to_string_lossy().replace('\\', "/");
        for byte in name.bytes().chain(fs::read(&file)?) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    Ok(hash)
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            walk(&entry?.path(), files)?;
        }
    } else if path.exists() {
        files.push(path.to_owned());
    }
    Ok(())
}
