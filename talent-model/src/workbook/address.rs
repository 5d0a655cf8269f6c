//! Cell addresses: `H12` and back. Rows and columns count from 0 here, as they do in no spreadsheet.

/// The letters of a column.
pub(super) fn column(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// The address of a cell.
pub(super) fn address(row: u32, col: u32) -> String {
    format!("{}{}", column(col), row + 1)
}

/// Row and column of an address, within what a sheet can have.
pub(super) fn parse(address: &str) -> Option<(u32, u32)> {
    let digits = address.find(|c: char| c.is_ascii_digit())?;
    let (letters, number) = address.split_at_checked(digits)?;
    if letters.is_empty() || letters.len() > 3 || number.len() > 7 {
        return None;
    }
    let col = letters.bytes().try_fold(0_u32, |col, b| b.is_ascii_uppercase().then(|| col * 26 + u32::from(b - b'A') + 1))?;
    let row: u32 = number.parse().ok()?;
    ((1..=1_048_576).contains(&row) && col <= 16_384).then(|| (row - 1, col - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_round_trip_to_the_last_cell() {
        for (row, col, text) in [(0, 0, "A1"), (11, 7, "H12"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")] {
            assert_eq!(address(row, col), text);
            assert_eq!(parse(text), Some((row, col)));
        }
        for bad in ["", "A", "1", "A0", "a1", "XFE1", "A1048577", "AAAA1", "A-1"] {
            assert_eq!(parse(bad), None, "{bad}");
        }
    }
}
