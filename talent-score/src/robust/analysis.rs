//! A study done: what all its draws come to.

use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer};
use talent_model::quantity::{Count, Share};
use talent_model::robustness::{Sampling, Study};

use super::effects::{Evaluations, FactorEffect, Resampling, effects, points, scores_of};
use super::order::Order;
use super::run::{Block, Model, Progress, draws, evaluate};
use super::summary::{Distribution, UnitDistribution, distribution, distributions, shifts, tied, wins};
use super::uniform::Source;
use super::{RobustError, count, each};

/// The most units for which every pair is compared, and whose scores are outputs of a sensitivity analysis of their own.
pub(crate) const FEW_UNITS: usize = 50;

/// A study done, in columns: scores, ranks and grades of every unit over all draws, and what they come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The study, with every default stated.
    pub study: Study,
    /// The units, in the order given.
    pub units: Vec<String>,
    /// The scores without any variation; not numbers where there are none.
    pub scores: Vec<f64>,
    /// The ranks without any variation, ties as in a competition; 0 where there is none.
    pub ranks: Vec<u32>,
    /// Every unit over all draws.
    pub distributions: Vec<UnitDistribution>,
    /// The units by nominal rank, in groups whose first is not surely better than any other of them; by places. Empty where the study asked for scores alone, as are `wins`.
    pub groups: Vec<Vec<usize>>,
    /// For every unit the share of draws in which it scores more than each other, ties counting a half. Empty for more than 50 units.
    pub wins: Vec<Vec<f64>>,
    /// The mean absolute difference of ranks to the nominal ones, over all draws. None where the study asked for scores alone.
    pub shift: Option<Distribution>,
    /// Which factor matters, for the mean shift of ranks and, of up to 50 units, every score. Empty when it was not asked for.
    pub effects: Vec<OutputEffects>,
    /// How many numbers every factor varies.
    pub numbers: Vec<usize>,
    /// What was found.
    pub diagnostics: Vec<Diagnostic>,
    /// The greatest difference of mean ranks and of mean scores between both halves of the draws, and the greatest standard error of a mean score.
    pub convergence: [f64; 3],
    pub(crate) blocks: Vec<Block>,
    /// The identifiers of grades, best first; each with its place in the counts.
    pub(crate) grades: Vec<(Option<talent_model::id::GradeId>, usize)>,
}

/// The effects of all factors on one output.
#[derive(Clone, Debug, PartialEq)]
pub struct OutputEffects {
    /// The place of the unit whose score it is; none for the mean shift of ranks.
    pub unit: Option<usize>,
    /// The variance of the output.
    pub variance: f64,
    /// The factors, in the order of the study.
    pub factors: Vec<FactorEffect>,
    /// The output at every evaluation: for every base point A, B and A with each factor from B in turn (for screening without B).
    pub evaluations: Vec<f64>,
}

