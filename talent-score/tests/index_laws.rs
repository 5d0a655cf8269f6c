//! Laws of indices from two tables, on random tables: small whole numbers, so that ties, constants, zeros, negatives, gaps and duplicates are common.
#![cfg(feature = "index")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Value, json};
use talent_model::Lang;
use talent_model::diagnostic::message;
use talent_model::index::{IndexMethod, IndexRow};
use talent_score::index::{CheckedTable, IndexError, Name, Outcome, Pipeline, Table};

/// Columns of equal length with their weights; a gap is `None`.
#[derive(Clone, Debug)]
struct World {
    weights: Vec<f64>,
    columns: Vec<Vec<Option<i8>>>,
}

impl World {
    fn rows(&self) -> Vec<Value> {
        (0..self.columns.len()).map(|j| json!({"code": format!("c{j}"), "weight": self.weights[j], "goalposts": {"low": -5, "high": 10}})).collect()
    }

    fn table(&self) -> Table {
        let units = self.columns[0].len();
        let value = |x: &Option<i8>| x.map_or(f64::NAN, f64::from);
        Table {
            rows: serde_json::from_value::<Vec<IndexRow>>(json!(self.rows())).unwrap(),
            units: (0..units).map(|i| format!("u{i}").into()).collect(),
            columns: self.columns.iter().enumerate().map(|(j, column)| (format!("c{j}"), column.iter().map(value).collect())).collect(),
            groups: vec![("half".into(), (0..units).map(|i| (i % 2).to_string()).collect())],
            times: Vec::new(),
        }
    }
}

fn cell(gaps: bool) -> BoxedStrategy<Option<i8>> {
    if gaps { prop_oneof![1 => Just(None), 6 => (-3_i8..9).prop_map(Some)].boxed() } else { (0_i8..9).prop_map(Some).boxed() }
}

fn world(gaps: bool, most: usize) -> impl Strategy<Value = World> {
    (1_usize..5, 1_usize..=most).prop_flat_map(move |(k, n)| {
        let weights = prop::collection::vec(prop_oneof![1 => Just(0.0), 6 => (1_u8..5).prop_map(f64::from)], k);
        let columns = prop::collection::vec(prop::collection::vec(cell(gaps), n), k);
        (weights, columns).prop_map(|(weights, columns)| World { weights, columns })
    })
}

fn with_weight(gaps: bool, most: usize) -> impl Strategy<Value = World> {
    world(gaps, most).prop_filter("some weight", |world| world.weights.iter().any(|w| *w > 0.0))
}

fn run(table: &Table, steps: &Value) -> Result<Outcome, IndexError> {
    Pipeline::new(table, &IndexMethod::from_json(json!({ "steps": steps }).to_string().as_bytes()).unwrap())?.run()
}

fn normalisations() -> Vec<Value> {
    let words = ["min_max", "z_score", "rank", "borda", "percentile_rank", "distance_to_max", "distance_to_min", "share_of_max", "sum", "vector"];
    let mut all: Vec<Value> = words.iter().map(|word| json!({ "type": word })).collect();
    all.extend([
        json!({"type": "goalposts"}),
        json!({"type": "as_is"}),
        json!({"type": "around_reference"}),
        json!({"type": "distance_to_reference", "unit": "u0"}),
        json!({"type": "categorical", "categories": [{"score": 0}, {"from": 3, "score": 1}]}),
    ]);
    all
}

const COMBINATIONS: [&str; 15] = [
    "arithmetic",
    "geometric",
    "harmonic",
    "minimum",
    "mpi",
    "ampi",
    "copeland",
    "benefit_of_the_doubt",
    "weighted_sum",
    "weighted_product",
    "topsis",
    "vikor",
    "promethee",
    "copras",
    "electre",
];
const WEIGHTINGS: [&str; 7] = ["given", "equal", "entropy", "critic", "deviation", "pca", "equal_influence"];

