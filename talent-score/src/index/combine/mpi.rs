//! The Mazziotta–Pareto index: the mean of a unit's members less (or plus) a penalty for their imbalance, `M ∓ S²/M`.
//!
//! Sources: De Muro, Mazziotta and Pareto, Social Indicators Research 104 (2011) 1–18 (MPI, on members standardised to mean 100 and deviation 10); Mazziotta and
//! Pareto, Social Indicators Research 127 (2016) 983–1003 (AMPI, on members between goalposts from 70 to 130). The two differ in how the members are normalised
//! before, which is a step of its own; the penalty is the same. The authors' formulas have the population deviation; Compind takes the sample's in MPI and the population's in AMPI.

use talent_model::index::{Deviation, Mpi, Penalty};

use super::{Members, Scores};
use crate::index::stats::count;
use crate::index::trouble::Trouble;

pub(crate) fn scores(mpi: &Mpi, members: &Members<'_>) -> Result<Scores, Trouble> {
    let sign = if mpi.penalty == Some(Penalty::Up) { 1.0 } else { -1.0 };
    let mut scores = Vec::with_capacity(members.cells.rows());
    for unit in 0..members.cells.rows() {
        let row = members.weights.iter().copied().zip(members.cells.row(unit)).filter(|(w, x)| *w > 0.0 && !x.is_nan());
        let weight: f64 = row.clone().map(|(w, _)| w).sum();
        let mean = row.clone().map(|(w, x)| w * x).sum::<f64>() / weight;
        let mut variance = row.clone().map(|(w, x)| w * (x - mean) * (x - mean)).sum::<f64>() / weight;
        let n = count(row.count());
        if mpi.deviation == Some(Deviation::Sample) && n > 1.0 {
            variance *= n / (n - 1.0);
        }
        if mean <= 0.0 {
            return Err(Trouble::NotPositive { unit, member: 0, found: mean });
        }
        scores.push(mean + sign * variance / mean);
    }
    Ok(scores.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::combine::examples::{agree, run};

    fn mpi(penalty: Option<Penalty>, deviation: Option<Deviation>) -> Mpi {
        Mpi { penalty, deviation }
    }

    #[test]
    fn balance_costs_nothing_and_imbalance_its_variance_over_its_mean() {
        // Mean 100 and deviations 0 and 10: 100 - 100/100; with n - 1 the variance of two members doubles.
        let rows = [[100.0, 100.0], [90.0, 110.0]];
        agree(run(&rows, &[0.5; 2], &[1.0; 2], |m| scores(&mpi(None, None), m)), &[100.0, 99.0], 1e-12);
        agree(run(&rows, &[0.5; 2], &[1.0; 2], |m| scores(&mpi(Some(Penalty::Up), Some(Deviation::Sample)), m)), &[100.0, 102.0], 1e-12);
    }
}
