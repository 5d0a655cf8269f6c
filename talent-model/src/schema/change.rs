//! What a change of a schema means for the documents that exist: nothing, or that some of them no longer conform.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::{Map, Value};

/// What a change does to documents that conformed before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// All of them still conform.
    Additive,
    /// Some may no longer conform; the change needs a new major version of the data model.
    Breaking,
}

impl Effect {
    /// The effect in one word, as it is written in reports.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

/// One difference between two versions of a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// What it does to documents that conformed before.
    pub effect: Effect,
    /// Where: the definition and the members inside it, such as `Rule[piecewise].points`.
    pub at: String,
    /// What is different.
    pub what: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.effect.as_str(), self.at, self.what)
    }
}

/// Every difference between two versions of a schema that matters to a document: not its wording, nor how it is put together.
///
/// What is compared are the keywords that the schemas of this crate use. A difference in any other keyword, or in a pattern, counts as breaking, since
/// nothing is known about it.
///
/// ```
/// use serde_json::json;
/// use talent_model::schema::{Effect, changes};
/// let old = json!({"title": "Zone", "type": "object", "properties": {"id": {"type": "string"}}, "additionalProperties": false});
/// let mut new = old.clone();
/// new["properties"]["ring"] = json!({"type": "integer"});
/// let found = changes(&old, &new);
/// assert_eq!(found[0].to_string(), "additive: Zone.ring: may be given");
/// assert_eq!(changes(&new, &old)[0].effect, Effect::Breaking);
/// ```
#[must_use]
pub fn changes(old: &Value, new: &Value) -> Vec<Change> {
    let mut comparison = Comparison { old, new, seen: BTreeSet::new(), found: BTreeSet::new() };
    let title = old.get("title").and_then(Value::as_str).unwrap_or("document");
    comparison.both(&Asked::of(old, &[old]), &Asked::of(new, &[new]), title);
    comparison.found.into_iter().collect()
}

/// What all of some schemas ask together, by keyword.
#[derive(Default)]
struct Asked<'s> {
    /// Where the schemas begin; what tells one place from another in a schema that goes round.
    from: Vec<*const Value>,
    /// Keywords that say one thing.
    plain: BTreeMap<&'s str, &'s Value>,
    properties: BTreeMap<&'s str, Vec<&'s Value>>,
    required: BTreeSet<&'s str>,
    items: Vec<&'s Value>,
    names: Vec<&'s Value>,
    others: Vec<&'s Value>,
    closed: bool,
    nothing: bool,
    /// What is asked besides when a member holds a word.
    by_word: BTreeMap<(&'s str, &'s str), Vec<&'s Value>>,
    /// Every other condition.
    conditions: BTreeSet<String>,
    /// The definition in which this stands, if it has a name.
    name: Option<&'s str>,
}

