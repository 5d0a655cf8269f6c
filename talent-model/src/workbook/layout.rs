//! What stands where: the tables of a workbook and their columns, which the writer and the reader share.
//!
//! A table is a list of objects of the submission, one in a row. A column is one member of them. Whatever has no column of its own, or cannot be
//! written into its cell without loss, goes into the column `more` as JSON, so that nothing is ever lost on the way through a workbook.

use super::Languages;
use super::words::{self, Word};
use crate::lang::Bilingual;
use crate::standard::{FactDefinition, FactKind};
use crate::text::Text;
use crate::{Lang, Standard};

/// The version of the layout, which a workbook states on its version sheet.
pub(super) const LAYOUT: &str = "1";

/// A table of the workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Table {
    Instructions,
    Submission,
    Facts,
    Zones,
    Observations,
    Assets,
    Evidence,
    Codelists,
    Version,
    /// What an answer to the sender says is to be mended.
    Fixes,
}

impl Table {
    pub(super) const ALL: [Self; 10] = [
        Self::Instructions,
        Self::Submission,
        Self::Facts,
        Self::Zones,
        Self::Observations,
        Self::Assets,
        Self::Evidence,
        Self::Codelists,
        Self::Version,
        Self::Fixes,
    ];

    /// Whether it only tells people something, and is never read.
    pub(super) fn is_for_people(self) -> bool {
        matches!(self, Self::Instructions | Self::Codelists | Self::Fixes)
    }

    /// The name in the keys of its columns.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
            Self::Submission => "submission",
            Self::Facts => "facts",
            Self::Zones => "zones",
            Self::Observations => "observations",
            Self::Assets => "assets",
            Self::Evidence => "evidence",
            Self::Codelists => "codelists",
            Self::Version => "version",
            Self::Fixes => "fixes",
        }
    }

    /// The name of its sheet; a sheet of observations bears the name of its scenario.
    pub(super) fn name(self) -> Bilingual {
        match self {
            Self::Instructions => Bilingual { en: "Instructions", zh: "填写说明" },
            Self::Submission => Bilingual { en: "Submission", zh: "申报与社区" },
            Self::Facts => Bilingual { en: "Community facts", zh: "社区数据" },
            Self::Zones => Bilingual { en: "Zones", zh: "圈层" },
            Self::Observations => Bilingual { en: "Indicators", zh: "指标" },
            Self::Assets => Bilingual { en: "Assets", zh: "设施清单" },
            Self::Evidence => Bilingual { en: "Evidence", zh: "证据清单" },
            Self::Codelists => Bilingual { en: "Codelists", zh: "代码表" },
            Self::Version => Bilingual { en: "Version", zh: "版本" },
            Self::Fixes => Bilingual { en: "Fix list", zh: "修改清单" },
        }
    }
}

/// Words of the engine or of a standard, in both languages.
#[derive(Clone, Debug)]
pub(super) struct Title {
    pub(super) en: String,
    pub(super) zh: String,
}

impl Title {
    pub(super) fn say(&self, languages: Languages) -> String {
        languages.lines(&self.en, &self.zh)
    }
}

impl From<Bilingual> for Title {
    fn from(text: Bilingual) -> Self {
        Self { en: text.en.into(), zh: text.zh.into() }
    }
}

impl From<&Text> for Title {
    fn from(text: &Text) -> Self {
        Self { en: text.in_language(Lang::En).into(), zh: text.in_language(Lang::Zh).into() }
    }
}

/// One of a closed list that the document or the standard makes.
#[derive(Clone, Debug)]
pub(super) struct Pick {
    pub(super) id: String,
    pub(super) name: Title,
}

/// What the cells of a column hold.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// For people; never read.
    Info,
    /// The identifier of the row.
    Id,
    Text,
    Number,
    Date,
    Word(&'static [Word]),
    /// Several words of a list.
    Words(&'static [Word]),
    /// One of a list of the standard.
    Choice(Vec<Pick>),
    /// A zone of the submission.
    Zone,
    /// Pieces of evidence of the submission.
    Evidence,
    /// A fact as the standard asks for it; without a definition, whatever it is.
    Fact(Option<Box<FactAsked>>),
    /// The answer to the indicator of the row.
    Answer,
    /// The unit of the answer.
    Unit,
    /// Everything else, as JSON.
    More,
}

/// What a standard asks of a fact.
#[derive(Clone, Debug)]
pub(super) struct FactAsked {
    pub(super) kind: FactKind,
    pub(super) unit: Option<String>,
    pub(super) choices: Vec<Pick>,
}

/// A column of a table, or a row of a form.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// The key in the hidden first row, after the table's own.
    pub(super) key: String,
    pub(super) title: Title,
    /// Where the value stands in the row's object.
    pub(super) path: Vec<String>,
    pub(super) kind: Kind,
    /// In characters.
    pub(super) width: u8,
    /// What to write, for the message beside the cell.
    pub(super) help: Bilingual,
}

