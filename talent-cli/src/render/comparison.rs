//! A comparison on one screen: who stands where and how surely, what parts them, and what the order hangs on.

pub(crate) mod columns;
pub(crate) mod difference;
mod order;
mod peers;

use std::borrow::Cow;

use talent_model::assessment::Score;
use talent_model::comparison::{ComparedCommunity, ComparedPlan, Comparison, Fence, Unranked};
use talent_model::diagnostic::{Code, message};
use talent_model::quantity::Number;
use talent_model::text::Text;
use talent_model::{Lang, Standard};

use super::findings::Findings;
use super::table::{Align, Table};
use super::text::{Page, Style, exact, exact_percent, fit, percent, plain, score, width};
use super::words::{InLanguage, aggregation};

/// How many columns a name may take.
const NAME: usize = 40;
/// How many communities still make a matrix that can be read.
const MATRIX: usize = 16;

pub(crate) fn print(comparison: &Comparison, standards: &[Cow<'_, Standard>], all: bool, lang: Lang, style: Style) -> String {
    let mut printer = Printer { comparison, standards, listed: listed(comparison), all, lang, style, page: Page::default() };
    printer.head();
    printer.ranks();
    printer.matrix();
    printer.scenarios();
    printer.parts();
    printer.order();
    printer.without();
    printer.peers();
    printer.relative();
    printer.findings();
    printer.digests();
    printer.page.done()
}

/// The communities as they are listed: the ranked ones from the top down, then the others by their totals.
fn listed(comparison: &Comparison) -> Vec<&ComparedCommunity> {
    let mut listed: Vec<&ComparedCommunity> = comparison.communities.iter().collect();
    let total = |one: &ComparedCommunity| one.total.score.map_or(f64::NEG_INFINITY, Number::get);
    // Communities are stored by their identifiers, which equal ones keep.
    listed.sort_by(|a, b| (a.rank.is_none()).cmp(&b.rank.is_none()).then_with(|| total(b).total_cmp(&total(a))));
    listed
}

struct Printer<'a> {
    comparison: &'a Comparison,
    standards: &'a [Cow<'a, Standard>],
    listed: Vec<&'a ComparedCommunity>,
    all: bool,
    lang: Lang,
    style: Style,
    page: Page,
}

