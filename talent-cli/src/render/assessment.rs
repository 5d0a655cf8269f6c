//! An assessment on one screen: the grade, where it comes from, what stands before the next one.

use std::cmp::Ordering;

use talent_model::assessment::{Assessment, GateState, IndicatorResult, ModuleResult, NodeResult, Obstacle, ObstacleKind, Score, StageTrace, Use};
use talent_model::id::Line;
use talent_model::quantity::Number;
use talent_model::submission::State;
use talent_model::text::Text;
use talent_model::{Lang, Standard};
use talent_score::report::Teller;

use super::findings::Findings;
use super::table::{Align, Table};
use super::text::{Page, Style, bar, exact, fit, percent, plain, score, width};
use super::words::InLanguage;

/// How many items of a list are shown.
const FIRST: usize = 6;
/// How many strongest and weakest indicators are shown.
const STRONGEST: usize = 5;
/// How many columns a name may take.
const NAME: usize = 44;

pub(crate) fn print(assessment: &Assessment, standard: &Standard, findings: &Findings<'_>, all: bool, lang: Lang, style: Style) -> String {
    let tell = Teller { assessment, standard, lang };
    let mut printer = Printer { assessment, standard, tell, all, lang, style, page: Page::default() };
    printer.head();
    printer.result();
    printer.scenarios();
    printer.modules();
    printer.gates();
    printer.obstacles();
    printer.strongest();
    printer.weakest();
    printer.left_out();
    printer.findings(findings);
    printer.digests();
    printer.page.done()
}

struct Printer<'a> {
    assessment: &'a Assessment,
    standard: &'a Standard,
    tell: Teller<'a>,
    all: bool,
    lang: Lang,
    style: Style,
    page: Page,
}

