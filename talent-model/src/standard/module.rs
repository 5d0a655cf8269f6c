//! Parts of a standard beside its base.

use crate::Standard;
use crate::collection::List;
use crate::id::{Line, NodeId, StandardId};
use crate::macros::record;
use crate::standard::{Applies, Category, Indicator};
use crate::text::Text;

record! {
    /// A part beside the base, for communities of one kind: a characteristic evaluation 特色评价 next to the basic one 基础评价, as in Shenzhen's
    /// norm of 2024 for international blocks. It is scored by the same method and has a score of its own, which is never part of the total, so
    /// that communities of different kinds stay comparable in the base.
    pub struct Module {
        /// The identifier, unique among all nodes of the standard.
        id: NodeId,
        /// The printed code.
        code?: Line,
        /// The name.
        name: Text,
        /// What it is about.
        description?: Text,
        /// For which communities it is.
        applies: Applies,
        /// Its categories, as the scenarios of the base.
        categories: List<Category>,
    }
}

impl Module {
    /// The module as a standard of its own: the base's facts, stages, method and lenses over the module's categories, without grades. What
    /// makes a whole result eligible for a grade does not bind a module.
    #[must_use]
    pub fn standard_of(&self, base: &Standard) -> Standard {
        let mut standard = base.clone();
        // Both are slugs of at most 64 characters.
        if let Ok(id) = StandardId::new(self.id.as_str()) {
            standard.id = id;
        }
        standard.title = self.name.clone();
        standard.scenarios = self.categories.clone();
        standard.modules = List::default();
        standard.grades = List::default();
        standard.method.eligibility = None;
        standard
    }

    /// Every indicator of the module in document order.
    pub fn indicators(&self) -> Vec<&Indicator> {
        let mut found = Vec::new();
        self.categories.iter().for_each(|category| category.collect(&mut found));
        found
    }
}

impl Category {
    fn collect<'s>(&'s self, found: &mut Vec<&'s Indicator>) {
        found.extend(&self.indicators);
        self.categories.iter().for_each(|inner| inner.collect(found));
    }
}

impl Standard {
    /// Every indicator that a submission may answer: those of the base, then those of the modules, in document order.
    #[must_use]
    pub fn answerable(&self) -> Vec<&Indicator> {
        let base = self.indicators().into_iter().map(|(_, indicator)| indicator);
        base.chain(self.modules.iter().flat_map(Module::indicators)).collect()
    }
}
