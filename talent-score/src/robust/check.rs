//! What is wrong with a study before anything is drawn; and the study with every default stated.

use std::collections::BTreeSet;

use talent_model::diagnostic::{Code, Pointer, Severity, nearest};
use talent_model::id::Line;
use talent_model::quantity::{Count, Share};
use talent_model::robustness::{Factor, MeasurementError, Sampling, Study, Variation};
use talent_model::{Bilingual, Diagnostic};

use super::uniform::SOBOL_POINTS;

/// The most scores that are kept: 12 bytes each make 2.4 GB.
const MOST_SCORES: f64 = 2e8;

/// The most points of any kind.
const MOST_POINTS: f64 = 1e8;

/// The study with every default stated.
pub(crate) fn resolved(study: &Study) -> Study {
    let mut study = study.clone();
    study.draws = study.draws.or(Count::new(1000.0));
    study.seed = study.seed.or(Count::new(1.0));
    study.sampling = study.sampling.or(Some(Sampling::Random));
    study.interval = study.interval.or(Share::new(0.9));
    if let Some(sensitivity) = &mut study.sensitivity {
        sensitivity.screening = sensitivity.screening.or(Some(false));
        if sensitivity.screening == Some(false) {
            sensitivity.resamples = sensitivity.resamples.or(Count::new(1000.0));
            sensitivity.confidence = sensitivity.confidence.or(Share::new(0.95));
        }
    }
    let factor = |factor: &Factor| {
        let mut factor = factor.clone();
        match &mut factor.vary {
            Variation::WeightSet(set) => set.own = set.own.or(Some(true)),
            Variation::Step(step) => step.place = step.place.or(Count::new(0.0)),
            _ => {}
        }
        factor
    };
    study.factors = study.factors.iter().map(factor).collect();
    study
}

/// The names that a study may use.
pub(crate) struct Names {
    pub(crate) nodes: Vec<String>,
    pub(crate) indicators: Vec<String>,
    /// None where there is no such thing.
    pub(crate) weight_sets: Option<Vec<String>>,
}

const GROUP: Bilingual = Bilingual { en: "group", zh: "分组" };
const INDICATOR: Bilingual = Bilingual { en: "indicator", zh: "指标" };
const SET: Bilingual = Bilingual { en: "weight set", zh: "权重方案" };

/// What both roads check alike: numbers, identifiers, names and options.
pub(crate) fn check(study: &Study, names: &Names, units: usize) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let root = Pointer::root();
    if study.factors.is_empty() {
        found.push(Diagnostic::new(Code::RobustnessNothingVaried, root.with("factors")));
    }
    sizes(study, units, &mut found);
    let mut seen = BTreeSet::new();
    for (at, factor) in study.factors.iter().enumerate() {
        let here = root.with("factors").at(at);
        if !seen.insert(&factor.id) {
            found.push(Diagnostic::new(Code::RobustnessFactorTwice, here.with("id")).with("factor", factor.id.as_str()));
        }
        one(factor, &here.with("vary"), names, &mut found);
    }
    found
}

fn sizes(study: &Study, units: usize, found: &mut Vec<Diagnostic>) {
    let root = Pointer::root();
    let most = |what: Bilingual, at: Pointer, value: f64, limit: f64, found: &mut Vec<Diagnostic>| {
        if value > limit {
            let diagnostic = Diagnostic::new(Code::RobustnessTooLarge, at).bilingual("what", what);
            found.push(diagnostic.number("found", value).number("expected", limit));
        }
    };
    let least = |what: Bilingual, at: Pointer, value: f64, limit: f64, found: &mut Vec<Diagnostic>| {
        if value < limit {
            let diagnostic = Diagnostic::new(Code::RobustnessTooFew, at).bilingual("what", what);
            found.push(diagnostic.number("found", value).number("expected", limit));
        }
    };
    let draws = study.draws.map_or(1000.0, Count::get);
    let (number, scores) = (Bilingual { en: "the number of draws", zh: "抽样次数" }, Bilingual { en: "draws times units", zh: "抽样次数乘以单元数" });
    least(number, root.with("draws"), draws, 2.0, found);
    most(scores, root.with("draws"), draws * super::count(units), MOST_SCORES, found);
    let sobol = study.sampling == Some(Sampling::Sobol);
    most(number, root.with("draws"), draws, if sobol { f64::from(SOBOL_POINTS) } else { MOST_POINTS }, found);
    if let Some(sensitivity) = &study.sensitivity {
        let here = root.with("sensitivity");
        let base = sensitivity.base.get();
        let number = Bilingual { en: "the number of base points", zh: "基点数" };
        least(number, here.with("base"), base, 2.0, found);
        most(number, here.with("base"), base, if sobol { f64::from(SOBOL_POINTS) } else { MOST_POINTS }, found);
        let evaluations = base * (super::count(study.factors.len()) + 2.0) * super::count(units);
        most(Bilingual { en: "evaluations times units", zh: "计算次数乘以单元数" }, here.with("base"), evaluations, MOST_SCORES, found);
        let resamples = sensitivity.resamples.map_or(1000.0, Count::get);
        most(
            Bilingual { en: "resamples times base points", zh: "重抽样次数乘以基点数" },
            here.with("resamples"),
            resamples * base,
            MOST_POINTS,
            found,
        );
    }
}

