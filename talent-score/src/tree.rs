//! The one kernel: from the scores of indicators to the score of every node. Single assessments, cards and batches all come through here.

use crate::aggregate::Join;

/// What a node joins: a leaf (an indicator) or another node, by its slot. Leaves come first, then nodes, the root first among them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    pub(crate) slot: usize,
    /// For a node; a leaf's weight comes with the leaf, because stages may weigh it differently.
    pub(crate) weight: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) join: Join,
    pub(crate) members: Box<[Member]>,
}

/// How the root's value hangs on every slot's.
pub(crate) struct Slopes {
    /// The partial derivatives; not numbers where there are none.
    pub(crate) slopes: Values,
    /// The shares of the weight.
    pub(crate) shares: Values,
    /// The nodes whose least score is shared by two members.
    pub(crate) ties: Vec<usize>,
}

/// The shape of a standard: parents before their members.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) leaves: usize,
    pub(crate) nodes: Box<[Node]>,
    /// The node above each slot; `None` for the root.
    pub(crate) parents: Box<[Option<usize>]>,
    pub(crate) sums: bool,
}

/// The value in a slot, in the units of its node: a mean of scores, or points. Not a number when there is none.
pub(crate) type Values = Vec<f64>;

fn at(values: &[f64], slot: usize) -> f64 {
    values.get(slot).copied().unwrap_or(f64::NAN)
}

impl Tree {
    pub(crate) fn slots(&self) -> usize {
        self.leaves + self.nodes.len()
    }

    pub(crate) fn root(&self) -> usize {
        self.leaves
    }

    fn is_sum(&self, slot: usize) -> bool {
        slot.checked_sub(self.leaves).and_then(|n| self.nodes.get(n)).is_some_and(|n| n.join == Join::Sum)
    }

    fn weight(&self, member: Member, weights: &[f64]) -> f64 {
        if member.slot < self.leaves { at(weights, member.slot) } else { member.weight }
    }

    /// How much a member counts in its node: its weight, and for a sum among sums all the points that it can bring.
    fn mass(&self, join: Join, member: Member, weights: &[f64], full: &[f64]) -> f64 {
        let weight = self.weight(member, weights);
        if self.sums && join == Join::Sum && self.is_sum(member.slot) { weight * at(full, member.slot) } else { weight }
    }

    /// What one member brings into its node's formula: a percentage for a mean, points for a sum; and the factor from its own value to that.
    fn brings(&self, join: Join, member: Member, values: &[f64], full: &[f64]) -> (f64, f64) {
        let value = at(values, member.slot);
        let factor = match (join, self.is_sum(member.slot)) {
            (Join::Sum, true) => 1.0,
            (Join::Sum, false) => 0.01,
            (_, false) => return (value, 1.0),
            (_, true) => {
                let full = at(full, member.slot);
                if full > 0.0 { 100.0 / full } else { 0.0 }
            }
        };
        (value * factor, factor)
    }

    /// Fills the nodes' slots from the leaves'. `weights` are the leaves' weights, `full` what each slot can reach at most (needed for sums only).
    #[inline]
    pub(crate) fn roll(&self, weights: &[f64], full: &[f64], values: &mut [f64]) {
        for (n, node) in self.nodes.iter().enumerate().rev() {
            let value = {
                let values = &*values;
                let members = node.members.iter().filter_map(|member| {
                    let weight = self.weight(*member, weights);
                    let value = if self.sums { self.brings(node.join, *member, values, full).0 } else { at(values, member.slot) };
                    (weight > 0.0 && !value.is_nan()).then_some((weight, value))
                });
                node.join.join(members)
            };
            if let Some(slot) = values.get_mut(self.leaves + n) {
                *slot = value.unwrap_or(f64::NAN);
            }
        }
    }

    /// Takes all weight from a node, so that what joins it leaves it out.
    pub(crate) fn weigh_nothing(&mut self, node: usize) {
        let slot = self.leaves + node;
        for member in self.nodes.iter_mut().flat_map(|node| node.members.iter_mut()).filter(|member| member.slot == slot) {
            member.weight = 0.0;
        }
    }

    /// The tree with the leaves' weights written into it, and without what weighs nothing: for many rows of equal weights.
    pub(crate) fn with_weights(&self, weights: &[f64]) -> Self {
        let weigh = |node: &Node| Node {
            join: node.join,
            members: node.members.iter().map(|m| Member { weight: self.weight(*m, weights), ..*m }).filter(|m| m.weight > 0.0).collect(),
        };
        Self { nodes: self.nodes.iter().map(weigh).collect(), ..self.clone() }
    }

