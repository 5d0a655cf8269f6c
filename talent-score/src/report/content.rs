//! What a report says, before it is HTML, Markdown or a workbook: built once, rendered three times.

use talent_model::Lang;

/// How something stands. A renderer shows it by a sign and a word, and by colour only besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Good,
    Poor,
    Open,
    Quiet,
}

impl Tone {
    /// A sign that is told apart without colour.
    pub(crate) fn sign(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Poor => "✕",
            Self::Open => "?",
            Self::Quiet => "–",
        }
    }
}

/// A score with its bounds, as shares of the full mark from 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bar {
    pub(crate) value: Option<f64>,
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Where something is demanded.
    pub(crate) marks: Vec<f64>,
}

/// A sentence among others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    /// Whether it only explains the one before it.
    pub(crate) aside: bool,
}

impl Line {
    pub(crate) fn main(text: impl Into<String>) -> Self {
        Self { text: text.into(), aside: false }
    }

    pub(crate) fn aside(text: impl Into<String>) -> Self {
        Self { text: text.into(), aside: true }
    }
}

/// What stands in a cell of a table.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    /// A number as shown, and as it is.
    Number(String, f64),
    /// Drawn where there is drawing; the numbers stand in cells of their own.
    Bar(Bar),
    Mark(Tone, String),
    /// A code, a name and what is said of it in a word.
    Named {
        code: String,
        name: String,
        note: String,
    },
    /// Sentences, one below the other.
    Lines(Vec<Line>),
    None,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Set {
    /// As wide as its widest cell.
    Text,
    /// Takes what is left.
    Wide,
    Number,
    Bar,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column {
    pub(crate) head: String,
    pub(crate) set: Set,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Row {
    /// A line over the rows that follow.
    Group(String),
    Cells(Vec<Cell>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Table {
    /// What the table shows, for those who do not see it among its surroundings.
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    pub(crate) fn new(caption: impl Into<String>, columns: &[(&str, Set)]) -> Self {
        let columns = columns.iter().map(|(head, set)| Column { head: (*head).to_owned(), set: *set }).collect();
        Self { caption: caption.into(), columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(Row::Cells(cells));
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Block {
    /// A heading inside a section.
    Title(String),
    Text(String),
    /// Words and what they stand for.
    Facts(Vec<(String, String)>),
    Table(Table),
    List(Vec<String>),
    /// Something to type or compute, kept as it is.
    Code(Vec<String>),
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Section {
    /// Unique in the edition.
    pub(crate) id: &'static str,
    pub(crate) title: String,
    pub(crate) blocks: Vec<Block>,
}

/// The total on its scale, with the grades' thresholds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    pub(crate) bar: Bar,
    /// Where each grade begins, and its name.
    pub(crate) ticks: Vec<(f64, String)>,
}

/// A short list, and how many more there are.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Short {
    pub(crate) title: String,
    /// One sentence before the list.
    pub(crate) lead: String,
    pub(crate) items: Vec<(Tone, String, String)>,
    /// That there are more, and where.
    pub(crate) more: Option<String>,
}

/// The scorecard: what fits on one page.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Card {
    /// The word for a grade, and the grade. Absent: the standard has none.
    pub(crate) grade: Option<(String, Tone, String)>,
    /// The word for the total, the total and its full mark.
    pub(crate) total: (String, String, String),
    pub(crate) certainty: String,
    pub(crate) scale: Scale,
    pub(crate) verdicts: Vec<(String, Tone, String)>,
    pub(crate) scenarios: Table,
    pub(crate) modules: Option<Table>,
    pub(crate) shorts: Vec<Short>,
    /// How to read the bars.
    pub(crate) legend: Vec<String>,
}

/// A whole report in one language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Edition {
    pub(crate) lang: Lang,
    /// What kind of document it is.
    pub(crate) kind: String,
    /// The community.
    pub(crate) title: String,
    /// Under what, and for when.
    pub(crate) facts: Vec<(String, String)>,
    /// What every reader must be told.
    pub(crate) notices: Vec<String>,
    pub(crate) card: Card,
    pub(crate) card_title: String,
    pub(crate) contents: String,
    pub(crate) sections: Vec<Section>,
    /// One line for the foot of every page.
    pub(crate) foot: String,
}
