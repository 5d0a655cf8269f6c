//! Which column of a frame says what.

use std::collections::{BTreeMap, HashSet};

use arrow_schema::Schema;
use talent_model::diagnostic::{Code, Diagnostic, Pointer, nearest};
use talent_model::standard::{FactKind, Indicator};
use talent_score::frame::FramePlan;

use super::kind::Kind;

/// What may stand beside an answer.
pub(crate) const COMPANIONS: [&str; 4] = ["unit", "state", "reason", "sample"];
/// What a frame may say about the standard that it answers.
const PINS: [&str; 3] = ["standard.id", "standard.version", "standard.digest"];
pub(crate) const STAGE: &str = "stage";
const FACTS: &str = "facts.";

/// What the caller says about a frame.
#[derive(Clone, Debug)]
pub(crate) struct Options {
    pub(crate) stage: Option<String>,
    /// The name of the column with the communities' names.
    pub(crate) community: String,
    /// The columns that go into the result as they are.
    pub(crate) keep: Vec<String>,
    /// The columns that hold nothing and whose type says nothing.
    pub(crate) untyped: Vec<String>,
}

/// The columns of one indicator, by their positions in the frame.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Columns {
    pub(crate) value: Option<usize>,
    pub(crate) companions: [Option<usize>; 4],
}

impl Columns {
    pub(crate) fn is_there(&self) -> bool {
        self.value.is_some() || self.companions.iter().any(Option::is_some)
    }
}

/// Which column says what.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// By indicator.
    pub(crate) answers: Vec<Columns>,
    /// By fact.
    pub(crate) facts: Vec<Option<usize>>,
    pub(crate) stage: Option<usize>,
    /// Those that go into the result as they are, the communities' names first.
    pub(crate) kept: Vec<usize>,
    /// The names of all columns.
    pub(crate) names: Vec<String>,
    /// The stage of all rows.
    pub(crate) only_stage: Option<usize>,
    pub(crate) pins: [Option<usize>; 3],
}

#[derive(Clone, Copy, Debug)]
enum Role {
    Value(usize),
    Companion(usize, usize),
    Fact(usize),
    Stage,
    Community,
    Pin(usize),
}

/// The names that columns can have by a standard, and what each says. They are many, so they are listed once for all frames.
#[derive(Clone, Debug)]
pub(crate) struct Names(BTreeMap<String, Role>);

impl Names {
    pub(crate) fn new(plan: &FramePlan) -> Self {
        let mut roles: BTreeMap<String, Role> = BTreeMap::new();
        for (leaf, (_, indicator)) in plan.standard().indicators().into_iter().enumerate() {
            let names = [Some(indicator.id.as_str()), indicator.code.as_ref().map(talent_model::id::Line::as_str)];
            for name in names.into_iter().flatten() {
                roles.insert(name.to_owned(), Role::Value(leaf));
                for (at, companion) in COMPANIONS.iter().enumerate() {
                    roles.insert(format!("{name}.{companion}"), Role::Companion(leaf, at));
                }
            }
        }
        for (at, fact) in plan.facts().iter().enumerate() {
            roles.insert(format!("{FACTS}{}", fact.id), Role::Fact(at));
        }
        for (at, pin) in PINS.iter().enumerate() {
            roles.insert((*pin).to_owned(), Role::Pin(at));
        }
        roles.insert(STAGE.to_owned(), Role::Stage);
        Self(roles)
    }

    /// What a column says; the one with the communities' names is named by the caller, and before all others.
    fn role(&self, name: &str, options: &Options) -> Option<Role> {
        if name == options.community { Some(Role::Community) } else { self.0.get(name).copied() }
    }
}

impl Layout {
    /// Finds out which column says what; `None` where that cannot be told. What is found is added to `found`.
    pub(crate) fn new(plan: &FramePlan, roles: &Names, schema: &Schema, options: &Options, found: &mut Vec<Diagnostic>) -> Option<Self> {
        let before = found.len();
        let mut layout = Self {
            answers: vec![Columns::default(); plan.standard().indicators().len()],
            facts: vec![None; plan.facts().len()],
            names: schema.fields().iter().map(|field| field.name().clone()).collect(),
            ..Self::default()
        };
        let mut strange = Vec::new();
        let mut kept = Vec::new();
        let mut earlier = HashSet::new();
        for (at, field) in schema.fields().iter().enumerate() {
            let name = field.name().as_str();
            let keep = options.keep.iter().any(|keep| keep == name);
            if keep {
                kept.push(at);
            }
            let slot = match roles.role(name, options) {
                Some(Role::Value(leaf)) => layout.answers.get_mut(leaf).map(|columns| &mut columns.value),
                Some(Role::Companion(leaf, which)) => layout.answers.get_mut(leaf).and_then(|columns| columns.companions.get_mut(which)),
                Some(Role::Fact(fact)) => layout.facts.get_mut(fact),
                Some(Role::Stage) => Some(&mut layout.stage),
                Some(Role::Pin(pin)) => layout.pins.get_mut(pin),
                Some(Role::Community) => {
                    if !keep {
                        kept.insert(0, at);
                    }
                    None
                }
                None => {
                    if !keep {
                        strange.push(at);
                    }
                    None
                }
            };
            let taken = slot.is_some_and(|slot| slot.replace(at).is_some());
            if !earlier.insert(name) || taken {
                found.push(about(Code::ColumnRepeated, name));
            }
        }
        layout.kept = kept;
        for keep in &options.keep {
            if !layout.names.contains(keep) {
                let near = nearest(keep, layout.names.iter().map(String::as_str));
                found.push(about(Code::LongColumnMissing, keep).suggest(near));
            }
        }
        for at in strange {
            let name = layout.names.get(at).map_or("", String::as_str);
            found.push(layout.strange(plan, name, roles, options));
        }
        layout.missing(plan, found);
        layout.types(plan, schema, options, found);
        layout.stages(plan, options, found);
        let sound = found.iter().skip(before).all(|found| found.severity != talent_model::diagnostic::Severity::Error);
        sound.then_some(layout)
    }

