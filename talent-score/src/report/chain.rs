//! One indicator, computed by hand from its answer up to the total: the way for anybody who wants to see that the engine did what it says.

use talent_model::Lang;
use talent_model::assessment::{IndicatorResult, NodeResult, StageTrace, Use};
use talent_model::canonical::number;
use talent_model::quantity::{Number, Quantity};
use talent_model::standard::{Aggregation, Category, Combine, Indicator, Rule, Scale};
use talent_model::words::aggregation as aggregation_words;

use super::tell::Teller;
use crate::aggregate::Join;
use crate::evaluator::aggregation_at;
use crate::rule::CompiledRule;

/// More members than this are not written out: nobody would type them.
const MEMBERS: usize = 24;

/// A step of the computation: what is done, with its numbers, and what comes out.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    pub(super) what: String,
    pub(super) formula: String,
    /// What the step gives, unrounded, as this module computed it from the step's own numbers.
    pub(super) value: f64,
}

/// A number short enough to type and long enough to check.
fn n(value: f64) -> String {
    let whole = number(value);
    if whole.len() <= 8 { whole } else { format!("{value:.5e}").parse().map_or(whole, number) }
}

/// The indicator that gives most to the total, of those that have a measure in every stage in which they count.
fn chosen<'a>(tell: &Teller<'a>) -> Option<&'a IndicatorResult> {
    let whole = |result: &&IndicatorResult| {
        result.usage == Use::Scored && result.coverage.get() >= 1.0 && result.stages.iter().all(|s| s.weight.get() == 0.0 || s.measure.is_some())
    };
    // One whose rule does something is worth more to a reader than one that scores all or nothing.
    let worth = |result: &IndicatorResult| {
        let inside = result.score.is_some_and(|score| score.get() > 0.0 && score.get() < 100.0);
        Some((inside, result.contribution?.get()))
    };
    let mut best: Option<((bool, f64), &IndicatorResult)> = None;
    for result in tell.assessment.indicators.iter().filter(whole) {
        let Some(own) = worth(result) else { continue };
        if best.is_none_or(|(most, _)| own > most) {
            best = Some((own, result));
        }
    }
    best.map(|(_, result)| result)
}

/// The computation, with the indicator it is about. `indicators` finds an indicator of the standard.
pub(super) fn chain<'a>(tell: &Teller<'a>, find: impl Fn(&str) -> Option<&'a Indicator>) -> Option<(&'a IndicatorResult, Vec<Step>)> {
    let result = chosen(tell)?;
    let indicator = find(result.id.as_str())?;
    let mut maker = Maker { tell, steps: Vec::new() };
    let mut scores: Vec<(f64, f64)> = Vec::new();
    for trace in result.stages.iter().filter(|trace| trace.weight.get() > 0.0) {
        scores.push((trace.weight.get(), maker.stage(trace, indicator)?));
    }
    maker.stages(&scores, indicator);
    let mut parent = Some(result.parent.as_str());
    while let Some(id) = parent {
        let node = tell.assessment.nodes.iter().find(|node| node.id.as_str() == id)?;
        maker.node(Some(node))?;
        parent = node.parent.as_ref().map(|above| above.as_str());
    }
    maker.node(None)?;
    maker.bonuses();
    Some((result, maker.steps))
}

struct Maker<'m, 'a> {
    tell: &'m Teller<'a>,
    steps: Vec<Step>,
}

impl Maker<'_, '_> {
    fn step(&mut self, what: String, formula: String, value: f64) {
        self.steps.push(Step { what, formula, value });
    }

