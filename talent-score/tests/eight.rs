//! The eight approved communities: the files, the page that tells their stories, and the engine agree.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use talent_model::assessment::{Assessment, ObstacleKind};
use talent_model::diagnostic::Severity;
use talent_model::{Document, Submission, check, reference};

/// The eight, in the order of the page.
const EIGHT: [&str; 8] =
    ["new-shougang", "wangjing", "zhongguancun-science-city", "future-science-city", "tongzhou", "shunyi", "huairou-science-city", "beijing-etda"];

fn read(file: &str) -> Vec<u8> {
    std::fs::read(format!("{}/../docs/examples/{file}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn json(id: &str) -> Value {
    serde_json::from_slice(&read(&format!("{id}.submission.json"))).unwrap()
}

fn submission(id: &str) -> Submission {
    Submission::from_json(&read(&format!("{id}.submission.json"))).unwrap()
}

fn assess(id: &str) -> Assessment {
    talent_score::assess(reference::standard(), &submission(id)).unwrap()
}

fn array<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    value.get(member).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn illustrative(value: &Value) -> bool {
    value.get("illustrative") == Some(&Value::Bool(true))
}

/// What stands before the next grade: the kind, and the node that it names.
fn obstacles(assessment: &Assessment) -> Vec<(ObstacleKind, &str)> {
    assessment.grade.obstacles.iter().map(|o| (o.kind, o.node.as_ref().map_or("", |node| node.as_str()))).collect()
}

/// The codes of all that checking and scoring find.
fn findings(id: &str) -> BTreeSet<String> {
    let mut found = check::submission(reference::standard(), &submission(id));
    found.extend(assess(id).diagnostics.iter().cloned());
    found.iter().map(|d| d.code.to_string()).collect()
}

/// The rows of both tables of the page, by example: English first.
fn page() -> BTreeMap<String, Vec<Vec<String>>> {
    let text = String::from_utf8(read("README.md")).unwrap();
    let mut rows: BTreeMap<String, Vec<Vec<String>>> = BTreeMap::new();
    for line in text.lines().filter(|line| line.starts_with("| [")) {
        let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
        let file = cells[0].split_once("](").unwrap().1.trim_end_matches(')');
        rows.entry(file.strip_suffix(".submission.json").unwrap().to_owned()).or_default().push(cells);
    }
    rows
}

#[test]
fn all_eight_conform() {
    for id in EIGHT {
        let errors: Vec<_> =
            check::submission(reference::standard(), &submission(id)).into_iter().filter(|d| d.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{id}: {errors:?}");
        assert!(assess(id).verdicts.conforms, "{id}");
    }
}

/// Totals have one decimal and coverage is a whole percentage, never 100 % where something is missing: as the command shows them.
#[test]
fn the_page_says_what_the_engine_says() {
    let page = page();
    assert_eq!(page.keys().map(String::as_str).collect::<BTreeSet<_>>(), EIGHT.into_iter().collect());
    for (id, rows) in &page {
        let assessment = assess(id);
        let stages = |stage: &str| assessment.plan.zones.iter().filter(|zone| zone.stage.as_str() == stage).count();
        let grade = assessment.grade.awarded.as_ref().map_or("—".to_owned(), |grade| format!("`{grade}`"));
        let coverage = assessment.total.coverage.get();
        let codes = Vec::from_iter(findings(id)).join(" ");
        assert_eq!(rows.len(), 2, "{id}: one row in each language");
        for (row, comma) in rows.iter().zip([", ", "，"]) {
            let said: Vec<&str> = row.iter().skip(1).take(6).map(String::as_str).collect();
            let found = [
                format!("`{}`", json(id)["community"]["type"].as_str().unwrap()),
                format!("{} `built`{comma}{} `new`", stages("built"), stages("new")),
                format!("{:.1}", assessment.total.score.unwrap().get()),
                format!("{:.0} %", if coverage < 1.0 { (coverage * 100.0).round().min(99.0) } else { 100.0 }),
                grade.clone(),
                if codes.is_empty() { "—".to_owned() } else { codes.clone() },
            ];
            assert_eq!(said, found, "{id}");
            assert!(!row[7].is_empty(), "{id} has no reason");
        }
    }
}

#[test]
fn the_eight_climb_the_whole_ladder() {
    let awarded: Vec<Option<String>> = EIGHT.iter().map(|id| assess(id).grade.awarded.map(|grade| grade.to_string())).collect();
    let reached: BTreeSet<&str> = awarded.iter().flatten().map(String::as_str).collect();
    let ladder: Vec<&str> = reference::standard().grades.iter().map(|grade| grade.id.as_str()).collect();
    assert_eq!(reached, ladder.iter().copied().collect());
    assert!(awarded.contains(&None));
    let best = ladder.last().copied();
    assert_eq!(awarded.iter().filter(|grade| grade.as_deref() == best).count(), 1, "the best grade is rare");
}

/// Each story hangs on what the engine reports as standing before the next grade, and on nothing else.
#[test]
fn each_grade_has_the_reason_that_the_page_tells() {
    use ObstacleKind::{Coverage, Floor, GateFailed, GateUnknown, Total};
    let expected: [(&str, &[(ObstacleKind, &str)]); 8] = [
        ("new-shougang", &[(GateUnknown, "indoor-air-compliance"), (GateFailed, "aed-density"), (GateFailed, "charging-ready-parking")]),
        ("wangjing", &[(Floor, "neighbourhood-interaction")]),
        ("zhongguancun-science-city", &[(Floor, "ecology-low-carbon")]),
        ("future-science-city", &[(Total, "")]),
        ("tongzhou", &[(Coverage, "")]),
        ("shunyi", &[(GateFailed, "aed-density")]),
        ("huairou-science-city", &[(Coverage, "neighbourhood-interaction"), (Coverage, "medical-health")]),
        ("beijing-etda", &[]),
    ];
    for (id, reasons) in expected {
        assert_eq!(obstacles(&assess(id)), reasons, "{id}");
    }
    // A higher total need not be a higher grade.
    let total = |id| assess(id).total.score.unwrap();
    assert!(total("zhongguancun-science-city") > total("beijing-etda"));
    // The total and the gates of Wangjing would carry two stars, and all that is hard scores higher than all that is soft.
    let wangjing = assess("wangjing");
    let floor = reference::standard().grades.iter().find(|grade| grade.id.as_str() == "two-star").unwrap();
    assert!(total("wangjing").get() >= floor.total.get());
    let lens = wangjing.lenses.iter().find(|lens| lens.id.as_str() == "element").unwrap();
    let side = |tag: &str| lens.tags.iter().find(|t| t.id.as_str() == tag).unwrap().score.unwrap();
    assert!(side("hard") > side("soft"));
}

#[test]
fn every_state_of_an_observation_occurs() {
    let mut states = BTreeSet::new();
    for id in EIGHT {
        for observation in array(&json(id), "observations") {
            states.insert(observation.get("state").and_then(Value::as_str).unwrap_or("reported").to_owned());
        }
    }
    let all = ["estimated", "missing", "not_applicable", "not_assessed", "reported", "withheld"];
    assert_eq!(states.iter().map(String::as_str).collect::<Vec<_>>(), all);
}

/// A number that is not marked as illustrative names a page: a fact in `source`, an asset in `uri`, an observation in its evidence.
#[test]
fn every_number_is_illustrative_or_has_a_source() {
    let mut public = 0;
    let mut sourced = |what: &Value, source: Option<&str>, id: &str| {
        if !illustrative(what) {
            assert!(source.is_some_and(|source| source.contains("http")), "{id}: {what}");
            public += 1;
        }
    };
    for id in EIGHT {
        let document = json(id);
        let evidence: BTreeMap<&str, &Value> = array(&document, "evidence").iter().map(|e| (e["id"].as_str().unwrap(), e)).collect();
        let community = &document["community"];
        let zones = array(community, "zones");
        for fact in std::iter::once(community).chain(zones).flat_map(|place| place["facts"].as_object().unwrap().values()) {
            sourced(fact, fact.get("source").and_then(|source| source["zh"].as_str()), id);
        }
        for zone in zones {
            sourced(zone, None, id);
        }
        for asset in array(community, "assets") {
            sourced(asset, asset.get("uri").and_then(Value::as_str), id);
        }
        for observation in array(&document, "observations") {
            let source = observation.get("evidence").and_then(|ids| evidence[ids[0].as_str()?].get("uri")?.as_str());
            sourced(observation, source, id);
        }
        assert!(array(&document, "evidence").iter().all(|e| e.get("sha256").is_none() || e["uri"].as_str().unwrap().starts_with("urn:example:")));
        for language in ["zh", "en"] {
            assert!(document["notice"][language].is_string() && community["description"][language].is_string(), "{id}");
        }
    }
    assert!(public > 0, "the sources are there to be tested");
}

#[test]
fn identifiers_are_unique() {
    let mut once = BTreeSet::new();
    for id in EIGHT {
        let document = json(id);
        let community = &document["community"];
        assert_eq!(community["id"], id);
        assert!(once.insert(document["id"].as_str().unwrap().to_owned()), "{id}");
        for list in [array(community, "zones"), array(community, "assets"), array(&document, "evidence")] {
            let ids: BTreeSet<&str> = list.iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), list.len(), "{id}");
        }
    }
}

/// People, jobs and land are whole: the zones add up to the community, and nobody lives or works outside a zone.
#[test]
fn the_zones_add_up_to_the_community() {
    for id in EIGHT {
        let document = json(id);
        let community = &document["community"];
        for (fact, whole) in community["facts"].as_object().unwrap() {
            let Some(whole) = whole.get("value").and_then(Value::as_f64) else { continue };
            let sum: f64 = array(community, "zones").iter().map(|zone| zone["facts"][fact]["value"].as_f64().unwrap()).sum();
            assert!((sum - whole).abs() < 1e-6, "{id}: the zones have {sum} of {fact}, the community {whole}");
            assert!(fact == "area" || whole.fract() == 0.0, "{id}: {fact} is counted in whole numbers");
        }
    }
}

#[test]
fn the_eight_differ_in_type_stages_and_rings() {
    let mut shapes = BTreeSet::new();
    let mut types = BTreeSet::new();
    let mut rings = BTreeSet::new();
    for id in EIGHT {
        let document = json(id);
        let zones = array(&document["community"], "zones");
        let built = assess(id).plan.zones.iter().filter(|zone| zone.stage.as_str() == "built").count();
        shapes.insert((zones.len(), built));
        types.insert(document["community"]["type"].as_str().unwrap().to_owned());
        rings.insert(zones.iter().filter_map(|zone| zone.get("ring").and_then(Value::as_u64)).max().unwrap());
    }
    assert_eq!(Vec::from_iter(types), ["business", "industry", "innovation", "living"]);
    assert!(shapes.len() >= 6 && rings.len() >= 2, "{shapes:?} {rings:?}");
}
