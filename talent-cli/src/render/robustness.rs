//! How sure results are, on one screen: scores and ranks with their intervals, grades with their shares, what is tied, which factor matters, what was held fast.

use talent_model::quantity::Number;
use talent_model::robustness::{Agreement, Robustness, Sampling, Span, UnitRobustness, Variation};
use talent_model::{Lang, Standard};

use super::findings::Findings;
use super::table::{Align, Table};
use super::text::{Page, Style, decimals, exact, exact_percent, fit, percent, plain, score, score_with};
use super::words::InLanguage;

/// How many columns a name may take.
const NAME: usize = 40;
/// How many units still make a matrix that can be read.
const MATRIX: usize = 16;

/// `standard` is that of submissions; two tables have none.
pub(crate) fn print(document: &Robustness, standard: Option<&Standard>, all: bool, lang: Lang, style: Style) -> String {
    let mut listed: Vec<(usize, &UnitRobustness)> = document.units.iter().enumerate().collect();
    listed.sort_by(|(_, a), (_, b)| {
        let rank = |unit: &UnitRobustness| unit.rank.map_or(f64::INFINITY, talent_model::quantity::Count::get);
        rank(a).total_cmp(&rank(b))
    });
    let mut printer = Printer { document, standard, listed, lang, style, page: Page::default() };
    printer.head();
    printer.units();
    printer.groups();
    printer.wins();
    printer.effects();
    printer.limits();
    let label = ("study", "研究方案").say(lang);
    let found = Findings { label, text: None, diagnostics: &document.diagnostics };
    if !document.diagnostics.is_empty() {
        printer.page.gap();
        found.print(all, lang, style, &mut printer.page);
    }
    printer.page.done()
}

