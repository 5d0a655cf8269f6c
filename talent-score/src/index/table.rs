//! The two tables, and the tree that the first one describes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use talent_model::Diagnostic;
use talent_model::diagnostic::{Code, Pointer};
use talent_model::id::{Digest, Line};
use talent_model::index::{Direction, IndexRow, digest};
use talent_model::quantity::{Count, Number, Weight};

use super::duplicates::duplicates;
use super::each::both;
use super::numbers::Numbers;
use super::twice::{mark_of, mix, perhaps_twice};

/// The name of a unit or a period. Up to 23 bytes are held without an allocation.
pub type Name = smol_str::SmolStr;

/// The top of a table that has none of its own.
pub(crate) const TOP: &str = "index";

/// The two tables of an index: what the indicators are, and a value for every unit and indicator.
///
/// Plain data: the names of columns and units are texts of one line, values are doubles, and what is missing is not a number. A `groups` column puts every unit
/// into a group (a region, an income class) for imputation and for comparison with peers. In a panel every row is a unit in a period, and `times` says which; ranks are those within a
/// period, everything else is measured over the whole panel unless a step says otherwise.
///
/// ```
/// use talent_model::index::{IndexMethod, IndexRows};
/// use talent_score::index::{Pipeline, Table};
///
/// let rows = IndexRows::from_json(br#"{"indicators": [{"code": "parks"}, {"code": "rent", "direction": "lower", "weight": 3}]}"#)?;
/// let table = Table {
///     rows: rows.indicators.to_vec(),
///     units: vec!["Riverside".into(), "Hilltop".into(), "Harbour".into()],
///     columns: vec![("parks".into(), vec![2.0, 6.0, 4.0].into()), ("rent".into(), vec![30.0, 90.0, 60.0].into())],
///     groups: Vec::new(),
///     times: Vec::new(),
/// };
/// let method = IndexMethod::from_json(
///     br#"{"steps": [{"type": "normalise", "how": {"type": "min_max"}}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}]}"#,
/// )?;
/// let outcome = Pipeline::new(&table, &method)?.run()?;
/// // Riverside: (1 × 0 + 3 × 100) / 4
/// assert_eq!(outcome.top().scores, [75.0, 25.0, 50.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The table of indicators.
    pub rows: Vec<IndexRow>,
    /// The units, in the order of the values.
    pub units: Vec<Name>,
    /// The values: the name of a column, and one number for every unit; not a number where it is missing.
    pub columns: Vec<(String, Numbers)>,
    /// Columns of groups: the name of the column, and the group of every unit.
    pub groups: Vec<(String, Vec<String>)>,
    /// The period of every row, for a panel of units over time; empty when there is only one.
    pub times: Vec<Name>,
}

/// What the column of periods is called where it has a fault.
const TIME: &str = "time";

/// Tells the names that come a second time, of names at their places.
fn repeated(
    found: &mut Vec<Diagnostic>,
    (en, zh): (&'static str, &'static str),
    names: impl Iterator<Item = (usize, impl AsRef<str>)>,
    place: impl Fn(usize, &str) -> Pointer,
) {
    let mut seen = HashSet::new();
    for (at, name) in names {
        let name = name.as_ref();
        if seen.contains(name) {
            let diagnostic = Diagnostic::new(Code::IndexRepeated, place(at, name));
            found.push(diagnostic.bilingual("what", talent_model::Bilingual { en, zh }).with("found", name));
        } else {
            seen.insert(name.to_owned());
        }
    }
}

/// A member of a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Member {
    /// A column of values, by its place among the indicators.
    Leaf(usize),
    /// A group, by its place in the tree.
    Group(usize),
}

/// A group of the tree; the top is first, and a parent stands before its members.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) code: String,
    pub(crate) parent: Option<usize>,
    pub(crate) members: Vec<(Member, f64)>,
}

/// An indicator.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) code: String,
    /// Its row in the table of indicators.
    pub(crate) row: usize,
    /// Its column in the table of values.
    pub(crate) column: usize,
    pub(crate) denominator: Option<usize>,
    /// 1 where more is better, −1 where less is: its own direction times those of the groups above.
    pub(crate) sign: f64,
}

/// What the table of indicators describes.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
    pub(crate) leaves: Vec<Leaf>,
}

impl Table {
    /// The digest of both tables: equal tables have equal digests, whatever program holds them.
    #[must_use]
    pub fn digest(&self) -> Digest {
        digest(&self.rows, &self.units, &self.times, &self.columns, &self.groups)
    }

