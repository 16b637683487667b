//! What a learner did in a lesson: predictions and runs.

use crate::components::{BetAnswer, BetStage};
use crate::runner::RunResult;
use crate::state::progress::BetRecord;
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::Reducible;

/// The state of a lesson page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LessonState {
    /// Predictions by the bet's id; a bet that is not here is open.
    bets: BTreeMap<String, BetStage>,
    /// Last result of each named run.
    runs: BTreeMap<String, RunResult>,
    /// Last result of each named run in which nothing but the seed is other than in the lesson.
    untouched: BTreeMap<String, RunResult>,
    /// Whether everything is shown, bets or not.
    all_shown: bool,
    /// Number of blocks that are shown in any case: up to the section that was asked for.
    open_to: usize,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum LessonAction {
    /// A prediction was committed or skipped.
    Bet(String, BetStage),
    /// A named run has a new result; whether nothing but the seed is other than in the lesson.
    Report(String, RunResult, bool),
    /// The learner wants to see everything.
    ShowAll,
}

impl LessonState {
    /// A lesson at its beginning, or all of it.
    #[must_use]
    pub fn new(all_shown: bool) -> Self {
        Self { all_shown, ..Self::default() }
    }

    /// A lesson where it was left, with its first `open_to` blocks shown in any case.
    #[must_use]
    pub fn resumed(kept: &BTreeMap<String, BetRecord>, open_to: usize, all_shown: bool) -> Self {
        let bets = kept.iter().map(|(id, record)| (id.clone(), stage(record))).collect();
        Self { bets, open_to, ..Self::new(all_shown) }
    }

    /// The predictions that were committed or skipped, to be kept.
    #[must_use]
    pub fn records(&self) -> BTreeMap<String, BetRecord> {
        self.bets.iter().filter_map(|(id, stage)| Some((id.clone(), record(stage)?))).collect()
    }

    /// Number of blocks that are shown in any case.
    #[must_use]
    pub const fn open_to(&self) -> usize {
        self.open_to
    }

    /// How far a bet is.
    #[must_use]
    pub fn bet(&self, id: &str) -> BetStage {
        self.bets.get(id).cloned().unwrap_or_default()
    }

    /// Whether what follows a bet is hidden.
    #[must_use]
    pub fn waits_for(&self, id: &str) -> bool {
        !self.all_shown && !self.bet(id).unlocks()
    }

    /// Last result of a named run.
    #[must_use]
    pub fn run(&self, name: &str) -> Option<&RunResult> {
        self.runs.get(name)
    }

    /// Last result of a named run before anything was turned, or after all was turned back.
    #[must_use]
    pub fn untouched(&self, name: &str) -> Option<&RunResult> {
        self.untouched.get(name)
    }
}

fn stage(record: &BetRecord) -> BetStage {
    match record {
        BetRecord::Number(value) => BetStage::Committed(BetAnswer::Number(*value)),
        BetRecord::Choice(id) => BetStage::Committed(BetAnswer::Choice(id.clone().into())),
        BetRecord::Curve(heights) => BetStage::Committed(BetAnswer::Curve(heights.clone())),
        BetRecord::Skipped => BetStage::Skipped,
    }
}

fn record(stage: &BetStage) -> Option<BetRecord> {
    match stage {
        BetStage::Open => None,
        BetStage::Committed(BetAnswer::Number(value)) => Some(BetRecord::Number(*value)),
        BetStage::Committed(BetAnswer::Choice(id)) => Some(BetRecord::Choice(id.to_string())),
        BetStage::Committed(BetAnswer::Curve(heights)) => Some(BetRecord::Curve(heights.clone())),
        BetStage::Skipped => Some(BetRecord::Skipped),
    }
}

impl Reducible for LessonState {
    type Action = LessonAction;

    fn reduce(self: Rc<Self>, action: LessonAction) -> Rc<Self> {
        match action {
            // A prediction cannot be taken back: the gap is the point.
            LessonAction::Bet(id, _) if self.bet(&id).unlocks() => return self,
            LessonAction::Report(name, result, _) if self.run(&name) == Some(&result) => return self,
            LessonAction::ShowAll if self.all_shown => return self,
            _ => {}
        }
        let mut next = (*self).clone();
        match action {
            LessonAction::Bet(id, stage) => {
                next.bets.insert(id, stage);
            }
            LessonAction::Report(name, result, untouched) => {
                if untouched {
                    next.untouched.insert(name.clone(), result.clone());
                }
                next.runs.insert(name, result);
            }
            LessonAction::ShowAll => next.all_shown = true,
        }
        next.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prediction_opens_what_follows_and_cannot_be_changed() {
        let state = Rc::new(LessonState::default());
        assert!(state.waits_for("a"));
        let state = state.reduce(LessonAction::Bet("a".into(), BetStage::Committed(BetAnswer::Number(0.1))));
        assert!(!state.waits_for("a") && state.waits_for("b"));
        let state = state.reduce(LessonAction::Bet("a".into(), BetStage::Skipped));
        assert_eq!(state.bet("a").number(), Some(0.1));
    }

    #[test]
    fn predictions_come_back_as_they_were_kept() {
        let kept = BTreeMap::from([
            ("a".to_owned(), BetRecord::Number(2.5)),
            ("b".to_owned(), BetRecord::Choice("1".to_owned())),
            ("c".to_owned(), BetRecord::Skipped),
            ("e".to_owned(), BetRecord::Curve(vec![1.0, 4.0])),
        ]);
        let state = LessonState::resumed(&kept, 0, false);
        assert!(!state.waits_for("a") && !state.waits_for("c") && state.waits_for("d"));
        assert_eq!((state.bet("a").number(), state.records()), (Some(2.5), kept));
    }

    #[test]
    fn showing_all_leaves_bets_open() {
        let state = Rc::new(LessonState::default()).reduce(LessonAction::ShowAll);
        assert!(!state.waits_for("a") && !state.bet("a").unlocks());
    }
}
