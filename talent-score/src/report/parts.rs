//! The sections behind the scorecard.

use std::collections::BTreeMap;

use talent_model::assessment::{Applicable, IndicatorResult, NodeResult, Use};
use talent_model::diagnostic::{Code, Diagnostic, Severity, message};
use talent_model::quantity::Number;
use talent_model::shown::{exact, exact_percent, percent, plain, plain_lines, score};
use talent_model::standard::{Basis, Criterion, GradeGates, Indicator, Rule};
use talent_model::submission::{Confidentiality, Evidence, Observation, State};
use talent_model::words::{InLanguage, aggregation, source};
use talent_model::{Lang, Submission};

use super::card::{all_obstacles, printed};
use super::chain;
use super::content::{Bar, Block, Cell, Line, Row, Section, Set, Table, Tone};
use super::tell::{Teller, clip};
use super::trace::Tracer;

/// A note of the submitter is shown so far.
const NOTE: usize = 2_000;

/// So many places of one code are told.
const PLACES: usize = 3;

pub(super) struct Parts<'a> {
    pub(super) tell: Teller<'a>,
    pub(super) public: bool,
    pub(super) submission: Option<&'a Submission>,
    pub(super) findings: &'a [Diagnostic],
    /// Every indicator of the standard by its identifier.
    pub(super) indicators: BTreeMap<&'a str, &'a Indicator>,
    /// The observations of each.
    pub(super) observations: BTreeMap<&'a str, Vec<&'a Observation>>,
}

