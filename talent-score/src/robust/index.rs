//! The study of an index from two tables: from tables to an analysis and its document.

use talent_model::diagnostic::Pointer;
use talent_model::index::MethodStep;
use talent_model::robustness::{MeasurementError, Study, Subject, Unmodelled, Variation};
use talent_model::{Bilingual, Diagnostic, Lang, Robustness};

use super::RobustError;
use super::analysis::{Analysis, Start, analyse, note_failures};
use super::check::{Names, check, check_period, failed, inert, not_contained, options, resolved};
use super::document::Beside;
use super::run::Progress;
use super::tables::{Tables, place};
use super::uniform::{Matrix, Point};
use crate::index::{IndexError, Outcome, Pipeline, Table};

/// A pipeline and a study of it, checked and laid out once.
///
/// ```
/// use std::ops::ControlFlow;
/// use talent_model::index::{IndexMethod, IndexRows};
/// use talent_model::robustness::Study;
/// use talent_score::index::{Pipeline, Table};
/// use talent_score::robust::RobustIndex;
///
/// let rows = IndexRows::from_json(br#"{"indicators": [{"code": "parks"}, {"code": "rent", "direction": "lower"}]}"#)?;
/// let table = Table {
///     rows: rows.indicators.to_vec(),
///     units: vec!["Riverside".into(), "Hilltop".into(), "Harbour".into()],
///     columns: vec![("parks".into(), vec![2.0, 6.0, 4.0].into()), ("rent".into(), vec![30.0, 90.0, 50.0].into())],
///     ..Table::default()
/// };
/// let method = IndexMethod::from_json(
///     br#"{"steps": [{"type": "normalise", "how": {"type": "min_max"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}]}"#,
/// )?;
/// let study = Study::from_json(br#"{"factors": [{"id": "weights", "vary": {"type": "weights", "spread": {"type": "dirichlet"}}}]}"#)?;
/// let pipeline = Pipeline::new(&table, &method)?;
/// let analysis = RobustIndex::new(&pipeline, &study)?.run(&mut |_, _| ControlFlow::Continue(()))?;
/// // Harbour is in the middle of both: whatever the weights, it is never last.
/// assert_eq!(analysis.distributions[2].rank_counts[2], 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct RobustIndex<'p> {
    pipeline: &'p Pipeline<'p>,
    nominal: Outcome,
    model: Tables<'p>,
    study: Study,
    found: Vec<Diagnostic>,
}

impl<'p> RobustIndex<'p> {
    /// Checks the study and lays it out.
    ///
    /// # Errors
    /// [`RobustError::Study`] with everything that is wrong with the study, or with what stops the index itself.
    pub fn new(pipeline: &'p Pipeline<'p>, study: &Study) -> Result<Self, RobustError> {
        let nominal = pipeline.run().map_err(|IndexError { diagnostics }| RobustError::Study(diagnostics))?;
        let tree = pipeline.tree();
        let names = Names {
            nodes: tree.nodes.iter().map(|node| node.code.clone()).collect(),
            indicators: tree.leaves.iter().map(|leaf| leaf.code.clone()).collect(),
            weight_sets: None,
        };
        let shown = shown(pipeline.table(), study);
        let mut found = check(study, &names, shown.len());
        found.extend(own_checks(pipeline, study));
        found.extend(check_period(&pipeline.table().times, study));
        if failed(&found) {
            return Err(RobustError::Study(found));
        }
        let mut model = Tables::new(pipeline, shown);
        for (at, factor) in study.factors.iter().enumerate() {
            model.vary(factor);
            if model.numbers.last() == Some(&0) {
                found.push(inert(factor, at));
            }
        }
        model.prepare();
        Ok(Self { pipeline, nominal, model, study: resolved(study), found })
    }

    /// The study, with every default stated.
    #[must_use]
    pub fn study(&self) -> &Study {
        &self.study
    }

    /// The index without any variation.
    #[must_use]
    pub fn nominal(&self) -> &Outcome {
        &self.nominal
    }

    /// Does the study. `progress` is told how many evaluations are done of how many, and says whether to go on.
    ///
    /// # Errors
    /// [`RobustError::Stopped`] when it was not to go on.
    pub fn run(&self, progress: Progress<'_>) -> Result<Analysis, RobustError> {
        let source = super::analysis::source(&self.study, &self.model.numbers);
        let table = self.pipeline.table();
        let mut of_row = vec![f64::NAN; table.units.len()];
        for (row, score) in self.nominal.rows.iter().zip(&self.nominal.top().scores) {
            if let Some(slot) = of_row.get_mut(*row) {
                *slot = *score;
            }
        }
        let shown = self.model.shown();
        let units = shown.iter().filter_map(|row| table.units.get(*row).map(ToString::to_string)).collect();
        let scores = shown.iter().filter_map(|row| of_row.get(*row).copied()).collect();
        let start =
            Start { study: self.study.clone(), scores, units, numbers: self.model.numbers.clone(), grades: Vec::new(), found: self.found.clone() };
        let mut analysis = analyse(&self.model, &source, start, progress)?;
        let failures: usize = analysis.blocks.iter().map(|block| block.failed).sum();
        if let Some(first) = analysis.blocks.iter().find_map(|block| block.why.as_ref()) {
            let words = |lang| talent_model::diagnostic::message(first, lang);
            let (en, zh) = (words(Lang::En), words(Lang::Zh));
            let all = analysis.draws();
            note_failures(failures, all, (&en, &zh), &mut analysis.diagnostics);
        }
        Ok(analysis)
    }

