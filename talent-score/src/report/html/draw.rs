//! Bars and the scale of the total, as inline SVG. What they show stands in numbers beside them, so that nobody needs to see them.

use super::write::Html;
use crate::report::content::{Bar, Scale};

/// A coordinate, short and the same everywhere.
fn at(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn rect(html: &mut Html, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
    html.open("rect", &[("class", class), ("x", &at(x)), ("y", &at(y)), ("width", &at(width.max(0.0))), ("height", &at(height))]);
    html.close("rect");
}

/// The track, the range that is possible, the score and the demands, on a line so long, and so high.
fn line(html: &mut Html, bar: &Bar, left: f64, top: f64, long: f64, high: f64) {
    rect(html, "track", (left, top), (long, high));
    if bar.high > bar.low {
        rect(html, "range", (left + bar.low * long, top), ((bar.high - bar.low) * long, high));
    }
    if let Some(value) = bar.value {
        rect(html, "score", (left, top + high * 0.25), (value * long, high * 0.5));
        rect(html, "point", (left + value * long - 1.0, top), (2.0, high));
    }
    for mark in &bar.marks {
        let x = left + mark * long;
        rect(html, "mark", (x - 0.75, top), (1.5, high));
        rect(html, "mark", (x - 3.0, top + high - 1.5), (6.0, 1.5));
    }
}

/// A bar in a cell.
pub(super) fn bar(html: &mut Html, bar: &Bar) {
    html.raw("<svg class=\"bar\" viewBox=\"0 0 160 12\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
    line(html, bar, 0.0, 0.0, 160.0, 12.0);
    html.raw("</svg>");
}

/// The total with the grades' thresholds; their names stand by turns above and below, so that neighbours do not touch.
pub(super) fn scale(html: &mut Html, scale: &Scale, label: &str) {
    const LONG: f64 = 600.0;
    const LEFT: f64 = 20.0;
    /// A longer name would run into the next one but one.
    const NAME: usize = 14;
    html.open("svg", &[("class", "scale"), ("viewBox", "0 0 640 66"), ("role", "img"), ("aria-label", label)]);
    line(html, &scale.bar, LEFT, 24.0, LONG, 18.0);
    for (number, (share, name)) in scale.ticks.iter().enumerate() {
        let x = LEFT + share * LONG;
        let above = number % 2 == 0;
        let (tick, text) = if above { (18.0, 13.0) } else { (42.0, 60.0) };
        rect(html, "tick", (x - 0.5, tick), (1.0, 6.0));
        rect(html, "tick inside", (x - 0.5, 24.0), (1.0, 18.0));
        let side = if *share > 0.93 { "end" } else { "middle" };
        html.open("text", &[("x", &at(if side == "end" { LEFT + LONG } else { x })), ("y", &at(text)), ("text-anchor", side)]);
        html.text(&crate::report::tell::clip(name, NAME));
        html.close("text");
    }
    html.raw("</svg>");
}