impl<'a> Printer<'a> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    fn title(&mut self, en: &'static str, zh: &'static str) {
        let title = self.say(en, zh);
        self.page.title(self.style, title);
    }

    fn name(&self, text: &Text) -> String {
        plain(text.in_language(self.lang))
    }

    /// The name of a community, by its identifier.
    fn community(&self, id: &str) -> String {
        let found = self.comparison.communities.iter().find(|one| one.community.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |one| fit(&self.name(&one.community.name), NAME))
    }

    /// The ranked communities from the top down.
    fn ranked(&self) -> Vec<&'a ComparedCommunity> {
        self.listed.iter().copied().filter(|one| one.rank.is_some()).collect()
    }

    fn labelled(&mut self, rows: &[(&'static str, &'static str, String)]) {
        let label = |row: &(&'static str, &'static str, String)| (row.0, row.1).say(self.lang);
        let columns = rows.iter().map(|row| width(label(row))).max().unwrap_or_default();
        for row in rows {
            let space = " ".repeat(columns.saturating_sub(width(label(row))));
            let line = format!("{}{space}  {}", self.style.dim(label(row)), row.2);
            self.page.line(line);
        }
    }

    fn head(&mut self) {
        let count = self.comparison.communities.len();
        let title = match self.lang {
            Lang::En => format!("Comparison of {count} communities"),
            Lang::Zh => format!("{count} 个社区的比较"),
        };
        let title = self.style.bold(title);
        self.page.line(title);
        let mut rows = Vec::new();
        for plan in &self.comparison.method.plans {
            let standard = &plan.standard;
            rows.push(("Standard", "标准", format!("{} ({} {})", self.name(&standard.title), standard.id, standard.version)));
            rows.push(("Method", "方法", self.method(plan)));
        }
        let mut periods: Vec<String> =
            self.comparison.communities.iter().map(|one| format!("{} {} {}", one.period.from, self.say("to", "至"), one.period.to)).collect();
        periods.sort();
        periods.dedup();
        rows.push(("Period", "时段", periods.join(self.say("; ", "；"))));
        self.labelled(&rows);
        for notice in &self.comparison.notices {
            let line = format!("{}{}", self.say("Notice: ", "注意："), self.name(notice));
            let line = self.style.yellow(line);
            self.page.line(line);
        }
        self.marks();
    }

    fn method(&self, plan: &ComparedPlan) -> String {
        let mut parts = vec![aggregation(&plan.aggregation, self.lang), self.comparison.method.ties.say(self.lang).to_owned()];
        if let Some(set) = &plan.weight_set {
            parts.push(format!("{}{set}", self.say("weight set ", "权重方案 ")));
        }
        let needed = [(plan.coverage, ("of the total", "总体")), (plan.scenario_coverage, ("of every scenario", "每个场景"))];
        for (least, of) in needed {
            let Some(least) = least else { continue };
            parts.push(match self.lang {
                Lang::En => format!("a rank needs {} {} known", exact_percent(least.get()), of.0),
                Lang::Zh => format!("参与排名须{}覆盖率达 {}", of.1, exact_percent(least.get())),
            });
        }
        parts.join(self.say("; ", "；"))
    }

    fn marks(&mut self) {
        for line in marks(self.comparison, self.lang) {
            let line = self.style.red(line);
            self.page.line(line);
        }
    }

    fn ranks(&mut self) {
        let confidence = self.comparison.confidence.as_ref();
        let mut head = vec![
            self.say("No.", "序号").to_owned(),
            self.say("Group", "组").to_owned(),
            self.say("Rank", "名次").to_owned(),
            self.say("Places", "可能名次").to_owned(),
        ];
        let mut aligns = vec![Align::Right, Align::Left, Align::Right, Align::Right];
        if let Some(confidence) = confidence {
            let level = exact_percent(confidence.level.get());
            head.push(match self.lang {
                Lang::En => format!("In {level} of draws"),
                Lang::Zh => format!("{level} 的抽样"),
            });
            aligns.push(Align::Right);
        }
        let rest = [
            (("Community", "社区"), Align::Left),
            (("Total", "总分"), Align::Right),
            (("Lowest", "最低"), Align::Right),
            (("Highest", "最高"), Align::Right),
            (("Coverage", "覆盖率"), Align::Right),
            (("Grade", "等级"), Align::Left),
            (("Stages", "阶段"), Align::Left),
        ];
        // A standard that tells no stages apart has no names for them.
        let staged = self.listed.iter().any(|one| !self.stages(one).is_empty());
        for (words, align) in rest.into_iter().take(if staged { 7 } else { 6 }) {
            head.push(words.say(self.lang).to_owned());
            aligns.push(align);
        }
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let mut table = Table::new(&aligns).head(&head);
        for (place, one) in self.listed.iter().enumerate() {
            let mut row = vec![(place + 1).to_string(), self.group(one)];
            row.extend(match &one.rank {
                Some(rank) => [exact(rank.rank.get()), places(rank.best_place.get(), rank.worst_place.get())],
                None => ["–".to_owned(), "–".to_owned()],
            });
            if let Some(confidence) = confidence {
                let interval = confidence.ranks.iter().find(|interval| interval.community == one.community.id);
                row.push(interval.map_or_else(|| "–".to_owned(), |interval| places(interval.best.get(), interval.worst.get())));
            }
            row.push(fit(&self.name(&one.community.name), NAME));
            row.extend(self.total(&one.total));
            row.push(match (&one.grade_name, one.grade.as_ref()) {
                (Some(name), _) => self.name(name),
                (None, Some(id)) => id.to_string(),
                (None, None) => "–".to_owned(),
            });
            row.push(self.stages(one));
            table.row(row);
        }
        self.title("Ranks", "名次");
        table.print("  ", self.style, &mut self.page);
        for one in self.listed.clone() {
            if let Some(unranked) = one.unranked {
                let line = self.unranked(one, unranked);
                self.page.line(line);
            }
        }
        self.say_what_ranks_mean();
    }

    /// The letter of the tied group that a community is in.
    fn group(&self, one: &ComparedCommunity) -> String {
        let at = self.comparison.tiers.iter().position(|tier| tier.communities.contains(&one.community.id));
        at.map_or_else(|| "–".to_owned(), letters)
    }

    fn total(&self, total: &Score) -> [String; 4] {
        let value = total.score.map_or_else(|| "–".to_owned(), |value| score(value.get()));
        [value, score(total.low.get()), score(total.high.get()), percent(total.coverage.get())]
    }

    fn stages(&self, one: &ComparedCommunity) -> String {
        let name = |id: &str| {
            let mut stages = self.standards.iter().flat_map(|standard| &standard.stages);
            stages.find(|stage| stage.id.as_str() == id).map(|stage| self.name(&stage.name))
        };
        let stage = |stage: &talent_model::comparison::StageZones| Some(format!("{} {}", stage.zones, name(stage.stage.as_str())?));
        one.stages.iter().filter_map(stage).collect::<Vec<_>>().join(" + ")
    }

    fn unranked(&self, one: &ComparedCommunity, why: Unranked) -> String {
        let id = one.community.id.as_str();
        let told = self.comparison.diagnostics.iter().find(|d| d.code == Code::NotRanked && d.params.get("found").is_some_and(|found| found == id));
        let param = if self.lang == Lang::Zh { "why_zh" } else { "why" };
        let reason = told.and_then(|d| d.params.get(param)).map(|why| plain(why)).unwrap_or_else(|| match why {
            Unranked::NoScore => self.say("it has no total", "没有总分").to_owned(),
            Unranked::Coverage => self.say("too little is known", "已知数据太少").to_owned(),
        });
        let name = fit(&self.name(&one.community.name), NAME);
        let line = match self.lang {
            Lang::En => format!("  {name} is not ranked: {reason}"),
            Lang::Zh => format!("  {name}不参与排名：{reason}"),
        };
        self.style.yellow(line)
    }

    fn say_what_ranks_mean(&mut self) {
        if self.ranked().len() < 2 {
            return;
        }
        let lines = match self.lang {
            Lang::En => [
                "Every member of a group is surely above every member of the next; inside a group the bounds overlap.",
                "Places are those that the unknown answers allow. What is known may be wrong too: no error of measurement is in them.",
                "Scores are absolute: if one community leaves, the others keep their scores and their order.",
            ],
            Lang::Zh => [
                "每组的所有成员都必然高于下一组；组内各社区的上下限彼此重叠。",
                "“可能名次”只考虑未知的回答；已有的回答也可能有误，测量误差未计入。",
                "得分是绝对的：某个社区退出时，其余社区的得分与先后不变。",
            ],
        };
        for line in lines {
            let line = self.style.dim(format!("  {line}"));
            self.page.line(line);
        }
    }

    fn scenarios(&mut self) {
        let listed = self.listed.clone();
        if listed.len() > MATRIX && !self.all {
            return;
        }
        let mut head = vec![self.say("Code", "编号").to_owned(), self.say("Scenario", "场景").to_owned()];
        head.extend((1..=listed.len()).map(|number| number.to_string()));
        let head: Vec<&str> = head.iter().map(String::as_str).collect();
        let mut aligns = vec![Align::Left, Align::Left];
        aligns.extend(listed.iter().map(|_| Align::Right));
        let mut table = Table::new(&aligns).head(&head);
        for scenario in &self.comparison.scenarios {
            let code = scenario.code.as_ref().map_or_else(|| scenario.id.to_string(), |code| plain(code.as_str()));
            let mut row = vec![code, fit(&self.name(&scenario.name), NAME)];
            row.extend(listed.iter().map(|one| {
                let Some(own) = one.scenarios.iter().find(|own| own.id == scenario.id) else { return "–".to_owned() };
                let Some(value) = own.score.score else { return "–".to_owned() };
                let mark = if own.score.coverage.get() < 1.0 - 1e-9 { "~" } else { "" };
                let rank = own.rank.map(|rank| format!(" #{}", exact(rank.get()))).unwrap_or_default();
                format!("{mark}{}{rank}", score(value.get()))
            }));
            table.row(row);
        }
        self.title("Scenarios: score and rank (~ partly known)", "各场景的得分与名次（~ 表示部分已知）");
        table.print("  ", self.style, &mut self.page);
    }

    fn findings(&mut self) {
        let diagnostics = &self.comparison.diagnostics;
        if diagnostics.is_empty() {
            return;
        }
        self.title("Findings", "检查结果");
        let findings = Findings { label: "", text: None, diagnostics };
        findings.summary(self.lang, self.style, &mut self.page);
    }

    fn digests(&mut self) {
        let mut rows: Vec<(String, String)> = Vec::new();
        for plan in &self.comparison.method.plans {
            rows.push((format!("{} {}", plan.standard.id, plan.standard.version), plan.standard.digest.to_string()));
        }
        for one in &self.comparison.communities {
            rows.push((one.submission.id.to_string(), one.submission.digest.to_string()));
        }
        let engine = &self.comparison.engine;
        rows.push((self.say("engine", "引擎").to_owned(), format!("{} {}", plain(engine.name.as_str()), engine.version)));
        let mut table = Table::new(&[Align::Left, Align::Left]);
        for (what, digest) in rows {
            table.row(vec![what, digest]);
        }
        self.title("Computed from", "计算依据");
        table.print("  ", self.style, &mut self.page);
    }
}

