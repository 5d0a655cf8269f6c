//! What the thresholds of a standard rest on: how many on what kind of ground, and by name what is superseded or waits to be checked.

use std::collections::{BTreeMap, BTreeSet};

use talent_model::Lang;
use talent_model::standard::{Basis, BasisKind, Confidence, Criterion, Indicator, Rule, Standard};

use super::catalogue::source;
use super::markdown::Document;
use super::text::plain;
use super::words::InLanguage;

pub(crate) fn print(standard: &Standard, lang: Lang) -> String {
    let mut page = Grounds { standard, lang, cited: cited(standard), page: Document::default() };
    page.head();
    page.kinds();
    page.own();
    page.unchecked();
    page.superseded();
    page.sources();
    page.page.done()
}

struct Cited<'s> {
    indicator: &'s Indicator,
    criterion: &'s Criterion,
    basis: &'s Basis,
}

/// Every ground of every threshold.
fn cited(standard: &Standard) -> Vec<Cited<'_>> {
    let mut cited = Vec::new();
    for indicator in standard.answerable() {
        for criterion in &indicator.criteria {
            let gate = criterion.gate.iter().flat_map(|gate| gate.basis.iter());
            let points: Vec<&Basis> = match &criterion.rule {
                Rule::Piecewise(rule) => rule.points.iter().flat_map(|p| p.basis.iter()).collect(),
                Rule::Checklist(rule) => rule.points.iter().flat_map(|p| p.basis.iter()).collect(),
                Rule::Steps(rule) => rule.steps.iter().flat_map(|s| s.basis.iter()).collect(),
                Rule::Levels(rule) => rule.scores.iter().flat_map(|s| s.basis.iter()).collect(),
                Rule::YesNo(_) => Vec::new(),
            };
            let all = criterion.basis.iter().chain(gate).chain(points);
            cited.extend(all.map(|basis| Cited { indicator, criterion, basis }));
        }
    }
    cited
}

struct Grounds<'s> {
    standard: &'s Standard,
    lang: Lang,
    cited: Vec<Cited<'s>>,
    page: Document,
}

fn code(indicator: &Indicator) -> String {
    plain(indicator.code.as_ref().map_or(indicator.id.as_str(), |code| code.as_str()))
}

