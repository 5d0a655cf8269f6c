//! A standard, compiled once for many submissions.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use foldhash::fast::RandomState;

use talent_model::check::Checker;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::id::{Digest, FactId, NodeId, WeightSetId};
use talent_model::quantity::{Quantity, Weight};
use talent_model::standard::{
    Aggregation, Binding, Category, Criterion, Gate, Indicator, LevelAggregation, MissingPolicy, NotApplicablePolicy, Plain, WeightSet,
};
use talent_model::{Standard, check, reference};

use crate::EvaluatorError;
use crate::aggregate::Join;
use crate::rule::CompiledRule;
use crate::tree::{Member, Node, Tree};

/// What may be chosen beside the standard's own method.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The set of weights to use. Absent: the standard's own weights.
    pub weight_set: Option<WeightSetId>,
}

/// A standard, compiled once for many submissions.
///
/// ```
/// use talent_model::{Document, Submission, reference};
/// use talent_score::Evaluator;
/// # let text = include_str!("../../docs/examples/new-shougang.submission.json");
/// let evaluator = Evaluator::new(reference::standard())?;
/// let assessment = evaluator.assess(&Submission::from_json(text.as_bytes())?)?;
/// assert!(assessment.total.score.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Evaluator {
    pub(crate) standard: Standard,
    pub(crate) weight_set: Option<WeightSetId>,
    pub(crate) digest: Digest,
    pub(crate) tree: Tree,
    pub(crate) stages: Vec<String>,
    pub(crate) leaves: Vec<Leaf>,
    /// Where an indicator stands among the leaves.
    pub(crate) numbers: HashMap<NodeId, usize, RandomState>,
    /// The facts that weigh zones or stages.
    pub(crate) weighing: Vec<FactId>,
    /// Which of them weighs stages where the indicator names none.
    pub(crate) stage_weights: Option<usize>,
    /// Scenarios and categories in document order, parents first; the tree's node 0 is the total.
    pub(crate) categories: Vec<CategoryInfo>,
    pub(crate) policies: Policies,
    /// The standard's modules, each compiled as a standard of its own.
    pub(crate) modules: Vec<Self>,
}

/// What the method says, with every default filled in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Policies {
    pub(crate) missing: MissingPolicy,
    pub(crate) withheld: MissingPolicy,
    pub(crate) not_assessed: MissingPolicy,
    pub(crate) not_applicable: NotApplicablePolicy,
}

/// One indicator.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) indicator: Indicator,
    pub(crate) parent: usize,
    /// The weight that the chosen set gives, in place of the standard's own.
    pub(crate) own_weight: Option<f64>,
    /// The policy of the nearest category that has one.
    pub(crate) missing: Option<MissingPolicy>,
    /// The indicator to divide by.
    pub(crate) divisor: Option<usize>,
    /// Which of the evaluator's facts weighs zones.
    pub(crate) weighing: Option<usize>,
    /// By stage, in the order of the evaluator's stages; `None` where it is not asked.
    pub(crate) criteria: Vec<Option<CompiledCriterion>>,
}

#[derive(Clone, Debug)]
pub(crate) struct CompiledCriterion {
    pub(crate) criterion: Criterion,
    pub(crate) quantity: Quantity,
    pub(crate) rule: CompiledRule,
    pub(crate) weight: f64,
    /// The least and greatest measure that can be, infinite where there is no end.
    pub(crate) limits: (f64, f64),
    /// The least and greatest score within the limits.
    pub(crate) range: (f64, f64),
}

#[derive(Clone, Debug)]
pub(crate) struct CategoryInfo {
    pub(crate) category: Category,
    /// The node above, counting the total as node 0.
    pub(crate) parent: usize,
    pub(crate) depth: usize,
    pub(crate) weight: f64,
}

impl CompiledCriterion {
    /// Whether the criterion's score counts in the tree.
    pub(crate) fn is_scored(&self) -> bool {
        matches!(self.criterion.binding, Binding::Required | Binding::Guided)
    }

    pub(crate) fn gate(&self) -> Option<&Gate> {
        self.criterion.gate.as_ref().filter(|_| self.criterion.binding == Binding::Required)
    }
}

impl Evaluator {
    /// Compiles a standard with its own weights.
    ///
    /// # Errors
    /// [`EvaluatorError`] with everything that makes the standard unusable.
    pub fn new(standard: &Standard) -> Result<Self, EvaluatorError> {
        Self::with_options(standard, &Options::default())
    }

