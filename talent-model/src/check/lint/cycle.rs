//! Indicators derived from one another in a circle.

use std::collections::{BTreeMap, BTreeSet};

use super::names;
use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};

/// Each indicator is divided by at most one other, so a circle is found by walking on until an indicator comes back.
pub(super) fn check(standard: &Standard, found: &mut Findings) {
    let next: BTreeMap<&str, &str> =
        standard.answerable().into_iter().filter_map(|i| Some((i.id.as_str(), i.per.as_ref()?.indicator.as_ref()?.as_str()))).collect();
    let places: BTreeMap<&str, Pointer> = names::all_nodes(standard).into_iter().map(|(id, at, _)| (id, at)).collect();
    let mut done = BTreeSet::new();
    for start in next.keys() {
        let mut way = Vec::new();
        let mut at = *start;
        while !done.contains(at) && !way.contains(&at) {
            way.push(at);
            match next.get(at) {
                Some(to) => at = to,
                None => break,
            }
        }
        if let Some(from) = way.iter().position(|id| *id == at)
            && next.contains_key(at)
        {
            let mut circle: Vec<&str> = way.iter().skip(from).copied().collect();
            circle.push(at);
            let at = places.get(at).map(|at| at.with("per").with("indicator")).unwrap_or_default();
            found.push(Diagnostic::new(Code::DerivationCycle, at).with("cycle", circle.join(" → ")));
        }
        done.extend(way);
    }
}