    /// The tree, with everything that is wrong or worth knowing about the tables.
    pub(crate) fn tree(&self) -> (Option<Tree>, Vec<Diagnostic>) {
        let (mut found, (tree, rest)) = both(self.units.len(), || self.check_names(), || self.check_rows());
        found.extend(rest);
        let sound = found.iter().all(|d| d.severity != talent_model::diagnostic::Severity::Error);
        (tree.filter(|_| sound), found)
    }

    /// The tree, with everything about the tables but their names.
    fn check_rows(&self) -> (Option<Tree>, Vec<Diagnostic>) {
        let mut found = Vec::new();
        self.check_values(&mut found);
        let parents = self.parents(&mut found);
        self.check_goalposts(&mut found);
        let circles = self.check_circles(&parents, &mut found);
        if circles {
            return (None, found);
        }
        let tree = self.build(&parents, &mut found);
        self.check_levels(&parents, &mut found);
        self.check_unused(&tree, &mut found);
        for node in &tree.nodes {
            if node.members.iter().all(|(_, weight)| *weight <= 0.0) && !node.members.is_empty() {
                found.push(Diagnostic::new(Code::WeightsVanish, Pointer::root().with("indicators")).with("node", &node.code));
            }
        }
        duplicates(self, &tree, &mut found);
        (Some(tree), found)
    }

    fn row_at(at: usize) -> Pointer {
        Pointer::root().with("indicators").at(at)
    }

    fn check_names(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let column = Pointer::root().with("values");
        let row = |at: usize| Self::row_at(at).with("code");
        repeated(&mut found, ("row", "指标行"), self.rows.iter().map(|row| row.code.as_str()).enumerate(), |at, _| row(at));
        let names = self.columns.iter().map(|(name, _)| name.as_str()).chain(self.groups.iter().map(|(name, _)| name.as_str()));
        repeated(&mut found, ("column", "取值列"), names.enumerate(), |_, name| column.with(name));
        self.check_units(&mut found);
        let empty = |found: &mut Vec<Diagnostic>, en, zh| {
            found.push(Diagnostic::new(Code::IndexEmpty, Pointer::root()).bilingual("what", talent_model::Bilingual { en, zh }));
        };
        if self.rows.is_empty() {
            empty(&mut found, "indicators", "指标");
        }
        if self.units.is_empty() {
            empty(&mut found, "units", "单元");
        }
        for (at, unit) in self.units.iter().enumerate() {
            // Short plain texts, nearly all there are, need no copy to be checked.
            let plain = !unit.is_empty() && unit.len() <= 100 && unit.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ');
            if !plain && Line::new(unit).is_err() {
                let place = Pointer::root().with("units").at(at);
                let line = talent_model::Bilingual { en: "one line of text, not empty", zh: "一行非空文字" };
                found.push(Diagnostic::new(Code::IllFormed, place).bilingual("expected", line).with("found", unit));
            }
        }
        found
    }

    /// Tells the units that come a second time, in a panel within a period.
    fn check_units(&self, found: &mut Vec<Diagnostic>) {
        let place = |at: usize, _: &str| Pointer::root().with("units").at(at);
        let name = |at: usize| self.units.get(at).map_or("", |name| name.as_str());
        if self.times.is_empty() {
            let marks: Vec<u64> = self.units.iter().map(|unit| mark_of(unit)).collect();
            let near = perhaps_twice(marks.iter().copied());
            repeated(found, ("unit", "单元"), near.into_iter().map(|at| (at, name(at))), place);
        } else {
            let rows = self.units.iter().zip(&self.times);
            let marks: Vec<u64> = rows.map(|(unit, time)| mix(mark_of(unit), mark_of(time))).collect();
            let near = perhaps_twice(marks.iter().copied());
            let row = |at: usize| format!("{} · {}", name(at), self.times.get(at).map_or("", |time| time.as_str()));
            repeated(found, ("unit in a period", "同一时期的单元"), near.into_iter().map(|at| (at, row(at))), place);
        }
    }

