//! The documents of the Talent engine: standards, communities, submissions and assessments, read, checked and written.
//!
//! A standard is data; everything else is compiled from it. This crate knows what documents look like and what is wrong with them; it knows nothing of
//! scoring, and has no clock, no files and no network: bytes go in, values come out.

pub mod assessment;
pub mod canonical;
pub mod check;
pub mod collection;
pub mod community;
pub mod comparison;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod id;
pub mod index;
mod lang;
mod macros;
pub mod quantity;
pub mod reference;
pub mod robustness;
#[cfg(feature = "schema")]
pub mod schema;
pub mod shown;
pub mod standard;
pub mod submission;
pub mod text;
pub mod waivers;
pub mod words;
#[cfg(feature = "workbook")]
pub mod workbook;

pub use assessment::Assessment;
pub use community::Community;
pub use comparison::Comparison;
pub use diagnostic::Diagnostic;
pub use document::Document;
pub use lang::{Bilingual, Lang};
pub use robustness::Robustness;
pub use standard::Standard;
pub use submission::Submission;
pub use waivers::Waivers;
