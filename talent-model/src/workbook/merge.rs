//! One submission from the partial files of several departments: workbooks, delimited texts and documents.
//!
//! What only one of them says is taken over, what several say alike is said once, and what they say differently is a conflict that names both places.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::read::{Partial, gather};
use super::source::SourceMap;
use super::{Intake, is_form};
use crate::diagnostic::{Code, Diagnostic, Pointer, Severity, locate};
use crate::document::{self, Document, Kind, kind_of};
use crate::{Community, Standard, Submission};

/// A file that says something of a submission.
#[derive(Clone, Copy, Debug)]
pub struct Part<'p> {
    /// Its name, for findings in other files.
    pub name: &'p str,
    /// What is in it.
    pub bytes: &'p [u8],
}

/// What has become of several files.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// The submission, if nothing contradicts itself and nothing that it must have is missing.
    pub submission: Option<Submission>,
    /// What was found in each file, in their order, by its places there.
    pub parts: Vec<Found>,
    /// What was found in all of them together, such as a member that none has.
    pub whole: Vec<Diagnostic>,
}

/// What was found in a file.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The findings.
    pub diagnostics: Vec<Diagnostic>,
    /// The text in which they have lines and columns, if the file is one.
    pub text: Option<String>,
}

/// Where a value of a file stands in it.
enum Source {
    Form(SourceMap),
    Text(String),
    /// A community by itself, which is a member of the submission.
    Community(String),
}

impl Source {
    /// Gives a finding about a place of the part's own document its place in the file.
    fn place(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self {
            Self::Form(source) => source.place(vec![diagnostic.clone()]).pop().unwrap_or(diagnostic),
            Self::Text(text) => located(diagnostic, text),
            Self::Community(text) => {
                let pointer = diagnostic.pointer.steps().skip(1).fold(Pointer::root(), |pointer, step| pointer.with(&step));
                located(Diagnostic { pointer, ..diagnostic }, text)
            }
        }
    }
}

/// A finding with its line and column.
fn located(diagnostic: Diagnostic, text: &str) -> Diagnostic {
    let mut found = [diagnostic];
    locate(&mut found, text);
    let [found] = found;
    found
}

/// Joins files into one submission.
///
/// Observations are those of the same indicator and zone, zones, assets and evidence those of the same identifier. Zones and the community may be
/// described by several files together; an observation is one file's, or the same in all.
///
/// ```
/// use talent_model::{reference, workbook};
/// # let text = include_str!("../../../docs/examples/new-shougang.submission.json");
/// // The same answers twice are no conflict.
/// let part = |name| workbook::Part { name, bytes: text.as_bytes() };
/// let parts = [part("a.json"), part("b.json")];
/// assert!(workbook::merge(reference::standard(), &parts).submission.is_some());
/// ```
#[must_use]
pub fn merge(standard: &Standard, parts: &[Part<'_>]) -> Merged {
    merge_within(standard, parts, Intake::default())
}

/// [`merge`] within limits of one's own, for each file.
#[must_use]
pub fn merge_within(standard: &Standard, parts: &[Part<'_>], limits: Intake) -> Merged {
    let mut merger = Merger {
        standard,
        limits,
        root: Map::new(),
        origin: BTreeMap::new(),
        observations: Vec::new(),
        sources: Vec::new(),
        merged: Merged::default(),
    };
    let mut roots = Vec::new();
    for part in parts {
        roots.push(merger.open(standard, part));
    }
    for (number, root) in roots.into_iter().enumerate() {
        if let Some(root) = root {
            merger.add(number, root, parts);
        }
    }
    merger.finish()
}

/// Where a value came from: the number of the file, and its place in the file's own document.
type From = (usize, Pointer);

struct Merger<'s> {
    standard: &'s Standard,
    limits: Intake,
    root: Map<String, Value>,
    /// Where objects and values of the submission came from.
    origin: BTreeMap<Pointer, From>,
    observations: Vec<(Map<String, Value>, From)>,
    sources: Vec<Option<Source>>,
    merged: Merged,
}

/// How the items of a list are told from one another: by their identifiers.
fn identity(list: &str) -> bool {
    matches!(list, "zones" | "assets" | "evidence")
}

/// Whether two values say the same; 1 and 1.0 do.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => a.len() == b.len() && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| same(a, b))),
        _ => a == b,
    }
}

