//! Looking through one text, from left to right, once: what is looked at around a place is bounded, so that the time grows with the text and no faster.

use std::ops::Range;

use super::identity::{could_be_old_resident, is_luhn, is_resident};
use crate::diagnostic::Code;

/// How many bytes around a number are searched for a word that says what it is.
const AROUND: usize = 60;

/// The most digits that any of the numbers has.
const DIGITS: usize = 19;

/// Everything in a text that looks like personal data, in order; places do not overlap.
pub(super) fn scan(text: &str) -> Vec<(Range<usize>, Code)> {
    let mut found = Vec::new();
    if !may_contain(text) {
        return found;
    }
    addresses(text, &mut found);
    numbers(text, &mut found);
    documents(text, &mut found);
    found.sort_by_key(|(range, code)| (range.start, std::cmp::Reverse(range.end), *code));
    let mut end = 0;
    found.retain(|(range, _)| {
        let apart = range.start >= end;
        end = end.max(range.end);
        apart
    });
    found
}

/// Most texts have neither seven digits nor an at sign. Every byte is looked at: without a way out of a loop, it is done many bytes at a time.
fn may_contain(text: &str) -> bool {
    const DIGITS: usize = 7;
    let (mut digits, mut sign, mut wide) = (0, false, false);
    // No more than a byte can count.
    for part in text.as_bytes().chunks(255) {
        let count = |count: u8, byte: &u8| count.wrapping_add(u8::from(byte.is_ascii_digit()));
        digits += usize::from(part.iter().fold(0, count));
        sign |= part.iter().fold(false, |found, byte| found | (*byte == b'@'));
        wide |= part.iter().fold(false, |found, byte| found | (*byte == 0xEF));
    }
    // What is full-width is mostly punctuation.
    let full_width = || text.chars().filter(|c| matches!(c, '０'..='９')).count();
    sign || digits >= DIGITS || wide && (digits + full_width() >= DIGITS || text.contains('＠'))
}

/// A character as ASCII knows it: full-width digits, letters and signs are what they look like.
fn folded(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{3000}' => ' ',
        '‐' | '‑' | '–' | '—' => '-',
        c => c,
    }
}

/// A run of digits without anything between them.
struct Group {
    range: Range<usize>,
    /// Where it begins and ends among all digits.
    digits: Range<usize>,
    /// What stands between it and the group before, if that is a single sign that people write inside a number.
    joined: bool,
    /// Whether a letter or another digit touches it from the left, or a point or comma with digits before it.
    torn: bool,
    plus: bool,
}

/// Numbers by their digits: of residents, telephones and bank cards.
fn numbers(text: &str, found: &mut Vec<(Range<usize>, Code)>) {
    let (digits, groups) = groups(text);
    let mut at = 0;
    while at < groups.len() {
        let taken = longest(text, &digits, groups.get(at..).unwrap_or_default(), found);
        at += taken.max(1);
    }
}

/// Finds the longest number that begins with the first of these groups; tells how many groups it takes.
fn longest(text: &str, digits: &[u8], groups: &[Group], found: &mut Vec<(Range<usize>, Code)>) -> usize {
    let Some(first) = groups.first().filter(|group| !group.torn) else { return 0 };
    let joined = 1 + groups.iter().skip(1).take(DIGITS).take_while(|group| group.joined).count();
    for count in (1..=joined).rev() {
        let Some(last) = count.checked_sub(1).and_then(|last| groups.get(last)) else { continue };
        let range = first.range.start..last.range.end;
        let Some(number) = digits.get(first.digits.start..last.digits.end).filter(|number| number.len() <= DIGITS) else { continue };
        let shape: Vec<usize> = groups.iter().take(count).map(|group| group.digits.len()).collect();
        if touches(text, range.end) {
            continue;
        }
        if let Some(code) = classify(text, number, &shape, first.plus, &range) {
            found.push((range, code));
            return count;
        }
    }
    0
}

