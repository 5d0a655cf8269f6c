//! Places in workbooks and tables.

use std::fmt;

use crate::macros::record;

record! {
    /// A cell of a workbook or table, as its sender sees it.
    ///
    /// ```
    /// # use talent_model::diagnostic::CellPlace;
    /// let place = CellPlace { file: None, sheet: "Living".into(), cell: "H12".into() };
    /// assert_eq!(place.to_string(), "Living!H12");
    /// assert_eq!(CellPlace { sheet: "Life & work".into(), ..place }.to_string(), "'Life & work'!H12");
    /// ```
    pub struct CellPlace {
        /// The file, where several are read together.
        file?: String,
        /// The name of the sheet; empty in a delimited text, which has none.
        sheet: String,
        /// The address of the cell, such as `H12`.
        cell: String,
    }
}

impl fmt::Display for CellPlace {
    /// As spreadsheet programs write it: a name that is not one word stands in quotes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "[{file}]")?;
        }
        if self.sheet.is_empty() {
            return f.write_str(&self.cell);
        }
        let plain = self.sheet.chars().all(|c| c.is_alphanumeric() || c == '_') && !self.sheet.starts_with(|c: char| c.is_ascii_digit());
        match plain {
            true => write!(f, "{}!{}", self.sheet, self.cell),
            false => write!(f, "'{}'!{}", self.sheet.replace('\'', "''"), self.cell),
        }
    }
}
