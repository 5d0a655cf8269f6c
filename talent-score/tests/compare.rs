//! Comparisons: equal to single assessments to the bit, fenced, the same in any order.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use talent_model::comparison::{Certainty, Comparison, Fence, Unranked};
use talent_model::diagnostic::{Code, Severity};
use talent_model::id::{CommunityId, FactId, WeightSetId};
use talent_model::index::Ties;
use talent_model::{Diagnostic, Document, Standard, Submission, reference};
use talent_score::compare::{CompareError, CompareOptions, Entry, compare, difference};
use talent_score::{Evaluator, Options};

const EIGHT: [&str; 8] =
    ["new-shougang", "wangjing", "zhongguancun-science-city", "future-science-city", "tongzhou", "shunyi", "huairou-science-city", "beijing-etda"];

fn submissions() -> Vec<Submission> {
    let read = |id: &&str| {
        let path = format!("{}/../docs/examples/{id}.submission.json", env!("CARGO_MANIFEST_DIR"));
        Submission::from_json(&std::fs::read(path).unwrap()).unwrap()
    };
    EIGHT.iter().map(read).collect()
}

fn entries<'e>(evaluator: &'e Evaluator, submissions: &'e [Submission]) -> Vec<Entry<'e>> {
    submissions.iter().map(|submission| Entry { evaluator, submission, community: None }).collect()
}

fn eight() -> Comparison {
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    compare(&entries(&evaluator, &submissions()), &CompareOptions::default()).unwrap()
}

/// Two scenarios of which one has two indicators, two stages, a bonus, a rule of coverage, and a set of weights.
fn standard(aggregation: &str, missing: &str) -> Value {
    let indicator = |id: &str, unit: &str, points: Value| {
        let criterion = |stage: &str| json!({"stage": stage, "binding": "guided", "rule": {"type": "piecewise", "points": points}});
        json!({
            "id": id, "name": {"en": id}, "quantity": {"type": "number", "unit": unit, "min": 0, "max": 100},
            "criteria": [criterion("built"), criterion("new")]
        })
    };
    let rising = || json!([{"at": 0, "score": 0}, {"at": 100, "score": 100}]);
    let bonus = json!({
        "id": "award", "name": {"en": "award"}, "quantity": {"type": "yes_no"},
        "criteria": [{"binding": "bonus", "points": 5, "rule": {"type": "yes_no"}}]
    });
    json!({
        "kind": "standard", "model": "1.0", "id": "small", "version": "1.0.0", "title": {"en": "Small"}, "languages": ["en"],
        "facts": {
            "setting": {"name": {"en": "Setting"}, "type": "choice", "choices": [{"id": "urban", "name": {"en": "Urban"}}, {"id": "rural", "name": {"en": "Rural"}}]},
            "population": {"name": {"en": "Population"}, "type": "number"}
        },
        "stages": [{"id": "built", "name": {"en": "Built"}}, {"id": "new", "name": {"en": "New"}}],
        "method": {"missing": missing, "aggregation": {"type": aggregation}, "eligibility": {"coverage": 0.5}},
        "weight_sets": [{"id": "quiet", "name": {"en": "Quiet"}, "weights": {"calm": 3}}],
        "scenarios": [
            {"id": "green", "code": "GRE", "name": {"en": "Green"}, "indicators": [indicator("parks", "%", rising()), indicator("trees", "{tree}", rising()), bonus]},
            {"id": "calm", "name": {"en": "Calm"}, "indicators": [indicator("noise", "dB", json!([{"at": 0, "score": 100}, {"at": 100, "score": 0}]))]},
            {"id": "care", "name": {"en": "Care"}, "indicators": [
                indicator("beds", "{bed}", json!([{"at": 0, "score": 0}, {"at": 50, "score": 100}, {"at": 100, "score": 0}])),
                indicator("shops", "{shop}", rising())
            ]}
        ]
    })
}

fn small() -> Standard {
    Standard::from_json(standard("arithmetic", "exclude").to_string().as_bytes()).unwrap()
}

