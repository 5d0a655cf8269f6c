//! What an assessment says, in sentences: the one place from which the command's screen and the reports take them.

use talent_model::assessment::{Assessment, Obstacle, ObstacleKind, Score, StageTrace};
use talent_model::id::Line;
use talent_model::quantity::Number;
use talent_model::shown::{exact, exact_percent, measure, percent, plain, score, score_beside};
use talent_model::text::Text;
use talent_model::words::{InLanguage, between, unit};
use talent_model::{Lang, Standard};

/// A name is shown so far; what is longer is no name.
const NAME: usize = 160;

/// Tells what an assessment says, in one language.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// The assessment.
    pub assessment: &'a Assessment,
    /// The standard that it was made with.
    pub standard: &'a Standard,
    /// The language.
    pub lang: Lang,
}

impl Teller<'_> {
    /// The engine's own words in the language.
    #[must_use]
    pub fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    /// A name of a document, on one line, harmless and of sane length.
    #[must_use]
    pub fn name(&self, text: &Text) -> String {
        clip(&plain(text.in_language(self.lang)), NAME)
    }

    /// A text in brackets.
    #[must_use]
    pub fn bracket(&self, text: &str) -> String {
        format!("{}{text}{}", self.say(" (", "（"), self.say(")", "）"))
    }

    /// The name of a stage.
    #[must_use]
    pub fn stage(&self, id: &str) -> String {
        self.standard.stages.iter().find(|stage| stage.id.as_str() == id).map_or_else(|| id.to_owned(), |stage| self.name(&stage.name))
    }

    /// Whether the community has zones in several stages.
    #[must_use]
    pub fn has_several_stages(&self) -> bool {
        let mut stages = self.assessment.plan.zones.iter().map(|zone| &zone.stage);
        let first = stages.next();
        stages.any(|stage| Some(stage) != first)
    }

    /// The stage in brackets, where the community has several.
    #[must_use]
    pub fn in_stage(&self, id: &str) -> String {
        let several = self.assessment.plan.zones.iter().any(|zone| zone.stage.as_str() != id);
        if several { self.bracket(&self.stage(id)) } else { String::new() }
    }

    /// The name of a zone.
    #[must_use]
    pub fn zone(&self, id: &str) -> String {
        let card = self.assessment.zones.iter().find(|card| card.zone.as_ref().is_some_and(|zone| zone.as_str() == id));
        card.map_or_else(|| id.to_owned(), |card| self.name(&card.name))
    }

    /// Every zone with its stage and completed share.
    #[must_use]
    pub fn zones(&self) -> Vec<String> {
        let zones = self.assessment.plan.zones.iter().filter_map(|plan| plan.zone.as_ref().map(|zone| (zone, plan)));
        zones
            .map(|(zone, plan)| {
                let share = plan.completed_share.map(|share| match self.lang {
                    Lang::En => format!(", {} completed", percent(share.get())),
                    Lang::Zh => format!("，建成 {}", percent(share.get())),
                });
                let about = format!("{}{}", self.stage(plan.stage.as_str()), share.unwrap_or_default());
                format!("{}{}", self.zone(zone.as_str()), self.bracket(&about))
            })
            .collect()
    }

    /// The set of weights in use, if it is not the standard's own.
    #[must_use]
    pub fn weights(&self) -> Option<String> {
        let id = self.assessment.plan.weight_set.as_ref()?;
        let set = self.standard.weight_sets.iter().find(|set| set.id == *id);
        Some(set.map_or_else(|| id.to_string(), |set| format!("{} ({id})", self.name(&set.name))))
    }

    /// The printed code of a node, or its identifier.
    #[must_use]
    pub fn code(&self, code: Option<&Line>, id: &str) -> String {
        code.map_or_else(|| id.to_owned(), |code| plain(code.as_str()))
    }

    /// The name of a node after its printed code, if it has one.
    pub(crate) fn titled(&self, code: Option<&Line>, name: &Text) -> String {
        let code = code.map(|code| format!("{} ", plain(code.as_str()))).unwrap_or_default();
        format!("{code}{}", self.name(name))
    }

    /// A unit after a number.
    #[must_use]
    pub fn unit(&self, of: Option<&talent_model::id::Unit>) -> String {
        unit(self.standard, of, self.lang)
    }

    /// The bounds of a score and what is known of it.
    #[must_use]
    pub fn certainty(&self, of: &Score) -> String {
        let share = percent(of.coverage.get());
        let (low, high) = (score(of.low.get()), score(of.high.get()));
        // Where everything is known there is nothing between which it could lie.
        let between = match self.lang {
            _ if of.low == of.high => String::new(),
            Lang::En => format!("surely between {low} and {high}; "),
            Lang::Zh => format!("必在 {low} 至 {high} 之间；"),
        };
        match self.lang {
            Lang::En => format!("{between}{share} covered, {} of {} indicators known", of.known, of.applicable),
            Lang::Zh => format!("{between}覆盖率 {share}，{} / {} 个指标已知", of.known, of.applicable),
        }
    }

    /// What a gate found and what it needs.
    #[must_use]
    pub fn gate(&self, trace: &StageTrace) -> String {
        let (low, high) = trace.gate.as_ref().map_or((None, None), |gate| (gate.at_least.map(Number::get), gate.at_most.map(Number::get)));
        let edges: Vec<f64> = low.into_iter().chain(high).collect();
        let unit = self.unit(trace.unit.as_ref());
        let found = match trace.measure {
            Some(found) => format!("{} {}{unit}", self.say("found", "实为"), measure(found.get(), &edges)),
            None => self.say("not known", "未知").to_owned(),
        };
        let edge = |n: f64| format!("{}{unit}", exact(n));
        format!("{found}{}{}{}", self.say(", ", "，"), self.say("needed ", "需要"), between(low.map(edge), high.map(edge), self.lang))
    }

    /// The name of what an obstacle is about, with its code.
    #[must_use]
    pub fn obstacle_node(&self, obstacle: &Obstacle) -> Option<(String, String)> {
        let id = obstacle.node.as_ref()?.as_str();
        let nodes = self.assessment.nodes.iter().map(|node| (node.id.as_str(), node.code.as_ref()));
        let indicators = self.assessment.indicators.iter().map(|indicator| (indicator.id.as_str(), indicator.code.as_ref()));
        let code = nodes.chain(indicators).find(|(other, _)| *other == id).and_then(|(_, code)| code);
        let name = obstacle.name.as_ref().map(|name| self.name(name)).unwrap_or_default();
        Some((self.code(code, id), name))
    }

    /// What kind of obstacle it is, and what is there and what is needed.
    #[must_use]
    pub fn obstacle(&self, obstacle: &Obstacle) -> (&'static str, String) {
        let (found, low, high) = (obstacle.found.map(Number::get), obstacle.at_least.map(Number::get), obstacle.at_most.map(Number::get));
        let edges: Vec<f64> = low.into_iter().chain(high).collect();
        let unit = self.unit(obstacle.unit.as_ref());
        let nearest = edges.first().copied().unwrap_or_default();
        let what = match obstacle.kind {
            ObstacleKind::Total => ("total", "总分"),
            ObstacleKind::Floor => ("floor", "底线"),
            ObstacleKind::GateFailed | ObstacleKind::GateUnknown => ("gate", "控制项"),
            ObstacleKind::Requirement => ("needed for this grade", "本等级要求"),
            ObstacleKind::Coverage => ("coverage", "覆盖率"),
            ObstacleKind::Stage => ("stage", "阶段"),
        };
        let show = |value: f64, is_found: bool| match obstacle.kind {
            ObstacleKind::Coverage if is_found => percent_beside(value, nearest),
            ObstacleKind::Coverage => exact_percent(value),
            ObstacleKind::Total | ObstacleKind::Floor if is_found => score_beside(value, nearest),
            _ if is_found => format!("{}{unit}", measure(value, &edges)),
            _ => format!("{}{unit}", exact(value)),
        };
        let detail = match (obstacle.kind, &obstacle.stage) {
            (ObstacleKind::Stage, Some(stage)) => {
                let stage = self.stage(stage.as_str());
                match self.lang {
                    Lang::En => format!("not open to communities with zones in the stage “{stage}”"),
                    Lang::Zh => format!("不向含有“{stage}”阶段圈层的社区开放"),
                }
            }
            _ => {
                let needed = between(low.map(|n| show(n, false)), high.map(|n| show(n, false)), self.lang);
                let found =
                    found.map_or_else(|| self.say("not known", "未知").to_owned(), |n| format!("{} {}", self.say("found", "实为"), show(n, true)));
                format!("{found}{}{}{needed}", self.say(", ", "，"), self.say("needed ", "需要"))
            }
        };
        (what.say(self.lang), detail)
    }

    /// Why an indicator has no value in a stage, in the words of whoever said so; empty where nobody did.
    #[must_use]
    pub fn reason(&self, trace: &StageTrace) -> String {
        let told = trace.reason.as_ref().map(|reason| plain(reason.in_language(self.lang)));
        let told = told.or_else(|| trace.inputs.iter().find_map(|input| input.reason.as_ref().map(|reason| plain(reason.as_str()))));
        told.unwrap_or_else(|| self.unusable(trace).unwrap_or_default().into())
    }

    /// That there is an answer which cannot be used.
    pub(crate) fn unusable(&self, trace: &StageTrace) -> Option<&'static str> {
        let unused = trace.inputs.iter().any(|input| input.raw.is_some() && input.measure.is_none());
        unused.then(|| self.say("answered, but the answer cannot be used: see the findings", "已回答，但不能采用：见检查结果"))
    }
}

/// A coverage beside a threshold that it misses.
fn percent_beside(share: f64, threshold: f64) -> String {
    format!("{} %", score_beside(share * 100.0, threshold * 100.0))
}

/// A text of at most so many characters.
pub(crate) fn clip(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