/// A value in a message.
fn told(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Merger<'_> {
    /// Reads a file; nothing when it cannot be used, which has been told then.
    fn open(&mut self, standard: &Standard, part: &Part<'_>) -> Option<Map<String, Value>> {
        if is_form(part.bytes) {
            let Partial { root, found, source, text } = gather(standard, part.bytes, self.limits.form);
            self.sources.push(Some(Source::Form(source)));
            self.merged.parts.push(Found { diagnostics: found, text });
            return root;
        }
        let text = document::text_of(part.bytes, self.limits.document).map(str::to_owned);
        let (root, diagnostics) = match partial(part.bytes, self.limits.document) {
            Ok(root) => (Some(root), Vec::new()),
            Err(found) => (None, found),
        };
        let community = kind_of(part.bytes, self.limits.document).is_ok_and(|kind| kind == Kind::Community);
        self.sources.push(text.as_ref().ok().map(|text| if community { Source::Community(text.clone()) } else { Source::Text(text.clone()) }));
        self.merged.parts.push(Found { diagnostics, text: text.ok() });
        root
    }

    fn add(&mut self, number: usize, mut root: Map<String, Value>, parts: &[Part<'_>]) {
        if let Some(Value::Array(list)) = root.remove("observations") {
            for (n, observation) in list.into_iter().enumerate() {
                if let Value::Object(observation) = observation {
                    self.observe(observation, (number, Pointer::root().with("observations").at(n)), parts);
                }
            }
        }
        let mut own = std::mem::take(&mut self.root);
        self.join(&mut own, root, &Pointer::root(), &(number, Pointer::root()), parts);
        self.root = own;
    }

    fn observe(&mut self, observation: Map<String, Value>, from: From, parts: &[Part<'_>]) {
        let key = |o: &Map<String, Value>| (o.get("indicator").cloned(), o.get("zone").cloned());
        let there = self.observations.iter().find(|(other, _)| key(other) == key(&observation));
        let Some((other, first)) = there else { return self.observations.push((observation, from)) };
        let differs = |member: &&String| match (other.get(*member), observation.get(*member)) {
            (Some(a), Some(b)) => !same(a, b),
            (a, b) => a.is_some() != b.is_some(),
        };
        // What is answered comes first: the rest would rarely be looked at.
        let answers = ["value", "level", "items", "answer", "state"].map(str::to_owned);
        let member = answers.iter().chain(other.keys()).chain(observation.keys()).find(differs).cloned();
        let Some(member) = member else { return };
        let said = |o: &Map<String, Value>| o.get(&member).map_or_else(|| "—".to_owned(), told);
        let what = told(observation.get("indicator").unwrap_or(&Value::Null));
        let (found, other, first) = (said(&observation), said(other), first.clone());
        let here = (from.0, from.1.with(&member));
        let there = (first.0, first.1.with(&member));
        self.conflict(&format!("{what} ({member})"), &found, &other, &here, &there, parts);
    }

    /// Joins an object of a file into that of the submission.
    fn join(&mut self, into: &mut Map<String, Value>, object: Map<String, Value>, at: &Pointer, from: &From, parts: &[Part<'_>]) {
        if self.origin.is_empty() {
            self.origin.insert(at.clone(), from.clone());
        }
        for (name, value) in object {
            let (at, from) = (at.with(&name), (from.0, from.1.with(&name)));
            match (into.get_mut(&name), value) {
                (None, value) => {
                    self.origin.insert(at, from);
                    into.insert(name, value);
                }
                (Some(Value::Object(there)), Value::Object(value)) => self.join(there, value, &at, &from, parts),
                (Some(Value::Array(there)), Value::Array(items)) if identity(&name) => self.items(there, items, &at, &from, parts),
                // Columns of the senders' own stand beside one another.
                (Some(Value::Array(there)), Value::Array(items)) if at.as_str() == "/extensions/workbook/columns" => there.extend(items),
                (Some(there), value) if same(there, &value) => {}
                (Some(there), value) => {
                    let (found, other) = (told(&value), told(there));
                    let first = self.whence(&at);
                    self.conflict(at.as_str().trim_start_matches('/'), &found, &other, &from, &first, parts);
                }
            }
        }
    }

    fn items(&mut self, into: &mut Vec<Value>, items: Vec<Value>, at: &Pointer, from: &From, parts: &[Part<'_>]) {
        for (n, item) in items.into_iter().enumerate() {
            let from = (from.0, from.1.at(n));
            let there = into.iter().position(|other| other.get("id").is_some() && other.get("id") == item.get("id"));
            match (there, item) {
                (Some(number), Value::Object(item)) => {
                    if let Some(Value::Object(there)) = into.get_mut(number) {
                        self.join(there, item, &at.at(number), &from, parts);
                    }
                }
                (_, item) => {
                    self.origin.insert(at.at(into.len()), from);
                    into.push(item);
                }
            }
        }
    }

    /// Where a value of the submission came from.
    fn whence(&self, at: &Pointer) -> From {
        let mut steps: Vec<String> = at.steps().collect();
        let mut below = Vec::new();
        loop {
            let here = steps.iter().fold(Pointer::root(), |pointer, step| pointer.with(step));
            if let Some((number, pointer)) = self.origin.get(&here) {
                return (*number, below.iter().rev().fold(pointer.clone(), |pointer, step: &String| pointer.with(step)));
            }
            match steps.pop() {
                Some(step) => below.push(step),
                None => return (0, at.clone()),
            }
        }
    }

    /// Two files contradict one another: the later one is told, with the place in the earlier one.
    fn conflict(&mut self, what: &str, found: &str, other: &str, here: &From, there: &From, parts: &[Part<'_>]) {
        let tell = |from: &From, diagnostic: Diagnostic| match self.sources.get(from.0) {
            Some(Some(source)) => source.place(Diagnostic { pointer: from.1.clone(), ..diagnostic }),
            _ => diagnostic,
        };
        let first = tell(there, Diagnostic::new(Code::MergeConflict, Pointer::root()));
        let name = parts.get(there.0).map(|part| part.name).unwrap_or_default();
        let first = match (&first.cell, first.line, first.column) {
            (Some(cell), ..) => format!("{name} {cell}"),
            (None, Some(line), Some(column)) => format!("{name}:{}:{}", line.get(), column.get()),
            _ => name.to_owned(),
        };
        let diagnostic = Diagnostic::new(Code::MergeConflict, Pointer::root()).with("what", what).with("found", found).with("other", other);
        let diagnostic = tell(here, diagnostic.with("first", first));
        if let Some(part) = self.merged.parts.get_mut(here.0) {
            part.diagnostics.push(diagnostic);
        }
    }

    fn finish(mut self) -> Merged {
        let failed = self.merged.parts.iter().flat_map(|part| &part.diagnostics).any(|d| d.severity == Severity::Error);
        if failed {
            return self.merged;
        }
        let asked: Vec<String> = self.standard.answerable().iter().map(|indicator| indicator.id.to_string()).collect();
        let zones: Vec<Value> = self.root.get("community").and_then(|c| c.get("zones")).and_then(Value::as_array).cloned().unwrap_or_default();
        let mut observations = std::mem::take(&mut self.observations);
        observations.sort_by_key(|(observation, _)| {
            let text = |member: &str| observation.get(member).and_then(Value::as_str);
            let indicator = asked.iter().position(|id| Some(id.as_str()) == text("indicator")).unwrap_or(usize::MAX);
            let zone =
                text("zone").map(|zone| zones.iter().position(|other| other.get("id").and_then(Value::as_str) == Some(zone)).unwrap_or(usize::MAX));
            (indicator, zone)
        });
        let mut list = Vec::new();
        for (n, (observation, from)) in observations.into_iter().enumerate() {
            self.origin.insert(Pointer::root().with("observations").at(n), from);
            list.push(Value::Object(observation));
        }
        self.root.insert("observations".into(), Value::Array(list));
        self.root.entry("kind").or_insert_with(|| "submission".into());
        self.root.entry("model").or_insert_with(|| document::MODEL.into());
        match Submission::from_json(Value::Object(std::mem::take(&mut self.root)).to_string().as_bytes()) {
            Ok(submission) => self.merged.submission = Some(submission),
            Err(error) => {
                for mut diagnostic in error.diagnostics {
                    (diagnostic.line, diagnostic.column, diagnostic.length) = (None, None, None);
                    // What no file has stands in none of them.
                    if diagnostic.code == Code::MissingMember {
                        self.merged.whole.push(diagnostic);
                        continue;
                    }
                    let (number, pointer) = self.whence(&diagnostic.pointer);
                    let found = Diagnostic { pointer, ..diagnostic };
                    let found = match self.sources.get(number) {
                        Some(Some(source)) => source.place(found),
                        _ => found,
                    };
                    if let Some(part) = self.merged.parts.get_mut(number) {
                        part.diagnostics.push(found);
                    }
                }
            }
        }
        self.merged
    }
}

/// A document that may lack what others have: a submission, or a community, which is part of one.
fn partial(bytes: &[u8], limits: document::Limits) -> Result<Map<String, Value>, Vec<Diagnostic>> {
    let refuse = |error: document::ReadError| error.diagnostics;
    let kind = kind_of(bytes, limits).map_err(refuse)?;
    let faults = match kind {
        Kind::Submission => Submission::from_json_within(bytes, limits).err(),
        Kind::Community => Community::from_json_within(bytes, limits).err(),
        // Reading it as what it is not says what it is.
        _ => Submission::from_json_within(bytes, limits).err(),
    };
    let faults: Vec<Diagnostic> = faults.map(refuse).unwrap_or_default();
    if faults.iter().any(|found| found.code != Code::MissingMember) {
        return Err(faults);
    }
    let text = document::text_of(bytes, limits).map_err(refuse)?;
    match (kind, serde_json::from_str(text)) {
        (Kind::Community, Ok(community @ Value::Object(_))) => Ok(Map::from_iter([("community".to_owned(), community)])),
        (_, Ok(Value::Object(root))) => Ok(root),
        _ => Err(faults),
    }
}
