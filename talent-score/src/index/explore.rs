//! What a rank hides: who is better in everything, who is like whom, and what one indicator or one unit more or less would change.

use std::collections::BTreeMap;

use talent_model::Diagnostic;
use talent_model::index::Ties;

use super::IndexError;
use super::combine::{Members, outranking};
use super::matrix::{Matrix, View};
use super::outcome::Outcome;
use super::pipeline::Pipeline;
use super::state::State;
use super::stats::{count, population_deviation};
use super::table::Name;
use crate::rank::ranks;

/// The partial order of units: one dominates another when it is at least as good in every indicator and better in one.
///
/// A unit that lacks a value that the other has is neither better nor worse there: the two are compared over the indicators that both have, and only when these are all of a
/// unit's indicators can it be dominated; otherwise the pair is incomparable.
#[derive(Clone, Debug, PartialEq)]
pub struct Dominance {
    /// The pairs (better, worse), by the places of the units.
    pub pairs: Vec<(usize, usize)>,
    /// The units that nobody dominates, by their places.
    pub front: Vec<usize>,
}

/// The index without one of its indicators or units.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOneOut {
    /// The code of the indicator, or the name of the unit, that is left out.
    pub without: String,
    /// The ranks at the top, ties as in a competition, in a panel within each period; not numbers for units without a score. Empty when there is no index without it.
    pub ranks: Vec<f64>,
    /// The mean of the absolute differences to the ranks with it (among the same units).
    pub mean_shift: f64,
    /// The greatest of them.
    pub greatest_shift: f64,
    /// Why there is no index without it; only warnings when there is one.
    pub diagnostics: Vec<Diagnostic>,
}

/// Two units whose order turns when a third is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reversal {
    /// The unit that is left out.
    pub without: String,
    /// The period, in a panel.
    pub time: Option<String>,
    /// The unit that is better with it, and worse without.
    pub better: String,
    /// The other.
    pub worse: String,
}

impl Outcome {
    /// Whether two units, by their places, are of one period; everywhere but in a panel all are.
    fn together(&self, a: usize, b: usize) -> bool {
        self.times.get(a) == self.times.get(b)
    }

    /// The values of the indicators under a group, turned so that more is better.
    fn under(&self, code: &str) -> Option<Matrix> {
        let mut open = vec![code.to_owned()];
        let mut columns: Vec<Vec<f64>> = Vec::new();
        self.node(code)?;
        while let Some(code) = open.pop() {
            match self.node(&code) {
                Some(node) => open.extend(node.weights.iter().rev().map(|(code, ..)| code.clone())),
                None => columns.extend(self.turned(&code)),
            }
        }
        Some(Matrix::of(self.units.len(), columns.iter().map(Vec::as_slice)))
    }

    fn turned(&self, indicator: &str) -> Option<Vec<f64>> {
        let at = self.indicators.iter().position(|code| code == indicator)?;
        let sign = self.directions.get(at).copied().unwrap_or(1.0);
        Some(self.values.get(at)?.iter().map(|x| sign * x).collect())
    }

    /// The partial order of the units over all indicators under a group; nothing when there is no such group. For small numbers of units it says more honestly than ranks who is
    /// better. In a panel units are compared within a period. Source: Brüggemann and Patil, Ranking and Prioritization for Multi-indicator Systems (2011), chapter 2.
    #[must_use]
    pub fn dominance(&self, node: &str) -> Option<Dominance> {
        let cells = self.under(node)?;
        let n = cells.rows();
        let mut pairs = Vec::new();
        for a in 0..n {
            for b in (0..n).filter(|b| *b != a && self.together(a, *b)) {
                let (mut better, mut comparable) = (false, true);
                for (x, y) in cells.row(a).zip(cells.row(b)) {
                    if x < y || x.is_nan() != y.is_nan() {
                        comparable = false;
                        break;
                    }
                    better |= x > y;
                }
                if better && comparable {
                    pairs.push((a, b));
                }
            }
        }
        let front = (0..n).filter(|unit| !pairs.iter().any(|(_, worse)| worse == unit)).collect();
        Some(Dominance { pairs, front })
    }