fn preparations() -> Vec<Value> {
    vec![
        json!({"type": "screen", "units": 0.5, "indicators": 0.5}),
        json!({"type": "impute", "how": {"type": "mean", "group": "half"}}),
        json!({"type": "impute", "how": {"type": "median"}}),
        json!({"type": "impute", "how": {"type": "regression"}}),
        json!({"type": "impute", "how": {"type": "knn", "neighbours": 2}}),
        json!({"type": "impute", "how": {"type": "em"}}),
        json!({"type": "treat", "how": {"type": "winsorise"}, "skewness": 0.5, "kurtosis": -1}),
        json!({"type": "treat", "how": {"type": "log"}, "always": true}),
        json!({"type": "treat", "how": {"type": "box_cox"}, "always": true}),
        json!({"type": "treat", "how": {"type": "quantiles"}, "always": true}),
    ]
}

/// Scores by unit, in the order of the units' names.
fn scores(outcome: &Outcome) -> Vec<(Name, f64)> {
    let mut all: Vec<(Name, f64)> = outcome.units.iter().cloned().zip(outcome.top().scores.iter().copied()).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    all
}

fn alike(a: &[(Name, f64)], b: &[(Name, f64)]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|((a, x), (b, y))| a == b && (x.is_nan() && y.is_nan() || (x - y).abs() < 1e-9 * (1.0 + x.abs())))
}