/// What is known before anything is drawn.
pub(crate) struct Start {
    pub(crate) study: Study,
    pub(crate) units: Vec<String>,
    pub(crate) scores: Vec<f64>,
    pub(crate) numbers: Vec<usize>,
    pub(crate) grades: Vec<(Option<talent_model::id::GradeId>, usize)>,
    pub(crate) found: Vec<Diagnostic>,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be whole and small")]
pub(crate) fn whole(count: Option<Count>) -> u32 {
    count.map_or(0, |count| count.get() as u32)
}

/// Does a study that has been checked.
pub(crate) fn analyse<M: Model>(model: &M, source: &Source, start: Start, progress: Progress<'_>) -> Result<Analysis, RobustError> {
    let Start { study, units, scores, numbers, grades, mut found } = start;
    let n = units.len();
    let ranked = study.only.is_none();
    let mut ranks = vec![0; n];
    Order::default().rank(&scores, &mut ranks);
    let interval = study.interval.map_or(0.9, Share::get);
    let simulated = draws(whole(study.draws));
    let bases = study.sensitivity.as_ref().map(|sensitivity| {
        let screening = sensitivity.screening == Some(true);
        (points(whole(Some(sensitivity.base)), study.factors.len(), screening), screening)
    });
    let all = simulated.len() + bases.as_ref().map_or(0, |(points, _)| points.len());
    let mut first = |done: usize, _: usize| progress(done, all);
    let blocks = evaluate(model, source, &simulated, ranked, &mut first).map_err(|_| RobustError::Stopped)?;
    let mut outputs = Vec::new();
    if let (Some((points, screening)), Some(sensitivity)) = (&bases, &study.sensitivity) {
        let mut rest = |done: usize, _: usize| progress(simulated.len() + done, all);
        let evaluated = evaluate(model, source, points, ranked, &mut rest).map_err(|_| RobustError::Stopped)?;
        let resampling = Resampling { source, times: whole(sensitivity.resamples), confidence: sensitivity.confidence.map_or(0.95, Share::get) };
        outputs = output_effects(&evaluated, &ranks, study.factors.len(), *screening, &resampling);
    }
    let distributions = distributions(&blocks, n, grades.len(), interval);
    let shifted = each(if ranked { blocks.len() } else { 0 }, |at| blocks.get(at).map(|block| shifts(block, &ranks)).unwrap_or_default());
    let shift: Vec<f64> = shifted.into_iter().flatten().filter(|shift| !shift.is_nan()).collect();
    let analysis = Analysis {
        groups: if ranked { tied(&blocks, &ranks, interval) } else { Vec::new() },
        wins: if ranked && n <= FEW_UNITS { each(n, |unit| wins_of(&blocks, unit, n)) } else { Vec::new() },
        shift: distribution(&shift, interval),
        convergence: convergence(&distributions),
        effects: outputs,
        diagnostics: {
            note(&units, &scores, &distributions, &mut found);
            found
        },
        study,
        units,
        scores,
        ranks,
        distributions,
        numbers,
        blocks,
        grades,
    };
    Ok(analysis)
}

/// The wins of one unit over every other.
fn wins_of(blocks: &[Block], unit: usize, units: usize) -> Vec<f64> {
    let scores = scores_of(blocks, unit);
    (0..units).map(|other| if other == unit { 0.5 } else { wins(blocks, &scores, other) }).collect()
}

fn output_effects(blocks: &[Block], ranks: &[u32], factors: usize, screening: bool, resampling: &Resampling<'_>) -> Vec<OutputEffects> {
    let output = |unit: Option<usize>, evaluations: Vec<f64>| {
        let (variance, found) = effects(&Evaluations::new(&evaluations, factors, screening), resampling);
        OutputEffects { unit, variance, factors: found, evaluations }
    };
    let ranked = blocks.iter().all(|block| !block.ranks.is_empty());
    let shift = ranked.then(|| output(None, blocks.iter().flat_map(|block| shifts(block, ranks)).collect()));
    let few = if ranks.len() <= FEW_UNITS { ranks.len() } else { 0 };
    shift.into_iter().chain(each(few, |unit| output(Some(unit), scores_of(blocks, unit)))).collect()
}

/// How far both halves of the draws are apart.
fn convergence(of: &[UnitDistribution]) -> [f64; 3] {
    let mut most = [0.0_f64; 3];
    for unit in of {
        let [[score, rank], [other_score, other_rank]] = unit.halves;
        let error = unit.scores.map_or(0.0, |scores| scores.deviation / libm::sqrt(count(unit.scored.max(1))));
        for (most, found) in most.iter_mut().zip([(rank - other_rank).abs(), (score - other_score).abs(), error]) {
            // A half without scores says nothing.
            *most = most.max(if found.is_nan() { 0.0 } else { found });
        }
    }
    most
}

/// A mean rank that both halves give differently by more than this is not settled.
const SETTLED: f64 = 0.1;

fn note(units: &[String], scores: &[f64], of: &[UnitDistribution], found: &mut Vec<Diagnostic>) {
    let here = |at: usize| Pointer::root().with("units").at(at);
    for (at, ((unit, score), distribution)) in units.iter().zip(scores).zip(of).enumerate() {
        if distribution.unscored > 0.0 {
            let share = format!("{}%", short(distribution.unscored * 100.0));
            found.push(Diagnostic::new(Code::RobustnessUnscored, here(at)).with("unit", unit).with("found", share));
        }
        if let Some(scores) = distribution.scores
            && !score.is_nan()
            && !(scores.low <= *score && *score <= scores.high)
        {
            let diagnostic = Diagnostic::new(Code::RobustnessOutside, here(at)).with("unit", unit).with("score", short(*score));
            found.push(diagnostic.with("low", short(scores.low)).with("high", short(scores.high)));
        }
    }
    let [rank, ..] = convergence(of);
    if rank > SETTLED {
        found.push(Diagnostic::new(Code::RobustnessUnsettled, Pointer::root().with("convergence")).with("found", short(rank)));
    }
    if units.len() == 1 {
        found.push(Diagnostic::new(Code::RobustnessOneUnit, Pointer::root().with("units")));
    }
}

/// A number for a message.
fn short(x: f64) -> String {
    let text = format!("{x:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// What failed draws have in common.
#[cfg(feature = "index")]
pub(crate) fn note_failures(failed: usize, all: usize, (en, zh): (&str, &str), found: &mut Vec<Diagnostic>) {
    let share = format!("{}%", short(count(failed) * 100.0 / count(all.max(1))));
    found.push(Diagnostic::new(Code::RobustnessFailed, Pointer::root()).with("found", share).with("why", en).with("why_zh", zh));
}

impl Analysis {
    /// How many draws there are.
    #[must_use]
    pub fn draws(&self) -> usize {
        self.blocks.iter().map(|block| block.points).sum()
    }

    /// The scores of one unit over the draws, in their order; not numbers where there are none.
    #[must_use]
    pub fn draw_scores(&self, unit: usize) -> Vec<f64> {
        scores_of(&self.blocks, unit)
    }

    /// The ranks of one unit over the draws, ties as in a competition; 0 where there is none. Empty where the study asked for scores alone.
    #[must_use]
    pub fn draw_ranks(&self, unit: usize) -> Vec<u32> {
        self.blocks.iter().flat_map(|block| block.ranks_of(unit)).copied().collect()
    }

    /// Whether the score without variation lies in the interval of the scores; one that does not is flagged.
    #[must_use]
    pub fn is_inside(&self, unit: usize) -> bool {
        let score = self.scores.get(unit).copied().unwrap_or(f64::NAN);
        match self.distributions.get(unit).and_then(|unit| unit.scores) {
            Some(scores) => score.is_nan() || scores.low <= score && score <= scores.high,
            None => score.is_nan(),
        }
    }
}

/// The source of a study's numbers.
pub(crate) fn source(study: &Study, numbers: &[usize]) -> Source {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number within the exact range")]
    let seed = study.seed.map_or(1, |seed| seed.get() as u64);
    Source::new(study.sampling.unwrap_or(Sampling::Random), seed, numbers)
}
