//! Whether every text stands in every language, and whether the translations still say what the source texts say.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::Standard;
use crate::diagnostic::{Code, Diagnostic, Findings, Pointer};
use crate::id::LangTag;

/// The members that hold language maps.
const TEXTS: [&str; 18] = [
    "title",
    "name",
    "description",
    "notice",
    "publisher",
    "definition",
    "measurement",
    "frequency",
    "boundary",
    "evidence",
    "owner",
    "caution",
    "note",
    "reason",
    "issuer",
    "text",
    "label",
    "address",
];

/// Texts are found by shape in the written document, so that no member can be forgotten.
pub(super) fn check(standard: &Standard, document: &Value, found: &mut Findings) {
    let mut survey = Survey { languages: standard.languages.iter().map(LangTag::as_str).collect(), ..Survey::default() };
    survey.walk(document, &mut Pointer::root());
    let root = Pointer::root();
    for (place, language) in survey.languages.iter().enumerate() {
        let missing = survey.missing.get(language).copied().unwrap_or_default();
        if missing > 0 {
            let at = root.with("languages").at(place);
            // Rounded down, so that 100 is said of whole translations alone.
            let share = (survey.texts - missing) * 100 / survey.texts;
            let diagnostic = Diagnostic::new(Code::TranslationShare, at).with("language", language).with("found", share.to_string());
            found.push(diagnostic.with("missing", missing.to_string()).with("all", survey.texts.to_string()));
        }
    }
    found.append(std::mem::take(&mut survey.found));
    for (language, (count, at)) in &survey.stray {
        let diagnostic = Diagnostic::new(Code::StrayLanguage, at.clone()).with("language", language);
        found.push(diagnostic.with("count", count.to_string()));
    }
    survey.source.sort_unstable();
    let Ok(digest) = crate::canonical::digest(&survey.source) else { return };
    for (language, translation) in &standard.translations {
        let here = root.with("translations").with(language.as_str());
        if !standard.languages.contains(language) {
            let kind = crate::check::observation::what("language", "语言");
            found.push(Diagnostic::new(Code::UnknownReference, here).bilingual("what", kind).with("found", language.as_str()));
        } else if translation.made_from != digest {
            let diagnostic = Diagnostic::new(Code::TranslationStale, here.with("made_from")).with("language", language.as_str());
            found.push(diagnostic.with("found", digest.as_str()));
        }
    }
}

#[derive(Default)]
struct Survey<'s> {
    languages: Vec<&'s str>,
    texts: usize,
    missing: BTreeMap<&'s str, usize>,
    /// Languages that the standard does not have: how many texts, and the first.
    stray: BTreeMap<String, (usize, Pointer)>,
    /// The texts in the source language.
    source: Vec<String>,
    found: Findings,
}

impl Survey<'_> {
    fn walk(&mut self, value: &Value, pointer: &mut Pointer) {
        match value {
            Value::Object(members) => {
                for (name, member) in members.iter().filter(|(name, _)| *name != "extensions") {
                    let length = pointer.push(name);
                    match member.as_object() {
                        Some(text) if TEXTS.contains(&name.as_str()) && text.values().all(Value::is_string) => self.text(text, pointer),
                        _ => self.walk(member, pointer),
                    }
                    pointer.truncate(length);
                }
            }
            Value::Array(items) => {
                for (i, item) in items.iter().enumerate() {
                    let length = pointer.push_index(i);
                    self.walk(item, pointer);
                    pointer.truncate(length);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &Map<String, Value>, pointer: &Pointer) {
        self.texts += 1;
        for language in self.languages.iter().filter(|language| !text.contains_key(**language)) {
            *self.missing.entry(language).or_default() += 1;
            self.found.push(Diagnostic::new(Code::NotTranslated, pointer.clone()).with("language", language));
        }
        for language in text.keys().filter(|language| !self.languages.contains(&language.as_str())) {
            self.stray.entry(language.clone()).or_insert_with(|| (0, pointer.clone())).0 += 1;
        }
        if let Some(source) = self.languages.first().and_then(|language| text.get(*language)).and_then(Value::as_str) {
            self.source.push(source.to_owned());
        }
    }
}
