//! The pipeline: the steps of a method, applied one after the other to a state.

use std::collections::BTreeMap;

use talent_model::diagnostic::{Code, Pointer, Severity};
use talent_model::id::Line;
use talent_model::index::{
    Aggregate, ChangedValue, Combination, Impute, IndexMethod, LeftOut, MethodStep, Normalisation, Normalise, Screen, Treat, Weigh, Weighting,
};
use talent_model::quantity::{Positive, Share};
use talent_model::standard::MissingPolicy;
use talent_model::{Bilingual, Diagnostic};

use super::IndexError;
use super::check::{check_names, check_order};
use super::combine::{Members, combine, knows_directions, leaves_out};
use super::impute;
use super::matrix::Matrix;
use super::normalise::{self, Normal, Source};
use super::outcome::{NodeOutcome, Outcome, line, step};
use super::rank::ranks;
use super::resolve::resolved;
use super::state::{Column, State};
use super::stats::{count, extremes, known, kurtosis, skewness};
use super::table::{Member, Table, Tree, finite, unknown};
use super::treat::{Treated, treat};
use super::trouble::Trouble;
use super::weigh;

/// Findings, and the place that they belong to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    at: Pointer,
    found: Vec<Diagnostic>,
}

impl Notes {
    fn note(&mut self, code: Code, with: impl FnOnce(Diagnostic) -> Diagnostic) {
        self.found.push(with(Diagnostic::new(code, self.at.clone())));
    }

    fn failed(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }
}

/// A method ready to run on a table: both are checked, and every default is stated.
///
/// See [`Table`] for an example.
#[derive(Clone, Debug)]
pub struct Pipeline<'t> {
    table: &'t Table,
    tree: Tree,
    method: IndexMethod,
    found: Vec<Diagnostic>,
}

impl<'t> Pipeline<'t> {
    /// Checks the tables and the method.
    ///
    /// # Errors
    /// [`IndexError`] with everything that is wrong with either, each with its place: `/indicators/…`, `/values/…`, `/units/…` or `/steps/…`.
    pub fn new(table: &'t Table, method: &IndexMethod) -> Result<Self, IndexError> {
        let (tree, mut found) = table.tree();
        check_order(method, &mut found);
        if let Some(tree) = &tree {
            check_names(method, table, tree, &mut found);
        }
        let failed = found.iter().any(|d| d.severity == Severity::Error);
        match tree {
            Some(tree) if !failed => Ok(Self { table, tree, method: resolved(method), found }),
            _ => Err(IndexError { diagnostics: found }),
        }
    }

    /// The method as it is applied: every default is stated.
    #[must_use]
    pub fn method(&self) -> &IndexMethod {
        &self.method
    }

    pub(crate) fn table(&self) -> &'t Table {
        self.table
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Applies all steps.
    ///
    /// # Errors
    /// [`IndexError`] with everything that was found up to the step that could not be applied.
    pub fn run(&self) -> Result<Outcome, IndexError> {
        let (state, found) = self.state()?;
        Ok(self.outcome(state, found))
    }

    fn state(&self) -> Result<(State, Vec<Diagnostic>), IndexError> {
        self.run_from(State::new(self.table, &self.tree))
    }

    /// The state after all steps, from a start of one's own, with what was found.
    pub(crate) fn run_from(&self, mut state: State) -> Result<(State, Vec<Diagnostic>), IndexError> {
        let mut notes = Notes { at: Pointer::root(), found: self.found.clone() };
        self.note_duplicates(&state, &mut notes);
        self.drop_blank(&mut state, None, &mut notes);
        for (at, step) in self.method.steps.iter().enumerate() {
            notes.at = Pointer::root().with("steps").at(at);
            self.apply(&mut state, at, step, &mut notes);
            if notes.failed() {
                return Err(IndexError { diagnostics: notes.found });
            }
        }
        Ok((state, notes.found))
    }

