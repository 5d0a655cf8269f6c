//! An index on one screen: the order, what each group weighs, and what was done on the way.

use talent_model::Lang;
use talent_model::index::MethodStep;
use talent_score::index::{NodeOutcome, Outcome};

use super::table::{Align, Table};
use super::text::{Page, Style, decimals, exact, fit, percent, plain, score_with};
use super::words::InLanguage;

/// How many columns a name may take.
const NAME: usize = 40;
/// How many units, and how many groups beside the top, are shown.
const UNITS: usize = 20;
const GROUPS: usize = 8;
/// How many members of a group are listed.
const MEMBERS: usize = 12;

pub(crate) fn print(outcome: &Outcome, all: bool, lang: Lang, style: Style, page: &mut Page) {
    let mut printer = Printer { outcome, all, lang, style, page };
    printer.head();
    printer.units();
    printer.weights();
    printer.done();
}

struct Printer<'a> {
    outcome: &'a Outcome,
    all: bool,
    lang: Lang,
    style: Style,
    page: &'a mut Page,
}

impl Printer<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    fn title(&mut self, en: &'static str, zh: &'static str) {
        let title = self.say(en, zh);
        self.page.title(self.style, title);
    }

    fn head(&mut self) {
        let (units, indicators) = (self.outcome.units.len(), self.outcome.indicators.len());
        let title = match self.lang {
            Lang::En => format!("Index of {units} units and {indicators} indicators"),
            Lang::Zh => format!("{units} 个单元、{indicators} 项指标的指数"),
        };
        let title = self.style.bold(title);
        self.page.line(title);
        let steps: Vec<&str> = self.outcome.method.steps.iter().map(MethodStep::kind).collect();
        let steps = self.style.dim(steps.join(" → "));
        self.page.line(steps);
    }

    /// The units from the top down; in a panel by period, and within each from the top down.
    fn units(&mut self) {
        let top = self.outcome.top();
        let number = |values: &[f64], at: usize| values.get(at).copied().unwrap_or(f64::NAN);
        let time = |at: usize| self.outcome.times.get(at).map(|time| time.as_str()).unwrap_or_default();
        let mut order: Vec<usize> = (0..self.outcome.units.len()).collect();
        // Where nothing was ranked, scores say who stands first.
        order.sort_by(|a, b| {
            let first = time(*a).cmp(time(*b));
            let ranks = number(&top.ranks, *a).total_cmp(&number(&top.ranks, *b));
            first.then(ranks).then_with(|| {
                let (a, b) = (number(&top.scores, *a), number(&top.scores, *b));
                a.is_nan().cmp(&b.is_nan()).then_with(|| b.total_cmp(&a))
            })
        });
        if top.scores.is_empty() {
            self.title("No step joins the indicators, so there are no scores", "没有合成步骤，因此没有得分");
            return;
        }
        self.title("Scores and ranks", "得分与名次");
        let panel = !self.outcome.times.is_empty();
        let groups: Vec<&NodeOutcome> = self.outcome.nodes.iter().skip(1).filter(|node| node.parent == Some(0)).collect();
        let shown = if self.all { groups.len() } else { groups.len().min(GROUPS) };
        let mut heads: Vec<String> = Vec::new();
        let mut aligns = Vec::new();
        let mut head = |text: &str, align: Align| {
            heads.push(text.to_owned());
            aligns.push(align);
        };
        if panel {
            head(self.say("Period", "时期"), Align::Left);
        }
        head(self.say("Rank", "名次"), Align::Right);
        head(self.say("Unit", "单元"), Align::Left);
        head(self.say("Score", "得分"), Align::Right);
        head(self.say("Known", "已知"), Align::Right);
        for group in groups.iter().take(shown) {
            head(&fit(&plain(&group.code), 12), Align::Right);
        }
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let mut table = Table::new(&aligns).head(&heads);
        let known = |x: f64, shown: fn(f64) -> String| if x.is_nan() { "–".to_owned() } else { shown(x) };
        let score = |(node, decimals): &(&NodeOutcome, usize), at: usize| {
            let x = number(&node.scores, at);
            if x.is_nan() { "–".to_owned() } else { score_with(x, *decimals) }
        };
        let columns: Vec<(&NodeOutcome, usize)> =
            std::iter::once(top).chain(groups.iter().take(shown).copied()).map(|node| (node, decimals(&node.scores))).collect();
        let most = if self.all { order.len() } else { UNITS };
        for at in order.iter().take(most).copied() {
            let mut row = if panel { vec![plain(time(at))] } else { Vec::new() };
            row.push(known(number(&top.ranks, at), exact));
            row.push(fit(&plain(self.outcome.units.get(at).map_or("", |unit| unit.as_str())), NAME));
            row.extend(columns.first().map(|column| score(column, at)));
            row.push(known(number(&top.coverage, at), percent));
            row.extend(columns.iter().skip(1).map(|column| score(column, at)));
            table.row(row);
        }
        table.print("  ", self.style, self.page);
        let (more_units, more_groups) = (order.len().saturating_sub(most), groups.len().saturating_sub(shown));
        for (more, en, zh) in [(more_units, "units", "个单元"), (more_groups, "groups", "个分组")] {
            if more > 0 {
                let line = match self.lang {
                    Lang::En => format!("  and {more} more {en} (--all shows all)"),
                    Lang::Zh => format!("  另有 {more} {zh}（--all 显示全部）"),
                };
                let line = self.style.dim(line);
                self.page.line(line);
            }
        }
    }

    fn weights(&mut self) {
        let nodes = &self.outcome.nodes;
        if nodes.iter().all(|node| node.weights.is_empty()) {
            return;
        }
        self.title("Weights, of the group and of the whole", "权重（组内、整体）");
        for node in nodes {
            let shown = if self.all { node.weights.len() } else { node.weights.len().min(MEMBERS) };
            let mut members: Vec<String> =
                node.weights.iter().take(shown).map(|(code, own, whole)| format!("{} {}/{}", plain(code), percent(*own), percent(*whole))).collect();
            if let Some(more @ 1..) = node.weights.len().checked_sub(shown) {
                members.push(match self.lang {
                    Lang::En => format!("and {more} more"),
                    Lang::Zh => format!("另有 {more} 项"),
                });
            }
            let measures: String = node.measures.iter().map(|(name, value)| format!("  [{} {value:.3}]", plain(name))).collect();
            let line = format!("  {}: {}{measures}", self.style.bold(plain(&node.code)), members.join(self.say(", ", "，")));
            self.page.line(line);
        }
    }

    fn done(&mut self) {
        let (changes, out) = (self.outcome.changes.len(), &self.outcome.left_out);
        if changes == 0 && out.is_empty() {
            return;
        }
        self.title("What was done to the values", "对取值的处理");
        if changes > 0 {
            self.page.line(match self.lang {
                Lang::En => format!("  {changes} values were filled in or tamed; --format json lists each"),
                Lang::Zh => format!("  填补或处理了 {changes} 个值，--format json 逐一列出"),
            });
        }
        let names: Vec<String> = out.iter().filter_map(|one| one.unit.as_ref().or(one.indicator.as_ref())).map(|name| plain(name.as_str())).collect();
        if !names.is_empty() {
            self.page.line(format!("  {}{}", self.say("left out: ", "未纳入："), names.join(self.say(", ", "，"))));
        }
    }
}

/// One row for every unit, for programs: the rank, and scores and coverage at every group.
pub(crate) fn csv(outcome: &Outcome) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let panel = !outcome.times.is_empty();
    let names = outcome.nodes.iter().map(|node| node.code.clone());
    let head = ["unit"].into_iter().chain(panel.then_some("time")).chain(["rank", "coverage"]).map(str::to_owned).chain(names);
    let number = |values: &[f64], at: usize| values.get(at).filter(|x| !x.is_nan()).map_or_else(String::new, |x| exact(*x));
    // Writing to memory cannot fail.
    let _ = writer.write_record(head);
    for (at, unit) in outcome.units.iter().enumerate() {
        let mut row = vec![unit.to_string()];
        row.extend(outcome.times.get(at).map(ToString::to_string));
        row.push(number(&outcome.top().ranks, at));
        row.push(number(&outcome.top().coverage, at));
        row.extend(outcome.nodes.iter().map(|node| number(&node.scores, at)));
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
