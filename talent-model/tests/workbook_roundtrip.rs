//! Whatever a submission holds, a workbook holds it too.
#![cfg(feature = "workbook")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use talent_model::workbook::{self, Languages, Shape, TableOptions};
use talent_model::{Document, Lang, Standard, Submission};

const EVERY_KIND: &str = include_str!("../../schemas/vectors/standards/every-kind.json");

/// Texts that spreadsheets are fond of changing.
fn prose() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\\n\\t一-龥０-９，。％　]{1,30}",
        Just("=1+1".to_owned()),
        Just("'quoted".to_owned()),
        Just("007".to_owned()),
        Just("1e5".to_owned()),
        Just("_x000D_ _x0041_".to_owned()),
        Just(" spaces ".to_owned()),
        Just("TRUE".to_owned()),
        Just("<&>\"'\u{fffe}\u{200b}🏙".to_owned()),
        Just("无".to_owned()),
        Just("2026-03-31".to_owned()),
    ]
}

fn line() -> impl Strategy<Value = String> {
    prose().prop_map(|text| text.replace(['\n', '\t'], " "))
}

fn text() -> impl Strategy<Value = Value> {
    prop::collection::btree_map(prop_oneof!["zh", "en", "fr"], prose(), 1..3).prop_map(|map| json!(map))
}

fn number() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(0)),
        (-1000_i32..100_000).prop_map(|n| json!(n)),
        any::<f64>().prop_filter("finite", |n| n.is_finite()).prop_map(|n| json!(n))
    ]
}

fn date() -> impl Strategy<Value = Value> {
    (1000_u32..9999, 1_u32..13, 1_u32..29).prop_map(|(y, m, d)| json!(format!("{y:04}-{m:02}-{d:02}")))
}

/// An object of some of the members.
fn some(members: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = Map<String, Value>> {
    let each = members.into_iter().map(|(name, value)| prop::option::of(value).prop_map(move |value| value.map(|value| (name.to_owned(), value))));
    each.collect::<Vec<_>>().prop_map(|members| members.into_iter().flatten().collect())
}

fn observation(indicator: &'static str, zone: Option<&'static str>) -> impl Strategy<Value = Value> {
    let word = |words: &'static [&'static str]| prop::sample::select(words).prop_map(|word| json!(word)).boxed();
    let answer = prop_oneof![
        number().prop_map(|n| ("value", n)),
        (0_u32..=100).prop_map(|n| ("level", json!(n))),
        prop::sample::subsequence(vec!["visa-counter", "school-guide", "tax-advice"], 0..3).prop_shuffle().prop_map(|items| ("items", json!(items))),
        any::<bool>().prop_map(|b| ("answer", json!(b))),
    ];
    let others = some(vec![
        ("state", word(&["reported", "estimated", "not_applicable", "missing", "withheld", "not_assessed"])),
        ("unit", word(&["%", "{clinic}", "{clinic}/(1000.{person})", "kW.h", "1"])),
        ("date", date().boxed()),
        ("sample", (0_u32..1000).prop_map(|n| json!(n)).boxed()),
        ("uncertainty", (number(), number()).prop_map(|(low, high)| json!({"low": low, "high": high})).boxed()),
        ("quality", word(&["measured", "calculated", "sampled", "modelled", "declared", "unknown"])),
        ("evidence", prop::sample::subsequence(vec!["survey", "map"], 0..=2).prop_map(|ids| json!(ids)).boxed()),
        ("reason", prose().prop_map(Value::String).boxed()),
        ("note", prose().prop_map(Value::String).boxed()),
        ("illustrative", any::<bool>().prop_map(Value::Bool).boxed()),
    ]);
    (prop::option::of(answer), others).prop_map(move |(answer, mut members)| {
        members.insert("indicator".into(), json!(indicator));
        if let Some(zone) = zone {
            members.insert("zone".into(), json!(zone));
        }
        match answer {
            Some((name, value)) => _ = members.insert(name.into(), value),
            // An observation that says nothing at all is the same as none.
            None => _ = members.entry("state").or_insert(json!("missing")),
        }
        Value::Object(members)
    })
}

