//! What is wrong with a method before it is run: the order of its steps, and names that the tables do not have.

use talent_model::diagnostic::{Code, Pointer};
use talent_model::id::Line;
use talent_model::index::{IndexMethod, MethodStep, Normalisation};
use talent_model::{Bilingual, Diagnostic};

use super::table::{Name, Table, Tree, unknown};

/// Each kind of step has its place in the order.
pub(super) fn check_order(method: &IndexMethod, found: &mut Vec<Diagnostic>) {
    let place = |step: &MethodStep| match step {
        MethodStep::Screen(_) | MethodStep::Denominate(_) | MethodStep::Impute(_) | MethodStep::Treat(_) => 0,
        MethodStep::Normalise(_) => 1,
        MethodStep::Weigh(_) => 2,
        MethodStep::Aggregate(_) => 3,
        MethodStep::Rank(_) => 4,
    };
    for (at, pair) in method.steps.windows(2).enumerate() {
        let [before, after] = pair else { continue };
        // Preparations and weights may come more than once, the others only once.
        let repeats = place(before) == place(after) && !matches!(place(after), 0 | 2);
        if place(after) < place(before) || repeats {
            let diagnostic = Diagnostic::new(Code::IndexStepOrder, Pointer::root().with("steps").at(at + 1));
            found.push(diagnostic.with("step", after.kind()).with("previous", before.kind()));
        }
    }
    let ranked = method.steps.iter().position(|step| matches!(step, MethodStep::Rank(_)));
    if let Some(at) = ranked
        && !method.steps.iter().any(|step| matches!(step, MethodStep::Aggregate(_)))
    {
        let diagnostic = Diagnostic::new(Code::IndexStepOrder, Pointer::root().with("steps").at(at));
        let previous = at.checked_sub(1).and_then(|before| method.steps.get(before)).map_or("nothing", MethodStep::kind);
        found.push(diagnostic.with("step", "rank").with("previous", previous));
    }
}

/// Everything that a method names must be in the tables.
pub(super) fn check_names(method: &IndexMethod, table: &Table, tree: &Tree, found: &mut Vec<Diagnostic>) {
    const INDICATOR: Bilingual = Bilingual { en: "indicator", zh: "指标" };
    const GROUP: Bilingual = Bilingual { en: "group", zh: "分组" };
    const UNIT: Bilingual = Bilingual { en: "unit", zh: "单元" };
    const PERIOD: Bilingual = Bilingual { en: "period", zh: "时期" };
    let leaves = || tree.leaves.iter().map(|leaf| leaf.code.as_str());
    let nodes = || tree.nodes.iter().map(|node| node.code.as_str());
    let mut leaf = |at: Pointer, name: &str| {
        if !leaves().any(|code| code == name) {
            found.push(unknown(at, INDICATOR, name, leaves()));
        }
    };
    let root = Pointer::root().with("steps");
    for (at, step) in method.steps.iter().enumerate() {
        let here = root.at(at);
        match step {
            MethodStep::Impute(impute) => impute.only.iter().enumerate().for_each(|(i, code)| leaf(here.with("only").at(i), code.as_str())),
            MethodStep::Treat(treat) => treat.only.iter().enumerate().for_each(|(i, code)| leaf(here.with("only").at(i), code.as_str())),
            MethodStep::Normalise(normalise) => {
                normalise.each.keys().for_each(|code| leaf(here.with("each").with(code), code));
                for (i, reference) in normalise.reference.iter().enumerate() {
                    leaf(here.with("reference").at(i).with("indicator"), reference.indicator.as_str());
                }
            }
            _ => {}
        }
    }
    for (at, step) in method.steps.iter().enumerate() {
        let here = root.at(at);
        match step {
            MethodStep::Impute(impute) => {
                use talent_model::index::Imputation;
                if let Imputation::Mean(grouped) | Imputation::Median(grouped) = &impute.how
                    && let Some(name) = &grouped.group
                    && !table.groups.iter().any(|(group, _)| group == name.as_str())
                {
                    let what = Bilingual { en: "column of groups", zh: "分组列" };
                    found.push(unknown(here.with("how").with("group"), what, name.as_str(), table.groups.iter().map(|(name, _)| name.as_str())));
                }
            }
            MethodStep::Normalise(normalise) => {
                let hows = [(here.with("how"), &normalise.how)]
                    .into_iter()
                    .chain(normalise.each.iter().map(|(code, how)| (here.with("each").with(code), how)));
                let mut named = |place: Pointer, what: Bilingual, name: &Option<Line>, known: &[Name]| {
                    if let Some(name) = name.as_ref().filter(|name| !known.iter().any(|known| known == name.as_str())) {
                        found.push(unknown(place, what, name.as_str(), known.iter().map(|name| name.as_str())));
                    }
                };
                named(here.with("base"), PERIOD, &normalise.base, &table.times);
                for (place, how) in hows {
                    match how {
                        Normalisation::DistanceToReference(anchor) => named(place.with("unit"), UNIT, &anchor.unit, &table.units),
                        Normalisation::AroundReference(around) => {
                            named(place.with("unit"), UNIT, &around.unit, &table.units);
                            named(place.with("time"), PERIOD, &around.time, &table.times);
                        }
                        _ => {}
                    }
                }
            }
            MethodStep::Weigh(weigh) => {
                for (i, code) in weigh.nodes.iter().enumerate().filter(|(_, code)| !nodes().any(|node| node == code.as_str())) {
                    found.push(unknown(here.with("nodes").at(i), GROUP, code.as_str(), nodes()));
                }
            }
            MethodStep::Aggregate(aggregate) => {
                let named = aggregate.each.keys().map(|code| ("each", code)).chain(aggregate.missing_each.keys().map(|code| ("missing_each", code)));
                for (member, code) in named.filter(|(_, code)| !nodes().any(|node| node == code.as_str())) {
                    found.push(unknown(here.with(member).with(code), GROUP, code, nodes()));
                }
            }
            _ => {}
        }
    }
}
