//! A throw-away lesson with its quiz and its tree, added to a site that was built without it: nothing but `lessons/` is touched.

use crate::hand::{play, press};
use crate::questions::wrong_then_right;
use coldstart_course::parser::{Files, compile, new_lesson};
use coldstart_e2e::course::{lessons, questions, trees, ways};
use coldstart_e2e::{Key, Result, View, dist, drive_site};
use coldstart_facts::registry::Registry;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const SLUG: &str = "throw-away";
const TREE: &str = "throw-away-tree";
/// What is written by hand, beside what `cargo xtask new-lesson` makes.
const MORE: &str = include_str!("../../trial/more.md");
const QUIZ: &str = include_str!("../../trial/quiz.en.toml");
const TREE_FILE: &str = include_str!("../../trial/tree.toml");
const TREE_SCENARIO: &str = include_str!("../../trial/tree.scenario.toml");

/// A folder that goes when the test does.
struct Scratch(PathBuf);

impl Drop for Scratch {
    fn drop(&mut self) {
        // What is left behind is only a temporary folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (from, to) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type()?.is_dir() { copy(&from, &to)? } else { fs::copy(&from, &to).map(drop)? }
    }
    Ok(())
}

fn write(folder: &Path, files: &[(String, String)]) -> io::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(path, text)?;
    }
    Ok(())
}

/// The course's own lessons and the new one.
fn write_lessons(folder: &Path) -> io::Result<()> {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons"), folder)?;
    let index = fs::read_to_string(folder.join("index.toml"))?;
    let mut files = new_lesson(SLUG, &index).map_err(io::Error::other)?;
    for (name, text) in &mut files {
        if name.ends_with("lesson.en.md") {
            text.push_str(MORE);
        }
    }
    files.push((format!("{SLUG}/quiz.en.toml"), QUIZ.to_owned()));
    files.push((format!("trees/{TREE}.toml"), TREE_FILE.to_owned()));
    files.push((format!("trees/{TREE}.scenario.toml"), TREE_SCENARIO.to_owned()));
    write(folder, &files)
}

/// A copy of the built site whose `lessons/` are compiled anew; everything else is as it was built.
fn site_with_the_lesson() -> io::Result<Scratch> {
    let folder = Scratch(env::temp_dir().join(format!("coldstart-new-lesson-{}", std::process::id())));
    let (source, site) = (folder.0.join("source"), folder.0.join("site"));
    write_lessons(&source)?;
    copy(&dist().map_err(io::Error::other)?, &site)?;
    fs::remove_dir_all(site.join("lessons"))?;
    let registry = Registry::bundled().map_err(io::Error::other)?;
    let course = compile(&Files::read(&source)?, &registry);
    let course = course.map_err(|problems| io::Error::other(problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))?;
    write(&site.join("lessons"), &course.files(&registry)?)?;
    Ok(folder)
}

#[tokio::test]
async fn a_lesson_a_tree_and_a_quiz_need_nothing_but_the_lessons_folder() -> Result {
    let folder = site_with_the_lesson().unwrap_or_else(|error| panic!("{error}"));
    let site = folder.0.join("site");
    let all = lessons(&site)?;
    let lesson = all.into_iter().find(|lesson| lesson.id == SLUG).unwrap_or_else(|| panic!("the contents lack the new lesson"));
    drive_site(&site, View::WIDE, async move |page| {
        page.open("?page=lessons").await?;
        page.click(&format!("[data-testid='lesson-{SLUG}']")).await?;
        page.wait_for_text("h1", "Throw away").await?;
        play(&page, SLUG).await?;
        assert_eq!(questions(&lesson).len(), 5, "one of each kind");
        for question in questions(&lesson) {
            wrong_then_right(&page, &lesson, question).await?;
        }
        for tree in trees(&lesson) {
            for (way, leaf) in ways(&tree) {
                for (question, answer) in way {
                    press(&page, &format!("[data-testid='answer-{question}-{answer}']"), Key::Enter).await?;
                }
                page.wait_for(&format!("[data-testid='tree-leaf'][data-leaf='{leaf}'][data-state='done']")).await?;
                press(&page, "[data-testid='tree-restart']", Key::Enter).await?;
            }
        }
        assert_eq!(trees(&lesson).len(), 1, "its tree was walked");
        page.open("?page=search&q=throw+away").await?;
        page.wait_for_text("[data-testid='search-results']", "Throw away").await?;
        assert_eq!(page.console_errors().await?, [""; 0]);
        Ok(())
    })
    .await
}