    /// Applies one step.
    pub(crate) fn apply(&self, state: &mut State, at: usize, step: &MethodStep, notes: &mut Notes) {
        match step {
            MethodStep::Screen(screen) => self.screen(state, at, screen, notes),
            MethodStep::Denominate(denominate) => self.denominate(state, at, denominate.multiple.map_or(1.0, Positive::get), notes),
            MethodStep::Impute(impute) => self.impute(state, at, impute, notes),
            MethodStep::Treat(treat) => self.treat(state, at, treat, notes),
            MethodStep::Normalise(normalise) => self.normalise(state, at, normalise, notes),
            MethodStep::Weigh(weigh) => self.weigh(state, at, weigh),
            MethodStep::Aggregate(aggregate) => self.aggregate(state, aggregate, notes),
            MethodStep::Rank(rank) => {
                for node in &mut state.nodes {
                    node.ranks = ranks(&node.scores, rank.ties);
                }
            }
        }
        self.check_finite(state, notes);
        if !notes.failed() && (state.units.is_empty() || state.alive().is_empty()) {
            let what = if state.units.is_empty() { Bilingual { en: "units", zh: "单元" } } else { Bilingual { en: "indicators", zh: "指标" } };
            notes.note(Code::IndexEmpty, |d| d.bilingual("what", what));
        }
    }

    /// Whatever overflows is an error at the step where it does, and never goes on as a missing value.
    fn check_finite(&self, state: &State, notes: &mut Notes) {
        let leaves = state.alive().into_iter().filter_map(|leaf| Some((self.code(leaf), state.columns.get(leaf)?.values.as_slice())));
        let nodes = state.nodes.iter().map(|node| (node.code.as_str(), node.scores.as_slice()));
        for (code, values) in leaves.chain(nodes) {
            if let Some(place) = values.iter().position(|x| x.is_infinite()) {
                notes.note(Code::IndexNotFinite, |d| d.with("unit", self.unit(state, place)).with("code", code));
            }
        }
    }

    fn code(&self, leaf: usize) -> &str {
        self.tree.leaves.get(leaf).map_or("", |leaf| &leaf.code)
    }

    fn unit(&self, state: &State, place: usize) -> &str {
        state.units.get(place).and_then(|at| self.table.units.get(*at)).map_or("", String::as_str)
    }

    /// Units with the same bits in every indicator.
    fn note_duplicates(&self, state: &State, notes: &mut Notes) {
        // Rows are told apart by a hash first, column by column; only equal hashes are looked at.
        let bits = |x: &f64| (x + 0.0).to_bits();
        let mut hashes = vec![0_u64; state.units.len()];
        for column in &state.columns {
            for (hash, x) in hashes.iter_mut().zip(&column.values) {
                *hash = (hash.rotate_left(5) ^ bits(x)).wrapping_mul(0x517c_c1b7_2722_0a95);
            }
        }
        let same = |a: usize, b: usize| {
            let value = |column: &Column, at: usize| column.values.get(at).map(bits);
            state.columns.iter().all(|column| value(column, a) == value(column, b))
        };
        let mut seen: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        for (place, hash) in hashes.into_iter().enumerate() {
            let others = seen.entry(hash).or_default();
            if let Some(first) = others.iter().find(|first| same(**first, place)) {
                let (found, other) = (self.unit(state, place), self.unit(state, *first));
                let at = Pointer::root().with("units").at(place);
                notes.found.push(Diagnostic::new(Code::IndexDuplicateUnits, at).with("found", found).with("other", other));
            } else {
                others.push(place);
            }
        }
    }

    fn drop_blank(&self, state: &mut State, at: Option<usize>, notes: &mut Notes) {
        for leaf in state.alive() {
            if state.columns.get(leaf).is_some_and(|column| column.values.iter().all(|x| x.is_nan())) {
                notes.note(Code::IndexColumnBlank, |d| d.with("code", self.code(leaf)));
                state.drop(at, leaf);
            }
        }
    }