/// A community in one zone with these answers: parks, trees, noise, beds, shops; none where it does not know.
fn answers(id: &str, stage: &str, values: [Option<f64>; 5]) -> Value {
    let names = ["parks", "trees", "noise", "beds", "shops"];
    let known = |(name, value): (&str, Option<f64>)| match value {
        Some(value) => json!({"indicator": name, "value": value}),
        None => json!({"indicator": name, "state": "missing"}),
    };
    json!({
        "kind": "submission", "model": "1.0", "id": format!("{id}-2026"), "standard": {"id": "small", "version": "1.0.0"},
        "period": {"from": "2026-01-01", "to": "2026-12-31"},
        "community": {
            "kind": "community", "model": "1.0", "id": id, "name": {"en": id},
            "zones": [{"id": "core", "name": {"en": "Core"}, "role": "core", "stage": stage}]
        },
        "observations": names.into_iter().zip(values).map(known).chain([json!({"indicator": "award", "answer": false})]).collect::<Vec<_>>()
    })
}

fn read(value: &Value) -> Submission {
    Submission::from_json(value.to_string().as_bytes()).unwrap_or_else(|why| panic!("{why}"))
}

fn community(id: &str, values: [f64; 5]) -> Value {
    answers(id, "built", values.map(Some))
}

fn compared(values: &[Value], options: &CompareOptions) -> Result<Comparison, CompareError> {
    let evaluator = Evaluator::new(&small()).unwrap();
    let submissions: Vec<Submission> = values.iter().map(read).collect();
    compare(&entries(&evaluator, &submissions), options)
}

fn codes(found: &[Diagnostic]) -> Vec<Code> {
    found.iter().map(|d| d.code).collect()
}

fn refusal(values: &[Value]) -> Vec<Diagnostic> {
    compared(values, &CompareOptions::default()).unwrap_err().diagnostics
}

fn across(fence: Fence) -> CompareOptions {
    CompareOptions { across: vec![fence], ..CompareOptions::default() }
}

fn ids(comparison: &Comparison) -> Vec<&str> {
    comparison.communities.iter().map(|one| one.community.id.as_str()).collect()
}

// The scores.

#[test]
fn the_scores_are_those_of_single_assessments_to_the_bit() {
    let comparison = eight();
    for submission in submissions() {
        let assessment = talent_score::assess(reference::standard(), &submission).unwrap();
        let one = comparison.communities.iter().find(|one| one.submission.id == submission.id).unwrap();
        assert_eq!(one.total, assessment.total);
        assert_eq!(one.grade, assessment.grade.awarded);
        assert_eq!(one.submission, assessment.provenance.submission);
        assert_eq!(one.community, assessment.provenance.community);
        let scenarios: Vec<_> =
            assessment.nodes.iter().filter(|node| node.parent.is_none()).map(|node| (&node.id, &node.score, node.contribution)).collect();
        assert_eq!(one.scenarios.iter().map(|own| (&own.id, &own.score, own.contribution)).collect::<Vec<_>>(), scenarios);
        let indicators: Vec<_> = assessment.indicators.iter().map(|i| (&i.id, i.score, i.contribution)).collect();
        assert_eq!(one.indicators.iter().map(|i| (&i.id, i.score, i.contribution)).collect::<Vec<_>>(), indicators);
        assert_eq!(one.rank.is_some(), assessment.verdicts.scorable);
    }
}

#[test]
fn the_order_of_the_submissions_changes_nothing() {
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let mut all = submissions();
    let first = compare(&entries(&evaluator, &all), &CompareOptions::default()).unwrap().to_json();
    for turn in 0..all.len() {
        all.rotate_left(1);
        all.swap(0, turn);
        assert_eq!(compare(&entries(&evaluator, &all), &CompareOptions::default()).unwrap().to_json(), first);
    }
}

#[test]
fn what_was_written_is_read_and_can_be_computed_again() {
    let text = eight().to_json();
    let read = Comparison::from_json(text.as_bytes()).unwrap();
    assert_eq!(read.to_json(), text);
    // The method in the document is all that is needed beside the submissions.
    let plan = &read.method.plans[0];
    assert_eq!(reference::standard().digest().unwrap(), plan.standard.digest);
    let options = CompareOptions { ties: read.method.ties, across: read.method.across.to_vec(), peers: read.method.peers.clone() };
    let evaluator = Evaluator::with_options(reference::standard(), &Options { weight_set: plan.weight_set.clone() }).unwrap();
    assert_eq!(compare(&entries(&evaluator, &submissions()), &options).unwrap().to_json(), text);
}

