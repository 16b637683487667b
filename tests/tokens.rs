//! The colours of `static/css/tokens.css`: enough contrast in every theme, told apart by colour-blind readers, and named nowhere else.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "helpers of a test")]

use std::collections::BTreeMap;
use std::fs;

type Rgb = [f64; 3];
type Theme = BTreeMap<String, String>;

/// Text, the ground it stands on, and the least contrast (WCAG 2.2 AA: 4.5 for text, 3 for large text and for graphics).
const PAIRS: [(&str, &[&str], f64); 13] = [
    ("ink", &["bg", "surface", "sunken", "accent-soft"], 7.0),
    ("ink-2", &["bg", "surface", "sunken"], 4.5),
    ("accent", &["bg", "surface", "sunken", "accent-soft"], 4.5),
    ("accent-strong", &["bg", "surface", "accent-soft"], 4.5),
    ("on-accent", &["accent", "accent-strong"], 4.5),
    ("line-strong", &["bg", "surface"], 3.0),
    ("throttle", &["bg", "surface"], 4.5),
    ("spill", &["bg", "surface"], 4.5),
    ("error", &["bg", "surface"], 4.5),
    ("money", &["bg", "surface"], 4.5),
    ("env-provisioned", &["bg", "surface"], 3.0),
    ("surface", &["env-busy"], 3.0),
    ("env-reclaimed", &["bg", "surface"], 3.0),
];

const STATES: [&str; 5] = ["env-starting", "env-busy", "env-idle", "env-frozen", "env-reclaimed"];
const MEANINGS: [&str; 5] = ["throttle", "spill", "error", "money", "accent"];

/// How the colours of a screen look to someone with a dichromacy, in linear RGB (Machado, Oliveira and Fernandes 2009, severity 1).
const VISIONS: [(&str, [[f64; 3]; 3]); 4] = [
    ("normal", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152_286, 1.052_583, -0.204_868], [0.114_503, 0.786_281, 0.099_216], [-0.003_882, -0.048_116, 1.051_998]]),
    ("deuteranopia", [[0.367_322, 0.860_646, -0.227_968], [0.280_085, 0.672_501, 0.047_413], [-0.011_820, 0.042_940, 0.968_881]]),
    ("tritanopia", [[1.255_528, -0.076_749, -0.178_779], [-0.078_411, 0.930_809, 0.147_602], [0.004_733, 0.691_367, 0.303_900]]),
];

fn tokens_css() -> String {
    fs::read_to_string("static/css/tokens.css").unwrap()
}

/// The custom properties of the block whose selector starts with `selector`.
fn block(css: &str, selector: &str) -> Theme {
    let start = css.find(selector).expect("the block is there");
    let body = css[start..].split_once('{').unwrap().1.split_once('}').unwrap().0;
    body.split(';')
        .filter_map(|line| {
            let line = line.rsplit("*/").next()?.trim();
            let (name, value) = line.strip_prefix("--")?.split_once(':')?;
            Some((name.to_owned(), value.trim().to_owned()))
        })
        .collect()
}

fn themes() -> [(&'static str, Theme); 3] {
    let css = tokens_css();
    [
        ("light", block(&css, ":root,")),
        ("dark", block(&css, "[data-theme=\"dark\"]")),
        ("projector", block(&css, "[data-theme=\"projector\"]")),
    ]
}

fn linear(theme: &Theme, name: &str) -> Rgb {
    let hex = theme.get(name).and_then(|value| value.strip_prefix('#')).unwrap_or_else(|| panic!("--{name} is no colour"));
    let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
    [0, 2, 4].map(|at| {
        let value = channel(at);
        if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    })
}

fn luminance([r, g, b]: Rgb) -> f64 {
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// CIE 1976 L*a*b* of a colour as someone sees it.
fn lab(colour: Rgb, vision: &[[f64; 3]; 3]) -> Rgb {
    let seen = vision.map(|row| row.iter().zip(colour).map(|(m, c)| m * c).sum::<f64>().clamp(0.0, 1.0));
    let xyz = [
        (0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505,
        luminance(seen),
        (0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089,
    ];
    let [x, y, z] = xyz.map(|t| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(a: Rgb, b: Rgb) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

#[test]
fn text_and_graphics_have_contrast_in_every_theme() {
    let mut problems = Vec::new();
    for (name, theme) in themes() {
        let graphics = STATES.iter().map(|state| (*state, &["bg", "surface"][..], 3.0));
        for (text, grounds, least) in PAIRS.iter().copied().chain(graphics) {
            for ground in grounds {
                let found = contrast(linear(&theme, text), linear(&theme, ground));
                if found < least {
                    problems.push(format!("{name}: --{text} on --{ground} has {found:.2}, needs {least}"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn meanings_are_told_apart_by_colour_blind_readers_too() {
    let mut problems = Vec::new();
    for (name, theme) in themes() {
        for (vision, matrix) in VISIONS {
            let all: Vec<_> = STATES.iter().chain(&MEANINGS).map(|n| (*n, lab(linear(&theme, n), &matrix))).collect();
            for (i, (a, seen_a)) in all.iter().enumerate() {
                for (b, seen_b) in &all[..i] {
                    let states = STATES.contains(a) && STATES.contains(b);
                    let least = if states { 18.0 } else { 12.0 };
                    let found = distance(*seen_a, *seen_b);
                    if found < least {
                        problems.push(format!("{name}, {vision}: --{a} and --{b} are {found:.1} apart, need {least}"));
                    }
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_system_in_dark_mode_looks_as_the_dark_theme() {
    let css = tokens_css();
    assert_eq!(block(&css, ":root:not([data-theme])"), block(&css, "[data-theme=\"dark\"]"));
}

#[test]
fn every_theme_sets_the_same_tokens() {
    let [(_, light), (_, dark), (_, projector)] = themes();
    let names = |theme: &Theme| theme.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&light), names(&dark));
    assert_eq!(names(&light), names(&projector));
}

#[test]
fn colours_and_tokens_are_named_in_one_place() {
    let css = tokens_css();
    let mut problems = Vec::new();
    for entry in fs::read_dir("static/css").unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        for (i, line) in text.lines().enumerate() {
            let at = format!("{}:{}", path.display(), i + 1);
            if path.file_name() != Some("tokens.css".as_ref()) && ["rgb(", "hsl("].iter().any(|f| line.contains(f)) {
                problems.push(format!("{at}: a colour outside tokens.css"));
            }
            for used in line.split("var(--").skip(1).filter_map(|rest| rest.split([')', ',']).next()) {
                let local = text.contains(&format!("--{used}:"));
                if !local && !css.contains(&format!("--{used}:")) {
                    problems.push(format!("{at}: --{used} is set nowhere"));
                }
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_style_sheet_is_imported_once_and_nothing_stops_the_imports() {
    let main = fs::read_to_string("static/css/main.css").unwrap();
    let mut imported: Vec<_> = main.lines().filter_map(|line| line.strip_prefix("@import url(\"")?.strip_suffix("\");")).collect();
    let others = main.lines().filter(|line| !line.starts_with("@import ") && !line.starts_with("/*")).count();
    imported.sort_unstable();
    let mut sheets: Vec<_> = fs::read_dir("static/css").unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    sheets.sort_unstable();
    sheets.retain(|name| name != "main.css");
    assert_eq!(imported, sheets);
    assert_eq!(others, 0, "an @import after anything else is ignored");
}
