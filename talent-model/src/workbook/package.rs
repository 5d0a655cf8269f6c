//! The archive that a workbook is: bounded before anything of it is parsed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::limits::{Limits, beyond};
use crate::diagnostic::{Code, Diagnostic, Pointer};
use crate::lang::Bilingual;

/// The parts of a workbook, unpacked one at a time.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    limits: Limits,
    /// How many unpacked bytes may still come.
    room: usize,
}

/// How old binary files of spreadsheet and word programs begin.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether bytes are a workbook, or something else that a spreadsheet program may have written under that name: an archive, or an old binary
/// file.
///
/// ```
/// assert!(talent_model::workbook::is_workbook(b"PK\x03\x04..."));
/// assert!(!talent_model::workbook::is_workbook(b"{\"kind\": \"submission\"}"));
/// ```
#[must_use]
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") || bytes.starts_with(COMPOUND)
}

/// How each entry of an archive's list of parts begins, and how the end of that list does.
const ENTRY: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// How many entries the archive says it has; nothing when there are too many for the place where that is said.
fn stated_entries(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(END.len()).rposition(|window| window == END)?;
    let [low, high] = bytes.get(at + 10..at + 12)? else { return None };
    Some(usize::from(u16::from_le_bytes([*low, *high]))).filter(|stated| *stated < 0xffff)
}

pub(super) fn unreadable(part: &str, why: Bilingual) -> Diagnostic {
    Diagnostic::new(Code::WorkbookUnreadable, Pointer::root()).with("part", part).bilingual("why", why)
}

fn other(what: Bilingual) -> Diagnostic {
    Diagnostic::new(Code::NotAWorkbook, Pointer::root()).bilingual("found", what)
}

impl<'b> Package<'b> {
    /// Opens an archive that is a workbook, or says what it is instead.
    pub(super) fn open(bytes: &'b [u8], limits: Limits) -> Result<Self, Diagnostic> {
        if bytes.len() > limits.bytes {
            return Err(Diagnostic::new(Code::TooLarge, Pointer::root())
                .with("bytes", bytes.len().to_string())
                .with("limit", limits.bytes.to_string()));
        }
        if bytes.is_empty() {
            return Err(Diagnostic::new(Code::EmptyDocument, Pointer::root()));
        }
        if bytes.starts_with(COMPOUND) {
            return Err(compound(bytes));
        }
        if !is_workbook(bytes) {
            return Err(other(Bilingual { en: "no archive at all", zh: "根本不是压缩包格式的文件" }));
        }
        // Counted before the list of parts is read, which takes more memory than the bytes it is read from.
        let parts = bytes.windows(ENTRY.len()).filter(|window| *window == ENTRY).count();
        if parts > limits.parts {
            return Err(beyond(Code::TooManyParts, parts, limits.parts));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| unreadable("zip", BROKEN))?;
        if stated_entries(bytes).is_some_and(|stated| stated != archive.len()) {
            return Err(unreadable("zip", Bilingual { en: "two of its parts have the same name", zh: "有两个部分同名" }));
        }
        let package = Self { archive, limits, room: limits.inflated };
        package.is_spreadsheet()?;
        Ok(package)
    }

    fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    fn is_spreadsheet(&self) -> Result<(), Diagnostic> {
        if self.has("[Content_Types].xml") && !self.has("xl/workbook.bin") && !self.has("word/document.xml") && !self.has("ppt/presentation.xml") {
            return Ok(());
        }
        let kinds = [
            ("word/document.xml", Bilingual { en: "a word-processor document (.docx)", zh: "文字处理文档（.docx）" }),
            ("ppt/presentation.xml", Bilingual { en: "a presentation (.pptx)", zh: "演示文稿（.pptx）" }),
            ("xl/workbook.bin", Bilingual { en: "a binary workbook (.xlsb)", zh: "二进制工作簿（.xlsb）" }),
            ("Index/Document.iwa", Bilingual { en: "a Numbers or Pages document", zh: "Numbers 或 Pages 文档" }),
            ("mimetype", Bilingual { en: "an OpenDocument file (.ods)", zh: "OpenDocument 文件（.ods）" }),
        ];
        let found = kinds.into_iter().find(|(part, _)| self.has(part)).map(|(_, what)| what);
        Err(other(found.unwrap_or(Bilingual { en: "some other archive", zh: "其他压缩包" })))
    }

    /// The number of a part in the archive.
    pub(super) fn index(&self, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/');
        // Names differ in case between programs.
        self.archive.index_for_name(name).or_else(|| {
            let same = |i: &usize| self.archive.name_for_index(*i).and_then(Result::ok).is_some_and(|n| n.eq_ignore_ascii_case(name));
            (0..self.archive.len()).find(same)
        })
    }

    /// The archive itself, for copying what is not touched.
    pub(super) fn into_archive(self) -> ZipArchive<Cursor<&'b [u8]>> {
        self.archive
    }

    /// The text of a part; nothing when the archive does not have it.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Diagnostic> {
        let Some(index) = self.index(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => {
                Diagnostic::new(Code::WorkbookEncrypted, Pointer::root())
            }
            _ => unreadable(name, BROKEN),
        })?;
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX).max(1);
        // Small parts are often very regular; only large ones are held to the ratio.
        let by_ratio = packed.saturating_mul(self.limits.ratio).max(1 << 20);
        let most = self.room.min(by_ratio);
        // What the archive says of the size is not believed, but saves growing by doubling where it is true.
        let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or(usize::MAX).min(most));
        let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
        file.take(limit).read_to_end(&mut bytes).map_err(|_| unreadable(name, BROKEN))?;
        if bytes.len() > most {
            return Err(match most == self.room {
                true => beyond(Code::InflatesTooFar, bytes.len(), self.limits.inflated),
                false => beyond(Code::RatioTooHigh, self.limits.ratio + 1, self.limits.ratio),
            });
        }
        self.room -= bytes.len();
        let mut text = String::from_utf8(bytes).map_err(|_| unreadable(name, Bilingual { en: "it is not UTF-8", zh: "不是 UTF-8 编码" }))?;
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(Some(text))
    }
}

pub(super) const BROKEN: Bilingual = Bilingual { en: "the archive is broken or cut off", zh: "压缩包损坏或被截断" };

/// An old binary file: encrypted workbooks are wrapped in one too.
fn compound(bytes: &[u8]) -> Diagnostic {
    let encrypted: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Diagnostic::new(Code::WorkbookEncrypted, Pointer::root());
    }
    other(Bilingual { en: "a binary file of an old office program (.xls or .doc)", zh: "旧版办公软件的二进制文件（.xls 或 .doc）" })
}
