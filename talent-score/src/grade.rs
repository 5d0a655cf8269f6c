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

/// Takes what stands before a grade: all of it, or only that there is something.
trait Sink {
    fn note(&mut self, obstacle: impl FnOnce() -> Obstacle);
}

impl Sink for Vec<Obstacle> {
    fn note(&mut self, obstacle: impl FnOnce() -> Obstacle) {
        self.push(obstacle());
    }
}

/// Whether anything stands in the way.
#[derive(Default)]
struct Blocked(bool);

impl Sink for Blocked {
    fn note(&mut self, _: impl FnOnce() -> Obstacle) {
        self.0 = true;
    }
}

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
        let awarded = self.grade_place(standing);
        let grade = awarded.and_then(|at| grades.get(at));
        let better = grades.get(awarded.map_or(0, |at| at + 1));
        let mut obstacles = Vec::new();
        if let Some(better) = better {
            self.obstacles(better, standing, &mut obstacles);
        }
        GradeResult {
            awarded: grade.map(|grade| grade.id.clone()),
            name: grade.map(|grade| grade.name.clone()),
            next: better.map(|grade| grade.id.clone()),
            next_name: better.map(|grade| grade.name.clone()),
            obstacles: obstacles.into(),
        }
    }

    /// The place of the grade in the ladder, lowest first.
    pub(crate) fn grade_place(&self, standing: &Standing<'_>) -> Option<usize> {
        self.standard.grades.iter().rposition(|grade| {
            let mut blocked = Blocked::default();
            self.obstacles(grade, standing, &mut blocked);
            !blocked.0
        })
    }

    /// Everything that stands before one grade.
    fn obstacles(&self, grade: &Grade, standing: &Standing<'_>, found: &mut impl Sink) {
        let sheet = standing.sheet;
        let root = self.tree.root();
        let total = sheet.value(root);
        if !total.is_some_and(|total| reaches(total, grade.total.get())) {
            let needed = Some(number(grade.total.get()));
            found.note(|| Obstacle { at_least: needed, found: total.and_then(Number::new), ..obstacle(ObstacleKind::Total) });
        }
        for (i, info) in self.categories.iter().enumerate() {
            let own = grade.floors.get(info.category.id.as_str());
            let Some(floor) = own.copied().or(grade.floor.filter(|_| info.depth == 1)) else { continue };
            let slot = root + i + 1;
            let score = sheet.value(slot);
            // A scenario of which nothing applies has no floor to reach.
            let applies = sheet.low.get(slot).is_some_and(|low| !low.is_nan());
            if applies && !score.is_some_and(|score| reaches(score, floor.get())) {
                found.note(|| Obstacle {
                    node: Some(info.category.id.clone()),
                    name: Some(info.category.name.clone()),
                    found: score.and_then(Number::new),
                    at_least: Some(number(floor.get())),
                    ..obstacle(ObstacleKind::Floor)
                });
            }
        }
        if grade.gates.unwrap_or(GradeGates::All) == GradeGates::All {
            self.gates(standing, found);
        }
        self.requirements(grade, standing, found);
        self.coverage(grade.coverage, sheet, found);
        if !grade.stages.is_empty() {
            for stage in standing.stages.iter().filter_map(|stage| self.stages.get(*stage)) {
                if !grade.stages.iter().any(|open| open.as_str() == stage.as_str()) {
                    found.note(|| Obstacle { stage: StageId::new(stage).ok(), ..obstacle(ObstacleKind::Stage) });
                }
            }
        }
    }

    fn gates(&self, standing: &Standing<'_>, found: &mut impl Sink) {
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
                found.note(|| self.about(kind, &leaf.indicator, &criterion.quantity, j, needs));
            }
        }
    }

    fn requirements(&self, grade: &Grade, standing: &Standing<'_>, found: &mut impl Sink) {
        for needed in &grade.requires {
            let Some((leaf, judged)) = self.leaves.iter().zip(standing.judged).find(|(leaf, _)| leaf.indicator.id == needed.indicator) else {
                continue;
            };
            for j in judged.iter().filter(|j| j.applies()) {
                let Some(criterion) = leaf.criteria.get(j.stage).and_then(Option::as_ref) else { continue };
                let state = passes(needed.at_least.map(Number::get), needed.at_most.map(Number::get), j.interval, j.coverage >= 1.0);
                if state != GateState::Passed {
                    let needs = (needed.at_least, needed.at_most);
                    found.note(|| self.about(ObstacleKind::Requirement, &leaf.indicator, &criterion.quantity, j, needs));
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

    fn coverage(&self, own: Option<Share>, sheet: &Sheet, found: &mut impl Sink) {
        let eligibility = self.standard.method.eligibility.as_ref();
        let mut demand = |slot: usize, node: Option<(&NodeId, &talent_model::text::Text)>, least: Option<Share>| {
            let Some(least) = least.map(Share::get) else { return };
            let share = sheet.coverage_of(slot);
            if !reaches(share, least) {
                found.note(|| Obstacle {
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
        let mut blocked = Blocked::default();
        self.coverage(None, sheet, &mut blocked);
        !blocked.0 && sheet.value(self.tree.root()).is_some()
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