impl<'s> Asked<'s> {
    fn of(root: &'s Value, schemas: &[&'s Value]) -> Self {
        let mut asked = Self::default();
        for schema in schemas {
            asked.from.push(*schema);
            asked.take(root, schema);
        }
        asked
    }

    fn take(&mut self, root: &'s Value, schema: &'s Value) {
        let Value::Object(members) = schema else {
            self.nothing |= schema == &Value::Bool(false);
            return;
        };
        if let (Some(condition), Some(then)) = (members.get("if"), members.get("then"))
            && !members.contains_key("else")
            && let Some(word) = word(condition)
        {
            self.by_word.entry(word).or_default().push(then);
            return;
        }
        if members.contains_key("if") {
            let condition: Map<String, Value> =
                members.iter().filter(|(k, _)| ["if", "then", "else"].contains(&k.as_str())).map(|(k, v)| (k.clone(), v.clone())).collect();
            self.conditions.insert(Value::Object(condition).to_string());
        }
        for (keyword, value) in members {
            match keyword.as_str() {
                "title" | "description" | "examples" | "$id" | "$schema" | "$defs" | "if" | "then" | "else" => {}
                "$ref" => {
                    let pointer = value.as_str().and_then(|r| r.strip_prefix('#')).unwrap_or_default();
                    self.name = pointer.rsplit('/').next();
                    if let Some(target) = root.pointer(pointer) {
                        self.from.push(target);
                        self.take(root, target);
                    }
                }
                "allOf" => value.as_array().into_iter().flatten().for_each(|schema| self.take(root, schema)),
                // The members on which something depends are always there: `required` says so.
                "dependentSchemas" => value.as_object().into_iter().flat_map(Map::values).for_each(|schema| self.take(root, schema)),
                "not" if value.as_object().is_some_and(Map::is_empty) => self.nothing = true,
                "const" => {
                    self.plain.insert("const", value);
                }
                "properties" => {
                    for (name, schema) in value.as_object().into_iter().flatten() {
                        self.properties.entry(name).or_default().push(schema);
                    }
                }
                "required" => self.required.extend(value.as_array().into_iter().flatten().filter_map(Value::as_str)),
                "items" => self.items.push(value),
                "propertyNames" => self.names.push(value),
                "additionalProperties" => match value {
                    Value::Bool(open) => self.closed |= !open,
                    _ => self.others.push(value),
                },
                _ => {
                    self.plain.insert(keyword, value);
                }
            }
        }
    }

    /// The words of a closed list, or what it must be.
    fn words(&self) -> Option<BTreeSet<String>> {
        if let Some(only) = self.plain.get("const") {
            return Some(BTreeSet::from([only.to_string()]));
        }
        Some(self.plain.get("enum")?.as_array()?.iter().map(Value::to_string).collect())
    }

    fn number(&self, keyword: &str) -> Option<f64> {
        self.plain.get(keyword)?.as_f64()
    }

    fn is_nothing(&self, root: &'s Value, name: &str) -> bool {
        self.properties.get(name).is_some_and(|schemas| Asked::of(root, schemas).nothing)
    }

    /// Whether a member of this name can be given.
    fn takes(&self, root: &'s Value, name: &str) -> bool {
        !self.is_nothing(root, name) && (self.properties.contains_key(name) || !self.closed)
    }

    /// This together with what a word asks besides.
    fn with(&self, root: &'s Value, word: (&str, &str)) -> Asked<'s> {
        let mut asked = Asked {
            from: self.from.clone(),
            plain: self.plain.clone(),
            properties: self.properties.clone(),
            required: self.required.clone(),
            items: self.items.clone(),
            names: self.names.clone(),
            others: self.others.clone(),
            closed: self.closed,
            nothing: self.nothing,
            by_word: BTreeMap::new(),
            conditions: self.conditions.clone(),
            name: self.name,
        };
        for schema in self.by_word.get(&word).into_iter().flatten() {
            asked.from.push(*schema);
            asked.take(root, schema);
        }
        // Which words there are is compared once, and here it is this one.
        asked.properties.remove(word.0);
        asked
    }
}

/// The member and the word of `{"properties": {member: {"const": word}}}`.
fn word(condition: &Value) -> Option<(&str, &str)> {
    let mut members = condition.get("properties")?.as_object()?.iter();
    let (name, schema) = members.next().filter(|_| members.len() == 0)?;
    Some((name, schema.get("const")?.as_str()?))
}

struct Comparison<'s> {
    old: &'s Value,
    new: &'s Value,
    /// Pairs of places that are being compared or have been.
    seen: BTreeSet<(Vec<*const Value>, Vec<*const Value>)>,
    found: BTreeSet<Change>,
}

/// Keywords whose number limits from below, and from above.
const LOWER: [&str; 5] = ["minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties"];
const UPPER: [&str; 5] = ["maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties"];

impl<'s> Comparison<'s> {
    fn note(&mut self, effect: Effect, at: &str, what: impl Into<String>) {
        self.found.insert(Change { effect, at: at.to_owned(), what: what.into() });
    }

    fn schemas(&mut self, old: &[&'s Value], new: &[&'s Value], at: &str) {
        let (old, new) = (Asked::of(self.old, old), Asked::of(self.new, new));
        // Inside a definition of one name, places are told from there.
        let at = match (old.name, new.name) {
            (Some(before), Some(after)) if before == after => before.to_owned(),
            _ => at.to_owned(),
        };
        if self.seen.insert((old.from.clone(), new.from.clone())) {
            self.both(&old, &new, &at);
        }
    }

