//! The shipped examples, assessed.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use talent_model::assessment::ObstacleKind;
use talent_model::quantity::Number;
use talent_model::{Document, Standard, Submission, reference};

fn read(path: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../docs/examples/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// By hand: 120,000 m² over 12,000 residents is 10 m², halfway between 8 (60) and 12 (100): 80. The council's level 1 scores 60 and the open days 100,
/// so the social scenario scores 80 too, and so does the total.
#[test]
fn the_minimal_example_by_hand() {
    let standard = Standard::from_json(&read("minimal/standard.json")).unwrap();
    let assessment = talent_score::assess(&standard, &Submission::from_json(&read("minimal/submission.json")).unwrap()).unwrap();
    assert_eq!(assessment.total.score.map(Number::get), Some(80.0));
    assert_eq!(assessment.grade.awarded.unwrap().as_str(), "good");
    let contributions: Vec<f64> = assessment.indicators.iter().map(|i| i.contribution.unwrap().get()).collect();
    assert_eq!(contributions, [40.0, 15.0, 25.0]);
    let potentials: Vec<f64> = assessment.indicators.iter().map(|i| i.potential.unwrap().get()).collect();
    assert_eq!(potentials, [10.0, 10.0, 0.0]);
}

#[test]
fn new_shougang_tells_its_story() {
    let submission = Submission::from_json(&read("new-shougang.submission.json")).unwrap();
    let assessment = talent_score::assess(reference::standard(), &submission).unwrap();
    let total = assessment.total.score.unwrap().get();
    let contributions: f64 = assessment.indicators.iter().filter_map(|i| i.contribution).map(Number::get).sum();
    assert!((contributions - total).abs() < 1e-9);
    assert!(assessment.total.low.get() < total && total < assessment.total.high.get());
    // Good enough by score for more, held back by gates alone.
    assert_eq!(assessment.grade.awarded.as_ref().unwrap().as_str(), "progressing");
    let kinds: Vec<ObstacleKind> = assessment.grade.obstacles.iter().map(|o| o.kind).collect();
    assert!(kinds.contains(&ObstacleKind::GateFailed) && kinds.contains(&ObstacleKind::GateUnknown));
    assert!(!kinds.contains(&ObstacleKind::Total));
    let stages: Vec<&str> = assessment.stages.iter().map(|card| card.stage.as_str()).collect();
    assert_eq!(stages, ["built", "new"]);
    assert_eq!(assessment.zones.len(), 4);
    // The written result reads back as itself.
    assert_eq!(talent_model::Assessment::from_json(assessment.to_json().as_bytes()).unwrap(), assessment);
}