#[test]
fn a_weight_set_is_stated_and_used() {
    let evaluator = Evaluator::with_options(&small(), &Options { weight_set: Some(WeightSetId::new("quiet").unwrap()) }).unwrap();
    let submissions = [read(&community("a", [100.0, 100.0, 100.0, 50.0, 100.0])), read(&community("b", [20.0, 20.0, 0.0, 0.0, 0.0]))];
    let comparison = compare(&entries(&evaluator, &submissions), &CompareOptions::default()).unwrap();
    assert_eq!(comparison.method.plans[0].weight_set, Some(WeightSetId::new("quiet").unwrap()));
    // (100 + 3 × 0 + 100) / 5 and (20 + 3 × 100 + 0) / 5
    assert_eq!(comparison.communities.iter().map(|one| one.total.score.unwrap().get()).collect::<Vec<_>>(), [40.0, 64.0]);
}

// Ranks and their certainty.

#[test]
fn ties_follow_the_rule_that_is_named() {
    let same = [50.0, 50.0, 50.0, 25.0, 50.0];
    let values = [community("a", [90.0, 90.0, 10.0, 50.0, 90.0]), community("b", same), community("c", same), community("d", [0.0; 5])];
    for (ties, expected) in [
        (Ties::Competition, [1.0, 2.0, 2.0, 4.0]),
        (Ties::Modified, [1.0, 3.0, 3.0, 4.0]),
        (Ties::Dense, [1.0, 2.0, 2.0, 3.0]),
        (Ties::Fractional, [1.0, 2.5, 2.5, 4.0]),
    ] {
        let comparison = compared(&values, &CompareOptions { ties, ..CompareOptions::default() }).unwrap();
        assert_eq!(comparison.method.ties, ties);
        assert_eq!(comparison.communities.iter().map(|one| one.rank.as_ref().unwrap().rank.get()).collect::<Vec<_>>(), expected);
        let tied = comparison.pairs.iter().find(|pair| pair.better.as_str() == "b" && pair.worse.as_str() == "c").unwrap();
        assert_eq!((tied.certainty, tied.dominance, tied.difference.get()), (Certainty::Tied, None, 0.0));
        // Whoever is wholly known is surely where it is, but for its tie.
        assert_eq!(comparison.tiers.iter().map(|tier| tier.communities.len()).collect::<Vec<_>>(), [1, 2, 1]);
    }
}

#[test]
fn bounds_say_how_sure_an_order_is() {
    let values = [
        answers("a", "built", [Some(90.0), Some(90.0), Some(10.0), None, Some(90.0)]),
        answers("b", "built", [Some(85.0), Some(85.0), Some(15.0), Some(42.5), Some(85.0)]),
        answers("c", "built", [Some(10.0), Some(10.0), Some(90.0), Some(5.0), None]),
    ];
    let comparison = compared(&values, &CompareOptions::default()).unwrap();
    // a: 90, 90 and 90 or (90 + 0 … 100) / 2: from 75 to 91.7. b: 85 throughout. c: 10, 10 and 10 or (10 + 0 … 100) / 2: from 8.3 to 25.
    let pairs: Vec<_> = comparison.pairs.iter().map(|p| (p.better.as_str(), p.worse.as_str(), p.certainty, p.dominance)).collect();
    let (surely, by_score) = (Certainty::Surely, Certainty::ByScore);
    assert_eq!(pairs, [("a", "b", by_score, Some(by_score)), ("a", "c", surely, Some(by_score)), ("b", "c", surely, Some(surely))]);
    let places: Vec<_> =
        comparison.communities.iter().map(|one| one.rank.as_ref().unwrap()).map(|r| (r.best_place.get(), r.worst_place.get())).collect();
    assert_eq!(places, [(1.0, 2.0), (1.0, 2.0), (3.0, 3.0)]);
    assert_eq!(comparison.tiers.len(), 2);
    assert_eq!(comparison.order.front.iter().map(CommunityId::as_str).collect::<Vec<_>>(), ["a"]);
    // Of a, b and c only the steps are listed.
    assert_eq!(comparison.order.covers.iter().map(|c| (c.better.as_str(), c.worse.as_str())).collect::<Vec<_>>(), [("a", "b"), ("b", "c")]);
}

