//! The catalogue of codes. A code is for ever: its number is never used again for something else.
//!
//! Messages begin in lower case, are one sentence, and end without a full stop; a stranger's own words stand in backquotes.

use super::Severity;
use crate::lang::Bilingual;

/// A text that is no code of the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no code `{0}`")]
pub struct UnknownCode(pub(crate) String);

macro_rules! catalogue {
    ($($variant:ident $code:literal $severity:ident $en:literal $zh:literal;)*) => {
        /// The permanent code of a finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = concat!("`", $code, "`: ", $en, ".")] $variant,)*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The code as printed, such as `TM0305`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code),* }
            }

            /// What the code weighs unless a standard says otherwise.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// The message, with its parameters in braces.
            #[must_use]
            pub const fn template(self) -> Bilingual {
                match self { $(Self::$variant => Bilingual { en: $en, zh: $zh }),* }
            }

            /// The code's name in words, such as `unknown-indicator`.
            #[must_use]
            pub fn slug(self) -> String {
                let mut slug = String::new();
                for c in match self { $(Self::$variant => stringify!($variant)),* }.chars() {
                    if c.is_ascii_uppercase() && !slug.is_empty() {
                        slug.push('-');
                    }
                    slug.push(c.to_ascii_lowercase());
                }
                slug
            }
        }

        impl std::str::FromStr for Code {
            type Err = UnknownCode;
            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                match text { $($code => Ok(Self::$variant),)* _ => Err(UnknownCode(text.into())) }
            }
        }
    };
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Code {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

impl crate::document::Read for Code {
    fn read(node: &crate::document::Node<'_>, cx: &mut crate::document::Cx<'_>) -> Option<Self> {
        let text = cx.string(node)?;
        text.parse().ok().or_else(|| cx.fault(Self::UnknownCode, text))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Code {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Code".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let all: Vec<&str> = Self::ALL.iter().map(|code| code.as_str()).collect();
        schemars::json_schema!({ "type": "string", "enum": all, "description": "The permanent code of a finding; see codes.json." })
    }
}

catalogue! {
    // TM00xx: the text
    EmptyDocument "TM0001" Error
        "the document is empty"
        "文件是空的";
    InvalidUtf8 "TM0002" Error
        "the text is not UTF-8: byte {byte} at offset {offset}"
        "文本不是 UTF-8 编码：偏移 {offset} 处的字节为 {byte}";
    MalformedJson "TM0003" Error
        "expected {expected}, found {found}"
        "应为 {expected}，实为 {found}";
    Truncated "TM0004" Error
        "the document ends too early: expected {expected}"
        "文件提前结束：应为 {expected}";
    DuplicateMember "TM0005" Error
        "`{member}` stands twice in the same object"
        "同一对象中 `{member}` 出现了两次";
    NotFinite "TM0006" Error
        "`{found}` is not a number that JSON knows"
        "`{found}` 不是 JSON 允许的数字";
    NumberTooLarge "TM0007" Error
        "`{found}` is too large for a number"
        "数字 `{found}` 超出可表示的范围";
    TooLarge "TM0008" Error
        "the document has {bytes} bytes; at most {limit} are read"
        "文件有 {bytes} 字节，最多读取 {limit} 字节";
    TooDeep "TM0009" Error
        "the document is nested more than {limit} levels deep"
        "文件嵌套超过 {limit} 层";
    TooManyValues "TM0010" Error
        "the document has {found} values; at most {limit} are read"
        "文件有 {found} 个值，最多读取 {limit} 个";
    TooManyFindings "TM0011" Error
        "there is more to find; only the first {limit} findings are listed"
        "问题不止这些；只列出前 {limit} 项";
    // TM01xx: the document
    NotADocument "TM0101" Error
        "a document is an object with a `kind`, such as `\"kind\": \"submission\"`"
        "文档应是带有 `kind` 的对象，如 `\"kind\": \"submission\"`";
    UnknownKind "TM0102" Error
        "`{found}` is no kind of document"
        "没有 `{found}` 这种文档";
    WrongKind "TM0103" Error
        "this document is of the kind `{found}`; one of the kind `{expected}` is needed here"
        "此文档的种类是 `{found}`，此处需要 `{expected}`";
    NewerModel "TM0104" Error
        "the document is of model version `{found}`; this engine reads versions up to `{newest}`"
        "文档的模型版本为 `{found}`，本引擎最高支持 `{newest}`";
    // TM02xx: its structure
    UnknownMember "TM0201" Error
        "unknown member `{member}`"
        "未知成员 `{member}`";
    MissingMember "TM0202" Error
        "the member `{member}` is missing"
        "缺少成员 `{member}`";
    WrongType "TM0203" Error
        "expected {expected}, found {found}"
        "应为{expected}，实为{found}";
    IllFormed "TM0204" Error
        "expected {expected}, found `{found}`"
        "应为{expected}，实为 `{found}`";
    OutOfBounds "TM0205" Error
        "expected {expected}, found {found}"
        "应为{expected}，实为 {found}";
    UnknownWord "TM0206" Error
        "`{found}` is not one of: {known}"
        "`{found}` 不在可选词之中：{known}";
    // TM03xx: a submission against its standard
    StandardNotAtHand "TM0301" Error
        "the submission answers the standard `{found}`, but `{expected}` is at hand"
        "申报对应的标准是 `{found}`，而手头的标准是 `{expected}`";
    VersionDiffers "TM0302" Error
        "the submission answers version {found} of the standard, but version {expected} is at hand"
        "申报对应标准的 {found} 版，而手头是 {expected} 版";
    DigestDiffers "TM0303" Error
        "the standard at hand is not the one that was answered: its digest is {expected}, pinned is {found}"
        "手头的标准不是申报所对应的那一份：其摘要为 {expected}，申报写明的是 {found}";
    NotPinned "TM0304" Note
        "the standard is not pinned by digest; the one at hand is {expected}"
        "未写明标准的摘要；手头标准的摘要为 {expected}";
    UnknownIndicator "TM0305" Error
        "the standard has no indicator `{found}`"
        "标准中没有指标 `{found}`";
    UnknownZone "TM0306" Error
        "the community has no zone `{found}`"
        "社区中没有圈层 `{found}`";
    RepeatedObservation "TM0307" Error
        "`{indicator}` is answered twice for {place}"
        "{place}的指标 `{indicator}` 回答了两次";
    WrongUnit "TM0308" Error
        "the unit of `{indicator}` is `{expected}`, found `{found}`"
        "指标 `{indicator}` 的单位是 `{expected}`，实为 `{found}`";
    OutsideLimits "TM0309" Error
        "{found} {unit} is not possible for `{indicator}`: expected {expected}"
        "指标 `{indicator}` 不可能为 {found} {unit}：应为{expected}";
    NotWhole "TM0310" Error
        "`{indicator}` is counted in whole numbers, found {found}"
        "指标 `{indicator}` 只能是整数，实为 {found}";
    UnknownLevel "TM0311" Error
        "`{indicator}` has no level {found}: its levels are {known}"
        "指标 `{indicator}` 没有等级 {found}：其等级为 {known}";
    UnknownItem "TM0312" Error
        "the checklist of `{indicator}` has no item `{found}`"
        "指标 `{indicator}` 的清单中没有 `{found}` 这一项";
    RepeatedItem "TM0313" Error
        "the item `{found}` is listed twice"
        "清单项 `{found}` 列了两次";
    AnswerMissing "TM0314" Error
        "`{indicator}` is {state}, but has no `{member}`"
        "指标 `{indicator}` 的状态是 {state}，却没有 `{member}`";
    AnswerUnexpected "TM0315" Error
        "`{indicator}` is {state}, so it has no `{member}`"
        "指标 `{indicator}` 的状态是 {state}，不应有 `{member}`";
    WrongAnswer "TM0316" Error
        "`{indicator}` is answered by `{expected}`, not by `{found}`"
        "指标 `{indicator}` 应以 `{expected}` 回答，而非 `{found}`";
    ReasonMissing "TM0317" Error
        "`{indicator}` is not_applicable, but no `reason` says why"
        "指标 `{indicator}` 标为不适用，却没有写明 `reason`（理由）";
    MustApply "TM0318" Error
        "the standard does not let `{indicator}` be not_applicable"
        "标准不允许指标 `{indicator}` 标为不适用";
    SampleTooSmall "TM0319" Warning
        "`{indicator}` rests on {found} answers; at least {expected} are needed, so it is not scored"
        "指标 `{indicator}` 的样本为 {found}，至少需要 {expected}，因此不予计分";
    SampleMissing "TM0320" Warning
        "`{indicator}` comes from a survey, but its `sample` is not given; at least {expected} answers are needed, so it is not scored"
        "指标 `{indicator}` 来自问卷，却没有写明 `sample`（样本量）；至少需要 {expected}，因此不予计分";
    UnknownEvidence "TM0321" Error
        "the submission has no evidence `{found}`"
        "申报中没有证据 `{found}`";
    RepeatedIdentifier "TM0322" Error
        "the identifier `{found}` is used twice"
        "标识符 `{found}` 用了两次";
    PeriodReversed "TM0323" Error
        "{to} is before {from}"
        "{to} 早于 {from}";
    OutsideItsInterval "TM0324" Error
        "the value {found} lies outside its own uncertainty interval {low} to {high}"
        "数值 {found} 落在自身的不确定区间 {low} 到 {high} 之外";
    StageUnknown "TM0325" Error
        "the stage of zone `{zone}` cannot be told: give its floor areas, or state its `stage`"
        "无法判定圈层 `{zone}` 的阶段：请给出建筑面积，或写明 `stage`";
    NoSuchStage "TM0326" Error
        "the standard has no stage `{found}`"
        "标准中没有阶段 `{found}`";
    StageContradicts "TM0327" Warning
        "zone `{zone}` is stated as `{found}`, but its floor areas make it `{expected}`; the floor areas decide"
        "圈层 `{zone}` 写明为 `{found}`，但按建筑面积应为 `{expected}`；以建筑面积为准";
    UnknownFact "TM0328" Warning
        "the standard knows no fact `{found}`"
        "标准中没有事实项 `{found}`";
    WrongFact "TM0329" Error
        "the fact `{fact}` is given by `{expected}`"
        "事实项 `{fact}` 应以 `{expected}` 给出";
    FactMissing "TM0330" Warning
        "`{indicator}` is divided by `{fact}`, which {place} does not give, so it is not scored"
        "指标 `{indicator}` 需除以 `{fact}`，但{place}未给出，因此不予计分";
    FactZero "TM0331" Warning
        "`{indicator}` is divided by `{fact}`, which is 0 for {place}, so it is not scored"
        "指标 `{indicator}` 需除以 `{fact}`，而{place}的该值为 0，因此不予计分";
    NotAsked "TM0332" Note
        "`{indicator}` is not asked in stage `{stage}`; the answer is kept and not used"
        "阶段 `{stage}` 不考核指标 `{indicator}`；回答保留但不使用";
    NotAnswered "TM0333" Note
        "`{indicator}` has no answer for {place} and counts as not_assessed"
        "{place}的指标 `{indicator}` 没有回答，按未评估处理";
    CommunityMissing "TM0334" Error
        "a submission carries its `community`, or refers to it by `community_ref`; exactly one of them"
        "申报应写入 `community`，或以 `community_ref` 引用，二者须且只能有其一";
    ZonesMissing "TM0335" Error
        "the standard tells stages apart, so the community needs its `zones`"
        "标准区分阶段，因此社区必须列出 `zones`（圈层）";
    MoreThanPlanned "TM0336" Warning
        "zone `{zone}` has more floor area completed than planned"
        "圈层 `{zone}` 的建成面积大于规划面积";
    FactAmbiguous "TM0337" Error
        "a fact has exactly one of `value`, `answer` and `choice`"
        "事实项应恰有 `value`、`answer`、`choice` 之一";
    DateImpossible "TM0338" Error
        "there is no day `{found}` in the calendar"
        "日历中没有 `{found}` 这一天";
    CommunityNotAtHand "TM0339" Error
        "the community document {found} is not at hand"
        "手头没有社区文档 {found}";
    UnknownChoice "TM0340" Error
        "`{found}` is not a choice of the fact `{fact}`: {known}"
        "`{found}` 不是事实项 `{fact}` 的选项：{known}";
    UnitSlip "TM0341" Warning
        "`{indicator}` is {found} {unit} for {place}, far from the usual {low} to {high}; is it off by a factor of {factor}, and {reading} meant?"
        "{place}的指标 `{indicator}` 为 {found} {unit}，远离通常的 {low} 至 {high}；是否差了 {factor} 倍，本意为 {reading}？";
    Unusual "TM0342" Warning
        "`{indicator}` is {found} {unit} for {place}, outside the usual {low} to {high}"
        "{place}的指标 `{indicator}` 为 {found} {unit}，超出通常的 {low} 至 {high}";
    ShareOverWhole "TM0343" Warning
        "`{indicator}` is {found} {unit} for {place}, more than the whole of {whole}"
        "{place}的指标 `{indicator}` 为 {found} {unit}，超过总体 {whole}";
    ZonesDoNotAddUp "TM0344" Warning
        "the zones' `{fact}` add up to {sum}, but the community has {found}"
        "各圈层的 `{fact}` 合计为 {sum}，而社区为 {found}";
    WholeContradictsZones "TM0345" Warning
        "`{indicator}` is {found} for {place}, but its zones make {low} to {high}"
        "{place}的指标 `{indicator}` 为 {found}，而各圈层得出的是 {low} 至 {high}";
    Jump "TM0346" Warning
        "`{indicator}` is {found} for {place}; in the last round it was {before}"
        "{place}的指标 `{indicator}` 为 {found}，上一轮为 {before}";
    SlipSinceLast "TM0347" Warning
        "`{indicator}` is {found} {unit} for {place}, about {factor} times away from the {before} of the last round"
        "{place}的指标 `{indicator}` 为 {found} {unit}，与上一轮的 {before} 相差约 {factor} 倍";
    FactJump "TM0348" Warning
        "`{fact}` is {found} for {place}; in the last round it was {before}"
        "{place}的 `{fact}` 为 {found}，上一轮为 {before}";
    FactSlipSinceLast "TM0349" Warning
        "`{fact}` is {found} for {place}, about {factor} times away from the {before} of the last round"
        "{place}的 `{fact}` 为 {found}，与上一轮的 {before} 相差约 {factor} 倍";
    SameAsLast "TM0350" Warning
        "all {count} numbers are the same as in `{previous}`"
        "全部 {count} 个数与 `{previous}` 完全相同";
    NotComparable "TM0351" Warning
        "the submission is not compared with `{previous}`: {why}"
        "未与 `{previous}` 比较：{why}";
    DateOutsidePeriod "TM0352" Warning
        "`{indicator}` for {place} is of {found}, outside the period from {from} to {to}"
        "{place}的指标 `{indicator}` 的日期为 {found}，不在评价期 {from} 至 {to} 之内";
    DateInFuture "TM0353" Warning
        "{found} is later than {latest}, so it cannot be known yet"
        "{found} 晚于 {latest}，其时尚不可知";
    SubmittedBeforeEnd "TM0354" Note
        "the day of submission {found} is before the end of the period, {to}"
        "申报日 {found} 早于评价期结束之日 {to}";
    EvidenceExpired "TM0355" Warning
        "the evidence `{evidence}` held until {found} only, but the period ends on {to}; {count} indicators rest on it"
        "证据 `{evidence}` 的有效期止于 {found}，而评价期至 {to}；有 {count} 个指标以其为据";
    EvidenceStale "TM0356" Note
        "the evidence `{evidence}` is of {found}, before the period began on {from}, and does not say until when it holds; {count} indicators rest on it"
        "证据 `{evidence}` 签发于 {found}，早于评价期开始的 {from}，且未写明有效期；有 {count} 个指标以其为据";
    EvidenceMissing "TM0357" Note
        "`{indicator}` is reported for {place} without evidence"
        "{place}的指标 `{indicator}` 已填报，但没有证据";
    EvidenceEverywhere "TM0358" Note
        "the evidence `{evidence}` is named by {count} of the {all} indicators that name any"
        "列有证据的 {all} 个指标中，有 {count} 个引用了同一证据 `{evidence}`";
    EvidenceUnused "TM0359" Note
        "no observation names the evidence `{evidence}`"
        "没有任何观测值引用证据 `{evidence}`";
    EvidenceRepeated "TM0360" Note
        "the evidence `{evidence}` is the same file as `{other}`"
        "证据 `{evidence}` 与 `{other}` 是同一文件";
    SameInAllZones "TM0361" Warning
        "`{indicator}` is {found} in all {count} zones, although they differ in size"
        "{count} 个圈层的指标 `{indicator}` 均为 {found}，而圈层大小不同";
    ZoneCopied "TM0362" Warning
        "all {count} numbers of {place} are those of {other}"
        "{place}的全部 {count} 个数与{other}完全相同";
    OneNumberEverywhere "TM0363" Warning
        "the number {found} is the answer in {count} of {all} places"
        "{all} 处回答中有 {count} 处是同一个数 {found}";
    IdentityNumber "TM0370" Warning
        "`{found}` looks like an identity number of a person"
        "`{found}` 像是居民身份证号码";
    TelephoneNumber "TM0371" Warning
        "`{found}` looks like a telephone number"
        "`{found}` 像是电话号码";
    LandlineNumber "TM0372" Note
        "`{found}` looks like a telephone number with its area code"
        "`{found}` 像是带区号的固定电话";
    EmailAddress "TM0373" Warning
        "`{found}` looks like an e-mail address"
        "`{found}` 像是电子邮箱地址";
    PassportNumber "TM0374" Warning
        "`{found}` looks like the number of a passport or travel permit"
        "`{found}` 像是护照或通行证号码";
    BankCard "TM0375" Warning
        "`{found}` looks like the number of a bank card"
        "`{found}` 像是银行卡号";
    WaiverExpired "TM0380" Warning
        "the waiver of {code} by {approver} expired on {found}"
        "{approver} 对 {code} 的豁免已于 {found} 到期";
    WaiverIdle "TM0381" Warning
        "the waiver of {code} by {approver} covers nothing that was found"
        "{approver} 对 {code} 的豁免未对应任何已发现的问题";
    WaiverRefused "TM0382" Error
        "{code} is an error, which nobody can waive"
        "{code} 属于错误，任何人都不能豁免";
    // TM04xx: a standard
    RepeatedNode "TM0401" Error
        "the identifier `{found}` is used twice; scenarios, categories and indicators share one set"
        "标识符 `{found}` 用了两次；场景、中类和指标共用一套标识符";
    NothingToScore "TM0402" Error
        "`{node}` has neither categories nor indicators"
        "`{node}` 下既没有中类也没有指标";
    UnknownReference "TM0403" Error
        "there is no {what} `{found}` in this standard"
        "本标准中没有名为 `{found}` 的{what}";
    DerivationCycle "TM0404" Error
        "these indicators are divided by one another in a circle: {cycle}"
        "这些指标互为除数，形成循环：{cycle}";
    NoCriterion "TM0405" Error
        "`{indicator}` has no criterion for any stage"
        "指标 `{indicator}` 在任何阶段都没有评分标准";
    TwoCriteria "TM0406" Error
        "`{indicator}` has two criteria for stage `{stage}`"
        "指标 `{indicator}` 在阶段 `{stage}` 有两个评分标准";
    RuleMismatch "TM0407" Error
        "a `{rule}` rule cannot score a `{quantity}` answer"
        "`{rule}` 规则不能为 `{quantity}` 类回答计分";
    NotAscending "TM0408" Error
        "{found} does not come after {previous}: the values must ascend"
        "{found} 没有大于前一个值 {previous}：取值必须递增";
    TooFew "TM0409" Error
        "at least {expected} {what} are needed, found {found}"
        "至少需要 {expected} 个{what}，实有 {found} 个";
    LevelNotScored "TM0410" Error
        "level {level} has no score"
        "等级 {level} 没有分值";
    GateMissing "TM0411" Error
        "`{indicator}` is required in stage `{stage}`, but no `gate` says what it takes"
        "指标 `{indicator}` 在阶段 `{stage}` 为控制项，却没有 `gate`（门槛）";
    GateEmpty "TM0412" Error
        "a gate or requirement needs `at_least` or `at_most`"
        "门槛或等级要求需写明 `at_least` 或 `at_most`";
    BasisMissing "TM0413" Warning
        "the thresholds of `{indicator}` in stage `{stage}` have no basis"
        "指标 `{indicator}` 在阶段 `{stage}` 的阈值没有依据";
    WeightsVanish "TM0414" Error
        "everything under `{node}` has weight 0"
        "`{node}` 之下的权重全部为 0";
    GradeBelow "TM0415" Error
        "the grade `{grade}` asks for a total of {found}, not more than the grade before it ({previous})"
        "等级 `{grade}` 要求总分 {found}，并不高于前一等级（{previous}）";
    NotTranslated "TM0416" Warning
        "the text is not given in `{language}`"
        "文字缺少 `{language}` 语言的文本";
    StageRuleIncomplete "TM0417" Error
        "either every stage has a `completed_share`, or none; the lowest is 0 and no two are equal"
        "各阶段要么都有 `completed_share`，要么都没有；最低者为 0，且互不相等";
    BonusWithoutPoints "TM0418" Error
        "`{indicator}` is a bonus in stage `{stage}`, but has no `points`"
        "指标 `{indicator}` 在阶段 `{stage}` 为加分项，却没有 `points`（分值）";
    ConditionMismatch "TM0419" Error
        "the fact `{fact}` is a {expected} and cannot be used so"
        "事实项 `{fact}` 是{expected}，不能这样使用";
    WeighsByNothing "TM0420" Error
        "`{indicator}` is derived per `{fact}`, but its zones are combined by `{found}`; the community's ratio would be wrong"
        "指标 `{indicator}` 以 `{fact}` 为除数，其圈层却按 `{found}` 合并；社区的比率会出错";
    GateForNothing "TM0421" Warning
        "`{indicator}` has a gate in stage `{stage}`, but is not required there"
        "指标 `{indicator}` 在阶段 `{stage}` 有门槛，但不是控制项";
    Unused "TM0422" Warning
        "the {what} `{found}` is declared and never used"
        "已声明的{what} `{found}` 从未使用";
    RepeatedCode "TM0423" Warning
        "the printed code `{found}` stands at two nodes"
        "印刷编号 `{found}` 出现在两处";
    LookAlike "TM0424" Warning
        "`{found}` looks like `{other}`, which is another one"
        "`{found}` 与另一处的 `{other}` 看上去相同";
    UnreachableGrade "TM0425" Warning
        "the grade `{grade}` can never be awarded: {why}"
        "等级 `{grade}` 永远无法授予：{why}";
    OpenBelow "TM0426" Warning
        "measures below {found} have no step of their own"
        "低于 {found} 的测量值没有对应的分段";
    EdgeOutOfReach "TM0427" Warning
        "no answer comes to the edge at {found}: the quantity ends at {limit}"
        "任何填报都达不到 {found} 处的阈值：该量止于 {limit}";
    EdgeWithoutEffect "TM0428" Warning
        "the edge at {found} changes nothing: the score is {score} on both sides"
        "{found} 处的阈值不起作用：两侧得分均为 {score}";
    CannotBeMet "TM0429" Error
        "`{indicator}` is required in stage `{stage}`, but no answer can pass its gate"
        "指标 `{indicator}` 在阶段 `{stage}` 为控制项，但没有任何填报能通过其门槛";
    DirectionChanges "TM0430" Warning
        "the scores of `{indicator}` change direction at {found}, and no band is declared"
        "指标 `{indicator}` 的得分在 {found} 处改变方向，却没有声明区间型";
    ShapeContradicts "TM0431" Warning
        "the scores of `{indicator}` are declared as `{expected}`, but are not so at {found}"
        "指标 `{indicator}` 的得分声明为 `{expected}`，但在 {found} 处不符";
    WeightsDoNotSum "TM0432" Warning
        "the weights under `{node}` add up to {found}, not to {expected}"
        "`{node}` 之下的权重合计为 {found}，不等于 {expected}";
    NeverApplies "TM0433" Warning
        "the condition can never hold"
        "该条件永远不成立";
    TranslationShare "TM0434" Note
        "{found} % of the texts stand in `{language}`: {missing} of {all} are missing"
        "`{language}` 文本的完整率为 {found}%：共 {all} 条，缺 {missing} 条";
    TranslationStale "TM0435" Warning
        "the texts in `{language}` were made from an earlier source text; the present one is `{found}`"
        "`{language}` 文本译自较早的源文本；现在的源文本摘要为 `{found}`";
    BasisContradicts "TM0436" Warning
        "the basis says `{kind}`, but {why}"
        "依据标为 `{kind}`，但{why}";
    SourceSuperseded "TM0437" Warning
        "the threshold rests on `{found}`, which `{by}` has superseded, without a note that says why it still serves"
        "阈值依据 `{found}`，该文件已被 `{by}` 代替，且没有附注说明为何沿用";
    UnitMismatch "TM0438" Warning
        "the ratio's unit `{found}` is not that of its parts: `{expected}`"
        "比值的单位 `{found}` 与其组成不符：应为 `{expected}`";
    LensEmpty "TM0439" Warning
        "no indicator carries the tag `{tag}` of the lens `{lens}`"
        "没有指标带有视角 `{lens}` 的标签 `{tag}`";
    LogarithmOfNothing "TM0440" Error
        "{found} has no logarithm: every point of a logarithmic line must lie above 0"
        "{found} 没有对数：对数折线的每个点都必须大于 0";
    FloorAboveTotal "TM0460" Warning
        "the grade `{grade}` asks for {found} in every scenario and for a total of {expected}: the total decides nothing"
        "等级 `{grade}` 要求各场景不低于 {found} 而总分为 {expected}：总分要求不起作用";
    GateInModule "TM0461" Error
        "`{indicator}` is required, but stands in a module"
        "指标 `{indicator}` 为控制项，却位于模块之中";
    UnitUnnamed "TM0462" Warning
        "the unit `{found}` has no name under `units`"
        "单位 `{found}` 在 `units` 中没有名称";
    PercentAsShare "TM0463" Warning
        "the unit is `%`, but no threshold is above {found}: shares were probably written as parts of one"
        "单位为 `%`，但阈值均不超过 {found}：可能把百分数写成了小数";
    StrayLanguage "TM0464" Warning
        "{count} texts stand in `{language}`, which is not among the languages of the standard"
        "有 {count} 条文字使用 `{language}`，而该语言不在标准的语言之列";
    StageNotAsked "TM0465" Warning
        "no indicator is asked in stage `{stage}`"
        "阶段 `{stage}` 没有任何指标";
    GateWithoutEffect "TM0466" Warning
        "`{indicator}` is required in stage `{stage}`, but every answer passes its gate"
        "指标 `{indicator}` 在阶段 `{stage}` 为控制项，但任何填报都能通过其门槛";
    // TM05xx: scoring
    NotEligible "TM0501" Warning
        "the coverage of `{node}` is {found}; a grade needs {expected}"
        "`{node}` 的数据覆盖率为 {found}，评级需要 {expected}";
    ContributionUndefined "TM0502" Note
        "several members of `{node}` share the lowest score, so what each contributes is not defined"
        "`{node}` 之下有多个并列最低分，各自的贡献无从定义";
    ApplicabilityUnknown "TM0503" Warning
        "whether `{indicator}` applies depends on `{fact}`, which is not given; it is taken to apply"
        "指标 `{indicator}` 是否适用取决于 `{fact}`，但未给出；按适用处理";
    NotScored "TM0504" Warning
        "`{node}` has no score: {why}"
        "`{node}` 没有得分：{why}";
    UnknownWeightSet "TM0505" Error
        "the standard has no weight set `{found}`"
        "标准中没有权重方案 `{found}`";
    WeightFactMissing "TM0506" Warning
        "the zones of `{indicator}` are weighed by `{fact}`, which zone `{zone}` does not give; they count equally"
        "指标 `{indicator}` 的圈层按 `{fact}` 加权，但圈层 `{zone}` 未给出；各圈层等权";
    ModuleUndecided "TM0507" Note
        "whether the module `{module}` is for this community depends on `{fact}`, which is not given; it is left out"
        "模块 `{module}` 是否适用于该社区取决于 `{fact}`，但未给出；该模块未评";
    // TM06xx: workbooks
    NotAWorkbook "TM0601" Error
        "this is no workbook (.xlsx), but {found}"
        "这不是 .xlsx 工作簿，而是{found}";
    WorkbookUnreadable "TM0602" Error
        "the workbook cannot be read: in `{part}`, {why}"
        "无法读取工作簿：`{part}` 中{why}";
    WorkbookEncrypted "TM0603" Error
        "the workbook is protected by a password"
        "工作簿设有打开密码";
    TooManyParts "TM0604" Error
        "the workbook has {found} parts; at most {limit} are read"
        "工作簿含 {found} 个部分，最多读取 {limit} 个";
    InflatesTooFar "TM0605" Error
        "the workbook unpacks to more than {limit} bytes"
        "工作簿解压后超过 {limit} 字节";
    RatioTooHigh "TM0606" Error
        "a part of the workbook unpacks to more than {limit} times its size"
        "工作簿有一部分解压后超过原大小的 {limit} 倍";
    TooManySheets "TM0607" Error
        "the workbook has {found} sheets; at most {limit} are read"
        "工作簿含 {found} 张表，最多读取 {limit} 张";
    TooManyCells "TM0608" Error
        "more than {limit} cells with content in the workbook, or fields in the text"
        "工作簿有内容的单元格（或文本中的字段）超过 {limit} 个";
    TextTooLong "TM0609" Error
        "a cell holds a text of more than {limit} characters"
        "有单元格的文字超过 {limit} 个字符";
    DoctypeRefused "TM0610" Error
        "`{part}` declares a document type, which no workbook needs"
        "`{part}` 含有文档类型声明，正常的工作簿不需要它";
    NoTemplate "TM0611" Error
        "no sheet of the template is there; the sheets are `{found}`"
        "没有找到模板中的任何一张表；现有的表为 `{found}`";
    TemplateNewer "TM0612" Error
        "the workbook has layout {found}; this engine reads layout {expected}"
        "工作簿的版式版本为 {found}，本引擎读取版式 {expected}";
    VersionSheetMissing "TM0613" Warning
        "the version sheet is missing; the workbook is taken to answer {expected}"
        "缺少“版本”表；按填报 {expected} 处理";
    NothingFilled "TM0614" Error
        "nothing has been filled in"
        "还没有填写任何内容";
    ExtraSheet "TM0615" Note
        "the sheet `{sheet}` is not part of the template and is not read"
        "表 `{sheet}` 不属于模板，未读取";
    ExtraColumn "TM0616" Note
        "the column `{column}` is not part of the template; its {count} cells are kept, but not judged"
        "列 `{column}` 不属于模板；其中 {count} 个单元格原样保留，不参与评判";
    MatchedByTitle "TM0617" Note
        "the hidden row of keys is missing on the sheet `{sheet}`; its columns were found by their titles"
        "表 `{sheet}` 缺少隐藏的键值行；已按列标题识别";
    ColumnMissing "TM0618" Error
        "the column `{column}` is missing"
        "缺少列“{column}”";
    ColumnTwice "TM0619" Error
        "the column `{column}` is there twice, first at {first}"
        "列“{column}”出现了两次，第一次在 {first}";
    SheetTwice "TM0620" Warning
        "the sheet `{sheet}` asks `{indicator}` again, which stands at {first} too"
        "表 `{sheet}` 又出现了指标 `{indicator}`，它在 {first} 已有一行";
    UnknownRow "TM0621" Error
        "the row is filled in, but `{found}` names nothing that the standard asks"
        "该行已填写，但 `{found}` 不对应标准所问的任何一项";
    AnsweredTwice "TM0622" Error
        "`{found}` is answered differently here and at {first}"
        "`{found}` 在此处与 {first} 的填报不一致";
    MergedAnswers "TM0623" Error
        "the cells {found} are merged: one value stands for several rows"
        "单元格 {found} 已合并：一个值对应了多行";
    CellError "TM0624" Error
        "the cell holds the error {found}"
        "单元格为错误值 {found}";
    FormulaWithoutValue "TM0625" Error
        "the cell holds a formula of which no value was saved"
        "单元格是公式，但文件中没有保存计算结果";
    FormulaValue "TM0626" Note
        "the cell holds a formula; its saved value {found} is read"
        "单元格是公式；按保存的结果 {found} 读取";
    CellNotUnderstood "TM0627" Error
        "`{found}` is not understood: expected {expected}"
        "无法理解 `{found}`：应为{expected}";
    CellAmbiguous "TM0628" Error
        "`{found}` can mean `{readings}`"
        "`{found}` 有多种理解：`{readings}`";
    PercentUnexpected "TM0629" Error
        "`{found}` is a percentage, but the unit is none"
        "`{found}` 是百分数，但该项的单位不是百分数";
    ReadAs "TM0630" Note
        "`{found}` is read as {reading}"
        "`{found}` 读作 {reading}";
    StateContradicts "TM0631" Error
        "the value says {found}, but the state is {state}"
        "填报值表示 {found}，而状态为 {state}";
    MoreUnreadable "TM0632" Error
        "the column of other members holds no JSON object"
        "“其他内容”列中不是 JSON 对象";
    MoreContradicts "TM0633" Error
        "`{member}` is given twice, and differently"
        "`{member}` 给出了两次且不一致";
    NotCarried "TM0634" Warning
        "`{found}` could not be carried over"
        "`{found}` 未能带入";
    ShareForPercent "TM0635" Warning
        "{found} stands where per cent are asked; is it a share of one?"
        "此处应填百分数，实填 {found}；是否写成了小数？";
    TableEncoding "TM0636" Note
        "the text is read as {encoding}; a word of it is `{found}`"
        "文本按 {encoding} 编码读取，其中的文字如 `{found}`";
    TableBytes "TM0637" Error
        "the bytes {bytes} are no character of {encoding}"
        "字节 {bytes} 不是 {encoding} 编码的字符";
    TableNul "TM0638" Error
        "the text holds a NUL character"
        "文本中有 NUL 字符";
    TableRagged "TM0639" Error
        "the row has {found} fields; there are {expected} columns"
        "该行有 {found} 个字段，而列名有 {expected} 个";
    QuoteNotClosed "TM0640" Error
        "the quotation mark that opens here is never closed"
        "此处开始的引号没有结束";
    NoColumns "TM0641" Error
        "no column of the table is known: `{found}`"
        "没有一列可识别：`{found}`";
    RowsDiffer "TM0642" Error
        "`{column}` is `{found}` here and `{other}` at {first}: it must be the same in all rows that it speaks of"
        "`{column}` 在此处为 `{found}`，在 {first} 为 `{other}`：所涉各行应一致";
    ColumnUnread "TM0643" Warning
        "the column `{column}` names nothing that the standard asks, and is not read"
        "列 `{column}` 不对应标准所问的任何一项，未读取";
    MergeConflict "TM0644" Error
        "{what} is `{found}` here, but `{other}` at {first}"
        "{what} 在此处为 `{found}`，在 {first} 为 `{other}`";
    // TM07xx: indices from two tables
    IndexRepeated "TM0701" Error
        "the {what} `{found}` stands twice"
        "{what} `{found}` 出现了两次";
    IndexUnknownName "TM0702" Error
        "there is no {what} `{found}` in the tables"
        "表中没有{what} `{found}`";
    IndexCircle "TM0703" Error
        "`{code}` is above itself: {path}"
        "`{code}` 成了自己的上级：{path}";
    IndexLevel "TM0704" Error
        "`{code}` is at level {found}, but its parent `{parent}` is at level {expected}"
        "`{code}` 位于第 {found} 层，其上级 `{parent}` 却位于第 {expected} 层";
    IndexColumnMissing "TM0705" Error
        "the indicator `{code}` has no column of values"
        "指标 `{code}` 没有对应的取值列";
    IndexColumnUnused "TM0706" Warning
        "the column `{found}` belongs to no indicator and is not used"
        "列 `{found}` 不属于任何指标，未被使用";
    IndexGroupWithValues "TM0707" Error
        "`{code}` has members, so it cannot have values of its own"
        "`{code}` 有下级成员，不能又有自己的取值";
    IndexColumnLength "TM0708" Error
        "the column `{code}` has {found} values for {expected} units"
        "列 `{code}` 有 {found} 个值，而单元有 {expected} 个";
    IndexNotFinite "TM0709" Error
        "the value of `{unit}` in `{code}` is infinite"
        "`{unit}` 在 `{code}` 中的值为无穷大";
    IndexGoalposts "TM0710" Error
        "the goalposts of `{code}` are {low} and {high}: expected {expected}"
        "`{code}` 的标杆值为 {low} 和 {high}：应为{expected}";
    IndexEmpty "TM0711" Error
        "there are no {what} to compare"
        "没有可供比较的{what}";
    IndexStepOrder "TM0712" Error
        "a step `{step}` cannot come after `{previous}`"
        "步骤 `{step}` 不能放在 `{previous}` 之后";
    IndexParameter "TM0713" Error
        "`{parameter}` is {found}: expected {expected}"
        "`{parameter}` 为 {found}：应为{expected}";
    IndexUnitScreened "TM0714" Warning
        "`{unit}` has {found} of its values, less than {expected}, and is left out"
        "`{unit}` 的取值齐全率为 {found}，低于 {expected}，予以排除";
    IndexColumnScreened "TM0715" Warning
        "`{code}` has {found} of its values, less than {expected}, and is left out"
        "`{code}` 的取值齐全率为 {found}，低于 {expected}，予以排除";
    IndexColumnBlank "TM0716" Warning
        "`{code}` has no value at all and is left out"
        "`{code}` 没有任何取值，予以排除";
    IndexColumnConstant "TM0717" Warning
        "`{code}` is {found} for all units, so `{method}` cannot tell them apart; it is left out"
        "`{code}` 对所有单元都是 {found}，`{method}` 无法区分，予以排除";
    IndexTooFewUnits "TM0718" Warning
        "`{method}` needs at least {expected} units with values, found {found}"
        "`{method}` 至少需要 {expected} 个有取值的单元，实有 {found} 个";
    IndexNotPositive "TM0719" Error
        "`{method}` needs values above 0, but `{unit}` has {found} in `{code}`"
        "`{method}` 要求取值大于 0，而 `{unit}` 在 `{code}` 中为 {found}";
    IndexDenominator "TM0720" Warning
        "`{code}` of `{unit}` is divided by `{denominator}`, which is {found}, so it is missing"
        "`{unit}` 的 `{code}` 需除以 `{denominator}`，而后者为 {found}，因此记为缺失";
    IndexNotFilled "TM0721" Warning
        "`{method}` could not fill {count} values of `{code}`: {why}"
        "`{method}` 未能填补 `{code}` 的 {count} 个值：{why}";
    IndexNotTreated "TM0722" Warning
        "`{code}` still has a skewness of {skewness} and a kurtosis of {kurtosis}: {why}"
        "`{code}` 的偏度仍为 {skewness}，峰度仍为 {kurtosis}：{why}";
    IndexDirectionOpen "TM0723" Error
        "less is better in `{code}`, which `{method}` does not know"
        "`{code}` 是越低越好，而 `{method}` 不识别方向";
    IndexNeedsComplete "TM0724" Error
        "`{method}` needs every value, but `{unit}` has none in `{code}`"
        "`{method}` 要求取值齐全，而 `{unit}` 在 `{code}` 中没有取值";
    IndexSmallSample "TM0725" Warning
        "the weights of `{node}` by `{method}` rest on {found} units; at least {expected} are advisable"
        "`{node}` 的 `{method}` 权重只基于 {found} 个单元，建议至少 {expected} 个";
    IndexJudgements "TM0726" Error
        "the judgements on `{node}` cannot be used: {why}"
        "关于 `{node}` 的判断不能使用：{why}";
    IndexInconsistent "TM0727" Warning
        "the judgements on `{node}` have a consistency ratio of {found}; more than {expected} is not advisable"
        "关于 `{node}` 的判断，其一致性比率为 {found}，不宜超过 {expected}";
    IndexNoSolution "TM0728" Error
        "`{method}` has no solution for `{unit}` at `{node}`: {why}"
        "`{method}` 在 `{node}` 处对 `{unit}` 无解：{why}";
    IndexAllEqual "TM0729" Warning
        "all units score {found} at `{node}`: its ranks say nothing"
        "`{node}` 处所有单元的得分都是 {found}：排名没有意义";
    IndexDuplicateUnits "TM0730" Warning
        "`{found}` and `{other}` have the same value in every indicator"
        "`{found}` 与 `{other}` 的各项取值完全相同";
    IndexNoScore "TM0731" Warning
        "{count} units have no score at `{node}`: {why}"
        "`{node}` 处有 {count} 个单元没有得分：{why}";
    IndexBeyondGoalposts "TM0732" Note
        "{count} values of `{code}` lie beyond its goalposts and count as the nearer one"
        "`{code}` 有 {count} 个值超出标杆值，按较近的标杆值计";
    IndexSingular "TM0733" Warning
        "the indicators {codes} depend on one another, so `{method}` has no answer"
        "指标 {codes} 之间线性相关，`{method}` 无法给出结果";
    IndexConflict "TM0734" Warning
        "`{code}` correlates by {found} with `{node}`, of which it is a part"
        "`{code}` 与其所属的 `{node}` 的相关系数为 {found}";
    IndexRedundant "TM0735" Note
        "`{code}` and `{other}` correlate by {found}: they say nearly the same"
        "`{code}` 与 `{other}` 的相关系数为 {found}：二者所反映的内容几乎相同";
    IndexAuditSmall "TM0736" Note
        "the audit rests on {found} units: a correlation below {expected} may be chance"
        "统计审核只基于 {found} 个单元：低于 {expected} 的相关可能出于偶然";
    // TM077x: comparisons
    StandardsDiffer "TM0770" Error
        "the standard is {value} for {found}, but {other_value} for {other}"
        "填报的标准：{found} 为 {value}，{other} 为 {other_value}";
    VersionsDiffer "TM0771" Error
        "the version is {value} for {found}, but {other_value} for {other}"
        "标准的版本：{found} 为 {value}，{other} 为 {other_value}";
    StagesDiffer "TM0772" Error
        "the stages are {value} for {found}, but {other_value} for {other}"
        "所处阶段：{found} 为 {value}，{other} 为 {other_value}";
    WeightSetsDiffer "TM0773" Error
        "the weights are {value} for {found}, but {other_value} for {other}"
        "所用权重：{found} 为 {value}，{other} 为 {other_value}";
    PeriodsDiffer "TM0774" Error
        "the period is {value} for {found}, but {other_value} for {other}"
        "填报时段：{found} 为 {value}，{other} 为 {other_value}";
    CommunityTwice "TM0775" Error
        "the community `{found}` is there twice, by the submissions {submissions}"
        "社区 `{found}` 出现了两次，申报为 {submissions}";
    TooFewToCompare "TM0776" Error
        "a comparison needs at least two submissions, found {found}"
        "比较至少需要两份申报，实有 {found} 份";
    NotRanked "TM0777" Warning
        "`{found}` is not ranked: {why}"
        "`{found}` 不参与排名：{why}";
    FewRanked "TM0778" Warning
        "only {found} of {count} communities can be ranked"
        "{count} 个社区中只有 {found} 个可以排名";
    FaultyLeftOut "TM0779" Warning
        "`{found}` is left out; errors in it: {count}"
        "`{found}` 未参与比较：其中有 {count} 处错误";
    NothingSure "TM0780" Note
        "no community is surely above another: the bounds of all {count} overlap"
        "没有一个社区必然高于另一个：{count} 个社区的上下限彼此重叠";
    RelativeCohort "TM0781" Note
        "the relative scores hold only among these {count} communities: one more or less changes them"
        "相对得分只在这 {count} 个社区之间成立：增减一个社区，得分就会改变";
    NoDirection "TM0782" Warning
        "`{found}` is left out of the measures: {why}"
        "指标值中不含 `{found}`：{why}";
    NoPeers "TM0783" Error
        "`{found}` does not tell kinds of communities apart: expected a fact with choices"
        "`{found}` 不能区分社区的类别：应为有备选项的事实项";
    NotCompared "TM0784" Error
        "the community `{found}` is not among those compared"
        "参与比较的社区中没有 `{found}`";
    // TM08xx: robustness
    RobustnessNothingVaried "TM0801" Error
        "the study has no factors"
        "研究方案没有任何不确定因素";
    RobustnessFactorTwice "TM0802" Error
        "the factor `{factor}` stands twice"
        "不确定因素 `{factor}` 出现了两次";
    RobustnessUnknownName "TM0803" Error
        "the factor `{factor}` names the {what} `{found}`, which is not there"
        "不确定因素 `{factor}` 所指的{what} `{found}` 不存在";
    RobustnessNotContained "TM0804" Error
        "the factor `{factor}` varies {what}, which is no part of what is studied: {why}"
        "不确定因素 `{factor}` 变动的是{what}，而研究对象中没有这一部分：{why}";
    RobustnessInert "TM0805" Warning
        "the factor `{factor}` varies nothing: {why}"
        "不确定因素 `{factor}` 没有任何变动：{why}";
    RobustnessTooLarge "TM0806" Error
        "{what} is {found}: at most {expected}"
        "{what}为 {found}，最多 {expected}";
    RobustnessTooFew "TM0807" Error
        "{what} is {found}: at least {expected}"
        "{what}为 {found}，至少 {expected}";
    RobustnessOptions "TM0808" Error
        "the factor `{factor}` has {found}: expected {expected}"
        "不确定因素 `{factor}` 给出的是{found}：应为{expected}";
    RobustnessUnscored "TM0809" Warning
        "`{unit}` has no score in {found} of the draws"
        "`{unit}` 在 {found} 的抽样中没有得分";
    RobustnessOutside "TM0810" Warning
        "the score of `{unit}`, {score}, lies outside its own interval from {low} to {high}"
        "`{unit}` 的得分 {score} 落在自身区间 {low} 至 {high} 之外";
    RobustnessUnsettled "TM0811" Note
        "the mean ranks of both halves of the draws differ by up to {found}: more draws would change them"
        "前后两半抽样的平均名次最多相差 {found}：增加抽样次数会改变结果";
    RobustnessFailed "TM0812" Warning
        "{found} of the draws came to nothing; the first: {why}"
        "{found} 的抽样没有结果，首例：{why}";
    RobustnessOneUnit "TM0813" Note
        "there is only one unit, so its rank says nothing"
        "只有一个单元，名次没有意义";
    RobustnessPeriod "TM0814" Error
        "the study asks about {found}: expected {expected}"
        "研究方案所问的时期：{found}；应为：{expected}";
    // TM085x–TM088x: data frames
    FrameUnreadable "TM0850" Error
        "the frame cannot be read: {why}"
        "无法读取数据表：{why}";
    ColumnNotAsked "TM0851" Warning
        "the standard does not ask for the column `{column}`, which is left out"
        "标准不需要列 `{column}`，已略去";
    ColumnMistyped "TM0852" Error
        "the standard has nothing called `{column}`, and what it seems to mean is not in the frame"
        "标准中没有 `{column}`，而它似乎所指的列不在数据表中";
    ColumnsMissing "TM0853" Warning
        "{count} of the indicators have no column and count as not_assessed: {columns}"
        "有 {count} 个指标没有对应的列，按未评估处理：{columns}";
    ColumnRepeated "TM0854" Error
        "the column `{column}` stands twice in the frame"
        "列 `{column}` 在数据表中出现了两次";
    ColumnType "TM0855" Error
        "the column `{column}` holds {found}; expected {expected}"
        "列 `{column}` 的类型为 {found}，应为{expected}";
    FrameEmpty "TM0856" Warning
        "the frame has no rows"
        "数据表没有任何行";
    NothingAsked "TM0857" Error
        "the frame has no column for any indicator of the standard `{standard}`"
        "数据表中没有标准 `{standard}` 任何指标的列";
    ColumnNull "TM0858" Warning
        "the column `{column}` is null in all {count} rows"
        "列 `{column}` 在全部 {count} 行中均为空值";
    InfiniteValue "TM0859" Error
        "`{column}` is {found}; a value is a finite number, and null where it is not known"
        "`{column}` 为 {found}；取值应为有限数，未知时应为空值（null）";
    NanValue "TM0860" Warning
        "`{column}` is NaN, which counts as missing"
        "`{column}` 为 NaN，按缺失处理";
    TextNotUtf8 "TM0861" Error
        "the column `{column}` is damaged: {why}"
        "列 `{column}` 的数据已损坏：{why}";
    StageNeeded "TM0862" Error
        "the standard tells stages apart: name one as `stage`, or give every row its own in a column `stage`"
        "标准区分阶段：请以 `stage` 指明一个阶段，或用 `stage` 列为每一行指明";
    FrameRefused "TM0863" Error
        "a {found} is no frame that can be read here: {cure}"
        "{found} 不是此处可以读取的数据表：{cure}";
    CellUnread "TM0864" Error
        "`{found}` in `{column}` is not {expected}"
        "`{column}` 中的 `{found}` 不是{expected}";
    CompanionUnknown "TM0865" Error
        "`{column}` goes with `{indicator}`, but only {known} can"
        "`{column}` 附属于 `{indicator}`，而附属列只能是 {known}";
    StageMissing "TM0866" Error
        "the row has no stage"
        "该行没有写明阶段";
    LongColumnMissing "TM0870" Error
        "a long frame needs a column `{column}`"
        "长表需要列 `{column}`";
    LongKeyNull "TM0871" Error
        "`{column}` is null: nothing tells what the row is about"
        "`{column}` 为空值：无从得知该行所指";
    RowsApart "TM0872" Error
        "the rows of community `{found}` do not stand together, so a stream cannot join them"
        "社区 `{found}` 的各行不相邻，流式处理时无法合并";
    // TM09xx: files and commands
    FileNotRead "TM0901" Error
        "cannot read {path}: {why}"
        "无法读取 {path}：{why}";
    FileNotWritten "TM0902" Error
        "cannot write {path}: {why}"
        "无法写入 {path}：{why}";
    UnknownCode "TM0903" Error
        "there is no code `{found}`"
        "没有代码 `{found}`";
    ReportStandard "TM0930" Error
        "the assessment was made with the standard {expected}, but {found} is at hand"
        "评估所用标准为 {expected}，而手头的是 {found}";
    ReportSubmission "TM0931" Error
        "the assessment is of another submission than the one at hand: it is of `{expected}`, and `{found}` has other content"
        "评估对应的申报不是手头的这一份：评估的是 `{expected}`，而 `{found}` 内容不同";
    NothingMatches "TM0904" Error
        "no file matches {path}"
        "没有文件与 {path} 相符";
    NothingInFolder "TM0905" Error
        "there are no documents in the folder {path}"
        "文件夹 {path} 中没有文档";
    NamesClash "TM0906" Error
        "{path} is not written twice: `{found}` and `{other}` would both become it"
        "不重复写入 {path}：`{found}` 与 `{other}` 都将写成该文件";
    Interrupted "TM0907" Error
        "interrupted after {count} documents; nothing was left half-written"
        "处理 {count} 份文档后被中断；没有留下写了一半的文件";
}
