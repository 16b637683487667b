//! The lesson's course as a pure reducer: what the learner has seen, bought, drawn, named and tried.

use super::cause::Cause;
use super::clock::{ClockMinute, moment};
use super::evidence::EvidenceKind;
use super::outcome::Outcome;
use super::plan::Plan;
use super::prediction::Prediction;
use super::step::{Bet, FixTab, Step};
use std::rc::Rc;
use yew::Reducible;

/// Minutes of the shift that looks may take, unless the lesson says otherwise.
pub const SHIFT_MIN: u32 = 30;

/// A plan that was tried, and what the morning became under it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Try {
    /// The plan.
    pub plan: Plan,
    /// What came of it.
    pub outcome: Outcome,
}

/// Everything that the learner has done.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Seed of the morning.
    pub seed: u64,
    /// Where in the story.
    pub step: Step,
    /// The dashboard shows the minutes before this time of day.
    pub now: ClockMinute,
    /// Whether the dashboard's clock runs by itself.
    pub playing: bool,
    /// Minutes of the shift that looks may take.
    pub shift_min: u32,
    /// Evidence that was paid for, in order.
    pub bought: Vec<EvidenceKind>,
    /// The piece that is open.
    pub open: Option<EvidenceKind>,
    /// The curve under the pen.
    pub draft: Option<Vec<f64>>,
    /// Bet on tomorrow if nothing is done.
    pub bet_nothing: Bet,
    /// Bet on tomorrow with a larger database.
    pub bet_database: Bet,
    /// Causes that were named, in order.
    pub named: Vec<Cause>,
    /// The kind of fix whose controls are open.
    pub tab: FixTab,
    /// The plan as it stands.
    pub plan: Plan,
    /// Plans that were kept for the post-mortem.
    pub tries: Vec<Try>,
    /// The post-mortem as the learner left it; none before the first change.
    pub written: Option<String>,
    /// How many other mornings were asked for at the end.
    pub other_mornings: u64,
}

/// What the learner can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The dashboard's clock runs by itself, or stops.
    Play(bool),
    /// The next minute comes.
    Tick,
    /// Straight to the call.
    SkipToCall,
    /// Take the page and look for the cause.
    TakePage,
    /// Look something up, or open it again.
    LookUp(EvidenceKind),
    /// The curve under the pen is now this, in milliseconds.
    Draw(Vec<f64>),
    /// The curve stands.
    Commit,
    /// No bet.
    SkipBet,
    /// Name the cause.
    Name(Cause),
    /// Open the controls of a kind of fix.
    OpenTab(FixTab),
    /// Change the plan.
    Change(Plan),
    /// Keep a try for the post-mortem.
    Keep(Try),
    /// Write in the post-mortem.
    Write(String),
    /// Throw the changes to the post-mortem away.
    Rewrite,
    /// On to the next step, where the step allows it.
    Next,
    /// The figures of another morning, at the end.
    AnotherMorning,
    /// Live through the morning of that seed, from the start.
    Restart(u64),
}

impl Incident {
    /// 08:58 on the morning of a seed.
    #[must_use]
    pub fn new(seed: u64, shift_min: u32) -> Self {
        Self {
            seed,
            step: Step::Watch,
            now: moment::OPENING,
            playing: false,
            shift_min,
            bought: Vec::new(),
            open: None,
            draft: None,
            bet_nothing: Bet::Open,
            bet_database: Bet::Open,
            named: Vec::new(),
            tab: FixTab::default(),
            plan: Plan::default(),
            tries: Vec::new(),
            written: None,
            other_mornings: 0,
        }
    }

    /// Minutes of the shift that are gone.
    #[must_use]
    pub fn spent_min(&self) -> u32 {
        self.bought.iter().map(|kind| kind.cost_min()).sum()
    }

    /// Minutes of the shift that are left for looks.
    #[must_use]
    pub fn left_min(&self) -> u32 {
        self.shift_min.saturating_sub(self.spent_min())
    }

    /// Whether a look can still be paid for; what was bought once stays open.
    #[must_use]
    pub fn can_look_up(&self, kind: EvidenceKind) -> bool {
        self.bought.contains(&kind) || kind.cost_min() <= self.left_min()
    }

    /// Whether the right cause was named.
    #[must_use]
    pub fn has_named_it(&self) -> bool {
        self.named.iter().any(|cause| cause.is_right())
    }

    /// The bet of the step.
    #[must_use]
    pub const fn bet(&self) -> &Bet {
        if self.step.is_about_database() { &self.bet_database } else { &self.bet_nothing }
    }

