//! Reports: what they must say, what they must never let through, and that they are the same whenever they are made.
#![cfg(feature = "report")]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use serde_json::{Value, json};
use talent_model::diagnostic::Code;
use talent_model::{Document, Lang, Standard, Submission, reference};
use talent_score::report::{Material, Rendition, Report};

/// A community whose submission withholds something, has notes, and evidence of all three levels of confidentiality.
const EXAMPLE: &str = include_str!("../../docs/examples/new-shougang.submission.json");
const MINIMAL: &str = include_str!("../../docs/examples/minimal/standard.json");
const RIVERSIDE: &str = include_str!("../../docs/examples/minimal/submission.json");

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn report_of(standard: &Standard, submission: &Submission, langs: &[Lang], public: bool) -> Report {
    let assessment = talent_score::assess(standard, submission).unwrap();
    let material = Material { submission: Some(submission), ..Material::new(&assessment, standard) };
    Report::new(&material, &Rendition { langs: langs.to_vec(), public }).unwrap()
}

fn report(standard: &Value, submission: &Value, langs: &[Lang], public: bool) -> Report {
    let standard = Standard::from_json(standard.to_string().as_bytes()).unwrap();
    report_of(&standard, &Submission::from_json(submission.to_string().as_bytes()).unwrap(), langs, public)
}

fn example(langs: &[Lang], public: bool) -> Report {
    report_of(reference::standard(), &Submission::from_json(EXAMPLE.as_bytes()).unwrap(), langs, public)
}

fn minimal(submission: &Value) -> Report {
    report(&parsed(MINIMAL), submission, &[Lang::En], false)
}

/// Every tag is closed, in order, and every attribute stands in quotes.
fn is_well_formed(html: &str) {
    const VOID: [&str; 1] = ["meta"];
    let mut open: Vec<String> = Vec::new();
    let (_, mut rest) = html.split_once("<!doctype html>").unwrap_or(("", html));
    while let Some((_, after)) = rest.split_once('<') {
        let (tag, tail) = after.split_once('>').unwrap();
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "before {}", tail.chars().take(80).collect::<String>());
        } else {
            let name = tag.split([' ', '\n']).next().unwrap().trim_end_matches('/');
            assert!(name.bytes().all(|b| b.is_ascii_alphanumeric()), "<{tag}>");
            assert_eq!(tag.matches('"').count() % 2, 0, "<{tag}>");
            if !VOID.contains(&name) && !tag.ends_with('/') {
                open.push(name.to_owned());
            }
        }
        rest = tail;
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn one_file_without_script_or_network_the_same_every_time() {
    for langs in [&[Lang::En][..], &[Lang::Zh], &[Lang::Zh, Lang::En]] {
        let (first, second) = (example(langs, false), example(langs, false));
        let html = first.to_html();
        assert_eq!(html, second.to_html());
        assert_eq!(first.to_markdown(), second.to_markdown());
        for loads in ["<script", "<link", "<img", "<iframe", " src=", "@import", "url(http", "http-equiv=\"refresh"] {
            assert!(!html.contains(loads), "{loads}");
        }
        assert!(html.contains("default-src 'none'"));
        is_well_formed(&html);
        is_well_formed(&first.to_html_card());
        assert_eq!(html.matches("<article").count(), langs.len());
    }
}

#[test]
fn says_why_in_both_languages() {
    let english = minimal(&parsed(RIVERSIDE)).to_html();
    assert!(english.contains("scored 80.0 because 10 m2/{person} is at or above 8 (60) and below 12 (100), on a straight line; design value."));
    assert!(english.contains("scored 60.0 because the level is 1, “Meets”; design value."));
    assert!(english.contains("scored 100.0 because the answer is yes; design value."));
    assert!(english.contains("gate: at least 8 m2/{person} – passed"));
    assert!(english.contains("From 120000 m2 ÷ 12000 {person} (Residents) = 10"));
    assert!(english.contains("60 + (10 − 8) ÷ (12 − 8) × (100 − 60) = 80"));
    let chinese = report(&parsed(MINIMAL), &parsed(RIVERSIDE), &[Lang::Zh], false).to_html();
    assert!(chinese.contains("得 80.0 分：10 m2/{person} 不低于 8（60 分）且低于 12（100 分），按直线取分；设计值。"));
    assert!(chinese.contains("得 60.0 分：等级为 1“定期开会”；设计值。"));
}