    fn check_values(&self, found: &mut Vec<Diagnostic>) {
        let root = Pointer::root().with("values");
        let lengths = self.columns.iter().map(|(name, values)| (name, values.len())).chain(self.groups.iter().map(|(name, of)| (name, of.len())));
        let times = (!self.times.is_empty()).then_some((TIME, self.times.len()));
        for (name, length) in lengths.map(|(name, length)| (name.as_str(), length)).chain(times) {
            if length != self.units.len() {
                let diagnostic = Diagnostic::new(Code::IndexColumnLength, root.with(name)).with("code", name).with("found", length.to_string());
                found.push(diagnostic.with("expected", self.units.len().to_string()));
            }
        }
        for (name, values) in &self.columns {
            if !values.ends().0.is_infinite() && !values.ends().1.is_infinite() {
                continue;
            }
            for (at, _) in values.iter().enumerate().filter(|(_, x)| x.is_infinite()) {
                let unit = self.units.get(at).map_or("?", |name| name.as_str());
                found.push(Diagnostic::new(Code::IndexNotFinite, root.with(name).at(at)).with("unit", unit).with("code", name));
            }
        }
    }

    /// The parent's row of every row.
    fn parents(&self, found: &mut Vec<Diagnostic>) -> Vec<Option<usize>> {
        let by_code: BTreeMap<&str, usize> = self.rows.iter().enumerate().rev().map(|(at, row)| (row.code.as_str(), at)).collect();
        let mut parent = |(at, row): (usize, &IndexRow)| {
            let name = row.parent.as_ref()?.as_str();
            let parent = by_code.get(name).copied();
            if parent.is_none() {
                let what = talent_model::Bilingual { en: "parent", zh: "上级" };
                found.push(unknown(Self::row_at(at).with("parent"), what, name, by_code.keys().copied()));
            }
            parent
        };
        self.rows.iter().enumerate().map(&mut parent).collect()
    }

    fn check_goalposts(&self, found: &mut Vec<Diagnostic>) {
        for (at, row) in self.rows.iter().enumerate() {
            let Some(posts) = &row.goalposts else { continue };
            let (low, high) = (posts.low.get(), posts.high.get());
            let log = posts.log == Some(true);
            if low >= high || (log && low <= 0.0) {
                let expected = if log {
                    talent_model::Bilingual { en: "0 < low < high", zh: "0 < 下限 < 上限" }
                } else {
                    talent_model::Bilingual { en: "low < high", zh: "下限 < 上限" }
                };
                let place = Self::row_at(at).with("goalposts");
                let diagnostic = Diagnostic::new(Code::IndexGoalposts, place).with("code", row.code.as_str()).bilingual("expected", expected);
                found.push(diagnostic.number("low", low).number("high", high));
            }
        }
    }

    fn check_circles(&self, parents: &[Option<usize>], found: &mut Vec<Diagnostic>) -> bool {
        let above = |at: usize| parents.get(at).copied().flatten();
        let mut told = BTreeSet::new();
        for start in 0..self.rows.len() {
            let mut path = vec![start];
            let mut at = start;
            while let Some(next) = above(at) {
                if next == start {
                    // Each circle is told once, at its first row.
                    if path.iter().all(|row| !told.contains(row)) {
                        let names: Vec<&str> =
                            path.iter().chain([&start]).filter_map(|row| self.rows.get(*row)).map(|row| row.code.as_str()).collect();
                        let diagnostic = Diagnostic::new(Code::IndexCircle, Self::row_at(start).with("parent"));
                        found.push(diagnostic.with("code", names.first().copied().unwrap_or_default()).with("path", names.join(" → ")));
                    }
                    told.extend(path.iter().copied());
                    break;
                }
                if path.contains(&next) {
                    break;
                }
                path.push(next);
                at = next;
            }
        }
        !told.is_empty()
    }

    fn check_levels(&self, parents: &[Option<usize>], found: &mut Vec<Diagnostic>) {
        for (at, row) in self.rows.iter().enumerate() {
            let Some(above) = parents.get(at).copied().flatten().and_then(|at| self.rows.get(at)) else { continue };
            if let (Some(level), Some(expected)) = (row.level.map(Count::get), above.level.map(Count::get))
                && level >= expected
            {
                let diagnostic = Diagnostic::new(Code::IndexLevel, Self::row_at(at).with("level")).with("code", row.code.as_str());
                found.push(diagnostic.with("parent", above.code.as_str()).number("found", level).number("expected", expected));
            }
        }
    }

