//! How sure results are: what must hold whatever is varied.
#![cfg(feature = "robust")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, clippy::expect_used, reason = "a test fails by panicking")]

use std::ops::ControlFlow;
use std::path::Path;

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::robustness::{Stability, Study, Unmodelled};
use talent_model::{Diagnostic, Document, Robustness, Standard, Submission, reference};
use talent_score::Evaluator;
use talent_score::robust::{Analysis, RobustError, RobustSubmissions, usual_study};

fn examples() -> Vec<Submission> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/examples");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.to_string_lossy().ends_with(".submission.json"));
    paths.sort();
    paths.iter().map(|path| Submission::from_json(&std::fs::read(path).unwrap()).unwrap()).collect()
}

fn study(factors: Value, more: Value) -> Study {
    let mut study = json!({"factors": factors, "draws": 60, "seed": 3});
    study.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    Study::from_json(study.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

fn one(vary: Value) -> Value {
    json!([{"id": "it", "vary": vary}])
}

fn go(_: usize, _: usize) -> ControlFlow<()> {
    ControlFlow::Continue(())
}

fn run(submissions: &[Submission], study: &Study) -> (Analysis, Robustness) {
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let given: Vec<_> = submissions.iter().map(|submission| (submission, None)).collect();
    let of = RobustSubmissions::new(&evaluator, &given, study).unwrap_or_else(|error| panic!("{error}"));
    let analysis = of.run(&mut go).unwrap();
    let document = of.document(&analysis);
    (analysis, document)
}

fn has(found: &[Diagnostic], code: Code) -> bool {
    found.iter().any(|diagnostic| diagnostic.code == code)
}

/// Everything at once without any spread is the nominal result, to the last bit, in every draw.
#[test]
fn without_spread_every_draw_is_the_assessment() {
    let submissions = examples();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let factors = json!([
        {"id": "w", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0}}},
        {"id": "x", "vary": {"type": "values", "error": {"type": "relative", "by": 0}}},
        {"id": "y", "vary": {"type": "values", "error": {"type": "absolute", "by": 0}}},
        {"id": "t", "vary": {"type": "thresholds", "by": 0}},
        {"id": "i", "vary": {"type": "inclusion", "keep": 1}},
        {"id": "a", "vary": {"type": "aggregation", "options": [{"type": "power", "p": 1}, {"type": "arithmetic"}]}},
    ]);
    let (analysis, document) = run(&submissions, &study(factors, json!({"sensitivity": {"base": 8, "resamples": 10}})));
    for (at, submission) in submissions.iter().enumerate() {
        let assessment = evaluator.assess(submission).unwrap();
        let total = assessment.total.score.unwrap().get();
        assert_eq!(analysis.scores[at].to_bits(), total.to_bits(), "{}", submission.id);
        assert!(analysis.draw_scores(at).iter().all(|score| score.to_bits() == total.to_bits()), "{}", submission.id);
        let scores = document.units[at].scores.as_ref().unwrap();
        assert_eq!([scores.mean, scores.low, scores.median, scores.high].map(|x| x.get()), [total; 4]);
        let grades: Vec<_> = document.units[at].grades.iter().map(|share| share.grade.clone()).collect();
        assert_eq!(grades, std::slice::from_ref(&assessment.grade.awarded));
        assert_eq!((document.units[at].stability, document.units[at].inside), (Stability::Firm, true));
    }
    assert!(document.groups.iter().all(|group| group.units.len() == 1));
    assert_eq!((document.shift.map(|shift| shift.high.get()), document.convergence.rank.get()), (Some(0.0), 0.0));
    for effect in &*document.effects {
        assert_eq!(effect.variance.get(), 0.0);
        assert!(effect.factors.iter().all(|factor| factor.change.get() == 0.0 && factor.first.is_none() && factor.total.is_none()));
    }
}

