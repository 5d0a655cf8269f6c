//! A standard as a tree, and its nodes in detail.

use talent_model::Lang;
use talent_model::quantity::{Number, Quantity, Weight};
use talent_model::standard::{Applies, Basis, Category, Condition, Criterion, FactCondition, Gate, GradeGates, Indicator, Rule, Scale, Standard};
use talent_model::text::Text;

use super::table::{Align, Table};
use super::text::{Page, Style, exact, exact_percent, fit, plain};
use super::words::{InLanguage, aggregation, between, combine, unit};

/// A scenario, category or indicator.
pub(crate) enum Node<'s> {
    Category(&'s Category),
    Indicator(&'s Indicator),
}

impl<'s> Node<'s> {
    pub(crate) fn id(&self) -> &'s str {
        match self {
            Self::Category(category) => category.id.as_str(),
            Self::Indicator(indicator) => indicator.id.as_str(),
        }
    }

    pub(crate) fn code(&self) -> Option<&'s str> {
        match self {
            Self::Category(category) => category.code.as_ref(),
            Self::Indicator(indicator) => indicator.code.as_ref(),
        }
        .map(|code| code.as_str())
    }
}

/// Every scenario, category and indicator in document order.
pub(crate) fn nodes(standard: &Standard) -> Vec<Node<'_>> {
    fn walk<'s>(category: &'s Category, nodes: &mut Vec<Node<'s>>) {
        nodes.push(Node::Category(category));
        nodes.extend(category.indicators.iter().map(Node::Indicator));
        category.categories.iter().for_each(|inner| walk(inner, nodes));
    }
    let mut nodes = Vec::new();
    standard.scenarios.iter().for_each(|scenario| walk(scenario, &mut nodes));
    standard.modules.iter().flat_map(|module| &module.categories).for_each(|category| walk(category, &mut nodes));
    nodes
}

struct Printer<'s> {
    standard: &'s Standard,
    lang: Lang,
    style: Style,
    page: Page,
}

pub(crate) fn tree(standard: &Standard, lang: Lang, style: Style) -> String {
    let mut printer = Printer { standard, lang, style, page: Page::default() };
    printer.head();
    printer.tree();
    printer.modules();
    printer.grades();
    printer.others();
    printer.page.done()
}

pub(crate) fn detail(standard: &Standard, node: &Node<'_>, lang: Lang, style: Style) -> String {
    let mut printer = Printer { standard, lang, style, page: Page::default() };
    match node {
        Node::Category(category) => printer.category(category),
        Node::Indicator(indicator) => printer.indicator(indicator),
    }
    printer.page.done()
}

fn code_of(code: Option<&talent_model::id::Line>, id: &str) -> String {
    code.map_or_else(|| id.to_owned(), |code| plain(code.as_str()))
}

fn weight(weight: Option<Weight>) -> String {
    exact(weight.map_or(1.0, Weight::get))
}