    fn build(&self, parents: &[Option<usize>], found: &mut Vec<Diagnostic>) -> Tree {
        let children = |of: Option<usize>| parents.iter().enumerate().filter(move |(_, parent)| **parent == of).map(|(at, _)| at);
        let tops: Vec<usize> = children(None).collect();
        // The first of a name counts; a second one is an error.
        let places: HashMap<&str, usize> = self.columns.iter().enumerate().rev().map(|(at, (name, _))| (name.as_str(), at)).collect();
        let column_of = |name: &str| places.get(name).copied();
        let mut tree = Tree { nodes: Vec::new(), leaves: Vec::new() };
        // Rows still to place: the row, its parent's node, and the sign of everything above.
        let mut open: Vec<(usize, Option<usize>, f64)> = Vec::new();
        match tops.as_slice() {
            [only] if children(Some(*only)).next().is_some() => open.push((*only, None, 1.0)),
            _ => {
                if self.rows.iter().any(|row| row.code.as_str() == TOP) {
                    let what = talent_model::Bilingual { en: "row", zh: "指标行" };
                    found.push(Diagnostic::new(Code::IndexRepeated, Pointer::root().with("indicators")).bilingual("what", what).with("found", TOP));
                }
                tree.nodes.push(Node { code: TOP.into(), parent: None, members: Vec::new() });
                open.extend(tops.iter().rev().map(|row| (*row, Some(0), 1.0)));
            }
        }
        while let Some((at, parent, above)) = open.pop() {
            let Some(row) = self.rows.get(at) else { continue };
            let sign = if row.direction == Some(Direction::Lower) { -above } else { above };
            let weight = row.weight.map_or(1.0, Weight::get);
            let below: Vec<usize> = children(Some(at)).collect();
            let member = if below.is_empty() {
                let column = column_of(row.code.as_str());
                if column.is_none() {
                    let names = self.columns.iter().map(|(name, _)| name.as_str());
                    let near = talent_model::diagnostic::nearest(row.code.as_str(), names);
                    let diagnostic = Diagnostic::new(Code::IndexColumnMissing, Self::row_at(at).with("code"));
                    found.push(diagnostic.with("code", row.code.as_str()).suggest(near));
                }
                let denominator = row.denominator.as_ref().and_then(|name| {
                    let column = column_of(name.as_str());
                    if column.is_none() {
                        let what = talent_model::Bilingual { en: "column", zh: "取值列" };
                        let names = self.columns.iter().map(|(name, _)| name.as_str());
                        found.push(unknown(Self::row_at(at).with("denominator"), what, name.as_str(), names));
                    }
                    column
                });
                tree.leaves.push(Leaf { code: row.code.as_str().into(), row: at, column: column.unwrap_or_default(), denominator, sign });
                Member::Leaf(tree.leaves.len() - 1)
            } else {
                if column_of(row.code.as_str()).is_some() {
                    found.push(Diagnostic::new(Code::IndexGroupWithValues, Self::row_at(at).with("code")).with("code", row.code.as_str()));
                }
                tree.nodes.push(Node { code: row.code.as_str().into(), parent, members: Vec::new() });
                let node = tree.nodes.len() - 1;
                open.extend(below.iter().rev().map(|row| (*row, Some(node), sign)));
                Member::Group(node)
            };
            if let Some(parent) = parent.and_then(|parent| tree.nodes.get_mut(parent)) {
                parent.members.push((member, weight));
            }
        }
        tree
    }

    fn check_unused(&self, tree: &Tree, found: &mut Vec<Diagnostic>) {
        let mut used = vec![false; self.columns.len()];
        let mut use_of = |at: usize| used.get_mut(at).into_iter().for_each(|used| *used = true);
        for leaf in &tree.leaves {
            // What has no column of its own stands at the first.
            if self.columns.get(leaf.column).is_some_and(|(name, _)| *name == leaf.code) {
                use_of(leaf.column);
            }
            leaf.denominator.into_iter().for_each(&mut use_of);
        }
        for ((name, _), used) in self.columns.iter().zip(used) {
            if !used && !tree.nodes.iter().any(|node| node.code == *name) {
                found.push(Diagnostic::new(Code::IndexColumnUnused, Pointer::root().with("values").with(name)).with("found", name));
            }
        }
    }
}

/// A name that nothing has, with the near miss.
pub(crate) fn unknown<'n>(at: Pointer, what: talent_model::Bilingual, name: &str, known: impl Iterator<Item = &'n str>) -> Diagnostic {
    let near = talent_model::diagnostic::nearest(name, known);
    Diagnostic::new(Code::IndexUnknownName, at).bilingual("what", what).with("found", name).suggest(near)
}

/// A number for a document; computed numbers here are finite or missing.
pub(crate) fn finite(value: f64) -> Option<Number> {
    Number::new(value)
}
