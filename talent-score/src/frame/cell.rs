//! One answer in a frame, with what stands beside it: the slow way, for all that is not plainly a number within its limits.

use talent_model::collection::List;
use talent_model::diagnostic::{Code, Diagnostic, Pointer, nearest};
use talent_model::id::{ItemId, Unit};
use talent_model::quantity::{ChecklistItem, ChecklistQuantity, Count, Level, Number, Quantity};
use talent_model::standard::FactKind;
use talent_model::submission::{Observation, State};
use talent_model::text::Prose;
use talent_model::{Bilingual, Standard, check};

use super::asked::Asked;
use super::report::{Place, Report};
use super::{Fact, FramePlan};
use crate::batch::Absence;
use crate::measure::answer;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Given<'a> {
    /// Nothing.
    Null,
    /// A number.
    Number(f64),
    /// Yes or no.
    Truth(bool),
    /// A text.
    Text(&'a str),
    /// A list of texts.
    Items(Vec<&'a str>),
}

/// A cell and its companions. Empty texts say nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell<'a> {
    /// The answer.
    pub given: Given<'a>,
    /// The unit of the number. Absent: the quantity's own.
    pub unit: Option<&'a str>,
    /// How much is known. Absent: reported, or missing where nothing is given.
    pub state: Option<&'a str>,
    /// Why it does not apply.
    pub reason: Option<&'a str>,
    /// How many people answered.
    pub sample: Option<f64>,
}

/// The separators of the items of a checklist in one text.
const SEPARATORS: [char; 7] = [';', '；', ',', '，', '、', '|', '\n'];

/// The items that a text lists.
fn listed(text: &str) -> impl Iterator<Item = &str> {
    text.split(SEPARATORS).map(str::trim).filter(|item| !item.is_empty())
}

/// What the items are worth together, added up in the order of the list; nothing where one is unknown or comes twice, or the list is long.
fn ticked<'i>(list: &ChecklistQuantity, items: impl Iterator<Item = &'i str>) -> Option<f64> {
    if list.items.len() > 64 {
        return None;
    }
    let mut met = 0_u64;
    for item in items {
        let bit = 1 << list.items.iter().position(|known| known.id.as_str() == item)?;
        if met & bit != 0 {
            return None;
        }
        met |= bit;
    }
    Some(list.items.iter().enumerate().filter(|(at, _)| met >> at & 1 == 1).map(|(_, item)| ChecklistItem::measure(item)).sum())
}

fn truth(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "是" | "有" => Some(true),
        "false" | "no" | "n" | "0" | "否" | "无" | "没有" => Some(false),
        _ => None,
    }
}

fn unread(found: &str, expected: Bilingual) -> Diagnostic {
    Diagnostic::new(Code::CellUnread, Pointer::root()).with("found", found).bilingual("expected", expected)
}

const TRUTH: Bilingual = Bilingual { en: "yes or no", zh: "是或否" };
const LEVEL: Bilingual = Bilingual { en: "a level or the name of one", zh: "等级或等级名称" };
const ITEMS: Bilingual = Bilingual { en: "a list of items", zh: "清单项" };
const NUMBER: Bilingual = Bilingual { en: "a number", zh: "数字" };
const COUNT: Bilingual = Bilingual { en: "a number of people", zh: "人数" };
const WORDS: Bilingual = Bilingual { en: "a reason", zh: "理由" };

impl FramePlan {
    /// Reads one cell: the raw answer or an [`Absence`], and whether it is the ratio itself. What is wrong is noted, and counts as missing.
    pub fn read(&self, asked: &Asked, cell: &Cell<'_>, place: Place, report: &mut Report) -> (f64, bool) {
        match asked.quickly(cell) {
            Some(read) => read,
            None => asked.slowly(&self.standard, cell, place, report).unwrap_or((Absence::Missing.measure(), false)),
        }
    }

