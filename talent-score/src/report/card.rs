//! The scorecard: grade, verdicts, scenarios, gates, and what stands before the next grade.

use talent_model::Lang;
use talent_model::assessment::{GateState, NodeResult, Obstacle, ObstacleKind, Score};
use talent_model::id::Line;
use talent_model::quantity::Number;
use talent_model::shown::{exact, percent, plain, score};
use talent_model::text::Text;
use talent_model::words::InLanguage;

use super::content::{Bar, Card, Cell, Scale, Set, Short, Table, Tone};
use super::tell::Teller;

/// How many items of a short list stand on the card.
const FIRST: usize = 5;

pub(super) fn card(tell: &Teller<'_>) -> Card {
    let assessment = tell.assessment;
    let (grade, total) = (&assessment.grade, &assessment.total);
    let awarded = match (&grade.awarded, &grade.name) {
        (Some(_), Some(name)) => (Tone::Good, tell.name(name)),
        (Some(id), None) => (Tone::Good, id.to_string()),
        (None, _) => (Tone::Quiet, tell.say("no grade", "无等级").to_owned()),
    };
    let graded = !tell.standard.grades.is_empty();
    let shown = total.score.map_or_else(|| tell.say("no score", "无得分").to_owned(), |value| score(value.get()));
    let full = total.full.get();
    let ticks = tell.standard.grades.iter().filter(|_| full > 0.0).map(|grade| ((grade.total.get() / full).min(1.0), tell.name(&grade.name)));
    let mut shorts = vec![gates(tell)];
    shorts.extend(obstacles(tell));
    Card {
        grade: graded.then(|| (tell.say("Grade", "等级").to_owned(), awarded.0, awarded.1.clone())),
        total: (tell.say("Total", "总分").to_owned(), shown, exact(full)),
        certainty: tell.certainty(total),
        scale: Scale { bar: bar(total, Vec::new()), ticks: ticks.collect() },
        verdicts: verdicts(tell, graded, awarded),
        scenarios: scenarios(tell),
        modules: modules(tell),
        shorts,
        legend: legend(tell),
    }
}

/// A score as a bar.
pub(super) fn bar(of: &Score, marks: Vec<f64>) -> Bar {
    let full = of.full.get();
    let share = |value: f64| if full > 0.0 { (value / full).clamp(0.0, 1.0) } else { 0.0 };
    Bar { value: of.score.map(|value| share(value.get())), low: share(of.low.get()), high: share(of.high.get()), marks }
}

fn verdicts(tell: &Teller<'_>, graded: bool, awarded: (Tone, String)) -> Vec<(String, Tone, String)> {
    let verdicts = &tell.assessment.verdicts;
    let verdict = |label: (&'static str, &'static str), holds: bool| {
        (label.say(tell.lang).to_owned(), if holds { Tone::Good } else { Tone::Poor }, holds.say(tell.lang).to_owned())
    };
    let mut all = vec![
        verdict(("Readable", "可读"), verdicts.readable),
        verdict(("Conforms to the standard", "合规"), verdicts.conforms),
        verdict(("Complete enough to be graded", "资料足以评级"), verdicts.scorable),
    ];
    if graded {
        all.push((tell.say("Meets", "达到").to_owned(), awarded.0, awarded.1));
    }
    all
}

/// The demand of the next grade that a scenario or category misses.
fn floor<'o>(tell: &Teller<'o>, id: &str) -> Option<&'o Obstacle> {
    let is_floor = |obstacle: &&Obstacle| obstacle.kind == ObstacleKind::Floor && obstacle.node.as_ref().is_some_and(|node| node.as_str() == id);
    tell.assessment.grade.obstacles.iter().find(is_floor)
}

fn scenarios(tell: &Teller<'_>) -> Table {
    let mut table = Table::new(
        tell.say("The scenarios: score, bounds and coverage", "各场景的得分、上下限与覆盖率"),
        &[
            (tell.say("Scenario", "场景"), Set::Text),
            (tell.say("Score", "得分"), Set::Number),
            (tell.say("From 0 to full", "0 至满分"), Set::Bar),
            (tell.say("Lowest", "最低"), Set::Number),
            (tell.say("Highest", "最高"), Set::Number),
            (tell.say("Coverage", "覆盖率"), Set::Number),
        ],
    );
    for node in tell.assessment.nodes.iter().filter(|node| node.parent.is_none()) {
        table.row(node_row(tell, node));
    }
    table
}

/// A scenario or category with its score, bar, bounds and coverage.
fn node_row(tell: &Teller<'_>, node: &NodeResult) -> Vec<Cell> {
    let missed = floor(tell, node.id.as_str());
    let note = missed.map(|obstacle| {
        let needed = obstacle.at_least.map(|n| exact(n.get())).unwrap_or_default();
        match tell.lang {
            Lang::En => format!("{} below the floor of {needed}", Tone::Poor.sign()),
            Lang::Zh => format!("{} 低于底线 {needed}", Tone::Poor.sign()),
        }
    });
    let marks = missed.and_then(|obstacle| obstacle.at_least).map(|n| (n.get() / node.score.full.get()).clamp(0.0, 1.0));
    row(tell, node.code.as_ref(), (&node.name, note.unwrap_or_default()), &node.score, marks.into_iter().collect())
}

/// The printed code of a node, if it has one.
pub(super) fn printed(code: Option<&Line>) -> String {
    code.map(|code| plain(code.as_str())).unwrap_or_default()
}

