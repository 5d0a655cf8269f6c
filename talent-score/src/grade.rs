//! Grades: the best one whose every demand holds, and what stands before the next.

use talent_model::assessment::{GateState, GradeResult, Obstacle, ObstacleKind};
use talent_model::id::{NodeId, StageId};
use talent_model::quantity::{Number, Quantity, Share};
use talent_model::standard::{Grade, GradeGates, Indicator};

use crate::evaluator::Evaluator;
use crate::judge::{Judged, passes};
use crate::number;
use crate::rule::reaches;
use crate::sheet::Sheet;

/// All that grades look at.
pub(crate) struct Standing<'a> {
    pub(crate) sheet: &'a Sheet,
    pub(crate) judged: &'a [Vec<Judged>],
    /// The stages in which the community has zones.
    pub(crate) stages: &'a [usize],
}

impl Evaluator {
    /// The grade and what stands before the next one.
    pub(crate) fn grade(&self, standing: &Standing<'_>) -> GradeResult {
        let grades = &self.standard.grades;
        let obstacles: Vec<Vec<Obstacle>> = grades.iter().map(|grade| self.obstacles(grade, standing)).collect();
        let awarded = obstacles.iter().rposition(Vec::is_empty);
        let next = awarded.map_or(0, |at| at + 1);
        let grade = awarded.and_then(|at| grades.get(at));
        let better = grades.get(next);
        GradeResult {
            awarded: grade.map(|grade| grade.id.clone()),
            name: grade.map(|grade| grade.name.clone()),
            next: better.map(|grade| grade.id.clone()),
            next_name: better.map(|grade| grade.name.clone()),
            obstacles: obstacles.into_iter().nth(next).unwrap_or_default().into(),
        }
    }

    /// Everything that stands before one grade.
    fn obstacles(&self, grade: &Grade, standing: &Standing<'_>) -> Vec<Obstacle> {
        let sheet = standing.sheet;
        let root = self.tree.root();
        let mut found = Vec::new();
        let total = sheet.value(root);
        if !total.is_some_and(|total| reaches(total, grade.total.get())) {
            found.push(Obstacle { at_least: Some(number(grade.total.get())), found: total.and_then(Number::new), ..obstacle(ObstacleKind::Total) });
        }
        for (i, info) in self.categories.iter().enumerate() {
            let own = grade.floors.get(info.category.id.as_str());
            let Some(floor) = own.copied().or(grade.floor.filter(|_| info.depth == 1)) else { continue };
            let slot = root + i + 1;
            let score = sheet.value(slot);
            // A scenario of which nothing applies has no floor to reach.
            let applies = sheet.low.get(slot).is_some_and(|low| !low.is_nan());
            if applies && !score.is_some_and(|score| reaches(score, floor.get())) {
                found.push(Obstacle {
                    node: Some(info.category.id.clone()),
                    name: Some(info.category.name.clone()),
                    found: score.and_then(Number::new),
                    at_least: Some(number(floor.get())),
                    ..obstacle(ObstacleKind::Floor)
                });
            }
        }
        if grade.gates.unwrap_or(GradeGates::All) == GradeGates::All {
            self.gates(standing, &mut found);
        }
        self.requirements(grade, standing, &mut found);
        self.coverage(grade.coverage, sheet, &mut found);
        if !grade.stages.is_empty() {
            for stage in standing.stages.iter().filter_map(|stage| self.stages.get(*stage)) {
                if !grade.stages.iter().any(|open| open.as_str() == stage.as_str()) {
                    found.push(Obstacle { stage: StageId::new(stage).ok(), ..obstacle(ObstacleKind::Stage) });
                }
            }
        }
        found
    }