#[test]
fn steps_say_to_which_side_an_edge_belongs() {
    for (closed, value, english, chinese) in [
        ("left", 8, "is at or above 8 and below 12", "不低于 8 且低于 12"),
        ("right", 12, "is above 8 and at or below 12", "高于 8 且不高于 12"),
        ("left", 13, "is at or above 12", "不低于 12"),
        ("left", 1, "is below 8", "低于 8"),
    ] {
        let mut standard = parsed(MINIMAL);
        let criterion = &mut standard["scenarios"][0]["indicators"][0]["criteria"][0];
        criterion["rule"] = json!({"type": "steps", "closed": closed, "steps": [{"score": 0}, {"from": 8, "score": 60}, {"from": 12, "score": 100}]});
        let mut submission = parsed(RIVERSIDE);
        submission["observations"][0]["value"] = json!(value * 12_000);
        for (lang, wanted) in [(Lang::En, english), (Lang::Zh, chinese)] {
            let text = report(&standard, &submission, &[lang], false).to_html();
            assert!(text.contains(wanted), "{wanted}");
        }
    }
}

/// Texts that try to leave their place.
fn hostile() -> Vec<String> {
    let mut texts: Vec<String> = [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; onmouseover='alert(1)",
        "</style><svg onload=alert(1)>",
        "]]><!--",
        "\u{202e}gnp.exe\u{2066}\u{200b}",
        "| a | b |\n---\n# heading\n[link](javascript:alert(1)) `code` **x**",
        "=HYPERLINK(\"http://example.com\")",
        "&lt;b&gt; &#60;",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("w".repeat(10_000));
    texts.push("长".repeat(10_000));
    texts
}

#[test]
fn a_strangers_text_stays_text() {
    for text in hostile() {
        let mut submission = parsed(RIVERSIDE);
        submission["submitter"] = json!({"en": text});
        submission["notice"] = json!({"en": text});
        submission["community"]["name"] = json!({"en": text});
        submission["community"]["zones"] = json!([
            {"id": "a", "name": {"en": text}, "role": "core", "facts": {"population": {"value": 1000}}},
            {"id": "b", "name": {"en": text}, "role": "ring", "facts": {"population": {"value": 2000}}}
        ]);
        submission["evidence"] = json!([{"id": "e", "title": {"en": text}, "issuer": {"en": text}}]);
        submission["observations"][0]["note"] = json!(text);
        submission["observations"][0]["method"] = json!(text);
        submission["observations"][0]["evidence"] = json!(["e"]);
        submission["observations"][2] = json!({"indicator": "open-days", "state": "withheld", "reason": text});
        let made = minimal(&submission);
        let html = made.to_html();
        is_well_formed(&html);
        is_well_formed(&made.to_html_card());
        for tag in ["<script", "<img", "<svg onload", "<b>", "<!--"] {
            assert!(!html.contains(tag), "{tag} of {text:?}");
        }
        // The only attributes are the engine's own.
        assert!(!html.split('<').filter_map(|piece| piece.split_once('>')).any(|(tag, _)| tag.contains("onmouseover") || tag.contains("onerror")));
        let markdown = made.to_markdown();
        for hidden in ['\u{202e}', '\u{2066}', '\u{200b}', '\u{0}'] {
            assert!(!html.contains(hidden) && !markdown.contains(hidden));
        }
        assert!(!markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains("[link]("), "{text:?}");
        assert!(!markdown.lines().any(|line| line.starts_with("# heading")), "{text:?}");
        // A name is cut, and a note is not lost.
        assert!(html.len() < 160_000, "{}", html.len());
        #[cfg(feature = "report-workbook")]
        assert!(made.to_workbook().unwrap().starts_with(b"PK"));
    }
}

/// Everything in the example that is no business of the public, and is said in the full report.
fn secrets(submission: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut secrets: Vec<String> = Vec::new();
    for evidence in submission["evidence"].as_array().unwrap() {
        if !matches!(evidence["confidentiality"].as_str(), None | Some("public")) {
            secrets.extend([&evidence["title"]["en"], &evidence["title"]["zh"], &evidence["uri"], &evidence["sha256"]].into_iter().filter_map(text));
        }
    }
    for observation in submission["observations"].as_array().unwrap() {
        secrets.extend([&observation["note"], &observation["method"]].into_iter().filter_map(text));
        if observation["state"] == "withheld" || observation["state"] == "missing" {
            secrets.extend(text(&observation["reason"]));
        }
    }
    secrets.sort();
    secrets.dedup();
    secrets
}

#[test]
fn the_public_rendition_keeps_what_is_confidential() {
    let mut submission = parsed(EXAMPLE);
    // Findings quote what they are about.
    submission["observations"][0]["quality"] = json!("declared");
    submission["observations"][0]["note"] = json!("a note that is nobody's business");
    submission["observations"][1]["method"] = json!("counted from a list of names");
    let secrets = secrets(&submission);
    assert!(secrets.len() > 10, "{secrets:?}");
    let standard = parsed(reference::TEXT);
    let langs = [Lang::En, Lang::Zh];
    let full = report(&standard, &submission, &langs, false);
    let public = report(&standard, &submission, &langs, true);
    let told = |secret: &String, text: &str| text.contains(secret.as_str()) || text.contains(&secret.replace('\'', "&#39;"));
    let missing: Vec<&String> = secrets.iter().filter(|secret| !told(secret, &full.to_html())).collect();
    assert!(missing.is_empty(), "the full report does not say {missing:?}");
    for text in [public.to_html(), public.to_markdown(), public.to_html_card()] {
        let leaked: Vec<&String> = secrets.iter().filter(|secret| told(secret, &text)).collect();
        assert!(leaked.is_empty(), "{leaked:?}");
    }
    assert!(public.to_html().contains("This is the public rendition"));
    // What is public stays.
    assert!(public.to_html().contains("Resident survey 2025"));
}

#[test]
fn a_report_needs_the_standard_and_the_submission_that_were_used() {
    let standard = Standard::from_json(MINIMAL.as_bytes()).unwrap();
    let submission = Submission::from_json(RIVERSIDE.as_bytes()).unwrap();
    let assessment = talent_score::assess(&standard, &submission).unwrap();
    let changed = Standard::from_json(MINIMAL.replace("A small standard", "A standard").as_bytes()).unwrap();
    let rendition = Rendition { langs: Vec::new(), public: false };
    let error = Report::new(&Material::new(&assessment, &changed), &rendition).unwrap_err();
    assert_eq!(error.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::ReportStandard]);
    let other = Submission::from_json(RIVERSIDE.replace("120000", "120001").as_bytes()).unwrap();
    let material = Material { submission: Some(&other), ..Material::new(&assessment, &standard) };
    let error = Report::new(&material, &rendition).unwrap_err();
    assert_eq!(error.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::ReportSubmission]);
    assert!(error.to_string().starts_with("TM0931 at /provenance/submission"));
}