const NO_HELP: Bilingual = Bilingual { en: "", zh: "" };

/// A column whose key is the path of its member.
fn column(path: &str, en: &str, zh: &str, kind: Kind, width: u8) -> Column {
    let title = Title { en: en.into(), zh: zh.into() };
    Column { key: path.into(), title, path: path.split('.').map(str::to_owned).collect(), kind, width, help: NO_HELP }
}

fn helped(column: Column, en: &'static str, zh: &'static str) -> Column {
    Column { help: Bilingual { en, zh }, ..column }
}

fn id(en: &str, zh: &str, width: u8) -> Column {
    column("id", en, zh, Kind::Id, width)
}

fn info(key: &str, en: &str, zh: &str, width: u8) -> Column {
    column(key, en, zh, Kind::Info, width)
}

fn more() -> Column {
    column("more", "Other members (JSON)", "其他内容（JSON）", Kind::More, 30)
}

/// A text in both languages, Chinese first.
fn text(path: &str, en: &str, zh: &str, width: u8) -> [Column; 2] {
    [
        column(&format!("{path}.zh"), &format!("{en} (Chinese)"), &format!("{zh}（中文）"), Kind::Text, width),
        column(&format!("{path}.en"), &format!("{en} (English)"), &format!("{zh}（英文）"), Kind::Text, width),
    ]
}

pub(super) fn asked(definition: &FactDefinition) -> FactAsked {
    let choices = definition.choices.iter().map(|choice| Pick { id: choice.id.to_string(), name: (&choice.name).into() });
    FactAsked { kind: definition.kind, unit: definition.unit.as_ref().map(ToString::to_string), choices: choices.collect() }
}

fn day(column: Column) -> Column {
    helped(column, "A date such as 2026-03-31", "日期，如 2026-03-31")
}

/// The columns of a table for a standard.
pub(super) fn columns(table: Table, standard: &Standard) -> Vec<Column> {
    match table {
        Table::Instructions => vec![info("text", "Instructions", "填写说明", 74)],
        Table::Codelists => vec![
            info("list", "List", "代码表", 26),
            info("id", "Code", "代码", 26),
            info("zh", "Chinese", "中文", 40),
            info("en", "English", "英文", 40),
        ],
        Table::Submission => vec![
            id("ID", "标识", 26),
            info("item", "Item", "项目", 30),
            column("value", "To be filled in", "填写内容", Kind::Text, 44),
            info("help", "Explanation", "说明", 60),
        ],
        Table::Version => {
            vec![id("ID", "标识", 22), info("item", "Item", "项目", 26), column("value", "Content", "内容", Kind::Text, 76)]
        }
        Table::Fixes => fixes(),
        Table::Facts => {
            let mut columns = vec![
                id("ID", "标识", 24),
                info("name", "Fact", "数据项", 36),
                info("unit-name", "Unit", "单位", 12),
                column("value", "Value", "数值", Kind::Fact(None), 16),
                day(column("date", "Date", "日期", Kind::Date, 12)),
            ];
            columns.extend(text("source", "Source", "来源", 28));
            columns.push(more());
            columns
        }
        Table::Zones => zones(standard),
        Table::Observations => observations(),
        Table::Assets => assets(),
        Table::Evidence => evidence(),
    }
}

/// The columns of the list of what is to be mended.
pub(super) fn fixes() -> Vec<Column> {
    vec![
        info("severity", "Severity", "级别", 11),
        info("code", "Code", "代码", 9),
        info("place", "Place", "位置", 22),
        info("message", "What is wrong", "问题", 48),
        info("expected", "Expected", "应为", 28),
        info("found", "Found", "实填", 22),
        info("cure", "How to mend it", "改法", 48),
    ]
}