#[test]
fn identical_alternatives_have_an_index_of_exactly_zero() {
    let factors = json!([
        {"id": "same", "vary": {"type": "aggregation", "options": [{"type": "arithmetic"}, {"type": "arithmetic"}, {"type": "arithmetic"}]}},
        {"id": "set", "vary": {"type": "weight_set", "options": ["founder"], "own": true}},
        {"id": "weights", "vary": {"type": "weights", "spread": {"type": "relative", "by": 0.5}}},
    ]);
    let (_, document) = run(&examples(), &study(factors, json!({"sensitivity": {"base": 32, "resamples": 50}})));
    assert_eq!(document.effects.len(), 9);
    for effect in &*document.effects {
        let [same, set, weights] = [0, 1, 2].map(|at| &effect.factors[at]);
        let total = same.total.as_ref().unwrap();
        assert_eq!([same.change, same.first.as_ref().unwrap().value, total.value, total.low, total.high].map(|x| x.get()), [0.0; 5]);
        assert!(weights.change.get() > 0.0 && set.change.get() > 0.0, "{effect:?}");
    }
}

#[test]
fn the_same_bytes_for_any_number_of_threads() {
    let submissions = examples();
    let mut of = usual_study();
    of.draws = talent_model::quantity::Count::new(80.0);
    of.sensitivity = Study::from_json(br#"{"factors": [], "sensitivity": {"base": 20, "resamples": 20}}"#).unwrap().sensitivity;
    let bytes = |of: &Study, threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| run(&submissions, of).1.to_json())
    };
    let once = bytes(&of, 1);
    assert_eq!(once, bytes(&of, 2));
    assert_eq!(once, bytes(&of, 8));
    let document = Robustness::from_json(once.as_bytes()).unwrap();
    assert_eq!(document.to_json(), once);
    // Another seed is another result.
    of.seed = talent_model::quantity::Count::new(2.0);
    assert_ne!(once, bytes(&of, 2));
}

#[test]
fn the_order_of_submissions_changes_nothing_but_the_order() {
    let mut submissions = examples();
    let of = study(json!([{"id": "x", "vary": {"type": "values", "error": {"type": "relative", "by": 0.1}}}]), json!({}));
    let (_, one) = run(&submissions, &of);
    submissions.reverse();
    let (_, other) = run(&submissions, &of);
    let mut units = other.units.to_vec();
    units.reverse();
    assert_eq!(one.units.to_vec(), units);
    assert_eq!(one.groups, other.groups);
}

#[test]
fn shares_add_up_and_every_factor_moves_something() {
    let submissions = examples();
    for vary in [
        json!({"type": "weights", "spread": {"type": "relative", "by": 0.5}}),
        json!({"type": "weights", "nodes": ["total"], "spread": {"type": "dirichlet", "concentration": 20}}),
        json!({"type": "values", "error": {"type": "relative", "by": 0.1}}),
        json!({"type": "values", "error": {"type": "stated"}}),
        json!({"type": "unknown"}),
        json!({"type": "thresholds", "by": 0.1}),
        json!({"type": "inclusion", "keep": 0.9}),
        json!({"type": "missing", "options": ["exclude", "zero"]}),
        json!({"type": "aggregation", "options": [{"type": "arithmetic"}, {"type": "geometric"}]}),
        json!({"type": "weight_set", "options": ["founder", "family"]}),
    ] {
        for sampling in ["random", "sobol"] {
            let (analysis, document) = run(&submissions, &study(one(vary.clone()), json!({"sampling": sampling})));
            assert!(analysis.distributions.iter().any(|unit| unit.scores.unwrap().deviation > 0.0), "{vary}");
            for unit in &*document.units {
                let accepted: f64 = unit.acceptance.iter().map(|a| a.share.get()).sum();
                let graded: f64 = unit.grades.iter().map(|g| g.share.get()).sum();
                assert!((accepted + unit.unscored.get() - 1.0).abs() < 1e-9 && (graded - 1.0).abs() < 1e-9, "{vary}");
                let scores = unit.scores.as_ref().unwrap();
                assert!(scores.low <= scores.median && scores.median <= scores.high && scores.low.get() >= 0.0 && scores.high.get() <= 100.0);
            }
            for (a, row) in analysis.wins.iter().enumerate() {
                for (b, share) in row.iter().enumerate() {
                    assert!((share + analysis.wins[b][a] - 1.0).abs() < 1e-9);
                }
            }
            let members: usize = document.groups.iter().map(|group| group.units.len()).sum();
            assert_eq!(members, submissions.len());
        }
    }
}