    fn gates(&self, standing: &Standing<'_>, found: &mut Vec<Obstacle>) {
        for (leaf, judged) in self.leaves.iter().zip(standing.judged) {
            for j in judged {
                let Some(criterion) = leaf.criteria.get(j.stage).and_then(Option::as_ref) else { continue };
                let kind = match j.gate {
                    Some(GateState::Failed) => ObstacleKind::GateFailed,
                    Some(GateState::Unknown) => ObstacleKind::GateUnknown,
                    _ => continue,
                };
                let Some(gate) = criterion.gate() else { continue };
                let needs = (gate.at_least, gate.at_most);
                found.push(self.about(kind, &leaf.indicator, &criterion.quantity, j, needs));
            }
        }
    }

    fn requirements(&self, grade: &Grade, standing: &Standing<'_>, found: &mut Vec<Obstacle>) {
        for needed in &grade.requires {
            let Some((leaf, judged)) = self.leaves.iter().zip(standing.judged).find(|(leaf, _)| leaf.indicator.id == needed.indicator) else {
                continue;
            };
            for j in judged.iter().filter(|j| j.applies()) {
                let Some(criterion) = leaf.criteria.get(j.stage).and_then(Option::as_ref) else { continue };
                let state = passes(needed.at_least.map(Number::get), needed.at_most.map(Number::get), j.interval, j.coverage >= 1.0);
                if state != GateState::Passed {
                    let needs = (needed.at_least, needed.at_most);
                    found.push(self.about(ObstacleKind::Requirement, &leaf.indicator, &criterion.quantity, j, needs));
                }
            }
        }
    }

    fn about(&self, kind: ObstacleKind, indicator: &Indicator, quantity: &Quantity, j: &Judged, needs: (Option<Number>, Option<Number>)) -> Obstacle {
        Obstacle {
            node: Some(indicator.id.clone()),
            name: Some(indicator.name.clone()),
            stage: self.stages.get(j.stage).and_then(|stage| StageId::new(stage).ok()),
            found: j.measure.and_then(Number::new),
            at_least: needs.0,
            at_most: needs.1,
            unit: measure_unit(indicator, quantity),
            ..obstacle(kind)
        }
    }

    fn coverage(&self, own: Option<Share>, sheet: &Sheet, found: &mut Vec<Obstacle>) {
        let eligibility = self.standard.method.eligibility.as_ref();
        let mut demand = |slot: usize, node: Option<(&NodeId, &talent_model::text::Text)>, least: Option<Share>| {
            let Some(least) = least.map(Share::get) else { return };
            let share = sheet.coverage_of(slot);
            if !reaches(share, least) {
                found.push(Obstacle {
                    node: node.map(|(id, _)| id.clone()),
                    name: node.map(|(_, name)| name.clone()),
                    found: Number::new(share),
                    at_least: Number::new(least),
                    ..obstacle(ObstacleKind::Coverage)
                });
            }
        };
        let root = self.tree.root();
        demand(root, None, own.or(eligibility.and_then(|e| e.coverage)));
        for (i, info) in self.categories.iter().enumerate().filter(|(_, info)| info.depth == 1) {
            demand(root + i + 1, Some((&info.category.id, &info.category.name)), eligibility.and_then(|e| e.scenario_coverage));
        }
    }

    /// Whether the method's own demands on coverage hold and there is a total.
    pub(crate) fn is_scorable(&self, sheet: &Sheet) -> bool {
        let mut found = Vec::new();
        self.coverage(None, sheet, &mut found);
        found.is_empty() && sheet.value(self.tree.root()).is_some()
    }
}

fn obstacle(kind: ObstacleKind) -> Obstacle {
    Obstacle { kind, node: None, name: None, stage: None, found: None, at_least: None, at_most: None, unit: None }
}

/// The unit of an indicator's measure.
pub(crate) fn measure_unit(indicator: &Indicator, quantity: &Quantity) -> Option<talent_model::id::Unit> {
    match quantity {
        Quantity::Number(number) => Some(indicator.per.as_ref().map_or(&number.unit, |per| &per.unit).clone()),
        _ => None,
    }
}
