//! The files of a course, and places in them.

use super::problem::Place;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The files below the lessons folder, by path with `/`.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// Texts.
    pub texts: BTreeMap<String, String>,
    /// Whatever is not text: pictures.
    pub others: BTreeSet<String>,
}

impl Files {
    /// Reads a folder and everything below it; names that start with a dot are passed over.
    ///
    /// # Errors
    /// A folder or file that cannot be read.
    pub fn read(folder: &std::path::Path) -> std::io::Result<Self> {
        let mut files = Self::default();
        files.read_below(folder, "")?;
        Ok(files)
    }

    fn read_below(&mut self, folder: &std::path::Path, prefix: &str) -> std::io::Result<()> {
        for entry in std::fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            let path = format!("{prefix}{name}");
            if entry.file_type()?.is_dir() {
                self.read_below(&entry.path(), &format!("{path}/"))?;
            } else {
                match String::from_utf8(std::fs::read(entry.path())?) {
                    // Windows line ends would move every column and end up in listings.
                    Ok(text) => drop(self.texts.insert(path, text.replace("\r\n", "\n"))),
                    Err(_) => drop(self.others.insert(path)),
                }
            }
        }
        Ok(())
    }

    /// The names directly below `folder` that have something below them.
    pub(super) fn folders(&self) -> BTreeSet<&str> {
        self.texts.keys().filter_map(|path| path.split_once('/')).map(|(folder, _)| folder).collect()
    }
}

/// A text within a file: the file itself, its front matter, the body of a directive, a string of a TOML file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    pub(super) file: &'a str,
    whole: &'a str,
    /// The text itself.
    pub(super) text: &'a str,
    at: usize,
    /// Whether byte i of `text` is byte `at + i` of the file; else every place is that of `at`.
    exact: bool,
}

impl<'a> Source<'a> {
    pub(super) const fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, whole: text, text, at: 0, exact: true }
    }

    /// A part of this text.
    pub(super) fn slice(self, range: Range<usize>) -> Self {
        let text = self.text.get(range.clone()).unwrap_or_default();
        Self { text, at: if self.exact { self.at + range.start } else { self.at }, ..self }
    }

    /// A text that this one spells within `range`, perhaps with escapes or indents.
    pub(super) fn spelled<'b>(self, range: Range<usize>, text: &'b str) -> Source<'b>
    where
        'a: 'b,
    {
        let within = self.slice(range);
        let found = (self.exact && !text.is_empty()).then(|| within.text.find(text)).flatten();
        Source { text, at: within.at + found.unwrap_or(0), exact: found.is_some(), ..within }
    }

    /// The place of byte `offset` of the text.
    pub(super) fn place(&self, offset: usize) -> Place {
        let offset = if self.exact { self.at + offset } else { self.at };
        let before = self.whole.get(..offset.min(self.whole.len())).unwrap_or(self.whole);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Place {
            file: self.file.to_owned(),
            line: number(before.bytes().filter(|byte| *byte == b'\n').count() + 1),
            col: number(before[line_start..].chars().count() + 1),
        }
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source::new("a.md", "ä b\n  cd\n");
        let at = |offset| (source.place(offset).line, source.place(offset).col);
        assert_eq!(at(0), (1, 1));
        assert_eq!(at(3), (1, 3));
        assert_eq!(at(5), (2, 1));
        let part = source.slice(7..9);
        assert_eq!((part.text, part.place(1).line, part.place(1).col), ("cd", 2, 4));
        let spelled = source.spelled(0..10, "cd");
        assert_eq!((spelled.place(0).line, spelled.place(0).col), (2, 3));
        let escaped = source.spelled(5..10, "not there");
        assert_eq!((escaped.place(4).line, escaped.place(4).col), (2, 1));
    }
}
