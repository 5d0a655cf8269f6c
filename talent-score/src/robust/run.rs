//! Many draws, block by block on all cores. A block is computed whole by one thread from its own points, so the numbers are the same for any number of threads.

use std::ops::ControlFlow;

use super::order::Order;
use super::uniform::{Matrix, Point, Source};

/// What is studied: from points of the space of all factors to the scores of all units.
pub(crate) trait Model: Sync {
    /// Memory that is used again.
    type Scratch: Default + Send;

    fn units(&self) -> usize;

    /// Scores all units at all points.
    fn evaluate(&self, source: &Source, points: &[Point], scratch: &mut Self::Scratch, block: &mut Block);
}

/// The scores of all units at some points: those of one unit stand together.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Block {
    pub(crate) points: usize,
    /// Not a number where a unit has no score.
    pub(crate) scores: Vec<f64>,
    /// 0 for none, else one more than the grade's place. Empty where there are no grades.
    pub(crate) grades: Vec<u16>,
    /// Ranks, ties as in a competition; 0 without a score.
    pub(crate) ranks: Vec<u32>,
    /// How many points came to nothing, and why the first did.
    pub(crate) failed: usize,
    pub(crate) why: Option<talent_model::Diagnostic>,
}

impl Block {
    pub(crate) fn clear(&mut self, units: usize, points: usize, graded: bool) {
        self.points = points;
        self.scores.clear();
        self.scores.resize(units * points, f64::NAN);
        self.grades.clear();
        self.grades.resize(if graded { units * points } else { 0 }, 0);
        self.ranks.clear();
    }

    #[cfg(feature = "index")]
    pub(crate) fn fail(&mut self, why: talent_model::Diagnostic) {
        self.failed += 1;
        self.why.get_or_insert(why);
    }

    pub(crate) fn set(&mut self, unit: usize, point: usize, score: f64) {
        if let Some(slot) = self.scores.get_mut(unit * self.points + point) {
            *slot = score;
        }
    }

    /// The scores of one unit at some points, in ascending order.
    #[cfg(feature = "index")]
    pub(crate) fn set_all(&mut self, unit: usize, points: &[usize], scores: &[f64]) {
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
        // Nearly always they stand together.
        if last - first + 1 == points.len() {
            let own = self.scores.get_mut(unit * self.points + first..=unit * self.points + last).unwrap_or_default();
            own.iter_mut().zip(scores).for_each(|(slot, score)| *slot = *score);
            return;
        }
        for (point, score) in points.iter().zip(scores) {
            self.set(unit, *point, *score);
        }
    }

    pub(crate) fn set_grade(&mut self, unit: usize, point: usize, grade: u16) {
        if let Some(slot) = self.grades.get_mut(unit * self.points + point) {
            *slot = grade;
        }
    }

    pub(crate) fn scores_of(&self, unit: usize) -> &[f64] {
        self.scores.get(unit * self.points..(unit + 1) * self.points).unwrap_or_default()
    }

    pub(crate) fn ranks_of(&self, unit: usize) -> &[u32] {
        self.ranks.get(unit * self.points..(unit + 1) * self.points).unwrap_or_default()
    }

    pub(crate) fn grades_of(&self, unit: usize) -> &[u16] {
        self.grades.get(unit * self.points..(unit + 1) * self.points).unwrap_or_default()
    }

    fn rank(&mut self, order: &mut Order, draws: &mut Draws) {
        let units = self.scores.len() / self.points.max(1);
        self.ranks.clear();
        self.ranks.resize(self.scores.len(), 0);
        for first in (0..self.points).step_by(TOGETHER) {
            let wide = TOGETHER.min(self.points - first);
            for (scores, ranks) in draws.scores.iter_mut().zip(&mut draws.ranks) {
                scores.resize(units, f64::NAN);
                ranks.resize(units, 0);
            }
            for (unit, row) in self.scores.chunks_exact(self.points).enumerate() {
                for (x, scores) in row.iter().skip(first).zip(&mut draws.scores) {
                    scores.get_mut(unit).into_iter().for_each(|slot| *slot = *x);
                }
            }
            for (scores, ranks) in draws.scores.iter().zip(&mut draws.ranks).take(wide) {
                order.rank(scores, ranks);
            }
            for (unit, row) in self.ranks.chunks_exact_mut(self.points).enumerate() {
                for (slot, ranks) in row.iter_mut().skip(first).zip(&draws.ranks) {
                    *slot = ranks.get(unit).copied().unwrap_or_default();
                }
            }
        }
    }
}

/// How many draws are brought from the order of units into that of draws at a time: as many scores as are fetched from memory together.
const TOGETHER: usize = 8;

/// Scores and ranks of some draws, those of one draw together.
#[derive(Default)]
struct Draws {
    scores: [Vec<f64>; TOGETHER],
    ranks: [Vec<u32>; TOGETHER],
}

/// How many points are computed together.
pub(crate) const BLOCK: usize = 64;

/// How many blocks lie between two looks at whether to go on.
const WAVE: usize = 8;

/// Told how much is done of how much; says whether to go on.
pub type Progress<'p> = &'p mut dyn FnMut(usize, usize) -> ControlFlow<()>;

/// What was stopped before it came to an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stopped;

/// Memory of one thread.
struct Hand<S> {
    model: S,
    order: Order,
    draws: Draws,
}

impl<S: Default> Default for Hand<S> {
    fn default() -> Self {
        Self { model: S::default(), order: Order::default(), draws: Draws::default() }
    }
}

/// Evaluates points in order; with `ranked` also the ranks at each.
pub(crate) fn evaluate<M: Model>(model: &M, source: &Source, points: &[Point], ranked: bool, progress: Progress<'_>) -> Result<Vec<Block>, Stopped> {
    let one = |hand: &mut Hand<M::Scratch>, points: &[Point]| {
        let mut block = Block::default();
        model.evaluate(source, points, &mut hand.model, &mut block);
        if ranked {
            block.rank(&mut hand.order, &mut hand.draws);
        }
        block
    };
    let mut blocks = Vec::with_capacity(points.len().div_ceil(BLOCK));
    let mut done = 0;
    #[cfg(not(feature = "parallel"))]
    let mut hand = Hand::default();
    for wave in points.chunks(BLOCK * WAVE) {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            blocks.par_extend(wave.par_chunks(BLOCK).map_init(Hand::default, one));
        }
        #[cfg(not(feature = "parallel"))]
        blocks.extend(wave.chunks(BLOCK).map(|points| one(&mut hand, points)));
        done += wave.len();
        if progress(done, points.len()).is_break() {
            return Err(Stopped);
        }
    }
    Ok(blocks)
}

/// The points of a plain simulation.
pub(crate) fn draws(count: u32) -> Vec<Point> {
    (0..count).map(|index| Point::of(index, Matrix::A)).collect()
}