    fn screen(&self, state: &mut State, at: usize, screen: &Screen, notes: &mut Notes) {
        let alive = state.alive();
        if let Some(least) = screen.units.map(Share::get) {
            let share = |place: usize| {
                let have = alive.iter().filter_map(|leaf| state.columns.get(*leaf)?.values.get(place)).filter(|x| !x.is_nan()).count();
                count(have) / count(alive.len())
            };
            let (mut kept, mut out) = (Vec::new(), Vec::new());
            for place in 0..state.units.len() {
                let found = share(place);
                // A share that equals the threshold but for rounding is enough.
                if found >= least - 1e-12 {
                    kept.push(place);
                } else {
                    notes.note(Code::IndexUnitScreened, |d| {
                        d.with("unit", self.unit(state, place)).with("found", percent(found)).with("expected", percent(least))
                    });
                    out.extend(state.units.get(place).map(|unit| (at, *unit)));
                }
            }
            state.keep(&kept);
            state.units_out.extend(out);
        }
        if let Some(least) = screen.indicators.map(Share::get) {
            for leaf in alive {
                let Some(column) = state.columns.get(leaf) else { continue };
                let found = count(known(&column.values).len()) / count(column.values.len());
                if found < least - 1e-12 {
                    notes.note(Code::IndexColumnScreened, |d| {
                        d.with("code", self.code(leaf)).with("found", percent(found)).with("expected", percent(least))
                    });
                    state.drop(Some(at), leaf);
                }
            }
        }
        self.drop_blank(state, Some(at), notes);
    }

    fn denominate(&self, state: &mut State, at: usize, multiple: f64, notes: &mut Notes) {
        for leaf in state.alive() {
            let Some((name, by)) = self.tree.leaves.get(leaf).and_then(|leaf| leaf.denominator).and_then(|by| self.table.columns.get(by)) else {
                continue;
            };
            let Some(column) = state.columns.get_mut(leaf) else { continue };
            for ((x, known), unit) in column.values.iter_mut().zip(&mut column.known).zip(&state.units) {
                let divisor = by.get(*unit).copied().unwrap_or(f64::NAN);
                if x.is_nan() {
                    continue;
                }
                if divisor > 0.0 {
                    *x = *x / divisor * multiple;
                } else {
                    let found = if divisor.is_nan() {
                        Bilingual { en: "missing", zh: "缺失" }
                    } else {
                        Bilingual { en: "not above 0", zh: "不大于 0 的数" }
                    };
                    let unit = self.table.units.get(*unit).map_or("", String::as_str);
                    notes.note(Code::IndexDenominator, |d| {
                        d.with("code", self.code(leaf)).with("unit", unit).with("denominator", name).bilingual("found", found)
                    });
                    *x = f64::NAN;
                    *known = false;
                }
            }
        }
        self.drop_blank(state, Some(at), notes);
    }

    fn leaves(&self, state: &State, only: &[Line]) -> Vec<usize> {
        let mut alive = state.alive();
        if !only.is_empty() {
            alive.retain(|leaf| only.iter().any(|code| code.as_str() == self.code(*leaf)));
        }
        alive
    }

    fn impute(&self, state: &mut State, at: usize, step: &Impute, notes: &mut Notes) {
        use talent_model::index::Imputation;
        let group = match &step.how {
            Imputation::Mean(grouped) | Imputation::Median(grouped) => grouped.group.as_ref(),
            _ => None,
        };
        let groups = match group.and_then(|name| self.table.groups.iter().find(|(group, _)| group == name.as_str())) {
            Some((_, of)) => numbered(state.units.iter().filter_map(|unit| of.get(*unit))),
            None => vec![0; state.units.len()],
        };
        let alive = state.alive();
        let cells = state.cells(&alive);
        let targets = self.leaves(state, &step.only);
        let only: Vec<usize> = alive.iter().enumerate().filter(|(_, leaf)| targets.contains(leaf)).map(|(place, _)| place).collect();
        for (place, filled) in impute::fill(&step.how, &cells, &groups, &only) {
            let Some(leaf) = alive.get(place).copied() else { continue };
            if let Some(why) = filled.why {
                let left = filled.values.iter().filter(|x| x.is_nan()).count();
                notes.note(Code::IndexNotFilled, |d| {
                    d.with("method", impute::kind(&step.how)).with("code", self.code(leaf)).with("count", left.to_string()).bilingual("why", why)
                });
            }
            state.replace(at, leaf, filled.values);
        }
    }

