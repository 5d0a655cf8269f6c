//! The names that a standard declares, and references to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::Standard;
use crate::check::observation::what;
use crate::check::repeated;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::lang::Bilingual;
use crate::standard::{Basis, Category, FLOOR_AREA_FACTS, FactDefinition, Indicator, Module};

pub(super) struct Names<'s> {
    /// The nodes of the base; grades refer to these alone.
    categories: BTreeSet<&'s str>,
    indicators: BTreeSet<&'s str>,
    /// The nodes of each module.
    modules: Vec<BTreeSet<&'s str>>,
    stages: BTreeSet<&'s str>,
    sources: BTreeSet<&'s str>,
    facts: BTreeMap<&'s str, &'s FactDefinition>,
    lenses: BTreeMap<&'s str, BTreeSet<&'s str>>,
}

/// Every node with its place, categories before what they hold.
fn nodes<'s>(category: &'s Category, at: Pointer, found: &mut Vec<(&'s str, Pointer, bool)>) {
    found.push((category.id.as_str(), at.clone(), true));
    for (i, indicator) in category.indicators.iter().enumerate() {
        found.push((indicator.id.as_str(), at.with("indicators").at(i), false));
    }
    for (i, inner) in category.categories.iter().enumerate() {
        nodes(inner, at.with("categories").at(i), found);
    }
}

fn list<'s>(categories: &'s [Category], at: &Pointer, found: &mut Vec<(&'s str, Pointer, bool)>) {
    for (i, category) in categories.iter().enumerate() {
        nodes(category, at.at(i), found);
    }
}

fn base(standard: &Standard) -> Vec<(&str, Pointer, bool)> {
    let mut found = Vec::new();
    list(&standard.scenarios, &Pointer::root().with("scenarios"), &mut found);
    found
}

fn of_modules<'s>(standard: &'s Standard) -> Vec<Vec<(&'s str, Pointer, bool)>> {
    let at = Pointer::root().with("modules");
    let nodes = |(i, module): (usize, &'s Module)| {
        let here = at.at(i);
        let mut found = vec![(module.id.as_str(), here.clone(), true)];
        list(&module.categories, &here.with("categories"), &mut found);
        found
    };
    standard.modules.iter().enumerate().map(nodes).collect()
}

/// Every node of the standard with its place, and whether it is a category.
pub(super) fn all_nodes(standard: &Standard) -> Vec<(&str, Pointer, bool)> {
    base(standard).into_iter().chain(of_modules(standard).into_iter().flatten()).collect()
}

impl<'s> Names<'s> {
    pub(super) fn of(standard: &'s Standard) -> Self {
        let nodes = base(standard);
        let of_kind = |category: bool| nodes.iter().filter(|node| node.2 == category).map(|node| node.0).collect();
        Self {
            categories: of_kind(true),
            indicators: of_kind(false),
            modules: of_modules(standard).into_iter().map(|nodes| nodes.into_iter().map(|node| node.0).collect()).collect(),
            stages: standard.stages.iter().map(|s| s.id.as_str()).collect(),
            sources: standard.sources.keys().map(crate::id::SourceId::as_str).collect(),
            facts: standard.facts.iter().map(|(id, fact)| (id.as_str(), fact)).collect(),
            lenses: standard.lenses.iter().map(|l| (l.id.as_str(), l.tags.iter().map(|t| t.id.as_str()).collect())).collect(),
        }
    }

    /// Whether a node belongs to the same part of the standard: the base, or the module of this number.
    pub(super) fn is_beside(&self, id: &str, module: Option<usize>) -> bool {
        match module {
            None => self.indicators.contains(id),
            Some(module) => self.modules.get(module).is_some_and(|nodes| nodes.contains(id)),
        }
    }

    /// Notes a reference to an indicator that is not [beside](Self::is_beside) the one that refers to it.
    pub(super) fn not_beside(&self, id: &str, module: Option<usize>, at: &Pointer, found: &mut Findings) {
        let known = module.and_then(|module| self.modules.get(module)).unwrap_or(&self.indicators);
        unknown(id, what("indicator", "指标"), known.iter().copied(), at, found);
    }

