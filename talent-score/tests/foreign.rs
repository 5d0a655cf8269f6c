//! Four systems that others made, in this data model: what they publish comes out, or their rules do as worked by hand. See `docs/design/generality.md`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use talent_model::assessment::ObstacleKind;
use talent_model::quantity::Number;
use talent_model::submission::State;
use talent_model::{Assessment, Document, Standard, Submission, check};
use talent_score::Evaluator;

const SYSTEMS: [&str; 4] = ["hdi", "u4ssc", "leed-nd", "dgnb"];

fn folder(system: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign").join(system)
}

fn read(system: &str, file: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder(system).join(file)).unwrap()).unwrap()
}

fn standard_of(document: &Value) -> Standard {
    Standard::from_json(document.to_string().as_bytes()).unwrap()
}

fn standard(system: &str) -> Standard {
    standard_of(&read(system, "standard.json"))
}

fn submission(system: &str, name: &str) -> Value {
    read(system, &format!("{name}.submission.json"))
}

fn assess(standard: &Standard, submission: &Value) -> Assessment {
    talent_score::assess(standard, &Submission::from_json(submission.to_string().as_bytes()).unwrap()).unwrap()
}

fn assessed(system: &str, name: &str) -> Assessment {
    assess(&standard(system), &submission(system, name))
}

fn total(assessment: &Assessment) -> f64 {
    assessment.total.score.unwrap().get()
}

fn grade(assessment: &Assessment) -> Option<&str> {
    assessment.grade.awarded.as_ref().map(|grade| grade.as_str())
}

/// What stands before the next grade: the kind, and the node where there is one.
fn obstacles(assessment: &Assessment) -> Vec<(ObstacleKind, Option<&str>)> {
    assessment.grade.obstacles.iter().map(|o| (o.kind, o.node.as_ref().map(|node| node.as_str()))).collect()
}

fn score(assessment: &Assessment, indicator: &str) -> f64 {
    assessment.indicators.iter().find(|i| i.id == *indicator).unwrap().score.unwrap().get()
}

fn node(assessment: &Assessment, node: &str) -> f64 {
    assessment.nodes.iter().find(|n| n.id == *node).unwrap().score.score.unwrap().get()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-9
}

#[test]
fn the_systems_are_expressed_without_a_finding() {
    for system in SYSTEMS {
        assert_eq!(check::standard(&standard(system)), [], "{system}");
    }
}

/// Every submission of every system as a row: the same total, bounds, coverage, scenarios and grade to the last bit.
#[test]
fn a_row_equals_the_single_assessment_in_every_system() {
    let mut count = 0;
    for system in SYSTEMS {
        let standard = standard(system);
        let evaluator = Evaluator::new(&standard).unwrap();
        for entry in std::fs::read_dir(folder(system)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let Some(name) = name.strip_suffix(".submission.json") else { continue };
            let assessment = assess(&standard, &submission(system, name));
            let measures: Vec<f64> = assessment
                .indicators
                .iter()
                .map(|indicator| match &indicator.stages[0] {
                    stage if stage.state == State::NotApplicable => f64::INFINITY,
                    stage => stage.measure.map_or(f64::NAN, Number::get),
                })
                .collect();
            let plan = evaluator.row_plan(assessment.indicators[0].stages[0].stage.as_str()).unwrap();
            let row = plan.score_table(&measures).remove(0);
            let whole = &assessment.total;
            assert_eq!(Some(row.total).filter(|t| !t.is_nan()), whole.score.map(Number::get), "{system} {name}");
            assert_eq!((row.low, row.high, row.coverage), (whole.low.get(), whole.high.get(), whole.coverage.get()), "{system} {name}");
            let scenarios = assessment.nodes.iter().filter(|n| n.depth.get() == 1.0).map(|n| n.score.score.map(Number::get));
            assert_eq!(row.scenarios.iter().map(|s| Some(*s).filter(|s| !s.is_nan())).collect::<Vec<_>>(), scenarios.collect::<Vec<_>>());
            assert_eq!(row.grade.map(|at| standard.grades[at].id.as_str()), grade(&assessment), "{system} {name}");
            count += 1;
        }
    }
    assert!(count >= 17, "only {count} submissions");
}

mod human_development {
    use super::*;

    fn countries() -> Vec<Value> {
        read("hdi", "countries.json")["countries"].as_array().unwrap().clone()
    }