    fn treat(&self, state: &mut State, at: usize, step: &Treat, notes: &mut Notes) {
        for leaf in self.leaves(state, &step.only) {
            let Some(values) = state.columns.get(leaf).map(|column| column.values.clone()) else { continue };
            match treat(step, &values) {
                Ok(Treated::Untouched) => {}
                Ok(Treated::Changed(values)) => state.replace(at, leaf, values),
                Ok(Treated::Failed(why)) => notes.note(Code::IndexNotTreated, |d| {
                    d.with("code", self.code(leaf))
                        .with("skewness", short(skewness(&values)))
                        .with("kurtosis", short(kurtosis(&values)))
                        .bilingual("why", why)
                }),
                Err(trouble) => {
                    let place = Place { node: "", method: "treat", codes: &[self.code(leaf)] };
                    notes.trouble(trouble, &place, |place| self.unit(state, place).into());
                }
            }
        }
    }

    fn normalise(&self, state: &mut State, at: usize, step: &Normalise, notes: &mut Notes) {
        for leaf in state.alive() {
            let code = self.code(leaf);
            let Some(column) = state.columns.get(leaf) else { continue };
            let how = step.each.get(code).unwrap_or(&step.how);
            let frozen = step.reference.iter().find(|reference| reference.indicator.as_str() == code);
            let reference = match frozen {
                Some(frozen) => frozen.values.iter().map(|x| x.get()).collect(),
                None => known(&column.values),
            };
            let anchor = match how {
                Normalisation::DistanceToReference(anchor) => anchor.unit.as_ref().map(|unit| {
                    let place = state.units.iter().position(|at| self.table.units.get(*at).is_some_and(|name| name == unit.as_str()));
                    place.and_then(|place| column.values.get(place).copied()).unwrap_or(f64::NAN)
                }),
                _ => None,
            };
            let row = self.tree.leaves.get(leaf).and_then(|leaf| self.table.rows.get(leaf.row));
            let source = Source {
                values: &column.values,
                sign: column.sign,
                reference: &reference,
                frozen: frozen.is_some(),
                goalposts: row.and_then(|row| row.goalposts.as_ref()),
                anchor,
            };
            let method = normalise::kind(how);
            match normalise::normalise(how, &source) {
                Ok(Normal::Turned(values, beyond)) => {
                    if beyond > 0 {
                        notes.note(Code::IndexBeyondGoalposts, |d| d.with("code", code).with("count", beyond.to_string()));
                    }
                    if let Some(column) = state.columns.get_mut(leaf) {
                        column.values = overflow(&column.values, values);
                        column.sign = 1.0;
                    }
                }
                Ok(Normal::Kept(values)) => {
                    if let Some(column) = state.columns.get_mut(leaf) {
                        column.values = overflow(&column.values, values);
                    }
                }
                Ok(Normal::Constant(value)) => {
                    notes.note(Code::IndexColumnConstant, |d| d.with("code", code).number("found", value).with("method", method));
                    state.drop(Some(at), leaf);
                }
                Ok(Normal::TooFew(expected)) => {
                    notes.note(Code::IndexTooFewUnits, |d| {
                        d.with("method", method).with("expected", expected.to_string()).with("found", reference.len().to_string())
                    });
                    state.drop(Some(at), leaf);
                }
                Ok(Normal::NoGoalposts) => notes.note(Code::IndexGoalposts, |d| {
                    let none = "–";
                    d.with("code", code).with("low", none).with("high", none).bilingual("expected", Bilingual { en: "both", zh: "两者都写明" })
                }),
                Err(trouble) => {
                    let place = Place { node: "", method, codes: &[code] };
                    notes.trouble(trouble, &place, |place| self.unit(state, place).into());
                }
            }
            state.reference.push((leaf, reference));
        }
    }