    /// From the answers of one stage to its score.
    fn stage(&mut self, trace: &StageTrace, indicator: &Indicator) -> Option<f64> {
        let tell = self.tell;
        let criterion = indicator.criterion(trace.stage.as_str())?;
        let quantity = indicator.quantity_in(criterion);
        let stage = if tell.has_several_stages() { tell.bracket(&tell.stage(trace.stage.as_str())) } else { String::new() };
        let mut parts: Vec<(f64, f64)> = Vec::new();
        for input in trace.inputs.iter().filter(|input| input.weight.get() > 0.0 && input.measure.is_some()) {
            let value = input.measure?.get();
            parts.push((input.weight.get(), value));
            if let (Some(raw), Some(divisor)) = (input.raw, &input.divisor) {
                let zone = input.zone.as_ref().map_or_else(|| stage.clone(), |zone| tell.bracket(&tell.zone(zone.as_str())));
                let times = if divisor.multiple.get() == 1.0 { String::new() } else { format!(" × {}", n(divisor.multiple.get())) };
                let made = raw.get() / divisor.value.get() * divisor.multiple.get();
                let formula = format!("{} ÷ {}{times} = {}", n(raw.get()), n(divisor.value.get()), n(made));
                self.step(format!("{}{zone}", tell.say("The ratio", "比率")), formula, made);
            }
        }
        let measure = trace.measure?.get();
        if parts.len() > 1 {
            let list = |sign: &str| parts.iter().map(|(_, x)| n(*x)).collect::<Vec<_>>().join(sign);
            let values = parts.iter().map(|(_, x)| *x);
            let (formula, made) = match &indicator.combine {
                Some(Combine::Sum(_)) => (list(" + "), values.sum()),
                Some(Combine::Min(_)) => (format!("min({})", list(", ")), values.fold(f64::INFINITY, f64::min)),
                Some(Combine::Max(_)) => (format!("max({})", list(", ")), values.fold(f64::NEG_INFINITY, f64::max)),
                _ => {
                    let terms: Vec<String> = parts.iter().map(|(w, x)| format!("{} × {}", n(*w), n(*x))).collect();
                    (terms.join(" + "), parts.iter().map(|(w, x)| w * x).sum())
                }
            };
            let what = format!("{}{stage}", tell.say("The zones together", "各圈层合并"));
            self.step(what, format!("{formula} = {}", n(made)), made);
        }
        let what = format!("{}{stage}", tell.say("The rule", "计分规则"));
        let score = CompiledRule::new(&criterion.rule, quantity).score(measure);
        self.step(what, rule(&criterion.rule, quantity, trace, measure, score, tell.lang), score);
        Some(score)
    }

    fn stages(&mut self, scores: &[(f64, f64)], indicator: &Indicator) {
        if scores.len() < 2 {
            return;
        }
        let values = || scores.iter().map(|(_, score)| *score);
        let list = values().map(n).collect::<Vec<_>>().join(", ");
        let (formula, made) = match &indicator.combine {
            Some(Combine::Min(_)) => (format!("min({list})"), values().fold(f64::INFINITY, f64::min)),
            Some(Combine::Max(_)) => (format!("max({list})"), values().fold(f64::NEG_INFINITY, f64::max)),
            _ => {
                let terms: Vec<String> = scores.iter().map(|(w, x)| format!("{} × {}", n(*w), n(*x))).collect();
                let weights: f64 = scores.iter().map(|(w, _)| w).sum();
                (terms.join(" + "), scores.iter().map(|(w, x)| w * x).sum::<f64>() / weights)
            }
        };
        self.step(self.tell.say("The stages together", "各阶段合并").into(), format!("{formula} = {}", n(made)), made);
    }

    /// A scenario or category from its members; the total where `node` is absent.
    fn node(&mut self, node: Option<&NodeResult>) -> Option<f64> {
        let (tell, assessment) = (self.tell, self.tell.assessment);
        let id = node.map(|node| node.id.as_str());
        let join = self.aggregation(id)?;
        let of_sum = |node: &NodeResult| matches!(self.aggregation(Some(node.id.as_str())), Some(Aggregation::Sum(_)));
        let summing = matches!(join, Aggregation::Sum(_));
        let indicators = assessment.indicators.iter().filter(|leaf| Some(leaf.parent.as_str()) == id);
        let leaves = indicators.filter_map(|leaf| Some((leaf.weight.get(), leaf.score?.get() * if summing { 0.01 } else { 1.0 })));
        let nodes = assessment.nodes.iter().filter(|inner| inner.parent.as_ref().map(|above| above.as_str()) == id);
        let inner = nodes.filter_map(|inner| {
            let score = inner.score.score?.get();
            let brought = match (summing, of_sum(inner)) {
                (true, true) | (false, false) => score,
                (true, false) => score * 0.01,
                (false, true) => score / inner.score.full.get() * 100.0,
            };
            Some((inner.weight.get(), brought))
        });
        let members: Vec<(f64, f64)> = leaves.chain(inner).filter(|(weight, _)| *weight > 0.0).collect();
        let made = Join::new(&join).join(members.iter().copied())?;
        let name = node.map_or_else(|| tell.say("The total", "总分").to_owned(), |node| tell.titled(node.code.as_ref(), &node.name));
        let what = format!("{name}{}", tell.bracket(&aggregation_words(&join, tell.lang)));
        self.step(what, format!("{} = {}", mean(&join, &members, tell.lang), n(made)), made);
        Some(made)
    }

