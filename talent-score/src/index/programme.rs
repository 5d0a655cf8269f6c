//! Linear programmes, by the simplex method of microlp.

use microlp::{Problem, Solution};

/// The optimum, if there is one.
pub(crate) fn solved(problem: &Problem) -> Option<Solution> {
    problem.solve().ok()?.into_solution().ok()
}
