//! What the lint says: where, which rule, what is wrong, what to do.

use std::cell::RefCell;
use std::fmt;

/// A place in a file of the course.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path below the lessons folder.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub col: u32,
}

impl Place {
    /// The start of a file.
    #[must_use]
    pub fn start_of(file: &str) -> Self {
        Self { file: file.to_owned(), line: 1, col: 1 }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.col)
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Which rule.
    pub code: Code,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {} Help: {}", self.place, self.code.slug(), self.message, self.code.help())
    }
}

/// Collects problems, so that no check has to stop at the first one.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    pub(super) fn push(&self, place: &Place, code: Code, message: impl Into<String>) {
        self.0.borrow_mut().push(Problem { place: place.clone(), code, message: message.into() });
    }

    /// All of them by place, each once.
    pub(super) fn into_sorted(self) -> Vec<Problem> {
        let mut all = self.0.into_inner();
        all.sort();
        all.dedup();
        all
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $slug:literal, $help:literal;)+) => {
        /// The lint's rules.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Code {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The name that the lint prints.
            #[must_use]
            pub const fn slug(self) -> &'static str {
                match self {
                    $(Self::$name => $slug,)+
                }
            }

            /// What to do about it.
            #[must_use]
            pub const fn help(self) -> &'static str {
                match self {
                    $(Self::$name => $help,)+
                }
            }
        }
    };
}