#[test]
fn the_whole_bounds_may_leave_nothing_sure() {
    let half = [Some(50.0), Some(50.0), None, None, Some(50.0)];
    let comparison = compared(&[answers("a", "built", half), answers("b", "built", half)], &CompareOptions::default()).unwrap();
    assert_eq!(codes(&comparison.diagnostics), [Code::NothingSure]);
    assert_eq!(comparison.tiers.len(), 1);
}

#[test]
fn only_who_is_known_enough_is_ranked() {
    let values = [answers("silent", "built", [Some(100.0), None, None, None, None]), community("a", [50.0; 5]), community("b", [40.0; 5])];
    let comparison = compared(&values, &CompareOptions::default()).unwrap();
    let silent = &comparison.communities[2];
    assert_eq!((silent.community.id.as_str(), silent.rank.is_some(), silent.unranked), ("silent", false, Some(Unranked::Coverage)));
    assert!(silent.total.score.unwrap().get() > 99.0 && silent.scenarios.iter().all(|own| own.rank.is_none()));
    assert_eq!(codes(&comparison.diagnostics), [Code::NotRanked]);
    assert!(comparison.diagnostics[0].params["why"].starts_with("16.6 % of the total is known, 50 % are needed"), "{:?}", comparison.diagnostics);
    assert!(comparison.pairs.iter().all(|pair| pair.better.as_str() != "silent" && pair.worse.as_str() != "silent"));
    // With one more of its kind there is hardly anybody to rank.
    let comparison = compared(&values[..2], &CompareOptions::default()).unwrap();
    assert_eq!(codes(&comparison.diagnostics), [Code::NotRanked, Code::FewRanked]);
    assert!(comparison.pairs.is_empty());
    let nobody = [values[0].clone(), answers("quiet", "built", [None; 5])];
    let comparison = compared(&nobody, &CompareOptions::default()).unwrap();
    assert_eq!(codes(&comparison.diagnostics), [Code::NotRanked, Code::NotRanked, Code::FewRanked]);
    assert_eq!(comparison.communities.iter().map(|one| one.unranked.unwrap()).collect::<Vec<_>>(), [Unranked::NoScore, Unranked::Coverage]);
}

#[test]
fn peers_are_told_by_type_or_by_a_fact() {
    let mut values = [community("a", [50.0; 5]), community("b", [40.0; 5]), community("c", [30.0; 5])];
    let plain = compared(&values, &CompareOptions::default()).unwrap();
    assert!(plain.peers.is_empty());
    values[0]["community"]["facts"] = json!({"setting": {"choice": "urban"}});
    values[2]["community"]["facts"] = json!({"setting": {"choice": "urban"}});
    let options = CompareOptions { peers: Some(FactId::new("setting").unwrap()), ..CompareOptions::default() };
    let comparison = compared(&values, &options).unwrap();
    let groups: Vec<_> = comparison.peers.iter().map(|g| (g.group.as_ref().map(ToString::to_string), g.communities.len(), g.ranked.get())).collect();
    assert_eq!(groups, [(Some("urban".into()), 2, 2.0), (None, 1, 1.0)]);
    let (a, c) = (comparison.communities[0].total.score.unwrap().get(), comparison.communities[2].total.score.unwrap().get());
    assert_eq!(comparison.peers[0].total.unwrap().get(), (a + c) / 2.0);
    assert_eq!(comparison.peers[0].name.as_ref().unwrap().in_language(talent_model::Lang::En), "Urban");
    let number = CompareOptions { peers: Some(FactId::new("population").unwrap()), ..CompareOptions::default() };
    assert_eq!(codes(&compared(&values, &number).unwrap_err().diagnostics), [Code::NoPeers]);
    let near = CompareOptions { peers: Some(FactId::new("settings").unwrap()), ..CompareOptions::default() };
    assert_eq!(compared(&values, &near).unwrap_err().diagnostics[0].params["suggestion"], "setting");
    // b lies between the two.
    assert_eq!(comparison.communities[0].nearest[0].community.as_str(), "b");
}