    /// The units most like one, nearest first: the root of the mean squared difference over the standardised indicators that both have, in a panel over the periods that both have. Nothing when
    /// there is no such unit.
    #[must_use]
    pub fn nearest(&self, unit: &str, most: usize) -> Option<Vec<(String, f64)>> {
        let own: Vec<usize> = self.units.iter().enumerate().filter(|(_, name)| *name == unit).map(|(at, _)| at).collect();
        own.first()?;
        let cells = View::new(self.units.len(), self.values.iter().map(|values| &**values));
        let scale: Vec<f64> = cells.each_column().map(population_deviation).collect();
        // The sum of squares and how many differences it has, by the other unit.
        let mut sums: BTreeMap<&str, (f64, usize)> = BTreeMap::new();
        for (other, name) in self.units.iter().enumerate().filter(|(_, name)| *name != unit) {
            for own in own.iter().filter(|own| self.together(**own, other)) {
                for ((x, y), scale) in cells.row(*own).zip(cells.row(other)).zip(&scale) {
                    if !x.is_nan() && !y.is_nan() && *scale > 0.0 {
                        let (sum, shared) = sums.entry(name).or_default();
                        *sum += (x - y) / scale * ((x - y) / scale);
                        *shared += 1;
                    }
                }
            }
        }
        let mut others: Vec<(String, f64)> =
            sums.into_iter().map(|(name, (sum, shared))| (name.to_owned(), libm::sqrt(sum / count(shared)))).collect();
        others.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        others.truncate(most);
        Some(others)
    }

    /// The Condorcet outranking matrix of a group: for every unit (row) the share of weight by which it is better than every other (column), ties counting a half; not a number
    /// on the diagonal, where two units have no member in common, and in a panel between periods. Nothing when there is no such group.
    #[must_use]
    pub fn outranking(&self, node: &str) -> Option<Vec<Vec<f64>>> {
        let node = self.node(node)?;
        let codes: Vec<&str> = node.weights.iter().map(|(code, ..)| code.as_str()).collect();
        let weights: Vec<f64> = node.weights.iter().map(|(_, weight, _)| *weight).collect();
        let columns: Vec<Vec<f64>> =
            codes.iter().map(|code| self.turned(code).or_else(|| Some(self.node(code)?.scores.clone())).unwrap_or_default()).collect();
        let cells = View::new(self.units.len(), columns.iter().map(Vec::as_slice));
        let votes = outranking(&Members { codes: &codes, cells: &cells, weights: &weights, signs: &vec![1.0; codes.len()] });
        let shown =
            |unit: usize| votes.row(unit).enumerate().map(move |(other, share)| if self.together(unit, other) { share } else { f64::NAN }).collect();
        Some((0..votes.rows()).map(shown).collect())
    }

    /// The number and the mean score of the units of each group of a column, at a node, in the order of the groups' names; units without a score do not count.
    #[must_use]
    pub fn group_means(&self, table: &super::Table, column: &str, node: &str) -> Option<Vec<(String, usize, f64)>> {
        let (_, of) = table.groups.iter().find(|(name, _)| name == column)?;
        let scores = &self.node(node)?.scores;
        let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (row, score) in self.rows.iter().zip(scores).filter(|(_, score)| !score.is_nan()) {
            groups.entry(of.get(*row)?).or_default().push(*score);
        }
        Some(groups.into_iter().map(|(name, scores)| (name.to_owned(), scores.len(), super::stats::mean(&scores))).collect())
    }
}