/// What is unknown lies between the bounds that the assessment gives.
#[test]
fn unknown_values_stay_inside_the_bounds() {
    let submissions = examples();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let (analysis, _) = run(&submissions, &study(one(json!({"type": "unknown"})), json!({"draws": 300})));
    for (at, submission) in submissions.iter().enumerate() {
        let total = evaluator.assess(submission).unwrap().total;
        let scores = analysis.draw_scores(at);
        assert!(scores.iter().all(|score| *score >= total.low.get() - 1e-9 && *score <= total.high.get() + 1e-9), "{}", submission.id);
    }
}

/// A threshold moved by a share of its distance is a measure moved the other way: by hand on a standard of one question.
#[test]
fn moved_thresholds_by_hand() {
    let standard: Standard = serde_json::from_value(json!({
        "kind": "standard", "model": "1.0", "id": "one", "version": "1.0.0", "title": {"en": "One"}, "languages": ["en"],
        "method": {"missing": "zero"},
        "scenarios": [{"id": "s", "name": {"en": "S"}, "indicators": [{
            "id": "q", "name": {"en": "Q"}, "quantity": {"type": "number", "unit": "1"},
            "criteria": [{"binding": "guided", "rule": {"type": "piecewise", "points": [{"at": 10, "score": 0}, {"at": 30, "score": 100}]},
                "basis": [{"kind": "design_value", "note": {"en": "made up"}}]}],
        }]}],
    }))
    .unwrap();
    let submission: Submission = serde_json::from_value(json!({
        "kind": "submission", "model": "1.0", "id": "a", "standard": {"id": "one", "version": "1.0.0"},
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "community": {"kind": "community", "model": "1.0", "id": "a", "name": {"en": "A"}},
        "observations": [{"indicator": "q", "value": 20, "uncertainty": {"low": 18, "high": 24}}],
    }))
    .unwrap();
    let evaluator = Evaluator::new(&standard).unwrap_or_else(|error| panic!("{error}"));
    let of = study(json!([{"id": "t", "vary": {"type": "thresholds", "by": 0.2}}]), json!({}));
    let given = [(&submission, None)];
    let robust = RobustSubmissions::new(&evaluator, &given, &of).unwrap_or_else(|error| panic!("{error}"));
    let analysis = robust.run(&mut go).unwrap();
    assert_eq!(robust.parameter_names(), ["t:q"]);
    for (draw, score) in (0..).zip(analysis.draw_scores(0)) {
        let moved = robust.parameters(draw)[0];
        assert!(moved.abs() <= 0.2 && (score - (20.0 - 20.0 * moved - 10.0) * 5.0).abs() < 1e-9, "{moved} {score}");
    }
    // And errors of measurement as the observation states them.
    let of = study(json!([{"id": "x", "vary": {"type": "values", "error": {"type": "stated"}}}]), json!({}));
    let robust = RobustSubmissions::new(&evaluator, &given, &of).unwrap();
    let analysis = robust.run(&mut go).unwrap();
    for (draw, score) in (0..).zip(analysis.draw_scores(0)) {
        let value = robust.parameters(draw)[0];
        assert!((18.0..=24.0).contains(&value) && (score - (value - 10.0) * 5.0).abs() < 1e-9);
    }
    assert!(has(&analysis.diagnostics, Code::RobustnessOneUnit));
    assert_eq!(robust.document(&analysis).units[0].unit.as_str(), "a");
    assert_eq!(robust.document(&analysis).unmodelled.first(), Some(&Unmodelled::Weights));
}

fn refused(of: &Study) -> Vec<Diagnostic> {
    let submissions = examples();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let given: Vec<_> = submissions.iter().map(|submission| (submission, None)).collect();
    match RobustSubmissions::new(&evaluator, &given, of) {
        Err(RobustError::Study(found)) => found,
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("it should be refused"),
    }
}

