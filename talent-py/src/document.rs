//! Documents behind classes that cannot be changed.

use std::sync::{Arc, OnceLock};

use pyo3::prelude::*;
use talent_model::{Assessment, Community, Comparison, Document, Robustness, Standard, Submission, Waivers};
use talent_score::Evaluator;

use crate::diagnostic::{Finding, findings};
use crate::examine::intake;
use crate::frame::Framed;

/// The standard and the submission that an assessment was made from.
pub(crate) type Origin = (Arc<Shared<Standard>>, Arc<Shared<Submission>>);

/// A document with what is computed from it once.
pub(crate) struct Shared<D> {
    pub(crate) document: D,
    digest: OnceLock<String>,
    /// For standards only.
    pub(crate) evaluator: OnceLock<Evaluator>,
    pub(crate) framed: OnceLock<Framed>,
    /// For assessments only: what they were made with. An assessment that was read from a file does not know.
    pub(crate) made_with: OnceLock<Origin>,
}

impl<D: Document> Shared<D> {
    pub(crate) fn new(document: D) -> Arc<Self> {
        Arc::new(Self { document, digest: OnceLock::new(), evaluator: OnceLock::new(), framed: OnceLock::new(), made_with: OnceLock::new() })
    }

    fn digest(&self) -> String {
        // Every document can be written.
        self.digest.get_or_init(|| self.document.digest().map(|digest| digest.to_string()).unwrap_or_default()).clone()
    }
}

macro_rules! classes {
    ($($raw:ident($document:ident);)*) => {
        $(
            /// A document that has been read.
            #[pyclass(frozen, module = "talent._native")]
            pub(crate) struct $raw(pub(crate) Arc<Shared<$document>>);

            #[pymethods]
            impl $raw {
                /// The document as JSON for people.
                fn to_json(&self, py: Python<'_>) -> String {
                    py.detach(|| self.0.document.to_json())
                }

                /// The digest of the canonical form.
                fn digest(&self, py: Python<'_>) -> String {
                    py.detach(|| self.0.digest())
                }
            }
        )*

        /// Reads a document of the kind named, or tells what is wrong with it.
        #[pyfunction]
        pub(crate) fn read(py: Python<'_>, kind: &str, data: &[u8], limits: Vec<(String, usize)>) -> PyResult<(Option<Py<PyAny>>, Vec<Finding>)> {
            let limits = intake(&limits)?.document;
            $(
                if kind == <$document as Document>::KIND.as_str() {
                    return Ok(match py.detach(|| $document::from_json_within(data, limits.for_kind(<$document as Document>::KIND))) {
                        Ok(document) => (Some(Py::new(py, $raw(Shared::new(document)))?.into_any()), Vec::new()),
                        Err(error) => (None, findings(&error.diagnostics)),
                    });
                }
            )*
            Err(pyo3::exceptions::PyValueError::new_err(format!("there is no kind of document `{kind}`")))
        }
    };
}

classes! {
    RawStandard(Standard);
    RawCommunity(Community);
    RawSubmission(Submission);
    RawAssessment(Assessment);
    RawComparison(Comparison);
    RawRobustness(Robustness);
    RawWaivers(Waivers);
}

/// The reference standard.
#[pyfunction]
pub(crate) fn reference(py: Python<'_>) -> RawStandard {
    static REFERENCE: OnceLock<Arc<Shared<Standard>>> = OnceLock::new();
    RawStandard(py.detach(|| REFERENCE.get_or_init(|| Shared::new(talent_model::reference::standard().clone())).clone()))
}