// The fence.

#[test]
fn two_are_needed_and_suffice() {
    assert_eq!(codes(&refusal(&[])), [Code::TooFewToCompare]);
    assert_eq!(codes(&refusal(&[community("a", [50.0; 5])])), [Code::TooFewToCompare]);
    let two = compared(&[community("a", [50.0; 5]), community("b", [40.0; 5])], &CompareOptions::default()).unwrap();
    assert_eq!((two.pairs.len(), two.diagnostics.len()), (1, 0));
}

#[test]
fn unlike_is_refused_or_marked() {
    let a = community("a", [50.0; 5]);
    let b = community("b", [40.0; 5]);
    let new = answers("c", "new", [Some(30.0); 5]);
    let mut later = community("d", [30.0; 5]);
    later["period"] = json!({"from": "2027-01-01", "to": "2027-12-31"});
    for (odd, fence, code, values) in [
        (new, Fence::Stages, Code::StagesDiffer, ("`new`", "`built`")),
        (later, Fence::Periods, Code::PeriodsDiffer, ("2027-01-01 to 2027-12-31", "2026-01-01 to 2026-12-31")),
    ] {
        let all = [a.clone(), odd, b.clone()];
        let found = refusal(&all);
        assert_eq!(codes(&found), [code]);
        // Both sides are named.
        assert_eq!((found[0].params["value"].as_str(), found[0].params["other_value"].as_str()), values);
        assert_eq!(found[0].params["other"], "`a`, `b`");
        let marked = compared(&all, &across(fence)).unwrap();
        assert_eq!(marked.diagnostics.iter().map(|d| (d.code, d.severity)).collect::<Vec<_>>(), [(code, Severity::Warning)]);
        assert_eq!(marked.method.across.to_vec(), [fence]);
        // Crossing one fence crosses no other.
        let other = if fence == Fence::Stages { Fence::Periods } else { Fence::Stages };
        assert_eq!(codes(&compared(&all, &across(other)).unwrap_err().diagnostics), [code]);
    }
}

#[test]
fn versions_weights_and_standards_are_fences_too() {
    let (first, mut second, mut third) = (small(), standard("arithmetic", "exclude"), standard("arithmetic", "exclude"));
    second["version"] = json!("1.1.0");
    third["id"] = json!("other");
    let [second, third] = [second, third].map(|value| Standard::from_json(value.to_string().as_bytes()).unwrap());
    let quiet = Options { weight_set: Some(WeightSetId::new("quiet").unwrap()) };
    let own = Evaluator::new(&first).unwrap();
    let (mut newer, mut another) = (community("b", [40.0; 5]), community("b", [40.0; 5]));
    newer["standard"]["version"] = json!("1.1.0");
    another["standard"]["id"] = json!("other");
    let a = read(&community("a", [50.0; 5]));
    for (evaluator, b, fence, code) in [
        (Evaluator::new(&second).unwrap(), newer, Fence::Versions, Code::VersionsDiffer),
        (Evaluator::new(&third).unwrap(), another, Fence::Standards, Code::StandardsDiffer),
        (Evaluator::with_options(&first, &quiet).unwrap(), community("b", [40.0; 5]), Fence::WeightSets, Code::WeightSetsDiffer),
    ] {
        let b = read(&b);
        let both = [Entry { evaluator: &own, submission: &a, community: None }, Entry { evaluator: &evaluator, submission: &b, community: None }];
        let found = compare(&both, &CompareOptions::default()).unwrap_err();
        assert_eq!(codes(&found.diagnostics), [code]);
        let marked = compare(&both, &across(fence)).unwrap();
        assert_eq!(codes(&marked.diagnostics), [code]);
        assert_eq!(marked.method.plans.len(), 2);
        assert_eq!(marked.communities.iter().map(|one| one.plan.get()).collect::<Vec<_>>(), [0.0, 1.0]);
    }
    // The same version with another text is another version.
    let mut text = standard("arithmetic", "zero");
    text["version"] = json!("1.0.0");
    let evaluator = Evaluator::new(&Standard::from_json(text.to_string().as_bytes()).unwrap()).unwrap();
    let b = read(&community("b", [40.0; 5]));
    let both = [Entry { evaluator: &own, submission: &a, community: None }, Entry { evaluator: &evaluator, submission: &b, community: None }];
    assert_eq!(codes(&compare(&both, &CompareOptions::default()).unwrap_err().diagnostics), [Code::VersionsDiffer]);
}