    /// Reads a fact: its number, 1 or 0 for yes or no, the position of a choice; not a number where it is not known.
    pub fn read_fact(&self, fact: &Fact, given: &Given<'_>, place: Place, report: &mut Report) -> f64 {
        let mut refuse = |diagnostic| {
            report.note(place, diagnostic);
            f64::NAN
        };
        match (fact.kind, given) {
            (_, Given::Null) => f64::NAN,
            (FactKind::Number, Given::Number(number)) => match not_finite(*number) {
                Some(diagnostic) => refuse(diagnostic.with("column", &fact.id)),
                None => *number,
            },
            (FactKind::YesNo, Given::Truth(yes)) => f64::from(u8::from(*yes)),
            (FactKind::YesNo, Given::Number(number)) if *number == 0.0 || *number == 1.0 => *number,
            (FactKind::YesNo, Given::Number(number)) => refuse(unread(&number.to_string(), TRUTH)),
            (FactKind::YesNo, Given::Text("")) | (FactKind::Choice, Given::Text("")) => f64::NAN,
            (FactKind::YesNo, Given::Text(text)) => match truth(text) {
                Some(yes) => f64::from(u8::from(yes)),
                None => refuse(unread(text, TRUTH)),
            },
            (FactKind::Choice, Given::Text(text)) => match fact.choices.iter().position(|choice| choice == text) {
                #[expect(clippy::cast_precision_loss, reason = "the choices of a list are few")]
                Some(position) => position as f64,
                None => {
                    let known = || fact.choices.iter().map(String::as_str);
                    let diagnostic = Diagnostic::new(Code::UnknownChoice, Pointer::root()).with("fact", &fact.id).with("found", text);
                    refuse(diagnostic.with("known", fact.choices.join(", ")).suggest(nearest(text, known())))
                }
            },
            _ => refuse(Diagnostic::new(Code::WrongFact, Pointer::root()).with("fact", &fact.id).with("expected", fact.kind.as_str())),
        }
    }
}

/// What is to be said of a number that is none, or infinite.
fn not_finite(number: f64) -> Option<Diagnostic> {
    if number.is_nan() {
        return Some(Diagnostic::new(Code::NanValue, Pointer::root()));
    }
    number.is_infinite().then(|| Diagnostic::new(Code::InfiniteValue, Pointer::root()).with("found", if number > 0.0 { "inf" } else { "-inf" }))
}

impl Asked {
    /// What the items are worth that a text plainly lists, where items are asked.
    #[must_use]
    pub fn list(&self, text: &str) -> Option<f64> {
        self.choice(&Given::Text(text))
    }

    /// The common cases, where there is nothing to be found.
    fn quickly(&self, cell: &Cell<'_>) -> Option<(f64, bool)> {
        let state = cell.state.unwrap_or_default();
        match (&cell.given, state) {
            (Given::Null, "" | "missing") => Some((Absence::Missing.measure(), false)),
            (Given::Null, "withheld") => Some((Absence::Withheld.measure(), false)),
            (Given::Null, "not_assessed") => Some((Absence::NotAssessed.measure(), false)),
            (Given::Null, "not_applicable") if self.may_not_apply && cell.reason.is_some_and(|reason| !reason.is_empty()) => {
                Some((Absence::NotApplicable.measure(), false))
            }
            (given, "" | "reported" | "estimated") => {
                let sampled = self.sample.is_none_or(|least| cell.sample.is_some_and(|sample| sample >= least && sample.fract() == 0.0));
                let unit = cell.unit.unwrap_or_default();
                let Quantity::Number(quantity) = &self.quantity else {
                    let bare = unit.is_empty() && cell.reason.is_none_or(str::is_empty) && (self.sample.is_some() || cell.sample.is_none());
                    return if bare && sampled { Some((self.choice(given)?, false)) } else { None };
                };
                let Given::Number(number) = given else { return None };
                let ratio = self.per.as_ref().is_some_and(|per| per.unit.as_str() == unit);
                let known = unit.is_empty() || ratio || unit == quantity.unit.as_str();
                let within = if ratio { *number >= self.limits.least && number.is_finite() } else { self.can_be(*number) };
                // A negative zero is zero, as in documents.
                (sampled && known && within).then_some((*number + 0.0, ratio))
            }
            _ => None,
        }
    }

    /// The raw answer that a cell plainly chooses: a level, yes or no, items of a list, each once.
    fn choice(&self, given: &Given<'_>) -> Option<f64> {
        match (&self.quantity, given) {
            (Quantity::Level(levels), Given::Number(number)) => levels.levels.iter().map(|level| level.level.get()).find(|level| level == number),
            (Quantity::YesNo(_), Given::Truth(yes)) => Some(f64::from(u8::from(*yes))),
            (Quantity::YesNo(_), Given::Number(number)) => [0.0, 1.0].into_iter().find(|answer| answer == number),
            (Quantity::Checklist(list), Given::Text(text)) => ticked(list, listed(text)),
            (Quantity::Checklist(list), Given::Items(items)) => ticked(list, items.iter().copied()),
            _ => None,
        }
    }

