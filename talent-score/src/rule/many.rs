//! Many measures by one rule, several in a register: the arithmetic of [`Piece::score`], with a choice among the pieces in place of a search.

use pulp::{Simd, WithSimd};

use super::Piece;

/// The most numbers that a register holds.
pub(super) const WIDEST: usize = 8;

/// Pieces that are all level.
pub(super) struct Steps<'m> {
    pub(super) first: Piece,
    pub(super) rest: &'m [Piece],
    pub(super) last: Piece,
    pub(super) measures: &'m [f64],
    pub(super) scores: &'m mut [f64],
}

impl WithSimd for Steps<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((measures, _), (scores, _)) = (S::as_simd_f64s(self.measures), S::as_mut_simd_f64s(self.scores));
        for (score, x) in scores.iter_mut().zip(measures) {
            let mut own = simd.splat_f64s(self.first.from);
            for piece in self.rest {
                own = simd.select_f64s(simd.greater_than_or_equal_f64s(*x, simd.splat_f64s(piece.since)), simd.splat_f64s(piece.from), own);
            }
            let past = simd.greater_than_or_equal_f64s(*x, simd.splat_f64s(self.last.since));
            *score = simd.select_f64s(past, simd.splat_f64s(self.last.from), own);
        }
    }
}

/// A level, so many straight pieces, and a level. As their number is known to the compiler, the pieces stay in registers.
pub(super) struct Lines<'m, const N: usize> {
    pub(super) first: Piece,
    pub(super) start: Piece,
    pub(super) rest: [Piece; N],
    pub(super) last: Piece,
    pub(super) measures: &'m [f64],
    pub(super) scores: &'m mut [f64],
}

/// The numbers of a piece, each in a register of its own.
#[inline(always)]
fn numbers<S: Simd>(simd: S, piece: &Piece) -> [S::f64s; 7] {
    let (since, at, run) = (simd.splat_f64s(piece.since), simd.splat_f64s(piece.at), simd.splat_f64s(piece.run));
    let (from, rise) = (simd.splat_f64s(piece.from), simd.splat_f64s(piece.rise));
    [since, at, run, from, rise, simd.splat_f64s(piece.ends.0), simd.splat_f64s(piece.ends.1)]
}

impl<const N: usize> WithSimd for Lines<'_, N> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let ((measures, _), (scores, _)) = (S::as_simd_f64s(self.measures), S::as_mut_simd_f64s(self.scores));
        let start = numbers(simd, &self.start);
        let mut rest = [start; N];
        for (wide, piece) in rest.iter_mut().zip(&self.rest) {
            *wide = numbers(simd, piece);
        }
        let (first, last, end) = (simd.splat_f64s(self.first.from), simd.splat_f64s(self.last.from), simd.splat_f64s(self.last.since));
        for (score, x) in scores.iter_mut().zip(measures) {
            let [since, mut at, mut run, mut from, mut rise, mut low, mut high] = start;
            for piece in &rest {
                let past = simd.greater_than_or_equal_f64s(*x, piece[0]);
                at = simd.select_f64s(past, piece[1], at);
                run = simd.select_f64s(past, piece[2], run);
                from = simd.select_f64s(past, piece[3], from);
                rise = simd.select_f64s(past, piece[4], rise);
                low = simd.select_f64s(past, piece[5], low);
                high = simd.select_f64s(past, piece[6], high);
            }
            // Never fused: one measure by itself is rounded after every step, and so are these.
            let y = simd.add_f64s(from, simd.mul_f64s(simd.div_f64s(simd.sub_f64s(*x, at), run), rise));
            let y = simd.select_f64s(simd.greater_than_f64s(y, low), y, low);
            let y = simd.select_f64s(simd.less_than_f64s(y, high), y, high);
            let y = simd.select_f64s(simd.greater_than_or_equal_f64s(*x, since), y, first);
            *score = simd.select_f64s(simd.greater_than_or_equal_f64s(*x, end), last, y);
        }
    }
}