#[test]
fn a_community_takes_one_place() {
    let mut again = community("a", [60.0; 5]);
    again["id"] = json!("a-second");
    for twice in [community("a", [50.0; 5]), again] {
        let found = refusal(&[community("a", [50.0; 5]), community("b", [40.0; 5]), twice]);
        assert_eq!(codes(&found), [Code::CommunityTwice]);
    }
    // No fence opens this.
    let all = CompareOptions { across: Fence::ALL.to_vec(), ..CompareOptions::default() };
    let twice = [community("a", [50.0; 5]), community("a", [50.0; 5])];
    assert_eq!(codes(&compared(&twice, &all).unwrap_err().diagnostics), [Code::CommunityTwice]);
}

#[test]
fn every_fault_of_every_submission_is_told() {
    let mut wrong = community("b", [40.0; 5]);
    wrong["observations"][0]["value"] = json!(400);
    wrong["observations"][1]["indicator"] = json!("treees");
    let mut other = community("c", [40.0; 5]);
    other["observations"][4]["unit"] = json!("kg");
    let error = compared(&[community("a", [50.0; 5]), wrong, other, answers("d", "new", [Some(1.0); 5])], &CompareOptions::default()).unwrap_err();
    let faulty: Vec<(usize, usize)> =
        error.faulty.iter().map(|(place, found)| (*place, found.iter().filter(|d| d.severity == Severity::Error).count())).collect();
    assert_eq!(faulty, [(1, 2), (2, 1)]);
    // What is wrong with all of them together is told at once.
    assert_eq!(codes(&error.diagnostics), [Code::StagesDiffer]);
    assert!(error.to_string().contains("treees"));
}

// What hangs on one scenario, and on one community.

#[test]
fn without_a_scenario_is_the_standard_without_it() {
    let values = [
        community("a", [95.0, 85.0, 60.0, 20.0, 30.0]),
        community("b", [10.0, 20.0, 30.0, 20.0, 50.0]),
        community("c", [5.0, 5.0, 90.0, 20.0, 10.0]),
    ];
    let comparison = compared(&values, &CompareOptions::default()).unwrap();
    for one in &comparison.without {
        let mut standard = standard("arithmetic", "exclude");
        let scenarios = standard["scenarios"].as_array_mut().unwrap();
        scenarios.retain(|scenario| scenario["id"] != one.scenario.as_str());
        if one.scenario.as_str() == "calm" {
            standard.as_object_mut().unwrap().remove("weight_sets");
        }
        let left: Vec<String> = standard["scenarios"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|s| s["indicators"].as_array().unwrap())
            .map(|i| i["id"].as_str().unwrap().to_owned())
            .collect();
        let evaluator = Evaluator::new(&Standard::from_json(standard.to_string().as_bytes()).unwrap()).unwrap();
        for (value, without) in values.iter().zip(&one.ranks) {
            let mut value = value.clone();
            value["observations"].as_array_mut().unwrap().retain(|o| left.contains(&o["indicator"].as_str().unwrap().to_owned()));
            let assessment = evaluator.assess(&read(&value)).unwrap();
            assert_eq!(assessment.total.score, without.total, "{} without {}", without.community, one.scenario);
        }
    }
    let green = &comparison.without[0];
    assert!(green.greatest_shift.get() > 0.0 && green.reversals.get() > 0.0, "{green:?}");
}

