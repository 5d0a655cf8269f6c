//! Who is above whom: the matrix, the partial order, and what hangs on one scenario.

use talent_model::Lang;
use talent_model::comparison::{Certainty, Pair};

use super::super::table::{Align, Table};
use super::super::text::{exact, exact_percent, fit, percent, plain};
use super::super::words::InLanguage;
use super::{MATRIX, NAME, Printer};

/// How many scenarios are named where two communities part.
const PARTING: usize = 3;

impl Printer<'_> {
    /// What is said of two communities, from the first one's side.
    fn pair(&self, of: &str, against: &str) -> Option<(&Pair, bool)> {
        let pairs = &self.comparison.pairs;
        let own = |better: &str, worse: &str| pairs.iter().find(|pair| pair.better.as_str() == better && pair.worse.as_str() == worse);
        own(of, against).map(|pair| (pair, true)).or_else(|| own(against, of).map(|pair| (pair, false)))
    }

    pub(super) fn matrix(&mut self) {
        let ranked = self.ranked();
        if ranked.len() < 2 {
            return;
        }
        if ranked.len() > MATRIX && !self.all {
            self.page.gap();
            let line = self.say("  --all shows who is above whom, and every scenario", "  --all 显示两两比较和各场景得分");
            self.page.line(line);
            return;
        }
        let sign = |of: &str, against: &str| match self.pair(of, against) {
            None => "·".to_owned(),
            Some((pair, first)) => {
                let sign = match (pair.certainty, first) {
                    (Certainty::Tied, _) => "=",
                    (Certainty::Surely, true) => ">>",
                    (Certainty::Surely, false) => "<<",
                    (Certainty::ByScore, true) => ">",
                    (Certainty::ByScore, false) => "<",
                };
                format!("{sign}{}", if pair.dominance.is_some() { "*" } else { "" })
            }
        };
        let ids: Vec<&str> = ranked.iter().map(|one| one.community.id.as_str()).collect();
        let rows: Vec<Vec<String>> = ids.iter().map(|of| ids.iter().map(|against| sign(of, against)).collect()).collect();
        self.title("Who is above whom, and how surely", "谁高于谁，有多确定");
        self.square(&ids, rows);
        let legend = self.say(
            "  >> surely, whatever the unknown answers are   > by the score only, the bounds overlap   = tied   * in every scenario",
            "  >> 必然高于（无论未知回答如何）   > 仅按得分高于，上下限重叠   = 相同   * 每个场景都不低于",
        );
        let legend = self.style.dim(legend);
        self.page.line(legend);
        self.wins(&ids);
    }

    /// How often one beats another over the draws of a robustness analysis.
    fn wins(&mut self, ids: &[&str]) {
        let Some(confidence) = &self.comparison.confidence else { return };
        let share = |of: &str, against: &str| {
            let own = |better: &str, worse: &str| confidence.wins.iter().find(|win| win.better.as_str() == better && win.worse.as_str() == worse);
            let share = own(of, against).map(|win| win.share.get()).or_else(|| own(against, of).map(|win| 1.0 - win.share.get()));
            share.map_or_else(|| "·".to_owned(), percent)
        };
        let rows: Vec<Vec<String>> = ids.iter().map(|of| ids.iter().map(|against| share(of, against)).collect()).collect();
        let draws = exact(confidence.draws.get());
        let title = match self.lang {
            Lang::En => format!("In how many of {draws} draws of the robustness analysis one is above the other"),
            Lang::Zh => format!("稳健性分析的 {draws} 次抽样中，一方高于另一方的比例"),
        };
        let title = self.style.bold(title);
        self.page.gap();
        self.page.line(title);
        self.square(ids, rows);
        let level = exact_percent(confidence.level.get());
        let legend = match self.lang {
            Lang::En => format!("  Told apart in at least {level} of the draws, the first of each group from the first of the next:"),
            Lang::Zh => format!("  在至少 {level} 的抽样中可以区分的组（各组首位之间）："),
        };
        let legend = self.style.dim(legend);
        self.page.line(legend);
        for (at, group) in confidence.groups.iter().enumerate() {
            let names: Vec<String> = group.iter().map(|id| self.community(id.as_str())).collect();
            self.page.line(format!("  {}  {}", at + 1, names.join(self.say(", ", "，"))));
        }
        let kinds: Vec<&str> = confidence.study.factors.iter().map(|factor| super::super::robustness::vary(&factor.vary).say(self.lang)).collect();
        let varied = format!("  {}{}", self.say("Varied: ", "变动的内容："), kinds.join(self.say("; ", "；")));
        let varied = self.style.dim(varied);
        self.page.line(varied);
    }

    /// A table of every ranked community against every other.
    fn square(&mut self, ids: &[&str], rows: Vec<Vec<String>>) {
        let numbers: Vec<String> = (1..=ids.len()).map(|number| number.to_string()).collect();
        let mut head = vec!["", ""];
        head.extend(numbers.iter().map(String::as_str));
        let mut aligns = vec![Align::Right, Align::Left];
        aligns.extend(ids.iter().map(|_| Align::Left));
        let mut table = Table::new(&aligns).head(&head);
        for ((number, id), cells) in numbers.iter().zip(ids).zip(rows) {
            let mut row = vec![number.clone(), self.community(id)];
            row.extend(cells);
            table.row(row);
        }
        table.print("  ", self.style, &mut self.page);
    }

    /// What parts each community most from the next.
    pub(super) fn parts(&mut self) {
        let ranked = self.ranked();
        let mut table = Table::new(&[Align::Right, Align::Right, Align::Left]);
        let shown = if self.all { usize::MAX } else { MATRIX };
        for (place, pair) in ranked.windows(2).enumerate().take(shown) {
            let [one, other] = pair else { continue };
            let Some(apart) = talent_score::compare::difference(self.comparison, &one.community.id, &other.community.id) else { continue };
            let mut scenarios: Vec<(f64, String)> = (apart.scenarios.iter())
                .map(|scenario| {
                    let code = scenario.code.as_ref().map_or_else(|| scenario.id.to_string(), |code| plain(code.as_str()));
                    (scenario.difference.get(), format!("{code} {}", signed(scenario.difference.get())))
                })
                .collect();
            // Equal ones stay in document order.
            scenarios.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
            let most: Vec<String> = scenarios.into_iter().filter(|(by, _)| *by != 0.0).take(PARTING).map(|(_, text)| text).collect();
            table.row(vec![format!("{} – {}", place + 1, place + 2), signed(apart.difference.get()), most.join(self.say(", ", "，"))]);
        }
        if ranked.len() < 2 {
            return;
        }
        self.title("What parts each from the next, in points of the total", "与下一名的差距及主要来源（总分）");
        table.print("  ", self.style, &mut self.page);
        let more = self.say("  --between ID ID takes any two apart, down to the indicators", "  --between ID ID 可将任意两个社区的差距分解到指标");
        let more = self.style.dim(more);
        self.page.line(more);
    }

    /// Who is better in every scenario, as the covering relation.
    pub(super) fn order(&mut self) {
        let ranked = self.ranked();
        if ranked.len() < 2 {
            return;
        }
        self.title("Better in every scenario, whatever the weights", "在每个场景都不低于对方（与权重无关）");
        let covers = &self.comparison.order.covers;
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Left]);
        for one in ranked.iter().filter(|one| covers.iter().any(|cover| cover.better == one.community.id)) {
            let below: Vec<String> = (covers.iter())
                .filter(|cover| cover.better == one.community.id)
                .map(|cover| {
                    let surely = if cover.certainty == Certainty::Surely { self.say(" (surely)", "（必然）") } else { "" };
                    format!("{}{surely}", self.community(cover.worse.as_str()))
                })
                .collect();
            table.row(vec![self.community(one.community.id.as_str()), self.say("over", "高于").to_owned(), below.join(self.say(", ", "、"))]);
        }
        table.print("  ", self.style, &mut self.page);
        if covers.is_empty() {
            let none = self.say("  no community is", "  没有这样的社区");
            self.page.line(none);
        }
        let front: Vec<String> = self.comparison.order.front.iter().map(|id| self.community(id.as_str())).collect();
        let line = match self.lang {
            Lang::En => format!("  Nobody is above these in this sense: {}", front.join(", ")),
            Lang::Zh => format!("  没有社区在此意义上高于：{}", front.join("、")),
        };
        self.page.line(line);
    }

    /// The scenarios on which the order hangs.
    pub(super) fn without(&mut self) {
        if self.ranked().len() < 2 || self.comparison.without.len() < 2 {
            return;
        }
        let mut table = Table::new(&[Align::Left, Align::Left]);
        let mut any = false;
        for one in self.comparison.without.iter().filter(|one| one.greatest_shift.get() > 0.0) {
            any = true;
            let node = self.comparison.scenarios.iter().find(|scenario| scenario.id == one.scenario);
            let name = node.map(|node| fit(&self.name(&node.name), NAME)).unwrap_or_default();
            let code = node.and_then(|node| node.code.as_ref()).map_or_else(|| one.scenario.to_string(), |code| plain(code.as_str()));
            let moved: Vec<String> = (one.ranks.iter())
                .filter_map(|without| {
                    let before = self.comparison.communities.iter().find(|other| other.community.id == without.community)?.rank.as_ref()?.rank;
                    let after = without.rank?;
                    let name = self.community(without.community.as_str());
                    (before != after).then(|| format!("{name} {} → {}", exact(before.get()), exact(after.get())))
                })
                .collect();
            table.row(vec![format!("{code} {name}"), moved.join(self.say("; ", "；"))]);
        }
        self.title("If one scenario did not count", "若某一场景不计入");
        if any {
            table.print("  ", self.style, &mut self.page);
            let rest = self.say("  No other scenario changes a rank.", "  其余场景均不改变名次。");
            self.page.line(rest);
        } else {
            let none = self.say("  no rank would change, whichever it is", "  无论哪一个，名次都不变");
            self.page.line(none);
        }
    }
}

/// A difference with its sign.
pub(super) fn signed(value: f64) -> String {
    let text = format!("{value:+.2}");
    if text == "-0.00" || text == "+0.00" { "0.00".into() } else { text }
}
