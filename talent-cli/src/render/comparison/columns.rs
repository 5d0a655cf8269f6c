//! A comparison as a table of plain columns, for spreadsheets and data frames.

use talent_model::canonical;
use talent_model::comparison::{Comparison, Difference, Unranked};
use talent_model::quantity::Number;

fn number(value: Option<f64>) -> String {
    value.map(canonical::number).unwrap_or_default()
}

/// Rows of cells as comma-separated values (RFC 4180); a stranger's text cannot become a formula.
fn csv(rows: Vec<Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail, and all rows have the same number of cells.
        let _ = writer.write_record(&row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A text that a spreadsheet does not take for a formula.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// One row for every community, in the order of the document.
pub(crate) fn comparison(comparison: &Comparison) -> String {
    let mut head: Vec<String> =
        ["community", "submission", "standard", "version", "group", "rank", "best_place", "worst_place", "unranked", "peers", "grade"]
            .into_iter()
            .chain(["total", "low", "high", "coverage"])
            .map(str::to_owned)
            .collect();
    for scenario in &comparison.scenarios {
        head.extend(["", ".rank", ".coverage"].map(|what| format!("{}{what}", scenario.id)));
    }
    let mut rows = vec![head];
    for one in &comparison.communities {
        let plan =
            comparison.method.plans.iter().enumerate().find(|(at, _)| talent_model::quantity::Count::of(*at) == one.plan).map(|(_, plan)| plan);
        let group = comparison.tiers.iter().position(|tier| tier.communities.contains(&one.community.id));
        let rank = one.rank.as_ref();
        let unranked = one.unranked.map(Unranked::as_str).unwrap_or_default();
        let mut row = vec![
            text(one.community.id.as_str()),
            text(one.submission.id.as_str()),
            plan.map(|plan| plan.standard.id.to_string()).unwrap_or_default(),
            plan.map(|plan| plan.standard.version.to_string()).unwrap_or_default(),
            group.map(super::letters).unwrap_or_default(),
            number(rank.map(|rank| rank.rank.get())),
            number(rank.map(|rank| rank.best_place.get())),
            number(rank.map(|rank| rank.worst_place.get())),
            unranked.to_owned(),
            one.peers.as_ref().map(ToString::to_string).unwrap_or_default(),
            one.grade.as_ref().map(ToString::to_string).unwrap_or_default(),
            number(one.total.score.map(Number::get)),
            number(Some(one.total.low.get())),
            number(Some(one.total.high.get())),
            number(Some(one.total.coverage.get())),
        ];
        for scenario in &comparison.scenarios {
            let own = one.scenarios.iter().find(|own| own.id == scenario.id);
            row.push(number(own.and_then(|own| own.score.score).map(Number::get)));
            row.push(number(own.and_then(|own| own.rank).map(Number::get)));
            row.push(number(own.map(|own| own.score.coverage.get())));
        }
        rows.push(row);
    }
    csv(rows)
}

/// One row for every scenario, indicator and rest, and one for the total.
pub(crate) fn difference(difference: &Difference) -> String {
    let row = |what: &str, scenario: &str, indicator: &str, by: Number, sides: [Option<Number>; 2]| {
        let mut row = [what, scenario, indicator].map(str::to_owned).to_vec();
        row.extend([Some(by)].into_iter().chain(sides).map(|value| number(value.map(Number::get))));
        row
    };
    let mut rows = vec![["row", "scenario", "indicator", "difference", "of", "against"].map(str::to_owned).to_vec()];
    for one in &difference.scenarios {
        let id = one.id.as_str();
        rows.push(row("scenario", id, "", one.difference, [one.of, one.against]));
        rows.extend(one.indicators.iter().map(|inner| row("indicator", id, inner.id.as_str(), inner.difference, [inner.of, inner.against])));
        rows.push(row("rest", id, "", one.rest, [None, None]));
    }
    rows.push(row("rest", "", "", difference.rest, [None, None]));
    rows.push(row("total", "", "", difference.difference, [Some(difference.of_total), Some(difference.against_total)]));
    csv(rows)
}