impl Printer<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    fn title(&mut self, en: &'static str, zh: &'static str) {
        let title = self.say(en, zh);
        self.page.title(self.style, title);
    }

    fn name(&self, text: &Text) -> String {
        self.tell.name(text)
    }

    /// The stage in brackets, where the community has several.
    fn in_stage(&self, id: &str) -> String {
        self.tell.in_stage(id)
    }

    fn labelled(&mut self, indent: &str, rows: &[(&'static str, &'static str, String)]) {
        let label = |row: &(&'static str, &'static str, String)| (row.0, row.1).say(self.lang);
        let columns = rows.iter().map(|row| width(label(row))).max().unwrap_or_default();
        let lines: Vec<String> = rows
            .iter()
            .map(|row| format!("{indent}{}{}  {}", self.style.dim(label(row)), " ".repeat(columns.saturating_sub(width(label(row)))), row.2))
            .collect();
        lines.iter().for_each(|line| self.page.line(line));
    }

    fn head(&mut self) {
        let provenance = &self.assessment.provenance;
        let title = self.style.bold(self.name(&provenance.community.name));
        self.page.line(title);
        let standard = &provenance.standard;
        let mut rows = vec![
            ("Standard", "标准", format!("{} ({} {})", self.name(&standard.title), standard.id, standard.version)),
            ("Period", "时段", format!("{} {} {}", provenance.period.from, self.say("to", "至"), provenance.period.to)),
        ];
        if let Some(weights) = self.tell.weights() {
            rows.push(("Weights", "权重", weights));
        }
        let zones = self.tell.zones();
        if !zones.is_empty() {
            rows.push(("Zones", "圈层", zones.join(self.say("; ", "；"))));
        }
        self.labelled("", &rows);
        for notice in &self.assessment.notices {
            let line = format!("{}{}", self.say("Notice: ", "注意："), plain(notice.in_language(self.lang)));
            let line = self.style.yellow(line);
            self.page.line(line);
        }
    }

    fn result(&mut self) {
        let (grade, total) = (&self.assessment.grade, &self.assessment.total);
        let awarded = match (&grade.awarded, &grade.name) {
            (Some(_), Some(name)) => self.style.green(self.style.bold(self.name(name))),
            (Some(id), None) => self.style.green(self.style.bold(id)),
            (None, _) => self.style.yellow(self.say("no grade", "无等级")),
        };
        let shown = total
            .score
            .map_or_else(|| self.say("no score", "无得分").to_owned(), |value| format!("{} / {}", score(value.get()), exact(total.full.get())));
        let shown = format!("{}  {}", self.style.bold(shown), self.tell.certainty(total));
        self.page.gap();
        let graded = !self.standard.grades.is_empty();
        let mut rows = vec![("Total", "总分", shown)];
        if graded {
            rows.insert(0, ("Grade", "等级", awarded));
        }
        if !self.assessment.verdicts.scorable {
            rows.push(("Note", "提示", self.style.yellow(self.say("too little is known for a grade", "已知数据太少，不能评级"))));
        }
        self.labelled("", &rows);
    }

    fn scenarios(&mut self) {
        let scenarios: Vec<&NodeResult> = self.assessment.nodes.iter().filter(|node| node.parent.is_none()).collect();
        let words =
            [("Code", "编号"), ("Name", "名称"), ("Score", "得分"), ("Lowest", "最低"), ("Highest", "最高"), ("Coverage", "覆盖率"), ("", "")];
        let head = words.map(|word| word.say(self.lang));
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left]).head(&head);
        for node in scenarios {
            table.row(self.row(node.code.as_ref(), node.id.as_str(), &node.name, &node.score));
        }
        self.title("Scenarios", "场景");
        table.print("  ", self.style, &mut self.page);
    }

    /// A score with its bounds, coverage and bar.
    fn row(&self, code: Option<&Line>, id: &str, name: &Text, of: &Score) -> Vec<String> {
        let value = of.score.map(Number::get);
        let share = value.map(|value| if of.full.get() > 0.0 { value / of.full.get() } else { 0.0 });
        vec![
            self.code(code.map(Line::as_str), id),
            fit(&self.name(name), NAME),
            value.map_or_else(|| "–".into(), score),
            score(of.low.get()),
            score(of.high.get()),
            percent(of.coverage.get()),
            share.map(|share| bar(share, 20)).unwrap_or_default(),
        ]
    }

    /// The modules for communities of this kind. Those for others are not worth a line.
    fn modules(&mut self) {
        let ours: Vec<(&ModuleResult, &Score)> = self.assessment.modules.iter().filter_map(|module| Some((module, module.score.as_ref()?))).collect();
        if ours.is_empty() {
            return;
        }
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Left]);
        for (module, score) in ours {
            table.row(self.row(module.code.as_ref(), module.id.as_str(), &module.name, score));
        }
        self.title("Characteristic module, no part of the total", "特色模块（不计入总分）");
        table.print("  ", self.style, &mut self.page);
    }

    fn code(&self, code: Option<&str>, id: &str) -> String {
        code.map_or_else(|| id.to_owned(), plain)
    }

    /// Prints the first rows, and how many more there are.
    fn first(&mut self, table: &Table, more: usize, indent: &str) {
        table.print("  ", self.style, &mut self.page);
        if more > 0 {
            let line = match self.lang {
                Lang::En => format!("{indent}and {more} more (--all)"),
                Lang::Zh => format!("{indent}另有 {more} 项（--all 显示全部）"),
            };
            self.page.line(line);
        }
    }

    fn shown(&self, most: usize) -> usize {
        if self.all { usize::MAX } else { most }
    }

    fn gates(&mut self) {
        let mut rows: Vec<(GateState, &IndicatorResult, &StageTrace)> = Vec::new();
        for indicator in &self.assessment.indicators {
            for trace in &indicator.stages {
                if let Some(state @ (GateState::Failed | GateState::Unknown)) = trace.gate_state {
                    rows.push((state, indicator, trace));
                }
            }
        }
        if rows.is_empty() {
            return;
        }
        rows.sort_by_key(|(state, ..)| *state);
        let mut table = Table::new(&[Align::Left; 4]);
        for (state, indicator, trace) in rows.iter().take(self.shown(FIRST)) {
            table.row(vec![
                state.say(self.lang).to_owned(),
                self.code(indicator.code.as_ref().map(|c| c.as_str()), indicator.id.as_str()),
                format!("{}{}", fit(&self.name(&indicator.name), NAME), self.in_stage(trace.stage.as_str())),
                self.tell.gate(trace),
            ]);
        }
        let more = rows.len().saturating_sub(self.shown(FIRST));
        self.title("Gates not passed", "未通过的控制项");
        self.first(&table, more, "  ");
    }

    fn obstacles(&mut self) {
        let grade = &self.assessment.grade;
        let Some(next) = &grade.next else { return };
        let name = grade.next_name.as_ref().map_or_else(|| next.to_string(), |name| self.name(name));
        let title = self.style.bold(match self.lang {
            Lang::En => format!("What stands before the grade “{name}”"),
            Lang::Zh => format!("距离“{name}”还差什么"),
        });
        self.page.gap();
        self.page.line(title);
        if grade.obstacles.is_empty() {
            let nothing = self.say("  nothing", "  无");
            self.page.line(nothing);
        }
        let is_gate = |obstacle: &&Obstacle| matches!(obstacle.kind, ObstacleKind::GateFailed | ObstacleKind::GateUnknown);
        let gates = grade.obstacles.iter().filter(is_gate).count();
        let others: Vec<&Obstacle> = grade.obstacles.iter().filter(|obstacle| !is_gate(obstacle)).collect();
        let mut table = Table::new(&[Align::Left; 2]);
        if gates > 0 {
            let told = match self.lang {
                Lang::En => format!("{gates} not passed, see above"),
                Lang::Zh => format!("{gates} 处未通过，见上"),
            };
            table.row(vec![self.say("gates", "控制项").to_owned(), told]);
        }
        for obstacle in others.iter().take(self.shown(FIRST)) {
            let (what, detail) = self.tell.obstacle(obstacle);
            let node = self.node_label(obstacle).map(|label| label + self.say(": ", "：")).unwrap_or_default();
            table.row(vec![what.to_owned(), format!("{node}{detail}")]);
        }
        let more = others.len().saturating_sub(self.shown(FIRST));
        self.first(&table, more, "  ");
    }

    fn node_label(&self, obstacle: &Obstacle) -> Option<String> {
        let (code, name) = self.tell.obstacle_node(obstacle)?;
        let stage = obstacle.stage.as_ref().map(|stage| self.in_stage(stage.as_str())).unwrap_or_default();
        Some(format!("{code} {}{stage}", fit(&name, NAME)))
    }

    fn ranking(&mut self, of: impl Fn(&IndicatorResult) -> Option<f64>) {
        let mut ranked: Vec<(f64, &IndicatorResult)> = self
            .assessment
            .indicators
            .iter()
            .filter_map(|indicator| of(indicator).filter(|value| *value > 0.0).map(|value| (value, indicator)))
            .collect();
        // Equal ones stay in document order.
        ranked.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(Ordering::Equal));
        let mut table = Table::new(&[Align::Right, Align::Left, Align::Left, Align::Right]);
        for (value, indicator) in ranked.iter().take(STRONGEST) {
            let own = match indicator.score {
                Some(own) => format!("{} {}", self.say("score", "得分"), score(own.get())),
                None => self.say("no score", "无得分").to_owned(),
            };
            table.row(vec![
                format!("+{value:.2}"),
                self.code(indicator.code.as_ref().map(|c| c.as_str()), indicator.id.as_str()),
                fit(&self.name(&indicator.name), NAME),
                own,
            ]);
        }
        if ranked.is_empty() {
            let none = self.say("  none", "  无");
            self.page.line(none);
        }
        table.print("  ", self.style, &mut self.page);
    }

    fn strongest(&mut self) {
        self.title("Strongest: how much of the total comes from it", "贡献最大：总分中来自该指标的部分");
        self.ranking(|indicator| indicator.contribution.map(Number::get));
    }

    fn weakest(&mut self) {
        self.title("Weakest: what the total would gain if it scored 100", "提升空间最大：该指标得满分时总分的增加");
        self.ranking(|indicator| indicator.potential.map(Number::get));
    }

    fn left_out(&mut self) {
        let mut rows: Vec<(State, &IndicatorResult, &StageTrace)> = Vec::new();
        for indicator in &self.assessment.indicators {
            // A stage may be known in one zone and withheld in another.
            for trace in &indicator.stages {
                let states = trace.inputs.iter().map(|input| input.state).chain([trace.state]);
                if let Some(state) = states.filter(|state| !state.has_answer()).min() {
                    rows.push((state, indicator, trace));
                }
            }
        }
        let unused = self.assessment.indicators.iter().filter(|i| matches!(i.usage, Use::Excluded | Use::Zeroed | Use::Refused)).count();
        if rows.is_empty() && unused == 0 {
            return;
        }
        self.title("Left out, withheld or not applicable", "未计入、不公开与不适用");
        rows.sort_by_key(|(state, ..)| *state);
        // A few of every state: a long list of one must not hide the others.
        for state in [State::NotApplicable, State::Withheld, State::Missing, State::NotAssessed] {
            let some: Vec<_> = rows.iter().filter(|(other, ..)| *other == state).collect();
            if some.is_empty() {
                continue;
            }
            let heading = match self.lang {
                Lang::En => format!("  {} ({})", state.say(self.lang), some.len()),
                Lang::Zh => format!("  {}（{} 项）", state.say(self.lang), some.len()),
            };
            self.page.line(heading);
            let mut table = Table::new(&[Align::Left; 3]);
            for (_, indicator, trace) in some.iter().take(self.shown(FIRST / 2)) {
                let used = match indicator.usage {
                    Use::Excluded | Use::Zeroed | Use::Refused => indicator.usage.say(self.lang),
                    _ => "",
                };
                let reason = self.tell.reason(trace);
                let parts: Vec<&str> = [reason.as_str(), used].into_iter().filter(|part| !part.is_empty()).collect();
                table.row(vec![
                    format!("  {}", self.code(indicator.code.as_ref().map(|c| c.as_str()), indicator.id.as_str())),
                    format!("{}{}", fit(&self.name(&indicator.name), NAME), self.in_stage(trace.stage.as_str())),
                    parts.join(self.say("; ", "；")),
                ]);
            }
            let more = some.len().saturating_sub(self.shown(FIRST / 2));
            self.first(&table, more, "    ");
        }
    }

    fn findings(&mut self, findings: &Findings<'_>) {
        self.title("Findings", "检查结果");
        let counts = format!("  {}{}", findings.counts(self.lang), self.say("; see talent check", "；详见 talent check"));
        self.page.line(counts);
        findings.summary(self.lang, self.style, &mut self.page);
    }

    fn digests(&mut self) {
        let provenance = &self.assessment.provenance;
        let rows = [
            ("standard", "标准", provenance.standard.digest.to_string()),
            ("submission", "申报", provenance.submission.digest.to_string()),
            ("community", "社区", provenance.community.digest.to_string()),
            ("engine", "引擎", format!("{} {}", plain(provenance.engine.name.as_str()), provenance.engine.version)),
        ];
        self.title("Computed from", "计算依据");
        self.labelled("  ", &rows);
    }
}
