//! How sure the ranks of a comparison are: a study of the communities that have one.

use std::ops::ControlFlow;

use talent_model::comparison::{RankConfidence, RankInterval, Win};
use talent_model::document::Document;
use talent_model::id::CommunityId;
use talent_model::quantity::{Count, Number, Share};
use talent_model::robustness::Study;
use talent_model::{Community, Submission};

use super::cohort::{Cohort, Member};
use crate::robust::{Analysis, RobustError, RobustSubmissions};

impl Cohort<'_> {
    /// Studies the communities that have a rank, through the very kernel that scored them. Nothing where fewer than two have one, or where they are not all scored by one standard and one
    /// set of weights: draws would not mean the same for each.
    ///
    /// # Errors
    /// [`RobustError`] with everything that is wrong with the study.
    pub fn confidence(&self, study: &Study) -> Result<Option<RankConfidence>, RobustError> {
        let ranked: Vec<&Member<'_>> = self.members.iter().filter(|member| member.standing().ranked).collect();
        let Some(first) = ranked.first().filter(|_| ranked.len() > 1) else { return Ok(None) };
        let evaluator = first.entry.evaluator;
        let alike =
            |member: &&Member<'_>| member.entry.evaluator.digest == evaluator.digest && member.entry.evaluator.weight_set == evaluator.weight_set;
        if !ranked.iter().all(alike) {
            return Ok(None);
        }
        let given: Vec<(&Submission, Option<&Community>)> = ranked.iter().map(|member| (member.entry.submission, member.entry.community)).collect();
        // A comparison is about ranks, so it asks for them.
        let robust = RobustSubmissions::new(evaluator, &given, &Study { only: None, ..study.clone() })?;
        let analysis = robust.run(&mut |_, _| ControlFlow::Continue(()))?;
        let Ok(digest) = robust.document(&analysis).digest() else { return Ok(None) };
        let ids: Vec<&CommunityId> = ranked.iter().map(|member| &member.community.id).collect();
        Ok(Some(RankConfidence {
            analysis: digest,
            draws: Count::of(analysis.draws()),
            level: analysis.study.interval.or(Share::new(0.9)).unwrap_or_else(|| crate::sheet::share(0.9)),
            study: analysis.study.clone(),
            ranks: intervals(&analysis, &ids),
            groups: analysis.groups.iter().map(|group| group.iter().filter_map(|at| ids.get(*at).copied().cloned()).collect()).collect(),
            wins: wins(&analysis, &ids),
        }))
    }
}

fn intervals(analysis: &Analysis, ids: &[&CommunityId]) -> talent_model::collection::List<RankInterval> {
    let interval = |(id, unit): (&&CommunityId, &crate::robust::UnitDistribution)| {
        let ranks = unit.ranks?;
        Some(RankInterval { community: (*id).clone(), best: Number::new(ranks.low)?, worst: Number::new(ranks.high)? })
    };
    ids.iter().zip(&analysis.distributions).filter_map(interval).collect()
}

fn wins(analysis: &Analysis, ids: &[&CommunityId]) -> talent_model::collection::List<Win> {
    let of = |(at, better): (usize, &&CommunityId)| {
        let row = analysis.wins.get(at).map(Vec::as_slice).unwrap_or_default();
        let later = ids.iter().zip(row).skip(at + 1);
        later
            .map(|(worse, share)| Win { better: (*better).clone(), worse: (*worse).clone(), share: crate::sheet::share(*share) })
            .collect::<Vec<Win>>()
    };
    ids.iter().enumerate().flat_map(of).collect()
}