codes! {
    /// A file that must be there is not.
    MissingFile = "missing-file", "a course has index.toml and glossary.en.toml, a lesson has lesson.en.md.";
    /// A TOML text does not parse.
    TomlSyntax = "toml-syntax", "correct the TOML at this place.";
    /// The lesson does not open with front matter.
    FrontMatterMissing = "front-matter-missing", "open the file with a line +++, the fields, and another line +++.";
    /// A field that must be there is not.
    MissingField = "missing-field", "add the field.";
    /// A field that nothing reads.
    UnknownField = "unknown-field", "remove it or correct its name.";
    /// A value of the wrong type.
    BadType = "bad-type", "write a value of the type named.";
    /// A value of the right type that cannot be.
    BadValue = "bad-value", "write one of the values named.";
    /// An id that is not a slug.
    BadSlug = "bad-slug", "use 1 to 60 of a-z, 0-9 and -, starting with a letter.";
    /// The lesson's id is not its folder's name.
    IdNotFolder = "id-not-folder", "a lesson's id is the name of its folder and never changes.";
    /// The summary is longer than a list shows.
    SummaryTooLong = "summary-too-long", "say it in at most 160 characters.";
    /// A level that is not one.
    UnknownLevel = "unknown-level", "use beginner, intermediate or advanced.";
    /// A needed lesson does not exist.
    UnknownNeed = "unknown-need", "name lessons by their slug.";
    /// A needed lesson comes later in the course.
    NeedOrder = "need-order", "a lesson comes after those that it needs; the order lives in index.toml.";
    /// An objective without a sentence.
    UnknownObjective = "unknown-objective", "give it a sentence under [objectives] in index.toml.";
    /// A fact that the registry does not have.
    UnknownFact = "unknown-fact", "name facts by their slug in the facts registry.";
    /// A fact that the front matter lists and the text does not use.
    UnusedFact = "unused-fact", "remove it from `facts`, or use it.";
    /// A fact that the text uses and the front matter does not list.
    UnlistedFact = "unlisted-fact", "add it to `facts` in the front matter.";
    /// A number in prose that comes from nowhere.
    BareNumber = "bare-number", "write {{fact:...}}, {{result:run.metric}}, a count as {{n:...}}, or the number in words.";
    /// A `{{...}}` that is not understood.
    BadPlaceholder = "bad-placeholder", "write {{fact:id}}, {{result:run.metric}}, {{result:run.metric as format}} or {{n:count}} on one line.";
    /// An exclamation mark.
    Exclamation = "exclamation", "end the sentence with a full stop.";
    /// HTML in the text.
    RawHtml = "raw-html", "write Markdown or a directive; pages never contain raw HTML.";
    /// Markdown that lessons do not use.
    UnsupportedMarkdown = "unsupported-markdown", "use headings, paragraphs, lists, tables, fenced code, quotes and alerts.";
    /// A fence that is neither a known language nor a directive.
    UnknownFence = "unknown-fence", "use widget, bet, quiz, myth or comparison, or a listing's language; `text` where there is none.";
    /// A heading that skips a level.
    HeadingSkip = "heading-skip", "start at ## and go down one level at a time; the title is the page's only first level.";
    /// An image that says nothing to those who do not see it.
    ImageWithoutAlt = "image-without-alt", "describe the picture between the brackets.";
    /// An image file that is not there.
    ImageMissing = "image-missing", "put the file beside the lesson.";
    /// A link to a lesson that does not exist.
    UnknownLesson = "unknown-lesson", "link lessons as ../slug/lesson.en.md.";
    /// A link that leads nowhere.
    UnknownTarget = "unknown-target", "link to https://..., #heading, page:name, term:slug or ../slug/lesson.en.md.";
    /// A long stretch without anything to do.
    LongSection = "long-section", "cut it, or put a widget, a bet or a quiz in between.";
    /// A lesson without a running simulation early on.
    NoAct = "no-act", "put a widget before the first 120 words: the learner does something within ten seconds.";
    /// A lesson without a prediction.
    NoBet = "no-bet", "ask for at least one prediction before a run is shown.";
    /// A widget that does not exist.
    UnknownWidget = "unknown-widget", "use one of the widgets named.";
    /// A control that the widget does not have.
    UnknownControl = "unknown-control", "use one of the controls named.";
    /// A scenario that is named and not there.
    MissingScenario = "missing-scenario", "put it into the lesson's scenarios folder, or correct the name.";
    /// A scenario that nothing uses.
    UnusedScenario = "unused-scenario", "use it or remove the file.";
    /// A scenario that the simulator refuses.
    InvalidScenario = "invalid-scenario", "correct the field; `coldstart-sim schema` lists them all.";
    /// A scenario that is stopped by its budget.
    CutRun = "cut-run", "make the run shorter or the traffic thinner.";
    /// A change to a scenario that leads to none.
    BadChange = "bad-change", "correct the path or the value; `coldstart-sim schema` lists all fields.";
    /// A decision tree whose ways do not lead to its leaves.
    BadTree = "bad-tree", "let every answer lead to a question or a leaf, and every leaf be reached.";
    /// A myth that nothing refutes.
    MythWithoutRun = "myth-without-run", "give it a scenario, the numbers that refute it, and a fact in its truth.";
    /// A metric that does not exist.
    UnknownMetric = "unknown-metric", "use one of the metrics named; some take minutes, as in cold_share@10..15.";
    /// A claim that the simulator contradicts.
    ClaimFails = "claim-fails", "correct the claim or the scenario.";
    /// A question without exactly one right answer.
    OneRightAnswer = "one-right-answer", "mark exactly one of at least two answers with right = true.";
    /// A question with several right answers that has not.
    SeveralRightAnswers = "several-right-answers", "mark at least two answers with right = true and leave one wrong; with one right answer it is a choice.";
    /// Too little to put in order.
    TooFewOptions = "too-few-options", "offer at least three; two are a coin toss.";
    /// A question for a number that the simulator does not give.
    UnkeyedAnswer = "unkeyed-answer", "ask for a metric that has a value other than 0 in every run of the question, in a unit that it is measured in.";
    /// A question that is re-drawn and cannot be.
    BadDraw = "bad-draw", "name a field of the scenario and at least two values that it can take, and show the one drawn as {{draw}} in the prompt.";
    /// A wrong number that counts as right.
    TrapTooClose = "trap-too-close", "lower the tolerance, or leave the trap out: a wrong answer is further from the right one than the tolerance.";
    /// A question about a request that the page does not show.
    UntracedRequest = "untraced-request", "name requests of the first source, counted from 1, within the first 10,000 records of the run.";
    /// A question that no quiz of the lesson shows.
    UnusedQuestion = "unused-question", "name it in a quiz directive, or write a quiz without `questions`, which shows all.";
    /// An id that comes twice.
    DuplicateId = "duplicate-id", "give each its own id.";
    /// A lesson folder that the index does not name.
    NotInIndex = "not-in-index", "add its slug to a module in index.toml.";
    /// The index names a lesson that does not exist.
    IndexUnknownLesson = "index-unknown-lesson", "create it with `cargo xtask new-lesson`, or remove it from index.toml.";
    /// A path whose lessons take longer than it promises.
    PathTooLong = "path-too-long", "leave a lesson out, or promise more minutes.";
    /// A redirect that leads nowhere or hides a lesson.
    BadRedirect = "bad-redirect", "redirect an old slug that no lesson uses to a slug that one does.";
}
