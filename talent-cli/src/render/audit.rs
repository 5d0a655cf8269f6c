//! The statistical audit of an index: what the data say of its structure.

use talent_model::Lang;
use talent_score::index::{Audit, NodeStatistics};

use super::table::{Align, Table};
use super::text::{Page, Style, exact, fit, percent, plain};
use super::words::InLanguage;

/// How many columns a name may take.
const NAME: usize = 24;

pub(crate) fn print(audit: &Audit, lang: Lang, style: Style, page: &mut Page) {
    let say = |en: &'static str, zh: &'static str| (en, zh).say(lang);
    let title = match lang {
        Lang::En => format!("Audit of {} indicators over {} units", audit.indicators.len(), audit.units),
        Lang::Zh => format!("{} 项指标、{} 个单元的统计审核", audit.indicators.len(), audit.units),
    };
    page.line(style.bold(title));
    if audit.chance.is_finite() {
        let line = match lang {
            Lang::En => format!("Chance alone gives correlations up to {:.2} in about 19 of 20 cases.", audit.chance),
            Lang::Zh => format!("仅凭偶然，约 20 次中有 19 次相关系数不超过 {:.2}。", audit.chance),
        };
        page.line(style.dim(line));
    }
    page.gap();
    page.line(style.bold(say("Values", "取值")));
    let right = [Align::Left, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right, Align::Right];
    let mut table = Table::new(&right).head(&[
        say("Indicator", "指标"),
        say("Missing", "缺失"),
        say("Least", "最小"),
        say("Median", "中位数"),
        say("Greatest", "最大"),
        say("Mean", "均值"),
        say("Deviation", "标准差"),
        say("Skewness", "偏度"),
        say("Kurtosis", "峰度"),
    ]);
    for one in &audit.indicators {
        let mark = if one.outliers { " !" } else { "" };
        let row = [one.least, one.median, one.greatest, one.mean, one.deviation, one.skewness, one.kurtosis];
        let mut cells = vec![format!("{}{mark}", fit(&plain(&one.code), NAME)), percent(one.missing)];
        cells.extend(row.map(short));
        table.row(cells);
    }
    table.print("  ", style, page);
    if audit.indicators.iter().any(|one| one.outliers) {
        page.line(style.dim(say(
            "  ! outliers by the OECD/JRC rule: skewness beyond ±2 and kurtosis above 3.5",
            "  ! 按 OECD/JRC 规则存在离群值：偏度超出 ±2 且峰度大于 3.5",
        )));
    }
    for node in &audit.nodes {
        group(node, lang, style, page);
    }
}

fn group(node: &NodeStatistics, lang: Lang, style: Style, page: &mut Page) {
    let say = |en: &'static str, zh: &'static str| (en, zh).say(lang);
    page.gap();
    page.line(format!("{}{}", style.bold(say("Group ", "分组 ")), style.bold(plain(&node.code))));
    let mut told = Vec::new();
    if let Some(alpha) = node.alpha {
        told.push(format!("{} {alpha:.2}", say("Cronbach's alpha", "Cronbach α 系数")));
    }
    if let Some(first) = node.components.first() {
        told.push(format!("{} {}", say("first component", "第一主成分"), percent(first.share)));
        let many = node.components.iter().filter(|component| component.eigenvalue > 1.0).count();
        told.push(format!("{} {many}", say("components above 1:", "特征值大于 1 的主成分数：")));
    }
    if !told.is_empty() {
        page.line(style.dim(format!("  {}", told.join(say("; ", "；")))));
    }
    let aligns = [Align::Left, Align::Right, Align::Right, Align::Left];
    let mut table = Table::new(&aligns).head(&[
        say("Member", "成员"),
        say("With the score", "与得分相关"),
        say("Inflation", "方差膨胀"),
        say("Nearest member", "最相关的成员"),
    ]);
    for (at, member) in node.members.iter().enumerate() {
        let with = node.with_score.get(at).copied().flatten();
        let others = node.correlations.get(at).map(Vec::as_slice).unwrap_or_default();
        let others = others.iter().enumerate().filter(|(other, _)| *other != at).filter_map(|(other, r)| Some((node.members.get(other)?, (*r)?)));
        let nearest = others.max_by(|(_, a), (_, b)| a.abs().total_cmp(&b.abs()));
        table.row(vec![
            fit(&plain(member), NAME),
            with.map_or_else(|| "–".to_owned(), |r| format!("{r:.2}")),
            node.inflation.get(at).map_or_else(|| "–".to_owned(), |x| format!("{x:.1}")),
            nearest.map_or_else(|| "–".to_owned(), |(name, r)| format!("{} {r:.2}", fit(&plain(name), NAME))),
        ]);
    }
    table.print("  ", style, page);
}

/// Four digits that count, so that populations and shares both fit.
fn short(value: Option<f64>) -> String {
    let Some(x) = value else { return "–".to_owned() };
    let size = x.abs();
    if size >= 1000.0 || x == 0.0 {
        format!("{x:.0}")
    } else if size >= 1.0 {
        format!("{x:.2}")
    } else if size >= 0.001 {
        format!("{x:.4}")
    } else {
        format!("{x:.1e}")
    }
}

/// One row for every indicator, for programs.
pub(crate) fn csv(audit: &Audit) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory cannot fail.
    let _ = writer.write_record([
        "indicator",
        "known",
        "missing",
        "least",
        "greatest",
        "mean",
        "median",
        "deviation",
        "skewness",
        "kurtosis",
        "outliers",
    ]);
    let number = |x: Option<f64>| x.map_or_else(String::new, exact);
    for one in &audit.indicators {
        let numbers = [Some(one.missing), one.least, one.greatest, one.mean, one.median, one.deviation, one.skewness, one.kurtosis].map(number);
        let row = [one.code.clone(), one.known.to_string()].into_iter().chain(numbers).chain([one.outliers.to_string()]);
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}