    /// Compiles a standard.
    ///
    /// # Errors
    /// [`EvaluatorError`] with everything that makes the standard unusable, or the set of weights that it does not have.
    pub fn with_options(standard: &Standard, options: &Options) -> Result<Self, EvaluatorError> {
        let embedded = reference::digest_if_embedded(standard);
        let findings = if embedded.is_some() { Vec::new() } else { check::standard(standard) };
        if !check::conforms(&findings) {
            return Err(EvaluatorError { diagnostics: findings });
        }
        let set = match &options.weight_set {
            None => None,
            Some(id) => match standard.weight_sets.iter().find(|set| set.id == *id) {
                Some(set) => Some(set),
                None => {
                    let diagnostic = Diagnostic::new(Code::UnknownWeightSet, Pointer::root().with("weight_sets"));
                    return Err(EvaluatorError { diagnostics: vec![diagnostic.with("found", id.as_str())] });
                }
            },
        };
        let digest = match embedded {
            Some(digest) => digest,
            None => talent_model::canonical::digest(standard).map_err(|_| EvaluatorError { diagnostics: Vec::new() })?,
        };
        let modules = standard.modules.iter().map(|module| Self::compile(&module.standard_of(standard), set, &digest, Vec::new())).collect();
        Ok(Self::compile(standard, set, &digest, modules))
    }

    /// Compiles a standard that has been checked.
    fn compile(standard: &Standard, set: Option<&WeightSet>, digest: &Digest, modules: Vec<Self>) -> Self {
        let mut builder = Builder::new(standard, set);
        builder.scenarios();
        let method = &standard.method;
        let (tree, mut leaves, categories) = builder.finish();
        let facts = leaves.iter().filter_map(|leaf| leaf.indicator.weighing_fact()).chain(&method.stage_weights);
        let weighing: Vec<FactId> = facts.cloned().collect::<BTreeSet<FactId>>().into_iter().collect();
        let place = |fact: &FactId| weighing.iter().position(|known| known == fact);
        for leaf in &mut leaves {
            leaf.weighing = leaf.indicator.weighing_fact().and_then(place);
        }
        let stage_weights = method.stage_weights.as_ref().and_then(place);
        Self {
            standard: standard.clone(),
            weight_set: set.map(|set| set.id.clone()),
            digest: digest.clone(),
            tree,
            stages: standard.stage_ids().iter().map(|stage| stage.as_str().to_owned()).collect(),
            numbers: leaves.iter().enumerate().map(|(number, leaf)| (leaf.indicator.id.clone(), number)).collect(),
            weighing,
            stage_weights,
            leaves,
            categories,
            policies: Policies {
                missing: method.missing,
                withheld: method.withheld.unwrap_or(method.missing),
                not_assessed: method.not_assessed.unwrap_or(method.missing),
                not_applicable: method.not_applicable.unwrap_or(NotApplicablePolicy::Exclude),
            },
            modules,
        }
    }

    /// The standard that was compiled.
    #[must_use]
    pub fn standard(&self) -> &Standard {
        &self.standard
    }

    /// The digest of the standard.
    #[must_use]
    pub fn digest(&self) -> &Digest {
        &self.digest
    }

    /// The checks of the standard, made ready for many submissions.
    #[must_use]
    pub fn checker(&self) -> Checker<'_> {
        Checker::with_digest(&self.standard, &self.digest)
    }

    /// The aggregation of the total.
    pub(crate) fn root_aggregation(&self) -> Aggregation {
        aggregation_at(&self.standard, 0)
    }
}

pub(crate) fn aggregation_at(standard: &Standard, depth: usize) -> Aggregation {
    let method = &standard.method;
    #[expect(clippy::cast_precision_loss, reason = "the depth of a tree is small")]
    let at = |level: &&LevelAggregation| level.level.get() == depth as f64;
    let by_level = method.levels.iter().find(at).map(|level| level.aggregation.clone());
    by_level.or_else(|| method.aggregation.clone()).unwrap_or(Aggregation::Arithmetic(Plain {}))
}

struct Builder<'s> {
    standard: &'s Standard,
    set: Option<&'s WeightSet>,
    stages: Vec<String>,
    leaves: Vec<Leaf>,
    categories: Vec<CategoryInfo>,
    joins: Vec<Join>,
}