struct Printer<'a> {
    document: &'a Robustness,
    standard: Option<&'a Standard>,
    /// The units by rank, each with its place in the document.
    listed: Vec<(usize, &'a UnitRobustness)>,
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

    fn name(&self, unit: &UnitRobustness) -> String {
        let name = unit.name.as_ref().map_or_else(|| plain(unit.unit.as_str()), |name| plain(name.in_language(self.lang)));
        fit(&name, NAME)
    }

    /// A unit by its identifier.
    fn named(&self, id: &str) -> String {
        self.document.units.iter().find(|unit| unit.unit.as_str() == id).map_or_else(|| plain(id), |unit| self.name(unit))
    }

    fn level(&self) -> String {
        exact_percent(self.document.study.interval.map_or(0.9, talent_model::quantity::Share::get))
    }

    fn head(&mut self) {
        let study = &self.document.study;
        let draws = exact(study.draws.map_or(0.0, talent_model::quantity::Count::get));
        let seed = exact(study.seed.map_or(0.0, talent_model::quantity::Count::get));
        let sampling = match study.sampling {
            Some(Sampling::Sobol) => self.say("Sobol' points", "Sobol 序列"),
            _ => self.say("at random", "随机"),
        };
        let title = match self.lang {
            Lang::En => format!("Robustness of {} results", self.document.units.len()),
            Lang::Zh => format!("{} 项结果的稳健性", self.document.units.len()),
        };
        let title = self.style.bold(title);
        self.page.line(title);
        let draws = match self.lang {
            Lang::En => format!("{draws} draws, {sampling}, seed {seed}; intervals hold {} of the draws", self.level()),
            Lang::Zh => format!("抽样 {draws} 次（{sampling}，种子 {seed}）；区间包含 {} 的抽样", self.level()),
        };
        self.page.line(draws);
        for notice in &self.document.notices {
            let line = format!("{}{}", self.say("Notice: ", "注意："), plain(notice.in_language(self.lang)));
            let line = self.style.yellow(line);
            self.page.line(line);
        }
        self.title("What is varied", "变动的内容");
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right]).head(&[
            self.say("Factor", "因素"),
            self.say("What", "内容"),
            self.say("Numbers", "变量数"),
        ]);
        for (factor, understood) in study.factors.iter().zip(&*self.document.factors) {
            table.row(vec![plain(factor.id.as_str()), vary(&factor.vary).say(self.lang).to_owned(), exact(understood.numbers.get())]);
        }
        table.print("  ", self.style, &mut self.page);
    }

    fn units(&mut self) {
        match self.standard {
            Some(_) => self.title("Scores, ranks and grades", "得分、名次与等级"),
            None => self.title("Scores and ranks", "得分与名次"),
        }
        let range = match self.lang {
            Lang::En => format!("{} of draws", self.level()),
            Lang::Zh => format!("{}的抽样", self.level()),
        };
        let aligns = [Align::Right, Align::Right, Align::Left, Align::Left, Align::Right, Align::Right, Align::Left];
        let (unit, grades) =
            if self.standard.is_some() { (self.say("Community", "社区"), self.say("Grades", "等级")) } else { (self.say("Unit", "单元"), "") };
        let head = [self.say("Rank", "名次"), &range, self.say("Firmness", "稳固程度"), unit, self.say("Score", "得分"), &range, grades];
        let mut table = Table::new(&aligns).head(&head);
        let all: Vec<f64> = self.listed.iter().filter_map(|(_, unit)| unit.score).map(Number::get).collect();
        let score = |x: f64| score_with(x, decimals(&all));
        for (_, unit) in &self.listed {
            let rank = unit.rank.map_or_else(|| "–".to_owned(), |rank| exact(rank.get()));
            let outside = if unit.inside { "" } else { " !" };
            table.row(vec![
                rank,
                unit.ranks.as_ref().map_or_else(|| "–".to_owned(), |ranks| between(ranks, place)),
                unit.stability.say(self.lang).to_owned(),
                self.name(unit),
                unit.score.map_or_else(|| "–".to_owned(), |x| score(x.get())),
                format!("{}{outside}", unit.scores.as_ref().map_or_else(|| "–".to_owned(), |scores| between(scores, score))),
                self.grades(unit),
            ]);
        }
        table.print("  ", self.style, &mut self.page);
        if let Some(shift) = self.document.shift.as_ref().filter(|_| self.listed.len() > 1) {
            let line = match self.lang {
                Lang::En => {
                    format!("  On average a rank moves by {} places ({} of draws: {}).", score(shift.mean.get()), self.level(), between(shift, score))
                }
                Lang::Zh => format!("  名次平均变动 {} 位（{}的抽样：{}）。", score(shift.mean.get()), self.level(), between(shift, score)),
            };
            self.page.line(line);
        }
    }

    fn grades(&self, unit: &UnitRobustness) -> String {
        let name = |share: &talent_model::robustness::GradeShare| match &share.grade {
            None => self.say("none", "无等级").to_owned(),
            Some(id) => {
                let grade = self.standard.and_then(|standard| standard.grades.iter().find(|grade| grade.id == *id));
                grade.map_or_else(|| plain(id.as_str()), |grade| plain(grade.name.in_language(self.lang)))
            }
        };
        let parts: Vec<String> = unit.grades.iter().map(|share| format!("{} {}", name(share), percent(share.share.get()))).collect();
        parts.join(self.say(", ", "，"))
    }

    fn groups(&mut self) {
        if self.listed.len() < 2 || self.document.groups.is_empty() {
            return;
        }
        self.title("Who can be told apart", "可区分的组");
        let line = match self.lang {
            Lang::En => format!("  The first of a group is better than each of the next group in at least {} of the draws.", self.level()),
            Lang::Zh => format!("  每组的首位在至少 {} 的抽样中优于下一组的首位。", self.level()),
        };
        let line = self.style.dim(line);
        self.page.line(line);
        for (at, group) in self.document.groups.iter().enumerate() {
            let names: Vec<String> = group.units.iter().map(|unit| self.named(unit.as_str())).collect();
            self.page.line(format!("  {}  {}", at + 1, names.join(self.say(", ", "，"))));
        }
    }

    fn wins(&mut self) {
        if self.document.wins.is_empty() || self.listed.len() < 2 || self.listed.len() > MATRIX {
            return;
        }
        self.title("How often the row is better than the column", "行优于列的比例");
        let numbers: Vec<String> = (1..=self.listed.len()).map(|at| at.to_string()).collect();
        let head: Vec<&str> = ["", ""].into_iter().chain(numbers.iter().map(String::as_str)).collect();
        let aligns: Vec<Align> = [Align::Right, Align::Left].into_iter().chain(numbers.iter().map(|_| Align::Right)).collect();
        let mut table = Table::new(&aligns).head(&head);
        for (number, (at, unit)) in numbers.iter().zip(&self.listed) {
            let mut row = vec![number.clone(), self.name(unit)];
            for (other, _) in &self.listed {
                let share = self.document.wins.get(*at).and_then(|wins| wins.over.get(*other));
                row.push(if at == other { "·".to_owned() } else { share.map_or_else(|| "–".to_owned(), |share| percent(share.get())) });
            }
            table.row(row);
        }
        table.print("  ", self.style, &mut self.page);
    }

    fn effects(&mut self) {
        if self.document.effects.is_empty() {
            return;
        }
        self.title("Which factor matters", "各因素的影响");
        let aligns = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Right];
        let mut table = Table::new(&aligns).head(&[
            self.say("Of", "结果"),
            self.say("Factor", "因素"),
            self.say("Mean change", "平均变化"),
            self.say("By itself", "单独解释"),
            self.say("In all", "总影响"),
        ]);
        for effect in &self.document.effects {
            let of = effect.unit.as_ref().map_or_else(|| self.say("shift of ranks", "名次变动").to_owned(), |unit| self.named(unit.as_str()));
            for (at, factor) in effect.factors.iter().enumerate() {
                let share = |share: &Option<Agreement>| share.as_ref().map_or_else(|| "–".to_owned(), agreement);
                let of = if at == 0 { of.clone() } else { String::new() };
                table.row(vec![of, plain(factor.factor.as_str()), format!("{:.2}", factor.change.get()), share(&factor.first), share(&factor.total)]);
            }
        }
        table.print("  ", self.style, &mut self.page);
    }

    fn limits(&mut self) {
        self.title("What was held fast", "未纳入变动的内容");
        let words: Vec<&str> = self.document.unmodelled.iter().map(|what| what.say(self.lang)).collect();
        self.page.line(format!("  {}", words.join(self.say("; ", "；"))));
        let convergence = &self.document.convergence;
        let line = match self.lang {
            Lang::En => format!(
                "  Both halves of the draws differ by at most {:.2} in a mean rank and {:.2} in a mean score.",
                convergence.rank.get(),
                convergence.score.get()
            ),
            Lang::Zh => format!("  前后两半抽样的平均名次最多相差 {:.2}，平均得分最多相差 {:.2}。", convergence.rank.get(), convergence.score.get()),
        };
        let line = self.style.dim(line);
        self.page.line(line);
    }
}

