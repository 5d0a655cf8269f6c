//! The statistical audit: what the data say about the structure of an index.
//!
//! Source: OECD/JRC, Handbook (2008), chapters 4 and 10, and the JRC's audits. Correlation is no proof: with few units the audit says how large a correlation chance alone gives.

use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer};

use super::IndexError;
use super::linear::{correlations, eigen, inverse_diagonal};
use super::matrix::Matrix;
use super::pipeline::Pipeline;
use super::stats::{count, extremes, known, kurtosis, mean, median, pearson, sample_deviation, skewness};

/// Correlations above this say that two members are nearly the same (JRC).
const REDUNDANT: f64 = 0.92;
/// Below this many units the audit says how little it can tell.
const ENOUGH: usize = 30;

/// The audit of an index.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Audit {
    /// How many units it rests on.
    pub units: usize,
    /// The correlation that chance alone gives in about one of twenty cases: `2/√n`.
    pub chance: f64,
    /// Statistics of the raw values of every indicator.
    pub indicators: Vec<IndicatorStatistics>,
    /// Statistics of the members of every group.
    pub nodes: Vec<NodeStatistics>,
    /// What was found: directions in conflict, redundant members, collinearity, and how far to trust it.
    pub diagnostics: Vec<Diagnostic>,
}

/// Statistics of one indicator's raw values; `None` where they have no meaning.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct IndicatorStatistics {
    /// The indicator.
    pub code: String,
    /// How many values there are.
    pub known: usize,
    /// The share of values that are missing, from 0 to 1.
    pub missing: f64,
    /// The least value.
    pub least: Option<f64>,
    /// The greatest value.
    pub greatest: Option<f64>,
    /// The mean.
    pub mean: Option<f64>,
    /// The median.
    pub median: Option<f64>,
    /// The sample's standard deviation.
    pub deviation: Option<f64>,
    /// The adjusted skewness G1.
    pub skewness: Option<f64>,
    /// The adjusted excess kurtosis G2.
    pub kurtosis: Option<f64>,
    /// Whether it has outliers by the rule of the handbook: skewness beyond 2 and kurtosis above 3.5.
    pub outliers: bool,
}

/// Statistics of the members of one group, as they are joined.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct NodeStatistics {
    /// The group.
    pub code: String,
    /// Its members.
    pub members: Vec<String>,
    /// The correlation of every member with every other; `None` where one does not vary.
    pub correlations: Vec<Vec<Option<f64>>>,
    /// The correlation of every member with the group's score.
    pub with_score: Vec<Option<f64>>,
    /// The correlation of every member with the score at every group above, the nearest first, up to the top.
    pub with_above: Vec<Vec<Option<f64>>>,
    /// Cronbach's alpha over the units that have all members: near 1 when they measure one thing.
    pub alpha: Option<f64>,
    /// The variance inflation factor of every member, `1/(1 − R²)` by the others; empty when the members depend on one another, or there are too few units.
    pub inflation: Vec<f64>,
    /// The principal components of the correlations, the greatest first.
    pub components: Vec<Component>,
}

/// One principal component.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Component {
    /// Its eigenvalue; above 1 it carries more than one member's variance.
    pub eigenvalue: f64,
    /// Its share of the variance, from 0 to 1.
    pub share: f64,
    /// The correlation of every member with the component.
    pub loadings: Vec<f64>,
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn describe(code: &str, values: &[f64]) -> IndicatorStatistics {
    let (least, greatest) = extremes(values);
    let there = known(values).len();
    IndicatorStatistics {
        code: code.into(),
        known: there,
        missing: if values.is_empty() { 0.0 } else { 1.0 - count(there) / count(values.len()) },
        least: finite(least),
        greatest: finite(greatest),
        mean: finite(mean(values)),
        median: finite(median(values)),
        deviation: finite(sample_deviation(values)),
        skewness: finite(skewness(values)),
        kurtosis: finite(kurtosis(values)),
        outliers: skewness(values).abs() > 2.0 && kurtosis(values) > 3.5,
    }
}

/// Cronbach's alpha: `k/(k−1) · (1 − Σ var / var(Σ))`. Source: Cronbach, Psychometrika 16 (1951) 297–334.
fn alpha(cells: &Matrix) -> Option<f64> {
    let k = count(cells.columns());
    if cells.columns() < 2 || cells.rows() < 2 {
        return None;
    }
    let sums: Vec<f64> = (0..cells.rows()).map(|unit| cells.row(unit).sum()).collect();
    let square = |values: &[f64]| sample_deviation(values) * sample_deviation(values);
    let total = square(&sums);
    if total <= 0.0 {
        return None;
    }
    finite(k / (k - 1.0) * (1.0 - cells.each_column().map(square).sum::<f64>() / total))
}

