//! Units for people.

use crate::id::Unit;
use crate::macros::record;
use crate::text::Text;
use crate::{Lang, Standard};

record! {
    /// A unit's name for people.
    pub struct UnitName {
        /// The name or sign, as printed beside a number.
        name: Text,
    }
}

impl Standard {
    /// A unit as printed for people; the unit itself where the standard does not name it.
    #[must_use]
    pub fn unit_name<'s>(&'s self, unit: &'s Unit, lang: Lang) -> &'s str {
        self.units.get(unit.as_str()).map_or(unit.as_str(), |named| named.name.in_language(lang))
    }
}