/// A score with its name, bar, bounds and coverage.
pub(super) fn row(tell: &Teller<'_>, code: Option<&Line>, name: (&Text, String), of: &Score, marks: Vec<f64>) -> Vec<Cell> {
    let number = |n: Number| Cell::Number(score(n.get()), n.get());
    vec![
        Cell::Named { code: printed(code), name: tell.name(name.0), note: name.1 },
        of.score.map_or_else(|| Cell::Text("–".into()), number),
        Cell::Bar(bar(of, marks)),
        number(of.low),
        number(of.high),
        Cell::Number(percent(of.coverage.get()), of.coverage.get()),
    ]
}

/// The modules for communities of this kind.
fn modules(tell: &Teller<'_>) -> Option<Table> {
    let mut table = scenarios(tell);
    table.rows.clear();
    table.caption = tell.say("Characteristic module, no part of the total", "特色模块（不计入总分）").into();
    if let Some(first) = table.columns.first_mut() {
        first.head = table.caption.clone();
    }
    for module in &tell.assessment.modules {
        if let Some(of) = &module.score {
            table.row(row(tell, module.code.as_ref(), (&module.name, String::new()), of, Vec::new()));
        }
    }
    (!table.rows.is_empty()).then_some(table)
}

fn legend(tell: &Teller<'_>) -> Vec<String> {
    vec![
        tell.say("full bar: the score", "实心：得分").into(),
        tell.say("hatched: between the lowest and the highest it can be, given what is not known", "斜纹：因数据未知而可能的最低至最高").into(),
        tell.say("line with a foot: what the next grade needs", "带脚的竖线：上一等级的要求").into(),
    ]
}

fn more(tell: &Teller<'_>, all: usize) -> Option<String> {
    let more @ 1.. = all.checked_sub(FIRST)? else { return None };
    Some(match tell.lang {
        Lang::En => format!("and {more} more, in full further down"),
        Lang::Zh => format!("另有 {more} 项，详见后文"),
    })
}

fn gates(tell: &Teller<'_>) -> Short {
    let (mut passed, mut failed, mut open) = (0, Vec::new(), Vec::new());
    for indicator in &tell.assessment.indicators {
        for trace in &indicator.stages {
            let item = |tone: Tone| {
                let name = format!("{}{}", tell.titled(indicator.code.as_ref(), &indicator.name), tell.in_stage(trace.stage.as_str()));
                (tone, name, tell.gate(trace))
            };
            match trace.gate_state {
                Some(GateState::Passed) => passed += 1,
                Some(GateState::Failed) => failed.push(item(Tone::Poor)),
                Some(GateState::Unknown) => open.push(item(Tone::Open)),
                None => {}
            }
        }
    }
    let all = passed + failed.len() + open.len();
    let lead = match (tell.lang, all) {
        (Lang::En, 0) => "The standard has no gates here.".into(),
        (Lang::Zh, 0) => "标准在此没有控制项。".into(),
        (Lang::En, _) => format!("{passed} of {all} passed, {} failed, {} not known", failed.len(), open.len()),
        (Lang::Zh, _) => format!("{all} 处控制项，{passed} 处达到，{} 处未达到，{} 处未知", failed.len(), open.len()),
    };
    let items: Vec<_> = failed.into_iter().chain(open).collect();
    let more = more(tell, items.len());
    Short { title: tell.say("Gates", "控制项").into(), lead, items: items.into_iter().take(FIRST).collect(), more }
}

/// What an obstacle is about.
fn obstacle_name(tell: &Teller<'_>, obstacle: &Obstacle) -> String {
    let (what, _) = tell.obstacle(obstacle);
    let stage = obstacle.stage.as_ref().filter(|_| obstacle.node.is_some()).map(|stage| tell.in_stage(stage.as_str())).unwrap_or_default();
    match tell.obstacle_node(obstacle) {
        Some((code, name)) => format!("{code} {name}{stage}{}", tell.bracket(what)),
        None => what.to_owned(),
    }
}

fn is_gate(obstacle: &Obstacle) -> bool {
    matches!(obstacle.kind, ObstacleKind::GateFailed | ObstacleKind::GateUnknown)
}

/// Everything that stands before the next grade, as rows.
pub(super) fn all_obstacles(tell: &Teller<'_>) -> Vec<(Tone, String, String)> {
    let tone = |obstacle: &Obstacle| if obstacle.found.is_none() && obstacle.kind != ObstacleKind::Stage { Tone::Open } else { Tone::Poor };
    tell.assessment.grade.obstacles.iter().map(|o| (tone(o), obstacle_name(tell, o), tell.obstacle(o).1)).collect()
}

fn obstacles(tell: &Teller<'_>) -> Option<Short> {
    let grade = &tell.assessment.grade;
    let next = grade.next.as_ref()?;
    let name = grade.next_name.as_ref().map_or_else(|| next.to_string(), |name| tell.name(name));
    let title = match tell.lang {
        Lang::En => format!("What stands before “{name}”"),
        Lang::Zh => format!("距离“{name}”还差什么"),
    };
    let gates = grade.obstacles.iter().filter(|o| is_gate(o)).count();
    let others: Vec<_> = all_obstacles(tell).into_iter().zip(&grade.obstacles).filter(|(_, o)| !is_gate(o)).map(|(row, _)| row).collect();
    let lead = match (tell.lang, gates, others.len()) {
        (Lang::En, 0, 0) => "Nothing.".into(),
        (Lang::Zh, 0, 0) => "没有障碍。".into(),
        (_, 0, _) => String::new(),
        (Lang::En, ..) => format!("gates not passed: {gates}, see “Gates”"),
        (Lang::Zh, ..) => format!("未通过的控制项 {gates} 处，见“控制项”"),
    };
    let more = more(tell, others.len());
    Some(Short { title, lead, items: others.into_iter().take(FIRST).collect(), more })
}