    /// How the members of a node are joined; `None` where the standard has no such node.
    fn aggregation(&self, id: Option<&str>) -> Option<Aggregation> {
        let standard = self.tell.standard;
        let Some(id) = id else { return Some(aggregation_at(standard, 0)) };
        let (category, depth) = standard.scenarios.iter().find_map(|scenario| category(scenario, id, 1))?;
        Some(category.aggregation.clone().unwrap_or_else(|| aggregation_at(standard, depth)))
    }

    /// What bonuses add, or what the cap takes.
    fn bonuses(&mut self) {
        let (Some(total), Some(before)) = (self.tell.assessment.total.score.map(Number::get), self.steps.last().map(|step| step.value)) else {
            return;
        };
        if (total - before).abs() > 1e-9 {
            let formula = format!("{} + {} = {}", n(before), n(total - before), n(total));
            self.step(self.tell.say("With the bonuses", "计入加分").into(), formula, total);
        }
    }
}

fn category<'c>(at: &'c Category, id: &str, depth: usize) -> Option<(&'c Category, usize)> {
    if at.id.as_str() == id {
        return Some((at, depth));
    }
    at.categories.iter().find_map(|inner| category(inner, id, depth + 1))
}

/// The formula of a rule at a measure.
fn rule(rule: &Rule, quantity: &Quantity, trace: &StageTrace, x: f64, score: f64, lang: Lang) -> String {
    let (from, to) = trace.segment.as_ref().map_or((None, None), |s| (s.from.map(Number::get), s.to.map(Number::get)));
    let (low, high) = trace.segment.as_ref().map_or((0.0, 0.0), |s| (s.from_score.get(), s.to_score.get()));
    let is_line =
        matches!(rule, Rule::Piecewise(_) | Rule::Checklist(_)) || !matches!(quantity, Quantity::Number(_)) && matches!(rule, Rule::Checklist(_));
    match (is_line, from, to) {
        (true, Some(a), Some(b)) if low != high => {
            let logarithmic = matches!(rule, Rule::Piecewise(line) if line.scale == Some(Scale::Logarithmic));
            if logarithmic {
                format!("{} + ln({} ÷ {}) ÷ ln({} ÷ {}) × ({} − {}) = {}", n(low), n(x), n(a), n(b), n(a), n(high), n(low), n(score))
            } else {
                format!("{} + ({} − {}) ÷ ({} − {}) × ({} − {}) = {}", n(low), n(x), n(a), n(b), n(a), n(high), n(low), n(score))
            }
        }
        _ => match lang {
            Lang::En => format!("{} scores {}", n(x), n(score)),
            Lang::Zh => format!("{} 得 {} 分", n(x), n(score)),
        },
    }
}

/// The formula by which members are joined.
fn mean(join: &Aggregation, members: &[(f64, f64)], lang: Lang) -> String {
    let weights: f64 = members.iter().map(|(w, _)| w).sum();
    let arithmetic = || format!("({}) ÷ {}", weighted(members, lang, n), n(weights));
    let geometric = || format!("exp(({}) ÷ {})", weighted(members, lang, |x| format!("ln {}", n(x))), n(weights));
    let power = |p: f64| format!("(({}) ÷ {})^(1/{})", weighted(members, lang, |x| format!("{}^{}", n(x), n(p))), n(weights), n(p));
    match join {
        Aggregation::Sum(_) => weighted(members, lang, n),
        Aggregation::Minimum(_) => format!("min({})", list(members, lang, ", ", |_, x| n(x))),
        Aggregation::Arithmetic(_) => arithmetic(),
        Aggregation::Geometric(_) => geometric(),
        Aggregation::Harmonic(_) => power(-1.0),
        Aggregation::Power(exponent) => match exponent.p.get() {
            1.0 => arithmetic(),
            0.0 => geometric(),
            p => power(p),
        },
    }
}