/// Whether a letter follows, so that this is a part of something else; or a decimal point.
fn touches(text: &str, end: usize) -> bool {
    let mut rest = text.get(end..).unwrap_or_default().chars().map(folded);
    match (rest.next(), rest.next()) {
        (Some(c), _) if c.is_ascii_alphanumeric() || c == '_' => true,
        (Some('.' | ','), Some(next)) => next.is_ascii_digit(),
        (Some('%' | '‰' | '²' | '³'), _) => true,
        _ => false,
    }
}

/// The digits of a text, and the groups that they stand in. The letter X counts where it can be the last sign of an identity number.
fn groups(text: &str) -> (Vec<u8>, Vec<Group>) {
    let mut digits: Vec<u8> = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut before = [' '; 2];
    // What separates the next group from the one before: so many signs, all of them such as stand inside numbers.
    let mut gap: Option<usize> = None;
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let c = folded(c);
        let begun = !groups.is_empty();
        let last = groups.last_mut().filter(|_| open);
        match (c, last) {
            ('0'..='9', Some(group)) => {
                digits.push(digit(c));
                group.range.end = end;
                group.digits.end = digits.len();
            }
            ('0'..='9', None) => {
                let start = digits.len();
                digits.push(digit(c));
                let torn = before[1].is_ascii_alphanumeric() || before[1] == '_' || (matches!(before[1], '.' | ',') && before[0].is_ascii_digit());
                groups.push(Group {
                    range: at..end,
                    digits: start..digits.len(),
                    joined: gap.is_some_and(|gap| gap <= 2),
                    torn,
                    plus: before[1] == '+',
                });
                open = true;
            }
            // The last of eighteen, whether they are written in one piece or end in a group of four.
            ('X' | 'x', Some(group)) if matches!(group.digits.len(), 17 | 3) => {
                digits.push(b'X');
                group.range.end = end;
                group.digits.end = digits.len();
                (open, gap) = (false, None);
            }
            (' ' | '-' | '(' | ')', _) if begun && (open || gap.is_some()) => {
                gap = Some(gap.filter(|_| !open).unwrap_or(0) + 1);
                open = false;
            }
            _ => (open, gap) = (false, None),
        }
        before = [before[1], c];
    }
    (digits, groups)
}

fn digit(c: char) -> u8 {
    u8::try_from(c).unwrap_or(b'0')
}

fn classify(text: &str, number: &[u8], shape: &[usize], plus: bool, range: &Range<usize>) -> Option<Code> {
    if !plus {
        let resident = matches!(shape, [18] | [6, 8, 4] | [6, 4, 4, 4] | [3, 3, 4, 4, 4]) && is_resident(number);
        let old = shape == [15] && could_be_old_resident(number) && near(text, range, &["身份证", "identity card", "id card", "id number"]);
        if resident || old {
            return Some(Code::IdentityNumber);
        }
        if number.ends_with(b"X") {
            return None;
        }
        if is_card(number, shape) {
            return Some(Code::BankCard);
        }
    }
    if is_mobile(number, shape, plus) || is_foreign(number, shape, plus) {
        return Some(Code::TelephoneNumber);
    }
    is_landline(number, shape, plus).then_some(Code::LandlineNumber)
}

/// 16 to 19 digits in one piece or in fours, issued by a bank, with the right check digit.
fn is_card(number: &[u8], shape: &[usize]) -> bool {
    let fours = shape.split_last().is_some_and(|(last, fours)| fours.iter().all(|n| *n == 4) && fours.len() >= 3 && *last <= 4);
    let issuer = matches!(number, [b'6', b'2', ..] | [b'4', ..] | [b'5', b'1'..=b'5', ..]);
    (16..=19).contains(&number.len()) && (shape.len() == 1 || fours) && issuer && is_luhn(number) && !is_round(number)
}

/// A round number is an amount.
fn is_round(number: &[u8]) -> bool {
    number.ends_with(b"00000")
}

