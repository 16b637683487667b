//! The files that the page fetches.

use super::course::Course;
use crate::{Block, CompiledLesson};
use coldstart_facts::registry::Registry;
use serde::Serialize;

impl Course {
    /// Every file by name, compact JSON: `index.json`, `glossary.json`, `facts.json`, `sources.json` (what invokes functions),
    /// `model.json` (the model card), `search.json`, `schema.json` (the fields of a scenario), `playground.json` (scenarios to begin
    /// with) and one `<slug>.json` a lesson.
    ///
    /// # Errors
    /// Whatever `serde_json` reports; these types give it no reason to.
    pub fn files(&self, registry: &Registry) -> Result<Vec<(String, String)>, serde_json::Error> {
        let mut files = vec![
            ("index.json".to_owned(), json(&self.index)?),
            ("glossary.json".to_owned(), json(&self.glossary)?),
            ("facts.json".to_owned(), registry.to_json()?),
            ("sources.json".to_owned(), json(&self.sources)?),
            ("model.json".to_owned(), json(&super::model_card::model_card(registry))?),
            ("search.json".to_owned(), json(&super::search::index(&self.lessons, &self.glossary, registry))?),
            ("schema.json".to_owned(), coldstart_sim::schema::to_json()?),
            ("playground.json".to_owned(), json(&super::presets::presets())?),
        ];
        for lesson in &self.lessons {
            files.push((format!("{}.json", lesson.id), json(lesson)?));
        }
        Ok(files)
    }

    /// The pictures to copy beside them, by path below the lessons folder and below the output folder alike.
    #[must_use]
    pub fn images(&self) -> Vec<String> {
        let of = |lesson: &CompiledLesson| {
            let images = lesson.blocks.iter().filter_map(|block| match block {
                Block::Image { file, .. } => Some(format!("{}/{file}", lesson.id)),
                _ => None,
            });
            images.collect::<Vec<_>>()
        };
        self.lessons.iter().flat_map(of).collect()
    }
}

fn json(value: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(value)
}
