//! The widest registers that the processor has, chosen when running.

/// Does work on numbers in the widest registers. Only loops that are written out inside are widened; their results are the same bits.
#[inline]
pub(crate) fn widest<R>(work: impl FnOnce() -> R) -> R {
    pulp::Arch::new().dispatch(work)
}
