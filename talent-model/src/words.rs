//! The engine's own words in both languages, for everything that speaks to people.

use crate::assessment::{GateState, Use};
use crate::comparison::{Fence, RelativeValues};
use crate::diagnostic::Severity;
use crate::document::Kind;
use crate::index::Ties;
use crate::robustness::{Stability, Unmodelled};
use crate::shown::plain;
use crate::standard::{Aggregation, BasisKind, Binding, Combine, Confidence, MissingPolicy, NotApplicablePolicy};
use crate::submission::State;
use crate::{Bilingual, Lang, Standard};

const fn both(en: &'static str, zh: &'static str) -> Bilingual {
    Bilingual { en, zh }
}

/// Words that a language has.
pub trait InLanguage: Copy {
    /// The words in both.
    fn words(self) -> Bilingual;

    /// The words in one of them.
    fn say(self, lang: Lang) -> &'static str {
        self.words().get(lang)
    }
}

impl InLanguage for (&'static str, &'static str) {
    fn words(self) -> Bilingual {
        both(self.0, self.1)
    }
}

impl InLanguage for bool {
    fn words(self) -> Bilingual {
        if self { both("yes", "是") } else { both("no", "否") }
    }
}

impl InLanguage for Severity {
    fn words(self) -> Bilingual {
        match self {
            Self::Error => both("error", "错误"),
            Self::Warning => both("warning", "警告"),
            Self::Note => both("note", "提示"),
        }
    }
}

impl InLanguage for Kind {
    fn words(self) -> Bilingual {
        match self {
            Self::Standard => both("standard", "标准"),
            Self::Community => both("community", "社区"),
            Self::Submission => both("submission", "申报"),
            Self::Assessment => both("assessment", "评估"),
            Self::Robustness => both("robustness", "稳健性"),
            Self::Waivers => both("waivers", "豁免单"),
            Self::Comparison => both("comparison", "比较"),
        }
    }
}

impl InLanguage for Fence {
    fn words(self) -> Bilingual {
        match self {
            Self::Standards => both("different standards", "不同标准"),
            Self::Versions => both("different versions of the standard", "标准的不同版本"),
            Self::Stages => both("different stages", "不同阶段"),
            Self::WeightSets => both("different weights", "不同权重"),
            Self::Periods => both("different periods", "不同时段"),
        }
    }
}

impl InLanguage for Ties {
    fn words(self) -> Bilingual {
        match self {
            Self::Competition => both("equal totals share the better rank (1 2 2 4)", "同分取较前名次（1 2 2 4）"),
            Self::Modified => both("equal totals share the worse rank (1 3 3 4)", "同分取较后名次（1 3 3 4）"),
            Self::Dense => both("equal totals leave no rank out (1 2 2 3)", "同分不空名次（1 2 2 3）"),
            Self::Fractional => both("equal totals share the mean of their ranks (1 2.5 2.5 4)", "同分取名次平均（1 2.5 2.5 4）"),
        }
    }
}

impl InLanguage for RelativeValues {
    fn words(self) -> Bilingual {
        match self {
            Self::Scores => both("the scores of the indicators", "指标得分"),
            Self::Measures => both("the measures of the indicators", "指标值"),
        }
    }
}

impl InLanguage for Stability {
    fn words(self) -> Bilingual {
        let (en, zh) = match self {
            Self::Firm => ("firm", "稳固"),
            Self::Close => ("close", "较稳"),
            Self::Open => ("open", "不稳"),
            Self::None => ("–", "–"),
        };
        both(en, zh)
    }
}

impl InLanguage for Unmodelled {
    fn words(self) -> Bilingual {
        let (en, zh) = match self {
            Self::Weights => ("weights", "权重"),
            Self::Measurement => ("errors of measurement", "测量误差"),
            Self::Unknown => ("what is unknown", "未知项"),
            Self::Thresholds => ("thresholds of rules", "计分阈值"),
            Self::Gates => ("levels, checklists, gates, floors and totals of grades", "分级、清单、控制项门槛、场景下限与等级总分线"),
            Self::Indicators => ("the choice of indicators", "指标的取舍"),
            Self::Missing => ("the policy for missing values", "缺失值处理方式"),
            Self::Aggregation => ("the way of joining", "合成方式"),
            Self::Normalisation => ("normalisation", "归一化"),
            Self::Treatment => ("treatment and imputation", "异常值处理与填补"),
            Self::Structure => ("which indicator belongs where", "指标的归属"),
            Self::Correlation => ("errors that several values share", "多个取值共有的误差"),
        };
        both(en, zh)
    }
}

impl InLanguage for GateState {
    fn words(self) -> Bilingual {
        match self {
            Self::Passed => both("passed", "达到"),
            Self::Failed => both("failed", "未达到"),
            Self::Unknown => both("unknown", "未知"),
        }
    }
}

impl InLanguage for State {
    fn words(self) -> Bilingual {
        match self {
            Self::Reported => both("reported", "已填报"),
            Self::Estimated => both("estimated", "估计"),
            Self::NotApplicable => both("not applicable", "不适用"),
            Self::Missing => both("missing", "缺失"),
            Self::Withheld => both("withheld", "不公开"),
            Self::NotAssessed => both("not assessed", "未评估"),
        }
    }
}

