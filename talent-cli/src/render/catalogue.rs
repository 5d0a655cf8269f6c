//! A standard as a page for planners: every indicator from its definition to the ground of each threshold.

use talent_model::Lang;
use talent_model::quantity::{Number, Quantity, Score, Weight};
use talent_model::standard::{Applies, Basis, Category, Closed, Criterion, Gate, Indicator, Rule, Stage, Standard};
use talent_model::text::Text;

use super::markdown::Document;
use super::text::{exact, exact_percent, plain};
pub(super) use super::words::source;
use super::words::{InLanguage, between, combine, unit};

pub(crate) fn print(standard: &Standard, lang: Lang) -> String {
    let mut page = Catalogue { standard, lang, page: Document::default() };
    page.head();
    page.stages();
    page.contents();
    for scenario in &standard.scenarios {
        page.category(scenario, 2);
    }
    page.modules();
    page.page.done()
}

struct Catalogue<'s> {
    standard: &'s Standard,
    lang: Lang,
    page: Document,
}

impl<'s> Catalogue<'s> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    fn text(&self, text: &Text) -> String {
        plain(text.in_language(self.lang))
    }

    fn head(&mut self) {
        let title = format!("{} {}", self.text(&self.standard.title), self.standard.version);
        self.page.heading(1, &title);
        if let Some(notice) = &self.standard.notice {
            let notice = self.text(notice);
            self.page.quote(&notice);
        }
        if let Some(description) = &self.standard.description {
            for paragraph in description.in_language(self.lang).lines() {
                self.page.paragraph(&plain(paragraph));
            }
        }
        self.page.heading(2, self.say("How to read this page", "本页的读法"));
        let lines = [
            (
                "**Required** items are gates: one that fails bars every grade that asks for gates, whatever the total. They are scored as well. \
                 **Guided** items are scored only.",
                "**控制**项设有门槛：任何一项不达标，凡要求门槛的等级都不能授予，与总分无关；控制项同时计分。**引导**项只计分。",
            ),
            (
                "A gate and every threshold include their own number: a value on the line has reached it. Between two numbers of a line the score \
                 lies on a straight line; beyond its ends it stays level.",
                "门槛和阈值都含本数：恰好等于该数即为达到。两个数之间按直线取分，两端之外保持不变。",
            ),
            (
                "The ground of each number stands beside it: who set it, and whether the document was read for this standard, quoted by others, or \
                 remembered and still to be checked. A design value is a proposal of the authors.",
                "每个数都写明依据：出自何处，以及该文件是读过、转引还是凭记忆而有待核对。设计值是编者的建议。",
            ),
        ];
        for line in lines {
            self.page.item(line.say(self.lang));
        }
    }

    fn stages(&mut self) {
        if self.standard.stages.is_empty() {
            return;
        }
        self.page.heading(2, self.say("Stages", "阶段"));
        let head = [
            self.say("Stage", "阶段"),
            self.say("From this completed share on", "建成比例自"),
            self.say("What belongs to it", "含义"),
            self.say("Ground", "依据"),
        ];
        let rows = self.standard.stages.iter().map(|stage| {
            let share = stage.completed_share.map(|share| exact_percent(share.get())).unwrap_or_default();
            let about = stage.description.as_ref().map(|text| self.text(text)).unwrap_or_default();
            vec![self.text(&stage.name), share, about, self.grounds(&stage.basis)]
        });
        let rows = rows.collect();
        self.page.table(&head, rows);
    }

    fn contents(&mut self) {
        self.page.heading(2, self.say("Scenarios and categories", "场景与中类"));
        let head = [self.say("Scenario", "场景"), self.say("Categories", "中类"), self.say("Indicators", "指标数")];
        let rows = self.standard.scenarios.iter().map(|scenario| {
            let inner: Vec<String> = scenario.categories.iter().map(|inner| self.named(inner)).collect();
            vec![self.named(scenario), inner.join(self.say("; ", "；")), count(scenario).to_string()]
        });
        let rows = rows.collect();
        self.page.table(&head, rows);
    }

    fn named(&self, category: &Category) -> String {
        let code = category.code.as_ref().map(|code| format!("{} ", plain(code.as_str()))).unwrap_or_default();
        format!("{code}{}", self.text(&category.name))
    }

    fn category(&mut self, category: &'s Category, level: usize) {
        let title = self.named(category);
        self.page.heading(level, &title);
        if let Some(description) = &category.description {
            let description = self.text(description);
            self.page.paragraph(&description);
        }
        if let Some(weight) = category.weight.map(Weight::get) {
            let line = format!("{}{}", self.say("Weight: ", "权重："), exact(weight));
            self.page.paragraph(&line);
        }
        for indicator in &category.indicators {
            self.indicator(indicator, level + 1);
        }
        for inner in &category.categories {
            self.category(inner, level + 1);
        }
    }

    fn modules(&mut self) {
        for module in &self.standard.modules {
            let code = module.code.as_ref().map(|code| format!("{} ", plain(code.as_str()))).unwrap_or_default();
            let title = format!("{}{code}{}", self.say("Characteristic module ", "特色模块 "), self.text(&module.name));
            self.page.heading(2, &title);
            for text in module.description.iter().chain([&module.applies.reason]) {
                let text = self.text(text);
                self.page.paragraph(&text);
            }
            for category in &module.categories {
                self.category(category, 3);
            }
        }
    }

    fn indicator(&mut self, indicator: &Indicator, level: usize) {
        let code = indicator.code.as_ref().map(|code| format!("{} ", plain(code.as_str()))).unwrap_or_default();
        let title = format!("{code}{}", self.text(&indicator.name));
        self.page.heading(level, &title);
        if let Some(definition) = &indicator.definition {
            let definition = self.text(definition);
            self.page.paragraph(&definition);
        }
        let mut rows: Vec<(&str, String)> = vec![(self.say("Answer", "填报"), self.answer(indicator))];
        let texts = [
            (self.say("How it is measured", "怎样测"), &indicator.measurement),
            (self.say("How often", "多久一次"), &indicator.frequency),
            (self.say("For which area", "统计范围"), &indicator.boundary),
            (self.say("Typical evidence", "证明材料"), &indicator.evidence),
            (self.say("Who holds the data", "数据来源单位"), &indicator.owner),
            (self.say("Beware", "需防的误导"), &indicator.caution),
        ];
        rows.extend(texts.into_iter().filter_map(|(label, text)| Some((label, self.text(text.as_ref()?)))));
        if let Some(sample) = &indicator.sample {
            rows.push((self.say("Least sample", "最小样本"), exact(sample.minimum.get())));
        }
        if self.standard.stages.len() > 1 || indicator.combine.is_some() {
            rows.push((self.say("Zones are joined by", "各圈层的合并"), combine(self.standard, indicator.combine.as_ref(), self.lang)));
        }
        let tags = self.tags(indicator);
        if !tags.is_empty() {
            rows.push((self.say("Seen as", "视角"), tags));
        }
        let elsewhere: Vec<String> = indicator.alignment.iter().map(|a| format!("{} {}", plain(a.scheme.as_str()), plain(a.code.as_str()))).collect();
        if !elsewhere.is_empty() {
            rows.push((self.say("Related elsewhere", "相关体系"), elsewhere.join(self.say("; ", "；"))));
        }
        self.page.table(&["", ""], rows.into_iter().map(|(label, text)| vec![label.to_owned(), text]).collect());
        let head =
            [self.say("Stage", "阶段"), self.say("Kind", "类型"), self.say("Gate", "门槛"), self.say("Score", "得分"), self.say("Ground", "依据")];
        let rows = indicator.criteria.iter().map(|criterion| self.criterion(indicator, criterion)).collect();
        self.page.table(&head, rows);
    }

    fn tags(&self, indicator: &Indicator) -> String {
        let of_lens = |(lens, tags): (&talent_model::id::LensId, &talent_model::collection::List<talent_model::id::TagId>)| {
            let lens = self.standard.lenses.iter().find(|known| known.id == *lens)?;
            let names: Vec<String> = lens.tags.iter().filter(|tag| tags.contains(&tag.id)).map(|tag| self.text(&tag.name)).collect();
            Some(format!("{}{}{}", self.text(&lens.name), self.say(": ", "："), names.join(self.say(", ", "、"))))
        };
        indicator.tags.iter().filter_map(of_lens).collect::<Vec<_>>().join(self.say("; ", "；"))
    }

    fn answer(&self, indicator: &Indicator) -> String {
        let answer = self.quantity(&indicator.quantity);
        let Some(per) = &indicator.per else { return answer };
        let by = per.fact.as_ref().and_then(|fact| self.standard.facts.get(fact.as_str())).map(|fact| self.text(&fact.name)).unwrap_or_default();
        let ratio = unit(self.standard, Some(&per.unit), self.lang);
        match self.lang {
            Lang::En => format!("{answer}; divided by: {}; gives:{ratio}", by.to_lowercase()),
            Lang::Zh => format!("{answer}；除以{by}，得{}", ratio.trim_start()),
        }
    }

    fn quantity(&self, quantity: &Quantity) -> String {
        match quantity {
            Quantity::Number(number) => {
                let unit = unit(self.standard, Some(&number.unit), self.lang);
                let edge = |n: Option<Number>| n.map(|n| format!("{}{unit}", exact(n.get())));
                let range = between(edge(number.min), edge(number.max), self.lang);
                let word = if number.integer == Some(true) { self.say("a whole number", "整数") } else { self.say("a number", "数值") };
                // Where no end is named, the unit still is.
                let unit = if number.min.is_none() && number.max.is_none() { unit } else { String::new() };
                format!("{word}{unit}{}{range}", if range.is_empty() { "" } else { self.say(", ", "，") })
            }
            Quantity::Level(scale) => {
                let level = |l: &talent_model::quantity::LevelName| format!("{} {}", l.level, self.text(&l.name));
                format!("{}{}", self.say("level: ", "等级："), scale.levels.iter().map(level).collect::<Vec<_>>().join(self.say("; ", "；")))
            }
            Quantity::Checklist(list) => {
                let items = list.items.iter().map(|item| self.text(&item.name)).collect::<Vec<_>>().join(self.say("; ", "；"));
                format!("{}{items}", self.say("which of these are met: ", "符合下列哪些项："))
            }
            Quantity::YesNo(_) => self.say("yes or no", "是或否").to_owned(),
        }
    }

    fn criterion(&self, indicator: &Indicator, criterion: &Criterion) -> Vec<String> {
        let quantity = indicator.quantity_in(criterion);
        let measured = match (&indicator.per, quantity) {
            (Some(per), _) => unit(self.standard, Some(&per.unit), self.lang),
            (None, Quantity::Number(q)) => unit(self.standard, Some(&q.unit), self.lang),
            _ => String::new(),
        };
        let name = |id: &str| self.standard.stages.iter().find(|stage: &&Stage| stage.id.as_str() == id).map(|stage| self.text(&stage.name));
        let stage =
            criterion.stage.as_ref().map_or_else(|| self.say("all", "各阶段").to_owned(), |id| name(id.as_str()).unwrap_or_else(|| id.to_string()));
        let gate = criterion.gate.as_ref().map(|gate| self.gate(gate, quantity, &measured)).unwrap_or_default();
        let mut score = self.rule(&criterion.rule, &measured);
        if let Some(own) = &criterion.quantity {
            score = format!("{}{}<br>{score}", self.say("here the answer is: ", "此阶段填报："), self.quantity(own));
        }
        if let Some(points) = criterion.points {
            score.push_str(&format!("<br>{}{}", self.say("adds up to ", "最多加 "), exact(points.get())));
        }
        let mut ground = self.grounds(&criterion.basis);
        if let Some(Applies { reason, .. }) = &criterion.applies {
            ground.push_str(&format!("<br>{}{}", self.say("Does not apply where: ", "不适用的情形："), self.text(reason)));
        }
        if let Some(note) = &criterion.note {
            ground.push_str(&format!("<br>{}", self.text(note)));
        }
        vec![stage, criterion.binding.say(self.lang).to_owned(), gate, score, ground]
    }

    fn gate(&self, gate: &Gate, quantity: &Quantity, measured: &str) -> String {
        if let (Quantity::YesNo(_), Some(_)) = (quantity, gate.at_least) {
            return true.say(self.lang).to_owned();
        }
        let edge = |n: Option<Number>| n.map(|n| format!("{}{measured}", exact(n.get())));
        between(edge(gate.at_least), edge(gate.at_most), self.lang)
    }

    fn rule(&self, rule: &Rule, measured: &str) -> String {
        let points = |score: f64| format!("{}{}", exact(score), self.say("", " 分"));
        let pair = |at: String, score: f64| format!("{at} → {}", points(score));
        let line = |points: &[talent_model::standard::Point]| points.iter().map(|p| pair(exact(p.at.get()), p.score.get())).collect();
        let parts: Vec<String> = match rule {
            Rule::Piecewise(rule) => line(&rule.points),
            Rule::Steps(rule) => {
                let sign = if rule.closed == Closed::Left { "≥" } else { ">" };
                let from = |n: Number| format!("{sign} {}", exact(n.get()));
                rule.steps.iter().map(|s| pair(s.from.map_or_else(|| self.say("below", "以下").to_owned(), from), s.score.get())).collect()
            }
            Rule::Levels(rule) => rule.scores.iter().map(|s| pair(s.level.to_string(), s.score.get())).collect(),
            Rule::Checklist(rule) if rule.points.is_empty() => vec![self.say("share of the items met, times 100", "符合项的比例乘以 100").to_owned()],
            Rule::Checklist(rule) => {
                rule.points.iter().map(|p| pair(format!("{}{}", exact(p.at.get()), self.say(" items", " 项")), p.score.get())).collect()
            }
            Rule::YesNo(rule) => vec![
                pair(true.say(self.lang).to_owned(), rule.yes.map_or(100.0, Score::get)),
                pair(false.say(self.lang).to_owned(), rule.no.map_or(0.0, Score::get)),
            ],
        };
        let unit =
            if measured.is_empty() { String::new() } else { format!("{}{}{}", self.say(" (", "（"), measured.trim_start(), self.say(")", "）")) };
        format!("{}{unit}", parts.join(self.say("; ", "；")))
    }

    fn grounds(&self, bases: &[Basis]) -> String {
        bases.iter().map(|basis| ground(self.standard, basis, self.lang)).collect::<Vec<_>>().join("<br>")
    }
}

/// A ground in words: kind, document with edition and clause, how well it is known, and what is taken from it.
pub(super) fn ground(standard: &Standard, basis: &Basis, lang: Lang) -> String {
    let text = |text: &Text| plain(text.in_language(lang));
    let mut parts = vec![basis.kind.say(lang).to_owned()];
    if let Some(id) = &basis.source {
        parts.push(source(standard, id.as_str(), lang));
    }
    parts.extend(basis.clause.as_ref().map(|clause| plain(clause.as_str())));
    parts.extend(basis.confidence.map(|confidence| confidence.say(lang).to_owned()));
    let head = parts.join((", ", "，").say(lang));
    match &basis.note {
        Some(note) => format!("{head}{}{}", (": ", "：").say(lang), text(note)),
        None => head,
    }
}

fn count(category: &Category) -> usize {
    category.indicators.len() + category.categories.iter().map(count).sum::<usize>()
}