impl Grounds<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    /// The indicators of some grounds, each once, in the order of the standard.
    fn codes(&self, wanted: impl Fn(&Cited<'_>) -> bool) -> String {
        let mut seen = BTreeSet::new();
        let codes: Vec<String> =
            self.cited.iter().filter(|c| wanted(c)).map(|c| code(c.indicator)).filter(|code| seen.insert(code.clone())).collect();
        codes.join(self.say(", ", "、"))
    }

    fn head(&mut self) {
        let title = format!("{}{}", self.say("What rests on what: ", "阈值的依据："), plain(self.standard.title.in_language(self.lang)));
        self.page.heading(1, &title);
        if let Some(notice) = &self.standard.notice {
            self.page.quote(&plain(notice.in_language(self.lang)));
        }
        let all: BTreeSet<(&str, Option<&str>)> =
            self.cited.iter().map(|c| (c.indicator.id.as_str(), c.criterion.stage.as_ref().map(|s| s.as_str()))).collect();
        let line = match self.lang {
            Lang::En => format!(
                "{} indicators are judged by {} criteria (one for each stage), which name {} grounds. A criterion can have several: a norm for one number and a design value for another.",
                self.standard.answerable().len(),
                all.len(),
                self.cited.len()
            ),
            Lang::Zh => format!(
                "{} 项指标共有 {} 条评分标准（分阶段计），写明依据 {} 处。一条评分标准可有多处依据：某个数出自规范，另一个数为设计值。",
                self.standard.answerable().len(),
                all.len(),
                self.cited.len()
            ),
        };
        self.page.paragraph(&line);
    }

    fn kinds(&mut self) {
        self.page.heading(2, self.say("How many grounds of each kind", "各类依据的数量"));
        let confidences = [Some(Confidence::Read), Some(Confidence::Quoted), Some(Confidence::Remembered), None];
        let head = [
            self.say("Kind", "类别"),
            Confidence::Read.say(self.lang),
            Confidence::Quoted.say(self.lang),
            Confidence::Remembered.say(self.lang),
            self.say("no document", "无文件"),
            self.say("in all", "合计"),
        ];
        let count = |kind: BasisKind, confidence: Option<Option<Confidence>>| {
            self.cited.iter().filter(|c| c.basis.kind == kind && confidence.is_none_or(|wanted| c.basis.confidence == wanted)).count()
        };
        let row = |kind: &BasisKind| {
            let mut row = vec![kind.say(self.lang).to_owned()];
            row.extend(confidences.iter().map(|confidence| count(*kind, Some(*confidence)).to_string()));
            row.push(count(*kind, None).to_string());
            row
        };
        let rows = BasisKind::ALL.iter().map(row).collect();
        self.page.table(&head, rows);
    }

    /// The indicators whose numbers are all the authors' own.
    fn own(&mut self) {
        let mut firm: BTreeSet<&str> = BTreeSet::new();
        firm.extend(self.cited.iter().filter(|c| c.basis.kind != BasisKind::DesignValue).map(|c| c.indicator.id.as_str()));
        let codes = self.codes(|c| !firm.contains(c.indicator.id.as_str()));
        let count = if codes.is_empty() { 0 } else { codes.split(self.say(", ", "、")).count() };
        self.page.heading(2, self.say("Indicators without any public number", "完全没有公开数值的指标"));
        let line = match self.lang {
            Lang::En => format!("{count} of {} indicators rest on design values alone: {codes}.", self.standard.answerable().len()),
            Lang::Zh => format!("{} 项指标中有 {count} 项完全依据设计值：{codes}。", self.standard.answerable().len()),
        };
        self.page.paragraph(&line);
    }

    fn unchecked(&mut self) {
        self.page.heading(2, self.say("Waiting to be checked", "有待核对"));
        let line = self.say(
            "These documents were not read for this standard: others quoted them, or the authors remember them. Every clause needs one reading of the text before it is relied upon.",
            "编制时没有读过下列文件的原文，而是转引自他处或凭记忆写出。采用之前，每一条都应对照原文核对一遍。",
        );
        self.page.paragraph(line);
        let mut rows = Vec::new();
        for confidence in [Confidence::Remembered, Confidence::Quoted] {
            for id in self.standard.sources.keys() {
                let of_it = |c: &Cited<'_>| c.basis.source.as_ref() == Some(id) && c.basis.confidence == Some(confidence);
                let clauses: BTreeSet<String> =
                    self.cited.iter().filter(|c| of_it(c)).filter_map(|c| c.basis.clause.as_ref()).map(|clause| plain(clause.as_str())).collect();
                let codes = self.codes(of_it);
                if !codes.is_empty() {
                    let clauses = clauses.into_iter().collect::<Vec<_>>().join(self.say("; ", "；"));
                    rows.push(vec![source(self.standard, id.as_str(), self.lang), confidence.say(self.lang).to_owned(), clauses, codes]);
                }
            }
        }
        let head =
            [self.say("Document", "文件"), self.say("How it is known", "掌握程度"), self.say("Clauses", "条款"), self.say("Indicators", "指标")];
        self.page.table(&head, rows);
    }

    fn superseded(&mut self) {
        self.page.heading(2, self.say("Superseded documents", "已被代替的文件"));
        let rows: Vec<Vec<String>> = self
            .standard
            .sources
            .iter()
            .filter_map(|(id, known)| {
                let newer = known.superseded_by.as_ref()?;
                let codes = self.codes(|c| c.basis.source.as_ref() == Some(id));
                let none = self.say("none; listed as a warning", "无；列出以备提醒").to_owned();
                Some(vec![source(self.standard, id.as_str(), self.lang), plain(newer.as_str()), if codes.is_empty() { none } else { codes }])
            })
            .collect();
        let head = [
            self.say("Document", "文件"),
            self.say("Superseded by", "被何文件代替"),
            self.say("Indicators that still rest on it", "仍以其为依据的指标"),
        ];
        self.page.table(&head, rows);
    }

    fn sources(&mut self) {
        self.page.heading(2, self.say("All documents", "全部文件"));
        let mut kinds: BTreeMap<&str, BTreeSet<&'static str>> = BTreeMap::new();
        for c in &self.cited {
            if let Some(id) = &c.basis.source {
                kinds.entry(id.as_str()).or_default().insert(c.basis.kind.say(self.lang));
            }
        }
        let rows = self
            .standard
            .sources
            .iter()
            .map(|(id, known)| {
                let issuer = known.issuer.as_ref().map(|issuer| plain(issuer.in_language(self.lang))).unwrap_or_default();
                let used_as =
                    kinds.get(id.as_str()).map(|kinds| kinds.iter().copied().collect::<Vec<_>>().join(self.say("; ", "；"))).unwrap_or_default();
                let codes = self.codes(|c| c.basis.source.as_ref() == Some(id));
                let place = known.uri.as_ref().map(|uri| plain(uri.as_str())).unwrap_or_default();
                let note = known.note.as_ref().map(|note| plain(note.in_language(self.lang))).unwrap_or_default();
                vec![source(self.standard, id.as_str(), self.lang), issuer, used_as, codes, [place, note].join(" ").trim().to_owned()]
            })
            .collect();
        let head = [
            self.say("Document", "文件"),
            self.say("Issuer", "发布者"),
            self.say("Used as", "用作"),
            self.say("Indicators", "指标"),
            self.say("Where it was seen, and remarks", "出处与说明"),
        ];
        self.page.table(&head, rows);
    }
}