    /// All other cases, by the checks of documents.
    fn slowly(&self, standard: &Standard, cell: &Cell<'_>, place: Place, report: &mut Report) -> Option<(f64, bool)> {
        let mut given = cell.given.clone();
        // An empty text is an empty list to a checklist, and nothing to everything else.
        if given == Given::Text("") && !matches!(self.quantity, Quantity::Checklist(_)) {
            given = Given::Null;
        }
        if let Given::Number(number) = given
            && let Some(diagnostic) = not_finite(number)
        {
            report.note(place, diagnostic.with("column", &self.id));
            given = Given::Null;
            if number.is_infinite() {
                return None;
            }
        }
        let state = match cell.state.filter(|text| !text.is_empty()) {
            None if given == Given::Null => State::Missing,
            None => State::Reported,
            Some(text) => match State::ALL.iter().find(|state| state.as_str() == text) {
                Some(state) => *state,
                None => {
                    let known: Vec<&str> = State::ALL.iter().map(|state| state.as_str()).collect();
                    let diagnostic = Diagnostic::new(Code::UnknownWord, Pointer::root()).with("found", text);
                    report.note(place, diagnostic.with("known", known.join(", ")).suggest(nearest(text, known.iter().copied())));
                    return None;
                }
            },
        };
        let observation = match self.observation(&given, state, cell) {
            Ok(observation) => observation,
            Err(diagnostic) => {
                report.note(place, diagnostic.with("column", &self.id));
                return None;
            }
        };
        let found = check::answer(standard, &self.indicator, &self.stage, &observation);
        let sound = check::conforms(&found);
        for diagnostic in found {
            report.note(place, diagnostic);
        }
        if !sound {
            return None;
        }
        let absent = |absence: Absence| Some((absence.measure(), false));
        match state {
            State::NotApplicable => absent(Absence::NotApplicable),
            State::Missing => absent(Absence::Missing),
            State::Withheld => absent(Absence::Withheld),
            State::NotAssessed => absent(Absence::NotAssessed),
            State::Reported | State::Estimated => {
                let suffices = self.sample.is_none_or(|least| observation.sample.is_some_and(|size| size.get() >= least));
                let ratio = self.per.as_ref().is_some_and(|per| observation.unit.as_ref() == Some(&per.unit));
                Some((answer(&observation, &self.quantity).filter(|_| suffices)?, ratio))
            }
        }
    }

    /// The observation that a cell stands for.
    fn observation(&self, given: &Given<'_>, state: State, cell: &Cell<'_>) -> Result<Observation, Diagnostic> {
        let written = |text: Option<&str>| text.filter(|text| !text.is_empty()).map(str::to_owned);
        let unit = written(cell.unit).map(|text| {
            let wrong =
                |_| Diagnostic::new(Code::WrongUnit, Pointer::root()).with("indicator", &self.id).with("found", &text).with("expected", self.unit());
            Unit::new(&text).map_err(wrong)
        });
        let reason = written(cell.reason).map(|text| Prose::new(&text).map_err(|_| unread(&text, WORDS)));
        let sample = cell.sample.map(|sample| Count::new(sample).ok_or_else(|| unread(&sample.to_string(), COUNT)));
        let mut observation = Observation {
            indicator: self.indicator.id.clone(),
            zone: None,
            state: Some(state),
            value: None,
            level: None,
            items: None,
            answer: None,
            unit: unit.transpose()?,
            date: None,
            sample: sample.transpose()?,
            uncertainty: None,
            method: None,
            quality: None,
            evidence: List::default(),
            reason: reason.transpose()?,
            note: None,
            illustrative: None,
        };
        match (&self.quantity, given) {
            (_, Given::Null) => {}
            (Quantity::Number(_), Given::Number(number)) => observation.value = Number::new(*number),
            (Quantity::Level(_), Given::Number(number)) => {
                observation.level = Some(Level::new(*number).ok_or_else(|| self.no_level(number.to_string()))?)
            }
            (Quantity::Level(levels), Given::Text(text)) => {
                let text = text.trim();
                let named = levels.levels.iter().find(|level| level.name.values().any(|name| name.as_str() == text)).map(|level| level.level);
                let level = named.or_else(|| text.parse().ok().and_then(Level::new));
                observation.level = Some(level.ok_or_else(|| unread(text, LEVEL))?);
            }
            (Quantity::YesNo(_), Given::Truth(yes)) => observation.answer = Some(*yes),
            (Quantity::YesNo(_), Given::Number(number)) if *number == 0.0 || *number == 1.0 => observation.answer = Some(*number == 1.0),
            (Quantity::YesNo(_), Given::Text(text)) => observation.answer = Some(truth(text).ok_or_else(|| unread(text, TRUTH))?),
            (Quantity::Checklist(_), Given::Text(text)) => observation.items = Some(self.items(listed(text))?),
            (Quantity::Checklist(_), Given::Items(items)) => observation.items = Some(self.items(items.iter().copied())?),
            (quantity, given) => {
                let expected = match quantity {
                    Quantity::Number(_) => NUMBER,
                    Quantity::Level(_) => LEVEL,
                    Quantity::YesNo(_) => TRUTH,
                    Quantity::Checklist(_) => ITEMS,
                };
                return Err(unread(&shown(given), expected));
            }
        }
        Ok(observation)
    }

