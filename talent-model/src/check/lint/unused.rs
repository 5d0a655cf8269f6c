//! What is declared and never used, used and never named, or named so that people mix it up.

use std::collections::{BTreeMap, BTreeSet};

use unicode_security::confusable_detection::skeleton;

use crate::Standard;
use crate::check::observation::what;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::quantity::Quantity;
use crate::standard::{Category, Combine, Condition, Indicator};

/// What the parts of a standard refer to.
#[derive(Default)]
struct Used<'s> {
    facts: BTreeSet<&'s str>,
    sources: BTreeSet<String>,
    units: BTreeSet<&'s str>,
    tags: BTreeSet<(&'s str, &'s str)>,
    stages: BTreeSet<&'s str>,
    any_stage: bool,
}

pub(super) fn check(standard: &Standard, document: &serde_json::Value, found: &mut Findings) {
    let mut used = Used::default();
    used.facts.extend(standard.method.stage_weights.iter().map(|fact| fact.as_str()));
    standard.modules.iter().for_each(|module| used.condition(&module.applies.when));
    standard.answerable().into_iter().for_each(|indicator| used.indicator(indicator));
    sources(document, &mut used.sources);
    let root = Pointer::root();
    let mut idle = |kind: Bilingual, list: &str, id: &str| {
        found.push(Diagnostic::new(Code::Unused, root.with(list).with(id)).bilingual("what", kind).with("found", id));
    };
    for (id, fact) in &standard.facts {
        used.units.extend(fact.unit.iter().map(|unit| unit.as_str()));
        if !used.facts.contains(id.as_str()) {
            idle(what("fact", "事实项"), "facts", id.as_str());
        }
    }
    // A source may be listed as superseded without being cited: readers look for it.
    for (id, source) in standard.sources.iter().filter(|(id, _)| !used.sources.contains(id.as_str())) {
        if source.superseded_by.is_none() {
            idle(what("source", "来源"), "sources", id.as_str());
        }
    }
    for unit in standard.units.keys().filter(|unit| !used.units.contains(unit.as_str())) {
        idle(what("unit", "单位"), "units", unit.as_str());
    }
    if !standard.units.is_empty() {
        for unit in used.units.iter().filter(|unit| standard.units.get(**unit).is_none()) {
            found.push(Diagnostic::new(Code::UnitUnnamed, root.with("units")).with("found", unit));
        }
    }
    for (i, lens) in standard.lenses.iter().enumerate() {
        for (j, tag) in lens.tags.iter().enumerate().filter(|(_, tag)| !used.tags.contains(&(lens.id.as_str(), tag.id.as_str()))) {
            let at = root.with("lenses").at(i).with("tags").at(j);
            found.push(Diagnostic::new(Code::LensEmpty, at).with("lens", lens.id.as_str()).with("tag", tag.id.as_str()));
        }
    }
    for (i, stage) in standard.stages.iter().enumerate().filter(|(_, stage)| !used.any_stage && !used.stages.contains(stage.id.as_str())) {
        found.push(Diagnostic::new(Code::StageNotAsked, root.with("stages").at(i)).with("stage", stage.id.as_str()));
    }
    look_alikes(standard, found);
}

impl<'s> Used<'s> {
    fn indicator(&mut self, indicator: &'s Indicator) {
        if let Some(per) = &indicator.per {
            self.facts.extend(per.fact.iter().map(|fact| fact.as_str()));
            self.units.insert(per.unit.as_str());
        }
        if let Some(Combine::Weighted(weighted)) = &indicator.combine {
            self.facts.insert(weighted.by.as_str());
        }
        self.quantity(&indicator.quantity);
        for criterion in &indicator.criteria {
            match &criterion.stage {
                Some(stage) => drop(self.stages.insert(stage.as_str())),
                None => self.any_stage = true,
            }
            if let Some(applies) = &criterion.applies {
                self.condition(&applies.when);
            }
            if let Some(quantity) = &criterion.quantity {
                self.quantity(quantity);
            }
        }
        for (lens, tags) in &indicator.tags {
            self.tags.extend(tags.iter().map(|tag| (lens.as_str(), tag.as_str())));
        }
    }