impl InLanguage for Use {
    fn words(self) -> Bilingual {
        match self {
            Self::Scored => both("scored", "计分"),
            Self::Excluded => both("left out, the others carry its weight", "不计，其权重由其他指标承担"),
            Self::Zeroed => both("counts as 0", "按 0 分计"),
            Self::Refused => both("what depends on it has no score", "依赖它的各级没有得分"),
            Self::NotApplicable => both("does not apply", "不适用"),
            Self::Informative => both("shown only", "仅报告"),
            Self::Bonus => both("bonus", "加分"),
        }
    }
}

impl InLanguage for Binding {
    fn words(self) -> Bilingual {
        match self {
            Self::Required => both("required", "控制"),
            Self::Guided => both("guided", "引导"),
            Self::Bonus => both("bonus", "加分"),
            Self::Informative => both("informative", "报告"),
        }
    }
}

impl InLanguage for BasisKind {
    fn words(self) -> Bilingual {
        match self {
            Self::MandatoryNorm => both("mandatory norm", "强制性规范"),
            Self::RecommendedNorm => both("recommended norm", "推荐性标准"),
            Self::ForeignNorm => both("foreign norm", "国外标准"),
            Self::PolicyTarget => both("policy target", "政策目标"),
            Self::EmpiricalAnchor => both("observed value", "实测参照"),
            Self::DesignValue => both("design value", "设计值"),
        }
    }
}

impl InLanguage for Confidence {
    fn words(self) -> Bilingual {
        match self {
            Self::Read => both("read", "已核原文"),
            Self::Quoted => both("quoted", "据转引"),
            Self::Remembered => both("remembered, to be checked", "凭记忆，待核"),
        }
    }
}

impl InLanguage for MissingPolicy {
    fn words(self) -> Bilingual {
        match self {
            Self::Exclude => both("the others carry its weight", "权重由其他指标承担"),
            Self::Zero => both("counts as 0", "按 0 分计"),
            Self::Refuse => both("no score above it", "其上各级不评分"),
        }
    }
}

impl InLanguage for NotApplicablePolicy {
    fn words(self) -> Bilingual {
        match self {
            Self::Exclude => both("the others carry its weight", "权重由其他指标承担"),
            Self::Zero => both("counts as 0", "按 0 分计"),
            Self::Full => both("counts as 100", "按满分计"),
        }
    }
}

/// How members are joined.
#[must_use]
pub fn aggregation(aggregation: &Aggregation, lang: Lang) -> String {
    let words = match aggregation {
        Aggregation::Arithmetic(_) => ("arithmetic mean", "算术平均"),
        Aggregation::Geometric(_) => ("geometric mean", "几何平均"),
        Aggregation::Harmonic(_) => ("harmonic mean", "调和平均"),
        Aggregation::Minimum(_) => ("lowest score", "取最低分"),
        Aggregation::Power(power) => {
            return format!("{} {}", ("power mean, p =", "幂平均，p =").say(lang), crate::canonical::number(power.p.get()));
        }
        Aggregation::Sum(_) => ("sum of points", "分值相加"),
    };
    words.say(lang).into()
}

/// How zones are joined.
#[must_use]
pub fn combine(standard: &Standard, combine: Option<&Combine>, lang: Lang) -> String {
    let words = match combine {
        Some(Combine::Weighted(weighted)) => {
            let fact = standard.facts.get(weighted.by.as_str());
            let by = fact.map_or_else(|| weighted.by.to_string(), |fact| plain(fact.name.in_language(lang)));
            return match lang {
                Lang::En => format!("mean weighted by {}", by.to_lowercase()),
                Lang::Zh => format!("按{by}加权平均"),
            };
        }
        None | Some(Combine::Mean(_)) => ("plain mean", "简单平均"),
        Some(Combine::Sum(_)) => ("sum", "求和"),
        Some(Combine::Min(_)) => ("least", "取最小"),
        Some(Combine::Max(_)) => ("greatest", "取最大"),
    };
    words.say(lang).into()
}

/// "at least 3, at most 5".
#[must_use]
pub fn between(at_least: Option<String>, at_most: Option<String>, lang: Lang) -> String {
    let low = at_least.map(|n| match lang {
        Lang::En => format!("at least {n}"),
        Lang::Zh => format!("至少 {n}"),
    });
    let high = at_most.map(|n| match lang {
        Lang::En => format!("at most {n}"),
        Lang::Zh => format!("至多 {n}"),
    });
    low.into_iter().chain(high).collect::<Vec<_>>().join((", ", "，").say(lang))
}

/// A unit after a number, by the name that the standard gives it; a pure number has none.
#[must_use]
pub fn unit(standard: &Standard, unit: Option<&crate::id::Unit>, lang: Lang) -> String {
    match unit.filter(|unit| unit.as_str() != "1") {
        None => String::new(),
        Some(unit) => format!(" {}", plain(standard.unit_name(unit, lang))),
    }
}

/// A document's title and edition.
#[must_use]
pub fn source(standard: &Standard, id: &str, lang: Lang) -> String {
    let Some(source) = standard.sources.get(id) else { return id.to_owned() };
    let title = plain(source.title.in_language(lang));
    // Many titles end with their year; it is not said twice.
    match source.edition.as_ref().map(|edition| plain(edition.as_str())).filter(|edition| !title.contains(edition.as_str())) {
        Some(edition) => format!("{title}{}{edition}{}", (" (", "（").say(lang), (")", "）").say(lang)),
        None => title,
    }
}