/// What must not be overlooked: fences that were crossed, and submissions that were left out.
fn marks(comparison: &Comparison, lang: Lang) -> Vec<String> {
    const CROSSED: [Code; 5] = [Code::StandardsDiffer, Code::VersionsDiffer, Code::StagesDiffer, Code::WeightSetsDiffer, Code::PeriodsDiffer];
    let across: Vec<&str> = comparison.method.across.iter().map(|fence: &Fence| fence.say(lang)).collect();
    let mut lines = Vec::new();
    if !across.is_empty() && comparison.diagnostics.iter().any(|d| CROSSED.contains(&d.code)) {
        lines.push(match lang {
            Lang::En => format!("UNLIKE BESIDE UNLIKE: compared across {}, as was asked", across.join(", ")),
            Lang::Zh => format!("不同类相比：应要求跨越{}进行比较", across.join("、")),
        });
    }
    let told = comparison.diagnostics.iter().filter(|d| CROSSED.contains(&d.code) || d.code == Code::FaultyLeftOut);
    lines.extend(told.map(|d| format!("{} {}", d.code, plain(&message(d, lang)))));
    lines
}

/// Places from the best to the worst.
fn places(best: f64, worst: f64) -> String {
    if best.total_cmp(&worst).is_eq() { exact(best) } else { format!("{}–{}", exact(best), exact(worst)) }
}

/// A, B … Z, AA, AB …
fn letters(mut at: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b'A'.saturating_add(u8::try_from(at % 26).unwrap_or_default())));
        match (at / 26).checked_sub(1) {
            None => return letters,
            Some(next) => at = next,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn groups_have_letters_beyond_the_alphabet() {
        assert_eq!([0, 25, 26, 27, 702].map(super::letters), ["A", "Z", "AA", "AB", "AAA"]);
    }
}
