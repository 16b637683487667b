//! Checks, compiles and starts lessons: `coldstart-lessons lint FOLDER`, `compile FOLDER OUT`, `new FOLDER SLUG`.
//! Exit code 1: the lessons have problems; 2: the command could not do its work.

use coldstart_course::parser::{Course, Files, Problem, compile, new_lesson};
use coldstart_facts::registry::Registry;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["lint", folder] => checked(folder).map(|course| println!("{} lessons, no problems", course.lessons.len())),
        ["compile", folder, out] => checked(folder).and_then(|course| write(&course, Path::new(folder), Path::new(out))),
        ["new", folder, slug] => create(Path::new(folder), slug),
        _ => Err(Stop::Failed("use: coldstart-lessons lint FOLDER | compile FOLDER OUT | new FOLDER SLUG".to_owned())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Problems(folder, problems)) => {
            problems.iter().for_each(|problem| eprintln!("{folder}/{problem}"));
            eprintln!("{} problems", problems.len());
            ExitCode::from(1)
        }
        Err(Stop::Failed(reason)) => {
            eprintln!("{reason}");
            ExitCode::from(2)
        }
    }
}

enum Stop {
    Problems(String, Vec<Problem>),
    Failed(String),
}

fn failed(what: &str, path: &Path, error: &dyn std::fmt::Display) -> Stop {
    Stop::Failed(format!("{what} {}: {error}", path.display()))
}

fn registry() -> Result<Registry, Stop> {
    Registry::bundled().map_err(|error| Stop::Failed(format!("the facts registry: {error}")))
}

fn checked(folder: &str) -> Result<Course, Stop> {
    let files = Files::read(Path::new(folder)).map_err(|error| failed("cannot read", Path::new(folder), &error))?;
    compile(&files, &registry()?).map_err(|problems| Stop::Problems(folder.trim_end_matches('/').to_owned(), problems))
}

fn write(course: &Course, from: &Path, out: &Path) -> Result<(), Stop> {
    let files = course.files(&registry()?).map_err(|error| Stop::Failed(format!("cannot write JSON: {error}")))?;
    for (name, text) in &files {
        save(&out.join(name), text)?;
    }
    for image in course.images() {
        let to = out.join(&image);
        to.parent().map_or(Ok(()), fs::create_dir_all).map_err(|error| failed("cannot create the folder of", &to, &error))?;
        fs::copy(from.join(&image), &to).map_err(|error| failed("cannot write", &to, &error))?;
    }
    Ok(())
}

fn create(folder: &Path, slug: &str) -> Result<(), Stop> {
    let index = folder.join("index.toml");
    let text = fs::read_to_string(&index).map_err(|error| failed("cannot read", &index, &error))?;
    if folder.join(slug).exists() {
        return Err(Stop::Failed(format!("there is a lesson `{slug}` already")));
    }
    for (path, text) in new_lesson(slug, &text).map_err(Stop::Failed)? {
        save(&folder.join(&path), &text)?;
        println!("wrote {}", folder.join(path).display());
    }
    Ok(())
}

fn save(path: &Path, text: &str) -> Result<(), Stop> {
    path.parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| failed("cannot write", path, &error))
}