    /// As [`roll`](Self::roll), for a tree [with weights](Self::with_weights) and without sums.
    #[inline]
    pub(crate) fn roll_weighted(&self, values: &mut [f64]) {
        for (n, node) in self.nodes.iter().enumerate().rev() {
            let value = {
                let values = &*values;
                // What has no score is left out by the join.
                node.join.join(node.members.iter().map(|member| (member.weight, at(values, member.slot))))
            };
            if let Some(slot) = values.get_mut(self.leaves + n) {
                *slot = value.unwrap_or(f64::NAN);
            }
        }
    }

    /// What every slot can reach at most, given the leaves that count: 100, or the sum of points.
    pub(crate) fn full(&self, weights: &[f64], values: &[f64]) -> Values {
        let mut full = Values::new();
        self.fill_full(weights, values, &mut full);
        full
    }

    /// As [`full`](Self::full), into memory that is used again.
    pub(crate) fn fill_full(&self, weights: &[f64], values: &[f64], full: &mut Values) {
        full.clear();
        full.resize(self.slots(), 100.0);
        if !self.sums {
            return;
        }
        for (slot, value) in full.iter_mut().enumerate().take(self.leaves) {
            *value = if at(values, slot).is_nan() { f64::NAN } else { 100.0 };
        }
        for (n, node) in self.nodes.iter().enumerate().rev() {
            let members = node.members.iter().filter_map(|member| {
                let weight = self.weight(*member, weights);
                let most = at(full, member.slot);
                let most = if self.is_sum(member.slot) && node.join == Join::Sum {
                    most
                } else if node.join == Join::Sum {
                    most / 100.0
                } else {
                    100.0
                };
                (weight > 0.0 && !at(full, member.slot).is_nan()).then_some((weight, most))
            });
            let value = node.join.join(members).unwrap_or(f64::NAN);
            if let Some(slot) = full.get_mut(self.leaves + n) {
                *slot = value;
            }
        }
    }

    /// The share of the weight that is known, of what applies (the leaves that are not NaN). `full` is what each slot can reach once everything is known.
    pub(crate) fn cover(&self, weights: &[f64], full: &[f64], known: &mut [f64]) {
        for (n, node) in self.nodes.iter().enumerate().rev() {
            let value = {
                let known = &*known;
                let members = node.members.iter().filter_map(|member| {
                    let (weight, value) = (self.mass(node.join, *member, weights, full), at(known, member.slot));
                    (weight > 0.0 && !value.is_nan()).then_some((weight, value))
                });
                Join::Power(1.0).join(members)
            };
            if let Some(slot) = known.get_mut(self.leaves + n) {
                *slot = value.unwrap_or(f64::NAN);
            }
        }
    }

    /// How the root's value hangs on every slot's.
    pub(crate) fn slopes(&self, weights: &[f64], full: &[f64], values: &[f64]) -> Slopes {
        let mut ties = Vec::new();
        let mut slopes = vec![0.0; self.slots()];
        let mut shares = vec![0.0; self.slots()];
        for values in [&mut slopes, &mut shares] {
            if let Some(root) = values.get_mut(self.root()) {
                *root = 1.0;
            }
        }
        for (n, node) in self.nodes.iter().enumerate() {
            let slot = self.leaves + n;
            let (total, above, share) = (at(values, slot), at(&slopes, slot), at(&shares, slot));
            let counted: Vec<(Member, f64, f64, f64)> = node
                .members
                .iter()
                .filter_map(|member| {
                    let weight = self.weight(*member, weights);
                    let (value, factor) = self.brings(node.join, *member, values, full);
                    (weight > 0.0 && !value.is_nan()).then_some((*member, weight, value, factor))
                })
                .collect();
            let all: f64 = counted.iter().map(|(_, weight, ..)| weight).sum();
            let mass = |member: Member| self.mass(node.join, member, weights, full);
            let masses: f64 = counted.iter().map(|(member, ..)| mass(*member)).sum();
            let lowest = counted.iter().filter(|(_, _, value, _)| *value <= total).count();
            if node.join == Join::Minimum && lowest > 1 && above != 0.0 {
                ties.push(n);
            }
            for (member, weight, value, factor) in counted {
                let slope = node.join.slope(total, weight, value, all, lowest);
                if let Some(slot) = slopes.get_mut(member.slot) {
                    *slot = slope.map_or(f64::NAN, |slope| above * slope * factor);
                }
                if let Some(slot) = shares.get_mut(member.slot) {
                    *slot = share * mass(member) / masses;
                }
            }
        }
        Slopes { slopes, shares, ties }
    }

    /// Whether a node takes the least of its members, of which two may be equal.
    pub(crate) fn can_tie(&self) -> bool {
        self.nodes.iter().any(|node| node.join == Join::Minimum)
    }
}