    fn of(country: &Value) -> Value {
        let mut answers = submission("hdi", "switzerland");
        for (at, member) in ["life_expectancy", "expected_schooling", "mean_schooling", "national_income"].iter().enumerate() {
            answers["observations"][at]["value"] = country[member].clone();
        }
        answers
    }

    #[test]
    fn the_published_index_and_group_of_every_country_come_out() {
        let standard = standard("hdi");
        let countries = countries();
        assert!(countries.len() >= 12);
        for country in &countries {
            let assessment = assess(&standard, &of(country));
            // Published to three digits: the total is 100 times the index.
            let index = (total(&assessment) * 10.0).round() / 1000.0;
            assert_eq!(Some(index), country["index"].as_f64(), "{}", country["country"]);
            assert_eq!(grade(&assessment), country["group"].as_str(), "{}", country["country"]);
        }
        // All four groups occur, and values beyond every goalpost that a country of 2021 passes.
        for group in ["low", "medium", "high", "very-high"] {
            assert!(countries.iter().any(|country| country["group"] == group), "{group}");
        }
        for (member, goalpost) in [("life_expectancy", 85.0), ("expected_schooling", 18.0), ("national_income", 75_000.0)] {
            assert!(countries.iter().any(|country| country[member].as_f64().unwrap() > goalpost), "{member}");
        }
    }

    /// Switzerland 2021 by hand. Life: (83.9872 − 20) / 65 = 0.98442. Schooling: 16.5003 / 18 = 0.91668 and 13.8597 / 15 = 0.92398, mean 0.92033.
    /// Income: ln(66,933 / 100) / ln(750) = 6.50628 / 6.62007 = 0.98281. The cube root of the product 0.89042 is 0.96205: published as 0.962.
    #[test]
    fn the_way_from_four_numbers_to_the_index() {
        let assessment = assessed("hdi", "switzerland");
        let near = |a: f64, b: f64| assert!((a - b).abs() < 5e-4, "{a} {b}");
        near(node(&assessment, "health"), 98.442);
        near(node(&assessment, "education"), 92.033);
        near(node(&assessment, "income"), 98.281);
        near(total(&assessment), 96.205);
        assert_eq!(grade(&assessed("hdi", "niger")), Some("low"));
    }

    /// Life 72: 52 / 65. Schooling 14.4 / 18 and 12 / 15. Income 100 · 750^0.8. Each is 0.8, and 0.800 is very high; a day less of life is not.
    #[test]
    fn exactly_on_the_line_of_a_group() {
        let on = submission("hdi", "on-the-line");
        let standard = standard("hdi");
        assert!(close(total(&assess(&standard, &on)), 80.0));
        assert_eq!(grade(&assess(&standard, &on)), Some("very-high"));
        let mut below = on;
        below["observations"][0]["value"] = json!(72.0 - 1.0 / 365.0);
        assert_eq!(grade(&assess(&standard, &below)), Some("high"));
    }

    #[test]
    fn the_index_is_one_at_most_and_nothing_without_its_three_dimensions() {
        let standard = standard("hdi");
        let beyond = json!({"life_expectancy": 90, "expected_schooling": 23, "mean_schooling": 16, "national_income": 120_000});
        assert_eq!(total(&assess(&standard, &of(&beyond))), 100.0);
        let without = assessed("hdi", "without-income");
        assert!(without.total.score.is_none() && grade(&without).is_none());
        // The geometric mean: income at its least takes everything, at its best leaves (0.8 · 0.8 · 1)^(1/3) = 0.86177.
        assert_eq!(without.total.low.get(), 0.0);
        assert!((without.total.high.get() - 86.177).abs() < 5e-4);
    }

    /// What the logarithm is for: without it, Viet Nam's income of 7,867 would count 0.104 and not 0.659.
    #[test]
    fn a_straight_line_in_income_gives_another_index() {
        let mut document = read("hdi", "standard.json");
        let rule = &mut document["scenarios"][2]["indicators"][0]["criteria"][0]["rule"];
        assert_eq!(rule.as_object_mut().unwrap().remove("scale"), Some(json!("logarithmic")));
        let viet_nam = countries().into_iter().find(|c| c["country"] == "Viet Nam").unwrap();
        let (logarithmic, linear) = (assess(&standard("hdi"), &of(&viet_nam)), assess(&standard_of(&document), &of(&viet_nam)));
        assert!((node(&logarithmic, "income") - 65.944).abs() < 5e-3 && (node(&linear, "income") - 10.370).abs() < 5e-3);
        assert_eq!((grade(&logarithmic), grade(&linear)), (Some("high"), Some("low")));
    }
}

