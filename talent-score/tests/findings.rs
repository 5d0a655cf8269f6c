//! What scoring finds worth saying: each finding on a case made for it.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::{Assessment, Document, Standard, Submission, reference};
use talent_score::{Evaluator, Options};

fn read(path: &str) -> Value {
    serde_json::from_slice(&std::fs::read(format!("{}/../docs/examples/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap()).unwrap()
}

fn assess(standard: &Value, submission: &Value) -> Assessment {
    let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
    let mut submission = submission.clone();
    submission["standard"].as_object_mut().unwrap().remove("digest");
    talent_score::assess(&standard, &Submission::from_json(submission.to_string().as_bytes()).unwrap()).unwrap()
}

fn minimal() -> (Value, Value) {
    (read("minimal/standard.json"), read("minimal/submission.json"))
}

fn codes(assessment: &Assessment) -> Vec<Code> {
    assessment.diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn too_little_known_is_not_graded() {
    let (mut standard, mut submission) = minimal();
    standard["method"] = json!({"missing": "exclude", "eligibility": {"coverage": 0.9}});
    submission["observations"].as_array_mut().unwrap().truncate(1);
    let assessment = assess(&standard, &submission);
    // Of two scenarios of equal weight one is known, and its only indicator scores 80.
    assert_eq!((assessment.total.coverage.get(), assessment.total.score.unwrap().get()), (0.5, 80.0));
    assert!(codes(&assessment).contains(&Code::NotEligible) && codes(&assessment).contains(&Code::NotScored));
    assert!(!assessment.verdicts.scorable && assessment.grade.awarded.is_none());
}

#[test]
fn a_condition_on_an_unknown_fact_is_taken_to_hold() {
    let (mut standard, submission) = minimal();
    standard["facts"]["lake"] = json!({"name": {"en": "Lake", "zh": "湖"}, "type": "yes_no"});
    let criterion = &mut standard["scenarios"][1]["indicators"][1]["criteria"][0];
    criterion["applies"] = json!({"when": {"type": "fact", "fact": "lake", "is": true}, "reason": {"en": "No lake", "zh": "没有湖"}});
    let unknown = assess(&standard, &submission);
    assert!(codes(&unknown).contains(&Code::ApplicabilityUnknown));
    assert_eq!(unknown.total.score.unwrap().get(), 80.0);
    let mut dry = submission;
    dry["community"]["facts"]["lake"] = json!({"answer": false});
    let dry = assess(&standard, &dry);
    // Without the open days the social scenario is the council's 60: (80 + 60) / 2.
    assert_eq!((dry.total.score.unwrap().get(), dry.total.coverage.get()), (70.0, 1.0));
    assert!(!codes(&dry).contains(&Code::ApplicabilityUnknown));
}

#[test]
fn zones_without_the_fact_that_weighs_them_count_equally() {
    let (mut standard, mut submission) = minimal();
    standard["scenarios"][1]["indicators"][1]["combine"] = json!({"type": "weighted", "by": "population"});
    let zone = |id: &str, facts: Value| json!({"id": id, "name": {"en": id}, "role": "core", "facts": facts});
    submission["community"]["zones"] = json!([zone("a", json!({"population": {"value": 9000}})), zone("b", json!({}))]);
    let observations = submission["observations"].as_array_mut().unwrap();
    observations.truncate(2);
    observations.push(json!({"indicator": "open-days", "zone": "a", "answer": true}));
    observations.push(json!({"indicator": "open-days", "zone": "b", "answer": false}));
    let assessment = assess(&standard, &submission);
    assert!(codes(&assessment).contains(&Code::WeightFactMissing));
    assert_eq!(assessment.indicators[2].stages[0].measure.unwrap().get(), 0.5);
}

#[test]
fn a_weight_set_is_used_or_refused_by_name() {
    let submission = Submission::from_json(read("new-shougang.submission.json").to_string().as_bytes()).unwrap();
    let total = |set: Option<&str>| {
        let options = Options { weight_set: set.map(|set| set.parse().unwrap()) };
        let evaluator = Evaluator::with_options(reference::standard(), &options)?;
        Ok::<_, talent_score::EvaluatorError>(evaluator.assess(&submission).unwrap().total.score.unwrap().get())
    };
    assert_ne!(total(None).unwrap(), total(Some("founder")).unwrap());
    let refused = total(Some("founders")).unwrap_err();
    assert_eq!(refused.diagnostics[0].code, Code::UnknownWeightSet);
}

#[test]
fn a_result_with_an_unknown_code_is_refused() {
    let (standard, submission) = minimal();
    let text = assess(&standard, &submission).to_json().replace("TM0304", "TM9999");
    let error = Assessment::from_json(text.as_bytes()).unwrap_err();
    assert_eq!(error.diagnostics[0].code, Code::UnknownCode);
}