/// The first members of a node as terms, and how many more there are.
fn list(members: &[(f64, f64)], lang: Lang, sign: &str, term: impl Fn(f64, f64) -> String) -> String {
    let mut terms: Vec<String> = members.iter().take(MEMBERS).map(|(w, x)| term(*w, *x)).collect();
    if let Some(more @ 1..) = members.len().checked_sub(MEMBERS) {
        terms.push(match lang {
            Lang::En => format!("… ({more} more)"),
            Lang::Zh => format!("…（另 {more} 项）"),
        });
    }
    terms.join(sign)
}

/// A weighted sum; a weight of 1 is not written.
fn weighted(members: &[(f64, f64)], lang: Lang, of: impl Fn(f64) -> String) -> String {
    list(members, lang, " + ", |w, x| if w == 1.0 { of(x) } else { format!("{} × {}", n(w), of(x)) })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
    use super::*;
    use talent_model::{Document, Standard, Submission};

    /// The last step gives the total, and every step gives what stands in the assessment.
    fn ends_in_the_total(standard: &Standard, submission: &Submission) -> Vec<Step> {
        let assessment = crate::assess(standard, submission).unwrap();
        let tell = Teller { assessment: &assessment, standard, lang: Lang::En };
        let indicators = standard.answerable();
        let (_, steps) = chain(&tell, |id| indicators.iter().find(|i| i.id.as_str() == id).copied()).unwrap();
        let (last, total) = (steps.last().unwrap().value, assessment.total.score.unwrap().get());
        assert!((last - total).abs() < 1e-9, "{last} {total}");
        steps
    }

    #[test]
    fn the_eight_are_computed_by_hand() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "json") {
                let submission = Submission::from_json(&std::fs::read(&path).unwrap()).unwrap();
                ends_in_the_total(talent_model::reference::standard(), &submission);
                seen += 1;
            }
        }
        assert_eq!(seen, 8);
    }

    #[test]
    fn every_way_of_joining_is_written_out() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/examples/minimal");
        let text = std::fs::read_to_string(format!("{folder}/standard.json")).unwrap();
        let submission = Submission::from_json(&std::fs::read(format!("{folder}/submission.json")).unwrap()).unwrap();
        // Both scenarios score 80: the park 80, and the mean of 60 and 100.
        for (join, formula) in [
            (r#"{"type": "arithmetic"}"#, "(80 + 80) ÷ 2 = 80"),
            (r#"{"type": "geometric"}"#, "exp((ln 80 + ln 77.4597) ÷ 2) = 78.7196"),
            (r#"{"type": "harmonic"}"#, "((80^-1 + 75^-1) ÷ 2)^(1/-1) = 77.4194"),
            (r#"{"type": "minimum"}"#, "min(80, 60) = 60"),
            (r#"{"type": "power", "p": 2}"#, "((80^2 + 82.4621^2) ÷ 2)^(1/2) = 81.2404"),
            (r#"{"type": "sum"}"#, "0.8 + 1.6 = 2.4"),
        ] {
            let text = text.replace(r#"{"missing": "zero"}"#, &format!(r#"{{"missing": "zero", "aggregation": {join}}}"#));
            let text = text.replace(r#""total": 60"#, r#""total": 1"#).replace(r#""total": 80, "floor": 60"#, r#""total": 2"#);
            let standard = Standard::from_json(text.as_bytes()).unwrap();
            let steps = ends_in_the_total(&standard, &submission);
            assert_eq!(steps[steps.len() - 1].formula, formula, "{join}");
        }
    }
}