mod per_cent_of_target {
    use super::*;

    const SCORED: [&str; 8] = [
        "connected-households",
        "online-services",
        "renewable-power",
        "fine-dust",
        "recycled-waste",
        "physicians",
        "solved-burglaries",
        "library-visits",
    ];

    /// Answers on the edges belong to the better band. Households 95 of 100: 4 points. Services 76 of the city's own 80 = 95 %: 4. Power 33 of 50 = 66 %: 3.
    /// Dust 10 / 15.15 = 66 % of the target, less being better: 3. Waste 19.8 of 60 = 33 %: 2. Physicians 198 of 300 = 66 %: 3. Burglaries 13.2 of 40 = 33 %: 2.
    /// Library 4.75 of 5 = 95 %: 4. Together 25 of 32 points = 78.125 %. Inventions have no target and count nowhere.
    #[test]
    fn an_edge_belongs_to_the_better_band() {
        let on = assessed("u4ssc", "every-edge");
        assert_eq!(SCORED.map(|kpi| score(&on, kpi) / 25.0), [4.0, 4.0, 3.0, 3.0, 2.0, 3.0, 2.0, 4.0]);
        assert_eq!((total(&on), grade(&on)), (78.125, Some("band-3")));
        // A little less in each (dust: more) is one band less in each: 17 of 32 points.
        let below = assessed("u4ssc", "below-every-edge");
        assert_eq!(SCORED.map(|kpi| score(&below, kpi) / 25.0), [3.0, 3.0, 2.0, 2.0, 1.0, 2.0, 1.0, 3.0]);
        assert_eq!((total(&below), grade(&below)), (53.125, Some("band-2")));
    }

    /// Five of eight are reported, with 4 + 4 + 4 + 4 + 3 = 19 of 20 possible points: 95 %, exactly the best band. The three others are left out of both sums, and
    /// seen in the coverage (5 of 8) and in the bounds: 19 + 3 · 1 = 22 of 32 points at worst, 19 + 3 · 4 = 31 at best.
    #[test]
    fn what_is_not_reported_is_left_out_of_the_mean_and_seen_beside_it() {
        let few = assessed("u4ssc", "few-but-good");
        assert_eq!((total(&few), grade(&few)), (95.0, Some("band-4")));
        assert_eq!(few.total.coverage.get(), 0.625);
        assert_eq!((few.total.low.get(), few.total.high.get()), (68.75, 96.875));
        // Points reached and possible: economy 8 of 8, environment 8 of 8, society 3 of 4.
        let points: Vec<(f64, f64)> = few.nodes.iter().skip(1).map(|n| (n.score.score.unwrap().get(), n.score.full.get())).collect();
        assert_eq!(points, [(8.0, 8.0), (8.0, 8.0), (3.0, 4.0)]);
        // Each of the five weighs a fifth, wherever it stands.
        let weights: Vec<f64> = few.indicators.iter().map(|i| i.effective_weight.get()).filter(|weight| *weight > 0.0).collect();
        assert!(weights.len() == 5 && weights.iter().all(|weight| close(*weight, 0.2)), "{weights:?}");
    }
}

mod points {
    use super::*;

    #[test]
    fn the_scorecard_has_its_published_shape() {
        let everything = assessed("leed-nd", "everything");
        assert_eq!((total(&everything), everything.total.full.get()), (110.0, 110.0));
        assert_eq!(grade(&everything), Some("platinum"));
        let full: Vec<f64> = everything.nodes.iter().map(|n| n.score.full.get()).collect();
        assert_eq!(full, [27.0, 44.0, 29.0, 6.0, 4.0]);
        // A credit weighs its points of 110, in whatever category.
        for (credit, points) in [("location-1", 10.0), ("pattern-1", 12.0), ("innovation-1", 5.0), ("region-4", 1.0)] {
            let indicator = everything.indicators.iter().find(|i| i.id == *credit).unwrap();
            assert!(close(indicator.effective_weight.get(), points / 110.0) && close(indicator.contribution.unwrap().get(), points), "{credit}");
        }
    }

