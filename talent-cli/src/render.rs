//! Results and findings, as people and programs read them.

pub(crate) mod assessment;
pub(crate) mod audit;
pub(crate) mod catalogue;
pub(crate) mod comparison;
pub(crate) mod findings;
pub(crate) mod github;
pub(crate) mod grounds;
pub(crate) mod index;
pub(crate) mod report;
pub(crate) mod robustness;
pub(crate) mod sarif;
pub(crate) mod standard;
pub(crate) mod stream;
pub(crate) mod table;
pub(crate) mod text;

pub(crate) use talent_model::words;
pub(crate) use talent_score::report::markdown;