fn joined(how: &str, missing: &str) -> Value {
    json!([{"type": "normalise", "how": {"type": "goalposts", "low": 1}}, {"type": "aggregate", "how": {"type": how}, "missing": missing}])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn any_table_under_any_method_comes_to_numbers_or_to_findings_in_both_languages(
        world in world(true, 7),
        prepare in prop::sample::select(preparations()),
        normalise in prop::sample::select(normalisations()),
        weigh in prop::sample::select(WEIGHTINGS.to_vec()),
        combine in prop::sample::select(COMBINATIONS.to_vec()),
        missing in prop::sample::select(vec!["exclude", "zero", "refuse"]),
    ) {
        let table = world.table();
        let steps = json!([
            prepare,
            {"type": "normalise", "how": normalise},
            {"type": "weigh", "how": {"type": weigh}},
            {"type": "aggregate", "how": {"type": combine}, "missing": missing},
            {"type": "rank", "ties": "competition"},
        ]);
        let found = match run(&table, &steps) {
            Ok(outcome) => {
                let top = outcome.top();
                for (unit, score) in top.scores.iter().enumerate() {
                    prop_assert!(!score.is_infinite());
                    // Where every member is known there is a score; and a rank is where a score is.
                    let known = outcome.values.iter().all(|column| !column[unit].is_nan());
                    prop_assert!(!known || !score.is_nan(), "{:?}", outcome.values);
                    prop_assert_eq!(score.is_nan(), top.ranks[unit].is_nan());
                }
                serde_json::to_string(&outcome.document(&table)).unwrap();
                outcome.diagnostics
            }
            Err(error) => {
                prop_assert!(!error.diagnostics.is_empty());
                error.diagnostics
            }
        };
        for one in &found {
            let (en, zh) = (message(one, Lang::En), message(one, Lang::Zh));
            prop_assert!(!en.contains('{') && !zh.contains('{') && en != zh, "{} {}", en, zh);
        }
    }

    #[test]
    fn the_order_of_units_rows_and_columns_never_matters(world in with_weight(false, 8), combine in prop::sample::select(COMBINATIONS.to_vec())) {
        let table = world.table();
        let mut turned = table.clone();
        turned.units.reverse();
        turned.rows.reverse();
        turned.columns.reverse();
        for (_, column) in &mut turned.columns {
            *column = column.iter().rev().copied().collect();
        }
        turned.groups.clear();
        let steps = joined(combine, "exclude");
        let (a, b) = (run(&table, &steps), run(&turned, &steps));
        prop_assert_eq!(a.is_ok(), b.is_ok());
        if let (Ok(a), Ok(b)) = (a, b) {
            prop_assert!(alike(&scores(&a), &scores(&b)), "{:?} {:?}", scores(&a), scores(&b));
        }
    }

    #[test]
    fn an_indicator_of_weight_zero_changes_nothing(
        world in with_weight(true, 8),
        extra in prop::collection::vec((0_i8..9).prop_map(Some), 8),
        combine in prop::sample::select(COMBINATIONS.iter().filter(|how| **how != "benefit_of_the_doubt" && **how != "electre").copied().collect::<Vec<_>>()),
    ) {
        let mut more = world.clone();
        more.weights.push(0.0);
        more.columns.push(extra[..world.columns[0].len()].to_vec());
        // Refused members are refused whatever they weigh; whoever excludes or fills in must not notice.
        let steps = joined(combine, "zero");
        let (a, b) = (run(&world.table(), &steps), run(&more.table(), &steps));
        if let (Ok(a), Ok(b)) = (a, b) {
            prop_assert!(alike(&scores(&a), &scores(&b)), "{:?} {:?}", scores(&a), scores(&b));
        }
    }

    #[test]
    fn an_indicator_split_into_equal_halves_changes_no_mean(
        world in with_weight(false, 8),
        combine in prop::sample::select(vec!["arithmetic", "geometric", "harmonic", "minimum", "weighted_sum", "weighted_product", "copeland", "promethee"]),
    ) {
        let mut split = world.clone();
        split.weights[0] /= 2.0;
        split.weights.push(split.weights[0]);
        split.columns.push(world.columns[0].clone());
        let steps = joined(combine, "exclude");
        let (a, b) = (run(&world.table(), &steps).unwrap(), run(&split.table(), &steps).unwrap());
        prop_assert!(alike(&scores(&a), &scores(&b)), "{:?} {:?}", scores(&a), scores(&b));
    }

    #[test]
    fn a_better_value_never_lowers_the_score_of_a_monotone_method(
        world in with_weight(false, 8),
        which in any::<prop::sample::Index>(),
        of in any::<prop::sample::Index>(),
        combine in prop::sample::select(vec!["arithmetic", "geometric", "harmonic", "minimum", "weighted_sum", "weighted_product", "copeland", "promethee", "benefit_of_the_doubt"]),
    ) {
        let (j, unit) = (which.index(world.columns.len()), of.index(world.columns[0].len()));
        let mut better = world.clone();
        better.columns[j][unit] = better.columns[j][unit].map(|x| x + 2);
        let steps = joined(combine, "exclude");
        let (before, after) = (run(&world.table(), &steps).unwrap(), run(&better.table(), &steps).unwrap());
        let (before, after) = (before.top().scores[unit], after.top().scores[unit]);
        prop_assert!(after >= before - 1e-9, "{} {}", before, after);
    }

    #[test]
    fn tables_that_were_checked_once_give_the_same_outcome(world in with_weight(true, 8)) {
        let method = IndexMethod::from_json(json!({ "steps": joined("arithmetic", "exclude") }).to_string().as_bytes()).unwrap();
        let checked = CheckedTable::new(world.table()).unwrap();
        let (a, b) = (Pipeline::on(&checked, &method).unwrap().run(), Pipeline::new(checked.table(), &method).unwrap().run());
        // Not a number equals nothing, so the outcomes are compared as they print.
        prop_assert_eq!(format!("{a:?}"), format!("{b:?}"));
    }
}

/// The same bits, however many threads there are.
#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_never_shows() {
    let mut state = 7_u64;
    let mut draw = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Some(i8::try_from((state >> 33) % 9).unwrap())
    };
    let world = World { weights: vec![1.0, 2.0, 3.0, 1.5], columns: (0..4).map(|_| (0..20_000).map(|_| draw()).collect()).collect() };
    let table = world.table();
    for combine in ["arithmetic", "geometric", "topsis", "vikor", "weighted_sum"] {
        let steps = json!([{"type": "normalise", "how": {"type": "z_score", "mean": 100}}, {"type": "aggregate", "how": {"type": combine}, "missing": "exclude"}]);
        let with = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| run(&table, &steps).unwrap().top().scores.iter().map(|x| x.to_bits()).collect::<Vec<u64>>())
        };
        let one = with(1);
        assert!([2, 3, 8].into_iter().all(|threads| with(threads) == one), "{combine}");
    }
}