    /// Location 27, pattern 12 + 6 + 4 + 1 = 23, green 5 + 2 + 1 + 1 + 1 = 10: 60 points are gold, 59 are silver.
    #[test]
    fn a_grade_begins_at_its_points() {
        let (sixty, less) = (assessed("leed-nd", "sixty"), assessed("leed-nd", "fifty-nine"));
        assert_eq!((total(&sixty), grade(&sixty)), (60.0, Some("gold")));
        assert_eq!((total(&less), grade(&less)), (59.0, Some("silver")));
        assert_eq!(obstacles(&less), [(ObstacleKind::Total, None)]);
    }

    /// 3 of 10, 4 of 7, 7 of 12 … are no whole per cents of their credits, and still make 40 points: 8 + 20 + 8 + 3 + 1.
    #[test]
    fn parts_of_credits_add_up_to_the_line() {
        let forty = assessed("leed-nd", "forty-in-parts");
        assert!(close(total(&forty), 40.0));
        assert_eq!(grade(&forty), Some("certified"));
        assert_eq!(["location", "pattern", "green", "innovation", "region"].map(|id| node(&forty, id).round()), [8.0, 20.0, 8.0, 3.0, 1.0]);
    }

    /// A prerequisite has no points, and without it no points help: 110 of 110 and no grade. One that is not known is not fulfilled either.
    #[test]
    fn a_prerequisite_is_worth_nothing_and_decides_everything() {
        let failed = assessed("leed-nd", "no-prerequisite");
        assert_eq!((total(&failed), grade(&failed)), (110.0, None));
        assert_eq!(obstacles(&failed), [(ObstacleKind::GateFailed, Some("pattern-prerequisite-2"))]);
        let unknown = assessed("leed-nd", "unknown-prerequisite");
        assert_eq!((total(&unknown), grade(&unknown)), (110.0, None));
        assert_eq!(obstacles(&unknown), [(ObstacleKind::GateUnknown, Some("green-prerequisite-1"))]);
    }
}

mod ladder {
    use super::*;

    /// Topics 35, 50, 50, 55, 60: mean 50, least 35. Both are on the lines of silver.
    #[test]
    fn total_and_minimum_exactly_on_the_line() {
        let silver = assessed("dgnb", "on-silver");
        assert!(close(total(&silver), 50.0) && close(node(&silver, "environment"), 35.0));
        assert_eq!(grade(&silver), Some("silver"));
        // Topics 65, 80, 80, 90, 85: mean 80, least 65. The best grade has nothing before it.
        let platinum = assessed("dgnb", "on-platinum");
        assert!(close(total(&platinum), 80.0) && close(node(&platinum, "environment"), 65.0));
        assert_eq!((grade(&platinum), obstacles(&platinum)), (Some("platinum"), vec![]));
    }

    /// Topics 34, 50, 50, 60, 60: mean 50.8, but 34 is below the minimum of silver. Bronze has no minimum, and is not open to a new building.
    #[test]
    fn a_topic_below_its_minimum_holds_the_whole_back() {
        let new = assessed("dgnb", "below-a-minimum");
        assert!(close(total(&new), 50.8));
        assert_eq!(grade(&new), None);
        let mut document = submission("dgnb", "below-a-minimum");
        document["community"]["zones"][0]["stage"] = json!("existing");
        let existing = assess(&standard("dgnb"), &document);
        assert_eq!(grade(&existing), Some("bronze"));
        assert_eq!(obstacles(&existing), [(ObstacleKind::Floor, Some("environment"))]);
        // Topics 64, 90, 90, 90, 90: mean 84.8, and 64 holds it at gold.
        let gold = assessed("dgnb", "held-at-gold");
        assert!(close(total(&gold), 84.8));
        assert_eq!((grade(&gold), obstacles(&gold)), (Some("gold"), vec![(ObstacleKind::Floor, Some("environment"))]));
    }

    /// Topics 5, 40, 40, 45, 45: mean 35. The same answers are bronze for a building that stands, and nothing for a new one.
    #[test]
    fn the_lowest_grade_is_for_what_exists() {
        let (existing, new) = (assessed("dgnb", "bronze-existing"), assessed("dgnb", "nothing-new"));
        assert!(close(total(&existing), 35.0) && close(total(&new), 35.0));
        assert_eq!((grade(&existing), grade(&new)), (Some("bronze"), None));
        assert_eq!(obstacles(&new), [(ObstacleKind::Stage, None)]);
    }
}