impl Pipeline<'_> {
    /// The index without each of its indicators in turn, through the whole pipeline.
    ///
    /// # Errors
    /// [`IndexError`] when there is no index with all of them.
    pub fn without_each_indicator(&self) -> Result<Vec<LeftOneOut>, IndexError> {
        let all = self.run()?;
        let nominal = all.top().scores.clone();
        let one = |(at, leaf): (usize, &super::table::Leaf)| {
            let mut start = State::new(self.table(), self.tree());
            start.drop(None, at);
            // Units that are screened without the indicator but not with it have no rank to compare.
            self.left_out(&leaf.code, start, &all, &nominal)
        };
        Ok(self.tree().leaves.iter().enumerate().filter(|(_, leaf)| all.indicators.contains(&leaf.code)).map(one).collect())
    }

    /// The index without each of its units in turn, through the whole pipeline. Ranks are compared among the units that are left.
    ///
    /// # Errors
    /// [`IndexError`] when there is no index with all of them.
    pub fn without_each_unit(&self) -> Result<Vec<LeftOneOut>, IndexError> {
        let all = self.run()?;
        Ok(self.each_unit_out(&all).into_iter().map(|(one, _)| one).collect())
    }

    /// The pairs of units whose order turns when a third is left out: methods that measure units against each other are open to this, absolute ones are not.
    ///
    /// # Errors
    /// [`IndexError`] when there is no index with all of them.
    pub fn rank_reversals(&self) -> Result<Vec<Reversal>, IndexError> {
        let all = self.run()?;
        let nominal = &all.top().scores;
        let mut found = Vec::new();
        for (one, scores) in self.each_unit_out(&all) {
            let both: Vec<(usize, f64, f64)> = nominal
                .iter()
                .zip(&scores)
                .enumerate()
                .filter(|(_, (_, after))| !after.is_nan())
                .map(|(at, (before, after))| (at, *before, *after))
                .collect();
            let name = |at: usize| all.units.get(at).map(ToString::to_string).unwrap_or_default();
            for (better, before, after) in &both {
                let turned = both.iter().filter(|(other, was, now)| before > was && after < now && all.together(*better, *other));
                found.extend(turned.map(|(worse, ..)| Reversal {
                    without: one.without.clone(),
                    time: all.times.get(*better).map(ToString::to_string),
                    better: name(*better),
                    worse: name(*worse),
                }));
            }
        }
        Ok(found)
    }

    fn each_unit_out(&self, all: &Outcome) -> Vec<(LeftOneOut, Vec<f64>)> {
        let one = |name: &Name| {
            let mut start = State::new(self.table(), self.tree());
            let kept: Vec<usize> = (0..start.units.len()).filter(|at| self.table().units.get(*at) != Some(name)).collect();
            start.keep(&kept);
            let (one, scores) = self.rerun(start, &all.rows);
            let mut nominal = all.top().scores.clone();
            // The unit itself is not ranked with the others.
            for (score, unit) in nominal.iter_mut().zip(&all.units) {
                if unit == name {
                    *score = f64::NAN;
                }
            }
            (shifts(name, &all.times, &nominal, &scores, one), scores)
        };
        // In a panel a unit goes with all its periods.
        let mut names: Vec<&Name> = Vec::new();
        all.units.iter().for_each(|name| {
            if !names.contains(&name) {
                names.push(name)
            }
        });
        names.into_iter().map(one).collect()
    }

    fn left_out(&self, without: &str, start: State, all: &Outcome, nominal: &[f64]) -> LeftOneOut {
        let (found, scores) = self.rerun(start, &all.rows);
        shifts(without, &all.times, nominal, &scores, found)
    }

    /// Runs from a start of one's own; the scores at the top are in the order of `rows`.
    fn rerun(&self, start: State, rows: &[usize]) -> (Vec<Diagnostic>, Vec<f64>) {
        match self.run_from(start) {
            Ok((state, found)) => {
                let top = state.nodes.first().map(|node| node.scores.as_slice()).unwrap_or_default();
                let mut places = vec![None; self.table().units.len()];
                for (place, row) in state.units.iter().enumerate() {
                    if let Some(cell) = places.get_mut(*row) {
                        *cell = top.get(place).copied();
                    }
                }
                (found, rows.iter().map(|row| places.get(*row).copied().flatten().unwrap_or(f64::NAN)).collect())
            }
            Err(error) => (error.diagnostics, Vec::new()),
        }
    }
}

fn shifts(without: &str, times: &[Name], nominal: &[f64], scores: &[f64], diagnostics: Vec<Diagnostic>) -> LeftOneOut {
    // Only units with a score both times are compared.
    let common = |of: &[f64], other: &[f64]| -> Vec<f64> { of.iter().zip(other).map(|(x, y)| if y.is_nan() { f64::NAN } else { *x }).collect() };
    let after = within(times, &common(scores, nominal));
    let before = within(times, &common(nominal, scores));
    let (mut sum, mut greatest, mut n) = (0.0, 0.0_f64, 0);
    for (a, b) in after.iter().zip(&before).filter(|(a, _)| !a.is_nan()) {
        sum += (a - b).abs();
        greatest = greatest.max((a - b).abs());
        n += 1;
    }
    LeftOneOut { without: without.into(), ranks: after, mean_shift: if n > 0 { sum / count(n) } else { 0.0 }, greatest_shift: greatest, diagnostics }
}

/// Ranks within every period.
fn within(times: &[Name], scores: &[f64]) -> Vec<f64> {
    let mut periods: BTreeMap<Option<&Name>, Vec<usize>> = BTreeMap::new();
    (0..scores.len()).for_each(|at| periods.entry(times.get(at)).or_default().push(at));
    let mut all = vec![f64::NAN; scores.len()];
    for places in periods.values() {
        let own: Vec<f64> = places.iter().filter_map(|at| scores.get(*at).copied()).collect();
        for (at, rank) in places.iter().zip(ranks(&own, Ties::Competition)) {
            all.get_mut(*at).into_iter().for_each(|slot| *slot = rank);
        }
    }
    all
}
