//! Modules beside the base: scored by the same method, never part of the total or the grade.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::assessment::{Applicable, ModuleResult};
use talent_model::diagnostic::Code;
use talent_model::{Assessment, Document, Standard, Submission};
use talent_score::Evaluator;

fn text(path: &str) -> Value {
    let path = format!("{}/../schemas/vectors/{path}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn standard() -> Standard {
    Standard::from_json(text("standards/every-kind.json").to_string().as_bytes()).unwrap()
}

/// The answers of the vector, with one more observation or none, and with other facts.
fn submission(facts: Value, more: Option<Value>) -> Submission {
    let mut document = text("valid-answers-of-every-kind.json")["document"].clone();
    document["community"]["facts"] = facts;
    document["observations"].as_array_mut().unwrap().extend(more);
    Submission::from_json(document.to_string().as_bytes()).unwrap()
}

fn assess(facts: Value, more: Option<Value>) -> Assessment {
    Evaluator::new(&standard()).unwrap().assess(&submission(facts, more)).unwrap()
}

fn film(assessment: &Assessment) -> &ModuleResult {
    assessment.modules.iter().find(|module| module.id.as_str() == "film-module").unwrap()
}

fn facts(choice: &str) -> Value {
    json!({"population": {"value": 12000}, "leading-industry": {"choice": choice}, "listed": {"answer": true}})
}

fn studios(count: u32) -> Option<Value> {
    Some(json!({"indicator": "studios", "value": count}))
}

#[test]
fn a_module_has_a_score_of_its_own() {
    // 7 of 10 studios: 0 + 7 / 10 * 100 = 70.
    let assessment = assess(facts("film"), studios(7));
    let module = film(&assessment);
    assert_eq!(module.applies, Applicable::Yes);
    let score = module.score.as_ref().unwrap();
    assert_eq!((score.score.unwrap().get(), score.coverage.get()), (70.0, 1.0));
    assert_eq!(module.indicators.len(), 1);
    assert_eq!(module.indicators[0].contribution.unwrap().get(), 70.0);
}

#[test]
fn a_module_changes_nothing_of_the_base() {
    let (with, without) = (assess(facts("film"), studios(7)), assess(facts("film"), None));
    let other = assess(facts("sport"), studios(7));
    for one in [&with, &other] {
        assert_eq!((&one.total, &one.grade, &one.nodes, &one.indicators), (&without.total, &without.grade, &without.nodes, &without.indicators));
        assert_eq!((&one.stages, &one.zones, &one.verdicts), (&without.stages, &without.zones, &without.verdicts));
    }
    assert_eq!(film(&without).score.as_ref().unwrap().score, None);
}

#[test]
fn a_module_is_the_total_of_a_standard_made_of_it_alone() {
    let standard = standard();
    let module = standard.modules.iter().find(|module| module.id.as_str() == "film-module").unwrap();
    let alone = module.standard_of(&standard);
    let mut submission = submission(facts("film"), studios(3));
    submission.observations = submission.observations.iter().filter(|o| o.indicator.as_str() == "studios").cloned().collect();
    submission.standard.id = alone.id.clone();
    submission.standard.digest = None;
    let total = Evaluator::new(&alone).unwrap().assess(&submission).unwrap().total;
    assert_eq!(film(&assess(facts("film"), studios(3))).score, Some(total));
}

#[test]
fn a_module_for_others_says_why_it_is_left_out() {
    let assessment = assess(facts("sport"), studios(7));
    let module = film(&assessment);
    assert_eq!((module.applies, &module.score), (Applicable::No, &None));
    assert_eq!(module.reason.as_ref().unwrap().in_language(talent_model::Lang::En), "For communities led by film.");
}

#[test]
fn a_module_whose_fact_is_not_given_is_left_out_with_a_note() {
    let assessment = assess(json!({"population": {"value": 12000}, "listed": {"answer": true}}), studios(7));
    assert_eq!(film(&assessment).applies, Applicable::Unknown);
    let notes: Vec<_> = assessment.diagnostics.iter().filter(|d| d.code == Code::ModuleUndecided).collect();
    assert_eq!(notes.len(), 1);
    assert_eq!((notes[0].params["module"].as_str(), notes[0].params["fact"].as_str()), ("film-module", "leading-industry"));
}
