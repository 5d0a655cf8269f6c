//! What can prevent a result.

use std::fmt;

use talent_model::diagnostic::{Severity, message};
use talent_model::{Diagnostic, Lang};

macro_rules! errors {
    ($($(#[doc = $doc:literal])* $name:ident)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            /// The findings, at least one of them an error.
            pub diagnostics: Vec<Diagnostic>,
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                summary(&self.diagnostics, f)
            }
        }

        impl std::error::Error for $name {}

        impl From<Diagnostic> for $name {
            fn from(diagnostic: Diagnostic) -> Self {
                Self { diagnostics: vec![diagnostic] }
            }
        }
    )*};
}

errors! {
    /// A standard, or a choice made in it, by which nothing can be assessed.
    EvaluatorError
    /// A submission that cannot be assessed.
    AssessError
}

impl From<EvaluatorError> for AssessError {
    fn from(error: EvaluatorError) -> Self {
        Self { diagnostics: error.diagnostics }
    }
}

/// The first error, and how many more there are.
fn summary(diagnostics: &[Diagnostic], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    match errors.next() {
        Some(first) if first.pointer.as_str().is_empty() => write!(f, "{}: {}", first.code, message(first, Lang::En))?,
        Some(first) => write!(f, "{} at {}: {}", first.code, first.pointer, message(first, Lang::En))?,
        None => f.write_str("nothing can be assessed")?,
    }
    match errors.count() {
        0 => Ok(()),
        more => write!(f, " (and {more} more)"),
    }
}
