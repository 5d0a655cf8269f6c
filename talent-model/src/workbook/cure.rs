//! How to mend what stands in a form, in the words of the form.

use std::borrow::Cow;

use super::layout::{self, Kind};
use super::{Languages, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::{Bilingual, Lang};

/// How to mend a finding, as the page of its code says.
///
/// Whoever filled in a form has never seen a document: where the finding is in a cell, members are called as the columns are, and words of closed lists
/// are those of the drop-downs.
///
/// ```
/// use talent_model::diagnostic::{Code, Diagnostic, Pointer};
/// use talent_model::{Lang, workbook};
/// let found = Diagnostic::new(Code::SampleMissing, Pointer::root());
/// assert!(workbook::cure(&found, Lang::En).contains("`sample`"));
/// ```
#[must_use]
pub fn cure(found: &Diagnostic, lang: Lang) -> Cow<'static, str> {
    match (found.code, &found.cell) {
        (_, None) => found.code.page().cure.get(lang).into(),
        // The page sends its reader to the schema.
        (Code::MissingMember, Some(_)) => FILL_IN.get(lang).into(),
        (code, Some(_)) => spoken(code.page().cure.get(lang), lang),
    }
}

const FILL_IN: Bilingual = Bilingual {
    en: "Fill in this cell; the title beside or above it says what belongs there.",
    zh: "填写该单元格；旁边或上方的名称说明应填的内容。",
};

/// A text whose names in backquotes are those of a form, as far as the form has them.
fn spoken(text: &'static str, lang: Lang) -> Cow<'static, str> {
    if !text.contains('`') {
        return text.into();
    }
    let columns = [layout::observations(), layout::evidence()].concat();
    let column = |name: &str| {
        let own = columns.iter().find(|column| column.path.join(".") == name && !matches!(column.kind, Kind::Info))?;
        Some(own.title.say(Languages::One(lang)))
    };
    let word = |name: &str| {
        let lists = [words::STATES, words::QUALITIES, words::CONFIDENTIALITIES];
        let word = lists.into_iter().flatten().find(|word| word.id == name)?;
        Some(word.label.get(lang).to_owned())
    };
    let named = |name: &str| {
        // A member with its value, as a document has it.
        if let Some((member, value)) = name.split_once(": ") {
            let bare = |text: &str| text.trim_matches('"').to_owned();
            return Some(format!("{}{}{}", column(&bare(member))?, lang.pick(": ", "："), word(&bare(value))?));
        }
        column(name).or_else(|| word(name))
    };
    let mut said = String::with_capacity(text.len());
    for (at, piece) in text.split('`').enumerate() {
        match (at % 2 == 1).then(|| named(piece)) {
            None => said.push_str(piece),
            Some(Some(name)) => said.push_str(&format!("“{name}”")),
            Some(None) => said.push_str(&format!("`{piece}`")),
        }
    }
    said.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{CellPlace, Pointer};

    fn both(code: Code) -> [String; 2] {
        let cell = CellPlace { file: None, sheet: "Transport".into(), cell: "G7".into() };
        let found = Diagnostic { cell: Some(Box::new(cell)), ..Diagnostic::new(code, Pointer::root()) };
        [Lang::En, Lang::Zh].map(|lang| cure(&found, lang).into_owned())
    }

    #[test]
    fn columns_and_words_are_those_of_the_form() {
        let [en, zh] = both(Code::OutsideLimits);
        assert!(en.contains("use the state “missing” and say so in “Note”"), "{en}");
        assert!(zh.contains("“缺失”") && zh.contains("“备注”"), "{zh}");
        assert_eq!(both(Code::MissingMember), [FILL_IN.en, FILL_IN.zh]);
        let [en, zh] = both(Code::AnswerMissing);
        assert!(en.contains("“State: missing”") && zh.contains("“状态：缺失”"), "{en} {zh}");
    }

    #[test]
    fn what_a_form_has_not_stays_as_it_is() {
        let [en, _] = both(Code::UnknownIndicator);
        assert!(en.contains("`talent standard show`"), "{en}");
        // Every quotation is closed again.
        for code in Code::ALL {
            assert!(both(*code).iter().all(|text| text.matches('`').count() % 2 == 0 && text.matches('“').count() == text.matches('”').count()));
        }
    }
}
