//! The words of closed lists as people write them.

use unicode_normalization::UnicodeNormalization;

use super::Languages;
use crate::lang::Bilingual;

/// A word of a document, how people read it, and what else they write for it.
#[derive(Debug)]
pub(super) struct Word {
    pub(super) id: &'static str,
    pub(super) label: Bilingual,
    also: &'static [&'static str],
}

const fn word(id: &'static str, en: &'static str, zh: &'static str, also: &'static [&'static str]) -> Word {
    Word { id, label: Bilingual { en, zh }, also }
}

pub(super) static STATES: &[Word] = &[
    word("reported", "reported", "已填报", &["填报", "已报", "有数据"]),
    word("estimated", "estimated", "估算", &["估计", "estimate", "est."]),
    word("not_applicable", "not applicable", "不适用", &["n/a", "na", "#n/a"]),
    word(
        "missing",
        "missing",
        "缺失",
        &["缺", "缺数据", "暂无", "暂无数据", "无数据", "未知", "不详", "unknown", "no data", "n.a.", "—", "–", "-", "--", "——", "/"],
    ),
    word("withheld", "withheld", "不公开", &["保密", "不便公开", "涉密", "confidential"]),
    word("not_assessed", "not assessed", "未评估", &["未调查", "待定", "待填", "tbd", "pending"]),
];

pub(super) static QUALITIES: &[Word] = &[
    word("measured", "measured", "实测", &["测量", "统计", "全数统计"]),
    word("calculated", "calculated", "计算", &["推算"]),
    word("sampled", "sampled", "抽样", &["抽样调查", "问卷"]),
    word("modelled", "modelled", "模型", &["modeled", "模拟"]),
    word("declared", "declared", "申报", &["自报", "自行申报"]),
    word("unknown", "unknown", "不明", &["未知", "不详"]),
];

pub(super) static CONFIDENTIALITIES: &[Word] = &[
    word("public", "public", "公开", &[]),
    word("restricted", "restricted", "限制", &["内部", "限评审方和社区"]),
    word("confidential", "confidential", "保密", &["仅评审方"]),
];

pub(super) static ROLES: &[Word] =
    &[word("core", "core", "核心区", &["核心", "核心工作区"]), word("ring", "ring", "圈层", &["外围", "圈", "生活圈"])];

pub(super) static YES_NO: &[Word] = &[
    word("yes", "yes", "是", &["有", "y", "true", "真", "√", "✓", "✔", "对", "已", "1"]),
    word("no", "no", "否", &["无", "没有", "n", "false", "假", "×", "✗", "✘", "x", "不是", "未", "0"]),
];

pub(super) static ASSET_TYPES: &[Word] = &[
    word("nursery", "nursery for ideas", "苗圃", &[]),
    word("incubator", "incubator", "孵化器", &[]),
    word("accelerator", "accelerator", "加速器", &[]),
    word("industrial_park", "industrial park", "产业园", &["产业园区"]),
    word("research_platform", "research platform", "研发平台", &[]),
    word("transfer_platform", "technology transfer platform", "转化平台", &["技术转移平台"]),
    word("market_platform", "market platform", "市场平台", &[]),
    word("fund", "fund", "基金", &[]),
    word("kindergarten", "kindergarten", "幼儿园", &[]),
    word("school", "school", "学校", &[]),
    word("university", "university", "大学", &["高校"]),
    word("hospital", "hospital", "医院", &[]),
    word("clinic", "clinic", "诊所", &["门诊"]),
    word("talent_housing", "talent housing", "人才住房", &["人才公寓"]),
    word("service_counter", "service counter", "服务窗口", &[]),
    word("policy", "policy", "政策", &[]),
    word("cultural_facility", "cultural facility", "文化设施", &[]),
    word("sports_facility", "sports facility", "体育设施", &[]),
    word("transport_hub", "transport hub", "交通枢纽", &[]),
    word("other", "other", "其他", &["其它"]),
];

pub(super) static FUNCTIONS: &[Word] = &[
    word("introduce", "introduce", "引进", &[]),
    word("use", "use", "使用", &[]),
    word("train", "train", "培养", &[]),
    word("evaluate", "evaluate", "评价", &[]),
    word("move", "move", "流动", &[]),
    word("motivate", "motivate", "激励", &[]),
    word("serve", "serve", "服务", &[]),
    word("secure", "secure", "保障", &[]),
];

/// A text reduced to what is compared: full-width and composed forms made one, without case, spaces, hyphens and underscores.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        let folded: String = text.chars().filter(|c| !c.is_ascii_whitespace() && !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect();
        return if folded.is_empty() { text.chars().filter(|c| !c.is_ascii_whitespace()).collect() } else { folded };
    }
    let kept = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '_' | '\u{200b}' | '\u{feff}');
    let folded: String = text.nfkc().flat_map(char::to_lowercase).filter(kept).collect();
    // A lone dash is a word too.
    if folded.is_empty() { text.nfkc().filter(|c| !c.is_whitespace()).collect() } else { folded }
}