impl<'a> Parts<'a> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        self.tell.say(en, zh)
    }

    pub(super) fn all(&self) -> Vec<Section> {
        let sections = [
            self.ahead(),
            self.indicators("indicators", ("Every indicator, and why it scored what it scored", "各项指标及其得分的由来")),
            self.left_out(),
            self.lenses(),
            self.cards(),
            self.modules(),
            self.findings(),
            self.evidence(),
            self.method(),
            self.by_hand(),
            self.provenance(),
        ];
        sections.into_iter().flatten().collect()
    }

    fn section(&self, id: &'static str, title: (&'static str, &'static str), blocks: Vec<Block>) -> Section {
        Section { id, title: title.say(self.tell.lang).to_owned(), blocks }
    }

    /// Everything that stands before the next grade, where the card shows only the first of it.
    fn ahead(&self) -> Option<Section> {
        let grade = &self.tell.assessment.grade;
        let name = grade.next_name.as_ref().map(|name| self.tell.name(name))?;
        let rows = all_obstacles(&self.tell);
        if rows.is_empty() {
            return None;
        }
        let caption = match self.tell.lang {
            Lang::En => format!("Everything that stands before the grade “{name}”"),
            Lang::Zh => format!("距离“{name}”还差的全部事项"),
        };
        let mut table = Table::new(
            caption.clone(),
            &[("", Set::Text), (self.say("What", "事项"), Set::Wide), (self.say("Found and needed", "实际与要求"), Set::Wide)],
        );
        for (tone, what, detail) in rows {
            table.row(vec![Cell::Mark(tone, String::new()), Cell::Text(what), Cell::Text(detail)]);
        }
        Some(Section { id: "ahead", title: caption, blocks: vec![Block::Table(table)] })
    }

    fn indicators(&self, id: &'static str, title: (&'static str, &'static str)) -> Option<Section> {
        let assessment = self.tell.assessment;
        let mut blocks = Vec::new();
        for scenario in assessment.nodes.iter().filter(|node| node.parent.is_none()) {
            blocks.push(Block::Title(self.heading(scenario)));
            blocks.push(Block::Text(self.tell.certainty(&scenario.score)));
            blocks.push(Block::Table(self.traces(scenario, &assessment.nodes, &assessment.indicators)));
        }
        (!blocks.is_empty()).then(|| self.section(id, title, blocks))
    }

    fn heading(&self, node: &NodeResult) -> String {
        let shown = node.score.score.map_or_else(|| self.say("no score", "无得分").to_owned(), |value| score(value.get()));
        format!("{}{}{shown}", self.tell.titled(node.code.as_ref(), &node.name), self.say(" – ", " — "))
    }

    /// The indicators of a scenario, category by category.
    fn traces(&self, scenario: &NodeResult, nodes: &[NodeResult], indicators: &[IndicatorResult]) -> Table {
        let mut table = Table::new(
            self.tell.name(&scenario.name),
            &[
                (self.say("Indicator", "指标"), Set::Text),
                (self.say("Score", "得分"), Set::Number),
                ("", Set::Bar),
                (self.say("Of the total", "占总分"), Set::Number),
                (self.say("Why", "由来"), Set::Wide),
            ],
        );
        let mut within = vec![scenario.id.as_str()];
        for node in nodes {
            let inside = node.parent.as_ref().is_some_and(|parent| within.contains(&parent.as_str()));
            if inside {
                within.push(node.id.as_str());
            }
            if !inside && node.id != scenario.id {
                continue;
            }
            let own: Vec<&IndicatorResult> = indicators.iter().filter(|indicator| indicator.parent == node.id).collect();
            if node.id != scenario.id {
                table.rows.push(Row::Group(self.heading(node)));
            }
            for indicator in own {
                table.row(self.trace(indicator));
            }
        }
        table
    }

    fn trace(&self, result: &IndicatorResult) -> Vec<Cell> {
        let mut bindings: Vec<&str> = Vec::new();
        for trace in &result.stages {
            let word = trace.binding.say(self.tell.lang);
            if !bindings.contains(&word) {
                bindings.push(word);
            }
        }
        let named =
            Cell::Named { code: printed(result.code.as_ref()), name: self.tell.name(&result.name), note: bindings.join(self.say(" / ", " / ")) };
        let mut lines = Vec::new();
        let tracer = Tracer { tell: self.tell, public: self.public };
        if let Some(indicator) = self.indicators.get(result.id.as_str()) {
            for trace in &result.stages {
                lines.extend(tracer.stage(result, trace, indicator));
            }
        }
        if result.stages.is_empty() {
            lines.push(Line::main(self.say("Not asked here.", "此处不作要求。")));
        }
        lines.extend(self.proofs(result).into_iter().map(Line::aside));
        let bar = match (result.score, result.low, result.high) {
            (value, Some(low), Some(high)) => {
                let share = |n: Number| (n.get() / 100.0).clamp(0.0, 1.0);
                Cell::Bar(Bar { value: value.map(share), low: share(low), high: share(high), marks: Vec::new() })
            }
            _ => Cell::None,
        };
        let of_total = result.contribution.map_or(Cell::None, |n| Cell::Number(format!("{:.2}", n.get()), n.get()));
        let own = match result.score {
            Some(own) => Cell::Number(score(own.get()), own.get()),
            None => Cell::Text("–".into()),
        };
        vec![named, own, bar, of_total, Cell::Lines(lines)]
    }

    /// Evidence, method and notes of the submitter. The public sees evidence that is public, and no notes.
    fn proofs(&self, result: &IndicatorResult) -> Vec<String> {
        let mut titles: Vec<String> = Vec::new();
        let mut notes: Vec<String> = Vec::new();
        for observation in self.observations.get(result.id.as_str()).into_iter().flatten() {
            for id in &observation.evidence {
                let Some(evidence) = self.evidence_shown().find(|evidence| evidence.id == *id) else { continue };
                let title = self.tell.name(&evidence.title);
                if !titles.contains(&title) {
                    titles.push(title);
                }
            }
            if self.public {
                continue;
            }
            for (label, text) in [(self.say("method: ", "方法："), &observation.method), (self.say("note: ", "备注："), &observation.note)] {
                if let Some(text) = text {
                    let line = format!("{label}{}", clip(&plain(text.as_str()), NOTE));
                    if !notes.contains(&line) {
                        notes.push(line);
                    }
                }
            }
        }
        if !titles.is_empty() {
            notes.insert(0, format!("{}{}", self.say("evidence: ", "证明材料："), titles.join(self.say("; ", "；"))));
        }
        notes
    }

    fn evidence_shown(&self) -> impl Iterator<Item = &'a Evidence> {
        let public = self.public;
        let all = self.submission.map(|submission| submission.evidence.iter()).into_iter().flatten();
        all.filter(move |evidence| !public || evidence.confidentiality.is_none_or(|level| level == Confidentiality::Public))
    }

    fn left_out(&self) -> Option<Section> {
        let assessment = self.tell.assessment;
        let mut table = Table::new(
            self.say("What has no value, and what became of it", "没有数值的指标及其处理"),
            &[
                (self.say("Indicator", "指标"), Set::Text),
                (self.say("State", "状态"), Set::Text),
                (self.say("Reason and effect", "原因与影响"), Set::Wide),
                (self.say("If it scored 100", "若得满分"), Set::Number),
            ],
        );
        let tracer = Tracer { tell: self.tell, public: self.public };
        for state in [State::Withheld, State::Missing, State::NotAssessed, State::NotApplicable] {
            for indicator in &assessment.indicators {
                // Stages of which the same is said share a row.
                let mut said: Vec<(Vec<&str>, String)> = Vec::new();
                for trace in &indicator.stages {
                    let states = trace.inputs.iter().map(|input| input.state).chain([trace.state]);
                    if states.filter(|state| !state.has_answer()).min() != Some(state) {
                        continue;
                    }
                    let used = match indicator.usage {
                        Use::Excluded | Use::Zeroed | Use::Refused => indicator.usage.say(self.tell.lang),
                        _ if trace.measure.is_some() => self.say("known in a part of the zones", "部分圈层已知"),
                        _ => "",
                    };
                    let reason = tracer.reason(trace);
                    let parts: Vec<&str> = [reason.as_str(), used].into_iter().filter(|part| !part.is_empty()).collect();
                    let text = parts.join(self.say("; ", "；"));
                    match said.iter_mut().find(|(_, other)| *other == text) {
                        Some((stages, _)) => stages.push(trace.stage.as_str()),
                        None => said.push((vec![trace.stage.as_str()], text)),
                    }
                }
                for (stages, text) in said {
                    let all = stages.len() > 1 && stages.len() == indicator.stages.len();
                    let of = if all { String::new() } else { stages.into_iter().map(|stage| self.tell.in_stage(stage)).collect() };
                    let gain = indicator.potential.filter(|_| state != State::NotApplicable);
                    table.row(vec![
                        Cell::Named {
                            code: printed(indicator.code.as_ref()),
                            name: format!("{}{of}", self.tell.name(&indicator.name)),
                            note: String::new(),
                        },
                        Cell::Text(state.say(self.tell.lang).to_owned()),
                        Cell::Text(text),
                        gain.map_or(Cell::None, |n| Cell::Number(format!("+{:.2}", n.get()), n.get())),
                    ]);
                }
            }
        }
        if table.rows.is_empty() {
            return None;
        }
        let total = &assessment.total;
        let (low, high) = (score(total.low.get()), score(total.high.get()));
        let effect = match self.tell.lang {
            Lang::En => format!(
                "If everything that is not known were at its worst, the total would be {low}; at its best, {high}. “If it scored 100” is what the total would gain if this indicator alone scored fully."
            ),
            Lang::Zh => format!("若未知的各项均为最差，总分为 {low}；均为最好，总分为 {high}。“若得满分”指仅该指标得满分时总分的增加。"),
        };
        let title = ("Left out, withheld or not applicable", "未计入、不公开与不适用");
        Some(self.section("left-out", title, vec![Block::Text(effect), Block::Table(table)]))
    }

    fn lenses(&self) -> Option<Section> {
        let mut blocks = Vec::new();
        for lens in &self.tell.assessment.lenses {
            let name = self.tell.name(&lens.name);
            let mut table = Table::new(
                name.clone(),
                &[
                    (name.as_str(), Set::Wide),
                    (self.say("Score", "得分"), Set::Number),
                    ("", Set::Bar),
                    (self.say("Of the total", "占总分"), Set::Number),
                    (self.say("Known", "已知"), Set::Number),
                ],
            );
            for tag in &lens.tags {
                let bar = tag
                    .score
                    .map(|value| value.get() / 100.0)
                    .map_or(Cell::None, |share| Cell::Bar(Bar { value: Some(share.clamp(0.0, 1.0)), low: share, high: share, marks: Vec::new() }));
                table.row(vec![
                    Cell::Text(self.tell.name(&tag.name)),
                    tag.score.map_or_else(|| Cell::Text("–".into()), |n| Cell::Number(score(n.get()), n.get())),
                    bar,
                    tag.contribution.map_or(Cell::None, |n| Cell::Number(format!("{:.2}", n.get()), n.get())),
                    Cell::Text(format!("{} / {}", tag.known, tag.applicable)),
                ]);
            }
            blocks.push(Block::Table(table));
        }
        let title = ("The same indicators in other groups", "同一批指标的其他视角");
        (!blocks.is_empty()).then(|| self.section("lenses", title, blocks))
    }

    /// Every stage and every zone by itself, where there are several.
    fn cards(&self) -> Option<Section> {
        let assessment = self.tell.assessment;
        let several = |cards: &[talent_model::assessment::Card]| if cards.len() > 1 { cards.to_vec() } else { Vec::new() };
        let cards: Vec<_> = [several(&assessment.stages), several(&assessment.zones)].concat();
        if cards.is_empty() {
            return None;
        }
        // A table as wide as the paper: more cards stand in further tables.
        const ACROSS: usize = 6;
        let mut blocks = vec![Block::Text(
            self.say(
                "Each stage and each zone, scored as if the community consisted of it alone.",
                "每个阶段、每个圈层单独评分，如同社区只由它组成。",
            )
            .into(),
        )];
        for cards in cards.chunks(ACROSS) {
            let names: Vec<String> = cards.iter().map(|card| self.tell.name(&card.name)).collect();
            let mut columns = vec![(self.say("Scenario", "场景"), Set::Wide)];
            columns.extend(names.iter().map(|name| (name.as_str(), Set::Number)));
            let mut table = Table::new(self.say("Stages and zones by themselves", "各阶段与圈层单独得分"), &columns);
            let cell = |score_of: Option<Number>| score_of.map_or_else(|| Cell::Text("–".into()), |n| Cell::Number(score(n.get()), n.get()));
            let mut total = vec![Cell::Text(self.say("Total", "总分").into())];
            total.extend(cards.iter().map(|card| cell(card.total.score)));
            table.row(total);
            for node in assessment.nodes.iter().filter(|node| node.parent.is_none()) {
                let mut row = vec![Cell::Named { code: printed(node.code.as_ref()), name: self.tell.name(&node.name), note: String::new() }];
                row.extend(cards.iter().map(|card| cell(card.scenarios.get(node.id.as_str()).and_then(|of| of.score))));
                table.row(row);
            }
            blocks.push(Block::Table(table));
        }
        Some(self.section("stages", ("Stages and zones by themselves", "各阶段与圈层"), blocks))
    }

    fn modules(&self) -> Option<Section> {
        let mut blocks = Vec::new();
        for module in &self.tell.assessment.modules {
            let title = self.tell.titled(module.code.as_ref(), &module.name);
            match (&module.score, module.applies) {
                (Some(of), _) => {
                    let shown = of.score.map_or_else(|| self.say("no score", "无得分").to_owned(), |value| score(value.get()));
                    blocks.push(Block::Title(format!("{title}{}{shown}", self.say(" – ", " — "))));
                    blocks.push(Block::Text(self.tell.certainty(of)));
                    for node in module.nodes.iter().filter(|node| node.parent.is_none()) {
                        blocks.push(Block::Table(self.traces(node, &module.nodes, &module.indicators)));
                    }
                }
                (None, Applicable::Unknown) => {
                    let why = self.say("a fact that decides whether it applies is not given", "缺少判定是否适用的社区情况");
                    blocks.push(Block::Text(format!("{title}{}{why}", self.say(": ", "："))));
                }
                (None, _) => {
                    let reason = module.reason.as_ref().map(|reason| plain(reason.in_language(self.tell.lang))).unwrap_or_default();
                    let not = State::NotApplicable.say(self.tell.lang);
                    let parts: Vec<&str> = [not, reason.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
                    blocks.push(Block::Text(format!("{title}{}{}", self.say(": ", "："), parts.join(self.say("; ", "；")))));
                }
            }
        }
        let title = ("Characteristic modules, no part of the total", "特色模块（不计入总分）");
        (!blocks.is_empty()).then(|| self.section("modules", title, blocks))
    }

    fn findings(&self) -> Option<Section> {
        let mut groups: Vec<(Severity, Code, Vec<&Diagnostic>)> = Vec::new();
        for found in self.findings {
            match groups.iter_mut().find(|(severity, code, _)| (*severity, *code) == (found.severity, found.code)) {
                Some((.., places)) => places.push(found),
                None => groups.push((found.severity, found.code, vec![found])),
            }
        }
        groups.sort_by_key(|(severity, ..)| *severity);
        if groups.is_empty() {
            return None;
        }
        let mut table = Table::new(
            self.say("What was found in the submission", "在申报中发现的问题"),
            &[
                (self.say("Weight", "级别"), Set::Text),
                (self.say("Code", "代码"), Set::Text),
                (self.say("Places", "处数"), Set::Number),
                (self.say("What, and what to do", "内容与改法"), Set::Wide),
            ],
        );
        for (severity, code, places) in groups {
            let tone = match severity {
                Severity::Error => Tone::Poor,
                Severity::Warning => Tone::Open,
                Severity::Note => Tone::Quiet,
            };
            let mut lines = Vec::new();
            if self.public {
                // A message quotes the submission. The public is told what kind of thing it is.
                lines.push(Line::main(code.page().cause.get(self.tell.lang)));
            } else {
                for place in places.iter().take(PLACES) {
                    let at = place.cell.as_ref().map_or_else(|| plain(place.pointer.as_str()), |cell| plain(&cell.to_string()));
                    let at = if at.is_empty() { at } else { self.tell.bracket(&at) };
                    lines.push(Line::main(format!("{}{at}", plain(&message(place, self.tell.lang)))));
                }
                if let Some(more @ 1..) = places.len().checked_sub(PLACES) {
                    lines.push(Line::main(match self.tell.lang {
                        Lang::En => format!("and {more} more"),
                        Lang::Zh => format!("另有 {more} 处"),
                    }));
                }
            }
            let cure = code.page().cure.get(self.tell.lang);
            if !cure.is_empty() {
                lines.push(Line::aside(format!("{}{cure}", self.say("cure: ", "改法："))));
            }
            #[expect(clippy::cast_precision_loss, reason = "findings are counted in thousands")]
            let count = Cell::Number(places.len().to_string(), places.len() as f64);
            table.row(vec![
                Cell::Mark(tone, severity.say(self.tell.lang).to_owned()),
                Cell::Text(format!("{code} {}", code.slug())),
                count,
                Cell::Lines(lines),
            ]);
        }
        Some(self.section("findings", ("Findings", "检查结果"), vec![Block::Table(table)]))
    }

    fn evidence(&self) -> Option<Section> {
        let mut table = Table::new(
            self.say("Evidence", "证明材料"),
            &[
                (self.say("Evidence", "材料"), Set::Wide),
                (self.say("Issued", "日期"), Set::Text),
                (self.say("Who may see it", "公开范围"), Set::Text),
                (self.say("Where, and digest", "位置与摘要"), Set::Wide),
            ],
        );
        let word = |level: Confidentiality| match level {
            Confidentiality::Public => self.say("everybody", "公开"),
            Confidentiality::Restricted => self.say("reviewers and community", "评审者与社区"),
            Confidentiality::Confidential => self.say("reviewers only", "仅评审者"),
        };
        for evidence in self.evidence_shown() {
            let issuer = evidence.issuer.as_ref().map(|issuer| self.tell.name(issuer));
            let pages = evidence.pages.as_ref().map(|pages| format!("{} {}", self.say("pages", "页码"), plain(pages.as_str())));
            let valid = evidence.valid_until.as_ref().map(|day| format!("{} {day}", self.say("valid until", "有效期至")));
            let mut about = vec![Line::main(self.tell.name(&evidence.title))];
            let more: Vec<String> = issuer.into_iter().chain(pages).chain(valid).collect();
            if !more.is_empty() {
                about.push(Line::aside(more.join(self.say("; ", "；"))));
            }
            let place = evidence.uri.as_ref().map(|uri| clip(&plain(uri.as_str()), NOTE));
            let hash = evidence.sha256.as_ref().map(|hash| format!("SHA-256 {hash}"));
            table.row(vec![
                Cell::Lines(about),
                Cell::Text(evidence.issued.as_ref().map(ToString::to_string).unwrap_or_default()),
                Cell::Text(word(evidence.confidentiality.unwrap_or(Confidentiality::Public)).to_owned()),
                Cell::Lines(place.into_iter().chain(hash).map(Line::aside).collect()),
            ]);
        }
        (!table.rows.is_empty()).then(|| self.section("evidence", ("Evidence", "证明材料"), vec![Block::Table(table)]))
    }

    fn method(&self) -> Option<Section> {
        let (plan, standard, lang) = (&self.tell.assessment.plan, self.tell.standard, self.tell.lang);
        let mut facts = vec![
            (self.say("The scenarios are joined by", "各场景的合成"), aggregation(&plan.aggregation, lang)),
            (self.say("A missing value", "缺失值"), plan.missing.say(lang).to_owned()),
            (self.say("A withheld value", "不公开的值"), plan.withheld.say(lang).to_owned()),
            (self.say("Not assessed", "未评估"), plan.not_assessed.say(lang).to_owned()),
            (self.say("Not applicable", "不适用"), plan.not_applicable.say(lang).to_owned()),
        ];
        if let Some(needed) = &standard.method.eligibility {
            let of = |share: Option<talent_model::quantity::Share>, en, zh| {
                share.map(|share| format!("{} {}", self.say(en, zh), exact_percent(share.get())))
            };
            let parts: Vec<String> =
                of(needed.coverage, "in all", "总体").into_iter().chain(of(needed.scenario_coverage, "in every scenario", "每个场景")).collect();
            facts.push((self.say("Least coverage for a grade", "评级所需的最低覆盖率"), parts.join(self.say(", ", "，"))));
        }
        if let Some(weights) = self.tell.weights() {
            facts.push((self.say("Weights", "权重"), weights));
        }
        let mut blocks = vec![Block::Facts(facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect())];
        if !standard.grades.is_empty() {
            blocks.push(Block::Table(self.ladder()));
        }
        let sources = self.sources();
        if !sources.is_empty() {
            blocks.push(Block::Title(self.say("Documents on which the thresholds rest", "阈值所依据的文件").into()));
            blocks.push(Block::List(sources));
        }
        Some(self.section("method", ("Method", "方法"), blocks))
    }

    fn ladder(&self) -> Table {
        let standard = self.tell.standard;
        let mut table = Table::new(
            self.say("The grades", "等级"),
            &[
                (self.say("Grade", "等级"), Set::Wide),
                (self.say("Least total", "最低总分"), Set::Number),
                (self.say("Least score of each scenario", "各场景最低分"), Set::Number),
                (self.say("Gates", "控制项"), Set::Text),
            ],
        );
        for grade in &standard.grades {
            let floor = match (grade.floor, grade.floors.is_empty()) {
                (Some(floor), true) => Cell::Number(exact(floor.get()), floor.get()),
                (Some(floor), false) => Cell::Text(format!("{}{}", exact(floor.get()), self.say(", some of their own", "，部分另定"))),
                (None, false) => Cell::Text(self.say("some", "部分场景").into()),
                (None, true) => Cell::Text("–".into()),
            };
            let gates = if grade.gates == Some(GradeGates::None) { self.say("none", "不要求") } else { self.say("all", "全部达到") };
            table.row(vec![
                Cell::Text(self.tell.name(&grade.name)),
                Cell::Number(exact(grade.total.get()), grade.total.get()),
                floor,
                Cell::Text(gates.to_owned()),
            ]);
        }
        table
    }

    /// The documents that the criteria of this result name, in the order of the standard.
    fn sources(&self) -> Vec<String> {
        let mut used: Vec<&str> = Vec::new();
        for result in &self.tell.assessment.indicators {
            let Some(indicator) = self.indicators.get(result.id.as_str()) else { continue };
            for criterion in result.stages.iter().filter_map(|trace| indicator.criterion(trace.stage.as_str())) {
                used.extend(bases(criterion).filter_map(|basis| basis.source.as_ref()).map(|source| source.as_str()));
            }
        }
        used.sort_unstable();
        used.dedup();
        used.into_iter().map(|id| source(self.tell.standard, id, self.tell.lang)).collect()
    }

    fn by_hand(&self) -> Option<Section> {
        let (result, steps) = chain::chain(&self.tell, |id| self.indicators.get(id).copied())?;
        let name = self.tell.titled(result.code.as_ref(), &result.name);
        let lead = match self.tell.lang {
            Lang::En => format!(
                "The way of one indicator, {name}, from its answers to the total. Each line can be computed with the numbers printed in it; they are rounded to six digits, so the last digit may differ."
            ),
            Lang::Zh => format!("以指标“{name}”为例，从填报值一直算到总分。每一行都可用其中所列数字复算；数字取六位有效数字，末位可能有出入。"),
        };
        let mut table = Table::new(
            self.say("Computed by hand", "手工复算"),
            &[(self.say("Step", "步骤"), Set::Text), (self.say("Computation", "算式"), Set::Wide)],
        );
        for (at, step) in steps.into_iter().enumerate() {
            table.row(vec![Cell::Text(format!("{}. {}", at + 1, step.what)), Cell::Text(step.formula)]);
        }
        Some(self.section("by-hand", ("Recompute by hand", "手工复算"), vec![Block::Text(lead), Block::Table(table)]))
    }

    fn provenance(&self) -> Option<Section> {
        let provenance = &self.tell.assessment.provenance;
        let stamp = |id: &str, digest: &talent_model::id::Digest| format!("{id}, {digest}");
        let standard = format!("{} {}", provenance.standard.id, provenance.standard.version);
        let facts = vec![
            (self.say("Standard", "标准"), stamp(&standard, &provenance.standard.digest)),
            (self.say("Submission", "申报"), stamp(provenance.submission.id.as_str(), &provenance.submission.digest)),
            (self.say("Community", "社区"), stamp(provenance.community.id.as_str(), &provenance.community.digest)),
            (self.say("Engine", "引擎"), format!("{} {}", plain(provenance.engine.name.as_str()), provenance.engine.version)),
        ];
        let how = self.say(
            "A digest is the SHA-256 of a document's canonical form (RFC 8785). Whoever has the same documents gets the same result to the byte:",
            "摘要为文档规范形式（RFC 8785）的 SHA-256。持有相同文档者可得到逐字节相同的结果：",
        );
        let mut blocks = vec![
            Block::Facts(facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect()),
            Block::Text(how.to_owned()),
            Block::Code(vec![format!("talent assess {}.json --standard {}.json --format json", provenance.submission.id, provenance.standard.id)]),
        ];
        if self.public {
            let left = self.say(
                "This is the public rendition: evidence that is not public, notes, and what was said of withheld values are left out.",
                "本文件为公开版：未包含不公开的证明材料、备注以及对不公开数值的说明。",
            );
            blocks.push(Block::Text(left.to_owned()));
        }
        if let Some(about) = self.tell.standard.license.as_ref() {
            let line = format!("{}{}", self.say("Licence of the standard's text: ", "标准文本许可："), plain(about.as_str()));
            blocks.push(Block::Text(line));
        }
        Some(self.section("provenance", ("Computed from", "计算依据"), blocks))
    }
}

