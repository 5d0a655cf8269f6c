//! The native half of the Python package `talent`. Private: names, defaults, documentation and exceptions are Python's; here are documents
//! behind thin classes, and the engine's functions. What can fail returns its findings instead of raising.

mod compare;
mod diagnostic;
mod document;
mod engine;
mod examine;
mod frame;
mod index;
mod report;
mod robust;
mod workbook;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

// Free-threaded Python need not hold its lock for this module: every class is frozen, what is computed once is behind `OnceLock`, a flow is behind a `Mutex`,
// and nothing else is shared.
#[pyo3::pymodule(gil_used = false)]
mod _native {
    #[pymodule_export]
    use crate::compare::{compare, compare_difference};
    #[pymodule_export]
    use crate::diagnostic::{codes, explain, message};
    #[pymodule_export]
    use crate::document::{RawAssessment, RawCommunity, RawComparison, RawRobustness, RawStandard, RawSubmission, RawWaivers, read, reference};
    #[pymodule_export]
    use crate::engine::{assess, run_command, schema, schema_changes};
    #[pymodule_export]
    use crate::examine::{RawSurroundings, check_community, check_standard, check_waivers, examine, examine_read, surroundings};
    #[cfg(feature = "bench")]
    #[pymodule_export]
    use crate::frame::RawKernel;
    #[pymodule_export]
    use crate::frame::{RawColumn, RawFlow, RawFrame, column_of_array, columns_of_frame, frame_flow, frame_of, join_frames, read_frame};
    #[pymodule_export]
    use crate::index::{RawOutcome, RawTable, index_check, index_table};
    #[pymodule_export]
    use crate::report::write_report;
    #[pymodule_export]
    use crate::robust::{RawDraws, robust_index, robust_submissions, robust_usual};
    #[pymodule_export]
    use crate::workbook::{annotate, is_form, merge, read_earlier, read_workbook, template, write_table, write_workbook};

    /// The version of the engine.
    #[pymodule_export]
    #[expect(non_upper_case_globals, reason = "Python's own name for it")]
    const __version__: &str = env!("CARGO_PKG_VERSION");
}
