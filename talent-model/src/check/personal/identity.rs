//! Check characters of identity numbers and bank cards.

use crate::date::Date;

/// Whether 18 characters are a resident identity number: a possible birthday and the check character of GB 11643-1999 (ISO 7064, MOD 11-2). Numbers of the
/// permanent residence cards of foreigners are made alike.
pub(super) fn is_resident(digits: &[u8]) -> bool {
    const CHECK: [u8; 11] = *b"10X98765432";
    let (Ok(digits), Some(region)) = (<&[u8; 18]>::try_from(digits), digits.first()) else { return false };
    let [body @ .., check] = digits;
    let sum = body.iter().try_fold((0_u32, 1_u32 << 17), |(sum, weight), digit| {
        digit.is_ascii_digit().then(|| (sum + u32::from(digit - b'0') * (weight % 11), weight >> 1))
    });
    let Some((sum, _)) = sum else { return false };
    let expected = usize::try_from(sum % 11).ok().and_then(|rest| CHECK.get(rest)).copied();
    *region != b'0' && expected == Some(check.to_ascii_uppercase()) && body.get(6..14).is_some_and(is_birthday)
}

/// Whether 15 digits could be a resident identity number of before 2000: it has no check character, only a birthday of the twentieth century.
pub(super) fn could_be_old_resident(digits: &[u8]) -> bool {
    let born = digits.get(6..12).map(|born| [b"19", born].concat());
    digits.len() == 15 && digits.first() != Some(&b'0') && born.is_some_and(|born| is_birthday(&born))
}

fn is_birthday(digits: &[u8]) -> bool {
    let &[y1, y2, y3, y4, m1, m2, d1, d2] = digits else { return false };
    let text = [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
    let living = matches!([y1, y2], [b'1', b'9'] | [b'2', b'0']);
    living && std::str::from_utf8(&text).is_ok_and(|text| Date::new(text).is_ok())
}

/// Whether digits have the check digit of a bank card (ISO/IEC 7812-1, the Luhn algorithm).
pub(super) fn is_luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let digit = u32::from(digit.wrapping_sub(b'0'));
            if at % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_norm_is_a_number_and_its_neighbours_are_not() {
        // The examples of GB 11643-1999, of which the second was born in 1880.
        assert!(is_resident(b"11010519491231002X") && !is_resident(b"440524188001010014"));
        assert!(is_resident(b"11010519491231002x"));
        assert!(!is_resident(b"110105194912310021") && !is_resident(b"11010519491331002X") && !is_resident(b"1101051949123100"));
        for digit in b'0'..=b'9' {
            let mut number = *b"11010519491231002X";
            number[16] = digit;
            assert_eq!(is_resident(&number), digit == b'2');
        }
        assert!(could_be_old_resident(b"110105491231002") && !could_be_old_resident(b"110105491331002"));
        assert!(is_luhn(b"79927398713") && !is_luhn(b"79927398710"));
    }
}
