//! The same submissions as two tables, for methods that measure communities against each other.

use std::collections::{BTreeMap, BTreeSet};

use talent_model::assessment::{IndicatorResult, StageTrace, Use};
use talent_model::comparison::{Comparison, Relative, RelativeValues};
use talent_model::diagnostic::{Code, Pointer};
use talent_model::id::{Line, NodeId, StageId};
use talent_model::index::{Direction, IndexMethod, IndexRow};
use talent_model::quantity::{Count, Number, Weight};
use talent_model::standard::Binding;
use talent_model::{Bilingual, Diagnostic};

use super::cohort::{Cohort, Member};
use super::order::count;
use crate::index::{IndexError, Pipeline, Table};

impl Cohort<'_> {
    /// Compares them, and sets beside it what a relative method makes of the same submissions.
    ///
    /// # Errors
    /// [`IndexError`] when the method does not fit the tables, or comes to nothing.
    pub fn compare_with(&self, values: RelativeValues, method: &IndexMethod) -> Result<Comparison, IndexError> {
        let mut comparison = self.compare();
        let (table, mut found) = self.tables(values);
        let index = Pipeline::new(&table, method)?.run()?.document(&table);
        let cohort = Diagnostic::new(Code::RelativeCohort, Pointer::root()).number("count", count(table.units.len()));
        comparison.diagnostics = comparison.diagnostics.iter().cloned().chain(found.drain(..)).chain([cohort]).collect();
        comparison.relative = Some(Relative { values, communities: Count::of(table.units.len()), index });
        Ok(comparison)
    }

    /// The ranked communities as two tables: the tree of the standard with its weights, and a value for every community and indicator.
    ///
    /// With scores, more is better everywhere. With measures, an indicator that is measured in several stages becomes a group with one column for each (`indicator@stage`), its direction is that
    /// of its rule, and one without a direction is left out, which is among the findings. A weight that differs between communities is their mean. The column of groups `peers` has the
    /// kinds of communities.
    #[must_use]
    pub fn tables(&self, values: RelativeValues) -> (Table, Vec<Diagnostic>) {
        let ranked: Vec<&Member<'_>> = self.members.iter().filter(|member| member.assessment.verdicts.scorable).collect();
        let mut found = Vec::new();
        let mut table = Table {
            units: ranked.iter().map(|member| member.id().as_str().into()).collect(),
            groups: vec![("peers".into(), ranked.iter().map(|member| member.peers.as_ref().map(ToString::to_string).unwrap_or_default()).collect())],
            ..Table::default()
        };
        let mut leaves: Vec<IndexRow> = Vec::new();
        for first in indicators(&ranked) {
            let of = |member: &&Member<'_>| member.assessment.indicators.iter().find(|one| one.id == first.id).cloned();
            let all: Vec<Option<IndicatorResult>> = ranked.iter().map(of).collect();
            let row = IndexRow { weight: weight(&all), ..row(&first.id, first.name.in_language(talent_model::Lang::En), Some(&first.parent)) };
            match values {
                RelativeValues::Scores => {
                    let score = |one: &Option<IndicatorResult>| one.as_ref().and_then(|one| one.score).map_or(f64::NAN, Number::get);
                    table.columns.push((first.id.to_string(), all.iter().map(score).collect()));
                    leaves.push(row);
                }
                RelativeValues::Measures => match columns(&ranked, &first.id, &all) {
                    Ok(columns) => push(row, columns, &mut leaves, &mut table),
                    Err(why) => {
                        found.push(Diagnostic::new(Code::NoDirection, Pointer::root()).with("found", first.id.as_str()).bilingual("why", why))
                    }
                },
            }
        }
        table.rows = nodes(&ranked, &leaves);
        table.rows.append(&mut leaves);
        (table, found)
    }
}

/// The indicators that are scored for anybody, each once.
fn indicators<'m>(ranked: &[&'m Member<'_>]) -> Vec<&'m IndicatorResult> {
    let mut seen = BTreeSet::new();
    let all = ranked.iter().flat_map(|member| &member.assessment.indicators);
    all.filter(|one| is_scored(one) && seen.insert(&one.id)).collect()
}

fn is_scored(indicator: &IndicatorResult) -> bool {
    matches!(indicator.usage, Use::Scored | Use::Excluded | Use::Zeroed | Use::Refused)
}

/// The mean of the weights that an indicator has where it is scored.
fn weight(all: &[Option<IndicatorResult>]) -> Option<Weight> {
    let weights: Vec<f64> = all.iter().flatten().filter(|one| is_scored(one)).map(|one| one.weight.get()).collect();
    match weights.split_first() {
        // The mean of equal weights would miss them by the rounding of doubles.
        #[expect(clippy::float_cmp, reason = "equal to the last bit is what is asked")]
        Some((first, others)) if others.iter().all(|other| other == first) => Weight::new(*first),
        Some(_) => Weight::new(weights.iter().sum::<f64>() / count(weights.len())),
        None => None,
    }
}