impl Word {
    /// The label for a template's languages; this is what drop-downs write.
    pub(super) fn say(&self, languages: Languages) -> String {
        languages.line(self.label.en, self.label.zh)
    }

    fn is(&self, folded: &str) -> bool {
        let both = [format!("{}{}", self.label.zh, self.label.en), format!("{}{}", self.label.en, self.label.zh)];
        let labels = [self.id, self.label.en, self.label.zh];
        let known = labels.into_iter().chain(self.also.iter().copied()).chain(both.iter().map(String::as_str));
        known.map(fold).any(|known| known == folded)
    }
}

/// The word that a text means, if it is one of the list.
pub(super) fn find<'w>(list: &'w [Word], text: &str) -> Option<&'w Word> {
    // What a drop-down wrote needs no folding.
    if let Some(word) = list.iter().find(|word| [word.id, word.label.en, word.label.zh].contains(&text)) {
        return Some(word);
    }
    let folded = fold(text);
    list.iter().find(|word| word.is(&folded))
}

/// The labels of a list, for messages.
pub(super) fn labels(list: &[Word]) -> (String, String) {
    let join = |label: fn(&Word) -> &'static str, by: &str| list.iter().map(label).collect::<Vec<_>>().join(by);
    (join(|w| w.label.en, ", "), join(|w| w.label.zh, "、"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::community::{AssetType, PolicyFunction, ZoneRole};
    use crate::submission::{Confidentiality, Quality, State};

    /// Every list with the words that the model has for it.
    fn lists() -> [(&'static [Word], &'static [&'static str]); 6] {
        [
            (STATES, State::WORDS),
            (QUALITIES, Quality::WORDS),
            (CONFIDENTIALITIES, Confidentiality::WORDS),
            (ROLES, ZoneRole::WORDS),
            (ASSET_TYPES, AssetType::WORDS),
            (FUNCTIONS, PolicyFunction::WORDS),
        ]
    }

    #[test]
    fn every_word_of_the_model_has_its_labels() {
        for (list, words) in lists() {
            assert_eq!(list.iter().map(|word| word.id).collect::<Vec<_>>(), words);
        }
    }

    #[test]
    fn no_text_means_two_words_of_a_list() {
        for (list, _) in lists().into_iter().chain([(YES_NO, [].as_slice())]) {
            for word in list {
                for text in [word.id, word.label.en, word.label.zh].into_iter().chain(word.also.iter().copied()) {
                    let folded = fold(text);
                    assert_eq!(list.iter().filter(|other| other.is(&folded)).count(), 1, "{text}");
                }
            }
        }
    }

    #[test]
    fn words_are_found_however_they_are_typed() {
        let found = |text: &str| find(STATES, text).map(|word| word.id);
        assert_eq!(found(" Not Applicable "), Some("not_applicable"));
        assert_eq!(found("Ｎ／Ａ"), Some("not_applicable"));
        assert_eq!(found("缺失 missing"), Some("missing"));
        assert_eq!(found("—"), Some("missing"));
        assert_eq!(found("kaputt"), None);
    }
}