impl Pipeline<'_> {
    /// Runs the pipeline and audits it: the raw values of every indicator, and the members of every group as they are joined.
    ///
    /// # Errors
    /// [`IndexError`] when the pipeline has no outcome.
    pub fn audit(&self) -> Result<Audit, IndexError> {
        let outcome = self.run()?;
        let units = outcome.units.len();
        let chance = 2.0 / libm::sqrt(count(units));
        let mut found = Vec::new();
        if units < ENOUGH {
            let diagnostic = Diagnostic::new(Code::IndexAuditSmall, Pointer::root()).with("found", units.to_string());
            found.push(diagnostic.with("expected", format!("{:.2}", chance.min(1.0))));
        }
        let raw = |leaf: &super::table::Leaf| {
            let values = self.table().columns.get(leaf.column).map(|(_, values)| &**values).unwrap_or_default();
            describe(&leaf.code, values)
        };
        let indicators = self.tree().leaves.iter().map(raw).collect();
        let mut nodes = Vec::new();
        for node in &outcome.nodes {
            let members: Vec<String> = node.weights.iter().map(|(code, ..)| code.clone()).collect();
            let column = |code: &String| -> Vec<f64> {
                let leaf = outcome.indicators.iter().position(|name| name == code);
                match leaf {
                    Some(at) => {
                        let sign = outcome.directions.get(at).copied().unwrap_or(1.0);
                        outcome.values.get(at).map(|values| values.iter().map(|x| sign * x).collect()).unwrap_or_default()
                    }
                    None => outcome.node(code).map(|node| node.scores.clone()).unwrap_or_default(),
                }
            };
            let columns: Vec<Vec<f64>> = members.iter().map(column).collect();
            let cells = Matrix::of(units, columns.iter().map(Vec::as_slice));
            let place = Pointer::root().with("nodes").with(&node.code);
            let between: Vec<Vec<Option<f64>>> = columns.iter().map(|a| columns.iter().map(|b| pearson(a, b)).collect()).collect();
            let with_score: Vec<Option<f64>> = columns.iter().map(|column| pearson(column, &node.scores)).collect();
            let mut above = Vec::new();
            let mut parent = node.parent.and_then(|at| outcome.nodes.get(at));
            while let Some(node) = parent {
                above.push(node.scores.as_slice());
                parent = node.parent.and_then(|at| outcome.nodes.get(at));
            }
            let with_above = columns.iter().map(|column| above.iter().map(|scores| pearson(column, scores)).collect()).collect();
            for (at, (code, row)) in members.iter().zip(&between).enumerate() {
                for (other, r) in members.iter().zip(row).skip(at + 1) {
                    if let Some(r) = r.filter(|r| r.abs() > REDUNDANT) {
                        let diagnostic = Diagnostic::new(Code::IndexRedundant, place.clone()).with("code", code).with("other", other);
                        found.push(diagnostic.with("found", format!("{r:.2}")));
                    }
                }
            }
            for (code, r) in members.iter().zip(&with_score) {
                if let Some(r) = r.filter(|r| *r < -chance.min(1.0)) {
                    let diagnostic = Diagnostic::new(Code::IndexConflict, place.clone()).with("code", code).with("node", &node.code);
                    found.push(diagnostic.with("found", format!("{r:.2}")));
                }
            }
            let complete: Vec<usize> = (0..units).filter(|unit| cells.row(*unit).all(|x| !x.is_nan())).collect();
            let whole = cells.keep(&complete);
            let matrix = correlations(&whole);
            let inflation = if whole.rows() > whole.columns() { inverse_diagonal(&matrix) } else { None };
            if members.len() > 1 && inflation.is_none() {
                let codes: Vec<String> = members.iter().map(|code| format!("`{code}`")).collect();
                found.push(Diagnostic::new(Code::IndexSingular, place).with("codes", codes.join(", ")).with("method", "variance inflation"));
            }
            let k = count(members.len());
            let component = |(eigenvalue, vector): (f64, Vec<f64>)| {
                let root = libm::sqrt(eigenvalue.max(0.0));
                Component { eigenvalue, share: eigenvalue / k, loadings: vector.into_iter().map(|x| x * root).collect() }
            };
            nodes.push(NodeStatistics {
                code: node.code.clone(),
                correlations: between,
                with_score,
                with_above,
                alpha: alpha(&whole),
                inflation: inflation.unwrap_or_default(),
                components: if whole.rows() > 1 && !members.is_empty() { eigen(&matrix).into_iter().map(component).collect() } else { Vec::new() },
                members,
            });
        }
        Ok(Audit { units, chance, indicators, nodes, diagnostics: found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_one_for_twins_and_low_for_strangers() {
        let twins = Matrix::by_rows(&[[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]]);
        assert!(alpha(&twins).is_some_and(|alpha| (alpha - 1.0).abs() < 1e-12));
        let strangers = Matrix::by_rows(&[[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]]);
        assert!(alpha(&strangers).is_some_and(|alpha| alpha.abs() < 1e-12));
        assert_eq!(alpha(&Matrix::by_rows(&[[1.0], [2.0]])), None);
    }
}