    fn weigh(&self, state: &mut State, at: usize, step: &Weigh) {
        for (node, rule) in self.tree.nodes.iter().zip(&mut state.rules) {
            if step.nodes.is_empty() || step.nodes.iter().any(|code| code.as_str() == node.code) {
                *rule = (Some(at), step.how.clone());
            }
        }
    }

    fn aggregate(&self, state: &mut State, step: &Aggregate, notes: &mut Notes) {
        state.nodes =
            self.tree.nodes.iter().map(|node| NodeOutcome { code: node.code.clone(), parent: node.parent, ..NodeOutcome::default() }).collect();
        // Members stand behind their parents, so from the last to the first every member is ready before its parent.
        for at in (0..self.tree.nodes.len()).rev() {
            self.join(state, at, step, notes);
            if notes.failed() {
                return;
            }
        }
        self.effective_weights(state);
        for node in &state.nodes {
            let (low, high) = extremes(&node.scores);
            if low == high {
                notes.note(Code::IndexAllEqual, |d| d.number("found", low).with("node", &node.code));
            }
            let without = node.scores.iter().filter(|x| x.is_nan()).count();
            if without > 0 {
                let why = if step.missing == MissingPolicy::Refuse {
                    Bilingual { en: "a member is missing", zh: "有成员缺失" }
                } else {
                    Bilingual { en: "all members are missing", zh: "全部成员都缺失" }
                };
                notes.note(Code::IndexNoScore, |d| d.with("count", without.to_string()).with("node", &node.code).bilingual("why", why));
            }
        }
    }