    fn quantity(&mut self, quantity: &'s Quantity) {
        if let Quantity::Number(number) = quantity {
            self.units.insert(number.unit.as_str());
        }
    }

    fn condition(&mut self, condition: &'s Condition) {
        match condition {
            Condition::Fact(fact) => drop(self.facts.insert(fact.fact.as_str())),
            Condition::All(parts) | Condition::Any(parts) => parts.conditions.iter().for_each(|part| self.condition(part)),
            Condition::Not(inner) => self.condition(&inner.condition),
        }
    }
}

/// Sources are cited in many places; they are found by shape in the written document, so that no place can be forgotten.
fn sources(value: &serde_json::Value, cited: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, member) in members.iter().filter(|(name, _)| *name != "extensions") {
                match member.as_str() {
                    Some(source) if name == "source" => drop(cited.insert(source.to_owned())),
                    _ => sources(member, cited),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| sources(item, cited)),
        _ => {}
    }
}

/// A node's names, where they stand.
struct Named<'s> {
    id: &'s str,
    code: Option<&'s str>,
    /// The names of indicators; a category may bear the name of its only indicator.
    names: Vec<&'s str>,
    at: Pointer,
}

fn named<'s>(category: &'s Category, at: &Pointer, found: &mut Vec<Named<'s>>) {
    let code = |code: &'s Option<crate::id::Line>| code.as_ref().map(crate::id::Line::as_str);
    found.push(Named { id: category.id.as_str(), code: code(&category.code), names: Vec::new(), at: at.clone() });
    for (i, indicator) in category.indicators.iter().enumerate() {
        let names = indicator.name.values().map(crate::text::Prose::as_str).collect();
        found.push(Named { id: indicator.id.as_str(), code: code(&indicator.code), names, at: at.with("indicators").at(i) });
    }
    for (i, inner) in category.categories.iter().enumerate() {
        named(inner, &at.with("categories").at(i), found);
    }
}

/// Notes printed codes that stand twice, and identifiers, codes and names that differ only by characters that look alike.
///
/// Source: Unicode Technical Standard 39, section 4, confusable detection by skeletons.
fn look_alikes(standard: &Standard, found: &mut Findings) {
    let mut nodes = Vec::new();
    for (i, scenario) in standard.scenarios.iter().enumerate() {
        named(scenario, &Pointer::root().with("scenarios").at(i), &mut nodes);
    }
    for (i, module) in standard.modules.iter().enumerate() {
        for (j, category) in module.categories.iter().enumerate() {
            named(category, &Pointer::root().with("modules").at(i).with("categories").at(j), &mut nodes);
        }
    }
    let (mut ids, mut codes, mut names) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for node in nodes {
        // Equal identifiers are a fault of their own, noted elsewhere.
        alike(node.id, &mut ids, &node.at.with("id"), None, found);
        if let Some(code) = node.code {
            alike(code, &mut codes, &node.at.with("code"), Some(Code::RepeatedCode), found);
        }
        let own: BTreeSet<&str> = node.names.into_iter().collect();
        for name in own {
            alike(name, &mut names, &node.at.with("name"), Some(Code::LookAlike), found);
        }
    }
}

/// `equal` is the finding where two are not only alike but equal.
fn alike<'s>(text: &'s str, seen: &mut BTreeMap<String, &'s str>, at: &Pointer, equal: Option<Code>, found: &mut Findings) {
    let Some(other) = seen.insert(skeleton(text).collect(), text) else { return };
    let code = if other == text { equal } else { Some(Code::LookAlike) };
    found.extend(code.map(|code| Diagnostic::new(code, at.clone()).with("found", text).with("other", other)));
}