fn zones(standard: &Standard) -> Vec<Column> {
    let mut columns = vec![helped(id("Zone ID", "圈层标识", 18), "Lower-case letters, digits, hyphens", "小写字母、数字和连字符")];
    columns.extend(text("name", "Name", "名称", 22));
    columns.push(column("role", "Role", "类型", Kind::Word(words::ROLES), 12));
    columns.push(helped(column("ring", "Ring", "圈层序号", Kind::Number, 9), "1 is the innermost ring", "由内向外从 1 起"));
    columns.push(column("planned_floor_area", "Planned floor area (m²)", "规划建筑面积（m²）", Kind::Number, 14));
    columns.push(column("completed_floor_area", "Completed floor area (m²)", "已建成建筑面积（m²）", Kind::Number, 14));
    if standard.stages.len() > 1 {
        let stages = standard.stages.iter().map(|stage| Pick { id: stage.id.to_string(), name: (&stage.name).into() }).collect();
        let stage = column("stage", "Stage, if not told by the floor areas", "阶段（面积不能判定时填写）", Kind::Choice(stages), 16);
        columns.push(stage);
    }
    for (fact, definition) in standard.facts.iter() {
        let unit = |lang| definition.unit.as_ref().map_or("", |unit| standard.unit_name(unit, lang));
        let with_unit = |name: &str, unit: &str, open: &str, close: &str| match unit {
            "" => name.to_owned(),
            unit => format!("{name}{open}{unit}{close}"),
        };
        let en = with_unit(definition.name.in_language(Lang::En), unit(Lang::En), " (", ")");
        let zh = with_unit(definition.name.in_language(Lang::Zh), unit(Lang::Zh), "（", "）");
        columns.push(column(&format!("facts.{fact}"), &en, &zh, Kind::Fact(Some(Box::new(asked(definition)))), 14));
    }
    columns.push(more());
    columns
}

pub(super) fn observations() -> Vec<Column> {
    vec![
        Column { path: vec!["indicator".into()], ..id("Indicator ID", "指标标识", 14) },
        info("code", "Code", "编号", 9),
        info("name", "Indicator", "指标", 22),
        info("definition", "Definition", "定义", 34),
        column("unit", "Unit", "单位", Kind::Unit, 12),
        info("measurement", "How measured and answered", "测算与填报方法", 44),
        column("value", "Value", "填报值", Kind::Answer, 16),
        helped(
            column("state", "State", "状态", Kind::Word(words::STATES), 11),
            "Leave empty when a value is given and known",
            "已有确定数值时可不填",
        ),
        helped(
            column("zone", "Zone", "圈层", Kind::Zone, 14),
            "Empty: the whole community. To answer for several zones, copy the row",
            "不填表示整个社区；分圈层填报时复制本行",
        ),
        day(column("date", "Date", "数据日期", Kind::Date, 12)),
        column("quality", "Quality", "数据质量", Kind::Word(words::QUALITIES), 11),
        column("note", "Note", "备注", Kind::Text, 22),
        helped(column("reason", "Reason", "理由", Kind::Text, 24), "Why it does not apply, is missing or is withheld", "不适用、缺失或不公开的理由"),
        helped(column("sample", "Sample size", "样本量", Kind::Number, 10), "For surveys: how many answered", "问卷类指标：有效样本数"),
        helped(
            column("evidence", "Evidence", "证据", Kind::Evidence, 18),
            "IDs from the evidence sheet, several with commas",
            "填证据清单中的标识，多个用逗号隔开",
        ),
        column("method", "Method", "数据方法", Kind::Text, 24),
        column("uncertainty.low", "At least", "不低于", Kind::Number, 10),
        column("uncertainty.high", "At most", "不高于", Kind::Number, 10),
        more(),
    ]
}

fn assets() -> Vec<Column> {
    let mut columns = vec![id("Asset ID", "设施标识", 18), column("type", "Type", "类型", Kind::Word(words::ASSET_TYPES), 14)];
    columns.extend(text("name", "Name", "名称", 26));
    columns.push(column("zone", "Zone", "圈层", Kind::Zone, 14));
    columns.push(column("functions", "Functions of a policy", "政策功能", Kind::Words(words::FUNCTIONS), 18));
    columns.push(column("capacity", "Capacity", "容量", Kind::Number, 10));
    columns.push(column("unit", "Unit of capacity (UCUM)", "容量单位（UCUM）", Kind::Text, 12));
    for (path, en, zh) in [
        ("opened", "Opened", "启用日期"),
        ("closed", "Closed", "停用日期"),
        ("valid_from", "In force from", "生效日期"),
        ("valid_until", "In force until", "失效日期"),
    ] {
        columns.push(day(column(path, en, zh, Kind::Date, 12)));
    }
    columns.extend(text("issuer", "Run or issued by", "运营或发布单位", 22));
    columns.push(column("uri", "Link", "链接", Kind::Text, 28));
    columns.push(more());
    columns
}