#[test]
fn bonuses_go_with_their_scenario_and_refusals_do_not_outlive_it() {
    let text = standard("arithmetic", "refuse").to_string().replace("\"coverage\":0.5", "\"coverage\":0.0");
    let evaluator = Evaluator::new(&Standard::from_json(text.as_bytes()).unwrap()).unwrap();
    let mut award = community("a", [50.0; 5]);
    award["observations"][5]["answer"] = json!(true);
    let submissions = [read(&award), read(&community("b", [50.0; 5]))];
    let comparison = compare(&entries(&evaluator, &submissions), &CompareOptions::default()).unwrap();
    let totals = |scenario: &str| -> Vec<f64> {
        let one = comparison.without.iter().find(|one| one.scenario.as_str() == scenario).unwrap();
        one.ranks.iter().map(|rank| rank.total.unwrap().get()).collect()
    };
    let apart = |totals: Vec<f64>| totals[0] - totals[1];
    assert_eq!((apart(totals("green")), apart(totals("calm"))), (0.0, 5.0));
}

#[test]
fn nobody_changes_place_when_another_leaves() {
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let all = submissions();
    let whole = eight();
    let order = |comparison: &Comparison| -> Vec<String> {
        let mut ranked: Vec<_> =
            comparison.communities.iter().filter_map(|one| Some((one.rank.as_ref()?.rank.get(), one.community.id.to_string()))).collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        ranked.into_iter().map(|(_, id)| id).collect()
    };
    for gone in &all {
        let left: Vec<Submission> = all.iter().filter(|other| other.id != gone.id).cloned().collect();
        let comparison = compare(&entries(&evaluator, &left), &CompareOptions::default()).unwrap();
        let name = gone.community.as_ref().unwrap().id.as_str();
        assert_eq!(order(&comparison), order(&whole).into_iter().filter(|id| id != name).collect::<Vec<_>>());
        for one in &comparison.communities {
            assert_eq!(one.total, whole.communities.iter().find(|other| other.community.id == one.community.id).unwrap().total);
        }
    }
}

// Differences.

/// The parts of a difference add up to it, to the last bit.
fn adds_up(comparison: &Comparison, of: &CommunityId, against: &CommunityId) {
    let Some(apart) = difference(comparison, of, against) else { return };
    let sum: f64 = apart.scenarios.iter().map(|scenario| scenario.difference.get()).sum();
    assert_eq!((sum + apart.rest.get()).to_bits(), (apart.difference.get() + 0.0).to_bits(), "{of} {against}: {sum} {apart:?}");
    for scenario in &apart.scenarios {
        let sum: f64 = scenario.indicators.iter().map(|indicator| indicator.difference.get()).sum();
        assert_eq!((sum + scenario.rest.get() + 0.0).to_bits(), (scenario.difference.get() + 0.0).to_bits(), "{of} {against} {}", scenario.id);
    }
}

#[test]
fn differences_add_up_to_the_last_bit() {
    let comparison = eight();
    for of in &comparison.communities {
        for against in &comparison.communities {
            let (of, against) = (&of.community.id, &against.community.id);
            adds_up(&comparison, of, against);
            let (there, back) = (difference(&comparison, of, against).unwrap(), difference(&comparison, against, of).unwrap());
            assert_eq!(there.difference.get(), -back.difference.get());
            // Everything is attributed: nothing but rounding is left over.
            assert!(there.rest.get().abs() < 1e-9 && there.scenarios.iter().all(|scenario| scenario.rest.get().abs() < 1e-9));
        }
    }
    let nobody = CommunityId::new("nobody").unwrap();
    assert!(difference(&comparison, &nobody, &comparison.communities[0].community.id).is_none());
}