fn one(factor: &Factor, here: &Pointer, names: &Names, found: &mut Vec<Diagnostic>) {
    let id = factor.id.as_str();
    let mut known = |what: Bilingual, list: &[Line], member: &str, known: &[String]| {
        for (at, name) in list.iter().enumerate().filter(|(_, name)| !known.iter().any(|known| known == name.as_str())) {
            let near = nearest(name.as_str(), known.iter().map(String::as_str));
            let diagnostic = Diagnostic::new(Code::RobustnessUnknownName, here.with(member).at(at)).with("factor", id).bilingual("what", what);
            found.push(diagnostic.with("found", name.as_str()).suggest(near));
        }
    };
    let empty = match &factor.vary {
        Variation::Weights(weights) => {
            known(GROUP, &weights.nodes, "nodes", &names.nodes);
            false
        }
        Variation::Values(values) => {
            known(INDICATOR, &values.indicators, "indicators", &names.indicators);
            false
        }
        Variation::Unknown(unknown) => {
            known(INDICATOR, &unknown.indicators, "indicators", &names.indicators);
            false
        }
        Variation::Thresholds(thresholds) => {
            known(INDICATOR, &thresholds.indicators, "indicators", &names.indicators);
            false
        }
        Variation::Inclusion(inclusion) => {
            known(INDICATOR, &inclusion.indicators, "indicators", &names.indicators);
            false
        }
        Variation::Aggregation(aggregation) => {
            known(GROUP, &aggregation.nodes, "nodes", &names.nodes);
            aggregation.options.is_empty()
        }
        Variation::Missing(missing) => missing.options.is_empty(),
        Variation::WeightSet(set) => {
            if let Some(sets) = &names.weight_sets {
                let list: Vec<Line> = set.options.iter().filter_map(|set| Line::new(set.as_str()).ok()).collect();
                known(SET, &list, "options", sets);
            }
            set.options.is_empty()
        }
        Variation::Step(step) => step.options.is_empty(),
    };
    if empty {
        found.push(options(
            factor,
            here,
            Bilingual { en: "no options", zh: "空的备选清单" },
            Bilingual { en: "at least one", zh: "至少一个备选方案" },
        ));
    }
}

/// Whether the study asks about one of the periods there are.
pub(crate) fn check_period<N: AsRef<str>>(times: &[N], study: &Study) -> Option<Diagnostic> {
    let periods: BTreeSet<&str> = times.iter().map(AsRef::as_ref).collect();
    let named = study.period.as_ref().map(Line::as_str);
    match named {
        Some(period) if periods.contains(period) => return None,
        None if periods.len() < 2 => return None,
        _ => {}
    }
    let diagnostic = Diagnostic::new(Code::RobustnessPeriod, Pointer::root().with("period"));
    let diagnostic = match named {
        Some(period) => {
            let (en, zh) = (format!("the period `{period}`"), format!("`{period}`"));
            diagnostic.with("found", en).with("found_zh", zh).suggest(nearest(period, periods.iter().copied()))
        }
        None => diagnostic.bilingual("found", Bilingual { en: "no period", zh: "未指定" }),
    };
    Some(match periods.len() {
        0 => diagnostic.bilingual("expected", Bilingual { en: "none, for this is no panel", zh: "不填（并非面板数据）" }),
        _ => diagnostic.with("expected", periods.iter().map(|period| format!("`{period}`")).collect::<Vec<_>>().join(", ")),
    })
}

/// A finding about the options of a factor.
pub(crate) fn options(factor: &Factor, here: &Pointer, is: Bilingual, expected: Bilingual) -> Diagnostic {
    let diagnostic = Diagnostic::new(Code::RobustnessOptions, here.with("options")).with("factor", factor.id.as_str());
    diagnostic.bilingual("found", is).bilingual("expected", expected)
}

/// A finding about a factor that what is studied does not contain.
pub(crate) fn not_contained(factor: &Factor, at: usize, why: Bilingual) -> Diagnostic {
    let here = Pointer::root().with("factors").at(at).with("vary").with("type");
    let diagnostic = Diagnostic::new(Code::RobustnessNotContained, here).with("factor", factor.id.as_str());
    diagnostic.bilingual("what", what(&factor.vary)).bilingual("why", why)
}

/// A finding about a factor that varies nothing.
pub(crate) fn inert(factor: &Factor, at: usize) -> Diagnostic {
    let why = match &factor.vary {
        Variation::Values(values) if matches!(values.error, MeasurementError::Stated(_)) => {
            Bilingual { en: "no observation that counts states an interval", zh: "没有计分的填报值给出区间" }
        }
        Variation::Unknown(_) => Bilingual { en: "nothing is unknown", zh: "没有未知项" },
        Variation::Thresholds(_) => Bilingual { en: "no threshold of these indicators can be moved", zh: "这些指标没有可以移动的阈值" },
        _ => Bilingual { en: "there is nothing of the kind", zh: "没有此类内容" },
    };
    let here = Pointer::root().with("factors").at(at);
    Diagnostic::new(Code::RobustnessInert, here).with("factor", factor.id.as_str()).bilingual("why", why)
}

/// What a variation varies, in words.
fn what(vary: &Variation) -> Bilingual {
    match vary {
        Variation::Weights(_) => Bilingual { en: "weights", zh: "权重" },
        Variation::Values(_) => Bilingual { en: "values", zh: "取值" },
        Variation::Unknown(_) => Bilingual { en: "what is unknown", zh: "未知项" },
        Variation::Thresholds(_) => Bilingual { en: "thresholds", zh: "阈值" },
        Variation::Inclusion(_) => Bilingual { en: "the choice of indicators", zh: "指标的取舍" },
        Variation::Missing(_) => Bilingual { en: "the policy for missing values", zh: "缺失值处理方式" },
        Variation::Aggregation(_) => Bilingual { en: "the way of joining", zh: "合成方式" },
        Variation::WeightSet(_) => Bilingual { en: "the weight set", zh: "权重方案" },
        Variation::Step(_) => Bilingual { en: "a step", zh: "步骤" },
    }
}

pub(crate) fn failed(found: &[Diagnostic]) -> bool {
    found.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
}