pub(super) fn evidence() -> Vec<Column> {
    let mut columns = vec![id("Evidence ID", "证据标识", 18)];
    columns.extend(text("title", "Title", "名称", 32));
    columns.push(column("uri", "File or link", "文件名或链接", Kind::Text, 36));
    columns.push(day(column("issued", "Issued", "出具日期", Kind::Date, 12)));
    columns.push(day(column("valid_until", "Valid until", "有效期至", Kind::Date, 12)));
    columns.extend(text("issuer", "Issuer", "出具单位", 22));
    columns.push(column("pages", "Pages", "页码", Kind::Text, 10));
    columns.push(column("language", "Language", "语言", Kind::Text, 9));
    columns.push(column("confidentiality", "Confidentiality", "公开范围", Kind::Word(words::CONFIDENTIALITIES), 12));
    columns.push(column("sha256", "SHA-256", "SHA-256 校验值", Kind::Text, 20));
    columns.push(more());
    columns
}

/// The rows of the form on the submission sheet; those under `community` build the community.
pub(super) fn form() -> Vec<Column> {
    let identifier = ("Lower-case letters, digits and single hyphens, such as new-shougang", "小写字母、数字和单个连字符，如 new-shougang");
    let mut rows = vec![
        helped(
            column("id", "Submission ID", "申报标识", Kind::Text, 0),
            "Lower-case letters, digits and single hyphens, such as new-shougang-2025. A correction keeps it, another period needs a new one",
            "小写字母、数字和单个连字符，如 new-shougang-2025。更正时不变，新的评价期用新的标识",
        ),
        helped(
            day(column("period.from", "First day of the period", "评价期首日", Kind::Date, 0)),
            "A date such as 2025-01-01",
            "日期，如 2025-01-01",
        ),
        helped(day(column("period.to", "Last day of the period", "评价期末日", Kind::Date, 0)), "A date such as 2025-12-31", "日期，如 2025-12-31"),
        day(column("submitted_on", "Day of submission", "申报日期", Kind::Date, 0)),
    ];
    rows.extend(text("submitter", "Submitter", "申报单位", 0));
    rows.extend(text("notice", "What every reader must be told", "须告知读者的事项", 0));
    rows.push(helped(column("community.id", "Community ID", "社区标识", Kind::Text, 0), identifier.0, identifier.1));
    rows.extend(text("community.name", "Name of the community", "社区名称", 0));
    rows.extend(text("community.description", "Description", "社区简介", 0));
    rows.push(helped(
        column("community.type", "Type of community", "社区类型", Kind::Text, 0),
        "Such as industry or living; may be left empty",
        "如 industry、living；可不填",
    ));
    rows.push(helped(column("community.location.country", "Country", "国家", Kind::Text, 0), "ISO 3166 code such as CN", "ISO 3166 代码，如 CN"));
    rows.extend(text("community.location.region", "City or district", "所在市、区", 0));
    rows.extend(text("community.location.address", "Address", "地址", 0));
    rows.push(column("community.more", "Other members of the community (JSON)", "社区的其他内容（JSON）", Kind::More, 0));
    rows.push(column("more", "Other members of the submission (JSON)", "申报的其他内容（JSON）", Kind::More, 0));
    rows
}

/// The rows of the version sheet that are read.
pub(super) fn version() -> Vec<Column> {
    [
        ("template", "Version of the layout", "模板版式版本"),
        ("standard.id", "Standard", "标准"),
        ("standard.version", "Version of the standard", "标准版本"),
        ("standard.digest", "Digest of the standard", "标准摘要"),
        ("stages", "Stages", "适用阶段"),
        ("language", "Language", "语言"),
    ]
    .into_iter()
    .map(|(path, en, zh)| column(path, en, zh, Kind::Text, 0))
    .collect()
}
