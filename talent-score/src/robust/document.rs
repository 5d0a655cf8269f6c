//! An analysis as a document.

use talent_model::collection::List;
use talent_model::document::RobustnessKind;
use talent_model::id::Line;
use talent_model::quantity::{Count, Number, Share};
use talent_model::robustness::{
    Acceptance, Agreement, Convergence, Effect, Factors, GradeShare, Influence, Robustness, Span, Subject, TiedGroup, UnitRobustness, Unmodelled,
    Variation, Wins,
};
use talent_model::text::Text;

use super::analysis::{Analysis, FEW_UNITS, OutputEffects};
use super::{Distribution, Estimate, FactorEffect, count};

/// What a document needs beside the numbers.
pub(crate) struct Beside {
    pub(crate) subject: Subject,
    pub(crate) notices: Vec<Text>,
    /// The names of units for people, where they have any.
    pub(crate) names: Vec<Option<Text>>,
    /// What could be uncertain in such a subject.
    pub(crate) open: Vec<Unmodelled>,
}

impl Analysis {
    pub(crate) fn to_document(&self, beside: Beside) -> Robustness {
        let factors = self.study.factors.iter().zip(&self.numbers);
        Robustness {
            kind: RobustnessKind::Robustness,
            model: crate::assess::model(),
            schema: None,
            subject: beside.subject,
            notices: beside.notices.into(),
            study: self.study.clone(),
            factors: factors.map(|(factor, n)| Factors { id: factor.id.clone(), numbers: Count::of(*n), active: *n > 0 }).collect(),
            units: (0..self.units.len()).map(|at| self.unit(at, beside.names.get(at).cloned().flatten())).collect(),
            groups: self.groups.iter().map(|group| TiedGroup { units: group.iter().map(|at| self.name(*at)).collect() }).collect(),
            wins: self
                .wins
                .iter()
                .enumerate()
                .map(|(at, over)| Wins { unit: self.name(at), over: over.iter().map(|x| share(*x)).collect() })
                .collect(),
            // Where nothing has ranks, none moves.
            shift: self.study.only.is_none().then(|| span(&self.shift.unwrap_or_default())),
            effects: self.effects.iter().map(|effect| self.effect(effect)).collect(),
            convergence: {
                let [rank, score, error] = self.convergence.map(number);
                Convergence { rank, score, error }
            },
            unmodelled: beside.open.into_iter().filter(|open| !self.models(*open)).collect(),
            diagnostics: self.diagnostics.clone().into(),
        }
    }

    fn name(&self, at: usize) -> Line {
        // Names of units were checked with the tables, identifiers with the documents.
        #[expect(clippy::expect_used, reason = "a constant that is one line of text")]
        self.units.get(at).and_then(|name| Line::new(name).ok()).unwrap_or_else(|| Line::new("?").expect("one line"))
    }

    fn unit(&self, at: usize, name: Option<Text>) -> UnitRobustness {
        let rank = self.ranks.get(at).copied().unwrap_or_default();
        let distribution = self.distributions.get(at);
        let draws = count(self.draws().max(1));
        let accepted = |(n, rank): (&u32, usize)| (*n > 0).then(|| Acceptance { rank: Count::of(rank), share: share(f64::from(*n) / draws) });
        let counts = distribution.map(|of| of.rank_counts.as_slice()).unwrap_or_default();
        let grades = distribution.map(|of| of.grade_counts.as_slice()).unwrap_or_default();
        let graded = self.grades.iter().filter_map(|(grade, place)| {
            let n = *grades.get(*place)?;
            (n > 0).then(|| GradeShare { grade: grade.clone(), share: share(f64::from(n) / draws) })
        });
        UnitRobustness {
            unit: self.name(at),
            name,
            score: self.scores.get(at).copied().and_then(Number::new),
            scores: distribution.and_then(|of| of.scores).map(|of| span(&of)),
            rank: (rank > 0).then(|| Count::of(rank as usize)),
            ranks: distribution.and_then(|of| of.ranks).map(|of| span(&of)),
            acceptance: if self.units.len() <= FEW_UNITS { counts.iter().zip(1..).filter_map(accepted).collect() } else { List::default() },
            grades: graded.collect(),
            stability: distribution.map_or(talent_model::robustness::Stability::None, |of| of.stability(rank)),
            unscored: share(distribution.map_or(1.0, |of| of.unscored)),
            inside: self.is_inside(at),
        }
    }

    fn effect(&self, of: &OutputEffects) -> Effect {
        let influence = |(factor, effect): (&talent_model::robustness::Factor, &FactorEffect)| Influence {
            factor: factor.id.clone(),
            change: number(effect.change),
            first: effect.first.map(agreement),
            total: effect.total.map(agreement),
        };
        Effect {
            unit: of.unit.map(|at| self.name(at)),
            variance: number(of.variance),
            factors: self.study.factors.iter().zip(&of.factors).map(influence).collect(),
        }
    }

    /// Whether an active factor varies something.
    fn models(&self, what: Unmodelled) -> bool {
        let active = self.study.factors.iter().zip(&self.numbers).filter(|(_, n)| **n > 0);
        active.map(|(factor, _)| &factor.vary).any(|vary| varies(vary, what))
    }
}

fn varies(vary: &Variation, what: Unmodelled) -> bool {
    use talent_model::index::MethodStep;
    match vary {
        Variation::Weights(_) | Variation::WeightSet(_) => what == Unmodelled::Weights,
        Variation::Values(_) => what == Unmodelled::Measurement,
        Variation::Unknown(_) => what == Unmodelled::Unknown,
        Variation::Thresholds(_) => what == Unmodelled::Thresholds,
        Variation::Inclusion(_) => what == Unmodelled::Indicators,
        Variation::Missing(_) => what == Unmodelled::Missing,
        Variation::Aggregation(_) => what == Unmodelled::Aggregation,
        Variation::Step(step) => step.options.first().is_some_and(|step| match step {
            MethodStep::Treat(_) | MethodStep::Impute(_) | MethodStep::Screen(_) | MethodStep::Denominate(_) => what == Unmodelled::Treatment,
            MethodStep::Normalise(_) => what == Unmodelled::Normalisation,
            MethodStep::Weigh(_) => what == Unmodelled::Weights,
            MethodStep::Aggregate(_) => what == Unmodelled::Aggregation,
            MethodStep::Rank(_) => false,
        }),
    }
}

/// What could be uncertain in a submission to a standard, in the order of telling.
pub(crate) const OPEN_IN_SUBMISSIONS: [Unmodelled; 10] = [
    Unmodelled::Weights,
    Unmodelled::Measurement,
    Unmodelled::Unknown,
    Unmodelled::Thresholds,
    Unmodelled::Gates,
    Unmodelled::Indicators,
    Unmodelled::Missing,
    Unmodelled::Aggregation,
    Unmodelled::Structure,
    Unmodelled::Correlation,
];

fn number(value: f64) -> Number {
    crate::number(value)
}

fn share(value: f64) -> Share {
    crate::sheet::share(value)
}

fn agreement(estimate: Estimate) -> Agreement {
    Agreement { value: number(estimate.value), low: number(estimate.low), high: number(estimate.high) }
}

fn span(of: &Distribution) -> Span {
    Span { mean: number(of.mean), deviation: number(of.deviation), low: number(of.low), median: number(of.median), high: number(of.high) }
}