    fn items<'i>(&self, items: impl Iterator<Item = &'i str>) -> Result<List<ItemId>, Diagnostic> {
        let unknown = |item: &str| Diagnostic::new(Code::UnknownItem, Pointer::root()).with("indicator", &self.id).with("found", item);
        items.map(|item| ItemId::new(item).map_err(|_| unknown(item))).collect()
    }

    fn no_level(&self, found: String) -> Diagnostic {
        let known: Vec<String> = match &self.quantity {
            Quantity::Level(levels) => levels.levels.iter().map(|level| level.level.to_string()).collect(),
            _ => Vec::new(),
        };
        Diagnostic::new(Code::UnknownLevel, Pointer::root()).with("indicator", &self.id).with("found", found).with("known", known.join(", "))
    }

    fn unit(&self) -> &str {
        match &self.quantity {
            Quantity::Number(number) => number.unit.as_str(),
            _ => "1",
        }
    }
}

fn shown(given: &Given<'_>) -> String {
    match given {
        Given::Null => String::new(),
        Given::Number(number) => number.to_string(),
        Given::Truth(yes) => yes.to_string(),
        Given::Text(text) => (*text).to_owned(),
        Given::Items(items) => items.join("; "),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use talent_model::reference;

    use super::*;
    use crate::Evaluator;

    /// What is read quickly is what the checks of documents make of it, to the bit, and they find nothing wrong with it.
    #[test]
    fn quick_and_slow_agree() {
        let evaluator = Evaluator::new(reference::standard()).unwrap();
        let plan = evaluator.frame_plan();
        let mut quick = [0; 4];
        for (stage, leaf) in (0..plan.stages.len()).flat_map(|stage| (0..plan.width()).map(move |leaf| (stage, leaf))) {
            let Some(asked) = plan.asked(stage, leaf) else { continue };
            let items: Vec<&str> = match &asked.quantity {
                Quantity::Checklist(list) => list.items.iter().map(|item| item.id.as_str()).collect(),
                _ => vec!["yes", "2", "是"],
            };
            let (backwards, twice) = (items.iter().rev().copied().collect::<Vec<_>>().join("；"), items.join(", ") + ";" + items[0]);
            let texts = ["", " ", "nothing", &items.join(";"), &backwards, &twice, items[0]];
            let lists = [Vec::new(), items.clone(), vec![items[0], items[0]], vec!["nothing"]];
            let numbers = [0.0, -0.0, 1.0, 2.0, 3.0, 0.5, -1.0, 1e9, f64::NAN, f64::INFINITY];
            let given = [Given::Null, Given::Truth(true), Given::Truth(false)].into_iter().chain(numbers.map(Given::Number));
            for given in given.chain(texts.map(Given::Text)).chain(lists.map(Given::Items)) {
                for state in [None, Some("reported"), Some("estimated"), Some("missing"), Some("perhaps")] {
                    for (unit, reason, sample) in [
                        (None, None, None),
                        (Some("%"), None, None),
                        (None, Some("why"), Some(1e6)),
                        (None, None, Some(1e6)),
                        (None, None, Some(0.5)),
                    ] {
                        let cell = Cell { given: given.clone(), unit, state, reason, sample };
                        // A whole column is taken where every cell of it would be.
                        if let (Given::Number(number), None, None, None) = (&given, unit, state, reason)
                            && sample.is_some() == asked.is_sampled()
                            && !number.is_nan()
                        {
                            let taken = asked.can_all_be(&[*number; 9], 0, sample.map(|sample| [sample; 9]).as_ref().map(<[f64; 9]>::as_slice));
                            assert_eq!(taken, asked.quickly(&cell).is_some(), "{}: {cell:?}", asked.id);
                        }
                        let Some((answer, ratio)) = asked.quickly(&cell) else { continue };
                        let mut report = Report::default();
                        let slow = asked.slowly(plan.standard(), &cell, Place { column: 0, row: 0 }, &mut report);
                        // What stands beside nothing, or needlessly beside a number, is not looked at.
                        let beside = sample.is_some() || reason.is_some() || unit.is_some();
                        if beside && (given == Given::Null || matches!(asked.quantity, Quantity::Number(_))) {
                            continue;
                        }
                        assert_eq!(slow.map(|(answer, ratio)| (answer.to_bits(), ratio)), Some((answer.to_bits(), ratio)), "{}: {cell:?}", asked.id);
                        assert!(!report.has_errors(), "{}: {cell:?}", asked.id);
                        quick[match asked.quantity {
                            Quantity::Number(_) => 0,
                            Quantity::Level(_) => 1,
                            Quantity::Checklist(_) => 2,
                            Quantity::YesNo(_) => 3,
                        }] += 1;
                    }
                }
            }
        }
        assert!(quick.iter().all(|count| *count > 100), "{quick:?}");
    }
}