    /// What is to be said of a column that the standard does not know.
    fn strange(&self, plan: &FramePlan, name: &str, roles: &Names, options: &Options) -> Diagnostic {
        if let Some((before, _)) = name.rsplit_once('.')
            && let Some(Role::Value(_)) = roles.role(before, options)
        {
            return about(Code::CompanionUnknown, name).with("indicator", before).with("known", COMPANIONS.map(|c| format!(".{c}")).join(", "));
        }
        if let Some(fact) = name.strip_prefix(FACTS) {
            let near = nearest(fact, plan.facts().iter().map(|fact| fact.id.as_str()));
            return Diagnostic::new(Code::UnknownFact, at(name)).with("found", fact).suggest(near);
        }
        let free = roles.0.iter().filter(|(name, role)| **name != options.community && self.is_free(**role)).map(|(name, _)| name.as_str());
        match nearest(name, free.filter(|name| !self.names.iter().any(|n| n == name))) {
            Some(near) => about(Code::ColumnMistyped, name).suggest(Some(near)),
            None => about(Code::ColumnNotAsked, name),
        }
    }

    /// Whether a role could be meant by a name that is none: it is not played, and not beside what is not there.
    fn is_free(&self, role: Role) -> bool {
        let columns = |leaf: usize| self.answers.get(leaf).copied().unwrap_or_default();
        match role {
            Role::Value(leaf) => columns(leaf).value.is_none(),
            Role::Companion(leaf, which) => columns(leaf).value.is_some() && columns(leaf).companions.get(which).copied().flatten().is_none(),
            Role::Fact(fact) => self.facts.get(fact).copied().flatten().is_none(),
            Role::Stage | Role::Community | Role::Pin(_) => false,
        }
    }

    fn missing(&self, plan: &FramePlan, found: &mut Vec<Diagnostic>) {
        let indicators: Vec<&Indicator> = plan.standard().indicators().into_iter().map(|(_, indicator)| indicator).collect();
        let absent: Vec<&str> = self.answers.iter().zip(&indicators).filter(|(c, _)| !c.is_there()).map(|(_, i)| i.id.as_str()).collect();
        if absent.len() == indicators.len() {
            found.push(Diagnostic::new(Code::NothingAsked, Pointer::root()).with("standard", plan.standard().id.as_str()));
        } else if !absent.is_empty() {
            const NAMED: usize = 10;
            let mut columns = absent.iter().take(NAMED).copied().collect::<Vec<_>>().join(", ");
            if absent.len() > NAMED {
                columns.push_str(", …");
            }
            found.push(Diagnostic::new(Code::ColumnsMissing, Pointer::root()).with("count", absent.len().to_string()).with("columns", columns));
        }
    }

    fn types(&self, plan: &FramePlan, schema: &Schema, options: &Options, found: &mut Vec<Diagnostic>) {
        let mut need = |at: Option<usize>, kind: Kind| {
            let field = at.and_then(|at| schema.fields().get(at));
            found.extend(field.and_then(|field| kind.check(field, options)));
        };
        for (leaf, columns) in self.answers.iter().enumerate() {
            let mut kinds = (0..plan.stages().count()).filter_map(|stage| plan.asked(stage, leaf)).map(|asked| Kind::of(asked.quantity()));
            // Where the stages ask for different things, the cells must tell.
            let first = kinds.next();
            if let Some(kind) = first {
                need(columns.value, if kinds.all(|other| other == kind) { kind } else { Kind::Answers });
            }
            let [unit, state, reason, sample] = columns.companions;
            for at in [unit, state, reason] {
                need(at, Kind::Text);
            }
            need(sample, Kind::Numbers);
        }
        for (fact, at) in plan.facts().iter().zip(&self.facts) {
            need(
                *at,
                match fact.kind {
                    FactKind::Number => Kind::Numbers,
                    FactKind::YesNo => Kind::Truths,
                    FactKind::Choice => Kind::Text,
                },
            );
        }
        for at in std::iter::once(self.stage).chain(self.pins) {
            need(at, Kind::Text);
        }
    }

    fn stages(&mut self, plan: &FramePlan, options: &Options, found: &mut Vec<Diagnostic>) {
        let names: Vec<&str> = plan.stages().collect();
        match (&options.stage, names.as_slice()) {
            (Some(stage), names) => match names.iter().position(|name| name == stage) {
                Some(at) => (self.only_stage, self.stage) = (Some(at), None),
                None => {
                    let near = nearest(stage, names.iter().copied());
                    let diagnostic = Diagnostic::new(Code::NoSuchStage, Pointer::root()).with("found", stage);
                    found.push(if near.is_some() { diagnostic.suggest(near) } else { diagnostic.with("choices", names.join(", ")) });
                }
            },
            (None, _) if self.stage.is_some() => {}
            (None, [_]) => self.only_stage = Some(0),
            (None, names) => found.push(Diagnostic::new(Code::StageNeeded, Pointer::root()).with("choices", names.join(", "))),
        }
    }
}

fn at(column: &str) -> Pointer {
    Pointer::root().with("columns").with(column)
}

pub(crate) fn about(code: Code, column: &str) -> Diagnostic {
    Diagnostic::new(code, at(column)).with("column", column)
}
