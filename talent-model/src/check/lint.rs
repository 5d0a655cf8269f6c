//! Standards by themselves: what would make a result wrong or meaningless.

mod basis;
mod criterion;
mod cycle;
mod names;
mod ratio;
mod reach;
mod translation;
mod unused;

use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::quantity::{NonNegative, Weight};
use crate::standard::{Category, Indicator};
use names::Names;

/// Everything that is wrong with a standard.
///
/// ```
/// use talent_model::{check, reference};
/// assert_eq!(check::standard(reference::standard()), []);
/// ```
#[must_use]
pub fn standard(standard: &Standard) -> Vec<Diagnostic> {
    let mut lint = Lint { standard, names: Names::of(standard), found: Findings::default() };
    lint.head();
    let scenarios = Pointer::root().with("scenarios");
    if standard.scenarios.is_empty() {
        let diagnostic = Diagnostic::new(Code::NothingToScore, scenarios.clone());
        lint.found.push(diagnostic.with("node", standard.id.as_str()));
    }
    lint.weights(standard.id.as_str(), standard.scenarios.iter().map(|scenario| scenario.weight), &scenarios);
    for (i, scenario) in standard.scenarios.iter().enumerate() {
        lint.category(scenario, &scenarios.at(i), None);
    }
    lint.modules();
    lint.grades();
    reach::grades(standard, &mut lint.found);
    cycle::check(standard, &mut lint.found);
    // Written once for the checks that look for members by shape.
    let document = serde_json::to_value(standard).unwrap_or_default();
    unused::check(standard, &document, &mut lint.found);
    translation::check(standard, &document, &mut lint.found);
    lint.found.into_vec()
}

struct Lint<'s> {
    standard: &'s Standard,
    names: Names<'s>,
    found: Findings,
}

