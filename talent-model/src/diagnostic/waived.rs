//! The mark of a finding that somebody has accepted.

use crate::date::Date;
use crate::id::Line;
use crate::macros::record;
use crate::text::Text;

record! {
    /// Why a finding does not count, who decided so, and until when.
    pub struct Waived {
        /// Why it is accepted.
        reason: Text,
        /// Who accepted it.
        approver: Line,
        /// The last day on which the acceptance holds.
        until: Date,
    }
}
