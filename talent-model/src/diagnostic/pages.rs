//! What lies behind each code: cause, cure and an example, for `talent explain` and the documentation.

use super::Code;
use crate::lang::Bilingual;

/// The explanation of one code.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// Why this happens.
    pub cause: Bilingual,
    /// How to mend it.
    pub cure: Bilingual,
    /// A piece of a document, or a command, that has the fault; a line of plain words may follow it.
    pub example: &'static str,
}

macro_rules! pages {
    ($($code:ident cause $cause_en:literal $cause_zh:literal cure $cure_en:literal $cure_zh:literal example $example:literal;)*) => {
        impl Code {
            /// The code's explanation.
            #[must_use]
            pub const fn page(self) -> Page {
                match self {
                    $(Self::$code => Page {
                        cause: Bilingual { en: $cause_en, zh: $cause_zh },
                        cure: Bilingual { en: $cure_en, zh: $cure_zh },
                        example: $example,
                    },)*
                }
            }
        }
    };
}

pages! {
    // TM00xx: the text
    EmptyDocument
        cause
            "The file has no content at all, or only blank lines; often an export or a download was interrupted, or the wrong file was \
             picked."
            "文件没有任何内容，或只有空行；常见原因是导出或下载中断，或选错了文件。"
        cure
            "Open the file to see whether it is the one you mean, export it again, and hand in the file that has the content."
            "打开文件确认是否选对，重新导出后提交有内容的文件。"
        example
            r#"(0 bytes)"#;
    InvalidUtf8
        cause
            "The file was saved in another encoding, typically GBK by an older Windows editor or spreadsheet, or it is no text file at all \
             but a workbook or an archive."
            "文件以其他编码保存，多为旧版 Windows 编辑器或电子表格存成的 GBK；也可能根本不是文本，而是工作簿或压缩包。"
        cure
            "Save the file again as UTF-8; in most editors the choice stands in the “Save as” window. A mark (BOM) at the beginning does no \
             harm."
            "用编辑器“另存为”时选择 UTF-8 编码重新保存；开头的 BOM 标记不影响读取。"
        example
            r#"{"name": {"zh": "望京"}}
saved as GBK: the bytes CD FB BE A9 are not UTF-8"#;
    MalformedJson
        cause
            "The text breaks a rule of JSON at the marked place: a comma too many or too few, single quotes, Chinese quotes or commas, a \
             comment, or a number with a thousands separator or a leading zero."
            "所标位置不符合 JSON 语法：逗号多写或漏写、使用了单引号或中文引号和逗号、写了注释，或数字带千分位、前导零。"
        cure
            "Put there what the message expects; everything before the place was read without fault. An editor that knows JSON shows such \
             places while you type."
            "在该处写上提示所要求的内容；该处之前的文字都没有语法问题。用支持 JSON 的编辑器可在输入时看到这类错误。"
        example
            r#"{"indicator": "park-area-per-resident", "value": 1,234,}"#;
    Truncated
        cause
            "The text stops before everything that was opened is closed: the file was cut off when it was copied, sent or generated, or a \
             closing bracket or quote is missing."
            "文本在括号或引号闭合之前就结束：文件在复制、传送或生成时被截断，或漏写了右括号、右引号。"
        cure
            "Compare the size with the original and send the file again; if it is complete, add the missing `}`, `]` or quote at the end."
            "与原文件核对大小并重新传送；若文件完整，则在末尾补上缺少的 `}`、`]` 或引号。"
        example
            r#"{"observations": [{"indicator": "street-density", "value": 74}"#;
    DuplicateMember
        cause
            "The same name stands twice in one object, usually because a block was copied and only one of the two was meant to stay; \
             programs disagree about which of the two counts, so neither is taken."
            "同一对象中同一名称写了两次，多因复制粘贴后忘记删除其一；不同程序取值不一，因此两个都不采用。"
        cure
            "Delete one of the two, or give it its right name."
            "删除其中一个，或改为正确的名称。"
        example
            r#"{"value": 12, "unit": "%", "value": 14}"#;
    NotFinite
        cause
            "The program that wrote the file had no number here, for instance after a division by zero or for an empty cell, and wrote `NaN` \
             or `Infinity`; JSON has no such numbers."
            "生成文件的程序在此处没有得到数字（如除以零或空单元格），写成了 `NaN` 或 `Infinity`；JSON 没有这样的数字。"
        cure
            "Write the real number; if it is not known, leave `value` out and write `\"state\": \"missing\"`."
            "填写真实数值；若数值未知，则去掉 `value`，写 `\"state\": \"missing\"`。"
        example
            r#"{"indicator": "street-density", "value": NaN}"#;
    NumberTooLarge
        cause
            "The number has more than about 308 digits, which no program can hold; mostly an identifier or several numbers stuck together \
             were written as a number."
            "该数字超过约 308 位，任何程序都无法表示；多是把编号或连在一起的多个数字当作一个数来写。"
        cure
            "Write the number that is meant, or put an identifier in quotes."
            "改为真实的数值；若是编号，请加引号。"
        example
            r#"{"indicator": "street-density", "value": 7.4e999}"#;
    TooLarge
        cause
            "The file is larger than this program reads, which protects it from files made to exhaust memory; a real submission has well \
             under one megabyte."
            "文件超过程序读取的上限；设此上限是为防范恶意耗尽内存的文件。真实的申报一般不到 1 MB。"
        cure
            "Take out what does not belong here: proofs are named under `evidence` with their address and hash, never embedded, and outlines \
             of zones need few points."
            "删去不应写入的内容：证明材料在 `evidence` 中写明地址和哈希即可，不要嵌入文件本身；圈层边界也不需要过多的点。"
        example
            r#"a submission of 80 MB with scanned documents inside its texts"#;
    TooDeep
        cause
            "Objects and lists stand inside one another more deeply than any real document needs; mostly a generator ran in a circle."
            "对象和列表的嵌套层数超过任何真实文档的需要；多是生成程序陷入了循环。"
        cure
            "Correct the program that wrote the file, or flatten what stands under `extensions`."
            "修正生成文件的程序，或简化 `extensions` 下的结构。"
        example
            r#"[[[[[[[[[[ … 128 opening brackets … ]]]]]]]]]]"#;
    TooManyValues
        cause
            "The document has more texts, numbers, lists and objects than any real one. Each takes far more memory than its bytes in the file, so their \
             number is limited before anything is read."
            "文件中的文字、数字、列表和对象多于任何真实文档。每个值占用的内存远多于其在文件中的字节数，因此在读取之前先限制数量。"
        cure
            "Take out what does not belong here, such as raw measurements under `extensions`, or divide the document. Who knows the file raises the limit: \
             `--limit values=…`. A standard has four times as much room where it is named as one, as by `talent standard lint`."
            "删去不应写入的内容，例如 `extensions` 下的原始测量数据；或把文档拆开。来源可靠的文件可提高上限：`--limit values=…`。明确作为标准读入时（如 `talent standard lint`），上限为四倍。"
        example
            r#"{"kind": "submission", "extensions": {"readings": [0, 0, 0, … a million times …]}}"#;
    TooManyFindings
        cause
            "So much is wrong with the document that the list would only grow: mostly one mistake that a program repeats in every row, or a document of \
             another kind. What comes after the findings listed has not been checked."
            "文档中的问题过多，继续列出没有意义：多是程序在每一行重复了同一个错误，或文档根本不是这一种。所列问题之后的内容没有检查。"
        cure
            "Mend the findings that are listed, most likely all at once where the document is written, and check again."
            "先处理已列出的问题（多半在生成文件的程序中一并改正），再重新检查。"
        example
            r#"a submission in which every one of 20,000 rows has the same misspelt member"#;
    // TM01xx: the document
    NotADocument
        cause
            "The file is JSON, but does not say what it is: it is a list, a single value, an object without `kind`, or one whose `kind` is \
             no text."
            "文件是 JSON，但没有说明自己是什么：它是列表、单个值、没有 `kind` 的对象，或 `kind` 不是文字。"
        cure
            "Begin the object with `kind` and `model`; several communities are handed in as several files."
            "在对象开头写明 `kind` 和 `model`；多个社区请分为多个文件提交。"
        example
            r#"[{"indicator": "street-density", "value": 74}]"#;
    UnknownKind
        cause
            "The word in `kind` is mistyped, or the file belongs to another program."
            "`kind` 中的词写错了，或该文件属于其他程序。"
        cure
            "Write one of `standard`, `community`, `submission` and `assessment`, all in lower case."
            "写 `standard`（标准）、`community`（社区）、`submission`（申报）、`assessment`（评估）之一，全部小写。"
        example
            r#"{"kind": "Submision", "model": "1.0"}"#;
    WrongKind
        cause
            "The file is a sound document, but of another kind than this command or function asks for; often the standard and the submission \
             were given in the wrong order."
            "文件本身是文档，但不是此命令或函数所需的种类；常见的是把标准和申报的位置弄反了。"
        cure
            "Give the file in the place meant for its kind, for instance the standard after `--standard`."
            "把文件放到对应的位置，例如标准写在 `--standard` 之后。"
        example
            r#"{"kind": "community", "model": "1.0", "id": "new-shougang"}
given to `talent assess`"#;
    NewerModel
        cause
            "The file was written by a newer version of the engine, which knows things that this one does not; a partial reading could give \
             a wrong result."
            "文件由更新版本的引擎写成，含有本版本不认识的内容；只读一部分可能得出错误的结果。"
        cure
            "Update the engine. Documents of all earlier versions stay readable."
            "升级引擎；所有旧版本的文档始终可读。"
        example
            r#"{"kind": "submission", "model": "1.7"}"#;
    // TM02xx: its structure
    UnknownMember
        cause
            "The name is mistyped, stands in the wrong object, or is a note of your own; unknown names are refused, because a mistyped one \
             would otherwise be lost in silence."
            "名称写错、位置不对，或是自己加的内容；未知名称一律不接受，否则写错的名称会被悄悄忽略。"
        cure
            "Take the spelling that is proposed, or move the member to where it belongs; members of your own go under `extensions`, where \
             the object has one."
            "采用所提示的写法，或移到正确的位置；自有内容请放在该对象的 `extensions` 之下（若有）。"
        example
            r#"{"indicator": "street-density", "vaule": 74}"#;
    MissingMember
        cause
            "A member that must be there was left out, or its name was mistyped and is reported as unknown at the same time; `per` needs \
             exactly one of `fact` and `indicator`."
            "缺少必需的成员，或其名称写错（此时会同时报未知成员）；`per` 中 `fact` 与 `indicator` 须恰有其一。"
        cure
            "Add the member; `talent schema` prints which members an object needs and what they mean."
            "补上该成员；用 `talent schema` 可查看对象需要哪些成员及其含义。"
        example
            r#"{"kind": "submission", "model": "1.0", "id": "new-shougang-2025", "period": {"from": "2025-01-01", "to": "2025-12-31"}}"#;
    WrongType
        cause
            "The value has another form than the member asks for: most often a number in quotes, a single value where a list is asked for, a \
             bare text where a text per language is asked for, or `null`."
            "值的形式不符：最常见的是数字加了引号、应为列表却写了单个值、应分语言写的文字直接写成一段，或写了 `null`。"
        cure
            "Write the form that the message names. A member about which nothing is to be said is left out, never `null`."
            "按提示的形式书写。没有内容的成员直接省略，不写 `null`。"
        example
            r#"{"indicator": "street-density", "value": "74"}"#;
    IllFormed
        cause
            "The text has the right type, but not the right form: an identifier with capitals, spaces or Chinese characters, a date such as \
             `2026/3/31`, a version with two numbers, or an empty text."
            "类型正确，但写法不符：标识符含大写、空格或汉字，日期写成 `2026/3/31`，版本号只有两段，或文字为空。"
        cure
            "Write it in the form that the message gives; names for people belong in `name`, where every character is allowed."
            "按提示的写法改正；给人看的名称写在 `name` 中，那里可用任何文字。"
        example
            r#"{"from": "2025/1/1", "to": "2025-12-31"}"#;
    OutOfBounds
        cause
            "The number cannot be what the member stands for: a share above 1 (often a percentage), a score above 100, a negative area, or a \
             fraction where things are counted."
            "数字超出该成员的含义：占比大于 1（多是写成了百分数）、得分大于 100、面积为负，或计数写了小数。"
        cure
            "Correct the number; shares are written from 0 to 1, so that 80 % is 0.8."
            "改正数字；占比写 0 到 1，80% 写作 0.8。"
        example
            r#"{"coverage": 80}"#;
    UnknownWord
        cause
            "This member takes one word of a closed list, and the word given is mistyped, written in capitals or with hyphens, or made up."
            "此成员只能取固定词表中的一个词，而所写的词拼写有误、用了大写或连字符，或是自造的词。"
        cure
            "Choose one of the words listed in the message; they are in lower case, with underscores."
            "从提示列出的词中选取一个；均为小写，以下划线连接。"
        example
            r#"{"indicator": "street-density", "state": "not-applicable"}"#;
    // TM03xx: a submission against its standard
    StandardNotAtHand
        cause
            "The submission was filled in for another standard than the one it is checked by; indicators with the same name may mean \
             different things, so nothing else is checked."
            "申报是按另一标准填写的；同名指标的含义可能不同，因此其余内容不再检查。"
        cure
            "Name the right standard with `--standard`; if the identifier in the submission is merely mistyped, correct `standard.id`."
            "用 `--standard` 指定正确的标准；若只是申报中的标识符写错，请改正 `standard.id`。"
        example
            r#"{"standard": {"id": "talent-refrence", "version": "0.1.0"}}"#;
    VersionDiffers
        cause
            "The standard has been revised since the submission was filled in, or the submission was filled in for a newer version; \
             indicators, units and thresholds may differ, so nothing else is checked."
            "申报填写之后标准已修订，或申报针对的是更新的版本；指标、单位和阈值可能不同，因此其余内容不再检查。"
        cure
            "Get the version that was answered and name it with `--standard`; or go through the changes of the new version, answer anew, and \
             then write its number in `standard.version`."
            "取得申报所对应的版本，用 `--standard` 指定；或对照新版的变化重新填报，再把 `standard.version` 改为新版号。"
        example
            r#"{"standard": {"id": "talent-reference", "version": "0.0.9"}}"#;
    DigestDiffers
        cause
            "The standard has the same name and version, but its content is another: somebody changed a threshold, a weight or a text \
             without a new version, or the file was damaged."
            "标准的名称和版本相同，内容却不同：有人改了阈值、权重或文字而没有更换版本号，或文件已损坏。"
        cure
            "Get the very text that was answered from its publisher; if you are the publisher, issue every change under a new version. Write \
             a new digest only after the answers have been checked against the new text."
            "向标准发布者索取申报所对应的原文；若你就是发布者，任何修改都应以新版本发布。只有按新文本核对过回答之后，才可改写摘要。"
        example
            r#"{"standard": {"id": "talent-reference", "version": "0.1.0", "digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}"#;
    NotPinned
        cause
            "The submission names the standard by identifier and version only; that is allowed, but nobody can later prove that the same \
             text was used."
            "申报只以标识符和版本指明标准；这是允许的，但日后无法证明所用的是同一份文本。"
        cure
            "Nothing has to be done. For a formal submission copy the digest from the message into `standard.digest`."
            "可不处理。正式申报时，请把提示中的摘要写入 `standard.digest`。"
        example
            r#"{"standard": {"id": "talent-reference", "version": "0.1.0"}}"#;
    UnknownIndicator
        cause
            "The identifier is mistyped, is the printed code (`LIV-1.1`) instead of the identifier, or belongs to another version of the \
             standard."
            "标识符写错，或误写成了印刷编号（如 `LIV-1.1`），或属于标准的另一版本。"
        cure
            "Take the identifier from the standard; `talent standard show` lists them all with their codes."
            "采用标准中的标识符；`talent standard show` 可列出全部标识符及其编号。"
        example
            r#"{"indicator": "LIV-1.1", "value": 12}"#;
    UnknownZone
        cause
            "The observation or the asset names a zone that the community does not list under `zones`; mostly the zone's name was written \
             instead of its identifier."
            "观测值或资产写了 `zones` 中没有的圈层；多是把圈层名称当成了标识符。"
        cure
            "Use the `id` of one of the listed zones, or add the zone; for the whole community leave `zone` out."
            "使用已列圈层的 `id`，或补列该圈层；若指整个社区，则省略 `zone`。"
        example
            r#"{"indicator": "street-density", "zone": "core-area", "value": 74}"#;
    RepeatedObservation
        cause
            "Two observations answer the same indicator for the same zone (or both for the whole community), perhaps of different dates or \
             departments; only one of them can count."
            "同一指标在同一圈层（或同为整个社区）有两个观测值，可能来自不同日期或不同部门；只能采用其一。"
        cure
            "Keep the one that holds for the period and delete the other; if they belong to different zones, state the `zone` of each."
            "保留符合申报期的一个，删除另一个；若属于不同圈层，请分别写明 `zone`。"
        example
            r#"[{"indicator": "street-density", "value": 74}, {"indicator": "street-density", "value": 72}]"#;
    WrongUnit
        cause
            "The value was given in another unit than the standard asks for; units are compared exactly and never converted, so `ha` in \
             place of `km2` is refused rather than guessed. Levels, checklists and yes-or-no answers have no unit."
            "数值所用单位与标准不同；单位逐字比较，不作换算，例如应为 `km2` 却写 `ha` 时不作猜测。等级、清单和是否类回答没有单位。"
        cure
            "Convert the number yourself and write the unit of the standard, or leave `unit` out if the number is in that unit already. \
             Where the standard derives a ratio, its unit is accepted too."
            "自行换算后写标准的单位；若数值已是该单位，可省略 `unit`。标准按比率折算的指标，也接受比率的单位。"
        example
            r#"{"indicator": "street-density", "value": 74000, "unit": "m"}"#;
    OutsideLimits
        cause
            "The number cannot occur in reality: a percentage above 100, a negative count; often a slip of the decimal point or a share \
             given as a percentage, or the other way round."
            "该数值在现实中不可能出现：百分比大于 100、数量为负；多是小数点错位，或占比与百分数混淆。"
        cure
            "Look the number up in its source and correct it; if the source itself is in doubt, use the state `missing` and say so in `note`."
            "核对来源并改正；若来源本身存疑，把状态写为 `missing`，并在 `note` 中说明。"
        example
            r#"{"indicator": "active-frontage-share", "value": 640, "unit": "%"}"#;
    NotWhole
        cause
            "Things are counted here that come in whole numbers, such as places, beds or events; a fraction points to an average, a \
             conversion or a decimal comma."
            "此处计数的是只能为整数的事物，如学位、床位、活动；出现小数多因取了平均、作了换算或误用小数点。"
        cure
            "Give the number as counted on the reference day, without rounding a ratio."
            "填写基准日的实际计数，不要用比率取整。"
        example
            r#"{"indicator": "childcare-places", "value": 120.5}"#;
    UnknownLevel
        cause
            "The scale of this indicator does not have the level given; mostly a score or a percentage was written in place of a level."
            "该指标的等级表中没有所填等级；多是把得分或百分比写成了等级。"
        cure
            "Read the descriptions of the levels in the standard (`talent standard show`) and choose the highest one whose description holds \
             entirely."
            "查看标准中各等级的描述（`talent standard show`），选取描述完全符合的最高一级。"
        example
            r#"{"indicator": "multilingual-notices", "level": 80}"#;
    UnknownItem
        cause
            "The checklist of this indicator does not have the item: it is mistyped, belongs to another indicator, or is a measure of your \
             own that the standard does not count."
            "该指标的清单中没有此项：可能写错、属于其他指标，或是标准不计入的自有做法。"
        cure
            "Use the identifiers of the standard's own items; mention anything else in `note`."
            "使用标准清单项的标识符；其他做法写在 `note` 中。"
        example
            r#"{"indicator": "incubation-ladder", "items": ["nursery", "coffee-bar"]}"#;
    RepeatedItem
        cause
            "The same checklist item is listed twice; it counts once, so that the list says something other than what was meant."
            "同一清单项列了两次；它只计一次，清单可能与本意不符。"
        cure
            "Delete the second mention, or replace it by the item that was meant."
            "删除重复的一项，或改为本想写的那一项。"
        example
            r#"{"indicator": "incubation-ladder", "items": ["nursery", "nursery"]}"#;
    AnswerMissing
        cause
            "The observation claims that the answer is known (`reported`, which is also meant when no `state` is given, or `estimated`), but \
             there is no answer in it."
            "观测值表示回答已知（`reported`，未写 `state` 时也按此处理；或 `estimated`），却没有回答。"
        cure
            "Write down the answer that the message names; if it is not known, write `\"state\": \"missing\"`, or leave the observation out."
            "补上提示所说的回答；若回答未知，写 `\"state\": \"missing\"`，或删除该观测值。"
        example
            r#"{"indicator": "street-density", "state": "estimated"}"#;
    AnswerUnexpected
        cause
            "The state says that there is no answer to show (`missing`, `withheld`, `not_assessed`, `not_applicable`), and yet an answer \
             stands beside it; a 0 written as a placeholder is the usual case."
            "状态表示没有可用的回答（`missing`、`withheld`、`not_assessed`、`not_applicable`），旁边却又写了回答；常见的是用 0 占位。"
        cure
            "Delete the answer, or, if it is real, change the state to `reported` or `estimated`."
            "删除该回答；若回答属实，则把状态改为 `reported` 或 `estimated`。"
        example
            r#"{"indicator": "street-density", "state": "missing", "value": 0}"#;
    WrongAnswer
        cause
            "The indicator is answered in another form than was used: `value` for a number, `level` for a level, `items` for a checklist, \
             `answer` for yes or no."
            "回答的形式与指标不符：数字用 `value`，等级用 `level`，清单用 `items`，是否用 `answer`。"
        cure
            "Give the answer in the member that the message names; do not translate yes and no into 1 and 0."
            "用提示所说的成员回答；不要把是、否写成 1、0。"
        example
            r#"{"indicator": "offshore-innovation-base", "value": 1}"#;
    ReasonMissing
        cause
            "An indicator that does not apply is taken out of the score, so reviewers need to read why it has no meaning in this community."
            "不适用的指标会从评分中剔除，因此评审者需要知道它在本社区为何没有意义。"
        cure
            "Add a `reason` of one or two sentences that names a fact anyone can check."
            "补写 `reason`，用一两句话说明可核实的事实。"
        example
            r#"{"indicator": "heritage-in-active-use", "state": "not_applicable"}"#;
    MustApply
        cause
            "The standard allows `not_applicable` only for the indicators that say so; this one has a meaning in every community, or a rule \
             of the standard decides by itself where it applies."
            "标准只允许部分指标标为不适用；该指标在任何社区都有意义，或由标准自身的条件判定是否适用。"
        cure
            "Answer the indicator; if there is nothing to report yet, use `missing` or `not_assessed`."
            "请回答该指标；若暂无数据，用 `missing`（缺失）或 `not_assessed`（未评估）。"
        example
            r#"{"indicator": "street-density", "state": "not_applicable", "reason": "No streets were planned"}"#;
    SampleTooSmall
        cause
            "The survey behind this value reached fewer people than the standard asks for; with so few answers the result is largely chance, \
             and it is treated as unknown."
            "该数值所依据的问卷回收数少于标准要求；样本过小时结果偶然性大，因此按未知处理。"
        cure
            "Collect more answers, or pool the rounds of the period if their questions were the same. Do not change the number of answers: \
             it is part of the evidence."
            "补充问卷，或将申报期内题目相同的各轮合并。不得改写样本量，它是证据的一部分。"
        example
            r#"{"indicator": "belonging-index", "value": 71, "sample": 23}"#;
    SampleMissing
        cause
            "The standard uses this value only if enough people were asked, and the observation does not say how many answered; the value is \
             treated as unknown."
            "标准只采用样本足够的问卷结果，而观测值没有写明回收数；因此按未知处理。"
        cure
            "Add `sample` with the number of valid answers, as stated in the survey report."
            "补写 `sample`，填问卷报告中的有效回收数。"
        example
            r#"{"indicator": "belonging-index", "value": 71}"#;
    UnknownEvidence
        cause
            "The observation refers to a piece of evidence that the submission does not list under `evidence`."
            "观测值引用的证据没有列在申报的 `evidence` 中。"
        cure
            "Add the piece to `evidence` with the same `id`, or correct the reference; a file name or an address is not an identifier."
            "在 `evidence` 中补列同一 `id` 的证据，或改正引用；文件名和网址不是标识符。"
        example
            r#"{"indicator": "street-density", "value": 74, "evidence": ["survey.pdf"]}"#;
    RepeatedIdentifier
        cause
            "Two things of the same list have the same identifier (zones, assets, pieces of evidence; in a standard also stages, grades, \
             lenses or items), so that a reference to it would have two meanings."
            "同一列表中有两项使用同一标识符（圈层、资产、证据；标准中还有阶段、等级、视角、清单项等），引用时无法区分。"
        cure
            "Give the second one an identifier of its own and correct the references to it."
            "给第二项另取标识符，并改正对它的引用。"
        example
            r#"{"zones": [{"id": "ring", "name": {"en": "Inner ring"}, "role": "ring"}, {"id": "ring", "name": {"en": "Outer ring"}, "role": "ring"}]}"#;
    PeriodReversed
        cause
            "A span of time ends before it begins: the two dates were exchanged, or a year was mistyped. This is checked for the period, \
             assets, policies and evidence."
            "结束日期早于开始日期：两个日期写反，或年份写错。申报期、资产、政策和证据都作此检查。"
        cure
            "Exchange the dates or correct the wrong one; both ends belong to the span."
            "调换或改正日期；起止两日均包含在内。"
        example
            r#"{"period": {"from": "2025-12-31", "to": "2025-01-01"}}"#;
    OutsideItsInterval
        cause
            "`uncertainty` says between which numbers the true value surely lies, but the value itself lies outside; mostly a half-width \
             (such as ±2) was written in place of the two ends."
            "`uncertainty` 表示真值必定所在的区间，而数值本身却在区间之外；多是把误差幅度（如 ±2）写成了区间端点。"
        cure
            "Write the two ends in the unit of the value: for 45 ± 2 they are `low` 43 and `high` 47."
            "用数值的单位写出两个端点：45 ± 2 应写 `low` 43、`high` 47。"
        example
            r#"{"indicator": "work-permit-days", "value": 45, "uncertainty": {"low": -2, "high": 2}}"#;
    StageUnknown
        cause
            "The standard judges zones of different stages differently, and nothing tells the stage of this one: an area is missing or the \
             planned area is 0, and no `stage` is stated."
            "标准对不同阶段的圈层采用不同要求，而该圈层的阶段无从判定：缺少面积或规划面积为 0，也没有写明 `stage`。"
        cure
            "Give `planned_floor_area` and `completed_floor_area` in square metres; where there is no building plan, state the `stage`."
            "以平方米填写 `planned_floor_area`（规划建筑面积）和 `completed_floor_area`（建成建筑面积）；没有建设规划的，写明 `stage`。"
        example
            r#"{"id": "ring-2", "name": {"en": "Outer ring"}, "role": "ring"}"#;
    NoSuchStage
        cause
            "The zone states a stage that the standard does not have; mostly a name was written in place of the identifier, or the stage is \
             one of another standard."
            "圈层写明的阶段在标准中不存在；多是把名称当成标识符，或写了其他标准的阶段。"
        cure
            "Use one of the identifiers under `stages` of the standard, or leave `stage` out where the floor areas tell it."
            "使用标准 `stages` 中的标识符；建筑面积可判定阶段的，省略 `stage`。"
        example
            r#"{"id": "core", "name": {"en": "Core"}, "role": "core", "stage": "finished"}"#;
    StageContradicts
        cause
            "The zone states one stage, but its completed share of the planned floor area puts it into another; one of the three was not \
             updated as building went on. The floor areas are used."
            "圈层写明的阶段与建成面积占规划面积之比得出的阶段不一致；三者之一未随建设进度更新。此处以建筑面积为准。"
        cure
            "Check both areas; if they are right, delete `stage` or correct it."
            "核对两项面积；若无误，删除或改正 `stage`。"
        example
            r#"{"id": "core", "name": {"en": "Core"}, "role": "core", "stage": "built", "planned_floor_area": 500000, "completed_floor_area": 120000}"#;
    UnknownFact
        cause
            "The fact has nearly the name of one that the standard uses, so it is probably a slip, and the standard will miss the right one. \
             Facts that the standard does not ask for are otherwise welcome."
            "该事实项与标准所用的某一事实项名称相近，很可能是笔误，标准将取不到正确的一项。其他标准未要求的事实项可以保留。"
        cure
            "Take the name that is proposed; if a different fact is meant, give it a less similar name."
            "采用提示的名称；若确为另一事实，请换一个不易混淆的名称。"
        example
            r#"{"facts": {"populaton": {"value": 91000}}}"#;
    WrongFact
        cause
            "The standard declares what kind of answer the fact is, and the community gives another: a number is given by `value`, yes or no \
             by `answer`, one of several choices by `choice`."
            "标准规定了事实项的类型，社区却用了另一种形式：数字用 `value`，是否用 `answer`，选项用 `choice`。"
        cure
            "Move the answer to the member that the message names and write it in that form."
            "把回答写入提示所说的成员，并采用相应形式。"
        example
            r#"{"facts": {"rail-planned": {"value": 1}}}"#;
    FactMissing
        cause
            "The indicator is a ratio, such as places per thousand residents; the count was given, but not the number that it is divided by, \
             so the value is treated as unknown."
            "该指标是比率（如每千居民学位数）；给出了数量，却没有给出除数，因此按未知处理。"
        cure
            "Add the fact to the zone, or to the community for an answer about all of it; or give the finished ratio in its own unit."
            "在圈层中补写该事实项（针对整个社区的回答则写在社区中）；或直接以比率的单位填写比率。"
        example
            r#"{"facts": {}, "zones": [{"id": "core", "name": {"en": "Core"}, "role": "core", "facts": {"jobs": {"value": 21000}}}]}"#;
    FactZero
        cause
            "The indicator is a ratio, and what it is divided by is 0 here, for instance in a zone where nobody lives yet; such a ratio has \
             no value and is treated as unknown."
            "该指标是比率，而此处除数为 0，例如尚无人居住的圈层；比率无从计算，因此按未知处理。"
        cure
            "If 0 is only a placeholder, write the real number. If it is true, leave out this zone's answer or, where the standard allows, \
             declare it `not_applicable`."
            "若 0 只是占位，请写真实数值；若确为 0，则不填该圈层的回答，或在标准允许时标为 `not_applicable`（不适用）。"
        example
            r#"{"facts": {"population": {"value": 0}}}"#;
    NotAsked
        cause
            "The standard has no criterion of this indicator for the stage of the zone: it asks it of built areas only, or of new ones only. \
             The answer does no harm."
            "标准没有为该圈层所处阶段规定此指标的评分标准：它只考核已建区，或只考核新建区。保留回答并无妨碍。"
        cure
            "Nothing has to be done; check the stage of the zone if you expected the answer to count."
            "可不处理；若认为该回答应计分，请核对圈层的阶段。"
        example
            r#"{"indicator": "post-occupancy-survey", "zone": "new-ring", "value": 82}
in a standard that asks it of built areas only"#;
    NotAnswered
        cause
            "Nobody answered this indicator for the place named, neither for the zone nor for the community as a whole; absence never counts \
             as strength."
            "所述范围内没有人回答该指标，既没有圈层的回答，也没有整个社区的回答；没有数据绝不按达标处理。"
        cure
            "Add an observation; if you looked and there is nothing, write `\"state\": \"missing\"`, so that reviewers can tell the one from \
             the other."
            "补充观测值；若已查而无数据，请写 `\"state\": \"missing\"`，以便评审者区分。"
        example
            r#"{"observations": []}"#;
    CommunityMissing
        cause
            "The submission does not say which community it is about, or says it twice: once with the whole community inside and once by \
             reference."
            "申报没有说明所针对的社区，或说了两次：既写入了整个社区，又引用了社区文档。"
        cure
            "Keep exactly one: `community` with the whole community document, or `community_ref` with its `id` and `digest`."
            "二者只保留其一：`community` 写入整个社区文档，或 `community_ref` 写明其 `id` 和 `digest`。"
        example
            r#"{"kind": "submission", "model": "1.0", "observations": []}"#;
    ZonesMissing
        cause
            "The standard judges built and new areas differently, so it needs to know the zones of the community, even if there is only one."
            "标准对已建区和新建区要求不同，因此需要知道社区的圈层，即使只有一个。"
        cure
            "List under `zones` the core work zone and the rings around it, each with its floor areas; a community in a single stage has one \
             zone with the role `core`."
            "在 `zones` 中列出核心工作区及外围圈层，并填写各自的建筑面积；整体处于同一阶段的社区，列一个 `role` 为 `core` 的圈层即可。"
        example
            r#"{"kind": "community", "model": "1.0", "id": "riverside", "name": {"en": "Riverside"}}"#;
    MoreThanPlanned
        cause
            "The completed floor area is greater than the planned one: the plan was enlarged and its number not updated, the two were \
             exchanged, or one was given in other units. The completed share counts as 1."
            "建成面积大于规划面积：规划扩大后未更新、两个数写反，或单位不同。建成比例按 1 计。"
        cure
            "Give both from the plan in force, in square metres of floor area."
            "按现行规划填写两项面积，单位为平方米建筑面积。"
        example
            r#"{"id": "core", "name": {"en": "Core"}, "role": "core", "planned_floor_area": 120000, "completed_floor_area": 500000}"#;
    FactAmbiguous
        cause
            "The fact holds no answer, or more than one, so that it has no clear meaning."
            "该事实项没有回答，或有多个回答，含义不明。"
        cure
            "Keep exactly one of `value` (a number), `answer` (yes or no) and `choice` (one of several); leave an unknown fact out \
             altogether."
            "`value`（数字）、`answer`（是否）、`choice`（选项）只保留一个；未知的事实项整项省略。"
        example
            r#"{"facts": {"population": {"value": 91000, "choice": "large"}}}"#;
    DateImpossible
        cause
            "The date is well formed, but the month does not have that day; typically the end of a month was written as the 31st, or 29 \
             February in a common year."
            "日期格式正确，但该月没有这一天；常见的是把小月月末写成 31 日，或在平年写了 2 月 29 日。"
        cure
            "Write the day that is meant; the last day of a month is the 28th, 29th, 30th or 31st."
            "改为实际日期；注意各月的最后一天。"
        example
            r#"{"from": "2025-04-01", "to": "2025-06-31"}"#;
    CommunityNotAtHand
        cause
            "The submission refers to a community document by its digest, and that document was not given, or the one given differs from it, \
             if only by a single number."
            "申报以摘要引用社区文档，而该文档没有提供，或所提供的与之不同（哪怕只差一个数字）。"
        cure
            "Name the file with `--community`; if the community's facts were changed on purpose, check the answers and write the new digest \
             in `community_ref`."
            "用 `--community` 指定文件；若社区事实确有更新，请核对回答后把新摘要写入 `community_ref`。"
        example
            r#"{"community_ref": {"id": "new-shougang", "digest": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}"#;
    // TM04xx: a standard
    UnknownChoice
        cause
            "The standard lists the choices of this fact, and the one given is not among them."
            "标准列出了该事实项的选项，填报的选项不在其中。"
        cure
            "Use one of the choices."
            "改用标准所列的选项之一。"
        example
            r#"{"facts": {"community-type": {"choice": "inovation"}}}"#;
    UnitSlip
        cause
            "The measure lies more than ten times beyond the thresholds of the standard, or outside the range that the indicator declares as \
             usual, and would be usual if it were 10, 100, 1000, 10000 (万) or more times as large or small: a comma was lost, a share was \
             written for a percentage, or a number in 万 or in square metres was written for another unit. The measure is the ratio where one \
             is derived, so the fact that it is divided by may be the one that slipped."
            "测量值超出标准阈值十倍以上，或超出指标写明的通常范围，而放大或缩小 10、100、1000、1 万等倍后正好合理：可能丢了小数点、把小数当作百分数，或把万、平方米等单位写错。凡由总量折算的比率，也可能是作为除数的事实项写错。"
        cure
            "Compare the number and its unit with the source, and the fact that it is divided by. If the number is right, say so in the \
             `note`; a reviewer can accept the finding with a waiver."
            "对照原始资料核对数值、单位以及作为除数的事实项。如数值无误，请在 `note` 中说明；评审方可用豁免单予以认可。"
        example
            r#"{"indicator": "tree-canopy-cover", "value": 0.28, "unit": "%"}"#;
    Unusual
        cause
            "The measure is possible, but outside the range that the indicator declares as usual, or more than ten times beyond the \
             thresholds of the standard, and no usual slip of the unit explains it."
            "该值并非不可能，但超出指标写明的通常范围，或超出标准阈值十倍以上，且不能用常见的单位笔误解释。"
        cure
            "Compare the number with its source. If it is right, say in the `note` why it is so large or so small."
            "对照原始资料核对。如数值无误，请在 `note` 中说明为何如此之大或如此之小。"
        example
            r#"{"indicator": "street-density", "value": 74000000000, "unit": "km/km2"}"#;
    ShareOverWhole
        cause
            "A share is more than everything there is, and no threshold of the standard counts on that: numerator and denominator may cover \
             different areas, years or groups, or be the wrong way round."
            "占比超过了总体，而标准的阈值并未设想这种情形：分子与分母的范围、年份或人群可能不一致，也可能颠倒了。"
        cure
            "Compare numerator and denominator. If both are right, say in the `note` why the share exceeds the whole."
            "核对分子与分母。如二者无误，请在 `note` 中说明占比为何超过总体。"
        example
            r#"{"indicator": "talent-rent-to-income", "value": 140, "unit": "%"}"#;
    ZonesDoNotAddUp
        cause
            "The standard divides by this fact or weighs zones with it, so it is an amount: the amounts of all zones make up that of the \
             community, up to one per cent for rounding. Here they do not: a zone is missing or counted twice, one number slipped, or the two \
             are of different days."
            "标准以该事实项为除数或圈层权重，因此它是总量：各圈层之和应等于社区的总量，四舍五入相差不超过百分之一。此处并不相等：可能漏计或重计了圈层，某个数写错，或二者时点不同。"
        cure
            "Correct the number that is wrong. If the zones do not cover the whole community on purpose, add the rest as a zone of its own."
            "改正错误的数。如圈层本就没有覆盖整个社区，请把其余部分列为一个圈层。"
        example
            r#"{"facts": {"population": {"value": 9100}}, "zones": [{"facts": {"population": {"value": 52000}}}]}"#;
    WholeContradictsZones
        cause
            "The indicator is answered for the whole community and for every zone, and the two contradict each other: an amount is the sum of \
             its zones, and a share or a mean lies between the least and the greatest of them, up to one per cent for rounding."
            "该指标既对整个社区也对每个圈层作了回答，二者却相互矛盾：总量应等于各圈层之和，占比或平均值应介于各圈层的最小值与最大值之间，四舍五入相差不超过百分之一。"
        cure
            "Correct the number that is wrong, or answer in one of the two ways only."
            "改正错误的数，或只按其中一种方式填报。"
        example
            r#"[{"indicator": "park-area-per-resident", "value": 120000}, {"indicator": "park-area-per-resident", "zone": "core", "value": 180000}]"#;
    Jump
        cause
            "Compared with the submission given as the previous one, the measure moved by more than half of the scale between its lowest and \
             highest threshold, and by more than half of itself; a level or a checklist moved by more than half of its scale; or what was \
             answered with yes is no longer so."
            "与作为上一轮的申报相比，测量值的变动超过最低与最高阈值之间的一半，且超过自身的一半；等级或清单的变动超过全程的一半；或者原来答“是”的现已不是。"
        cure
            "Compare both rounds with their sources. If the change is real, say in the `note` what brought it about."
            "对照两轮的原始资料核对。如变化属实，请在 `note` 中说明原因。"
        example
            r#"{"indicator": "tree-canopy-cover", "value": 29}
in the last round: 11"#;
    SlipSinceLast
        cause
            "Between two rounds the number changed by almost exactly 10, 100, 1000, 10000 (万) or more times. In one of them the unit \
             slipped."
            "两轮之间该数几乎正好相差 10、100、1000、1 万等倍，其中一轮的单位很可能写错。"
        cure
            "Find out which round is right, and correct the other. If it is the earlier one that is wrong, say so in the `note`."
            "查明哪一轮正确并改正另一轮。如是上一轮有误，请在 `note` 中说明。"
        example
            r#"{"indicator": "cultural-floor-area", "value": 2.4}
in the last round: 24000"#;
    FactJump
        cause
            "A fact that the standard uses changed by more than half since the submission given as the previous one. Every ratio that is \
             divided by it changes along."
            "标准所用的事实项与上一轮相比变动超过一半，凡以其为除数的比率都会随之变化。"
        cure
            "Compare both rounds with their sources; the limits of a zone may have been drawn anew. If the change is real, say in the \
             `source` of the fact where it comes from."
            "对照两轮的原始资料核对，也可能是圈层边界作了调整。如变化属实，请在事实项的 `source` 中写明来源。"
        example
            r#"{"facts": {"population": {"value": 91000}}}
in the last round: 52000"#;
    FactSlipSinceLast
        cause
            "Between two rounds the fact changed by almost exactly 10, 100, 1000, 10000 (万) or more times. In one of them the unit slipped, \
             and with it every ratio that is divided by the fact."
            "两轮之间该事实项几乎正好相差 10、100、1000、1 万等倍，其中一轮的单位很可能写错，凡以其为除数的比率也随之出错。"
        cure
            "Find out which round is right, and correct the other."
            "查明哪一轮正确并改正另一轮。"
        example
            r#"{"facts": {"population": {"value": 9.1}}}
in the last round: 91000"#;
    SameAsLast
        cause
            "Every number that can be compared is the same, to the last digit, as in the submission given as the previous one. Most likely \
             the form was filled in from the last round and never updated."
            "凡可比较的数都与上一轮逐位相同，很可能是沿用上一轮填好的表格而没有更新。"
        cure
            "Fill in the numbers of this period. Where one has truly not changed, its `date` and its evidence show it."
            "请填写本评价期的数值。确无变化的，以其 `date` 和证据为凭。"
        example
            r#"{"observations": [{"indicator": "street-density", "value": 7.4}]}
and so on, as in the last round"#;
    NotComparable
        cause
            "The submission given as the previous one is of another community, answers another standard, refers to a community that is not at \
             hand, or does not begin before this one."
            "作为上一轮给出的申报属于另一个社区、对应另一标准、所引用的社区文档不在手头，或其评价期并不早于本轮。"
        cure
            "Give the same community's submission of an earlier round."
            "请给出同一社区较早一轮的申报。"
        example
            r#"talent check 2026.json --previous 2026.json"#;
    DateOutsidePeriod
        cause
            "The day for which the answer holds lies before or after the period of the submission."
            "该回答所对应的日期早于或晚于申报的评价期。"
        cure
            "Correct the date if it was mistyped. If there is no newer answer, keep it: the finding tells the reviewer that the answer is an \
             older one."
            "如日期写错请改正。如确无更新的数据可予保留：本提示只是告知评审方该数据取自评价期之外。"
        example
            r#"{"period": {"from": "2025-01-01", "to": "2025-12-31"}, "observations": [{"indicator": "street-density", "date": "2023-03-31"}]}"#;
    DateInFuture
        cause
            "An observation, a piece of evidence or the submission itself bears a date after the day of submission, or after the day on which \
             it is checked."
            "观测值、证据或申报本身的日期晚于申报日，或晚于检查之日。"
        cure
            "Correct the date. A value that is expected and not observed is `estimated`, and bears the date of the estimate."
            "改正日期。预计而非实测的值应标为 `estimated`，并写估计之日。"
        example
            r#"{"submitted_on": "2026-01-20", "evidence": [{"id": "survey", "issued": "2026-11-20"}]}"#;
    SubmittedBeforeEnd
        cause
            "The submission was handed in before the period was over, so its answers cannot cover all of it."
            "申报在评价期结束之前提交，其回答不可能覆盖整个评价期。"
        cure
            "Correct the date or the period. For a trial in the middle of a period nothing has to be done."
            "改正日期或评价期。如系期中试填，则无须处理。"
        example
            r#"{"period": {"from": "2025-01-01", "to": "2025-12-31"}, "submitted_on": "2025-11-30"}"#;
    EvidenceExpired
        cause
            "The last day on which the piece of evidence holds lies before the end of the period."
            "证据的有效期在评价期结束之前就已届满。"
        cure
            "Add the renewed document, or say in the `note` of the observations why the old one still serves."
            "补充续期后的文件，或在有关观测值的 `note` 中说明旧文件为何仍然适用。"
        example
            r#"{"id": "survey", "valid_until": "2024-12-05"}"#;
    EvidenceStale
        cause
            "The piece of evidence was issued before the period, and has no `valid_until`."
            "证据签发于评价期之前，且没有 `valid_until`。"
        cure
            "Say until when it holds, or add a newer one. Plans and approvals often hold for years: state it."
            "写明有效期，或补充较新的证据。规划与批复往往多年有效，请予写明。"
        example
            r#"{"id": "plan", "issued": "2021-12-31"}"#;
    EvidenceMissing
        cause
            "The standard says what typically proves this indicator, and the observation names no evidence."
            "标准写明了该指标的典型证明材料，而此观测值没有列出证据。"
        cure
            "List the document under `evidence` of the submission, and name it in the observation."
            "在申报的 `evidence` 中列出该文件，并在观测值中引用。"
        example
            r#"{"indicator": "street-density", "value": 7.4}"#;
    EvidenceEverywhere
        cause
            "Nearly all indicators rest on one document. Either it is a collection whose parts should be listed one by one, or its name was \
             copied down the column."
            "几乎所有指标都以同一文件为据：它可能是一份汇编，其各部分应分别列出；也可能是名称被逐行复制。"
        cure
            "List the documents one by one, or give the `pages` that matter."
            "逐份列出文件，或以 `pages` 写明所在页码。"
        example
            r#"{"indicator": "street-density", "value": 7.4, "evidence": ["yearbook"]}"#;
    EvidenceUnused
        cause
            "The piece of evidence is listed, but proves nothing in this submission."
            "该证据已列出，但申报中没有以其为据的内容。"
        cure
            "Name it where it belongs, or take it off the list."
            "在相应观测值中引用，或从清单中删去。"
        example
            r#"{"evidence": [{"id": "survey", "title": {"en": "Survey"}}]}"#;
    EvidenceRepeated
        cause
            "Two pieces of evidence have the same hash, so their bytes are the same: one document is counted as two."
            "两份证据的哈希值相同，即逐字节相同：同一文件被当作了两份。"
        cure
            "Keep one of the two and name it everywhere, or correct the hash."
            "保留其一并统一引用，或改正哈希值。"
        example
            r#"{"evidence": [{"id": "survey"}, {"id": "survey-copy"}]}
with the same sha256"#;
    SameInAllZones
        cause
            "A count of at least ten is the same in every zone. Often the count of the whole community was written into each of them, and so \
             counts several times."
            "各圈层的计数相同且不小于十。常见原因是把整个社区的总数填入了每个圈层，从而被重复计算。"
        cure
            "Give each zone its own count, or answer once without a zone for the whole community."
            "请分别填写各圈层的计数，或不写圈层而对整个社区作一次回答。"
        example
            r#"[{"indicator": "aed-density", "zone": "core", "value": 48}, {"indicator": "aed-density", "zone": "ring", "value": 48}]"#;
    ZoneCopied
        cause
            "Two zones have the same numbers throughout. Most likely the rows of one were copied for the other and never changed."
            "两个圈层的各项数值完全相同，很可能是复制后没有修改。"
        cure
            "Fill in the numbers of each zone."
            "请分别填写各圈层的数值。"
        example
            r#"[{"indicator": "street-density", "zone": "core", "value": 7.4}, {"indicator": "street-density", "zone": "ring", "value": 7.4}]
and so on for every indicator"#;
    OneNumberEverywhere
        cause
            "More than half of the numbers are one and the same, and it is not the end of a scale. Most likely it was copied down the column."
            "过半数值相同，且并非量程的端点，很可能是沿列复制填充所致。"
        cure
            "Fill in each number from its own source; what is not known is `missing`."
            "请按各自的来源逐项填写；未知的标为 `missing`。"
        example
            r#"[{"indicator": "street-density", "value": 80}, {"indicator": "tree-canopy-cover", "value": 80}]
and so on"#;
    IdentityNumber
        cause
            "A free text holds a number with a birthday and the check character of a resident identity number (GB 11643), or fifteen digits \
             with a birthday beside the word for it. A submission is made to be published."
            "文字中含有带出生日期且校验码相符的居民身份证号码（GB 11643），或在“身份证”字样旁带出生日期的十五位数字。申报是要公开的。"
        cure
            "Take the number out of the text. Who answers for a number is known from the office, not from an identity card."
            "从文字中删去该号码。由谁负责以单位或岗位表示，无须证件号码。"
        example
            r#"{"note": "surveyed by the holder of 11010519491231002X"}"#;
    TelephoneNumber
        cause
            "A free text holds a Chinese mobile number or a number with a country's prefix."
            "文字中含有手机号码，或带国家代码的电话号码。"
        cure
            "Take the number out of the text, or name the office in `submitter` or `issuer`."
            "从文字中删去该号码；联系单位请写在 `submitter` 或 `issuer` 中。"
        example
            r#"{"note": "ask Ms Li, 138 1234 5678"}"#;
    LandlineNumber
        cause
            "A free text holds a telephone number with the code of its area. It may be an office's, which may be published, or a person's."
            "文字中含有带区号的固定电话号码，可能是可以公开的办公电话，也可能属于个人。"
        cure
            "Take it out if it belongs to a person."
            "如属个人，请从文字中删去。"
        example
            r#"{"note": "010-88886666"}"#;
    EmailAddress
        cause
            "A free text holds an e-mail address."
            "文字中含有电子邮箱地址。"
        cure
            "Take the address out of the text, or replace it by the office's name."
            "从文字中删去该地址，或改写为单位名称。"
        example
            r#"{"note": "li.na@example.com"}"#;
    PassportNumber
        cause
            "A free text holds one or two letters with six to nine digits, beside a word such as passport or 通行证."
            "文字中在“护照”“通行证”等字样旁出现一至两个字母加六至九位数字。"
        cure
            "Take the number out of the text; a count of people needs no papers."
            "从文字中删去该号码；统计人数无须证件号码。"
        example
            r#"{"note": "passport E12345678"}"#;
    BankCard
        cause
            "A free text holds 16 to 19 digits that a bank could have issued, with the right check digit (ISO/IEC 7812)."
            "文字中含有符合银行发卡规则且校验位正确（ISO/IEC 7812）的 16 至 19 位数字。"
        cure
            "Take the number out of the text."
            "从文字中删去该号码，公开材料无须卡号。"
        example
            r#"{"note": "paid to 6212 3456 7890 1234 569"}"#;
    WaiverExpired
        cause
            "The day until which the waiver holds lies before the day of the check. The findings that it covered count again."
            "豁免的截止日期早于检查之日，其所涵盖的问题重新计入。"
        cure
            "Mend what was found, or have the waiver renewed with a new reason and a new day."
            "改正所发现的问题，或重新审批豁免并写明新的理由和日期。"
        example
            r#"{"code": "TM0355", "reason": {"en": "The survey is being repeated"}, "approver": "Review panel", "until": "2025-12-31"}"#;
    WaiverIdle
        cause
            "No finding has the waiver's code at the place that it names: what it accepted has been mended, or its place is mistyped."
            "没有哪个问题的代码和位置与豁免相符：所认可的问题已经改正，或位置写错。"
        cure
            "Take the waiver off the list, or correct its code, submission, indicator, zone or place."
            "从豁免单中删去，或改正其代码、申报、指标、圈层或位置。"
        example
            r#"{"code": "TM0355", "indicator": "night-walk-saftey", "reason": {"en": "…"}, "approver": "Review panel", "until": "2026-12-31"}"#;
    WaiverRefused
        cause
            "With an error there is no result, or one that means nothing: the answer is not what was asked, or cannot be read. Only warnings \
             and notes can be accepted as they are."
            "存在错误时没有结果，或结果没有意义：回答与所问不符，或无法读取。只有警告和提示可以认可。"
        cure
            "Take the waiver off the list, and mend what was found."
            "从豁免单中删去，并改正所发现的问题。"
        example
            r#"{"code": "TM0309", "reason": {"en": "…"}, "approver": "Review panel", "until": "2026-12-31"}"#;
    RepeatedNode
        cause
            "Observations, weights and grades refer to scenarios, categories and indicators by identifier alone, wherever they stand in the \
             tree; two nodes with one identifier cannot be told apart."
            "观测值、权重和等级仅凭标识符引用场景、中类和指标，与其在树中的位置无关；同一标识符的两个节点无法区分。"
        cure
            "Rename the second one, for instance with the name of its category in front. Do not reuse identifiers of earlier versions for \
             something else."
            "给第二个另取标识符，例如加上所属中类的名称。旧版本用过的标识符不要另作他用。"
        example
            r#"{"id": "livable-community", "name": {"en": "Livable community"}, "indicators": [{"id": "livable-community"}]}"#;
    NothingToScore
        cause
            "A scenario or category without anything inside, or a standard without scenarios, can never have a score; it is a heading whose \
             content was forgotten or moved."
            "场景或中类之下没有内容，或标准没有场景，就永远不会有得分；多是内容遗漏或移走后留下的空标题。"
        cure
            "Add its categories or indicators, or delete it."
            "补上其下的中类或指标，或删除该节点。"
        example
            r#"{"id": "transport-network", "name": {"en": "Transport network"}}"#;
    UnknownReference
        cause
            "The standard refers to something that it does not declare: a stage, fact, source, lens, group, level, category or indicator \
             that was renamed, deleted or mistyped."
            "标准引用了自身没有声明的内容：阶段、事实项、来源文件、视角及其分组、等级、中类或指标被改名、删除或写错。"
        cure
            "Declare it, or correct the reference; the proposal, where there is one, is the nearest declared name."
            "补上声明，或改正引用；提示中的建议是最接近的已声明名称。"
        example
            r#"{"stages": [{"id": "built", "name": {"en": "Built"}}], "grades": [{"id": "one-star", "name": {"en": "One star"}, "total": 60, "stages": ["bilt"]}]}"#;
    DerivationCycle
        cause
            "Each of these indicators is divided by the next one, and the last by the first, so that none can be computed before the others."
            "这些指标依次以下一个为除数，最后一个又以第一个为除数，谁也无法先行计算。"
        cure
            "Let one of them be divided by a fact of the community, or answered directly."
            "让其中一个改为除以社区事实项，或直接填报。"
        example
            r#"[{"id": "a", "per": {"indicator": "b", "unit": "1"}}, {"id": "b", "per": {"indicator": "a", "unit": "1"}}]"#;
    NoCriterion
        cause
            "The list `criteria` of the indicator is empty: it is asked nowhere and scored nowhere."
            "指标的 `criteria` 为空：任何阶段都不考核，也不计分。"
        cure
            "Add a criterion; without `stage` it holds for every stage. An indicator that is only to be shown has the binding `informative`."
            "补充评分标准；不写 `stage` 则适用于所有阶段。只展示不计分的指标，`binding` 写 `informative`（报告）。"
        example
            r#"{"id": "street-density", "name": {"en": "Street density"}, "quantity": {"type": "number", "unit": "km/km2"}, "criteria": []}"#;
    TwoCriteria
        cause
            "Two criteria of the same indicator name the same stage, or both name none; only one can be used, and it would not be clear \
             which."
            "同一指标有两个评分标准针对同一阶段，或都没有写明阶段；只能采用一个，而无法确定是哪个。"
        cure
            "Delete one or correct its `stage`; one criterion without `stage` may stand beside criteria of single stages and holds for the \
             others."
            "删除其一或改正 `stage`；可保留一个不写 `stage` 的评分标准，它适用于其余阶段。"
        example
            r#"{"criteria": [{"stage": "new", "binding": "guided", "rule": {"type": "yes_no"}}, {"stage": "new", "binding": "required", "rule": {"type": "yes_no"}}]}"#;
    RuleMismatch
        cause
            "The rule expects another kind of answer: `piecewise` and `steps` take numbers, `levels` takes levels, `checklist` checklists \
             and `yes_no` yes or no."
            "规则与回答类型不符：`piecewise` 和 `steps` 用于数字，`levels` 用于等级，`checklist` 用于清单，`yes_no` 用于是否。"
        cure
            "Choose the rule that fits the quantity, or change the quantity; a criterion may have a `quantity` of its own where a stage \
             measures differently."
            "选用与填报量相符的规则，或更改填报量；某一阶段测法不同的，可在评分标准中另写 `quantity`。"
        example
            r#"{"quantity": {"type": "yes_no"}, "criteria": [{"binding": "guided", "rule": {"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 1, "score": 100}]}}]}"#;
    NotAscending
        cause
            "Points, steps and levels are read from the lowest to the highest value, and limits from the lower to the upper one; here a \
             value is equal to or below the one before it. The direction of an indicator is in its scores, not in the order."
            "点、分段和等级按取值由低到高书写，界限先下后上；此处的值不大于前一个。指标的方向由分值体现，而非由顺序体现。"
        cure
            "Put the values in ascending order and let the scores fall where less is better; for a jump at one value use `steps`."
            "按升序排列取值，越小越好的指标让分值递减；需要在某一值处跳变的，用 `steps`。"
        example
            r#"{"type": "piecewise", "points": [{"at": 20, "score": 0}, {"at": 5, "score": 100}]}"#;
    TooFew
        cause
            "The list is too short to mean anything: a line needs two points, a scale two levels, a checklist one item, a list of conditions \
             one condition."
            "列表过短，没有意义：折线至少两个点，等级表至少两级，清单至少一项，条件组至少一个条件。"
        cure
            "Add what is missing, or choose a simpler form, such as `yes_no` for a single question."
            "补足内容，或改用更简单的形式，例如单个问题用 `yes_no`。"
        example
            r#"{"type": "piecewise", "points": [{"at": 0.6, "score": 100}]}"#;
    LevelNotScored
        cause
            "The scale has a level for which the rule gives no score, so that a submitter could give a right answer that cannot be scored."
            "等级表中有一级没有分值，申报者可能给出正确却无法计分的回答。"
        cure
            "Add the level to `scores`; scores between levels are never guessed."
            "在 `scores` 中补上该等级；引擎不会推测等级之间的分值。"
        example
            r#"{"quantity": {"type": "level", "levels": [{"level": 0, "name": {"en": "None"}}, {"level": 1, "name": {"en": "In place"}}]}, "criteria": [{"binding": "guided", "rule": {"type": "levels", "scores": [{"level": 1, "score": 100}]}}]}"#;
    GateMissing
        cause
            "A required indicator decides whether a grade can be awarded at all, but the criterion does not say which measure passes; a \
             score is no gate."
            "控制项决定能否评级，而评分标准没有写明达到何值为通过；得分不等于门槛。"
        cure
            "Add `gate` with `at_least` or `at_most` on the measure (for yes and no: `\"at_least\": 1`), or make the indicator `guided`."
            "补写 `gate`，以 `at_least` 或 `at_most` 规定测值（是否类写 `\"at_least\": 1`）；或改为 `guided`（引导）。"
        example
            r#"{"binding": "required", "rule": {"type": "yes_no"}}"#;
    GateEmpty
        cause
            "A gate, or a requirement of a grade, is there but sets no limit, so that everything would pass."
            "门槛或等级要求虽有，却没有规定界限，等于全部通过。"
        cure
            "Write `at_least`, `at_most` or both, in the unit of the measure, or delete it."
            "以测值的单位写明 `at_least`、`at_most` 或二者，否则删除。"
        example
            r#"{"binding": "required", "gate": {}, "rule": {"type": "yes_no"}}"#;
    BasisMissing
        cause
            "Nobody can tell where the thresholds of this criterion come from: neither the criterion nor each of its points, steps or levels \
             has a basis."
            "无法知道该评分标准的阈值从何而来：评分标准没有依据，各点、分段或等级也没有逐一写明依据。"
        cure
            "Add `basis` to the criterion, or to every point, step or level. A value of your own is honest as `design_value`, with a note \
             that says how it was chosen."
            "在评分标准上补写 `basis`，或在每个点、分段、等级上写明。自定的数值如实写为 `design_value`（设计值），并注明如何选定。"
        example
            r#"{"binding": "guided", "rule": {"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 8, "score": 100}]}}"#;
    WeightsVanish
        cause
            "All members of this scenario or category have weight 0, so its score would be a division by zero."
            "该场景或中类之下的成员权重全部为 0，得分将成为除以零。"
        cure
            "Give at least one member a weight above 0; a group that is only to be shown consists of `informative` indicators."
            "至少给一个成员大于 0 的权重；只展示的一组，其指标应为 `informative`（报告）。"
        example
            r#"{"id": "street-life", "name": {"en": "Street life"}, "indicators": [{"id": "active-frontage-share", "weight": 0, "criteria": []}]}"#;
    GradeBelow
        cause
            "Grades are listed from the lowest to the highest, and the engine looks for the best one that holds; a grade that asks for no \
             higher total than the one before it stands in the wrong place."
            "等级由低到高排列，引擎取其中符合的最高者；某一等级的总分要求不高于前一等级，说明次序有误。"
        cure
            "Put the grades in ascending order of `total`; what tells two grades of equal total apart belongs into `floors`, `requires` or \
             `gates` of one grade."
            "按 `total` 升序排列等级；总分相同而要求不同的，把差别写入同一等级的 `floors`、`requires` 或 `gates`。"
        example
            r#"{"grades": [{"id": "three-star", "name": {"en": "Three stars"}, "total": 85}, {"id": "one-star", "name": {"en": "One star"}, "total": 60}]}"#;
    NotTranslated
        cause
            "The standard promises all its texts in the languages listed under `languages`, and this text lacks one; readers of that \
             language would see another one instead."
            "标准承诺以 `languages` 所列语言提供全部文字，而此处缺少其中一种；该语言的读者只能看到其他语言。"
        cure
            "Add the translation, or take the language out of `languages` until all texts are there."
            "补上译文；译文齐全之前，也可先把该语言从 `languages` 中去掉。"
        example
            r#"{"languages": ["zh", "en"], "title": {"zh": "参考标准"}}"#;
    StageRuleIncomplete
        cause
            "With `completed_share` the engine tells the stage of a zone from its floor areas; that works only if every stage has one, all \
             differ, and the lowest is 0, so that every zone falls into exactly one stage."
            "有了 `completed_share`，引擎即可按建筑面积判定圈层的阶段；前提是每个阶段都有此值、互不相等、最低者为 0，使每个圈层恰属一个阶段。"
        cure
            "Add the missing shares, with 0 for the earliest stage; or delete them all and let zones state their stage."
            "补齐各阶段的数值，最早的阶段写 0；或全部删除，由圈层自行写明阶段。"
        example
            r#"{"stages": [{"id": "new", "name": {"en": "New"}}, {"id": "built", "name": {"en": "Built"}, "completed_share": 0.75}]}"#;
    BonusWithoutPoints
        cause
            "A bonus adds points to the total, but the criterion does not say how many at most."
            "加分项会在总分上加分，而评分标准没有写明最多加几分。"
        cure
            "Add `points`: a score of 100 adds all of them, a score of 50 half."
            "补写 `points`：得 100 分加满，得 50 分加一半。"
        example
            r#"{"binding": "bonus", "rule": {"type": "yes_no"}}"#;
    ConditionMismatch
        cause
            "A number, a yes-or-no fact and a choice are compared in different ways, and only numbers can divide or weigh; here a fact is \
             used in a way that does not fit the kind that it is declared as."
            "数字、是否、选项各有比较方式，且只有数字可作除数或权重；此处对事实项的用法与其声明的类型不符。"
        cure
            "Use `at_least` or `at_most` for a number, `is` for yes or no, `choice` for a choice; or correct the `type` of the fact."
            "数字用 `at_least` 或 `at_most`，是否用 `is`，选项用 `choice`；或改正事实项的 `type`。"
        example
            r#"{"facts": {"rail-planned": {"name": {"en": "Rail is planned"}, "type": "yes_no"}}, "when": {"type": "fact", "fact": "rail-planned", "at_least": 1}}"#;
    WeighsByNothing
        cause
            "The mean of the zones' ratios equals the ratio of the whole community only if the zones are weighed by what the ratio is \
             divided by. Places per resident, weighed by area, would count an empty field as much as a full street."
            "只有以比率的除数加权，各圈层比率的平均才等于整个社区的比率。人均学位若按面积加权，空地就会与住满人的街道同等计算。"
        cure
            "Weigh by the fact that stands in `per`, or combine by `min`, `max` or `mean` where another meaning is intended."
            "按 `per` 中的事实项加权；若另有用意，用 `min`、`max` 或 `mean` 合并。"
        example
            r#"{"per": {"fact": "population", "multiple": 1000, "unit": "{place}/(1000.{person})"}, "combine": {"type": "weighted", "by": "area"}}"#;
    GateForNothing
        cause
            "A gate has an effect only where the indicator is `required`; here it is something else, so the gate is never tested."
            "门槛只对 `required`（控制）指标起作用；此处是其他约束力，门槛不会被检验。"
        cure
            "Make the criterion `required`, or delete the gate. What only one grade asks for belongs into `requires` of that grade."
            "把评分标准改为 `required`（控制），或删除门槛。仅某一等级的要求，写入该等级的 `requires`。"
        example
            r#"{"binding": "guided", "gate": {"at_least": 1}, "rule": {"type": "yes_no"}}"#;
    LogarithmOfNothing
        cause
            "On a logarithmic scale equal ratios count the same, and no number is any multiple of 0. A point at 0 or below has no place \
             on such a line."
            "对数刻度上，相等的倍数计相等的分，而 0 的任何倍数都是 0。位于 0 或负值的点在这样的折线上没有位置。"
        cure
            "Let the line begin at the least value that still makes a difference, as 100 in the income of the Human Development Index: below \
             it the score stays level. Where 0 itself must have a place, leave `scale` out."
            "让折线从仍有区分意义的最小值开始，例如人类发展指数的收入以 100 为起点：低于该点，分值保持不变。需要包括 0 时，删去 `scale`。"
        example
            r#"{"type": "piecewise", "scale": "logarithmic", "points": [{"at": 0, "score": 0}, {"at": 75000, "score": 100}]}"#;
    // TM05xx: scoring
    Unused
        cause
            "Nothing in the standard refers to this declaration. It may be a leftover, or an item that should use it names another one."
            "标准中没有任何地方引用这一声明。它可能是遗留物，也可能是本应引用它的条目写成了别的名称。"
        cure
            "Remove the declaration, or refer to it where it is meant."
            "删除该声明，或在应当使用之处引用它。"
        example
            r#"{"sources": {"old-norm": {"title": {"en": "Old norm"}}}, "scenarios": []}"#;
    RepeatedCode
        cause
            "People quote indicators by their printed code. With one code at two nodes a letter, a drawing or a report can mean either."
            "人们以印刷编号引用指标。同一编号用于两处，函件、图纸和报告所指便不明确。"
        cure
            "Give each node a `code` of its own. The identifier stays as it is."
            "为每个节点编不同的 `code`，标识符不变。"
        example
            r#"{"indicators": [{"id": "park-area", "code": "ECO-1.1"}, {"id": "tree-cover", "code": "ECO-1.1"}]}"#;
    LookAlike
        cause
            "The two differ by characters that look alike, such as `l` and `1` or a Latin and a Cyrillic letter, or not at all. Readers and data entry will take one for the other."
            "二者只差形近的字符（如 `l` 与 `1`、拉丁字母与西里尔字母），或完全相同。读者和录入人员会把二者混淆。"
        cure
            "Rename one of them so that people can tell them apart; retype what was pasted from elsewhere."
            "改写其中之一，使人能够分辨；从别处粘贴来的文字请重新输入。"
        example
            r#"{"indicators": [{"id": "phase-1"}, {"id": "phase-l"}]}"#;
    UnreachableGrade
        cause
            "What this grade asks for is more than any answer can give, so no community can ever have it."
            "该等级的要求超出任何填报所能达到的范围，没有社区能够获得。"
        cure
            "Lower the demand to what the rules and quantities can reach, or widen these."
            "把要求降到规则和量所能达到的范围，或放宽规则和量。"
        example
            r#"{"grades": [{"id": "gold", "name": {"en": "Gold"}, "total": 120}]}"#;
    OpenBelow
        cause
            "The first step begins above the least answer that the quantity allows. What lies below it scores as the first step does, which may not be meant: a gap."
            "第一段的起点高于该量允许的最小值。低于起点的值按第一段计分，这未必是本意，区间存在空缺。"
        cure
            "Leave `from` out of the first step if it goes on downwards, or add a step that begins at the quantity's least value."
            "若第一段向下延伸，删去其 `from`；否则补一个从该量最小值开始的分段。"
        example
            r#"{"type": "steps", "closed": "left", "steps": [{"from": 10, "score": 0}, {"from": 30, "score": 100}]}"#;
    EdgeOutOfReach
        cause
            "The threshold lies beyond what the quantity lets anybody answer, so it is never taken. Often a slip of unit or of a factor of ten or a hundred."
            "该阈值超出该量允许填报的范围，永远不起作用。常见原因是单位或十倍、百倍的笔误。"
        cure
            "Correct the threshold, or the limits of the quantity."
            "更正阈值，或更正该量的上下限。"
        example
            r#"{"quantity": {"type": "number", "unit": "%", "min": 0, "max": 100}, "rule": {"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 850, "score": 100}]}}"#;
    EdgeWithoutEffect
        cause
            "An edge between equal scores decides nothing, but readers will take it for a demand."
            "两侧得分相同的阈值不区分任何情况，读者却会把它当作一项要求。"
        cure
            "Remove the edge, or give its two sides different scores."
            "删除该阈值，或让两侧得分不同。"
        example
            r#"{"type": "steps", "closed": "left", "steps": [{"score": 0}, {"from": 30, "score": 60}, {"from": 45, "score": 60}]}"#;
    CannotBeMet
        cause
            "The gate lies outside what the quantity lets anybody answer, so every community fails it."
            "门槛超出该量允许填报的范围，任何社区都不能通过。"
        cure
            "Correct the gate, or the limits, levels or items of the quantity."
            "更正门槛，或更正该量的上下限、等级或清单项。"
        example
            r#"{"quantity": {"type": "number", "unit": "%", "min": 0, "max": 100}, "binding": "required", "gate": {"at_least": 110}}"#;
    DirectionChanges
        cause
            "More is better up to this point and worse after it, or the reverse. That is right for a target band and wrong for a mistyped number; the standard does not say which it is."
            "在此点之前越大越好，之后则相反（或反之）。对目标区间而言是对的，对笔误而言则是错的，而标准没有说明是哪一种。"
        cure
            "Correct the points, or declare the rule's `shape` as `band` (best in the middle) or `trough` (worst in the middle)."
            "更正各点，或把规则的 `shape` 声明为 `band`（中间最好）或 `trough`（中间最差）。"
        example
            r#"{"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 10, "score": 100}, {"at": 20, "score": 40}]}"#;
    ShapeContradicts
        cause
            "The rule says how its scores run, and its points run otherwise. One of the two is a slip."
            "规则声明了得分的走向，而各点的走向与之不符，其中之一有误。"
        cure
            "Correct the points or the `shape`."
            "更正各点或 `shape`。"
        example
            r#"{"type": "piecewise", "shape": "rising", "points": [{"at": 0, "score": 100}, {"at": 10, "score": 0}]}"#;
    WeightsDoNotSum
        cause
            "All weights here are stated and look like shares of a whole, but do not add up to it. Scores are divided by the sum, so they come out; a weight is probably mistyped."
            "此处的权重都已写明，形似整体的份额，但合计不等于整体。计分时会除以合计值，结果仍可得出，但很可能有一个权重写错。"
        cure
            "Correct the weights so that they add up to 1 or to 100."
            "更正权重，使其合计为 1 或 100。"
        example
            r#"{"scenarios": [{"id": "a", "weight": 0.5}, {"id": "b", "weight": 0.48}]}"#;
    NeverApplies
        cause
            "Its parts contradict one another, or it asks for a choice that does not exist. What depends on it applies nowhere."
            "条件的各部分互相矛盾，或要求了不存在的选项。依赖它的内容在任何地方都不适用。"
        cure
            "Correct the condition, or remove what depends on it."
            "更正条件，或删除依赖它的内容。"
        example
            r#"{"type": "fact", "fact": "population", "at_least": 5000, "at_most": 1000}"#;
    TranslationShare
        cause
            "This language is promised under `languages`, but not all texts stand in it. Each missing one is listed as TM0416."
            "标准在 `languages` 中承诺了这种语言，但并非所有文字都有该语言的文本。缺少的各条以 TM0416 逐一列出。"
        cure
            "Finish the translation, or take the language out of `languages` until it is whole."
            "补齐译文；补齐之前可先把该语言从 `languages` 中去掉。"
        example
            r#"{"languages": ["zh", "en"], "title": {"zh": "参考标准"}}"#;
    TranslationStale
        cause
            "`translations` says from which source texts this language was translated. The source texts have changed since, so the translation may say something else."
            "`translations` 记录了该语言译自哪一版源文本。此后源文本已有改动，译文可能与之不符。"
        cure
            "Read the changed texts against their translation, then write the present digest under `translations`."
            "对照改动之处核对译文，然后把现在的摘要写入 `translations`。"
        example
            r#"{"translations": {"en": {"made_from": "sha256:0000000000000000000000000000000000000000000000000000000000000000"}}}"#;
    BasisContradicts
        cause
            "A basis tells readers how firm a threshold is. This one claims a kind that its other members do not bear out: a norm without a document, or a design value with one."
            "依据告诉读者阈值有多可靠。此处所标的种类与其他内容不符：标为规范却没有文件，或标为设计值却引了文件。"
        cure
            "Name the document under `source` and say under `confidence` how well it is known; or call it `design_value` and say in a `note` how it was chosen."
            "在 `source` 中写明文件，在 `confidence` 中说明掌握程度；或标为 `design_value`，并在 `note` 中说明如何选定。"
        example
            r#"{"basis": [{"kind": "mandatory_norm"}]}"#;
    SourceSuperseded
        cause
            "The source is marked as superseded. A threshold from it may still be the best one, but a reader must be told."
            "该来源已标为被代替。其中的数值可能仍然最合适，但应当告知读者。"
        cure
            "Rest the threshold on the newer document, or add a `note` that says why the older value is kept."
            "改引新文件，或加 `note` 说明为何保留旧值。"
        example
            r#"{"basis": [{"kind": "mandatory_norm", "source": "gb-3095-2012", "confidence": "remembered"}]}"#;
    UnitMismatch
        cause
            "A ratio divides the answer by a fact and multiplies it. Its unit follows from theirs, and the one written here does not: the number or its unit would be misread."
            "比值由填报值除以事实项再乘以倍数得出，其单位由此确定，而此处所写的单位与之不符，数值或单位会被误读。"
        cure
            "Write the unit that follows, with the whole divisor in brackets; UCUM reads from left to right. A time such as `.a` may follow inside the brackets."
            "写成由此得出的单位，除数整体加括号（UCUM 自左向右读）。括号内可再加 `.a` 等时间单位。"
        example
            r#"{"quantity": {"type": "number", "unit": "{bed}"}, "per": {"fact": "population", "multiple": 1000, "unit": "{bed}/1000.{person}"}}"#;
    LensEmpty
        cause
            "A lens groups indicators by their tags. This group has no members and would have no score."
            "视角按标签对指标分组。该组没有成员，也就没有得分。"
        cure
            "Tag the indicators that belong to it, or remove the tag."
            "为属于该组的指标加标签，或删除该标签。"
        example
            r#"{"lenses": [{"id": "outcome", "tags": [{"id": "attract"}]}], "scenarios": []}"#;
    FloorAboveTotal
        cause
            "Where the total is a mean, it is never below the least scenario. A floor above the grade's total makes the total idle; the two are probably exchanged."
            "总分为平均值时不会低于最低的场景。场景下限高于总分要求，总分要求便不起作用，二者很可能写反。"
        cure
            "Exchange or correct `floor` and `total`."
            "调换或更正 `floor` 与 `total`。"
        example
            r#"{"grades": [{"id": "gold", "name": {"en": "Gold"}, "total": 60, "floor": 70}]}"#;
    GateInModule
        cause
            "A module stands beside the base and never decides a grade, so nothing in it can be required."
            "模块与基础评价并列，不影响等级，其中不能有控制项。"
        cure
            "Make it `guided` or `informative`, or move it into the base with a condition."
            "改为 `guided` 或 `informative`，或带条件移入基础部分。"
        example
            r#"{"modules": [{"id": "innovation", "categories": [{"indicators": [{"criteria": [{"binding": "required"}]}]}]}]}"#;
    UnitUnnamed
        cause
            "The standard names its units for readers, and forgets this one; they would see its UCUM code."
            "标准为读者列出了单位的名称，却缺少这一个，读者只能看到其 UCUM 代码。"
        cure
            "Add the unit to `units` with its name in every language."
            "在 `units` 中补上该单位及其各语言名称。"
        example
            r#"{"units": {"%": {"name": {"en": "%"}}}, "facts": {"area": {"name": {"en": "Area"}, "type": "number", "unit": "km2"}}}"#;
    PercentAsShare
        cause
            "In per cent a share of sixty in a hundred is 60. Thresholds that end at 1 would be met by one per cent."
            "以百分数计，百分之六十应写 60。阈值止于 1，只要百分之一便可满分。"
        cure
            "Multiply the thresholds by 100, or use the unit `1`."
            "把阈值乘以 100，或把单位改为 `1`。"
        example
            r#"{"quantity": {"type": "number", "unit": "%"}, "rule": {"type": "piecewise", "points": [{"at": 0, "score": 0}, {"at": 0.6, "score": 100}]}}"#;
    StrayLanguage
        cause
            "The texts in this language are not checked for completeness, and no reader is offered them. Often a mistyped tag."
            "该语言的文字不检查是否齐全，也不会提供给读者。常见原因是语言标签写错。"
        cure
            "Add the language to `languages`, or correct the tag."
            "把该语言加入 `languages`，或更正标签。"
        example
            r#"{"languages": ["zh", "en"], "title": {"zh": "标准", "en": "Standard", "eng": "Standard"}}"#;
    StageNotAsked
        cause
            "A zone in this stage would have nothing to be scored by."
            "处于该阶段的圈层没有可评的内容。"
        cure
            "Add criteria for this stage, or remove the stage."
            "为该阶段补写评分标准，或删除该阶段。"
        example
            r#"{"stages": [{"id": "built"}, {"id": "new"}], "scenarios": [{"indicators": [{"criteria": [{"stage": "built"}]}]}]}"#;
    GateWithoutEffect
        cause
            "The gate lies at or beyond the end of what the quantity lets anybody answer, so it holds nobody back."
            "门槛位于该量允许范围的边缘或之外，对任何人都不起约束作用。"
        cure
            "Correct the gate, or make the indicator `guided`."
            "更正门槛，或把该指标改为 `guided`。"
        example
            r#"{"quantity": {"type": "number", "unit": "%", "min": 0, "max": 100}, "binding": "required", "gate": {"at_least": 0}}"#;
    NotEligible
        cause
            "Too few of the applicable indicators are known for a grade: a total computed from few values could look good by accident. The \
             score and its bounds are shown all the same."
            "适用指标中已知的太少，不足以评级：仅凭少量数值算出的总分可能偶然偏高。得分及其上下限仍会列出。"
        cure
            "Answer more indicators, first those of the greatest weight. The list of unanswered ones is part of the assessment."
            "补充填报，先填权重大的指标；评估结果列有未填报的指标。"
        example
            r#"{"method": {"missing": "exclude", "eligibility": {"coverage": 0.8}}}
with answers to half of the weight"#;
    ContributionUndefined
        cause
            "The members are joined by their lowest score, and several share it: raising one of them alone would change nothing, so there is \
             no just way to divide the score among them."
            "各成员按最低分合成，而有多个成员并列最低：单独提高其中一个不起作用，因此无法合理分摊得分。"
        cure
            "Nothing has to be done; the score itself is right. To raise it, all the members with the lowest score must rise."
            "可不处理，得分本身无误。要提高得分，须同时提高所有并列最低的成员。"
        example
            r#"{"aggregation": {"type": "minimum"}}
over the scores 40, 40 and 75"#;
    ApplicabilityUnknown
        cause
            "A condition decides whether this indicator applies, and the fact it asks for is not given by the community or zone. It is taken \
             to apply, because silence must not spare anyone a requirement."
            "该指标是否适用由条件判定，而社区或圈层没有给出所需事实项。此时按适用处理，以免不填反而免除要求。"
        cure
            "Add the fact to `facts` of the community, or of the zone."
            "在社区或圈层的 `facts` 中补写该事实项。"
        example
            r#"{"applies": {"when": {"type": "fact", "fact": "has-listed-heritage", "is": true}, "reason": {"en": "There is no listed heritage"}}}"#;
    NotScored
        cause
            "No score can be computed here: nothing below is known, nothing below applies, or the method refuses to score as long as a value \
             is missing."
            "此处无法计算得分：其下没有任何已知数值，没有任何适用的指标，或方法规定缺少数值时不予计分。"
        cure
            "Answer the indicators named below this node; the author of a standard may choose another policy for missing values in `method`."
            "填报该节点之下的指标；标准编制者也可在 `method` 中改用其他缺失数据处理方式。"
        example
            r#"{"method": {"missing": "refuse"}}
with one indicator `missing`"#;
    UnknownWeightSet
        cause
            "The name given for the weights is mistyped, or the standard has no weights for that purpose."
            "所选权重方案的名称写错，或标准没有此方案。"
        cure
            "Choose one of the identifiers under `weight_sets` of the standard, or leave the choice out and use the standard's own weights."
            "从标准 `weight_sets` 的标识符中选取；不选则使用标准自身的权重。"
        example
            r#"talent assess new-shougang.submission.json --weight-set familly"#;
    WeightFactMissing
        cause
            "Zones are to be weighed by a fact, such as their population, and at least one of them does not give it; a weight cannot be \
             guessed, so all the zones of this indicator count equally."
            "圈层应按某一事实项（如人口）加权，而至少一个圈层没有给出；权重不作推测，因此该指标的各圈层等权计算。"
        cure
            "Add the fact to every zone for which the indicator is answered."
            "在回答了该指标的每个圈层中补写该事实项。"
        example
            r#"{"zones": [{"id": "core", "name": {"en": "Core"}, "role": "core", "facts": {"population": {"value": 21000}}}, {"id": "ring-1", "name": {"en": "First ring"}, "role": "ring"}]}"#;
    // TM06xx: workbooks
    NotAWorkbook
        cause
            "Another program's file was given, or its name was changed to .xlsx; renaming a file does not convert it."
            "给出的是其他程序的文件，或只是把扩展名改成了 .xlsx；改名并不会转换格式。"
        cure
            "Open the file in the program that made it and save it as an Excel workbook (.xlsx)."
            "用原来的程序打开，另存为 Excel 工作簿（.xlsx）。"
        example
            r#"form.xlsx, which is a renamed form.xls"#;
    WorkbookUnreadable
        cause
            "The file was cut off in copying or sending, or written by a program that does not follow the format."
            "文件在复制或传送中被截断，或由不合规范的程序写出。"
        cure
            "Open it in a spreadsheet program, let it be repaired if asked, save it under a new name, and hand that in."
            "用表格软件打开，如提示修复则修复，另存为新文件后再提交。"
        example
            r#"a file whose second half is missing"#;
    WorkbookEncrypted
        cause
            "The workbook was saved with a password to open it. The engine asks for none and breaks none."
            "工作簿保存时设置了打开密码。引擎不询问也不破解密码。"
        cure
            "Open it, take the password away (File, Info, Protect), and save it again."
            "打开文件，取消密码（文件→信息→保护工作簿），重新保存。"
        example
            r#"form.xlsx saved with “Encrypt with password”"#;
    TooManyParts
        cause
            "An archive with so many parts is no form; each part costs time before anything of it is read."
            "正常的表单不会有这么多部分；每一部分在读取前都要花费时间。"
        cure
            "Hand in the template as it was filled in, without hundreds of pictures and embedded files."
            "提交按模板填写的文件，不要嵌入大量图片和附件。"
        example
            r#"an archive with 10,000 entries"#;
    InflatesTooFar
        cause
            "A small archive can unpack to an enormous file. Reading stops at the limit, before memory does."
            "很小的压缩包可以解压成极大的文件；读取到上限即停止，以免耗尽内存。"
        cure
            "Remove sheets that are not part of the form, and formats that reach over whole columns."
            "删除与表单无关的表，清除整列的格式。"
        example
            r#"a 1 MB file that unpacks to 1 GB"#;
    RatioTooHigh
        cause
            "So regular a part does not come from filling in a form; it is the mark of an archive made to exhaust memory."
            "如此规则的内容不会来自填写表单，多见于蓄意耗尽内存的压缩包。"
        cure
            "Copy the answers into a fresh template and save it."
            "把填报内容复制到新的模板中保存。"
        example
            r#"a part of 10 KB that unpacks to 10 MB of zeros"#;
    TooManySheets
        cause
            "The workbook holds far more sheets than any template."
            "工作簿的表远多于任何模板。"
        cure
            "Keep the sheets of the template, and move the others into a file of their own."
            "保留模板中的表，其余移到另外的文件。"
        example
            r#"a workbook with 500 sheets"#;
    TooManyCells
        cause
            "A whole database was pasted into the form, or cells far down hold content by accident."
            "把整个数据库粘贴进了表单，或远处的单元格误有内容。"
        cure
            "Clear the cells that are not part of the form."
            "清除与表单无关的单元格。"
        example
            r#"a sheet with a million filled cells"#;
    TextTooLong
        cause
            "Spreadsheet programs themselves hold at most 32,767 characters in a cell; another program wrote more."
            "表格软件的单元格最多容纳 32767 个字符；该内容由其他程序写入。"
        cure
            "Shorten the text, and put long documents on the evidence sheet by name."
            "缩短文字；长文档请列入证据清单。"
        example
            r#"a note with 100,000 characters"#;
    DoctypeRefused
        cause
            "Document types can define entities that grow without end or name other files. No spreadsheet program writes them."
            "文档类型声明可定义无限膨胀或指向其他文件的实体；表格软件不会写出它。"
        cure
            "Open the workbook in a spreadsheet program and save it anew."
            "用表格软件打开并重新保存。"
        example
            r##"<!DOCTYPE x [<!ENTITY a "aaaa">]>"##;
    NoTemplate
        cause
            "The file is a workbook, but has neither the keys nor the titles of a template: it is some other table, or all its titles were changed."
            "文件是工作簿，但既没有模板的键值也没有模板的列标题：可能是别的表格，或标题全被改动。"
        cure
            "Make a template with `talent template -o form.xlsx`, and fill in that one."
            "用 `talent template -o form.xlsx` 生成模板后填写。"
        example
            r#"a workbook with one sheet, Sheet1, of one's own making"#;
    TemplateNewer
        cause
            "The template was made by a version of the engine with another layout."
            "模板由另一版本的引擎生成，版式不同。"
        cure
            "Use the version of the engine that made the template, or copy the answers into a template of this one."
            "使用生成该模板的引擎版本，或把内容复制到本版本的模板中。"
        example
            r#"version!C4 says 2"#;
    VersionSheetMissing
        cause
            "The last sheet says which standard and version the form was made from; it was deleted."
            "最后一张表写明表单依据的标准和版本；它被删除了。"
        cure
            "Copy the sheet back from the template. Without it nobody can tell later what was answered."
            "从模板中复制回来。没有它，日后无法知道填报依据的是哪个版本。"
        example
            r#"a workbook without the sheet “Version”"#;
    NothingFilled
        cause
            "The template is as it was made: no cell for answers holds anything."
            "模板保持原样：没有任何填报单元格有内容。"
        cure
            "Fill it in, or pick the file that has been; an unsaved window is a common cause."
            "填写后再提交，或检查是否选错文件、是否忘记保存。"
        example
            r#"a template straight from `talent template`"#;
    ExtraSheet
        cause
            "Sheets of one's own may stay in the workbook. They are no part of the submission."
            "工作簿中可以有自己的表，但它们不属于申报内容。"
        cure
            "Nothing, if it is your own sheet. If it is one of the template's, bring back its titles."
            "若是自己的表则无需处理；若是模板的表，请恢复其列标题。"
        example
            r#"a sheet “Calculation”"#;
    ExtraColumn
        cause
            "A column of one's own was added. What it holds is kept under `extensions` of the submission."
            "增加了自己的列；其内容保存在申报的 `extensions` 中。"
        cure
            "Nothing, if it is meant so. If it is one of the template's, bring back its title."
            "若有意如此则无需处理；若是模板的列，请恢复其标题。"
        example
            r#"a column “Checked by” beside the notes"#;
    MatchedByTitle
        cause
            "A program or a person deleted the first row, which is hidden and names the columns for the engine."
            "隐藏的第一行用于识别各列，被程序或人删除了。"
        cure
            "Nothing, as long as the titles stay. Check that every value was read into the right column."
            "只要标题还在就无需处理；请核对各列是否读对。"
        example
            r#"a sheet rebuilt by a script with its titles only"#;
    ColumnMissing
        cause
            "The column was deleted, or its key and title were both changed."
            "该列被删除，或其键值和标题都被改动。"
        cure
            "Copy the column back from the template, title included."
            "从模板中复制回该列及其标题。"
        example
            r#"a scenario's sheet without the column “Value”"#;
    ColumnTwice
        cause
            "The column was copied. The first one is read; whether it is the right one only you know."
            "该列被复制了一份。读取的是前一列，是否正确只有填报人知道。"
        cure
            "Delete the one that is not meant, or give it another title."
            "删除多余的一列，或给它改用别的标题。"
        example
            r#"two columns “Value”"#;
    SheetTwice
        cause
            "A sheet was copied, perhaps to keep an older state. Both are read; where they differ, it is an error of its own."
            "表被复制过，也许是为了保留旧稿。两张都会读取，内容不一致处另行报错。"
        cure
            "Delete the copy, or move it into another file."
            "删除副本，或移到别的文件。"
        example
            r#"the sheets “Living” and “Living (2)”"#;
    UnknownRow
        cause
            "The identifier in the first column was changed, or the row comes from another standard or version."
            "首列的标识被改动，或该行来自其他标准或版本。"
        cure
            "Copy the identifier from the template. If the row is your own, move it to a sheet of your own."
            "从模板中复制标识；若是自己增加的行，请移到自己的表。"
        example
            r#"talent-housing-rat | 12"#;
    AnsweredTwice
        cause
            "Two rows answer the same thing for the same zone, and differ. Neither is preferred."
            "两行对同一圈层填报了同一项，且内容不同；不会自行取舍。"
        cure
            "Delete the row that is wrong, or choose different zones."
            "删除错误的一行，或选择不同的圈层。"
        example
            r#"street-density | 7.4 in one row, 8.1 in another"#;
    MergedAnswers
        cause
            "In merged cells only the first one has a value; whether it holds for all rows, or was meant for one, cannot be told."
            "合并的单元格中只有第一格有值；是各行都适用还是只属一行，无从判断。"
        cure
            "Unmerge the cells and fill in every row."
            "取消单元格合并，然后逐行填写。"
        example
            r#"G12:G14 merged, holding 35"#;
    CellError
        cause
            "A formula failed, often because what it refers to was deleted or is no number."
            "公式出错，多因引用被删除或不是数字。"
        cure
            "Mend the formula, or write the value itself."
            "修正公式，或直接填写数值。"
        example
            r#"#DIV/0!"#;
    FormulaWithoutValue
        cause
            "A program wrote the formula without computing it. The engine computes no formulas."
            "程序写入公式但未计算；引擎不计算公式。"
        cure
            "Open the workbook in a spreadsheet program and save it, or write the value itself."
            "用表格软件打开并保存一次，或直接填写数值。"
        example
            r#"=B3/B4 written by a script"#;
    FormulaValue
        cause
            "The cell computes its value from others. What was saved last is what counts."
            "该单元格由公式计算；以最近一次保存的结果为准。"
        cure
            "Nothing, if the value is right."
            "若数值正确，则无需处理。"
        example
            r#"=SUM(B3:B9), saved as 412"#;
    CellNotUnderstood
        cause
            "The cell holds words, a unit, a range or a guess where something definite is asked."
            "该处要求确定的内容，却写了文字、单位、范围或约数。"
        cure
            "Write exactly what is expected; put everything else into the note."
            "按要求填写；其他说明写在备注中。"
        example
            r#"约30套"#;
    CellAmbiguous
        cause
            "What is written can be read in more than one way, such as a decimal comma, a day before the month, or a “none” that may be 0 or no data."
            "写法有多种理解，如逗号作小数点、日月次序不明，或“无”既可指 0 也可指没有数据。"
        cure
            "Write it in the plain form: 1.23, 2026-03-31; 0 for none, or the state “missing”."
            "用明确的写法：1.23、2026-03-31；没有填 0，缺数据则选状态“缺失”。"
        example
            r#"03/04/2026"#;
    PercentUnexpected
        cause
            "A percent sign stands with a value whose unit is no share: the value may be meant for another row, or the sign slipped in."
            "该项的单位不是百分数，却写了百分号：可能填错行，或误加了百分号。"
        cure
            "Write the number in the unit that stands beside it."
            "按旁边所列的单位填写数字。"
        example
            r#"35% where the unit is m²"#;
    ReadAs
        cause
            "The cell was understood rather than read; this is what was made of it."
            "单元格的内容经过识别，这里显示识别结果。"
        cure
            "Nothing, if it is what you mean; else write the plain number, date or word."
            "理解正确则无需处理；否则请写明确的数字、日期或选项。"
        example
            r#"3万 is read as 30000"#;
    StateContradicts
        cause
            "The value's cell says that there is no value, while the state's cell says that there is one."
            "填报值表示没有数值，而状态表示有数值。"
        cure
            "Clear one of the two, or write the value."
            "清除其中之一，或填写数值。"
        example
            r#"N/A with the state “reported”"#;
    MoreUnreadable
        cause
            "The last column holds what has no column of its own, written by the engine. It was changed by hand."
            "最后一列由引擎写入，存放没有单独列的内容；它被手工改动了。"
        cure
            "Undo the change, or clear the cell; what it held is then lost."
            "撤销改动，或清空该单元格（其内容随之丢失）。"
        example
            r#"the last cell of a row: {illustrative: yes"#;
    MoreContradicts
        cause
            "A member stands in its own cell and, differently, among the other members."
            "同一内容既在自己的单元格中，又以不同的值出现在“其他内容”里。"
        cure
            "Clear it in one of the two places."
            "清除两处中多余的一处。"
        example
            r#"the unit m2 in its cell, and {"unit": "km2"} at the end of the row"#;
    NotCarried
        cause
            "The standard at hand does not ask it any more, asks it in another way, or a cell cannot hold it."
            "现行标准不再询问此项，或改变了填报方式，或单元格容纳不下。"
        cure
            "Look at it in the earlier submission, and answer anew where the standard asks something else."
            "查看上一轮申报，标准改变之处重新填报。"
        example
            r#"an answer to an indicator that the new version has dropped"#;
    ShareForPercent
        cause
            "The unit is per cent, and the number is below 1. A script that copies a cell shown as 35 % without its format writes 0.35."
            "单位为百分数，而数值小于 1。程序复制显示为 35% 的单元格却丢掉格式时，会写成 0.35。"
        cure
            "If 35 % is meant, write 35. If it is really below one per cent, leave it as it is."
            "若指 35%，请写 35；若确实不足百分之一，则保持原样。"
        example
            r#"0.35 where the unit is %"#;
    TableEncoding
        cause
            "The bytes are not UTF-8. Spreadsheet programs in Chinese save CSV as GBK, of which GB18030 is the whole."
            "字节不是 UTF-8 编码。中文表格软件另存 CSV 时常用 GBK，GB18030 是其全集。"
        cure
            "Nothing if the word is right; else save the table as “CSV UTF-8”."
            "文字正确则无需处理；否则另存为“CSV UTF-8”。"
        example
            "a file that begins with the bytes D6 B8 B1 EA instead of E6 8C 87 E6 A0 87 for 指标";
    TableBytes
        cause
            "A byte was lost or changed on the way, or the text was joined from files of different encodings."
            "传输中丢失或改动了字节，或由不同编码的文件拼接而成。"
        cure
            "Type the character again, or save the table once more from the program that made it, as “CSV UTF-8”."
            "重新输入该字符，或用原来的程序另存为“CSV UTF-8”。"
        example
            "BA D3 FF CF in a file of GBK";
    TableNul
        cause
            "Databases and broken disks leave NUL characters behind. What stands around them cannot be trusted."
            "数据库导出或磁盘损坏会留下 NUL 字符，其前后的内容不可信。"
        cure
            "Write the table anew from its source."
            "从数据的来源重新导出该表。"
        example
            "clinics,4\\u{0}";
    TableRagged
        cause
            "A delimiter too many or too few: often a comma in a text that does not stand in quotation marks, or a decimal comma."
            "分隔符多了或少了：常见于文字中的逗号没有加引号，或小数写成了逗号。"
        cure
            "Put the text into quotation marks, or take the delimiter out."
            "给文字加上引号，或去掉多余的分隔符。"
        example
            "park-area,core,1,5";
    QuoteNotClosed
        cause
            "Everything from here to the end of the file is one field, since no quotation mark closes it."
            "没有引号结束该字段，从此处到文件末尾都成了一个字段。"
        cure
            "Close the quotation mark; write one that belongs to the text twice."
            "补上结束的引号；文字本身的引号写两遍。"
        example
            r#"park-area,"1.5"#;
    NoColumns
        cause
            "The first rows hold no names that the engine or the standard knows."
            "开头各行中没有引擎或标准认识的列名。"
        cure
            "Name the columns: `indicator`, `value` and what else there is, by their keys or by the titles of the workbook; or one column for each indicator, by its identifier, code or name."
            "写上列名：`indicator`、`value` 等，可用键名或工作簿中的标题；或每个指标一列，以标识、编号或名称为列名。"
        example
            "indicator,zone,value";
    RowsDiffer
        cause
            "A column about the submission, the community or a zone says one thing for all rows about it, but rows differ."
            "关于申报、社区或圈层的列对所涉各行应是同一内容，而各行不一致。"
        cure
            "Correct the row that is wrong, or leave all but the first empty. A file holds one submission."
            "改正错误的一行，或只保留第一行。一个文件只含一份申报。"
        example
            "submission.id,indicator,value\nriverside-2026,clinics,4\nriverside-2027,council,yes";
    ColumnUnread
        cause
            "In a table with a column for each indicator, other columns have no row of their own to which they could belong."
            "每个指标一列的表中，其他列没有可归属的行。"
        cure
            "Correct the name, or take the column out."
            "改正列名，或删去该列。"
        example
            "zone,clinics,checked by\ncore,4,Li";
    MergeConflict
        cause
            "Two files say different things about the same indicator and zone, or about the same member of the submission or the community."
            "两个文件对同一圈层的同一指标，或对申报、社区的同一项内容，说法不一致。"
        cure
            "Ask which is right, and correct or empty the other."
            "弄清哪个正确，改正或清空另一个。"
        example
            "council,core,yes in one file, council,core,no in the other";
    // TM07xx: indices from two tables
    IndexRepeated
        cause
            "Two rows of the table of indicators, two columns or two units have the same name, so that it is not clear which is meant."
            "指标表的两行、取值表的两列或两个单元同名，无法判断指的是哪一个。"
        cure
            "Give each its own name, or delete the one that was copied by mistake. The name `index` is kept for the top of tables that \
             have none."
            "为其各取一个名称，或删去误复制的一个。没有总目标的表会使用 `index` 作为顶层名称，不可另作他用。"
        example
            r#"{"indicators": [{"code": "gdp"}, {"code": "gdp"}]}"#;
    IndexUnknownName
        cause
            "A row names a parent or denominator, or a step names an indicator, group of units or unit, that neither table has; mostly a \
             slip of the keyboard."
            "某行写明的上级或分母，或某步骤写明的指标、分组列、单元，两张表中都没有；多为输入笔误。"
        cure
            "Write the name as it stands in the tables, or add what is missing."
            "按表中的写法填写，或补上缺少的内容。"
        example
            r#"{"type": "normalise", "how": {"type": "distance_to_reference", "unit": "Atlantis"}}"#;
    IndexCircle
        cause
            "Following the parents from this row leads back to it, so there is no top."
            "从该行沿上级逐级向上又回到自身，因此没有顶层。"
        cure
            "Correct the `parent` of one of the rows on the way."
            "改正途中某一行的 `parent`。"
        example
            r#"{"indicators": [{"code": "a", "parent": "b"}, {"code": "b", "parent": "a"}]}"#;
    IndexLevel
        cause
            "A stated level contradicts the parents: a group stands at a higher level than all of its members, and an indicator at level \
             1."
            "写明的层级与上级关系矛盾：分组的层级应高于其全部成员，指标位于第 1 层。"
        cure
            "Correct the level or the parent, or leave the levels out: they follow from the parents. A parent may be more than one level \
             up."
            "改正层级或上级，或不写层级：层级可由上级关系推出。上级可以高出不止一层。"
        example
            r#"{"indicators": [{"code": "index", "level": 2}, {"code": "economy", "level": 2, "parent": "index"}, {"code": "gdp", "level": 1, "parent": "economy"}]}"#;
    IndexColumnMissing
        cause
            "A row of the table of indicators is nobody's parent, so it is an indicator, but the table of values has no column of that \
             name."
            "指标表中该行不是任何一行的上级，因此是指标，但取值表中没有同名的列。"
        cure
            "Add the column, correct the name, or delete the row. A group needs at least one member that names it as its parent."
            "补上该列、改正名称或删去该行。分组至少要有一个以其为上级的成员。"
        example
            r#"{"indicators": [{"code": "gdp"}]}
with a table of values that has the columns `unit` and `GDP`"#;
    IndexColumnUnused
        cause
            "The table of values has a column that no row of the table of indicators has as its code or denominator; perhaps a row was \
             forgotten, or a name mistyped."
            "取值表中有一列，既不是指标表中任何一行的代码，也不是分母；可能漏写了一行，或名称有误。"
        cure
            "Add the row, correct the name, or leave the column out."
            "补上该行、改正名称，或去掉该列。"
        example
            r#"a column `Area` without a row {"code": "Area"}"#;
    IndexGroupWithValues
        cause
            "The code is the parent of other rows and also a column of values; its score would be computed and given at once."
            "该代码既是其他行的上级，又是取值表中的一列；其得分既被计算又被给定。"
        cure
            "Rename the group, or drop the column."
            "为分组改名，或去掉该列。"
        example
            r#"{"indicators": [{"code": "economy"}, {"code": "gdp", "parent": "economy"}]}
with a column `economy`"#;
    IndexColumnLength
        cause
            "Every column must have one value for every unit, so that value and unit belong together by their place."
            "每一列对每个单元都应有一个值，取值与单元按位置对应。"
        cure
            "Complete the column; what is not known is a missing value, not a gap that moves the others up."
            "补齐该列；未知的写成缺失值，不可空缺使后面的值上移。"
        example
            r#"{"unit": ["A", "B", "C"], "gdp": [1.2, 3.4]}"#;
    IndexNotFinite
        cause
            "The value was computed before it came here, mostly by a division by zero or an overflow."
            "该值在传入之前由计算得到，多因除以零或溢出。"
        cure
            "Correct the computation, or mark the value as missing."
            "改正该计算，或标为缺失值。"
        example
            r#"the value inf of the unit A in the column gdp"#;
    IndexGoalposts
        cause
            "The goalposts are missing where a step needs them, stand the wrong way round, or are not above 0 on a logarithmic scale."
            "步骤需要标杆值而该行没有，或上下限颠倒，或对数标度下不大于 0。"
        cure
            "Write `low` below `high`, both above 0 for a logarithmic scale; the direction is said by `direction`, not by the order of \
             the goalposts."
            "`low` 应小于 `high`，对数标度下两者都应大于 0；好坏方向由 `direction` 表示，而非由两者的次序表示。"
        example
            r#"{"code": "life-expectancy", "goalposts": {"low": 85, "high": 20}}"#;
    IndexEmpty
        cause
            "The tables are empty, or the steps before left everything out."
            "表是空的，或前面的步骤把全部内容都排除了。"
        cure
            "Give at least one indicator and one unit; loosen the thresholds of a step `screen`."
            "至少给出一个指标和一个单元；放宽 `screen` 步骤的门槛。"
        example
            r#"{"type": "screen", "units": 1}
where every unit has a gap"#;
    IndexStepOrder
        cause
            "The order of steps is part of the method, and this order has no meaning: values are prepared before they are normalised, \
             normalised before they are joined, and joined before units are ranked."
            "步骤次序是方法的一部分，而这一次序没有意义：先整理取值，再归一化，再合成，最后排名。"
        cure
            "Bring the steps into the order screen, denominate, impute, treat, normalise, weigh, aggregate, rank; the first four may \
             stand in any order and more than once."
            "按筛选、除以分母、插补、处理异常值、归一化、赋权、合成、排名的次序排列；前四种之间次序不限，可重复出现。"
        example
            r#"{"steps": [{"type": "rank", "ties": "competition"}, {"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "exclude"}]}"#;
    IndexParameter
        cause
            "A parameter of a step lies outside the range in which the method has a meaning, or contradicts another parameter."
            "步骤的某个参数超出方法有意义的范围，或与另一参数矛盾。"
        cure
            "Set the parameter within its range; leaving it out takes the documented default."
            "把参数设在允许范围内；不写则采用文档所述的默认值。"
        example
            r#"{"type": "treat", "how": {"type": "quantiles", "low": 0.9, "high": 0.1}}"#;
    IndexUnitScreened
        cause
            "The step `screen` asks for a share of values that this unit does not have."
            "`screen` 步骤要求的取值齐全率，该单元没有达到。"
        cure
            "Find the missing values, or lower the threshold and say so in the publication."
            "补齐缺失值，或降低门槛并在发布时说明。"
        example
            r#"{"type": "screen", "units": 0.8}"#;
    IndexColumnScreened
        cause
            "The step `screen` asks for a share of values that this indicator does not have; the other members carry its weight."
            "`screen` 步骤要求的取值齐全率，该指标没有达到；其权重由其他成员分担。"
        cure
            "Find the missing values, replace the indicator by one that is known, or lower the threshold and say so."
            "补齐缺失值，换用数据齐全的指标，或降低门槛并说明。"
        example
            r#"{"type": "screen", "indicators": 0.66}"#;
    IndexColumnBlank
        cause
            "Every value of the column is missing; the other members carry its weight."
            "该列取值全部缺失；其权重由其他成员分担。"
        cure
            "Fill the column, or delete the indicator's row."
            "填写该列，或删去该指标的行。"
        example
            r#"{"unit": ["A", "B"], "gdp": [null, null]}"#;
    IndexColumnConstant
        cause
            "A method that measures units against each other needs a difference. The quotient would be 0 ÷ 0, which other tools report \
             as a missing score or not at all."
            "以单元相互比较来衡量的方法需要差异。此时商为 0 ÷ 0，其他工具会给出缺失得分或不作任何提示。"
        cure
            "Delete the indicator, add units, or measure it against fixed `goalposts`, which need no difference."
            "删去该指标、增加单元，或采用不依赖差异的固定标杆值 `goalposts`。"
        example
            r#"{"unit": ["A", "B"], "metro": [1, 1]}
with {"type": "normalise", "how": {"type": "min_max"}}"#;
    IndexTooFewUnits
        cause
            "A statistic across units has no meaning for so few of them, so the step changes nothing here."
            "单元过少时，跨单元的统计量没有意义，因此该步骤在此不起作用。"
        cure
            "Add units, or take a method that does not look across units, such as `goalposts` or given weights."
            "增加单元，或采用不依赖单元间比较的方法，如 `goalposts` 或给定权重。"
        example
            r#"{"unit": ["A"], "gdp": [1.2]}
with {"type": "normalise", "how": {"type": "z_score"}}"#;
    IndexNotPositive
        cause
            "Logarithms, products and ratios have no meaning for values below 0 (some not for 0 either); standard scores, for instance, \
             are negative for half of the units."
            "对数、乘积和比值对负数（有些对 0 也）没有意义；例如标准分数有一半单元为负。"
        cure
            "Normalise to a range above 0 first, for instance `min_max` from 1 to 100, or take a method that knows no such limit."
            "先归一化到大于 0 的范围，如 `min_max` 从 1 到 100，或换用没有此限制的方法。"
        example
            r#"{"steps": [{"type": "normalise", "how": {"type": "z_score"}}, {"type": "aggregate", "how": {"type": "geometric"}, "missing": "exclude"}]}"#;
    IndexDenominator
        cause
            "A quotient has no meaning when the denominator is missing, 0 or negative."
            "分母缺失、为 0 或为负时，商没有意义。"
        cure
            "Give the denominator; if it truly is 0, the indicator does not apply to this unit."
            "给出分母；若分母确为 0，则该指标不适用于该单元。"
        example
            r#"{"code": "schools", "denominator": "population"}
with the population of one unit missing"#;
    IndexNotFilled
        cause
            "There was nothing to take the values from: a group of units without any value, no complete indicator for the regression, or \
             no unit near enough to compare."
            "没有可供推算的依据：某组单元全无取值、回归没有完整的自变量，或没有可比的邻近单元。"
        cure
            "Take a simpler imputation after this one, such as the mean over all units, or leave the values missing and let the policy \
             decide."
            "在其后再加一个更简单的插补（如全部单元的均值），或保留缺失，由缺失值策略处理。"
        example
            r#"{"type": "impute", "how": {"type": "median", "group": "region"}}"#;
    IndexNotTreated
        cause
            "The treatment did not bring the distribution within the limits, so the indicator keeps the values that it had before this \
             step."
            "处理后分布仍未回到限度之内，因此该指标保留此步骤之前的取值。"
        cure
            "Allow more changed values, add a step with `log` or `box_cox` after this one, or look whether the outliers are mistakes."
            "允许修改更多的值，在其后再加一个 `log` 或 `box_cox` 步骤，或核查异常值是否有误。"
        example
            r#"{"type": "treat", "how": {"type": "winsorise", "most": 1}}"#;
    IndexDirectionOpen
        cause
            "Means add up members of which more is better. This one was never normalised, or by a method that keeps the direction \
             (`sum`, `vector`)."
            "均值类方法要求各成员都是越高越好。该指标没有归一化，或所用方法（`sum`、`vector`）保留了方向。"
        cure
            "Normalise first by a method that turns the indicator round, or take a method that knows directions, such as `topsis` or \
             `weighted_sum`."
            "先用能统一方向的方法归一化，或换用识别方向的方法，如 `topsis`、`weighted_sum`。"
        example
            r#"{"code": "unemployment", "direction": "lower"}
with no step `normalise`"#;
    IndexNeedsComplete
        cause
            "The method compares whole rows; leaving a member out for one unit would compare it by another measure than the others."
            "该方法按整行比较；若对某一单元略去一个成员，它与其他单元的衡量就不一致。"
        cure
            "Impute before, screen the unit out, or state `missing` as `refuse`, which leaves incomplete units without a score."
            "先插补，或用 `screen` 排除该单元，或把 `missing` 设为 `refuse`，使不完整的单元没有得分。"
        example
            r#"{"type": "aggregate", "how": {"type": "topsis"}, "missing": "exclude"}"#;
    IndexSmallSample
        cause
            "Weights that come from the data are themselves estimates. With few units per indicator they are mostly chance, and another \
             unit can turn them over."
            "由数据得出的权重本身是估计值。单元数相对指标数过少时，权重主要由偶然决定，增减一个单元就可能大变。"
        cure
            "State the weights, or have experts set them (`budget`, `ahp`, `best_worst`), and show by the robustness analysis what they \
             change."
            "改用给定权重或专家赋权（`budget`、`ahp`、`best_worst`），并用稳健性分析说明其影响。"
        example
            r#"{"type": "weigh", "how": {"type": "pca"}}
on eight communities and twelve indicators"#;
    IndexJudgements
        cause
            "Judgements in pairs must name the members of one group, contradict nothing outright, and link every member with every other \
             at least indirectly."
            "成对判断必须针对同一分组的成员，不得直接自相矛盾，并使任意两个成员至少间接相连。"
        cure
            "Correct the judgements that are named; of each pair only one of the two directions needs to be stated."
            "改正所指出的判断；每一对只需写明一个方向。"
        example
            r#"{"judgements": [{"of": "a", "over": "b", "ratio": 3}, {"of": "b", "over": "a", "ratio": 3}]}"#;
    IndexInconsistent
        cause
            "The judgements contradict one another in their degree: a counts more than b and b more than c, but a not correspondingly \
             more than c."
            "各判断在程度上相互矛盾：甲重于乙、乙重于丙，但甲相对于丙并非相应地更重。"
        cure
            "Show the judges the pairs that fit least and let them think again; do not publish weights from inconsistent judgements \
             without saying so."
            "把最不协调的几对判断反馈给评判者重新考虑；若仍使用，应在发布时说明。"
        example
            r#"{"judgements": [{"of": "a", "over": "b", "ratio": 5}, {"of": "b", "over": "c", "ratio": 5}, {"of": "c", "over": "a", "ratio": 5}]}"#;
    IndexNoSolution
        cause
            "The limits on the weights cannot all hold at once, for instance when the least shares add up to more than 1 or all values \
             of a unit are 0."
            "对权重的各项限制无法同时成立，例如最小份额之和超过 1，或某单元的取值全为 0。"
        cure
            "Widen the limits: the least shares must add up to at most 1, the greatest to at least 1."
            "放宽限制：最小份额之和不得超过 1，最大份额之和不得小于 1。"
        example
            r#"{"type": "benefit_of_the_doubt", "least": 0.6}
over two members"#;
    IndexAllEqual
        cause
            "The units do not differ in what this group measures, or there is only one unit."
            "各单元在该分组所衡量的内容上没有差别，或只有一个单元。"
        cure
            "Report the score and not the rank; look whether the columns were filled with one value by mistake."
            "只报告得分而不报告排名；核查是否误把整列填成了同一个值。"
        example
            r#"{"unit": ["A", "B"], "gdp": [5, 5]}"#;
    IndexDuplicateUnits
        cause
            "Two units with identical rows are most often one unit entered twice under two names. Relative methods count it twice."
            "两个单元整行相同，多为同一单元以两个名称录入了两次。相对方法会把它计算两次。"
        cure
            "Delete one of them if it is a copy; keep both if they truly agree."
            "若为重复则删去其一；若确实相同则保留。"
        example
            r#"{"unit": ["Wangjing", "Wang Jing"], "gdp": [5, 5], "parks": [2, 2]}"#;
    IndexNoScore
        cause
            "The policy for missing values leaves a unit without a score where a member is missing (`refuse`), or all members are missing."
            "缺失值策略使有成员缺失的单元没有得分（`refuse`），或其全部成员都缺失。"
        cure
            "Impute the values, or take the policy `exclude` or `zero`."
            "插补缺失值，或改用 `exclude`、`zero` 策略。"
        example
            r#"{"type": "aggregate", "how": {"type": "arithmetic"}, "missing": "refuse"}"#;
    IndexBeyondGoalposts
        cause
            "Goalposts are fixed ends of a scale; what is beyond them neither gains nor loses more. This is how the Human Development \
             Index counts them."
            "标杆值是标度的固定端点，超出部分不再增减得分。人类发展指数即如此处理。"
        cure
            "Nothing needs to be done; if many values lie beyond, the goalposts no longer fit the data."
            "无需处理；若有许多值超出，则标杆值已不适合这些数据。"
        example
            r#"{"code": "schooling", "goalposts": {"low": 0, "high": 18}}
with a value of 18.1"#;
    IndexSingular
        cause
            "One indicator is a combination of others, or there are fewer units than indicators, so that the equations have no single \
             solution."
            "某一指标是其他指标的组合，或单元数少于指标数，方程没有唯一解。"
        cure
            "Delete one of the dependent indicators, add units, or take another method."
            "删去其中一个相关的指标、增加单元，或换用其他方法。"
        example
            r#"{"indicators": [{"code": "men"}, {"code": "women"}, {"code": "population"}]}"#;
    IndexConflict
        cause
            "Improving this member goes with a lower group in the data: its direction may be the wrong way round, or it measures \
             something that works against the rest."
            "数据显示该成员越好而分组得分越低：其方向可能写反，或它所衡量的内容与其余成员相背。"
        cure
            "Check the direction in the table of indicators; if it is right, think about a group of its own."
            "核对指标表中的方向；若无误，可考虑另立分组。"
        example
            r#"{"code": "rent", "parent": "housing", "direction": "higher"}"#;
    IndexRedundant
        cause
            "Two members that move together count one thing twice; the effective weight of what they share is the sum of both."
            "两个同步变化的成员把同一件事计算了两次，其共同内容的实际权重为二者之和。"
        cure
            "Keep one of them, or halve their weights, or say that the double weight is meant."
            "保留其一，或各减半权重，或说明有意加倍。"
        example
            r#"{"indicators": [{"code": "cafes"}, {"code": "coffee-shops"}]}"#;
    IndexAuditSmall
        cause
            "With few units, correlations, alpha and components vary widely from sample to sample."
            "单元较少时，相关系数、信度系数和主成分随样本大幅波动。"
        cure
            "Read the audit as a hint where to look, never as a proof; do not drop indicators because of it alone."
            "把审核结果当作线索而非证明；不要仅凭它删除指标。"
        example
            r#"an audit of eight communities"#;
    // TM077x: comparisons
    StandardsDiffer
        cause
            "Totals under two standards are two different things, even where both run from 0 to 100: they ask other questions."
            "两个标准下的总分是两回事，即使都是 0 到 100 分：所问的问题不同。"
        cure
            "Compare the submissions of each standard by themselves; `--across standards` sets them side by side all the same, and says so on every result."
            "按标准分别比较；确需并列时用 `--across standards`，每份结果都会注明。"
        example
            r#"talent compare a.submission.json b.submission.json"#;
    VersionsDiffer
        cause
            "The submissions answer two versions of one standard, or one version with two texts; a threshold or a weight may have changed between them."
            "各份申报对应同一标准的不同版本，或版本号相同而文本不同；其间阈值或权重可能已经改变。"
        cure
            "Hand in all submissions against one version; `--across versions` compares them all the same, and says so on every result."
            "请各社区按同一版本填报；确需比较时用 `--across versions`，每份结果都会注明。"
        example
            r#"talent compare --standard v1.json --standard v2.json a.submission.json b.submission.json"#;
    StagesDiffer
        cause
            "A community that is all built is measured by other criteria than one that is partly new, so that equal totals do not mean equal places."
            "全部建成的社区与含有新建区的社区适用不同的评分标准，总分相同并不表示水平相同。"
        cure
            "Compare communities in the same stages; `--across stages` compares them all the same, and says so on every result."
            "只比较处于相同阶段的社区；确需比较时用 `--across stages`，每份结果都会注明。"
        example
            r#"{"zones": [{"id": "core", "name": {"en": "Core"}, "role": "core", "stage": "built"}]}"#;
    WeightSetsDiffer
        cause
            "The scores were made with different sets of weights, so that part of every difference is the weights' and not the communities'."
            "得分采用了不同的权重方案，差异中有一部分来自权重而不是社区。"
        cure
            "Score all submissions with one set of weights; crossing `weight_sets` compares them all the same, and says so on every result."
            "所有申报采用同一权重方案；确需比较时可跨越 `weight_sets`，每份结果都会注明。"
        example
            r#"talent.compare(..., across=["weight_sets"])"#;
    PeriodsDiffer
        cause
            "The submissions speak of different years or halves of a year, in which the surroundings may have changed for everybody."
            "各份申报对应的时段不同，其间外部条件可能已经普遍改变。"
        cure
            "Compare submissions of one period; `--across periods` compares them all the same, and says so on every result."
            "只比较同一时段的申报；确需比较时用 `--across periods`，每份结果都会注明。"
        example
            r#"{"period": {"from": "2024-01-01", "to": "2024-12-31"}}"#;
    CommunityTwice
        cause
            "The same file was named twice, or two submissions of one community were; it would take two places, and push everybody below it down."
            "同一文件写了两遍，或同一社区有两份申报；这样它会占两个名次，并使其后的社区都降一位。"
        cure
            "Keep one submission of each community; how one community changes from round to round is no matter of ranks."
            "每个社区只保留一份申报；同一社区各轮之间的变化不是排名问题。"
        example
            r#"talent compare a.submission.json a.submission.json"#;
    TooFewToCompare
        cause
            "One community alone has no rank; perhaps a pattern of file names matched only one file, or the others were left out for their errors."
            "只有一个社区时谈不上名次；可能是文件名通配只匹配到一个文件，或其余文件因有错误而未参与。"
        cure
            "Name two or more submissions; what one is worth by itself is told by `talent assess`."
            "给出两份或更多申报；单份申报的得分请用 `talent assess` 查看。"
        example
            r#"talent compare a.submission.json"#;
    NotRanked
        cause
            "The standard asks for a least coverage before anything is graded or ranked, or the submission has no total; who stays silent must not be ranked above who answers."
            "标准要求达到最低覆盖率才能评级和排名，或该申报没有总分；不填报者不应因此排在填报者之前。"
        cure
            "Answer what is missing; until then the community is listed with its bounds, without a rank."
            "补齐缺失的数据；在此之前该社区只列出上下限，不给名次。"
        example
            r#"{"method": {"missing": "exclude", "eligibility": {"coverage": 0.8}}}"#;
    FewRanked
        cause
            "All others lack the coverage that the standard asks for, or have no total; a rank among so few says next to nothing."
            "其余社区的覆盖率达不到标准要求，或没有总分；在这样少的社区中排名几乎没有意义。"
        cure
            "See the reasons beside the communities that are not ranked."
            "请看各未排名社区旁注明的原因。"
        example
            r#"talent compare a.submission.json b.submission.json"#;
    FaultyLeftOut
        cause
            "The submission has errors, and `--skip-faulty` asked to compare the others without it."
            "该申报有错误，而 `--skip-faulty` 要求只比较其余申报。"
        cure
            "Mend its errors, which `talent check` lists, and compare again: ranks without it may be too good for the others."
            "按 `talent check` 所列改正后重新比较：缺少它时，其他社区的名次可能偏高。"
        example
            r#"talent compare --skip-faulty docs/examples/*.submission.json"#;
    NothingSure
        cause
            "So much is unknown that any order is possible; the ranks rest on the answers that are there, and on the policy for those that are not."
            "未知的太多，任何次序都有可能；名次只反映已有的回答，以及对缺失回答的处理办法。"
        cure
            "Do not publish the ranks as an order; ask for the missing answers, or show the tied group."
            "不要把名次当作先后公布；请补齐缺失的回答，或只公布并列组。"
        example
            r#"{"indicator": "green-roofs", "state": "missing"}"#;
    RelativeCohort
        cause
            "A relative method measures the communities against each other; with another cohort the same answers score differently, and two communities may change their order when a third leaves."
            "相对方法是在社区之间相互比较；换一批社区，同样的回答得分就不同，第三方退出也可能使两个社区的先后颠倒。"
        cure
            "State the number of communities with every such score, and never set it beside a score of another cohort."
            "引用此类得分时须注明社区数目，且不得与另一批社区的得分并列。"
        example
            r#"talent compare --method topsis.json docs/examples/*.submission.json"#;
    NoDirection
        cause
            "In a table of measures every indicator needs one direction, but this one is best in the middle, is level, or has several units."
            "指标值表要求每个指标只有一个方向，而该指标以居中为佳、没有高低之分，或有多种单位。"
        cure
            "Use the scores in place of the measures: the criterion has turned them so that more is better."
            "改用得分而不是指标值：评分标准已把它们统一为越高越好。"
        example
            r#"{"type": "piecewise", "shape": "band", "points": [{"at": 0, "score": 0}, {"at": 1, "score": 100}, {"at": 2, "score": 0}]}"#;
    NoPeers
        cause
            "Peers are told by a fact whose answer is one of a closed list, such as the type of a community; the fact named is a number, a yes or no, or not in the standard."
            "同类社区由备选项式的事实项区分，如社区类型；所指定的事实项是数值、是否，或标准中没有。"
        cure
            "Name a fact with `choices`, or name none: then the community's `type` is taken."
            "指定一个有 `choices` 的事实项；不指定时按社区的 `type` 区分。"
        example
            r#"talent compare --peers population docs/examples/*.submission.json"#;
    NotCompared
        cause
            "The identifier is mistyped, or no file of that community was named or could be used; communities are named by the `id` of the community, not by that of the submission."
            "标识符写错，或没有给出该社区的文件，或其文件未能采用；此处应写社区的 `id`，而不是申报的 `id`。"
        cure
            "Take the identifier from the comparison, or name the file of that community too."
            "请使用比较结果中列出的标识符，或同时给出该社区的文件。"
        example
            r#"talent compare --between tongzhou shunyy docs/examples/*.submission.json"#;
    // TM08xx: robustness
    RobustnessNothingVaried
        cause
            "A study says what is uncertain; without a factor every draw would be the nominal result."
            "研究方案应说明哪些内容不确定；没有因素时，每次抽样都等于基准结果。"
        cure
            "Name at least one factor: weights, values, thresholds, or alternatives to a choice of method."
            "至少列出一个因素：权重、取值、阈值，或某项方法选择的备选方案。"
        example
            r#"{"factors": [], "draws": 1000}"#;
    RobustnessFactorTwice
        cause
            "Two factors have the same identifier, so effects could not be told apart."
            "两个因素用了同一标识符，其影响将无法区分。"
        cure
            "Give each factor an identifier of its own."
            "为每个因素起一个不同的标识符。"
        example
            r#"two factors with `"id": "weights"`"#;
    RobustnessUnknownName
        cause
            "A factor names a group, an indicator or a weight set that the standard or the tables do not have."
            "因素所指的分组、指标或权重方案在标准或表中不存在。"
        cure
            "Correct the name; leave the list out to vary all. In a standard the word `total` names the total."
            "改正名称；省略该列表即变动全部。在标准中以 `total` 表示总分。"
        example
            r#""vary": {"type": "weights", "nodes": ["livng"], …}"#;
    RobustnessNotContained
        cause
            "A factor can only vary what the pipeline does. A silent run without it would look as if it did not matter."
            "因素只能变动流程中确有的部分；若悄悄跳过，就会显得它毫无影响。"
        cure
            "Take the factor out, or add the step that it varies to the method."
            "删除该因素，或在方法中加入它所变动的步骤。"
        example
            r#""vary": {"type": "step", "options": [{"type": "treat", …}]}, and the method has no step `treat`"#;
    RobustnessInert
        cause
            "The factor is well formed, but nothing in these data is affected by it: no observation states an interval, nothing is unknown, or its spread is 0."
            "因素书写无误，但这些数据中没有受其影响的内容：没有填报值给出区间、没有未知项，或变动幅度为 0。"
        cure
            "Check that this is meant. What does not vary has an effect of exactly 0."
            "请确认是否有意如此；没有变动的因素，其影响恰为 0。"
        example
            r#""error": {"type": "stated"}, and no observation has an `uncertainty`"#;
    RobustnessTooLarge
        cause
            "The study would need more memory or more points than the engine gives it: scores and ranks of every draw are kept, 12 bytes for each unit, and Sobol’ points are 65,536 at most."
            "该研究所需内存或抽样点超出限度：每次抽样的得分和名次都会保留，每个单元 12 字节；Sobol 序列最多 65536 个点。"
        cure
            "Take fewer draws, fewer units, or random sampling."
            "减少抽样次数或单元数，或改用随机抽样。"
        example
            r#"{"draws": 1000000, "sampling": "sobol"}"#;
    RobustnessTooFew
        cause
            "With no or a single draw there is no distribution, and with fewer than two base points no share of variance."
            "没有抽样或只抽一次时谈不上分布；基点少于两个时无法计算方差占比。"
        cure
            "Ask for more; 1,000 draws and 500 base points are usual."
            "增加次数；通常取 1000 次抽样、500 个基点。"
        example
            r#"{"draws": 1}"#;
    RobustnessOptions
        cause
            "A choice needs options, and options of the kind that it chooses among."
            "选择类因素需要给出备选方案，且类型必须与被替换的相同。"
        cure
            "List at least one option; the steps of one factor are all of the kind of the step that they replace."
            "至少列出一个备选方案；同一因素的各步骤必须与被替换步骤同类。"
        example
            r#""vary": {"type": "missing", "options": []}"#;
    RobustnessUnscored
        cause
            "In some draws a score could not be made: a policy refuses missing values, or everything that counts was left out."
            "部分抽样无法算出得分：缺失值处理方式为拒绝，或计分内容全被排除。"
        cure
            "Read the unit’s distribution as that of the other draws, or take the option that refuses out of the study."
            "把该单元的分布理解为其余抽样的分布，或从研究方案中去掉会拒绝的选项。"
        example
            r#""vary": {"type": "missing", "options": ["exclude", "refuse"]}"#;
    RobustnessOutside
        cause
            "The variation moves the score to one side only, as when alternatives all lower it or weights of a strong member can only fall. It is no fault of the arithmetic: without any variation the pipeline gives the nominal score to the last bit."
            "变动只把得分推向一侧，例如各备选方案都使其降低。这不是计算错误：不作任何变动时，流程给出的结果与基准得分逐位相同。"
        cure
            "Say so beside the interval, and ask whether the nominal choice or the study is the odd one."
            "在区间旁说明这一点，并考虑究竟是基准选择还是研究方案偏于一端。"
        example
            r#"a score of 71 with an interval from 60 to 68"#;
    RobustnessUnsettled
        cause
            "Too few draws: the two halves do not yet agree."
            "抽样次数不足：前后两半结果尚不一致。"
        cure
            "Take four times as many draws to halve the difference."
            "抽样次数增至四倍，差异约减半。"
        example
            r#"{"draws": 50}"#;
    RobustnessFailed
        cause
            "Under some alternatives the method cannot be applied to these data, such as a geometric mean of values below 0. Those draws have no scores."
            "在某些备选方案下，该方法无法用于这些数据，如对负值求几何平均；这些抽样没有得分。"
        cure
            "Take the alternative out, or normalise to a range above 0."
            "去掉该备选方案，或归一化到大于 0 的区间。"
        example
            r#"z-scores and a geometric mean as independent alternatives"#;
    RobustnessOneUnit
        cause
            "Ranks compare; with one unit there is nothing to compare. Scores and grades are as informative as ever."
            "名次用于比较；只有一个单元时无从比较，得分与等级的分布仍然有效。"
        cure
            "Nothing, or give more units."
            "无须处理，或提供更多单元。"
        example
            r#"talent robustness one.submission.json"#;
    // TM085x–TM088x: data frames
    RobustnessPeriod
        cause
            "Ranks are those within a period. In a panel the study must say which one it asks about, and elsewhere there are no periods to choose from."
            "名次只在同一时期内比较。面板数据须指明研究哪个时期；非面板数据没有时期可选。"
        cure
            "State one of the panel's periods as `period`, or take it out where there is no panel. Everything is still measured over the whole panel."
            "以 `period` 指明面板中的一个时期；不是面板时请删除。各项计算仍基于整个面板。"
        example
            r#""period": "2021", and the table ends in 2020"#;
    FrameUnreadable
        cause
            "The frame offers the Arrow interface, but the data behind it cannot be read: a damaged buffer, a type that Arrow cannot hand over, or a source (a file, a query) that failed half-way. Nothing is returned then."
            "数据表提供了 Arrow 接口，但其数据无法读取：缓冲区损坏、类型无法传递，或来源（文件、查询）中途出错。此时不返回任何结果。"
        cure
            "Read the frame with the library that made it, for instance `pyarrow.table(frame).validate(full=True)`, mend the source, and try again."
            "用产生该数据表的库读取一遍，例如 `pyarrow.table(frame).validate(full=True)`，修好来源后重试。"
        example
            r#"talent.assess_frame(reader)
the reader stops in batch 3: the file ends too early"#;
    ColumnNotAsked
        cause
            "The frame has a column that is neither an indicator of the standard, nor a companion of one, nor a fact; often a remark, a region or an index that a reader has added."
            "数据表中有一列既不是标准的指标，也不是指标的附属列或事实项；常见的是备注、地区，或读取时自动加上的行号。"
        cure
            "Nothing, if it is not an answer; name it in `keep` to have it in the result. Facts are columns named `facts.` and their identifier."
            "若不是填报内容，无须处理；写入 `keep` 可将其带入结果。事实项的列名为 `facts.` 加其标识符。"
        example
            r#"talent.assess_frame(frame, keep=["district"])"#;
    ColumnMistyped
        cause
            "A column is named almost like an indicator, a companion or a fact for which the frame has no column. Left out in silence it would count as not_assessed in every row."
            "某一列的名称与一个指标、附属列或事实项十分相近，而数据表中没有后者。若不加提示地略去，该项在每一行都会按未评估处理。"
        cure
            "Rename the column as suggested, or name it in `keep` if it is something else."
            "按提示改正列名；若确是其他内容，请写入 `keep`。"
        example
            r#"community,metro-distnace
a column `metro-distance` is not there"#;
    ColumnsMissing
        cause
            "The frame has no columns for some indicators of the standard. They count as not_assessed in every row, which lowers the coverage and widens the bounds."
            "数据表缺少标准中若干指标的列。这些指标在每一行都按未评估处理，覆盖率随之降低，上下限随之变宽。"
        cure
            "Add the columns, or go on if nobody has looked at them yet."
            "补上这些列；若确实尚未评估，可以继续。"
        example
            r#"parks,rent
the standard also asks for `noise`"#;
    ColumnRepeated
        cause
            "Two columns have the same name, or one is named by the identifier of an indicator and another by its printed code. Which of them is meant cannot be told."
            "有两列同名，或一列用指标的标识符、另一列用其印刷编号，无法判断以哪一列为准。"
        cure
            "Keep one of the columns and delete or rename the other."
            "只保留其中一列，删除或改名另一列。"
        example
            r#"parks,parks
12,13"#;
    ColumnType
        cause
            "A column has a type from which no answer can be read, such as text where a number is asked. Numbers in text are not guessed at: a comma may separate thousands or decimals."
            "某一列的类型无法读出所需的回答，例如应为数字的列是文本。文本中的数字不作猜测：逗号可能是千位分隔符，也可能是小数点。"
        cure
            "Convert the column where it is read, for instance `frame.with_columns(pl.col(\"parks\").cast(pl.Float64))`."
            "在读取时转换该列，例如 `frame.with_columns(pl.col(\"parks\").cast(pl.Float64))`。"
        example
            r#"parks: ["12", "1,3"]"#;
    FrameEmpty
        cause
            "The frame has columns but no rows; often a filter let nothing through. The result has no rows either."
            "数据表有列而没有行，常见原因是筛选条件过严。结果同样没有行。"
        cure
            "Look at the filter, or go on if an empty part is expected."
            "检查筛选条件；若本来就可能为空，可以继续。"
        example
            r#"talent.assess_frame(frame.filter(pl.col("year") == 1926))"#;
    NothingAsked
        cause
            "No column of the frame is named by the identifier or the printed code of an indicator; often the frame belongs to another standard, or its columns are named in a language for people."
            "数据表没有任何一列以指标的标识符或印刷编号命名；常见原因是数据属于另一标准，或列名写成了指标的中文名称。"
        cure
            "Name the columns by the identifiers that `talent standard show` lists, or give the right standard."
            "按 `talent standard show` 列出的标识符命名各列，或换用正确的标准。"
        example
            r#"公园面积,房租"#;
    ColumnNull
        cause
            "A column is there, but holds no value at all; often a join found no partner, or a conversion failed in silence."
            "某一列存在，但没有任何取值；常见原因是表连接没有匹配上，或类型转换失败而未报错。"
        cure
            "Look at how the column came about. If nothing is known, leave it so: the answers count as missing."
            "检查该列的来历；若确实未知，可以保留，各行按缺失处理。"
        example
            r#"parks: [null, null, null]"#;
    InfiniteValue
        cause
            "A value is infinite, most often the result of a division by 0. No quantity is."
            "某个取值为无穷大，多半是除以 0 的结果。任何量都不会如此。"
        cure
            "Write null where a quotient does not exist, or give the raw answer and the fact, and let the engine divide."
            "商不存在时写空值；或给出原始数值与事实项，由引擎相除。"
        example
            r#"rent: [30.0, inf]"#;
    NanValue
        cause
            "A value is NaN. Some libraries write it for “not known”, others for a computation that failed; both count as missing here."
            "某个取值为 NaN。有的库用它表示“未知”，有的用它表示计算失败；此处一律按缺失处理。"
        cure
            "Write null where a value is not known, and the reason as a state in the companion column, such as `withheld`."
            "未知时写空值（null），并在状态列中写明原因，例如 `withheld`。"
        example
            r#"rent: [30.0, nan]"#;
    TextNotUtf8
        cause
            "The bytes of a column are not what its type says, such as text in another encoding. Everything that is read afterwards would be a guess."
            "某一列的字节与其类型不符，例如文本使用了其他编码。继续读取只能靠猜测。"
        cure
            "Read the source again with the right encoding, for instance `pl.read_csv(path, encoding=\"gbk\")`."
            "用正确的编码重新读取来源，例如 `pl.read_csv(path, encoding=\"gbk\")`。"
        example
            r#"b"\xcd\xfb\xbe\xa9" in a column of text"#;
    StageNeeded
        cause
            "The standard judges the stages differently, and nothing says in which the communities of the frame are."
            "标准对各阶段的要求不同，而没有信息表明数据表中的社区处于哪个阶段。"
        cure
            "Give `stage`, or a column `stage` with the identifier of a stage in every row."
            "给出 `stage`，或增加 `stage` 列，逐行写明阶段的标识符。"
        example
            r#"talent.assess_frame(frame, stage="new")"#;
    FrameRefused
        cause
            "What was given holds no data of its own, such as a query that has not run, or offers no Arrow data. It is not run in secret: how, and on which machine, is for its owner to say."
            "所给对象本身不含数据（例如尚未执行的查询），或不提供 Arrow 数据。引擎不会暗中执行它：如何执行、在哪台机器执行，应由使用者决定。"
        cure
            "Do what the message says; a pyarrow table, a polars or pandas data frame and a DuckDB relation are read as they are."
            "按提示处理；pyarrow 表、polars 与 pandas 数据框、DuckDB 关系均可直接读取。"
        example
            r#"talent.assess_frame(spark_frame)
use talent.spark.assess"#;
    CellUnread
        cause
            "A text is not one of the words that the column can hold: a level or its name, yes or no, the items of a checklist, a choice."
            "某段文字不在该列可用的词之中：等级或其名称、是或否、清单各项、选项。"
        cure
            "Write one of the words that are expected; the items of a checklist are separated by `;`."
            "改用可用的词；清单各项以 `;` 分隔。"
        example
            r#"chief-architect: ["yes", "perhaps"]"#;
    CompanionUnknown
        cause
            "A column is named by an indicator, a full stop and a word, but the word is none of those that say something about an answer."
            "列名由指标、句点和一个词组成，而这个词不在附属列之列。"
        cure
            "Use one of the words listed, or name the column in `keep`."
            "改用所列的词之一，或将该列写入 `keep`。"
        example
            r#"parks.units
only `parks.unit` is known"#;
    StageMissing
        cause
            "The frame has a column `stage`, but it is null in this row."
            "数据表有 `stage` 列，但该行为空值。"
        cure
            "Write the stage, or leave the row out."
            "补上阶段，或去掉该行。"
        example
            r#"stage: ["new", null]"#;
    LongColumnMissing
        cause
            "A long frame has a row for every answer, and needs columns that say of which community and which indicator."
            "长表的每一行是一个回答，须有说明社区和指标的列。"
        cure
            "Add the column, or give the frame in wide form: a row for every community, a column for every indicator."
            "补上该列，或改用宽表：每个社区一行，每个指标一列。"
        example
            r#"indicator,value
parks,12"#;
    LongKeyNull
        cause
            "A row of a long frame does not say of which community or which indicator it is."
            "长表中有一行没有写明所属社区或指标。"
        cure
            "Fill it in, or leave the row out."
            "把该行补全，或去掉该行后重新读取。"
        example
            r#"community,indicator,value
riverside,,12"#;
    RowsApart
        cause
            "A long frame that comes as a stream is joined community by community. One that comes back later has been scored already."
            "流式读取的长表按社区逐个合并；再次出现的社区此前已经计分。"
        cure
            "Sort the frame by community, or use `assess_frame`, which holds the whole frame in memory."
            "按社区排序，或改用 `assess_frame`（将整张表读入内存）。"
        example
            r#"riverside,parks,12
hilltop,parks,3
riverside,rent,30"#;
    // TM09xx: files and commands
    ModuleUndecided
        cause
            "A module is for communities of one kind, and the fact that tells the kind is missing. A module is no part of the total, so leaving it out costs nothing."
            "模块面向某一类社区，而说明类别的事实项没有给出。模块不计入总分，未评不影响总分。"
        cure
            "Give the fact in the community's `facts`."
            "在社区的 `facts` 中给出该事实项。"
        example
            r#"{"community": {"facts": {"community-type": {"choice": "innovation"}}}}"#;
    FileNotRead
        cause
            "The file is not where it was looked for, is a folder, or may not be read by the user who runs the program."
            "指定位置没有该文件、它是文件夹，或运行程序的用户无权读取。"
        cure
            "Check path, spelling and permissions; a path is taken from the folder in which the command runs, and `-` means standard input."
            "核对路径、拼写和权限；路径相对于运行命令时所在的文件夹，`-` 表示标准输入。"
        example
            r#"talent check submision.json"#;
    FileNotWritten
        cause
            "The folder does not exist, may not be written to, or the disk is full; what stood in the file before is kept."
            "文件夹不存在、不可写，或磁盘已满；文件原有内容保持不变。"
        cure
            "Name a folder that exists and that you may write to, or leave `--output` out and redirect the result."
            "指定存在且可写的文件夹；或不用 `--output`，改为重定向输出。"
        example
            r#"talent assess new-shougang.submission.json --output /readonly/result.json"#;
    UnknownCode
        cause
            "The code or its name is mistyped, or it belongs to a newer version of the engine."
            "代码或其名称写错，或属于更新版本的引擎。"
        cure
            "Run `talent explain` without a code to see them all; codes have the form `TM0305`, names the form `unknown-indicator`."
            "运行不带代码的 `talent explain` 可列出全部；代码形如 `TM0305`，名称形如 `unknown-indicator`。"
        example
            r#"talent explain TM9999"#;
    ReportStandard
        cause
            "A report takes names, units and grounds from the standard. With another standard, or another version of it, they would stand beside numbers \
             to which they do not belong."
            "报告中的名称、单位和依据都取自标准；若换成另一标准或另一版本，它们就会与不相干的数字并列。"
        cure
            "Give the standard whose digest the message names with `--standard`, or assess the submission again with the standard at hand."
            "用 `--standard` 给出消息中摘要所指的标准，或用手头的标准重新评估。"
        example
            r#"talent report assessment.json --standard newer.json -o report.html"#;
    ReportSubmission
        cause
            "Evidence and notes of a report come from the submission. Its digest is not the one in the assessment, so the submission was changed after it \
             was assessed, or it is another one."
            "报告中的证明材料和备注取自申报。其摘要与评估中的不一致，说明申报在评估之后被改动，或者根本是另一份。"
        cure
            "Give the submission that was assessed, make the report without it, or assess again."
            "给出当初评估的那份申报，或不带申报生成报告，或重新评估。"
        example
            r#"assessment.to_html(submission=talent.Submission.load("changed.json"))"#;
    NothingMatches
        cause
            "The pattern with `*`, `?` or `[…]` matches no file, seen from the folder in which the command runs."
            "从命令运行的文件夹看，含 `*`、`?` 或 `[…]` 的模式没有匹配到任何文件。"
        cure
            "Correct the pattern. `**` goes into folders of any depth."
            "改正模式；`**` 可匹配任意层级的文件夹。"
        example
            r#"talent check 'submissions/*.jsn'"#;
    NothingInFolder
        cause
            "Neither the folder nor any folder in it holds a file that ends in `.json`, `.ndjson`, `.jsonl`, `.xlsx` or `.xlsm`."
            "该文件夹及其子文件夹中没有以 `.json`、`.ndjson`、`.jsonl`、`.xlsx` 或 `.xlsm` 结尾的文件。"
        cure
            "Name another folder. A file with another ending is read when it is named itself."
            "请指定其他文件夹。其他后缀的文件可逐个指定。"
        example
            r#"talent check submissions/"#;
    NamesClash
        cause
            "Several documents are converted into one folder, and two of them would have the same name there."
            "把多份文档转换到同一文件夹时，其中两份会得到相同的文件名。"
        cure
            "Convert them into folders of their own, or rename one."
            "请分别转换到不同文件夹，或将其中之一改名。"
        example
            r#"talent convert a/form.xlsx b/form.xlsx -o out"#;
    Interrupted
        cause
            "The command was stopped, with Ctrl-C or by the system, before it had come to the end."
            "命令在完成之前被中止（Ctrl-C 或系统）。"
        cure
            "Run it again. What it had begun to write was removed; whole files of a conversion stay."
            "重新运行即可。未写完的文件已经删除，转换中已写完的文件保留。"
        example
            r#"talent check submissions.ndjson -o report.json"#;
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Lang;

    const LANGUAGES: [Lang; 2] = [Lang::En, Lang::Zh];

    /// The text outside backquotes.
    fn words(text: &str) -> String {
        text.split('`').step_by(2).collect()
    }

    fn parameters(template: &str) -> BTreeSet<&str> {
        template.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
    }

    #[test]
    fn every_page_says_something_in_both_languages() {
        for code in Code::ALL {
            let page = code.page();
            for lang in LANGUAGES {
                let end = if lang == Lang::Zh { '。' } else { '.' };
                for text in [page.cause.get(lang), page.cure.get(lang)] {
                    assert!(text.ends_with(end) && text.chars().count() > 10, "{code} {text:?}");
                    assert!(!text.contains('\n') && !text.contains("  "), "{code} {text:?}");
                    assert_eq!(text.matches('`').count() % 2, 0, "{code} {text:?}");
                }
            }
            assert!(!page.example.trim().is_empty(), "{code}");
        }
    }

    #[test]
    fn examples_of_readable_documents_are_json() {
        for code in Code::ALL.iter().filter(|code| !code.as_str().starts_with("TM00")) {
            let example = code.page().example.lines().next().unwrap_or_default();
            if example.starts_with(['{', '[']) {
                let value: Result<serde_json::Value, _> = serde_json::from_str(example);
                assert!(value.is_ok(), "{code} {example}");
            }
        }
    }

    #[test]
    fn messages_are_one_sentence_on_one_line() {
        for code in Code::ALL {
            for lang in LANGUAGES {
                let text = code.template().get(lang);
                assert!(!text.contains('\n') && !text.ends_with(['.', '。']), "{code} {text:?}");
                assert_eq!(text.matches('`').count() % 2, 0, "{code} {text:?}");
            }
            assert!(!code.template().en.starts_with(char::is_uppercase), "{code}");
        }
    }

    #[test]
    fn messages_have_the_same_parameters_in_both_languages() {
        for code in Code::ALL {
            let template = code.template();
            // The Chinese value of a parameter is found by the renderer, so the templates name the parameter alone.
            assert_eq!(parameters(template.en), parameters(template.zh), "{code}");
        }
    }

    #[test]
    fn chinese_has_chinese_punctuation() {
        for code in Code::ALL {
            let page = code.page();
            for text in [code.template().zh, page.cause.zh, page.cure.zh] {
                assert!(!words(text).contains([',', ';', ':', '(', ')', '?']), "{code} {text:?}");
            }
        }
    }
}