    /// Seed of the day after.
    #[must_use]
    pub const fn tomorrow(&self) -> u64 {
        self.seed.wrapping_add(1)
    }

    /// Seed of the other morning that the end shows; another one than tomorrow's.
    #[must_use]
    pub const fn other_seed(&self) -> u64 {
        self.tomorrow().wrapping_add(self.other_mornings)
    }

    /// What it is after an action; an action that the step does not know changes nothing.
    #[must_use]
    pub fn after(mut self, action: Action) -> Self {
        match (self.step, action) {
            (Step::Watch, action @ (Action::Play(_) | Action::Tick | Action::SkipToCall | Action::TakePage)) => self.watch(&action),
            (Step::Evidence, Action::LookUp(kind)) => self.look_up(kind),
            (Step::DrawNothing | Step::DrawDatabase, Action::Draw(curve)) => self.draft = Some(curve),
            (Step::DrawNothing | Step::DrawDatabase, Action::Commit) => self.commit(),
            (Step::DrawNothing | Step::DrawDatabase, Action::SkipBet) => self.settle(Bet::Skipped),
            (Step::Cause, Action::Name(cause)) if !self.named.contains(&cause) && !self.has_named_it() => self.named.push(cause),
            (Step::Fix, Action::OpenTab(tab)) => self.tab = tab,
            (Step::Fix | Step::Deploy, Action::Change(plan)) => self.plan = plan,
            (Step::Fix | Step::Deploy, Action::Keep(tried)) => self.keep(tried),
            (Step::End, Action::Write(text)) => self.written = Some(text),
            (Step::End, Action::Rewrite) => self.written = None,
            (Step::End, Action::AnotherMorning) => self.other_mornings += 1,
            (_, Action::Next) => self.next(),
            (_, Action::Restart(seed)) => return Self::new(seed, self.shift_min),
            _ => {}
        }
        self
    }

    fn watch(&mut self, action: &Action) {
        match action {
            Action::Play(playing) => self.playing = *playing && self.now < moment::CALL,
            Action::Tick => self.now = (self.now + 1).min(moment::CALL),
            Action::SkipToCall => self.now = moment::CALL,
            Action::TakePage if self.now > moment::NINE => {
                self.now = moment::CALL;
                self.step = Step::Evidence;
            }
            _ => {}
        }
        if self.now >= moment::CALL {
            self.playing = false;
        }
    }

    fn look_up(&mut self, kind: EvidenceKind) {
        if !self.can_look_up(kind) {
            return;
        }
        if !self.bought.contains(&kind) {
            self.bought.push(kind);
            self.now = moment::CALL + self.spent_min();
        }
        self.open = Some(kind);
    }

    fn commit(&mut self) {
        if let Some(p99_ms) = self.draft.take() {
            self.settle(Bet::Drawn(Prediction { p99_ms }));
        }
    }

    fn settle(&mut self, bet: Bet) {
        *(if self.step.is_about_database() { &mut self.bet_database } else { &mut self.bet_nothing }) = bet;
        self.draft = None;
        self.step = self.step.next();
    }

    fn keep(&mut self, tried: Try) {
        self.tries.retain(|earlier| earlier.plan != tried.plan);
        self.tries.push(tried);
    }

    /// The steps that end with a bet or a page have their own way on.
    fn next(&mut self) {
        let may_go_on = match self.step {
            Step::Evidence | Step::TruthNothing | Step::TruthDatabase | Step::Fix | Step::Deploy => true,
            Step::Cause => self.has_named_it(),
            Step::Watch | Step::DrawNothing | Step::DrawDatabase | Step::End => false,
        };
        if may_go_on {
            self.step = self.step.next();
            self.plan.deploy = self.step == Step::Deploy;
        }
    }
}