fn bases(criterion: &Criterion) -> Box<dyn Iterator<Item = &Basis> + '_> {
    let gate = criterion.gate.iter().flat_map(|gate| gate.basis.iter());
    let near: Vec<&Basis> = match &criterion.rule {
        Rule::Piecewise(rule) => rule.points.iter().flat_map(|p| p.basis.iter()).collect(),
        Rule::Checklist(rule) => rule.points.iter().flat_map(|p| p.basis.iter()).collect(),
        Rule::Steps(rule) => rule.steps.iter().flat_map(|s| s.basis.iter()).collect(),
        Rule::Levels(rule) => rule.scores.iter().flat_map(|s| s.basis.iter()).collect(),
        Rule::YesNo(_) => Vec::new(),
    };
    Box::new(criterion.basis.iter().chain(gate).chain(near))
}

/// The head of an edition: under what standard, for when, with which zones.
pub(super) fn head(tell: &Teller<'_>, submission: Option<&Submission>) -> Vec<(String, String)> {
    let provenance = &tell.assessment.provenance;
    let standard = &provenance.standard;
    let mut facts = vec![
        (tell.say("Standard", "标准"), format!("{}{}", tell.name(&standard.title), tell.bracket(&format!("{} {}", standard.id, standard.version)))),
        (tell.say("Period", "时段"), format!("{} {} {}", provenance.period.from, tell.say("to", "至"), provenance.period.to)),
    ];
    if let Some(submitter) = submission.and_then(|submission| submission.submitter.as_ref()) {
        let day = submission.and_then(|submission| submission.submitted_on.as_ref()).map(|day| tell.bracket(&day.to_string())).unwrap_or_default();
        facts.push((tell.say("Submitted by", "申报单位"), format!("{}{day}", tell.name(submitter))));
    }
    if let Some(weights) = tell.weights() {
        facts.push((tell.say("Weights", "权重"), weights));
    }
    // More zones than this have a table of their own.
    const FEW: usize = 8;
    let zones = tell.zones();
    if zones.len() > FEW {
        facts.push((tell.say("Zones", "圈层"), zones.len().to_string()));
    } else if !zones.is_empty() {
        facts.push((tell.say("Zones", "圈层"), zones.join(tell.say("; ", "；"))));
    }
    facts.into_iter().map(|(label, text)| (label.to_owned(), text)).collect()
}