impl Printer<'_> {
    fn say(&self, en: &'static str, zh: &'static str) -> &'static str {
        (en, zh).say(self.lang)
    }

    fn text(&self, text: &Text) -> String {
        plain(text.in_language(self.lang))
    }

    fn title(&mut self, en: &'static str, zh: &'static str) {
        let title = self.say(en, zh);
        self.page.title(self.style, title);
    }

    fn field(&mut self, en: &'static str, zh: &'static str, value: &str) {
        if !value.is_empty() {
            let label = self.style.dim(match self.lang {
                Lang::En => format!("{en}: "),
                Lang::Zh => format!("{zh}："),
            });
            self.page.line(format_args!("{label}{value}"));
        }
    }

    fn prose(&mut self, en: &'static str, zh: &'static str, value: Option<&Text>) {
        let value = value.map(|text| self.text(text)).unwrap_or_default();
        self.field(en, zh, &value);
    }

    fn head(&mut self) {
        let standard = self.standard;
        let title = self.style.bold(self.text(&standard.title));
        self.page.line(format_args!("{title}  {} {}", standard.id, standard.version));
        if let Some(notice) = &standard.notice {
            let line = self.style.yellow(format!("{}{}", self.say("Notice: ", "注意："), self.text(notice)));
            self.page.line(line);
        }
        self.prose("About", "说明", standard.description.as_ref());
        let languages: Vec<&str> = standard.languages.iter().map(|tag| tag.as_str()).collect();
        self.field("Languages", "语言", &languages.join(", "));
        let stages: Vec<String> = standard
            .stages
            .iter()
            .map(|stage| {
                let from = stage.completed_share.map(|share| match self.lang {
                    Lang::En => format!(", from {} completed", exact_percent(share.get())),
                    Lang::Zh => format!("，建成 {} 起", exact_percent(share.get())),
                });
                format!("{} ({}{})", self.text(&stage.name), stage.id, from.unwrap_or_default())
            })
            .collect();
        self.field("Stages", "阶段", &stages.join(self.say("; ", "；")));
        let method = &standard.method;
        let total = method.levels.iter().find(|level| level.level.get() == 0.0).map(|level| &level.aggregation).or(method.aggregation.as_ref());
        let total = total.map_or_else(|| self.say("arithmetic mean", "算术平均").to_owned(), |a| aggregation(a, self.lang));
        let missing = format!("{total}{}{} {}", self.say("; ", "；"), self.say("a missing value:", "缺失值："), method.missing.say(self.lang));
        self.field("Method", "方法", &missing);
    }

    fn tree(&mut self) {
        let words = [("Code", "编号"), ("Name", "名称"), ("Weight", "权重"), ("Answer", "回答"), ("Binding", "约束")];
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left, Align::Left]).head(&words.map(|word| word.say(self.lang)));
        for scenario in &self.standard.scenarios {
            self.branch(scenario, 0, &mut table);
        }
        self.title("Scenarios, categories and indicators", "场景、中类与指标");
        table.print("", self.style, &mut self.page);
    }

    fn modules(&mut self) {
        for module in &self.standard.modules {
            let words = [("Code", "编号"), ("Name", "名称"), ("Weight", "权重"), ("Answer", "回答"), ("Binding", "约束")];
            let mut table =
                Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left, Align::Left]).head(&words.map(|word| word.say(self.lang)));
            module.categories.iter().for_each(|category| self.branch(category, 0, &mut table));
            let title = format!("{} {}: {}", self.say("Module", "模块"), code_of(module.code.as_ref(), module.id.as_str()), self.text(&module.name));
            let title = self.style.bold(title);
            self.page.gap();
            self.page.line(title);
            self.page.line(format!("  {}", self.text(&module.applies.reason)));
            table.print("  ", self.style, &mut self.page);
        }
    }

    fn branch(&self, category: &Category, depth: usize, table: &mut Table) {
        let indent = "  ".repeat(depth);
        let name = fit(&self.text(&category.name), 60);
        table.row(vec![
            format!("{indent}{}", code_of(category.code.as_ref(), category.id.as_str())),
            format!("{indent}{name}"),
            weight(category.weight),
            String::new(),
            String::new(),
        ]);
        for indicator in &category.indicators {
            let indent = "  ".repeat(depth + 1);
            table.row(vec![
                format!("{indent}{}", code_of(indicator.code.as_ref(), indicator.id.as_str())),
                format!("{indent}{}", fit(&self.text(&indicator.name), 60)),
                weight(indicator.weight),
                quantity_brief(&indicator.quantity, self.lang),
                self.bindings(indicator),
            ]);
        }
        for inner in &category.categories {
            self.branch(inner, depth + 1, table);
        }
    }

    /// One word where all stages agree, else one for each.
    fn bindings(&self, indicator: &Indicator) -> String {
        let words: Vec<&str> = indicator.criteria.iter().map(|criterion| criterion.binding.say(self.lang)).collect();
        match words.split_first() {
            Some((first, rest)) if rest.iter().all(|word| word == first) => (*first).to_owned(),
            _ => {
                let each = |criterion: &Criterion| format!("{} {}", self.stage(criterion), criterion.binding.say(self.lang));
                indicator.criteria.iter().map(each).collect::<Vec<_>>().join(self.say(", ", "，"))
            }
        }
    }

    fn stage(&self, criterion: &Criterion) -> String {
        match &criterion.stage {
            None if self.standard.stages.is_empty() => self.say("all zones", "全部圈层").to_owned(),
            None => self.say("other stages", "其他阶段").to_owned(),
            Some(id) => {
                let stage = self.standard.stages.iter().find(|stage| stage.id == *id);
                stage.map_or_else(|| id.to_string(), |stage| self.text(&stage.name))
            }
        }
    }

    fn grades(&mut self) {
        if self.standard.grades.is_empty() {
            return;
        }
        let words = [("Grade", "等级"), ("Name", "名称"), ("Total", "总分"), ("Also needed", "其他要求")];
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left]).head(&words.map(|word| word.say(self.lang)));
        for grade in &self.standard.grades {
            let mut also = Vec::new();
            if grade.gates.is_none_or(|gates| gates == GradeGates::All) {
                also.push(self.say("all gates", "全部控制项").to_owned());
            }
            if let Some(floor) = grade.floor {
                also.push(format!("{} {}", self.say("every scenario", "各场景"), between(Some(exact(floor.get())), None, self.lang)));
            }
            for (node, floor) in &grade.floors {
                also.push(format!("{node} {}", between(Some(exact(floor.get())), None, self.lang)));
            }
            for need in &grade.requires {
                let needed = between(need.at_least.map(|n| exact(n.get())), need.at_most.map(|n| exact(n.get())), self.lang);
                also.push(format!("{} {needed}", need.indicator));
            }
            if !grade.stages.is_empty() {
                let stages: Vec<String> = grade.stages.iter().map(ToString::to_string).collect();
                also.push(format!("{} {}", self.say("only stages", "仅限阶段"), stages.join(", ")));
            }
            if let Some(coverage) = grade.coverage {
                also.push(format!("{} {}", self.say("coverage", "覆盖率"), between(Some(exact_percent(coverage.get())), None, self.lang)));
            }
            table.row(vec![grade.id.to_string(), self.text(&grade.name), exact(grade.total.get()), also.join(self.say("; ", "；"))]);
        }
        self.title("Grades, lowest first", "等级（由低到高）");
        table.print("  ", self.style, &mut self.page);
    }

    fn others(&mut self) {
        if !self.standard.weight_sets.is_empty() {
            self.title("Weight sets", "权重方案");
            let mut table = Table::new(&[Align::Left; 2]);
            for set in &self.standard.weight_sets {
                table.row(vec![set.id.to_string(), self.text(&set.name)]);
            }
            table.print("  ", self.style, &mut self.page);
        }
        if !self.standard.lenses.is_empty() {
            self.title("Lenses", "视角");
            let mut table = Table::new(&[Align::Left; 3]);
            for lens in &self.standard.lenses {
                let tags: Vec<String> = lens.tags.iter().map(|tag| self.text(&tag.name)).collect();
                table.row(vec![lens.id.to_string(), self.text(&lens.name), tags.join(self.say(", ", "、"))]);
            }
            table.print("  ", self.style, &mut self.page);
        }
    }

    fn category(&mut self, category: &Category) {
        let title = self.style.bold(format!("{} {}", code_of(category.code.as_ref(), category.id.as_str()), self.text(&category.name)));
        self.page.line(title);
        self.field("Identifier", "标识符", category.id.as_str());
        self.prose("About", "说明", category.description.as_ref());
        self.field("Weight", "权重", &weight(category.weight));
        let joined = category.aggregation.as_ref().map(|a| aggregation(a, self.lang)).unwrap_or_default();
        self.field("Joined by", "汇总方式", &joined);
        let missing = category.missing.map(|policy| policy.say(self.lang)).unwrap_or_default();
        self.field("A missing value", "缺失值", missing);
        let words = [("Code", "编号"), ("Name", "名称"), ("Weight", "权重"), ("Answer", "回答"), ("Binding", "约束")];
        let mut table = Table::new(&[Align::Left, Align::Left, Align::Right, Align::Left, Align::Left]).head(&words.map(|word| word.say(self.lang)));
        self.branch(category, 0, &mut table);
        self.page.gap();
        table.print("", self.style, &mut self.page);
    }

    fn indicator(&mut self, indicator: &Indicator) {
        let title = self.style.bold(format!("{} {}", code_of(indicator.code.as_ref(), indicator.id.as_str()), self.text(&indicator.name)));
        self.page.line(title);
        self.field("Identifier", "标识符", indicator.id.as_str());
        let above: Vec<String> = self
            .standard
            .indicators()
            .into_iter()
            .find(|(_, other)| other.id == indicator.id)
            .map(|(above, _)| above.iter().map(|category| self.text(&category.name)).collect())
            .unwrap_or_default();
        self.field("In", "所属", &above.join(" › "));
        self.prose("Definition", "定义", indicator.definition.as_ref());
        self.prose("Measured", "测量方法", indicator.measurement.as_ref());
        self.prose("How often", "频率", indicator.frequency.as_ref());
        self.prose("Boundary", "统计范围", indicator.boundary.as_ref());
        self.prose("Evidence", "证据", indicator.evidence.as_ref());
        self.prose("Owner", "责任方", indicator.owner.as_ref());
        self.prose("Caution", "注意", indicator.caution.as_ref());
        self.field("Weight", "权重", &weight(indicator.weight));
        self.answer(&indicator.quantity, "");
        if let Some(per) = &indicator.per {
            let by = per.fact.as_ref().map(ToString::to_string).or_else(|| per.indicator.as_ref().map(ToString::to_string)).unwrap_or_default();
            let times = per.multiple.map(|multiple| format!(" × {}", exact(multiple.get()))).unwrap_or_default();
            self.field("Derived", "换算", &format!("{} {by}{times} → {}", self.say("answer ÷", "回答 ÷"), per.unit));
        }
        self.field("Zones", "圈层合并", &combine(self.standard, indicator.combine.as_ref(), self.lang));
        if let Some(sample) = &indicator.sample {
            self.field("Sample", "样本", &between(Some(sample.minimum.to_string()), None, self.lang));
        }
        let allowed = indicator.not_applicable == Some(talent_model::standard::AnswerPolicy::Allowed);
        self.field("May be not applicable", "可标为不适用", allowed.say(self.lang));
        let tags: Vec<String> = indicator
            .tags
            .iter()
            .map(|(lens, tags)| format!("{lens}: {}", tags.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")))
            .collect();
        self.field("Lenses", "视角", &tags.join("; "));
        let alignment: Vec<String> = indicator.alignment.iter().map(|a| plain(&format!("{} {}", a.scheme, a.code))).collect();
        self.field("Corresponds to", "对应", &alignment.join("; "));
        for criterion in &indicator.criteria {
            self.criterion(indicator, criterion);
        }
    }

    fn answer(&mut self, quantity: &Quantity, indent: &str) {
        let brief = quantity_brief(quantity, self.lang);
        let limits = match quantity {
            Quantity::Number(q) => between(q.min.map(|n| exact(n.get())), q.max.map(|n| exact(n.get())), self.lang),
            _ => String::new(),
        };
        let whole = match quantity {
            Quantity::Number(q) if q.integer == Some(true) => self.say("whole number", "整数"),
            _ => "",
        };
        let parts: Vec<&str> = [brief.as_str(), limits.as_str(), whole].into_iter().filter(|part| !part.is_empty()).collect();
        let value = parts.join(self.say(", ", "，"));
        self.page.add(indent);
        self.field("Answer", "回答", &value);
        match quantity {
            Quantity::Level(q) => {
                for level in &q.levels {
                    let line = format!("{indent}  {} {}", level.level, self.text(&level.name));
                    self.page.line(line);
                }
            }
            Quantity::Checklist(q) => {
                for item in &q.items {
                    let counts = item.weight.map(|weight| format!(" ({})", exact(weight.get()))).unwrap_or_default();
                    let line = format!("{indent}  {} {}{counts}", item.id, self.text(&item.name));
                    self.page.line(line);
                }
            }
            Quantity::Number(_) | Quantity::YesNo(_) => {}
        }
    }

    fn criterion(&mut self, indicator: &Indicator, criterion: &Criterion) {
        let title = self.style.bold(format!("{}{}{}", self.stage(criterion), self.say(": ", "："), criterion.binding.say(self.lang)));
        self.page.gap();
        self.page.line(title);
        if let Some(own) = criterion.weight {
            self.page.add("  ");
            self.field("Weight", "权重", &exact(own.get()));
        }
        if let Some(points) = criterion.points {
            self.page.add("  ");
            self.field("Points", "加分", &exact(points.get()));
        }
        if let Some(Applies { when, reason }) = &criterion.applies {
            let when = self.condition(when);
            self.page.add("  ");
            self.field("Applies when", "适用条件", &when);
            let reason = self.text(reason);
            self.page.add("  ");
            self.field("Otherwise", "不适用的理由", &reason);
        }
        if let Some(quantity) = &criterion.quantity {
            self.answer(quantity, "  ");
        }
        let measured = match (&indicator.per, indicator.quantity_in(criterion)) {
            (Some(per), _) => unit(self.standard, Some(&per.unit), self.lang),
            (None, Quantity::Number(q)) => unit(self.standard, Some(&q.unit), self.lang),
            _ => String::new(),
        };
        if let Some(Gate { at_least, at_most, basis }) = &criterion.gate {
            let edge = |n: &Option<Number>| n.map(|n| format!("{}{measured}", exact(n.get())));
            let needed = between(edge(at_least), edge(at_most), self.lang);
            let line = format!("{needed}{}", self.bases(basis));
            self.page.add("  ");
            self.field("Gate", "门槛", &line);
        }
        self.rule(&criterion.rule, &measured);
        for basis in &criterion.basis {
            let line = self.basis(basis);
            self.page.add("  ");
            self.field("Basis", "依据", &line);
        }
        if let Some(note) = &criterion.note {
            let note = self.text(note);
            self.page.add("  ");
            self.field("Remark", "备注", &note);
        }
    }

    fn rule(&mut self, rule: &Rule, measured: &str) {
        let mut table = Table::new(&[Align::Right, Align::Right, Align::Left]);
        let mut row = |at: String, score: f64, basis: String| table.row(vec![at, format!("→ {}", exact(score)), basis]);
        let kind = match rule {
            Rule::Piecewise(rule) => {
                rule.points.iter().for_each(|p| row(format!("{}{measured}", exact(p.at.get())), p.score.get(), self.bases(&p.basis)));
                match rule.scale {
                    None | Some(Scale::Linear) => self.say("line through these points", "过下列各点的折线"),
                    Some(Scale::Logarithmic) => self.say("line through these points, straight in the logarithm", "过下列各点的折线，按对数插值"),
                }
            }
            Rule::Steps(rule) => {
                let from = |n: Number| {
                    format!("{} {}{measured}", if rule.closed == talent_model::standard::Closed::Left { "≥" } else { ">" }, exact(n.get()))
                };
                for step in &rule.steps {
                    row(step.from.map_or_else(|| self.say("below", "以下").to_owned(), from), step.score.get(), self.bases(&step.basis));
                }
                self.say("steps", "分段")
            }
            Rule::Levels(rule) => {
                rule.scores.iter().for_each(|s| row(format!("{} {}", self.say("level", "等级"), s.level), s.score.get(), self.bases(&s.basis)));
                self.say("score of each level", "各等级的分值")
            }
            Rule::Checklist(rule) => {
                rule.points.iter().for_each(|p| row(exact(p.at.get()), p.score.get(), self.bases(&p.basis)));
                if rule.points.is_empty() {
                    self.say("share of items met × 100", "达到项占比 × 100")
                } else {
                    self.say("line over the items met", "按达到项的折线")
                }
            }
            Rule::YesNo(rule) => {
                row(true.say(self.lang).to_owned(), rule.yes.map_or(100.0, talent_model::quantity::Score::get), String::new());
                row(false.say(self.lang).to_owned(), rule.no.map_or(0.0, talent_model::quantity::Score::get), String::new());
                self.say("yes or no", "是与否")
            }
        };
        self.page.add("  ");
        self.field("Score", "计分", kind);
        table.print("    ", self.style, &mut self.page);
    }

    fn bases(&self, bases: &[Basis]) -> String {
        let text = bases.iter().map(|basis| self.basis(basis)).collect::<Vec<_>>().join("; ");
        if text.is_empty() { text } else { format!("  [{text}]") }
    }

    fn basis(&self, basis: &Basis) -> String {
        let mut parts = vec![basis.kind.say(self.lang).to_owned()];
        if let Some(id) = &basis.source {
            let source = self.standard.sources.get(id.as_str());
            let title = source.map_or_else(|| id.to_string(), |source| self.text(&source.title));
            let edition = source.and_then(|source| source.edition.as_ref()).map(|edition| format!(" ({})", plain(edition.as_str())));
            parts.push(format!("{title}{}", edition.unwrap_or_default()));
        }
        parts.extend(basis.clause.as_ref().map(|clause| plain(clause.as_str())));
        parts.extend(basis.confidence.map(|confidence| confidence.say(self.lang).to_owned()));
        parts.extend(basis.note.as_ref().map(|note| self.text(note)));
        parts.join(self.say(", ", "，"))
    }

    fn condition(&self, condition: &Condition) -> String {
        match condition {
            Condition::Fact(fact) => self.fact(fact),
            Condition::All(all) => all.conditions.iter().map(|c| self.condition(c)).collect::<Vec<_>>().join(self.say(" and ", " 且 ")),
            Condition::Any(any) => {
                format!("({})", any.conditions.iter().map(|c| self.condition(c)).collect::<Vec<_>>().join(self.say(" or ", " 或 ")))
            }
            Condition::Not(not) => format!("{} ({})", self.say("not", "非"), self.condition(&not.condition)),
        }
    }

    fn fact(&self, fact: &FactCondition) -> String {
        let definition = self.standard.facts.get(fact.fact.as_str());
        let name = definition.map_or_else(|| fact.fact.to_string(), |definition| self.text(&definition.name));
        let unit = unit(self.standard, definition.and_then(|definition| definition.unit.as_ref()), self.lang);
        let edge = |n: Option<Number>| n.map(|n| format!("{}{unit}", exact(n.get())));
        let mut parts = vec![between(edge(fact.at_least), edge(fact.at_most), self.lang)];
        parts.extend(fact.is.map(|is| is.say(self.lang).to_owned()));
        parts.extend(fact.choice.as_ref().map(ToString::to_string));
        parts.retain(|part| !part.is_empty());
        format!("{name}{}{}", self.say(": ", "："), parts.join(", "))
    }
}

fn quantity_brief(quantity: &Quantity, lang: Lang) -> String {
    match quantity {
        Quantity::Number(q) => q.unit.to_string(),
        Quantity::Level(q) => match lang {
            Lang::En => format!("{} levels", q.levels.len()),
            Lang::Zh => format!("{} 个等级", q.levels.len()),
        },
        Quantity::Checklist(q) => match lang {
            Lang::En => format!("{} items", q.items.len()),
            Lang::Zh => format!("{} 项清单", q.items.len()),
        },
        Quantity::YesNo(_) => ("yes or no", "是/否").say(lang).to_owned(),
    }
}
