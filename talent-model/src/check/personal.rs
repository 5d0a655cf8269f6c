//! Personal data in the free texts of documents that are to be published. Names are not looked for: no rule tells a person's name from a street's.

mod identity;
mod scan;

use std::borrow::Cow;

use crate::collection::Any;
use crate::community::Fact;
use crate::diagnostic::{Diagnostic, Pointer};
use crate::id::{FactId, Line};
use crate::text::{Prose, Text};
use crate::{Community, Submission};

/// What looks like personal data in the free texts of a submission and of the community that it carries: numbers of identity documents, telephones and
/// bank cards, e-mail addresses. The message shows only the ends of what was found.
///
/// ```
/// use talent_model::{Document, Submission, check, diagnostic::{Code, message}, Lang};
/// # let text = include_str!("../../../docs/examples/minimal/submission.json");
/// let text = text.replace("\"level\": 1", "\"level\": 1, \"note\": \"Ask Ms Li, 138 1234 5678\"");
/// let found = check::personal(&Submission::from_json(text.as_bytes())?);
/// assert_eq!(found[0].code, Code::TelephoneNumber);
/// assert_eq!(message(&found[0], Lang::En), "`13*******78` looks like a telephone number");
/// # Ok::<(), talent_model::document::ReadError>(())
/// ```
#[must_use]
pub fn personal(submission: &Submission) -> Vec<Diagnostic> {
    let mut walk = Walk::default();
    let root = Pointer::root();
    walk.text(submission.notice.as_ref(), &|| root.with("notice"));
    walk.text(submission.submitter.as_ref(), &|| root.with("submitter"));
    if let Some(community) = &submission.community {
        walk.community(community, &root.with("community"));
    }
    let observations = root.with("observations");
    for (i, observation) in submission.observations.iter().enumerate() {
        for (name, prose) in [("method", &observation.method), ("reason", &observation.reason), ("note", &observation.note)] {
            walk.prose(prose.as_ref(), &|| observations.at(i).with(name));
        }
    }
    let list = root.with("evidence");
    for (i, evidence) in submission.evidence.iter().enumerate() {
        walk.text(Some(&evidence.title), &|| list.at(i).with("title"));
        walk.text(evidence.issuer.as_ref(), &|| list.at(i).with("issuer"));
        walk.line(evidence.uri.as_ref(), &|| list.at(i).with("uri"));
        walk.line(evidence.pages.as_ref(), &|| list.at(i).with("pages"));
    }
    walk.extensions(submission.extensions.iter(), &root.with("extensions"));
    walk.found
}

/// What looks like personal data in the free texts of a community.
#[must_use]
pub fn personal_in_community(community: &Community) -> Vec<Diagnostic> {
    let mut walk = Walk::default();
    walk.community(community, &Pointer::root());
    walk.found
}

/// A text with everything that looks like personal data starred out, character by character.
///
/// ```
/// assert_eq!(talent_model::check::hide("电话 13812345678，面积 300"), "电话 13*******78，面积 300");
/// ```
#[must_use]
pub fn hide(text: &str) -> Cow<'_, str> {
    let places = scan::scan(text);
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut hidden = String::with_capacity(text.len());
    let mut rest = 0;
    for (range, _) in places {
        hidden.push_str(text.get(rest..range.start).unwrap_or_default());
        hidden.push_str(&starred(text.get(range.clone()).unwrap_or_default()));
        rest = range.end;
    }
    hidden.push_str(text.get(rest..).unwrap_or_default());
    Cow::Owned(hidden)
}

/// The first two and the last two characters, and stars between them; of an address, its first character.
fn starred(text: &str) -> String {
    let length = text.chars().count();
    let kept = if text.contains(['@', '＠']) { (1, 0) } else { (2, 2) };
    let shown = |at: usize, c: char| at < kept.0 || at + kept.1 >= length || c == '@' || c == '＠';
    text.chars().enumerate().map(|(at, c)| if shown(at, c) { c } else { '*' }).collect()
}

#[derive(Default)]
struct Walk {
    found: Vec<Diagnostic>,
}

impl Walk {
    fn str(&mut self, text: &str, at: &dyn Fn() -> Pointer) {
        for (range, code) in scan::scan(text) {
            let what: String = text.get(range).unwrap_or_default().chars().filter(|c| !matches!(c, ' ' | '-' | '–')).collect();
            self.found.push(Diagnostic::new(code, at()).with("found", starred(&what)));
        }
    }

    fn prose(&mut self, text: Option<&Prose>, at: &dyn Fn() -> Pointer) {
        if let Some(text) = text {
            self.str(text.as_str(), at);
        }
    }

    fn line(&mut self, text: Option<&Line>, at: &dyn Fn() -> Pointer) {
        if let Some(text) = text {
            self.str(text.as_str(), at);
        }
    }

    fn text(&mut self, text: Option<&Text>, at: &dyn Fn() -> Pointer) {
        for (language, prose) in text.into_iter().flat_map(|text| text.iter()) {
            self.str(prose.as_str(), &|| at().with(language.as_str()));
        }
    }

    fn facts<'f>(&mut self, facts: impl Iterator<Item = (&'f FactId, &'f Fact)>, at: &Pointer) {
        for (id, fact) in facts {
            self.text(fact.source.as_ref(), &|| at.with(id.as_str()).with("source"));
        }
    }

    fn community(&mut self, community: &Community, at: &Pointer) {
        for (name, text) in [("name", Some(&community.name)), ("description", community.description.as_ref()), ("notice", community.notice.as_ref())]
        {
            self.text(text, &|| at.with(name));
        }
        if let Some(location) = &community.location {
            let here = at.with("location");
            self.text(location.region.as_ref(), &|| here.with("region"));
            self.text(location.address.as_ref(), &|| here.with("address"));
        }
        self.facts(community.facts.iter(), &at.with("facts"));
        let zones = at.with("zones");
        for (i, zone) in community.zones.iter().enumerate() {
            self.text(Some(&zone.name), &|| zones.at(i).with("name"));
            self.facts(zone.facts.iter(), &zones.at(i).with("facts"));
        }
        let assets = at.with("assets");
        for (i, asset) in community.assets.iter().enumerate() {
            self.text(Some(&asset.name), &|| assets.at(i).with("name"));
            self.text(asset.issuer.as_ref(), &|| assets.at(i).with("issuer"));
            self.line(asset.uri.as_ref(), &|| assets.at(i).with("uri"));
        }
        self.extensions(community.extensions.iter(), &at.with("extensions"));
    }

    fn extensions<'e>(&mut self, extensions: impl Iterator<Item = (&'e Line, &'e Any)>, at: &Pointer) {
        for (name, value) in extensions {
            self.value(value.value(), &at.with(name.as_str()));
        }
    }

    /// Whatever the author put under `extensions`. A reader bounds how deep it goes.
    fn value(&mut self, value: &serde_json::Value, at: &Pointer) {
        match value {
            serde_json::Value::String(text) => self.str(text, &|| at.clone()),
            serde_json::Value::Array(items) => items.iter().enumerate().for_each(|(i, item)| self.value(item, &at.at(i))),
            serde_json::Value::Object(members) => members.iter().for_each(|(name, member)| self.value(member, &at.with(name))),
            serde_json::Value::Number(number) => self.str(&number.to_string(), &|| at.clone()),
            serde_json::Value::Null | serde_json::Value::Bool(_) => {}
        }
    }
}