fn line(text: &str) -> Line {
    // Identifiers are lines; a name may have a line break.
    #[expect(clippy::expect_used, reason = "a constant that is one line of text")]
    Line::new(text).unwrap_or_else(|_| Line::new("?").expect("one line"))
}

fn row(id: &NodeId, name: &str, parent: Option<&NodeId>) -> IndexRow {
    IndexRow {
        code: line(id.as_str()),
        name: Line::new(name).ok(),
        parent: parent.map(|parent| line(parent.as_str())),
        level: None,
        weight: None,
        direction: None,
        unit: None,
        goalposts: None,
        denominator: None,
    }
}

/// The categories above the leaves, parents first.
fn nodes(ranked: &[&Member<'_>], leaves: &[IndexRow]) -> Vec<IndexRow> {
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for node in ranked.iter().flat_map(|member| &member.assessment.nodes) {
        if seen.insert(&node.id) {
            all.push(node);
        }
    }
    let mut needed: BTreeSet<&str> = leaves.iter().filter_map(|leaf| leaf.parent.as_ref()).map(Line::as_str).collect();
    // A parent stands before its members.
    for node in all.iter().rev() {
        if let (true, Some(parent)) = (needed.contains(node.id.as_str()), &node.parent) {
            needed.insert(parent.as_str());
        }
    }
    let of = |node: &&talent_model::assessment::NodeResult| IndexRow {
        weight: Weight::new(node.weight.get()),
        ..row(&node.id, node.name.in_language(talent_model::Lang::En), node.parent.as_ref())
    };
    all.iter().filter(|node| needed.contains(node.id.as_str())).map(of).collect()
}

/// One stage's measures of an indicator.
struct Column {
    stage: StageId,
    falling: bool,
    unit: Option<Line>,
    values: Vec<f64>,
}

/// The measures of an indicator, a column for every stage in which anybody is scored.
fn columns(ranked: &[&Member<'_>], id: &NodeId, all: &[Option<IndicatorResult>]) -> Result<Vec<Column>, Bilingual> {
    let traces = |one: &Option<IndicatorResult>| -> Vec<StageTrace> {
        let scored = |trace: &&StageTrace| matches!(trace.binding, Binding::Required | Binding::Guided);
        one.iter().flat_map(|one| &one.stages).filter(scored).cloned().collect()
    };
    let mut columns: BTreeMap<StageId, Column> = BTreeMap::new();
    for (place, (member, one)) in ranked.iter().zip(all).enumerate() {
        for trace in traces(one) {
            let unit = trace.unit.as_ref().map(|unit| line(unit.as_str()));
            let falling = member
                .falls(id, &trace.stage)
                .ok_or(Bilingual { en: "neither more nor less of it is better throughout", zh: "它并非越高越好，也非越低越好" })?;
            let column = columns.entry(trace.stage.clone()).or_insert_with(|| Column {
                stage: trace.stage.clone(),
                falling,
                unit: unit.clone(),
                values: vec![f64::NAN; ranked.len()],
            });
            if column.unit != unit || column.falling != falling {
                return Err(Bilingual { en: "its unit or direction differs between communities", zh: "各社区的单位或方向不一致" });
            }
            if let Some(value) = column.values.get_mut(place) {
                *value = trace.measure.map_or(f64::NAN, Number::get);
            }
        }
    }
    Ok(columns.into_values().collect())
}

impl Member<'_> {
    /// Whether less of a measure is better in a stage; nothing when its rule has no one direction.
    fn falls(&self, indicator: &NodeId, stage: &StageId) -> Option<bool> {
        let evaluator = self.entry.evaluator;
        let at = evaluator.stages.iter().position(|name| name == stage.as_str())?;
        let leaf = evaluator.leaves.iter().find(|leaf| leaf.indicator.id == *indicator)?;
        leaf.criteria.get(at)?.as_ref()?.rule.falls()
    }
}

/// Adds an indicator with its columns: by itself, or as a group of stages.
fn push(row: IndexRow, columns: Vec<Column>, leaves: &mut Vec<IndexRow>, table: &mut Table) {
    let one = |row: IndexRow, column: &Column| IndexRow { direction: column.falling.then_some(Direction::Lower), unit: column.unit.clone(), ..row };
    match columns.as_slice() {
        [] => {}
        [only] => {
            table.columns.push((row.code.to_string(), only.values.clone().into()));
            leaves.push(one(row, only));
        }
        several => {
            let group = row.code.clone();
            leaves.push(row.clone());
            for column in several {
                let code = format!("{group}@{}", column.stage);
                table.columns.push((code.clone(), column.values.clone().into()));
                leaves.push(one(IndexRow { code: line(&code), parent: Some(group.clone()), weight: None, ..row.clone() }, column));
            }
        }
    }
}
