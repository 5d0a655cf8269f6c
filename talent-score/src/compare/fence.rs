//! Like with like: what keeps submissions from standing side by side.

use std::collections::BTreeMap;

use talent_model::Diagnostic;
use talent_model::comparison::Fence;
use talent_model::diagnostic::{Code, Pointer, Severity};

use super::cohort::Member;
use super::{CompareOptions, Entry};

/// How many communities of one side are named.
const NAMED: usize = 4;

/// What a community is on one side of a fence: in English, in Chinese.
type Side = (String, String);

/// Tries every fence. What was asked to be crossed is a warning, the rest errors.
pub(super) fn try_all(entries: &[Entry<'_>], members: &[Member<'_>], options: &CompareOptions) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut one = |fence: Fence, code: Code, sides: Vec<(String, Side)>| {
        let mut diagnostics = differences(code, sides);
        if options.across.contains(&fence) {
            diagnostics.iter_mut().for_each(|d| d.severity = Severity::Warning);
        }
        found.append(&mut diagnostics);
    };
    let plain = |text: String| (text.clone(), text);
    // What a submission says that it answers is asked before whether it answers it well.
    one(Fence::Standards, Code::StandardsDiffer, entries.iter().map(|e| (name(e), plain(format!("`{}`", e.submission.standard.id)))).collect());
    let mut by_standard: BTreeMap<&str, Vec<(String, Side)>> = BTreeMap::new();
    for entry in entries {
        let pin = &entry.submission.standard;
        let own = &entry.evaluator.standard;
        // A submission to a standard that is not at hand is known by its pin alone.
        let digest = if pin.id == own.id && pin.version == own.version { Some(&entry.evaluator.digest) } else { pin.digest.as_ref() };
        let digest = digest.map(|digest| format!(" ({}…)", digest.as_str().get(..19).unwrap_or_default())).unwrap_or_default();
        by_standard.entry(pin.id.as_str()).or_default().push((name(entry), plain(format!("`{} {}`{digest}", pin.id, pin.version))));
    }
    for sides in by_standard.into_values() {
        one(Fence::Versions, Code::VersionsDiffer, sides);
    }
    let stages = |member: &Member<'_>| {
        let names: Vec<String> = member.stages().iter().map(|stage| format!("`{}`", stage.stage)).collect();
        (member.id().to_string(), plain(names.join(" + ")))
    };
    one(Fence::Stages, Code::StagesDiffer, members.iter().map(stages).collect());
    let weights = |entry: &Entry<'_>| match &entry.evaluator.weight_set {
        Some(set) => (name(entry), (format!("those of the set `{set}`"), format!("方案 `{set}`"))),
        None => (name(entry), ("the standard's own weights".to_owned(), "标准自身的权重".to_owned())),
    };
    one(Fence::WeightSets, Code::WeightSetsDiffer, entries.iter().map(weights).collect());
    let period = |entry: &Entry<'_>| {
        let (from, to) = (&entry.submission.period.from, &entry.submission.period.to);
        (name(entry), (format!("{from} to {to}"), format!("{from} 至 {to}")))
    };
    one(Fence::Periods, Code::PeriodsDiffer, entries.iter().map(period).collect());
    found.append(&mut twice(entries));
    found
}

/// The community of a submission, or the submission itself where it does not say.
fn name(entry: &Entry<'_>) -> String {
    let submission = entry.submission;
    let own = submission.community.as_ref().map(|community| community.id.to_string());
    let given = || entry.community.map(|community| community.id.to_string());
    let referred = || submission.community_ref.as_ref().map(|community| community.id.to_string());
    own.or_else(given).or_else(referred).unwrap_or_else(|| submission.id.to_string())
}

/// One finding for every side but that on which most communities are.
fn differences(code: Code, sides: Vec<(String, Side)>) -> Vec<Diagnostic> {
    let mut groups: BTreeMap<Side, Vec<String>> = BTreeMap::new();
    for (name, side) in sides {
        groups.entry(side).or_default().push(name);
    }
    groups.values_mut().for_each(|names| names.sort());
    let mut groups: Vec<(Side, Vec<String>)> = groups.into_iter().collect();
    groups.sort_by(|(_, a), (_, b)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    let mut groups = groups.into_iter();
    let Some((most, others)) = groups.next() else { return Vec::new() };
    let one = |(side, names): (Side, Vec<String>)| {
        let diagnostic = Diagnostic::new(code, Pointer::root()).with("found", few(&names)).with("value", side.0).with("value_zh", side.1);
        diagnostic.with("other", few(&others)).with("other_value", &most.0).with("other_value_zh", &most.1)
    };
    groups.map(one).collect()
}

/// The first few names, and how many more there are.
fn few(names: &[String]) -> String {
    let mut text = names.iter().take(NAMED).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = names.len().checked_sub(NAMED) {
        text.push_str(&format!(" (+{more})"));
    }
    text
}

/// Communities that are there more than once.
fn twice(entries: &[Entry<'_>]) -> Vec<Diagnostic> {
    let mut by_name: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for entry in entries {
        by_name.entry(name(entry)).or_default().push(entry.submission.id.to_string());
    }
    let one = |(name, mut submissions): (String, Vec<String>)| {
        submissions.sort();
        (submissions.len() > 1)
            .then(|| Diagnostic::new(Code::CommunityTwice, Pointer::root()).with("found", name).with("submissions", few(&submissions)))
    };
    by_name.into_iter().filter_map(one).collect()
}
