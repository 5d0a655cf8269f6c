//! Any document that conforms is scored.

use serde_json::{Value, json};
use talent_model::quantity::Score;
use talent_model::{Assessment, Document, Standard, Submission, check};
use talent_score::Evaluator;

/// Vectors with a standard, where it is not in the vector, and a submission to it: what documents are changed from.
const SAMPLES: [(&str, &str); 3] = [
    (include_str!("../../../schemas/vectors/assess-every-kind.json"), include_str!("../../../schemas/vectors/standards/every-kind.json")),
    (include_str!("../../../schemas/vectors/assess-states.json"), include_str!("../../../schemas/vectors/standards/every-kind.json")),
    (include_str!("../../../schemas/vectors/assess-logarithmic.json"), "null"),
];

/// The bytes are a standard and a submission with a zero byte between them, or else instructions to change a sample of both.
pub fn score(bytes: &[u8]) {
    if bytes.first() == Some(&b'{') {
        let mut halves = bytes.splitn(2, |byte| *byte == 0);
        let (standard, submission) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
        return assessed(standard, submission);
    }
    let mut tape = Tape { bytes };
    let (vector, beside) = SAMPLES[usize::from(tape.byte()) % SAMPLES.len()];
    let vector: Value = serde_json::from_str(vector).expect("a vector");
    let mut documents = json!({ "standard": vector["standard"], "submission": vector["submission"] });
    if documents["standard"].is_string() {
        documents["standard"] = serde_json::from_str(beside).expect("a standard");
    }
    for _ in 0..8 {
        if tape.bytes.is_empty() {
            break;
        }
        tape.edit(&mut documents);
    }
    assessed(documents["standard"].to_string().as_bytes(), documents["submission"].to_string().as_bytes());
}

fn assessed(standard: &[u8], submission: &[u8]) {
    let (Ok(standard), Ok(submission)) = (Standard::from_json(standard), Submission::from_json(submission)) else { return };
    let sound = check::conforms(&check::standard(&standard));
    let Ok(evaluator) = Evaluator::new(&standard) else {
        assert!(!sound, "a sound standard is refused");
        return;
    };
    let found = evaluator.check(&submission);
    let Ok(assessment) = evaluator.assess(&submission) else {
        assert!(!check::conforms(&found), "refused without an error");
        return;
    };
    let total = &assessment.total;
    assert!(total.low <= total.high);
    if let Some(score) = total.score {
        assert!(Score::new(score.get()).is_some() && total.low <= score && score <= total.high, "{score:?} outside its bounds");
    }
    let again = Assessment::from_json(assessment.to_json().as_bytes()).expect("what is written can be read");
    assert_eq!(again.digest().ok(), assessment.digest().ok());
}

/// The bytes as a source of choices; zero when they are used up.
struct Tape<'b> {
    bytes: &'b [u8],
}

impl Tape<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        *first
    }

    fn short(&mut self) -> usize {
        usize::from(self.byte()) << 8 | usize::from(self.byte())
    }

    /// Changes the documents in one place.
    fn edit(&mut self, documents: &mut Value) {
        let mut places = Vec::new();
        collect(documents, String::new(), &mut places);
        let at = places[self.short() % places.len()].clone();
        match self.byte() % 6 {
            0 => put(documents, &at, self.value()),
            1 => {
                let from = &places[self.short() % places.len()];
                let copy = documents.pointer(from).cloned().unwrap_or_default();
                put(documents, &at, copy);
            }
            2 => remove(documents, &at),
            3 => {
                // Once more, at the end of its list.
                let copy = documents.pointer(&at).cloned().unwrap_or_default();
                if let Some((parent, _)) = at.rsplit_once('/')
                    && let Some(Value::Array(items)) = documents.pointer_mut(parent)
                {
                    items.push(copy);
                }
            }
            4 => {
                let (name, value) = MEMBERS[self.short() % MEMBERS.len()];
                if let Some(Value::Object(members)) = documents.pointer_mut(&at) {
                    members.insert(name.into(), serde_json::from_str(value).expect("a value"));
                }
            }
            _ => {
                if let Some(Value::Number(number)) = documents.pointer_mut(&at) {
                    let value = number.as_f64().unwrap_or_default();
                    let other = match self.byte() % 8 {
                        0 => -value,
                        1 => value + 1.0,
                        2 => value / 3.0,
                        3 => value * 1e300,
                        4 => value * 1e-320,
                        5 => f64::from_bits(value.to_bits() + 1),
                        6 => 0.0,
                        _ => f64::from(self.byte()),
                    };
                    put(documents, &at, json!(other));
                }
            }
        }
    }

    fn value(&mut self) -> Value {
        match self.byte() % 5 {
            0 => json!(f64::from(self.byte())),
            1 => json!(f64::from(self.byte()) / 255.0),
            2 => json!(f64::from_bits((0..8).fold(0, |bits, _| bits << 8 | u64::from(self.byte())))),
            3 => json!(self.byte().is_multiple_of(2)),
            _ => json!(WORDS[usize::from(self.byte()) % WORDS.len()]),
        }
    }
}

/// Words of standards and submissions.
const WORDS: [&str; 24] = [
    "exclude",
    "zero",
    "refuse",
    "full",
    "reported",
    "missing",
    "withheld",
    "not_applicable",
    "required",
    "guided",
    "bonus",
    "informative",
    "arithmetic",
    "geometric",
    "harmonic",
    "minimum",
    "sum",
    "mean",
    "min",
    "max",
    "left",
    "right",
    "falling",
    "logarithmic",
];

/// Members that change how things are added up.
const MEMBERS: [(&str, &str); 18] = [
    ("weight", "0"),
    ("weight", "1e-300"),
    ("weight", "1e300"),
    ("aggregation", r#"{"type":"power","p":-2}"#),
    ("aggregation", r#"{"type":"power","p":500}"#),
    ("aggregation", r#"{"type":"geometric"}"#),
    ("aggregation", r#"{"type":"harmonic"}"#),
    ("aggregation", r#"{"type":"minimum"}"#),
    ("aggregation", r#"{"type":"sum"}"#),
    ("missing", "\"zero\""),
    ("missing", "\"refuse\""),
    ("combine", r#"{"type":"sum"}"#),
    ("combine", r#"{"type":"weighted","by":"population"}"#),
    ("points", "5"),
    ("floor", "50"),
    ("state", "\"withheld\""),
    ("scale", "\"logarithmic\""),
    ("uncertainty", r#"{"low":-1e308,"high":1e308}"#),
];

fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| collect(inner, format!("{at}/{name}"), places)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, inner)| collect(inner, format!("{at}/{i}"), places)),
        _ => {}
    }
    places.push(at);
}

fn put(documents: &mut Value, at: &str, value: Value) {
    if let (Some(place), false) = (documents.pointer_mut(at), at.is_empty()) {
        *place = value;
    }
}

fn remove(documents: &mut Value, at: &str) {
    let Some((parent, name)) = at.rsplit_once('/') else { return };
    match documents.pointer_mut(parent) {
        Some(Value::Object(members)) if !parent.is_empty() => {
            members.remove(name);
        }
        Some(Value::Array(items)) => {
            if let Some(i) = name.parse::<usize>().ok().filter(|i| *i < items.len()) {
                items.remove(i);
            }
        }
        _ => {}
    }
}
