//! The text of the first sheet.

use super::Languages;
use crate::id::StageId;
use crate::{Lang, Standard};

/// The lines of the sheet; `true` marks a heading.
pub(super) fn text(standard: &Standard, stages: &[&StageId], languages: Languages) -> Vec<(bool, String)> {
    let mut lines = Vec::new();
    for prose in [&standard.description, &standard.notice].into_iter().flatten() {
        let whole = languages.lines(prose.in_language(Lang::En), prose.in_language(Lang::Zh));
        // No row of a sheet is high enough for a long text.
        lines.extend(whole.lines().filter(|paragraph| !paragraph.trim().is_empty()).map(|paragraph| (false, paragraph.to_owned())));
    }
    if !stages.is_empty() {
        let names = |lang: Lang, by: &str| {
            let chosen = standard.stages.iter().filter(|stage| stages.contains(&&stage.id));
            chosen.map(|stage| stage.name.in_language(lang)).collect::<Vec<_>>().join(by)
        };
        let (en, zh) = (names(Lang::En, ", "), names(Lang::Zh, "、"));
        lines.push((
            false,
            languages.lines(&format!("This workbook asks what applies to: {en}."), &format!("本工作簿只含适用于以下阶段的指标：{zh}。")),
        ));
    }
    for (heading, en, zh) in LINES {
        lines.push((*heading, languages.lines(en, zh)));
    }
    lines
}

const LINES: &[(bool, &str, &str)] = &[
    (true, "How to fill it in", "怎样填写"),
    (
        false,
        "1. Begin with the sheets “Submission”, “Community facts” and “Zones”, then answer the indicators scenario by scenario.",
        "1. 先填“申报与社区”“社区数据”“圈层”三张表，再按场景逐项填写指标。",
    ),
    (
        false,
        "2. Write into the light yellow cells only. Grey cells explain; the IDs in the first column tie every row to the standard and must stay.",
        "2. 只填浅黄色单元格。灰色单元格是说明；首列的标识把每一行与标准对应，请勿改动。",
    ),
    (
        false,
        "3. A row without a zone speaks for the whole community. To answer zone by zone, copy the row, ID included, and choose the zone.",
        "3. 不填圈层表示该行适用于整个社区。要分圈层填报，请连同标识复制整行，再选择圈层。",
    ),
    (
        false,
        "4. An empty value means: nobody has looked yet. If there is no value, choose the state: missing, withheld, or not applicable with a reason. 0 is a value.",
        "4. 数值留空表示尚未评估。没有数值时请选择状态：缺失、不公开，或不适用（须写理由）。0 是数值，不是空白。",
    ),
    (
        false,
        "5. Write the number alone; the unit stands beside it. 1,234, 3万, 35 % and full-width digits are understood, and it is shown how they were read. \
         What could be read in two ways is asked back, never guessed.",
        "5. 只写数字，单位另列。“1,234”“3万”“35%”和全角数字都能识别，并会显示识别结果；有歧义的写法会退回询问，不作猜测。",
    ),
    (
        false,
        "6. Where two units are offered, a count is divided by the community's own figures; choose the other unit only if you give the finished ratio.",
        "6. 若单位有两个选项：填总量时由系统按社区数据折算；只有直接填写比值时才改选另一个单位。",
    ),
    (
        false,
        "7. List what proves the answers on the sheet “Evidence”, and write its IDs into the column “Evidence”.",
        "7. 证明材料列入“证据清单”，并在指标行的“证据”列填写其标识。",
    ),
    (true, "What may be changed", "可以怎样调整"),
    (
        false,
        "Columns and sheets of your own may be added, rows and columns moved, hidden or widened, sheets renamed. Formulas are read by their last value. \
         There are no macros and no passwords.",
        "可以增加自己的列和表，移动、隐藏行列，调整列宽，给表改名。公式按最近一次的计算结果读取。本工作簿没有宏，也没有密码。",
    ),
    (true, "When it is filled in", "填完之后"),
    (
        false,
        "talent check FILE tells what is wrong, by sheet and cell. talent convert FILE -o submission.json makes the document; talent assess FILE scores it.",
        "用 talent check 文件名 检查，问题按表和单元格列出；talent convert 文件名 -o submission.json 转为申报文档；talent assess 文件名 直接评分。",
    ),
];
