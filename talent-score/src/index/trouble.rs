//! Why a method has no answer. Methods know rows and columns of numbers; the pipeline puts the names to them.

use talent_model::Bilingual;

/// What stands in the way of a method, by the places of unit and member.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Trouble {
    /// Too few units for a statistic.
    TooFew { expected: usize, found: usize },
    /// A value that must be above 0 and is not.
    NotPositive { unit: usize, member: usize, found: f64 },
    /// No weights or scores satisfy the conditions; of one unit, or of all.
    NoSolution { unit: Option<usize>, why: Bilingual },
    /// A parameter outside the range in which the method has a meaning.
    Parameter { name: String, found: String, expected: Bilingual },
    /// A parameter names a member that the group does not have.
    UnknownMember { name: String },
    /// Judgements that cannot be used.
    Judgements { en: String, zh: String },
    /// The members depend on one another.
    Singular,
}

impl Trouble {
    pub(crate) fn parameter(name: &str, found: f64, en: &'static str, zh: &'static str) -> Self {
        Self::Parameter {
            name: name.into(), // A dash stands for a number that is not given.
            found: if found.is_nan() { "–".into() } else { found.to_string() },
            expected: Bilingual { en, zh },
        }
    }

    pub(crate) fn judgements(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self::Judgements { en: en.into(), zh: zh.into() }
    }
}

/// The first value that is not above 0.
pub(crate) fn positive(cells: &super::matrix::View<'_>) -> Result<(), Trouble> {
    for member in 0..cells.columns() {
        if let Some((unit, found)) = cells.column(member).iter().enumerate().find(|(_, x)| **x <= 0.0) {
            return Err(Trouble::NotPositive { unit, member, found: *found });
        }
    }
    Ok(())
}
