//! The mean of lanes, as the kernel has it, for several registers of rows at a time.

use pulp::{Simd, WithSimd};

use super::lane::Lane;

/// What is joined: the scores of a block, which weigh the same in every row.
#[derive(Clone, Copy)]
pub(super) struct Member<'l> {
    pub(super) weight: f64,
    pub(super) lane: &'l Lane,
}

/// The weighted mean of members, row by row; not a number where none has one. `whole`: all members have one in all rows, and there is at least one.
pub(super) fn mean(members: &[Member<'_>], whole: bool, joined: &mut Lane) {
    let arch = pulp::Arch::new();
    if whole {
        arch.dispatch(Whole { members, joined });
    } else {
        arch.dispatch(Gaps { members, joined });
    }
}

/// What a register of rows comes to.
#[derive(Clone, Copy)]
struct Sums<V> {
    sum: V,
    low: V,
    high: V,
}

impl<V: Copy> Sums<V> {
    #[inline(always)]
    fn add<S: Simd<f64s = V>>(self, simd: S, weight: V, x: V) -> Self {
        // Never fused: the kernel rounds the product, and so does this.
        Self { sum: simd.add_f64s(self.sum, simd.mul_f64s(weight, x)), low: simd.min_f64s(x, self.low), high: simd.max_f64s(x, self.high) }
    }

    /// The kernel's own end of a mean: it never passes what it joins.
    #[inline(always)]
    fn close<S: Simd<f64s = V>>(self, simd: S, weights: V) -> V {
        simd.min_f64s(simd.max_f64s(simd.div_f64s(self.sum, weights), self.low), self.high)
    }
}

struct Whole<'m> {
    members: &'m [Member<'m>],
    joined: &'m mut Lane,
}

impl WithSimd for Whole<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let all = simd.splat_f64s(self.members.iter().fold(0.0, |all, member| all + member.weight));
        let nothing = Sums { sum: simd.splat_f64s(0.0), low: simd.splat_f64s(f64::INFINITY), high: simd.splat_f64s(f64::NEG_INFINITY) };
        let (joined, _) = S::as_mut_simd_f64s(self.joined);
        // Four registers together fill, with three sums for each, what a processor has.
        for (at, joined) in joined.chunks_exact_mut(4).enumerate() {
            let [mut a, mut b, mut c, mut d] = [nothing; 4];
            for Member { weight, lane } in self.members {
                let weight = simd.splat_f64s(*weight);
                let (lane, _) = S::as_simd_f64s(*lane);
                let Some([w, x, y, z]) = lane.get(4 * at..4 * at + 4) else { continue };
                (a, b, c, d) = (a.add(simd, weight, *w), b.add(simd, weight, *x), c.add(simd, weight, *y), d.add(simd, weight, *z));
            }
            joined.copy_from_slice(&[a.close(simd, all), b.close(simd, all), c.close(simd, all), d.close(simd, all)]);
        }
    }
}

struct Gaps<'m> {
    members: &'m [Member<'m>],
    joined: &'m mut Lane,
}

impl WithSimd for Gaps<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, simd: S) {
        let zero = simd.splat_f64s(0.0);
        let (joined, _) = S::as_mut_simd_f64s(self.joined);
        for (at, joined) in joined.iter_mut().enumerate() {
            let (mut weights, mut sum) = (zero, zero);
            let (mut low, mut high) = (simd.splat_f64s(f64::INFINITY), simd.splat_f64s(f64::NEG_INFINITY));
            for Member { weight, lane } in self.members {
                let weight = simd.splat_f64s(*weight);
                let (lane, _) = S::as_simd_f64s(*lane);
                let Some(x) = lane.get(at).copied() else { continue };
                let known = simd.equal_f64s(x, x);
                weights = simd.add_f64s(weights, simd.select_f64s(known, weight, zero));
                sum = simd.add_f64s(sum, simd.select_f64s(known, simd.mul_f64s(weight, x), zero));
                low = simd.select_f64s(simd.less_than_f64s(x, low), x, low);
                high = simd.select_f64s(simd.less_than_f64s(high, x), x, high);
            }
            let mean = simd.min_f64s(simd.max_f64s(simd.div_f64s(sum, weights), low), high);
            *joined = simd.select_f64s(simd.less_than_f64s(zero, weights), mean, simd.splat_f64s(f64::NAN));
        }
    }
}
