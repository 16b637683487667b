//! What a learner did in a lesson: predictions and runs.

use crate::components::BetStage;
use crate::runner::RunResult;
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
    /// Whether everything is shown, bets or not.
    all_shown: bool,
}

/// What can happen.
#[derive(Clone, Debug)]
pub enum LessonAction {
    /// A prediction was committed or skipped.
    Bet(String, BetStage),
    /// A named run has a new result.
    Report(String, RunResult),
    /// The learner wants to see everything.
    ShowAll,
}

impl LessonState {
    /// A lesson at its beginning, or all of it.
    #[must_use]
    pub fn new(all_shown: bool) -> Self {
        Self { all_shown, ..Self::default() }
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
}

impl Reducible for LessonState {
    type Action = LessonAction;

    fn reduce(self: Rc<Self>, action: LessonAction) -> Rc<Self> {
        match action {
            // A prediction cannot be taken back: the gap is the point.
            LessonAction::Bet(id, _) if self.bet(&id).unlocks() => return self,
            LessonAction::Report(name, result) if self.run(&name) == Some(&result) => return self,
            LessonAction::ShowAll if self.all_shown => return self,
            _ => {}
        }
        let mut next = (*self).clone();
        match action {
            LessonAction::Bet(id, stage) => {
                next.bets.insert(id, stage);
            }
            LessonAction::Report(name, result) => {
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
    use crate::components::BetAnswer;

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
    fn showing_all_leaves_bets_open() {
        let state = Rc::new(LessonState::default()).reduce(LessonAction::ShowAll);
        assert!(!state.waits_for("a") && !state.bet("a").unlocks());
    }
}