    /// Notes every identifier that is used twice.
    pub(super) fn repeated(&self, standard: &Standard, found: &mut Findings) {
        repeated(all_nodes(standard).into_iter().map(|(id, at, _)| (id, at)), Code::RepeatedNode, found);
        let root = Pointer::root();
        let mut list = |name: &str, ids: Vec<&str>| {
            let at = root.with(name);
            repeated(ids.into_iter().enumerate().map(|(i, id)| (id, at.at(i))), Code::RepeatedIdentifier, found);
        };
        list("stages", standard.stages.iter().map(|s| s.id.as_str()).collect());
        list("weight_sets", standard.weight_sets.iter().map(|s| s.id.as_str()).collect());
        list("lenses", standard.lenses.iter().map(|s| s.id.as_str()).collect());
        list("grades", standard.grades.iter().map(|s| s.id.as_str()).collect());
        for (i, lens) in standard.lenses.iter().enumerate() {
            let at = root.with("lenses").at(i).with("tags");
            repeated(lens.tags.iter().enumerate().map(|(i, t)| (t.id.as_str(), at.at(i))), Code::RepeatedIdentifier, found);
        }
    }

    pub(super) fn fact(&self, id: &str, at: &Pointer, found: &mut Findings) -> Option<&'s FactDefinition> {
        let known = self.facts.get(id).copied();
        if known.is_none() && !FLOOR_AREA_FACTS.contains(&id) {
            unknown(id, what("fact", "事实项"), self.facts.keys().copied(), at, found);
        }
        known
    }

    pub(super) fn node(&self, id: &str, at: &Pointer, found: &mut Findings) {
        let all = || self.categories.iter().chain(&self.indicators).chain(self.modules.iter().flatten()).copied();
        if !all().any(|known| known == id) {
            let all = all();
            unknown(id, what("scenario, category or indicator", "场景、中类或指标"), all, at, found);
        }
    }

    pub(super) fn category(&self, id: &str, at: &Pointer, found: &mut Findings) {
        refer(id, &self.categories, what("scenario or category", "场景或中类"), at, found);
    }

    pub(super) fn indicator(&self, id: &str, at: &Pointer, found: &mut Findings) {
        refer(id, &self.indicators, what("indicator", "指标"), at, found);
    }

    pub(super) fn stage(&self, id: &str, at: &Pointer, found: &mut Findings) {
        refer(id, &self.stages, what("stage", "阶段"), at, found);
    }

    pub(super) fn basis(&self, standard: &Standard, basis: &[Basis], at: &Pointer, found: &mut Findings) {
        for (i, basis) in basis.iter().enumerate() {
            super::basis::check(standard, basis, &at.at(i), found);
            if let Some(source) = &basis.source {
                refer(source.as_str(), &self.sources, what("source", "来源"), &at.at(i).with("source"), found);
            }
        }
    }

    pub(super) fn tags(&self, indicator: &Indicator, at: &Pointer, found: &mut Findings) {
        for (lens, tags) in &indicator.tags {
            let here = at.with(lens.as_str());
            let Some(known) = self.lenses.get(lens.as_str()) else {
                unknown(lens.as_str(), what("lens", "视角"), self.lenses.keys().copied(), &here, found);
                continue;
            };
            for (i, tag) in tags.iter().enumerate() {
                refer(tag.as_str(), known, what("tag", "标签"), &here.at(i), found);
            }
        }
    }
}

fn refer(id: &str, known: &BTreeSet<&str>, kind: Bilingual, at: &Pointer, found: &mut Findings) {
    if !known.contains(id) {
        unknown(id, kind, known.iter().copied(), at, found);
    }
}

fn unknown<'n>(id: &str, kind: Bilingual, known: impl Iterator<Item = &'n str>, at: &Pointer, found: &mut Findings) {
    let diagnostic = Diagnostic::new(Code::UnknownReference, at.clone()).bilingual("what", kind);
    found.push(diagnostic.with("found", id).suggest(found.closest(id, known)));
}