impl Reducible for Incident {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Rc::unwrap_or_clone(self).after(action))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn played(actions: impl IntoIterator<Item = Action>) -> Incident {
        actions.into_iter().fold(Incident::new(9, SHIFT_MIN), Incident::after)
    }

    fn at_step(step: Step) -> Incident {
        Incident { step, ..Incident::new(9, SHIFT_MIN) }
    }

    #[test]
    fn the_whole_lesson_can_be_played() {
        let tried = Try { plan: Plan { units: 250, ..Plan::default() }, outcome: Outcome::default() };
        let incident = played([
            Action::Play(true),
            Action::Tick,
            Action::Tick,
            Action::Tick,
            Action::TakePage,
            Action::LookUp(EvidenceKind::Database),
            Action::LookUp(EvidenceKind::SlowRequests),
            Action::Next,
            Action::Draw(vec![200.0; 25]),
            Action::Commit,
            Action::Next,
            Action::SkipBet,
            Action::Next,
            Action::Name(Cause::Database),
            Action::Next,
            Action::Name(Cause::ColdStarts),
            Action::Next,
            Action::OpenTab(FixTab::Pings),
            Action::Change(tried.plan),
            Action::Keep(tried),
            Action::Keep(tried),
            Action::Next,
            Action::Next,
            Action::Write("Ours.".to_owned()),
            Action::AnotherMorning,
        ]);
        assert_eq!(incident.step, Step::End);
        assert_eq!((incident.spent_min(), incident.left_min()), (20, 10));
        assert_eq!(incident.bet_nothing.drawn().map(|bet| bet.p99_ms.len()), Some(25));
        assert_eq!(incident.bet_database, Bet::Skipped);
        assert_eq!(incident.named, [Cause::Database, Cause::ColdStarts]);
        assert_eq!(incident.tries, [tried], "the same plan is kept once");
        assert_eq!(incident.written.as_deref(), Some("Ours."));
        assert_eq!((incident.tomorrow(), incident.other_seed()), (10, 11));
        assert_eq!(incident.after(Action::Restart(11)), Incident::new(11, SHIFT_MIN));
    }

    #[test]
    fn the_page_comes_after_nine_and_the_clock_stops_at_the_call() {
        let early = played([Action::Tick, Action::TakePage]);
        assert_eq!((early.step, early.now), (Step::Watch, 8 * 60 + 59));
        let late = played([Action::Play(true), Action::SkipToCall, Action::Tick]);
        assert_eq!((late.now, late.playing), (moment::CALL, false));
        assert!(!late.after(Action::Play(true)).playing);
    }

    #[test]
    fn looks_cost_minutes_once_and_stop_when_the_shift_is_over() {
        let all = EvidenceKind::ALL.map(Action::LookUp);
        let incident = all.into_iter().fold(at_step(Step::Evidence), Incident::after);
        assert!(incident.spent_min() <= SHIFT_MIN);
        assert!(incident.bought.len() < EvidenceKind::ALL.len(), "the shift does not pay for everything");
        assert_eq!(incident.now, moment::CALL + incident.spent_min());
        let again = incident.clone().after(Action::LookUp(EvidenceKind::Database));
        assert_eq!(again.spent_min(), incident.spent_min());
        assert_eq!(again.open, Some(EvidenceKind::Database));
    }

    #[test]
    fn the_truth_stays_hidden_until_the_bet_is_settled() {
        assert_eq!(at_step(Step::DrawNothing).after(Action::Next).step, Step::DrawNothing);
        assert_eq!(at_step(Step::DrawNothing).after(Action::Commit).step, Step::DrawNothing, "nothing was drawn");
        assert_eq!(at_step(Step::DrawDatabase).after(Action::SkipBet).step, Step::TruthDatabase);
    }

    #[test]
    fn only_the_right_cause_opens_the_fixes() {
        let wrong = at_step(Step::Cause).after(Action::Name(Cause::Throttles));
        assert_eq!(wrong.clone().after(Action::Next).step, Step::Cause);
        let right = wrong.after(Action::Name(Cause::ColdStarts)).after(Action::Name(Cause::Memory));
        assert_eq!(right.named, [Cause::Throttles, Cause::ColdStarts], "nothing more is named after it");
        assert_eq!(right.after(Action::Next).step, Step::Fix);
    }

    #[test]
    fn the_deploy_comes_with_its_step_and_goes_with_it() {
        let deploy = at_step(Step::Fix).after(Action::Next);
        assert!(deploy.plan.deploy);
        assert!(!deploy.after(Action::Next).plan.deploy);
    }

    #[test]
    fn every_slug_is_its_own() {
        let mut slugs: Vec<_> = Step::ALL.map(Step::slug).into();
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), Step::ALL.len());
        assert!(FixTab::ALL.into_iter().all(|tab| FixTab::from_slug(tab.slug()) == Some(tab)));
        assert!(EvidenceKind::ALL.into_iter().all(|kind| EvidenceKind::from_slug(kind.slug()) == Some(kind)));
        assert!(Cause::ALL.into_iter().all(|cause| Cause::from_slug(cause.slug()) == Some(cause)));
    }
}