    fn both(&mut self, old: &Asked<'s>, new: &Asked<'s>, at: &str) {
        use Effect::{Additive, Breaking};
        if old.nothing || new.nothing {
            match (old.nothing, new.nothing) {
                (false, true) => self.note(Breaking, at, "is refused"),
                (true, false) => self.note(Additive, at, "may be given"),
                _ => {}
            }
            return;
        }
        self.plain(old, new, at);
        for gone in old.conditions.difference(&new.conditions) {
            self.note(Additive, at, format!("a condition is gone: {gone}"));
        }
        for added in new.conditions.difference(&old.conditions) {
            self.note(Breaking, at, format!("a condition is added: {added}"));
        }
        if !old.items.is_empty() || !new.items.is_empty() {
            self.schemas(&old.items, &new.items, &format!("{at}[]"));
        }
        if !old.names.is_empty() || !new.names.is_empty() {
            self.schemas(&old.names, &new.names, &format!("{at} (names)"));
        }
        let words: BTreeSet<(&str, &str)> = old.by_word.keys().chain(new.by_word.keys()).copied().collect();
        if words.is_empty() {
            self.members(old, new, at);
            return;
        }
        // What one word asks is all that it asks: with what is asked of every word.
        let choice = words.iter().next().map_or("", |(name, _)| *name);
        if let (Some(before), Some(after)) = (old.properties.get(choice), new.properties.get(choice)) {
            self.schemas(before, after, &format!("{at}.{choice}"));
        }
        let known = old.properties.get(choice).and_then(|schemas| Asked::of(self.old, schemas).words());
        for (name, word) in words {
            // A word that is new has no documents.
            if known.as_ref().is_some_and(|known| !known.contains(&Value::from(word).to_string())) {
                continue;
            }
            let (old, new) = (old.with(self.old, (name, word)), new.with(self.new, (name, word)));
            self.members(&old, &new, &format!("{at}[{word}]"));
        }
    }

    fn members(&mut self, old: &Asked<'s>, new: &Asked<'s>, at: &str) {
        use Effect::{Additive, Breaking};
        for name in new.required.difference(&old.required) {
            self.note(Breaking, &format!("{at}.{name}"), "must be given");
        }
        for name in old.required.difference(&new.required) {
            self.note(Additive, &format!("{at}.{name}"), "may be left out");
        }
        match (old.closed, new.closed) {
            (false, true) => self.note(Breaking, at, "other members are refused"),
            (true, false) => self.note(Additive, at, "other members are allowed"),
            _ => {}
        }
        if !old.others.is_empty() || !new.others.is_empty() {
            self.schemas(&old.others, &new.others, &format!("{at}.*"));
        }
        let names: BTreeSet<&str> = old.properties.keys().chain(new.properties.keys()).copied().collect();
        for name in names {
            let at = format!("{at}.{name}");
            match (old.takes(self.old, name), new.takes(self.new, name)) {
                (false, true) => self.note(Additive, &at, "may be given"),
                (true, false) => self.note(Breaking, &at, "is refused"),
                (true, true) => {
                    let schemas = |asked: &Asked<'s>| asked.properties.get(name).cloned().unwrap_or_default();
                    self.schemas(&schemas(old), &schemas(new), &at);
                }
                (false, false) => {}
            }
        }
    }

    fn plain(&mut self, old: &Asked<'s>, new: &Asked<'s>, at: &str) {
        use Effect::{Additive, Breaking};
        match (old.words(), new.words()) {
            (None, Some(_)) => self.note(Breaking, at, "must be one of a list"),
            (Some(_), None) => self.note(Additive, at, "need not be one of a list"),
            (Some(before), Some(after)) => {
                after.difference(&before).for_each(|word| self.note(Additive, at, format!("{word} is allowed")));
                before.difference(&after).for_each(|word| self.note(Breaking, at, format!("{word} is refused")));
            }
            (None, None) => {}
        }
        let keywords: BTreeSet<&str> = old.plain.keys().chain(new.plain.keys()).copied().filter(|k| *k != "const" && *k != "enum").collect();
        for keyword in keywords {
            let (before, after) = (old.plain.get(keyword), new.plain.get(keyword));
            if before == after {
                continue;
            }
            let (Some(was), Some(is)) = (before, after) else {
                let (effect, what) = if after.is_some() { (Breaking, "is added") } else { (Additive, "is gone") };
                // A closed list of texts needs no type.
                if keyword != "type" || (old.words().is_none() && new.words().is_none()) {
                    self.note(effect, at, format!("`{keyword}` {what}"));
                }
                continue;
            };
            let wider = match keyword {
                "type" => **was == "integer" && **is == "number",
                "uniqueItems" => **is == Value::Bool(false),
                _ if LOWER.contains(&keyword) => new.number(keyword) < old.number(keyword),
                _ if UPPER.contains(&keyword) => new.number(keyword) > old.number(keyword),
                _ => false,
            };
            self.note(if wider { Additive } else { Breaking }, at, format!("`{keyword}` is {is} and was {was}"));
        }
    }
}
