//! The same submissions as two tables, by methods that measure communities against each other.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use talent_model::comparison::{Comparison, RelativeValues};
use talent_model::diagnostic::Code;
use talent_model::index::{Direction, IndexMethod};
use talent_model::{Document, Submission, reference};
use talent_score::Evaluator;
use talent_score::compare::{Cohort, CompareOptions, Entry};

const EIGHT: [&str; 8] =
    ["new-shougang", "wangjing", "zhongguancun-science-city", "future-science-city", "tongzhou", "shunyi", "huairou-science-city", "beijing-etda"];

fn submissions() -> Vec<Submission> {
    let read = |id: &&str| {
        let path = format!("{}/../docs/examples/{id}.submission.json", env!("CARGO_MANIFEST_DIR"));
        Submission::from_json(&std::fs::read(path).unwrap()).unwrap()
    };
    EIGHT.iter().map(read).collect()
}

fn with<T>(run: impl FnOnce(&Cohort<'_>) -> T) -> T {
    let evaluator = Evaluator::new(reference::standard()).unwrap();
    let submissions = submissions();
    let entries: Vec<Entry<'_>> = submissions.iter().map(|submission| Entry { evaluator: &evaluator, submission, community: None }).collect();
    run(&Cohort::new(&entries, &CompareOptions::default()).unwrap())
}

fn method(text: &str) -> IndexMethod {
    IndexMethod::from_json(text.as_bytes()).unwrap()
}

/// Scores are on one scale already: with the standard's own weights and mean, the index is the total.
#[test]
fn the_scores_joined_as_the_standard_joins_them_are_the_totals() {
    let arithmetic =
        method(r#"{"steps": [{"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}, {"type": "rank", "ties": "competition"}]}"#);
    let comparison = with(|cohort| cohort.compare_with(RelativeValues::Scores, &arithmetic).unwrap());
    let relative = comparison.relative.as_ref().unwrap();
    // One of the eight is not eligible, and has no place in the cohort.
    assert_eq!((relative.communities.get(), relative.index.units.len()), (7.0, 7));
    let top = &relative.index.nodes[0];
    for (unit, own) in relative.index.units.iter().zip(&top.scores) {
        let one = comparison.communities.iter().find(|one| one.community.id.as_str() == unit.as_str()).unwrap();
        // The weights of an indicator differ where it has two stages' criteria; with two stages its weight is their mean.
        assert!((own.score.unwrap().get() - one.total.score.unwrap().get()).abs() < 1e-9, "{unit}: {own:?} {:?}", one.total);
        assert_eq!(own.rank, one.rank.as_ref().map(|rank| rank.rank));
    }
    let found: Vec<Code> = comparison.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(found, [Code::NotRanked, Code::RelativeCohort]);
    assert_eq!(comparison.diagnostics[1].params["count"], "7");
    assert_eq!(Comparison::from_json(comparison.to_json().as_bytes()).unwrap(), comparison);
}

#[test]
fn relative_methods_run_over_the_communities() {
    for (values, steps) in [
        (RelativeValues::Scores, r#"{"type": "aggregate", "how": {"type": "topsis"}, "missing": "exclude"}"#),
        (RelativeValues::Scores, r#"{"type": "aggregate", "how": {"type": "copeland"}, "missing": "exclude"}"#),
        (
            RelativeValues::Measures,
            r#"{"type": "normalise", "how": {"type": "min_max"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}"#,
        ),
    ] {
        let steps = if values == RelativeValues::Scores {
            format!(r#"{{"type": "impute", "how": {{"type": "median"}}}}, {steps}"#)
        } else {
            steps.to_owned()
        };
        let comparison = with(|cohort| {
            let method = method(&format!(r#"{{"steps": [{steps}, {{"type": "rank", "ties": "competition"}}]}}"#));
            cohort.compare_with(values, &method).unwrap_or_else(|error| panic!("{error}"))
        });
        let relative = comparison.relative.unwrap();
        assert_eq!(relative.values, values);
        assert!(relative.index.nodes[0].scores.iter().all(|own| own.rank.is_some()), "{steps}");
        // The absolute part is what it is without.
        assert_eq!(comparison.pairs, with(|cohort| cohort.compare()).pairs);
    }
}

#[test]
fn measures_have_the_direction_of_their_rules() {
    let (table, found) = with(|cohort| cohort.tables(RelativeValues::Measures));
    let row = |code: &str| table.rows.iter().find(|row| row.code.as_str() == code).unwrap();
    // Measured in built and new areas: a group of two columns.
    let rent = row("talent-rent-to-income@built");
    assert_eq!((rent.direction, rent.parent.as_ref().unwrap().as_str()), (Some(Direction::Lower), "talent-rent-to-income"));
    assert_eq!(row("talent-housing-rate@new").direction, None);
    assert!(table.columns.iter().all(|(_, values)| values.len() == table.units.len()));
    // What is best in the middle has no direction, and is said to be left out.
    assert!(!found.is_empty() && found.iter().all(|d| d.code == Code::NoDirection));
    for diagnostic in &found {
        let code = &diagnostic.params["found"];
        assert!(table.columns.iter().all(|(name, _)| name.split('@').next() != Some(code)), "{code}");
    }
    assert_eq!(table.groups[0].0, "peers");
}

#[test]
fn a_method_that_does_not_fit_is_refused() {
    let unknown = method(
        r#"{"steps": [{"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude", "each": {"nothing": {"type": "geometric"}}}]}"#,
    );
    let error = with(|cohort| cohort.compare_with(RelativeValues::Scores, &unknown).unwrap_err());
    assert!(error.diagnostics.iter().any(|d| d.code == Code::IndexUnknownName), "{error}");
}