#[test]
fn a_standard_in_one_language_speaks_it_and_says_so() {
    let mut standard = parsed(MINIMAL);
    fn only(value: &mut Value, lang: &str) {
        match value {
            Value::Object(members) if members.contains_key("zh") && members.contains_key("en") => members.retain(|name, _| name == lang),
            Value::Object(members) => members.values_mut().for_each(|value| only(value, lang)),
            Value::Array(items) => items.iter_mut().for_each(|value| only(value, lang)),
            _ => {}
        }
    }
    only(&mut standard, "zh");
    standard["languages"] = json!(["zh"]);
    let html = report(&standard, &parsed(RIVERSIDE), &[Lang::En], false).to_html();
    assert!(html.contains("The standard is not written in English. Its texts stand here in the language that it has (zh)."));
    assert!(html.contains("人均公园面积"));
    let html = report(&standard, &parsed(RIVERSIDE), &[Lang::Zh], false).to_html();
    assert!(!html.contains("没有中文文本"));
}

#[test]
fn what_is_not_scorable_is_reported_with_the_reason() {
    let mut standard = parsed(MINIMAL);
    standard["method"]["missing"] = json!("refuse");
    standard["method"]["eligibility"] = json!({"coverage": 0.8});
    let mut submission = parsed(RIVERSIDE);
    submission["observations"] = json!([{"indicator": "open-days", "answer": true}]);
    let html = report(&standard, &submission, &[Lang::En], false).to_html();
    is_well_formed(&html);
    assert!(html.contains("Too little is known for a grade: 25 % is covered."), "{html}");
    assert!(html.contains("no score") && html.contains("no grade"));
    assert!(html.contains("Left out, withheld or not applicable"));
    // With nothing computed there is nothing to compute by hand.
    assert!(!html.contains("Recompute by hand"));
}

#[test]
fn a_large_standard_makes_a_report_of_sane_size() {
    const MANY: usize = 10_000;
    let mut standard = parsed(MINIMAL);
    let model = standard["scenarios"][0]["indicators"][0].clone();
    let copy = |i: usize| {
        let mut indicator = model.clone();
        indicator["id"] = format!("area-{i:05}-x").into();
        indicator["code"] = format!("A-{i:05}").into();
        indicator["criteria"][0]["binding"] = "guided".into();
        indicator["criteria"][0].as_object_mut().unwrap().remove("gate");
        indicator
    };
    standard["scenarios"][0]["indicators"] = (0..MANY).map(copy).collect();
    let mut submission = parsed(RIVERSIDE);
    let answer = |i: usize| json!({"indicator": format!("area-{i:05}-x"), "value": 100_000 + i, "unit": "m2"});
    submission["observations"] = (0..MANY).map(answer).collect();
    let made = report(&standard, &submission, &[Lang::En], false);
    let html = made.to_html();
    assert!(html.len() < MANY * 1_500, "{}", html.len());
    assert!(html.contains("A-09999") && html.contains("(9976 more)"));
}

#[cfg(feature = "report-workbook")]
#[test]
fn the_workbook_is_the_same_every_time() {
    let made = example(&[Lang::Zh, Lang::En], false);
    assert_eq!(made.to_workbook().unwrap(), made.to_workbook().unwrap());
}