/// A quantile of ranks, which may lie between two places.
fn place(rank: f64) -> String {
    let text = score(rank);
    text.strip_suffix(".0").map_or_else(|| text.clone(), str::to_owned)
}

fn between(span: &Span, shown: impl Fn(f64) -> String) -> String {
    let (low, high) = (shown(span.low.get()), shown(span.high.get()));
    if low == high { low } else { format!("{low}–{high}") }
}

fn agreement(of: &Agreement) -> String {
    format!("{:.2} ({:.2}–{:.2})", of.value.get(), of.low.get(), of.high.get())
}

pub(crate) fn vary(of: &Variation) -> (&'static str, &'static str) {
    match of {
        Variation::Weights(_) => ("weights", "权重"),
        Variation::Values(_) => ("errors of measurement", "测量误差"),
        Variation::Unknown(_) => ("what is unknown, from worst to best", "未知项，从最差到最好"),
        Variation::Thresholds(_) => ("thresholds", "阈值"),
        Variation::Inclusion(_) => ("which indicators are in", "指标的取舍"),
        Variation::Missing(_) => ("policy for missing values", "缺失值处理方式"),
        Variation::Aggregation(_) => ("way of joining", "合成方式"),
        Variation::WeightSet(_) => ("weight set", "权重方案"),
        Variation::Step(_) => ("a step of the method", "方法的步骤"),
    }
}

/// One row for every unit, for programs.
pub(crate) fn csv(document: &Robustness) -> String {
    let mut page = Page::default();
    page.line("unit,score,score_mean,score_low,score_median,score_high,rank,rank_mean,rank_low,rank_median,rank_high,stability,inside");
    let number = |x: Option<Number>| x.map_or_else(String::new, |x| exact(x.get()));
    let span =
        |span: &Option<Span>| span.as_ref().map_or_else(|| ",,,".to_owned(), |s| [s.mean, s.low, s.median, s.high].map(|x| exact(x.get())).join(","));
    for unit in &document.units {
        let name = format!("\"{}\"", unit.unit.as_str().replace('"', "\"\""));
        let rank = unit.rank.map_or_else(String::new, |rank| exact(rank.get()));
        page.line(format!("{name},{},{},{rank},{},{},{}", number(unit.score), span(&unit.scores), span(&unit.ranks), unit.stability, unit.inside));
    }
    page.done()
}