impl<'s> Builder<'s> {
    fn new(standard: &'s Standard, set: Option<&'s WeightSet>) -> Self {
        let stages = standard.stage_ids().iter().map(|stage| stage.as_str().to_owned()).collect();
        let joins = vec![Join::new(&aggregation_at(standard, 0))];
        Self { standard, set, stages, leaves: Vec::new(), categories: Vec::new(), joins }
    }

    fn set_weight(&self, id: &str) -> Option<f64> {
        self.set.and_then(|set| set.weights.get(id)).map(|weight| weight.get())
    }

    fn scenarios(&mut self) {
        for scenario in &self.standard.scenarios {
            self.category(scenario, 0, 1, None);
        }
    }

    fn category(&mut self, category: &'s Category, parent: usize, depth: usize, missing: Option<MissingPolicy>) {
        let missing = category.missing.or(missing);
        let aggregation = category.aggregation.clone().unwrap_or_else(|| aggregation_at(self.standard, depth));
        self.joins.push(Join::new(&aggregation));
        let node = self.joins.len() - 1;
        let weight = self.set_weight(category.id.as_str()).or(category.weight.map(Weight::get)).unwrap_or(1.0);
        self.categories.push(CategoryInfo { category: category.clone(), parent, depth, weight });
        for indicator in &category.indicators {
            let leaf = self.leaf(indicator, node, missing);
            self.leaves.push(leaf);
        }
        for inner in &category.categories {
            self.category(inner, node, depth + 1, missing);
        }
    }

    fn leaf(&self, indicator: &Indicator, parent: usize, missing: Option<MissingPolicy>) -> Leaf {
        let own_weight = self.set_weight(indicator.id.as_str());
        let compile = |stage: &String| {
            let criterion = indicator.criterion(stage)?;
            let quantity = indicator.quantity_in(criterion);
            let rule = CompiledRule::new(&criterion.rule, quantity);
            let (low, high) = quantity.limits();
            let mut limits = (low.unwrap_or(f64::NEG_INFINITY), high.unwrap_or(f64::INFINITY));
            if indicator.per.is_some() && matches!(quantity, Quantity::Number(_)) {
                // The limits are those of the count; of the ratio only its sign is known.
                limits = (if limits.0 >= 0.0 { 0.0 } else { f64::NEG_INFINITY }, f64::INFINITY);
            }
            let range = rule.range(limits.0, limits.1);
            let weight = own_weight.or(criterion.weight.or(indicator.weight).map(Weight::get)).unwrap_or(1.0);
            Some(CompiledCriterion { criterion: criterion.clone(), quantity: quantity.clone(), rule, weight, limits, range })
        };
        let criteria = self.stages.iter().map(compile).collect();
        Leaf { indicator: indicator.clone(), parent, own_weight, missing, divisor: None, weighing: None, criteria }
    }

    fn finish(mut self) -> (Tree, Vec<Leaf>, Vec<CategoryInfo>) {
        let names: BTreeMap<String, usize> = self.leaves.iter().enumerate().map(|(i, leaf)| (leaf.indicator.id.as_str().to_owned(), i)).collect();
        for leaf in &mut self.leaves {
            let other = leaf.indicator.per.as_ref().and_then(|per| per.indicator.as_ref());
            leaf.divisor = other.and_then(|id| names.get(id.as_str()).copied());
        }
        let leaves = self.leaves.len();
        let mut members: Vec<Vec<Member>> = vec![Vec::new(); self.joins.len()];
        let mut parents: Vec<Option<usize>> = Vec::with_capacity(leaves + self.joins.len());
        // Document order inside a node: its indicators, then its categories.
        for (slot, leaf) in self.leaves.iter().enumerate() {
            parents.push(Some(leaves + leaf.parent));
            if let Some(list) = members.get_mut(leaf.parent) {
                list.push(Member { slot, weight: f64::NAN });
            }
        }
        parents.push(None);
        for (i, info) in self.categories.iter().enumerate() {
            parents.push(Some(leaves + info.parent));
            if let Some(list) = members.get_mut(info.parent) {
                list.push(Member { slot: leaves + i + 1, weight: info.weight });
            }
        }
        let nodes: Vec<Node> = self.joins.iter().zip(members).map(|(join, members)| Node { join: *join, members: members.into() }).collect();
        let sums = self.joins.contains(&Join::Sum);
        let tree = Tree { leaves, nodes: nodes.into(), parents: parents.into(), sums };
        (tree, self.leaves, self.categories)
    }
}