#[test]
fn everything_wrong_with_a_study_is_told_at_once() {
    let found = refused(&study(
        json!([
            {"id": "a", "vary": {"type": "weights", "nodes": ["livabel"], "spread": {"type": "relative", "by": 0.1}}},
            {"id": "a", "vary": {"type": "missing", "options": []}},
            {"id": "b", "vary": {"type": "step", "options": [{"type": "rank", "ties": "dense"}]}},
            {"id": "c", "vary": {"type": "weight_set", "options": ["foundr"]}},
            {"id": "d", "vary": {"type": "inclusion", "indicators": ["nothing"], "keep": 0.5}},
        ]),
        json!({"draws": 1, "sampling": "sobol", "sensitivity": {"base": 70000}}),
    ));
    for code in [
        Code::RobustnessUnknownName,
        Code::RobustnessFactorTwice,
        Code::RobustnessOptions,
        Code::RobustnessNotContained,
        Code::RobustnessTooFew,
        Code::RobustnessTooLarge,
    ] {
        assert!(has(&found, code), "{code}: {found:?}");
    }
    let near = found.iter().find(|d| d.pointer.as_str() == "/factors/3/vary/options/0").unwrap();
    assert_eq!(near.params.get("suggestion").map(String::as_str), Some("founder"));
    assert!(has(&refused(&study(json!([]), json!({}))), Code::RobustnessNothingVaried));
}

#[test]
fn what_varies_nothing_and_what_lies_outside_is_told() {
    let submissions = examples();
    // Nothing is unknown under these indicators in any submission.
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let assessed: Vec<_> = submissions.iter().map(|submission| evaluator.assess(submission).unwrap()).collect();
    let known = evaluator.standard().scenarios[0].categories[0]
        .indicators
        .iter()
        .map(|indicator| indicator.id.clone())
        .find(|id| assessed.iter().all(|assessment| assessment.indicators.iter().find(|result| result.id == *id).unwrap().coverage.get() >= 1.0));
    let known = known.expect("an indicator that all examples answer");
    let of = study(one(json!({"type": "unknown", "indicators": [known.as_str()]})), json!({}));
    let (_, document) = run(&submissions, &of);
    assert!(has(&document.diagnostics, Code::RobustnessInert));
    assert_eq!((document.factors[0].active, document.factors[0].numbers.get()), (false, 0.0));
    // The least of all scores lies far below the mean of them.
    let of = study(one(json!({"type": "aggregation", "options": [{"type": "minimum"}]})), json!({}));
    let (_, document) = run(&submissions, &of);
    assert!(has(&document.diagnostics, Code::RobustnessOutside));
    assert!(document.units.iter().any(|unit| !unit.inside));
    // With few draws over wide weights the halves disagree; a refused score is no score.
    let of = study(one(json!({"type": "weights", "spread": {"type": "dirichlet"}})), json!({"draws": 4}));
    assert!(has(&run(&submissions, &of).1.diagnostics, Code::RobustnessUnsettled));
    let of = study(one(json!({"type": "missing", "options": ["exclude", "refuse"]})), json!({}));
    assert!(has(&run(&submissions, &of).1.diagnostics, Code::RobustnessUnscored));
}

#[test]
fn faulty_submissions_are_told_each_with_its_place() {
    let mut submissions = examples();
    submissions[1].observations = vec![serde_json::from_value(json!({"indicator": "no-such", "value": 3})).unwrap()].into();
    submissions[4].community = None;
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let given: Vec<_> = submissions.iter().map(|submission| (submission, None)).collect();
    let Err(RobustError::Submissions(found)) = RobustSubmissions::new(&evaluator, &given, &usual_study()) else { panic!("it should be refused") };
    assert_eq!(found.iter().map(|(at, _)| *at).collect::<Vec<_>>(), [1, 4]);
    assert!(has(&found[0].1, Code::UnknownIndicator));
}

#[test]
fn it_stops_when_told_to() {
    let submissions = examples();
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let given: Vec<_> = submissions.iter().map(|submission| (submission, None)).collect();
    let mut of = usual_study();
    of.draws = talent_model::quantity::Count::new(100_000.0);
    let robust = RobustSubmissions::new(&evaluator, &given, &of).unwrap();
    let mut seen = Vec::new();
    let stopped = robust.run(&mut |done, all| {
        seen.push((done, all));
        if seen.len() == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    assert_eq!(stopped, Err(RobustError::Stopped));
    assert!(seen[0].0 < seen[1].0 && seen[1].0 < 2000 && seen[1].1 == 100_000);
}