fn submission(standard: &Standard) -> impl Strategy<Value = Submission> {
    let pin = json!({"id": "every-kind", "version": "1.0.0", "digest": standard.digest().unwrap()});
    let observations: Vec<_> = [
        ("talent-housing", None),
        ("clinics", Some("core")),
        ("clinics", Some("rim")),
        ("satisfaction", Some("core")),
        ("incubation", None),
        ("services", None),
        ("services", Some("rim")),
        ("council", Some("core")),
        ("heat", Some("core")),
        ("heat", Some("rim")),
    ]
    .into_iter()
    .map(|(indicator, zone)| prop::option::of(observation(indicator, zone)))
    .collect();
    let fact =
        prop_oneof![number().prop_map(|n| json!({"value": n})), any::<bool>().prop_map(|b| json!({"answer": b})), Just(json!({"choice": "film"}))];
    let facts = prop::collection::btree_map(prop_oneof!["population", "listed", "leading-industry", "else"], fact, 0..4).prop_map(|f| json!(f));
    let zone = |id: &'static str| {
        let members = some(vec![
            ("stage", prop::sample::select(vec!["new", "built", "other"]).prop_map(|s| json!(s)).boxed()),
            ("planned_floor_area", (0_u32..9999).prop_map(|n| json!(n)).boxed()),
            ("completed_floor_area", (0_u32..9999).prop_map(|n| json!(n)).boxed()),
            ("facts", facts.clone().boxed()),
            ("geometry", Just(json!({"type": "Point", "coordinates": [1, null]})).boxed()),
        ]);
        (text(), members).prop_map(move |(name, mut members)| {
            members.extend([("id".to_owned(), json!(id)), ("name".to_owned(), name), ("role".to_owned(), json!("core"))]);
            Value::Object(members)
        })
    };
    let evidence = |id: &'static str| {
        let members = some(vec![("uri", line().prop_map(Value::String).boxed()), ("issued", date().boxed()), ("issuer", text().boxed())]);
        (text(), members).prop_map(move |(title, mut members)| {
            members.extend([("id".to_owned(), json!(id)), ("title".to_owned(), title)]);
            Value::Object(members)
        })
    };
    let asset = (text(), some(vec![("functions", Just(json!(["train", "use"])).boxed()), ("capacity", (0_u32..99).prop_map(|n| json!(n)).boxed())]));
    let root = some(vec![
        ("submitted_on", date().boxed()),
        ("submitter", text().boxed()),
        ("notice", text().boxed()),
        ("extensions", Just(json!({"own": [1, {"x": null}]})).boxed()),
        ("evidence", Just(json!([])).boxed()),
    ]);
    let community = some(vec![("description", text().boxed()), ("type", Just(json!("industry")).boxed()), ("facts", facts.clone().boxed())]);
    let pieces = (text(), community, (zone("core"), zone("rim")), prop::option::of((evidence("survey"), evidence("map"))), prop::option::of(asset));
    (root, pieces, observations).prop_map(move |(mut root, (name, mut community, (core, rim), evidence, asset), observations)| {
        community.extend([
            ("kind".to_owned(), json!("community")),
            ("model".to_owned(), json!("1.0")),
            ("id".to_owned(), json!("riverside")),
            ("name".to_owned(), name),
            ("zones".to_owned(), json!([core, rim])),
        ]);
        if let Some((name, mut members)) = asset {
            members.extend([("id".to_owned(), json!("tower")), ("type".to_owned(), json!("policy")), ("name".to_owned(), name)]);
            community.insert("assets".into(), json!([members]));
        }
        if let Some((first, second)) = evidence {
            root.insert("evidence".into(), json!([first, second]));
        }
        root.extend([
            ("kind".to_owned(), json!("submission")),
            ("model".to_owned(), json!("1.0")),
            ("id".to_owned(), json!("riverside-2026")),
            ("standard".to_owned(), pin.clone()),
            ("period".to_owned(), json!({"from": "2026-01-01", "to": "2026-12-31"})),
            ("community".to_owned(), Value::Object(community)),
            ("observations".to_owned(), observations.into_iter().flatten().collect()),
        ]);
        let text = Value::Object(root).to_string();
        Submission::from_json(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]
    #[test]
    fn no_submission_is_changed_by_the_workbook(
        submission in submission(&Standard::from_json(EVERY_KIND.as_bytes()).unwrap()),
        languages in prop::sample::select(vec![Languages::One(Lang::Zh), Languages::One(Lang::En), Languages::Both(Lang::Zh)]),
    ) {
        let standard = Standard::from_json(EVERY_KIND.as_bytes()).unwrap();
        let form = workbook::write(&standard, &submission, languages).unwrap();
        // What is of no kind that the indicator asks for cannot be carried, and is told.
        let left: Vec<String> = form.left.iter().map(|d| d.pointer.to_string()).collect();
        let reading = workbook::read(&standard, &form.bytes);
        let read = reading.submission.unwrap_or_else(|| panic!("{:?}", reading.diagnostics));
        let kept = submission.observations.iter().enumerate().filter(|(i, _)| !left.contains(&format!("/observations/{i}"))).map(|(_, o)| o.clone());
        let expected = Submission { observations: kept.collect(), ..submission };
        prop_assert_eq!(read.to_json(), expected.to_json());
    }

    #[test]
    fn no_submission_is_changed_by_a_long_table(
        submission in submission(&Standard::from_json(EVERY_KIND.as_bytes()).unwrap()),
        lang in prop::sample::select(vec![Lang::Zh, Lang::En]),
        delimiter in prop::sample::select(vec![',', '\t', ';']),
        mark in any::<bool>(),
    ) {
        let standard = Standard::from_json(EVERY_KIND.as_bytes()).unwrap();
        let options = TableOptions { delimiter, mark, ..TableOptions::new(Shape::Long, lang) };
        let made = workbook::table(&standard, &submission, &options);
        prop_assert_eq!(&made.left, &[]);
        prop_assert!(workbook::is_form(&made.bytes));
        let reading = workbook::read(&standard, &made.bytes);
        let read = reading.submission.unwrap_or_else(|| panic!("{:?}\n{}", reading.diagnostics, String::from_utf8_lossy(&made.bytes)));
        prop_assert_eq!(read.to_json(), submission.to_json());
    }
}