/// What every reader must be told.
pub(super) fn notices(tell: &Teller<'_>) -> Vec<String> {
    let mut notices: Vec<String> = tell.assessment.notices.iter().map(|notice| plain_lines(notice.in_language(tell.lang))).collect();
    let speaks = tell.standard.languages.iter().any(|tag| tag.as_str().split('-').next() == Some(tell.lang.tag()));
    if !speaks {
        let known: Vec<&str> = tell.standard.languages.iter().map(|tag| tag.as_str()).collect();
        notices.push(match tell.lang {
            Lang::En => format!("The standard is not written in English. Its texts stand here in the language that it has ({}).", known.join(", ")),
            Lang::Zh => format!("该标准没有中文文本，其文字以其已有的语言（{}）列出。", known.join("、")),
        });
    }
    if !tell.assessment.verdicts.scorable {
        let coverage = percent(tell.assessment.total.coverage.get());
        notices.push(match tell.lang {
            Lang::En => format!("Too little is known for a grade: {coverage} is covered. What is missing is listed below; the numbers say what is known, not what the community is."),
            Lang::Zh => format!("已知数据太少，不能评级：覆盖率为 {coverage}。缺少的内容见后文；此处数字只反映已知的部分，不代表社区的水平。"),
        });
    }
    notices
}