    /// The names of the numbers that every draw varies, in their order: the factor, then what it varies.
    #[must_use]
    pub fn parameter_names(&self) -> Vec<String> {
        self.model.parameter_names(&self.study.factors)
    }

    /// The numbers of one draw, made again: weights as they were applied, values, shares of distance, 1 for in and 0 for out, or the place of the chosen option.
    #[must_use]
    pub fn parameters(&self, draw: u32) -> Vec<f64> {
        let source = super::analysis::source(&self.study, &self.model.numbers);
        self.model.parameters(&source, Point::of(draw, Matrix::A))
    }

    /// The analysis as a document.
    #[must_use]
    pub fn document(&self, analysis: &Analysis) -> Robustness {
        let table = self.pipeline.table();
        let tables = table.digest();
        analysis.to_document(Beside {
            subject: Subject {
                engine: crate::assess::engine(),
                standard: None,
                submissions: Vec::new().into(),
                communities: Vec::new().into(),
                tables: Some(tables),
                method: Some(self.pipeline.method().clone()),
            },
            notices: Vec::new(),
            names: Vec::new(),
            open: self.open(),
        })
    }

    /// What could be uncertain in this index.
    fn open(&self) -> Vec<Unmodelled> {
        let steps = &self.pipeline.method().steps;
        let has = |wanted: fn(&MethodStep) -> bool| steps.iter().any(wanted);
        let gaps = self.pipeline.table().columns.iter().any(|(_, values)| values.iter().any(|x| x.is_nan()));
        let prepares =
            |step: &MethodStep| matches!(step, MethodStep::Treat(_) | MethodStep::Impute(_) | MethodStep::Screen(_) | MethodStep::Denominate(_));
        [
            (Unmodelled::Weights, true),
            (Unmodelled::Measurement, true),
            (Unmodelled::Thresholds, self.pipeline.table().rows.iter().any(|row| row.goalposts.is_some())),
            (Unmodelled::Indicators, true),
            (Unmodelled::Missing, gaps),
            (Unmodelled::Aggregation, true),
            (Unmodelled::Normalisation, has(|step| matches!(step, MethodStep::Normalise(_)))),
            (Unmodelled::Treatment, has(prepares)),
            (Unmodelled::Structure, true),
            (Unmodelled::Correlation, true),
        ]
        .into_iter()
        .filter_map(|(what, open)| open.then_some(what))
        .collect()
    }
}

/// The rows whose units are ranked: those of the period that the study asks about.
fn shown(table: &Table, study: &Study) -> Vec<usize> {
    let asked = |row: usize| match (&study.period, table.times.get(row)) {
        (Some(period), Some(time)) => period.as_str() == time,
        _ => true,
    };
    (0..table.units.len()).filter(|row| asked(*row)).collect()
}

fn own_checks(pipeline: &Pipeline<'_>, study: &Study) -> Vec<Diagnostic> {
    const STANDARD: Bilingual = Bilingual { en: "it belongs to submissions to a standard", zh: "它只属于针对标准的申报" };
    let mut found = Vec::new();
    for (at, factor) in study.factors.iter().enumerate() {
        let here = Pointer::root().with("factors").at(at).with("vary");
        let why = match &factor.vary {
            Variation::Unknown(_) | Variation::Aggregation(_) | Variation::WeightSet(_) => STANDARD,
            Variation::Values(values) if matches!(values.error, MeasurementError::Stated(_)) => {
                Bilingual { en: "a table states no intervals; say how large errors are", zh: "数据表不带区间，请说明误差大小" }
            }
            Variation::Missing(_) if !pipeline.method().steps.iter().any(|step| matches!(step, MethodStep::Aggregate(_))) => {
                Bilingual { en: "the method has no step `aggregate`", zh: "方法中没有步骤 `aggregate`" }
            }
            Variation::Step(step) => {
                let mut kinds = step.options.iter().map(MethodStep::kind);
                let Some(first) = kinds.next() else { continue };
                if kinds.any(|kind| kind != first) || first == "rank" {
                    let (is, wanted) = (
                        Bilingual { en: "steps of several kinds, or of ranking", zh: "不同类型的步骤，或排名步骤" },
                        Bilingual { en: "steps of one kind that changes scores", zh: "同一类型且影响得分的步骤" },
                    );
                    found.push(options(factor, &here, is, wanted));
                    continue;
                }
                if place(pipeline.method(), step).is_some() {
                    found.extend(pipeline.check_steps(&step.options, &here.with("options")));
                    continue;
                }
                Bilingual { en: "the method has no such step", zh: "方法中没有这一步骤" }
            }
            _ => continue,
        };
        found.push(not_contained(factor, at, why));
    }
    let joins = |factor: &&talent_model::robustness::Factor| matches!(&factor.vary, Variation::Step(step) if matches!(step.options.first(), Some(MethodStep::Aggregate(_))));
    // One step has one place: a second factor would only undo what the first did.
    for (at, factor) in study.factors.iter().enumerate().filter(|(_, factor)| joins(factor)).skip(1) {
        found.push(not_contained(factor, at, Bilingual { en: "another factor varies the same step", zh: "另一因素已变动同一步骤" }));
    }
    found
}
