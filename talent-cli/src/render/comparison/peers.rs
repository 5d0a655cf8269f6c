//! Communities of one kind, and what a relative method makes of them all.

use talent_model::Lang;
use talent_model::quantity::Number;

use super::super::table::{Align, Table};
use super::super::text::{exact, score};
use super::super::words::InLanguage;
use super::Printer;

impl Printer<'_> {
    pub(super) fn peers(&mut self) {
        let alike: Vec<[String; 2]> = (self.listed.iter())
            .filter_map(|one| {
                let nearest = one.nearest.first()?;
                Some([
                    self.community(one.community.id.as_str()),
                    format!("{} ({})", self.community(nearest.community.as_str()), score(nearest.distance.get())),
                ])
            })
            .collect();
        if !self.comparison.peers.is_empty() {
            let words = [("Kind", "类别"), ("Ranked", "参与排名"), ("Mean", "平均"), ("Communities", "社区")].map(|word| word.say(self.lang));
            let mut table = Table::new(&[Align::Left, Align::Right, Align::Right, Align::Left]).head(&words);
            for group in &self.comparison.peers {
                let name = match (&group.name, &group.group) {
                    (Some(name), _) => self.name(name),
                    (None, Some(id)) => id.to_string(),
                    (None, None) => self.say("not said", "未注明").to_owned(),
                };
                let members: Vec<String> = group.communities.iter().map(|id| self.community(id.as_str())).collect();
                table.row(vec![
                    name,
                    format!("{} / {}", group.ranked, group.communities.len()),
                    group.total.map(Number::get).map_or_else(|| "–".to_owned(), score),
                    members.join(self.say(", ", "、")),
                ]);
            }
            self.title("Peers (the mean of a few is no norm)", "同类社区（少数几个的平均不是标准）");
            table.print("  ", self.style, &mut self.page);
        }
        if alike.len() > 1 {
            let words = [("Community", "社区"), ("Most alike by scenario (mean distance in points)", "场景得分最接近的社区（平均相差分数）")];
            let mut table = Table::new(&[Align::Left, Align::Left]).head(&words.map(|word| word.say(self.lang)));
            let shown = if self.all { usize::MAX } else { super::MATRIX };
            alike.into_iter().take(shown).for_each(|row| table.row(row.into()));
            self.page.gap();
            table.print("  ", self.style, &mut self.page);
        }
    }

    pub(super) fn relative(&mut self) {
        let Some(relative) = &self.comparison.relative else { return };
        let Some(top) = relative.index.nodes.first() else { return };
        let steps: Vec<String> = (relative.index.method.steps.iter())
            .filter_map(|step| {
                // The word of a step, with that of how it is done.
                let value = serde_json::to_value(step).ok()?;
                let how = value.pointer("/how/type").and_then(serde_json::Value::as_str).unwrap_or_default();
                Some(format!("{} {how}", step.kind()).trim_end().to_owned())
            })
            .collect();
        let words = [("Community", "社区"), ("Rank here", "此处名次"), ("Score here", "此处得分"), ("Rank above", "上表名次")];
        let mut table = Table::new(&[Align::Left, Align::Right, Align::Right, Align::Right]).head(&words.map(|word| word.say(self.lang)));
        for one in self.ranked() {
            let at = relative.index.units.iter().position(|unit| unit.as_str() == one.community.id.as_str());
            let own = at.and_then(|at| top.scores.get(at));
            let shown = |value: Option<Number>| value.map_or_else(|| "–".to_owned(), |value| exact((value.get() * 1e4).round() / 1e4));
            table.row(vec![
                self.community(one.community.id.as_str()),
                shown(own.and_then(|own| own.rank)),
                shown(own.and_then(|own| own.score)),
                one.rank.as_ref().map(|rank| exact(rank.rank.get())).unwrap_or_default(),
            ]);
        }
        self.title("By a relative method", "按相对方法");
        let line = match self.lang {
            Lang::En => format!("  {} of {} communities: {}", relative.values.say(self.lang), relative.communities, steps.join(" → ")),
            Lang::Zh => format!("  {} 个社区的{}：{}", relative.communities, relative.values.say(self.lang), steps.join(" → ")),
        };
        self.page.line(line);
        table.print("  ", self.style, &mut self.page);
    }
}