impl Lint<'_> {
    fn note(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    fn head(&mut self) {
        let root = Pointer::root();
        let standard = self.standard;
        self.names.repeated(standard, &mut self.found);
        let shares: Vec<Option<f64>> = standard.stages.iter().map(|s| s.completed_share.map(crate::quantity::Share::get)).collect();
        let stated: Vec<f64> = shares.iter().flatten().copied().collect();
        let repeated = stated.iter().enumerate().any(|(i, share)| stated.iter().take(i).any(|other| other == share));
        let lowest = stated.iter().copied().fold(f64::INFINITY, f64::min);
        if !stated.is_empty() && (stated.len() != shares.len() || repeated || lowest != 0.0) {
            self.note(Diagnostic::new(Code::StageRuleIncomplete, root.with("stages")));
        }
        for (i, stage) in standard.stages.iter().enumerate() {
            self.names.basis(standard, &stage.basis, &root.with("stages").at(i).with("basis"), &mut self.found);
        }
        if let Some(fact) = &standard.method.stage_weights {
            self.names.fact(fact.as_str(), &root.with("method").with("stage_weights"), &mut self.found);
        }
        for (i, set) in standard.weight_sets.iter().enumerate() {
            let at = root.with("weight_sets").at(i).with("weights");
            for node in set.weights.keys() {
                self.names.node(node.as_str(), &at.with(node.as_str()), &mut self.found);
            }
        }
    }

    fn modules(&mut self) {
        let at = Pointer::root().with("modules");
        for (i, module) in self.standard.modules.iter().enumerate() {
            let here = at.at(i);
            let when = here.with("applies").with("when");
            criterion::condition(&module.applies.when, &when, &self.names, &mut self.found);
            if reach::is_impossible(&module.applies.when, &self.standard.facts) {
                self.note(Diagnostic::new(Code::NeverApplies, when));
            }
            let categories = here.with("categories");
            if module.categories.is_empty() {
                self.note(Diagnostic::new(Code::NothingToScore, categories.clone()).with("node", module.id.as_str()));
            }
            self.weights(module.id.as_str(), module.categories.iter().map(|category| category.weight), &categories);
            for (j, category) in module.categories.iter().enumerate() {
                self.category(category, &categories.at(j), Some(i));
            }
        }
    }

    /// Notes weights that are all stated and nearly, but not quite, the shares of a whole.
    fn weights(&mut self, node: &str, weights: impl Iterator<Item = Option<Weight>>, at: &Pointer) {
        let Some(stated) = weights.map(|weight| weight.map(Weight::get)).collect::<Option<Vec<f64>>>() else { return };
        let sum: f64 = stated.iter().sum();
        for whole in [1.0, 100.0] {
            let off = (sum / whole - 1.0).abs();
            if stated.len() > 1 && off > 1e-9 && off < 0.05 {
                let diagnostic = Diagnostic::new(Code::WeightsDoNotSum, at.clone()).with("node", node);
                self.note(diagnostic.number("found", sum).number("expected", whole));
            }
        }
    }

    /// `module` is the number of the module in which the category stands.
    fn category(&mut self, category: &Category, at: &Pointer, module: Option<usize>) {
        if category.categories.is_empty() && category.indicators.is_empty() {
            self.note(Diagnostic::new(Code::NothingToScore, at.clone()).with("node", category.id.as_str()));
        }
        // Only a group whose weights are all written as 0 vanishes; a group of gates alone is meant so.
        let weighs = |weight: Option<Weight>| weight.map_or(1.0, Weight::get) > 0.0;
        let inner = category.categories.iter().any(|c| weighs(c.weight));
        let leaves = category.indicators.iter().any(|i| i.criteria.iter().any(|c| weighs(c.weight.or(i.weight))));
        let holds_something = !category.categories.is_empty() || !category.indicators.is_empty();
        if holds_something && !inner && !leaves {
            self.note(Diagnostic::new(Code::WeightsVanish, at.clone()).with("node", category.id.as_str()));
        }
        self.weights(category.id.as_str(), category.indicators.iter().map(|indicator| indicator.weight), &at.with("indicators"));
        self.weights(category.id.as_str(), category.categories.iter().map(|inner| inner.weight), &at.with("categories"));
        for (i, indicator) in category.indicators.iter().enumerate() {
            self.indicator(indicator, &at.with("indicators").at(i), module);
        }
        for (i, inner) in category.categories.iter().enumerate() {
            self.category(inner, &at.with("categories").at(i), module);
        }
    }

    fn indicator(&mut self, indicator: &Indicator, at: &Pointer, module: Option<usize>) {
        criterion::quantity(&indicator.quantity, &at.with("quantity"), &mut self.found);
        criterion::derivation(indicator, at, &self.names, module, &mut self.found);
        ratio::check(indicator, &at.with("per"), &self.names, &mut self.found);
        self.names.tags(indicator, &at.with("tags"), &mut self.found);
        let criteria = at.with("criteria");
        if indicator.criteria.is_empty() {
            self.note(Diagnostic::new(Code::NoCriterion, criteria.clone()).with("indicator", indicator.id.as_str()));
        }
        for (i, one) in indicator.criteria.iter().enumerate() {
            let here = criteria.at(i);
            if indicator.criteria.iter().take(i).any(|other| other.stage == one.stage) {
                let stage = one.stage.as_ref().map_or("all", |s| s.as_str());
                let diagnostic = Diagnostic::new(Code::TwoCriteria, here.clone()).with("indicator", indicator.id.as_str());
                self.note(diagnostic.with("stage", stage));
            }
            criterion::check(indicator, one, &here, self, module.is_some());
        }
    }

    fn grades(&mut self) {
        let at = Pointer::root().with("grades");
        let mut previous: Option<NonNegative> = None;
        for (i, grade) in self.standard.grades.iter().enumerate() {
            let here = at.at(i);
            if let Some(previous) = previous.filter(|previous| grade.total <= *previous) {
                let diagnostic = Diagnostic::new(Code::GradeBelow, here.with("total")).with("grade", grade.id.as_str());
                self.note(diagnostic.number("found", grade.total.get()).number("previous", previous.get()));
            }
            previous = Some(grade.total);
            for node in grade.floors.keys() {
                self.names.category(node.as_str(), &here.with("floors").with(node.as_str()), &mut self.found);
            }
            for (j, stage) in grade.stages.iter().enumerate() {
                self.names.stage(stage.as_str(), &here.with("stages").at(j), &mut self.found);
            }
            for (j, needed) in grade.requires.iter().enumerate() {
                let here = here.with("requires").at(j);
                self.names.indicator(needed.indicator.as_str(), &here.with("indicator"), &mut self.found);
                if needed.at_least.is_none() && needed.at_most.is_none() {
                    self.note(Diagnostic::new(Code::GateEmpty, here));
                }
            }
        }
    }
}