    /// Joins the members of one group.
    fn join(&self, state: &mut State, at: usize, step: &Aggregate, notes: &mut Notes) {
        let Some(node) = self.tree.nodes.get(at) else { return };
        let n = state.units.len();
        let (mut codes, mut signs, mut given) = (Vec::new(), Vec::new(), Vec::new());
        let (mut columns, mut coverage): (Vec<&[f64]>, Vec<Cover<'_>>) = (Vec::new(), Vec::new());
        for (member, weight) in &node.members {
            match member {
                Member::Leaf(leaf) => {
                    let Some(column) = state.columns.get(*leaf).filter(|column| column.alive) else { continue };
                    codes.push(self.code(*leaf));
                    signs.push(column.sign);
                    columns.push(&column.values);
                    coverage.push(Cover::Values(&column.known));
                }
                Member::Group(below) => {
                    // A group of which nothing is left has no scores.
                    let Some(below) = state.nodes.get(*below).filter(|below| !below.scores.is_empty()) else { continue };
                    codes.push(below.code.as_str());
                    signs.push(1.0);
                    columns.push(&below.scores);
                    coverage.push(Cover::Group(&below.coverage));
                }
            }
            given.push(*weight);
        }
        if codes.is_empty() {
            return;
        }
        let cells = Matrix::of(n, columns);
        let how = step.each.get(&node.code).unwrap_or(&step.how);
        let place = Place { node: &node.code, method: how.kind(), codes: &codes };
        if let Some((code, _)) = codes.iter().zip(&signs).find(|(_, sign)| **sign < 0.0)
            && !knows_directions(how)
        {
            notes.note(Code::IndexDirectionOpen, |d| d.with("code", code).with("method", how.kind()));
            return;
        }
        let Some(weights) = self.weights(state, at, &Members { codes: &codes, cells: &cells, weights: &given, signs: &signs }, notes) else { return };
        let Some(scores) = self.scores(state, how, step.missing, &cells, &weights.weights, &signs, &place, notes) else { return };
        let mut covered = vec![0.0; n];
        for (member, weight) in coverage.iter().zip(&weights.weights) {
            member.add(*weight, &mut covered);
        }
        let measures = weights.measures.iter().chain(&scores.measures).map(|(name, value)| ((*name).to_owned(), *value)).collect();
        let weights = codes.iter().zip(&weights.weights).map(|(code, weight)| ((*code).to_owned(), *weight, *weight)).collect();
        if let Some(node) = state.nodes.get_mut(at) {
            node.scores = scores.scores;
            node.coverage = covered;
            node.measures = measures;
            node.weights = weights;
        }
    }

    /// The weights of one group's members. Where data-driven weights have no answer, the table's own are taken, with a finding.
    fn weights(&self, state: &State, at: usize, members: &Members<'_>, notes: &mut Notes) -> Option<weigh::Weights> {
        let given = Weighting::Given(talent_model::standard::Plain {});
        let (said, how) = state.rules.get(at).map_or((None, &given), |(said, how)| (*said, how));
        let node = self.tree.nodes.get(at).map_or("", |node| &node.code);
        let own = notes.at.clone();
        if let Some(said) = said {
            notes.at = Pointer::root().with("steps").at(said);
        }
        // Only weights that come from the data look at the values.
        let (cells, complete) = if weigh::from_data(how) {
            let turned = members.turned();
            let complete: Vec<usize> = (0..turned.rows()).filter(|unit| turned.row(*unit).all(|x| !x.is_nan())).collect();
            (turned.keep(&complete), complete)
        } else {
            (Matrix::zeros(0, members.codes.len()), Vec::new())
        };
        let place = Place { node, method: weigh::kind(how), codes: members.codes };
        let advisable = (5 * members.codes.len()).max(30);
        if weigh::from_data(how) && members.codes.len() > 1 && complete.len() < advisable {
            notes.note(Code::IndexSmallSample, |d| {
                d.with("node", node).with("method", place.method).with("found", complete.len().to_string()).with("expected", advisable.to_string())
            });
        }
        let found = if weigh::from_judges(how) { self.judged(at, how, members) } else { weigh::weights(how, members.codes, members.weights, &cells) };
        let weights = match found {
            Ok(mut weights) => {
                if let Some((_, ratio)) = weights.measures.iter().find(|(name, _)| *name == "consistency_ratio")
                    && *ratio > 0.1
                {
                    notes.note(Code::IndexInconsistent, |d| d.with("node", node).with("found", short(*ratio)).with("expected", "0.1"));
                }
                if weigh::from_data(how) {
                    weights.measures.push(("weighed_units", count(complete.len())));
                }
                Some(weights)
            }
            Err(trouble @ (Trouble::TooFew { .. } | Trouble::Singular)) => {
                notes.trouble(trouble, &place, |_| String::new());
                weigh::Weights::of(members.weights).ok()
            }
            Err(trouble) => {
                notes.trouble(trouble, &place, |unit| complete.get(unit).map_or_else(String::new, |unit| self.unit(state, *unit).into()));
                None
            }
        };
        notes.at = own;
        weights
    }

    /// Weights from judgements: on all members that the group has by the table, whether or not something left some of them out, and then of those that are in.
    fn judged(&self, at: usize, how: &Weighting, members: &Members<'_>) -> Result<weigh::Weights, Trouble> {
        let declared = self.tree.nodes.get(at).map(|node| node.members.as_slice()).unwrap_or_default();
        let code = |member: &Member| match member {
            Member::Leaf(leaf) => self.code(*leaf),
            Member::Group(node) => self.tree.nodes.get(*node).map_or("", |node| node.code.as_str()),
        };
        let codes: Vec<&str> = declared.iter().map(|(member, _)| code(member)).collect();
        let all = weigh::weights(how, &codes, &vec![1.0; codes.len()], &Matrix::zeros(0, codes.len()))?;
        let own = |wanted: &&str| codes.iter().zip(&all.weights).find(|(code, _)| *code == wanted).map_or(0.0, |(_, weight)| *weight);
        let weights = weigh::Weights::of(&members.codes.iter().map(own).collect::<Vec<f64>>())?;
        Ok(weigh::Weights { measures: all.measures, ..weights })
    }

    /// The scores of one group under the policy for missing values.
    #[expect(clippy::too_many_arguments, reason = "one join has this many parts, and they are used only here")]
    fn scores(
        &self,
        state: &State,
        how: &Combination,
        missing: MissingPolicy,
        cells: &Matrix,
        weights: &[f64],
        signs: &[f64],
        place: &Place<'_>,
        notes: &mut Notes,
    ) -> Option<super::combine::Scores> {
        let n = cells.rows();
        let mut cells = std::borrow::Cow::Borrowed(cells);
        let complete = |cells: &Matrix, unit: usize| cells.row(unit).all(|x| !x.is_nan());
        let mut kept: Vec<usize> = (0..n).collect();
        match missing {
            MissingPolicy::Zero => {
                let cells = cells.to_mut();
                for j in 0..cells.columns() {
                    for i in 0..n {
                        if cells[(i, j)].is_nan() {
                            cells[(i, j)] = 0.0;
                        }
                    }
                }
            }
            MissingPolicy::Refuse => kept.retain(|unit| complete(&cells, *unit)),
            MissingPolicy::Exclude if leaves_out(how) => kept.retain(|unit| cells.row(*unit).any(|x| !x.is_nan())),
            MissingPolicy::Exclude => {
                for unit in 0..n {
                    if let Some((_, code)) = cells.row(unit).zip(place.codes).find(|(x, _)| x.is_nan()) {
                        notes.note(Code::IndexNeedsComplete, |d| {
                            d.with("method", place.method).with("unit", self.unit(state, unit)).with("code", code)
                        });
                    }
                }
                if notes.failed() {
                    return None;
                }
            }
        }
        let part = if kept.len() == n { cells } else { std::borrow::Cow::Owned(cells.keep(&kept)) };
        let found = combine(how, &Members { codes: place.codes, cells: &part, weights, signs });
        let found = match found {
            Ok(found) => found,
            Err(trouble) => {
                notes.trouble(trouble, place, |unit| kept.get(unit).map_or_else(String::new, |unit| self.unit(state, *unit).into()));
                return None;
            }
        };
        let mut scores = vec![f64::NAN; n];
        for (place, (unit, score)) in kept.iter().zip(&found.scores).enumerate() {
            if let Some(cell) = scores.get_mut(*unit) {
                // A unit that has every member has a score, unless something overflowed.
                *cell = if score.is_nan() && complete(&part, place) { f64::INFINITY } else { *score };
            }
        }
        Some(super::combine::Scores { scores, measures: found.measures })
    }

    /// Multiplies weights down the tree.
    fn effective_weights(&self, state: &mut State) {
        for at in 0..state.nodes.len() {
            let above = state.nodes.get(at).and_then(|node| {
                let parent = state.nodes.get(node.parent?)?;
                parent.weights.iter().find(|(code, ..)| *code == node.code).map(|(_, _, effective)| *effective)
            });
            let root = state.nodes.get(at).is_some_and(|node| node.parent.is_none());
            let factor = if root { 1.0 } else { above.unwrap_or(0.0) };
            if let Some(node) = state.nodes.get_mut(at) {
                for (_, weight, effective) in &mut node.weights {
                    *effective = *weight * factor;
                }
            }
        }
    }

    fn outcome(&self, state: State, found: Vec<Diagnostic>) -> Outcome {
        let name = |at: usize| self.table.units.get(at).cloned().unwrap_or_default();
        let alive = state.alive();
        let mut left_out: Vec<LeftOut> =
            state.units_out.iter().map(|(at, unit)| LeftOut { step: Some(step(*at)), unit: Some(line(&name(*unit))), indicator: None }).collect();
        left_out.extend(state.columns_out.iter().map(|(at, leaf)| LeftOut {
            step: at.map(step),
            unit: None,
            indicator: Some(line(self.code(*leaf))),
        }));
        let changes = state.changes.iter().filter_map(|change| {
            Some(ChangedValue {
                step: step(change.step),
                unit: line(&name(change.unit)),
                indicator: line(self.code(change.indicator)),
                from: finite(change.from),
                to: finite(change.to)?,
            })
        });
        Outcome {
            method: self.method.clone(),
            units: state.units.iter().map(|at| name(*at)).collect(),
            indicators: alive.iter().map(|leaf| self.code(*leaf).to_owned()).collect(),
            values: alive.iter().filter_map(|leaf| state.columns.get(*leaf)).map(|column| column.values.clone()).collect(),
            directions: alive.iter().filter_map(|leaf| state.columns.get(*leaf)).map(|column| column.sign).collect(),
            changes: changes.collect(),
            left_out,
            reference: state.reference.into_iter().map(|(leaf, values)| (self.code(leaf).to_owned(), values)).collect(),
            diagnostics: found,
            nodes: if state.nodes.is_empty() {
                let empty = |node: &super::table::Node| NodeOutcome { code: node.code.clone(), parent: node.parent, ..NodeOutcome::default() };
                self.tree.nodes.iter().map(empty).collect()
            } else {
                state.nodes
            },
        }
    }
}

/// What is known of a member.
enum Cover<'c> {
    /// Of an indicator: which values were given.
    Values(&'c [bool]),
    /// Of a group: its own coverage.
    Group(&'c [f64]),
}

impl Cover<'_> {
    fn add(&self, weight: f64, covered: &mut [f64]) {
        match self {
            Self::Values(known) => covered.iter_mut().zip(*known).for_each(|(sum, known)| *sum += if *known { weight } else { 0.0 }),
            Self::Group(shares) => covered.iter_mut().zip(*shares).for_each(|(sum, share)| *sum += weight * share),
        }
    }
}

/// What a trouble belongs to.
struct Place<'p> {
    node: &'p str,
    method: &'static str,
    codes: &'p [&'p str],
}