/// A Chinese mobile number, with or without the country's prefix.
fn is_mobile(number: &[u8], shape: &[usize], plus: bool) -> bool {
    let (own, shape) = match (number, shape) {
        ([b'8', b'6', own @ ..], [2, shape @ ..]) => (own, shape.to_vec()),
        ([b'0', b'0', b'8', b'6', own @ ..], [4, shape @ ..]) => (own, shape.to_vec()),
        ([b'8', b'6', own @ ..], [first, rest @ ..]) if plus && *first > 2 => (own, std::iter::once(first - 2).chain(rest.iter().copied()).collect()),
        (_, _) if plus => return false,
        (own, shape) => (own, shape.to_vec()),
    };
    let written = matches!(&shape[..], [11] | [3, 4, 4] | [3, 8] | [7, 4] | [4, 3, 4] | [3, 3, 5] | [5, 6]);
    own.len() == 11 && matches!(own, [b'1', b'3'..=b'9', ..]) && written && !is_round(own)
}

/// A number with the sign of a country's prefix (ITU-T E.164).
fn is_foreign(number: &[u8], shape: &[usize], plus: bool) -> bool {
    plus && !number.starts_with(b"86") && !number.starts_with(b"0") && (9..=15).contains(&number.len()) && shape.len() <= 6 && !is_round(number)
}

/// A Chinese number with its area: 010 and 02x have eight digits after it, the others seven or eight.
fn is_landline(number: &[u8], shape: &[usize], plus: bool) -> bool {
    let (area, rest) = match (number, shape) {
        ([b'0', b'1', b'0', rest @ ..] | [b'0', b'2', _, rest @ ..], [3, ..] | [11]) => (3, rest),
        ([b'0', b'3'..=b'9', _, _, rest @ ..], [4, ..] | [11 | 12]) => (4, rest),
        ([b'8', b'6', b'1', b'0', rest @ ..] | [b'8', b'6', b'2', _, rest @ ..], [2, 2, ..]) if plus => (4, rest),
        _ => return false,
    };
    let after: usize = shape.iter().skip(if plus { 2 } else { 1 }).sum();
    let whole = shape.len() == 1 || after == rest.len();
    let wanted = if area == 3 || plus { rest.len() == 8 } else { matches!(rest.len(), 7 | 8) };
    wanted && whole && !matches!(rest, [b'0' | b'1', ..]) && !is_round(number)
}

/// Whether one of the words stands near a place.
fn near(text: &str, range: &Range<usize>, words: &[&str]) -> bool {
    let start = (range.start.saturating_sub(AROUND)..=range.start).find(|at| text.is_char_boundary(*at)).unwrap_or(range.start);
    let end = (range.end..=text.len().min(range.end + AROUND)).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(range.end);
    let around = text.get(start..end).unwrap_or_default().to_lowercase();
    words.iter().any(|word| around.contains(word))
}

