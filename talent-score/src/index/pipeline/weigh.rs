//! The weights of the members of a group.

use talent_model::diagnostic::{Code, Pointer};
use talent_model::index::{Weigh, Weighting};

use super::Pipeline;
use crate::index::combine::Members;
use crate::index::matrix::Matrix;
use crate::index::notes::{Notes, Place, short};
use crate::index::state::State;
use crate::index::stats::count;
use crate::index::table::Member;
use crate::index::trouble::Trouble;
use crate::index::weigh;

impl Pipeline<'_> {
    pub(super) fn weigh(&self, state: &mut State, at: usize, step: &Weigh) {
        for (node, rule) in self.tree.nodes.iter().zip(&mut state.rules) {
            if step.nodes.is_empty() || step.nodes.iter().any(|code| code.as_str() == node.code) {
                *rule = (Some(at), step.how.clone());
            }
        }
    }

    /// The weights of some of a group's members, where they do not come from the data; nothing where they do, or cannot be had.
    #[cfg(feature = "robust")]
    pub(crate) fn fixed_weights(&self, state: &State, at: usize, places: &[usize]) -> Option<Vec<f64>> {
        let (_, how) = state.rules.get(at)?;
        if weigh::from_data(how) {
            return None;
        }
        let all = self.member_codes(at);
        let codes: Vec<&str> = places.iter().filter_map(|place| all.get(*place)).map(String::as_str).collect();
        let node = self.tree.nodes.get(at)?;
        let given: Vec<f64> = places.iter().filter_map(|place| node.members.get(*place)).map(|(_, weight)| *weight).collect();
        let nothing = Matrix::zeros(0, codes.len());
        let view = nothing.view();
        let members = Members { codes: &codes, cells: &view, weights: &given, signs: &vec![1.0; codes.len()] };
        self.weights(state, at, &members, &mut Notes::default()).map(|weights| weights.weights)
    }

    /// The weights of one group's members. Where data-driven weights have no answer, the table's own are taken, with a finding.
    pub(super) fn weights(&self, state: &State, at: usize, members: &Members<'_>, notes: &mut Notes) -> Option<weigh::Weights> {
        let given = Weighting::Given(talent_model::standard::Plain {});
        let (said, how) = state.rules.get(at).map_or((None, &given), |(said, how)| (*said, how));
        let node = self.tree.nodes.get(at).map_or("", |node| &node.code);
        let own = notes.at.clone();
        if let Some(said) = said {
            notes.at = Pointer::root().with("steps").at(said);
        }
        // Only weights that come from the data look at the values.
        let (cells, complete) = if weigh::from_data(how) {
            let turned = members.turned();
            let complete: Vec<usize> = (0..turned.rows()).filter(|unit| turned.row(*unit).all(|x| !x.is_nan())).collect();
            (turned.keep(&complete), complete)
        } else {
            (Matrix::zeros(0, members.codes.len()), Vec::new())
        };
        let place = Place { node, method: weigh::kind(how), codes: members.codes };
        let advisable = (5 * members.codes.len()).max(30);
        if weigh::from_data(how) && members.codes.len() > 1 && complete.len() < advisable {
            notes.note(Code::IndexSmallSample, |d| {
                d.with("node", node).with("method", place.method).with("found", complete.len().to_string()).with("expected", advisable.to_string())
            });
        }
        let found = if weigh::from_judges(how) { self.judged(at, how, members) } else { weigh::weights(how, members.codes, members.weights, &cells) };
        let weights = match found {
            Ok(mut weights) => {
                if let Some((_, ratio)) = weights.measures.iter().find(|(name, _)| *name == "consistency_ratio")
                    && *ratio > 0.1
                {
                    notes.note(Code::IndexInconsistent, |d| d.with("node", node).with("found", short(*ratio)).with("expected", "0.1"));
                }
                if weigh::from_data(how) {
                    weights.measures.push(("weighed_units", count(complete.len())));
                }
                Some(weights)
            }
            Err(trouble @ (Trouble::TooFew { .. } | Trouble::Singular)) => {
                notes.trouble(trouble, &place, |_| String::new());
                weigh::Weights::of(members.weights).ok()
            }
            Err(trouble) => {
                notes.trouble(trouble, &place, |unit| complete.get(unit).map_or_else(String::new, |unit| self.unit(state, *unit).into()));
                None
            }
        };
        notes.at = own;
        weights
    }

    /// Weights from judgements: on all members that the group has by the table, whether or not something left some of them out, and then of those that are in.
    fn judged(&self, at: usize, how: &Weighting, members: &Members<'_>) -> Result<weigh::Weights, Trouble> {
        let declared = self.tree.nodes.get(at).map(|node| node.members.as_slice()).unwrap_or_default();
        let code = |member: &Member| match member {
            Member::Leaf(leaf) => self.code(*leaf),
            Member::Group(node) => self.tree.nodes.get(*node).map_or("", |node| node.code.as_str()),
        };
        let codes: Vec<&str> = declared.iter().map(|(member, _)| code(member)).collect();
        let all = weigh::weights(how, &codes, &vec![1.0; codes.len()], &Matrix::zeros(0, codes.len()))?;
        let own = |wanted: &&str| codes.iter().zip(&all.weights).find(|(code, _)| *code == wanted).map_or(0.0, |(_, weight)| *weight);
        let weights = weigh::Weights::of(&members.codes.iter().map(own).collect::<Vec<f64>>())?;
        Ok(weigh::Weights { measures: all.measures, ..weights })
    }
}
