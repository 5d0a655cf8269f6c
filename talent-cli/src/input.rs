//! Reading what the command line names.

use std::borrow::Cow;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use talent_model::Bilingual;
use talent_model::diagnostic::{Code, Diagnostic, Pointer};
use talent_model::document::Limits;

/// The files and standard input, which can be read only once.
pub(crate) struct Inputs<'s> {
    stdin: &'s mut dyn Read,
    taken: bool,
    limit: usize,
}

/// The bytes of a file and its name for people.
pub(crate) struct Source {
    pub(crate) label: String,
    pub(crate) bytes: Vec<u8>,
}

/// Why there are no bytes.
pub(crate) enum Unread {
    /// The file cannot be read.
    Io(Diagnostic),
    /// The file is larger than anything that is read.
    TooLarge(Diagnostic),
}

impl<'s> Inputs<'s> {
    /// `limit` is the most bytes of one file.
    pub(crate) fn new(stdin: &'s mut dyn Read, limit: usize) -> Self {
        Self { stdin, taken: false, limit }
    }

    /// Standard input, for whoever reads it bit by bit. Absent: it has been read.
    pub(crate) fn take(&mut self) -> Option<&mut dyn Read> {
        if std::mem::replace(&mut self.taken, true) { None } else { Some(&mut *self.stdin) }
    }

    /// Standard input, if that is what a path means.
    pub(crate) fn take_for(&mut self, path: &Path) -> Option<&mut dyn Read> {
        if path == Path::new("-") { self.take() } else { None }
    }

    /// Reads a file, or standard input for `-`. Never more than the limit is held in memory.
    pub(crate) fn read(&mut self, path: &Path) -> Result<Source, Unread> {
        let label = label(path);
        if path != Path::new("-") {
            return Ok(Source { label, bytes: file(path, self.limit)? });
        }
        let limit = self.limit;
        let Some(stdin) = self.take() else { return Err(Unread::Io(once())) };
        let mut bytes = Vec::new();
        let unread = |error: &std::io::Error| Unread::Io(failure(Code::FileNotRead, &label, reason(error)));
        stdin.take(room(limit)).read_to_end(&mut bytes).map_err(|e| unread(&e))?;
        if bytes.len() > limit {
            return Err(Unread::TooLarge(too_large((format!("more than {limit}"), format!("超过 {limit}")), limit)));
        }
        Ok(Source { label, bytes })
    }
}

/// Reads a file. Never more than the limit is held in memory.
pub(crate) fn file(path: &Path, limit: usize) -> Result<Vec<u8>, Unread> {
    let unread = |error: &std::io::Error| Unread::Io(failure(Code::FileNotRead, &label(path), reason(error)));
    let file = File::open(path).map_err(|e| unread(&e))?;
    let size = file.metadata().map_err(|e| unread(&e))?.len();
    if size >= room(limit) {
        return Err(Unread::TooLarge(too_large((size.to_string(), size.to_string()), limit)));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    file.take(room(limit)).read_to_end(&mut bytes).map_err(|e| unread(&e))?;
    if bytes.len() > limit {
        return Err(Unread::TooLarge(too_large((format!("more than {limit}"), format!("超过 {limit}")), limit)));
    }
    Ok(bytes)
}

/// One byte more than the limit, by which it is seen that there are more.
fn room(limit: usize) -> u64 {
    u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1)
}

/// Standard input that has been read already.
pub(crate) fn once() -> Diagnostic {
    let why = Bilingual { en: "standard input can be read only once", zh: "标准输入只能读取一次" };
    failure(Code::FileNotRead, "<stdin>", Cow::Owned((why.en.into(), why.zh.into())))
}

pub(crate) fn too_large((en, zh): (String, String), limit: usize) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, Pointer::root()).with("bytes", en).with("bytes_zh", zh).with("limit", limit.to_string())
}

/// The name of a file for people.
pub(crate) fn label(path: &Path) -> String {
    if path == Path::new("-") { "<stdin>".into() } else { path.to_string_lossy().into_owned() }
}

/// A file that was not read or written, with the reason in both languages.
pub(crate) fn failure(code: Code, path: &str, why: Cow<'_, (String, String)>) -> Diagnostic {
    let (en, zh) = why.into_owned();
    Diagnostic::new(code, Pointer::root()).with("path", path).with("why", en).with("why_zh", zh)
}

/// Why the system refused.
pub(crate) fn reason(error: &std::io::Error) -> Cow<'static, (String, String)> {
    let words = match error.kind() {
        ErrorKind::NotFound => Some(("no such file or folder", "没有这个文件或文件夹")),
        ErrorKind::PermissionDenied => Some(("permission denied", "没有权限")),
        ErrorKind::IsADirectory => Some(("it is a folder", "这是一个文件夹")),
        ErrorKind::NotADirectory => Some(("a part of the path is not a folder", "路径中有一部分不是文件夹")),
        ErrorKind::StorageFull => Some(("no space is left", "空间不足")),
        ErrorKind::ReadOnlyFilesystem => Some(("the file system is read-only", "文件系统为只读")),
        _ => None,
    };
    Cow::Owned(match words {
        Some((en, zh)) => (en.into(), zh.into()),
        None => (error.to_string(), error.to_string()),
    })
}

impl Source {
    /// The text, if the bytes are text.
    pub(crate) fn text(&self) -> Option<String> {
        text(&self.bytes)
    }
}

/// The text of some bytes, if they are text.
pub(crate) fn text(bytes: &[u8]) -> Option<String> {
    talent_model::document::text_of(bytes, Limits::default()).ok().map(str::to_owned)
}