/// Passports and travel permits: one or two letters and seven to nine digits, where a word nearby says so.
fn documents(text: &str, found: &mut Vec<(Range<usize>, Code)>) {
    let mut start: Option<usize> = None;
    let token = |range: Range<usize>, found: &mut Vec<(Range<usize>, Code)>| {
        let Some(word) = text.get(range.clone()) else { return };
        let word: String = word.chars().map(folded).collect();
        let letters = word.chars().take_while(char::is_ascii_alphabetic).count();
        let digits = word.chars().skip(letters).take_while(char::is_ascii_digit).count();
        let made_so = letters + digits == word.len() && (1..=2).contains(&letters) && (6..=9).contains(&digits);
        if made_so && near(text, &range, &["护照", "通行证", "passport", "travel document", "travel permit"]) {
            found.push((range, Code::PassportNumber));
        }
    };
    for (at, c) in text.char_indices() {
        match (folded(c).is_ascii_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                token(from..at, found);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        token(from..text.len(), found);
    }
}

/// E-mail addresses: a local part, the sign, and a name with a point in it.
fn addresses(text: &str, found: &mut Vec<(Range<usize>, Code)>) {
    // The longest parts that RFC 5321 knows; nothing further is looked at.
    const LOCAL: usize = 64;
    const DOMAIN: usize = 255;
    let mut done = 0;
    for (at, sign) in text.char_indices().filter(|(_, c)| matches!(c, '@' | '＠')) {
        if at < done {
            continue;
        }
        let is_local = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
        let before = text.get(done..at).unwrap_or_default();
        let local: usize = before.chars().rev().take(LOCAL).take_while(|c| is_local(folded(*c))).map(char::len_utf8).sum();
        let after = at + sign.len_utf8();
        let is_domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let rest = text.get(after..).unwrap_or_default();
        let domain: usize = rest.chars().take(DOMAIN).take_while(|c| is_domain(folded(*c))).map(char::len_utf8).sum();
        let name: String = rest.get(..domain).unwrap_or_default().chars().map(folded).collect();
        let name = name.trim_end_matches(['.', '-']);
        let is_name = name.rsplit_once('.').is_some_and(|(host, top)| {
            !host.is_empty() && !host.contains("..") && !host.starts_with('.') && top.len() >= 2 && top.bytes().all(|b| b.is_ascii_alphabetic())
        });
        if local > 0 && is_name {
            // Trailing points belong to the sentence.
            let end = after + rest.chars().take(name.chars().count()).map(char::len_utf8).sum::<usize>();
            found.push((at - local..end, Code::EmailAddress));
            done = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Code)> {
        scan(text).into_iter().map(|(range, code)| (text.get(range).unwrap_or_default(), code)).collect()
    }

    #[test]
    fn what_people_write_is_found() {
        for (text, what, code) in [
            ("身份证11010519491231002X。", "11010519491231002X", Code::IdentityNumber),
            ("ID 110105 19491231 002x", "110105 19491231 002x", Code::IdentityNumber),
            ("１１０１０５１９４９１２３１００２Ｘ", "１１０１０５１９４９１２３１００２Ｘ", Code::IdentityNumber),
            ("身份证号：110105491231002", "110105491231002", Code::IdentityNumber),
            ("联系人王先生13812345678（微信同号）", "13812345678", Code::TelephoneNumber),
            ("call +86 138-1234-5678 please", "86 138-1234-5678", Code::TelephoneNumber),
            ("+8613812345678", "8613812345678", Code::TelephoneNumber),
            ("2025-12-31 13912345678", "13912345678", Code::TelephoneNumber),
            ("London +44 20 7946 0958.", "44 20 7946 0958", Code::TelephoneNumber),
            ("电话：010-88886666", "010-88886666", Code::LandlineNumber),
            ("(0755) 2345 6789", "0755) 2345 6789", Code::LandlineNumber),
            ("邮箱 li.na@example.com.cn。", "li.na@example.com.cn", Code::EmailAddress),
            ("zhang＠example．com", "zhang＠example．com", Code::EmailAddress),
            ("护照号 E12345678", "E12345678", Code::PassportNumber),
            ("Passport no. EA1234567, Beijing", "EA1234567", Code::PassportNumber),
            ("卡号 6212 3456 7890 1234 569", "6212 3456 7890 1234 569", Code::BankCard),
        ] {
            assert_eq!(found(text), [(what, code)], "{text}");
        }
    }

    #[test]
    fn what_is_meant_otherwise_is_not() {
        for text in [
            "",
            "投资 13000000000 元",
            "面积 120000 平方米，人口 91000",
            "2025-01-01 至 2025-12-31",
            "12,345,678,901 yuan and 3.13812345678",
            "doc-13812345678a",
            "a13812345678",
            "E12345678 is the number of the file",
            "110105491231002 m2",
            "110105194912310021",
            "version 1.2.3.4, clause 4.2.1-3",
            "someone@localhost, a@b, @handle, x@.cn",
            "https://example.org/2025/12/31/1234567890123456",
            "400-800-8888",
            "sha256:0000000000000000000000000000000000000000000000000000000000000000",
            "116.3974, 39.9092",
            "+12 %",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn long_texts_take_no_longer_than_their_length() {
        // Each of these took quadratic time in one draft or another; the test ends at once or not at all.
        for unit in ["1 ", "1-", "@", "a@", "a.", "护照E1234567 ", "13812345678 ", "x1", "（"] {
            let text = unit.repeat(400_000 / unit.len());
            assert!(scan(&text).len() <= text.len());
        }
    }
}