impl Notes {
    /// A trouble in words, with the names of its units and members.
    fn trouble(&mut self, trouble: Trouble, place: &Place<'_>, unit: impl Fn(usize) -> String) {
        let member = |at: usize| place.codes.get(at).copied().unwrap_or(place.node);
        match trouble {
            Trouble::TooFew { expected, found } => self.note(Code::IndexTooFewUnits, |d| {
                d.with("method", place.method).with("expected", expected.to_string()).with("found", found.to_string())
            }),
            Trouble::NotPositive { unit: at, member: of, found } => {
                self.note(Code::IndexNotPositive, |d| {
                    d.with("method", place.method).with("unit", unit(at)).number("found", found).with("code", member(of))
                });
            }
            Trouble::NoSolution { unit: at, why } => self.note(Code::IndexNoSolution, |d| {
                let d = d.with("method", place.method).with("node", place.node).bilingual("why", why);
                match at {
                    Some(at) => d.with("unit", unit(at)),
                    None => d.bilingual("unit", Bilingual { en: "all units", zh: "全部单元" }),
                }
            }),
            Trouble::Parameter { name, found, expected } => {
                self.note(Code::IndexParameter, |d| d.with("parameter", name).with("found", found).bilingual("expected", expected));
            }
            Trouble::UnknownMember { name } => {
                let what = Bilingual { en: "member", zh: "成员" };
                let found = unknown(self.at.clone(), what, &name, place.codes.iter().copied());
                self.found.push(found);
            }
            Trouble::Judgements { en, zh } => self.note(Code::IndexJudgements, |d| d.with("node", place.node).with("why", en).with("why_zh", zh)),
            Trouble::Singular => {
                let codes: Vec<String> = place.codes.iter().map(|code| format!("`{code}`")).collect();
                self.note(Code::IndexSingular, |d| d.with("codes", codes.join(", ")).with("method", place.method));
            }
        }
    }
}

/// Numbers that come from numbers are numbers: what became none has overflowed, and is infinite.
fn overflow(from: &[f64], mut to: Vec<f64>) -> Vec<f64> {
    for (to, from) in to.iter_mut().zip(from) {
        if to.is_nan() && !from.is_nan() {
            *to = f64::INFINITY;
        }
    }
    to
}

/// A share for people.
fn percent(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

/// A number for people.
fn short(value: f64) -> String {
    format!("{value:.3}")
}

/// Groups by name as numbers, in the order in which they first appear.
fn numbered<'g>(names: impl Iterator<Item = &'g String>) -> Vec<usize> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    names
        .map(|name| {
            let next = seen.len();
            *seen.entry(name).or_insert(next)
        })
        .collect()
}
