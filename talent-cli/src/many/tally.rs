//! What was found in many documents, counted.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use talent_model::Lang;
use talent_model::diagnostic::{Code, Severity, message};

use crate::render::findings::severity;
use crate::render::report::Report;
use crate::render::text::{Page, Style, fit, plain};

/// How many places of one code are kept.
const FIRST: usize = 3;

/// One code: how often, in how many documents, and its first places.
#[derive(Clone, Default)]
struct Count {
    places: usize,
    documents: usize,
    waived: usize,
    first: Vec<(String, String)>,
}

/// Counts that can be added up in the order of the documents.
#[derive(Clone, Default)]
pub(crate) struct Tally {
    pub(crate) documents: usize,
    unopened: usize,
    readable: usize,
    conforming: usize,
    submissions: usize,
    scorable: usize,
    graded: usize,
    codes: BTreeMap<(Severity, Code), Count>,
}

impl Tally {
    pub(crate) fn of(report: &Report, lang: Lang) -> Self {
        let examined = &report.examined;
        let mut codes: BTreeMap<(Severity, Code), Count> = BTreeMap::new();
        for diagnostic in &examined.diagnostics {
            let count = codes.entry((diagnostic.severity, diagnostic.code)).or_insert_with(|| Count { documents: 1, ..Count::default() });
            if diagnostic.waived.is_some() {
                count.waived += 1;
                continue;
            }
            count.places += 1;
            if count.first.len() < FIRST {
                count.first.push((report.place(diagnostic), message(diagnostic, lang)));
            }
        }
        let one = usize::from;
        Self {
            documents: 1,
            unopened: one(report.unopened),
            readable: one(examined.readable && !report.unopened),
            conforming: one(examined.conforms && !report.unopened),
            submissions: one(examined.scorable.is_some()),
            scorable: one(examined.scorable == Some(true)),
            graded: one(examined.meets.is_some()),
            codes,
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.unopened += other.unopened;
        self.readable += other.readable;
        self.conforming += other.conforming;
        self.submissions += other.submissions;
        self.scorable += other.scorable;
        self.graded += other.graded;
        for (code, more) in other.codes {
            let count = self.codes.entry(code).or_default();
            count.places += more.places;
            count.documents += more.documents;
            count.waived += more.waived;
            let room = FIRST.saturating_sub(count.first.len());
            count.first.extend(more.first.into_iter().take(room));
        }
    }

    /// For people: one summary, by code.
    pub(crate) fn print(&self, lang: Lang, style: Style, page: &mut Page) {
        for ((weight, code), count) in &self.codes {
            let (places, documents) = (count.places, count.documents);
            let waived = match (lang, count.waived) {
                (_, 0) => String::new(),
                (Lang::En, n) => format!(", {n} waived"),
                (Lang::Zh, n) => format!("，{n} 处已豁免"),
            };
            page.line(match lang {
                Lang::En => {
                    format!("{} {} {} × {places} in {documents} documents{waived}", severity(*weight, lang, style), style.bold(code), code.slug())
                }
                Lang::Zh => {
                    format!("{} {} {} × {places}，见于 {documents} 份文档{waived}", severity(*weight, lang, style), style.bold(code), code.slug())
                }
            });
            for (place, message) in &count.first {
                page.line(format_args!("  {}", plain(place)));
                page.line(format_args!("    {}", fit(&plain(message), 200)));
            }
            page.gap();
        }
        page.line(match lang {
            Lang::En => format!(
                "{} documents: {} readable, {} conform; {} submissions: {} scorable, {} with a grade",
                style.bold(self.documents),
                self.readable,
                self.conforming,
                self.submissions,
                self.scorable,
                self.graded
            ),
            Lang::Zh => format!(
                "{} 份文档：{} 份可读，{} 份合规；{} 份申报：{} 份可评，{} 份达到等级",
                style.bold(self.documents),
                self.readable,
                self.conforming,
                self.submissions,
                self.scorable,
                self.graded
            ),
        });
        if self.unopened > 0 {
            page.line(match lang {
                Lang::En => style.red(format_args!("{} could not be opened", self.unopened)),
                Lang::Zh => style.red(format_args!("{} 个文件无法打开", self.unopened)),
            });
        }
    }

    /// For programs.
    pub(crate) fn to_value(&self) -> Value {
        let codes: Vec<Value> = self
            .codes
            .iter()
            .map(|((severity, code), count)| {
                let first: Vec<&str> = count.first.iter().map(|(place, _)| place.as_str()).collect();
                json!({
                    "code": code.as_str(),
                    "severity": severity.as_str(),
                    "count": count.places,
                    "waived": count.waived,
                    "documents": count.documents,
                    "first": first,
                })
            })
            .collect();
        json!({
            "documents": self.documents,
            "unopened": self.unopened,
            "readable": self.readable,
            "conforming": self.conforming,
            "submissions": self.submissions,
            "scorable": self.scorable,
            "graded": self.graded,
            "codes": codes,
        })
    }
}
