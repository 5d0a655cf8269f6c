//! The canonical form against the published examples of RFC 8785.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::Value;
use talent_model::canonical::{canonical, digest, number};

/// RFC 8785, section 3.2.2: the sample of primitive types.
#[test]
fn the_sample_of_section_3_2_2() {
    let input = r#"{
        "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
        "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
        "literals": [null, true, false]
    }"#;
    let value: serde_json::Value = serde_json::from_str(input).unwrap();
    let expected =
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    assert_eq!(canonical(&value).unwrap(), expected);
}

/// RFC 8785, section 3.2.3: members sort by UTF-16 code units, not by code points.
#[test]
fn the_sample_of_section_3_2_3() {
    let input = r#"{
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\ud83d\ude00": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis"
    }"#;
    let value: serde_json::Value = serde_json::from_str(input).unwrap();
    let text = canonical(&value).unwrap();
    let order = ["Carriage Return", "One", "Control", "Latin Small", "Euro Sign", "Emoji", "Hebrew"];
    let places: Vec<usize> = order.iter().map(|name| text.find(name).unwrap()).collect();
    assert!(places.is_sorted(), "{text}");
}

/// RFC 8785, appendix B: doubles by their bits, and as they are written.
#[test]
fn the_numbers_of_appendix_b() {
    let samples: [(u64, &str); 24] = [
        (0x0000_0000_0000_0000, "0"),
        (0x8000_0000_0000_0000, "0"),
        (0x0000_0000_0000_0001, "5e-324"),
        (0x8000_0000_0000_0001, "-5e-324"),
        (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
        (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
        (0x4340_0000_0000_0000, "9007199254740992"),
        (0xc340_0000_0000_0000, "-9007199254740992"),
        (0x4430_0000_0000_0000, "295147905179352830000"),
        (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
        (0x44b5_2d02_c7e1_4af6, "1e+23"),
        (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
        (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
        (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
        (0x444b_1ae4_d6e2_ef50, "1e+21"),
        (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
        (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
        (0x41b3_de43_5555_5553, "333333333.3333332"),
        (0x41b3_de43_5555_5554, "333333333.33333325"),
        (0x41b3_de43_5555_5555, "333333333.3333333"),
        (0x41b3_de43_5555_5556, "333333333.3333334"),
        (0x41b3_de43_5555_5557, "333333333.33333343"),
        (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
        (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
    ];
    for (bits, text) in samples {
        assert_eq!(number(f64::from_bits(bits)), text);
    }
}

/// What is read and written again keeps its digest: the typed form loses nothing that was said.
#[test]
fn reading_and_writing_keeps_the_digest() {
    use talent_model::{Document, Standard, Submission};
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let read = |path: &str| std::fs::read(format!("{root}/{path}")).unwrap();
    let raw = |bytes: &[u8]| digest(&serde_json::from_slice::<serde_json::Value>(bytes).unwrap()).unwrap();
    for path in ["talent-model/standards/reference.json", "docs/examples/minimal/standard.json"] {
        let bytes = read(path);
        assert_eq!(Standard::from_json(&bytes).unwrap().digest().unwrap(), raw(&bytes), "{path}");
    }
    for path in ["docs/examples/new-shougang.submission.json", "docs/examples/minimal/submission.json"] {
        let bytes = read(path);
        let submission = Submission::from_json(&bytes).unwrap();
        assert_eq!(submission.digest().unwrap(), raw(&bytes), "{path}");
        assert_eq!(Submission::from_json(submission.to_json().as_bytes()).unwrap(), submission);
    }
}

/// Every shape that serde knows is written as `serde_json` would, in order.
#[test]
fn every_shape_of_a_value_is_written() {
    #[derive(serde::Serialize)]
    struct Unit;
    #[derive(serde::Serialize)]
    struct Pair(u8, &'static str);
    #[derive(serde::Serialize)]
    enum Choice {
        Plain,
        New(f32),
        Tuple(i8, bool),
        Struct { z: char, a: Option<u32> },
    }
    #[derive(serde::Serialize)]
    struct All {
        zeta: (i16, i32, i64),
        unit: Unit,
        pair: Pair,
        choices: Vec<Choice>,
        by_number: std::collections::BTreeMap<u16, &'static str>,
        by_text: std::collections::HashMap<String, u64>,
        nothing: Option<()>,
        infinite: f64,
        alpha: [f64; 2],
    }
    let all = All {
        zeta: (-1, 2, 1 << 53),
        unit: Unit,
        pair: Pair(1, "\u{7f}\u{1f} \"quoted\" \\ \u{2028}"),
        choices: vec![Choice::Plain, Choice::New(0.5), Choice::Tuple(-3, true), Choice::Struct { z: '"', a: None }],
        by_number: [(10, "ten"), (9, "nine")].into(),
        by_text: [("prefixes", 1), ("prefixed", 2), ("prefix", 3), ("", 4), ("é", 5), ("\n", 6)].map(|(name, n)| (name.to_owned(), n)).into(),
        nothing: Some(()),
        infinite: f64::INFINITY,
        alpha: [-0.0, 1e21],
    };
    let text = canonical(&all).unwrap();
    assert_eq!(
        text,
        concat!(
            r#"{"alpha":[0,1e+21],"by_number":{"10":"ten","9":"nine"},"#,
            r#""by_text":{"":4,"\n":6,"prefix":3,"prefixed":2,"prefixes":1,"é":5},"#,
            r#""choices":["Plain",{"New":0.5},{"Tuple":[-3,true]},{"Struct":{"a":null,"z":"\""}}],"#,
            r#""infinite":null,"nothing":null,"pair":[1,""#,
            "\u{7f}",
            r#"\u001f \"quoted\" \\ "#,
            "\u{2028}",
            r#""],"unit":null,"zeta":[-1,2,9007199254740992]}"#
        )
    );
    assert_eq!(canonical(&serde_json::to_value(&all).unwrap()).unwrap(), text);
}

/// The definition of RFC 8785, section 3.2.3, word for word and without any of the ways in which the writer is quick.
fn by_definition(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let mut members: Vec<(&String, &Value)> = members.iter().collect();
            members.sort_by_key(|(name, _)| name.encode_utf16().collect::<Vec<u16>>());
            let members: Vec<String> =
                members.into_iter().map(|(name, value)| format!("{}:{}", serde_json::to_string(name).unwrap(), by_definition(value))).collect();
            format!("{{{}}}", members.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(by_definition).collect::<Vec<_>>().join(",")),
        Value::Number(value) => number(value.as_f64().unwrap()),
        other => other.to_string(),
    }
}

/// Texts of every length around eight, with the letters that matter: those that are escaped, that lie beyond ASCII, and that sort otherwise in UTF-16.
fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![8 => "[a-c_]", 1 => "[\\x00-\\x1f\"\\\\/~\\x7f]", 1 => prop::sample::select(vec!["é", "中", "\u{fb33}", "😀"]).prop_map(str::to_owned)];
    prop::collection::vec(letter, 0..20).prop_map(|letters| letters.concat())
}

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        text().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        (-1e17..1e17).prop_map(|x: f64| Value::from(x.round())),
        Just(Value::Null),
        any::<bool>().prop_map(Value::from)
    ];
    leaf.prop_recursive(4, 60, 8, |inner| {
        let names = prop_oneof![text(), "[a-b]{0,10}"];
        prop_oneof![
            prop::collection::vec((names, inner.clone()), 0..8).prop_map(|members| Value::Object(members.into_iter().collect())),
            prop::collection::vec(inner, 0..4).prop_map(Value::Array),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_written_is_what_the_definition_says(document in document()) {
        prop_assert_eq!(canonical(&document).unwrap(), by_definition(&document));
    }
}
