//! Scores on their way into a result: each core writes those of its rows where they stand in the columns.

use std::sync::atomic::{AtomicBool, Ordering};

use talent_score::Rows;

/// How many columns of numbers a result has before those of the scenarios.
pub(super) const NUMBERS: usize = 4;

/// The scores of a piece, by columns of the result.
#[derive(Debug)]
pub(super) struct Sheet {
    numbers: Vec<Vec<f64>>,
    /// Whether something in a column of numbers is none.
    gaps: Vec<AtomicBool>,
    pub(super) grades: Vec<Option<usize>>,
    pub(super) scorable: Vec<bool>,
}

/// The place of some rows.
pub(super) struct Share<'s> {
    numbers: Vec<&'s mut [f64]>,
    gaps: &'s [AtomicBool],
    grades: &'s mut [Option<usize>],
    scorable: &'s mut [bool],
}

impl Sheet {
    pub(super) fn new(rows: usize, scenarios: usize) -> Self {
        let columns = NUMBERS + scenarios;
        let gaps = std::iter::repeat_with(AtomicBool::default).take(columns).collect();
        Self { numbers: vec![vec![0.0; rows]; columns], gaps, grades: vec![None; rows], scorable: vec![false; rows] }
    }

    /// The columns of numbers, each with whether something in it is none.
    pub(super) fn take_numbers(&mut self) -> Vec<(Vec<f64>, bool)> {
        let gaps = self.gaps.iter().map(|gaps| gaps.load(Ordering::Relaxed));
        std::mem::take(&mut self.numbers).into_iter().zip(gaps).collect()
    }

    /// The places of so many rows each; the last may have fewer.
    pub(super) fn shares(&mut self, rows: usize) -> Vec<Share<'_>> {
        let mut numbers: Vec<_> = self.numbers.iter_mut().map(|column| column.chunks_mut(rows)).collect();
        let others = self.grades.chunks_mut(rows).zip(self.scorable.chunks_mut(rows));
        let gaps = &self.gaps;
        others.map(|(grades, scorable)| Share { numbers: numbers.iter_mut().filter_map(Iterator::next).collect(), gaps, grades, scorable }).collect()
    }
}

impl Share<'_> {
    pub(super) fn write(&mut self, rows: &Rows) {
        let own = [&rows.total, &rows.low, &rows.high, &rows.coverage];
        for ((into, from), gaps) in self.numbers.iter_mut().zip(own.into_iter().chain(&rows.scenarios)).zip(self.gaps) {
            copy(from, into);
            if from.iter().fold(false, |none, number| none | number.is_nan()) {
                gaps.store(true, Ordering::Relaxed);
            }
        }
        copy(&rows.grade, self.grades);
        copy(&rows.scorable, self.scorable);
    }
}

fn copy<T: Copy>(from: &[T], into: &mut [T]) {
    into.iter_mut().zip(from).for_each(|(into, from)| *into = *from);
}
