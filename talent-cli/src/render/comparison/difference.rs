//! The difference of two communities, taken apart.

use talent_model::Lang;
use talent_model::comparison::{Comparison, Difference, IndicatorDifference};
use talent_model::id::Line;
use talent_model::quantity::Number;
use talent_model::text::Text;

use super::super::table::{Align, Table};
use super::super::text::{Page, Style, fit, plain, score};
use super::super::words::InLanguage;
use super::NAME;
use super::order::signed;

/// How many indicators are shown.
const FIRST: usize = 12;
/// What is left over by the rounding of doubles is not worth a line.
const NOTHING: f64 = 1e-9;

pub(crate) fn print(difference: &Difference, comparison: &Comparison, all: bool, lang: Lang, style: Style) -> String {
    let mut page = Page::default();
    let name = |id: &str| {
        let found = comparison.communities.iter().find(|one| one.community.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |one| plain(one.community.name.in_language(lang)))
    };
    let (of, against) = (name(difference.of.as_str()), name(difference.against.as_str()));
    page.line(style.bold(match lang {
        Lang::En => format!("{of} against {against}"),
        Lang::Zh => format!("{of} 与 {against} 的差距"),
    }));
    let (x, y) = (difference.of_total.get(), difference.against_total.get());
    page.line(format_args!("{}  {x:.2} − {y:.2} = {}", style.dim(("Total", "总分").say(lang)), style.bold(signed(difference.difference.get()))));
    for notice in &comparison.notices {
        page.line(style.yellow(format!("{}{}", ("Notice: ", "注意：").say(lang), plain(notice.in_language(lang)))));
    }
    for line in super::marks(comparison, lang) {
        page.line(style.red(line));
    }

    let words = |what: (&'static str, &'static str)| {
        [("Code", "编号"), what, ("Brings", "带来"), ("First", "前者"), ("Second", "后者")].map(|word| word.say(lang))
    };
    let aligns = [Align::Left, Align::Left, Align::Right, Align::Right, Align::Right];
    let mut table = Table::new(&aligns).head(&words(("Scenario", "场景")));
    let row = |code: Option<&Line>, id: &str, name: &Text, by: Number, of: Option<Number>, against: Option<Number>| {
        let shown = |value: Option<Number>| value.map_or_else(|| "–".to_owned(), |value| score(value.get()));
        let code = code.map_or_else(|| id.to_owned(), |code| plain(code.as_str()));
        vec![code, fit(&plain(name.in_language(lang)), NAME), signed(by.get()), shown(of), shown(against)]
    };
    for one in &difference.scenarios {
        table.row(row(one.code.as_ref(), one.id.as_str(), &one.name, one.difference, one.of, one.against));
    }
    page.gap();
    page.line(style.bold(("What each scenario brings, in points of the total", "各场景带来的差距（总分）").say(lang)));
    table.print("  ", style, &mut page);
    if difference.rest.get().abs() > NOTHING {
        page.line(format_args!("  {} {}", ("not attributed to a scenario:", "未能归于任何场景：").say(lang), signed(difference.rest.get())));
    }

    let mut indicators: Vec<&IndicatorDifference> =
        difference.scenarios.iter().flat_map(|scenario| &scenario.indicators).filter(|one| one.difference.get().abs() > NOTHING).collect();
    // Equal ones stay in document order.
    indicators.sort_by(|a, b| b.difference.get().abs().total_cmp(&a.difference.get().abs()));
    let shown = if all { usize::MAX } else { FIRST };
    let mut table = Table::new(&aligns).head(&words(("Indicator", "指标")));
    for one in indicators.iter().take(shown) {
        table.row(row(one.code.as_ref(), one.id.as_str(), &one.name, one.difference, one.of, one.against));
    }
    page.gap();
    page.line(style.bold(("What differs most, indicator by indicator", "差距最大的指标").say(lang)));
    table.print("  ", style, &mut page);
    if let Some(more @ 1..) = indicators.len().checked_sub(shown) {
        page.line(match lang {
            Lang::En => format!("  and {more} more (--all)"),
            Lang::Zh => format!("  另有 {more} 项（--all 显示全部）"),
        });
    }
    let unexplained: f64 = difference.scenarios.iter().map(|scenario| scenario.rest.get()).sum();
    if unexplained.abs() > NOTHING {
        page.line(format_args!("  {} {}", ("not attributed to an indicator:", "未能归于任何指标：").say(lang), signed(unexplained)));
    }
    page.done()
}