fn values() -> impl Strategy<Value = Vec<[Option<f64>; 5]>> {
    // Few values, so that ties are frequent.
    let value = prop_oneof![3 => (0_u8..5).prop_map(|step| Some(f64::from(step) * 25.0)), 2 => (0.0..100.0).prop_map(Some), 1 => Just(None)];
    proptest::collection::vec(proptest::array::uniform5(value), 2..9)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    #[test]
    fn comparisons_are_sound(rows in values(), aggregation in prop_oneof![Just("arithmetic"), Just("geometric"), Just("minimum"), Just("harmonic"), Just("sum")], ties in prop_oneof![Just(Ties::Competition), Just(Ties::Fractional)]) {
        let standard = Standard::from_json(standard(aggregation, "exclude").to_string().as_bytes()).unwrap();
        let evaluator = Evaluator::new(&standard).unwrap();
        let submissions: Vec<Submission> = rows.iter().enumerate().map(|(at, row)| read(&answers(&format!("c{at}"), "built", *row))).collect();
        let options = CompareOptions { ties, ..CompareOptions::default() };
        let comparison = compare(&entries(&evaluator, &submissions), &options).unwrap();
        let mut reversed = submissions.clone();
        reversed.reverse();
        prop_assert_eq!(compare(&entries(&evaluator, &reversed), &options).unwrap().to_json(), comparison.to_json());
        prop_assert_eq!(&Comparison::from_json(comparison.to_json().as_bytes()).unwrap(), &comparison);

        let ranked: Vec<_> = comparison.communities.iter().filter(|one| one.rank.is_some()).collect();
        let by_id: BTreeMap<&str, _> = ranked.iter().map(|one| (one.community.id.as_str(), *one)).collect();
        prop_assert_eq!(comparison.pairs.len(), ranked.len() * ranked.len().saturating_sub(1) / 2);
        for one in &ranked {
            let rank = one.rank.as_ref().unwrap();
            // A rank lies among the places that the bounds allow.
            prop_assert!(rank.best_place.get() <= rank.rank.get() && rank.rank.get() <= rank.worst_place.get(), "{:?}", rank);
        }
        for pair in &comparison.pairs {
            let (better, worse) = (by_id[pair.better.as_str()], by_id[pair.worse.as_str()]);
            let rank = |of: &talent_model::comparison::ComparedCommunity| of.rank.as_ref().unwrap().rank.get();
            match pair.certainty {
                Certainty::Surely => prop_assert!(better.total.low.get() > worse.total.high.get() && rank(better) < rank(worse)),
                Certainty::ByScore => prop_assert!(better.total.score > worse.total.score && rank(better) < rank(worse)),
                Certainty::Tied => prop_assert!(rank(better) == rank(worse) && pair.difference.get() < 1e-6),
            }
            if pair.dominance.is_some() {
                for (x, y) in better.scenarios.iter().zip(&worse.scenarios) {
                    prop_assert!(x.score.score.map_or(0.0, |x| x.get()) >= y.score.score.map_or(0.0, |y| y.get()) - 1e-6);
                }
            }
            adds_up(&comparison, &pair.better, &pair.worse);
        }
        // The tied groups part the ranked communities, and every member of one is surely above every member of the next.
        let grouped: Vec<&str> = comparison.tiers.iter().flat_map(|tier| &tier.communities).map(CommunityId::as_str).collect();
        prop_assert_eq!(grouped.len(), ranked.len());
        for pair in comparison.tiers.windows(2) {
            prop_assert!(pair[0].low.get() > pair[1].high.get());
        }
        // The covering relation holds what the pairs say of dominance, no more and no less.
        let mut reach: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for cover in &comparison.order.covers {
            reach.entry(cover.better.as_str()).or_default().push(cover.worse.as_str());
        }
        let below = |from: &str, to: &str| {
            let mut open = vec![from];
            let mut seen = Vec::new();
            while let Some(at) = open.pop() {
                for next in reach.get(at).into_iter().flatten() {
                    if !seen.contains(next) {
                        seen.push(*next);
                        open.push(next);
                    }
                }
            }
            seen.contains(&to)
        };
        for pair in comparison.pairs.iter().filter(|pair| pair.certainty != Certainty::Tied) {
            prop_assert_eq!(below(pair.better.as_str(), pair.worse.as_str()), pair.dominance.is_some());
        }
    }
}

#[test]
fn the_eight_are_in_the_order_of_their_identifiers() {
    let mut sorted = EIGHT.to_vec();
    sorted.sort_unstable();
    assert_eq!(ids(&eight()), sorted);
}
