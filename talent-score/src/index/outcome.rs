//! What an index comes to.

use talent_model::Diagnostic;
use talent_model::collection::List;
use talent_model::id::Line;
use talent_model::index::{ChangedValue, IndexMethod, IndexNode, IndexResult, IndexScore, IndexWeight, LeftOut, Measured, ReferenceColumn};
use talent_model::quantity::{Count, Share};

use super::numbers::Numbers;
use super::stats::sorted;
use super::table::{Name, Table, finite};

/// Scores and ranks in columns, with everything that is needed to compute them again.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The method as it was applied: every default that was used is stated.
    pub method: IndexMethod,
    /// The units that are in, in the order of the table.
    pub units: Vec<Name>,
    /// Their periods, in a panel; empty when there is only one.
    pub times: Vec<Name>,
    /// Their rows in the table of values.
    pub(crate) rows: Vec<usize>,
    /// The indicators that count, in the order of the tree.
    pub indicators: Vec<String>,
    /// The values of those indicators as they were joined, one column each; not numbers where missing.
    pub values: Vec<Numbers>,
    /// 1 where more of those values is better, −1 where less is (only when the normalisation, or its absence, kept the direction).
    pub directions: Vec<f64>,
    /// The groups, the top first; a parent stands before its members.
    pub nodes: Vec<NodeOutcome>,
    /// Every value that was filled in or tamed.
    pub changes: Vec<ChangedValue>,
    /// The units and indicators that were left out.
    pub left_out: Vec<LeftOut>,
    /// The reference values of every normalised indicator, in the order of the units.
    pub(crate) reference: Vec<(String, Numbers)>,
    /// What was found; no errors.
    pub diagnostics: Vec<Diagnostic>,
}

/// One group.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeOutcome {
    /// The code.
    pub code: String,
    /// The place of the group above among the nodes; none for the top.
    pub parent: Option<usize>,
    /// The members that count, with their weights in the group, which add up to 1, and in the top.
    pub weights: Vec<(String, f64, f64)>,
    /// What the methods measured on the way, such as a consistency ratio.
    pub measures: Vec<(String, f64)>,
    /// The units' scores; not numbers where there are none. Empty when the method does not aggregate.
    pub scores: Vec<f64>,
    /// The units' ranks, 1 for the best; empty when the method does not rank.
    pub ranks: Vec<f64>,
    /// The share of the group's weight for which a value was given (not filled in), from 0 to 1.
    pub coverage: Vec<f64>,
}

/// A value that a step changed, by places in the tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// The step, from 0.
    pub step: usize,
    /// The unit's place in the table.
    pub unit: usize,
    /// The indicator's place in the tree.
    pub indicator: usize,
    /// What it was; not a number when it was missing.
    pub from: f64,
    /// What it became.
    pub to: f64,
}

pub(crate) fn line(text: &str) -> Line {
    // Names were checked with the tables.
    #[expect(clippy::expect_used, reason = "a constant that is one line of text")]
    Line::new(text).unwrap_or_else(|_| Line::new("?").expect("one line"))
}

fn share(value: f64) -> Share {
    // Shares are quotients of sums, and may miss 0 and 1 by rounding.
    #[expect(clippy::expect_used, reason = "clamped to the range")]
    Share::new(if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }).expect("a share")
}

impl Outcome {
    /// The top: the index itself.
    ///
    /// # Panics
    /// Never: an outcome has a top.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a tree has a top")]
    pub fn top(&self) -> &NodeOutcome {
        self.nodes.first().expect("a top")
    }

    /// The reference set of the normalisation, to freeze and use again in another method: for every indicator the values against which it was measured, ascending.
    #[must_use]
    pub fn reference(&self) -> Vec<ReferenceColumn> {
        let column = |(code, values): &(String, Numbers)| ReferenceColumn {
            indicator: line(code),
            values: sorted(values).into_iter().filter_map(finite).collect(),
        };
        self.reference.iter().map(column).collect()
    }

    /// A group by its code.
    #[must_use]
    pub fn node(&self, code: &str) -> Option<&NodeOutcome> {
        self.nodes.iter().find(|node| node.code == code)
    }

    /// The outcome as plain data, to be written, read again and compared byte by byte; with the digest of the tables that it was computed from.
    #[must_use]
    pub fn document(&self, table: &Table) -> IndexResult {
        let node = |node: &NodeOutcome| IndexNode {
            code: line(&node.code),
            parent: node.parent.and_then(|at| self.nodes.get(at)).map(|parent| line(&parent.code)),
            weights: node
                .weights
                .iter()
                .map(|(code, weight, effective)| IndexWeight { code: line(code), weight: share(*weight), effective: share(*effective) })
                .collect(),
            measures: node.measures.iter().filter_map(|(name, value)| Some(Measured { name: line(name), value: finite(*value)? })).collect(),
            scores: node
                .scores
                .iter()
                .enumerate()
                .map(|(at, score)| IndexScore {
                    score: finite(*score),
                    rank: node.ranks.get(at).and_then(|rank| finite(*rank)),
                    coverage: share(node.coverage.get(at).copied().unwrap_or_default()),
                })
                .collect(),
        };
        IndexResult {
            method: self.method.clone(),
            tables: table.digest(),
            units: self.units.iter().map(|unit| line(unit)).collect(),
            times: self.times.iter().map(|time| line(time)).collect(),
            left_out: List::from(self.left_out.clone()),
            nodes: self.nodes.iter().map(node).collect(),
            changes: List::from(self.changes.clone()),
            reference: List::from(self.reference()),
            diagnostics: List::from(self.diagnostics.clone()),
        }
    }
}

/// The step's place as a document has it.
pub(crate) fn step(at: usize) -> Count {
    Count::of(at)
}
